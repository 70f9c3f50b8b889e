using System.Text.Json;
using System.Text.Json.Nodes;
using Warta.Content;
using Warta.Publishing;

namespace Warta.Newsroom;

/// <summary>What the story editor sends and is sent: {"version": …, "fields": {…}, "body": {…}}.</summary>
internal static class WritingJson
{
    /// <summary>A body of the most blocks that there may be is smaller.</summary>
    public const long Longest = 4 << 20;

    public sealed record Sent(Autosaves.Version Seen, IReadOnlyDictionary<string, string> Fields, Body Body);

    public static JsonNode Of(Writing writing) => JsonNode.Parse(writing.Write())!;

    /// <returns>Null for one that is too long.</returns>
    /// <exception cref="ContentException">It isn't what the editor sends.</exception>
    public static async Task<Sent?> Read(HttpRequest request)
    {
        if (request.ContentLength > Longest) return null;
        using var bytes = new MemoryStream();
        var piece = new byte[64 << 10];
        for (int read; (read = await request.Body.ReadAsync(piece, request.HttpContext.RequestAborted)) > 0;)
        {
            bytes.Write(piece, 0, read);
            if (bytes.Length > Longest) return null;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), new JsonDocumentOptions { MaxDepth = 24, AllowDuplicateProperties = false });
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new ContentException("What was sent is not JSON. Load the page again.", e);
        }
        catch (InvalidOperationException e)
        {
            throw new ContentException("What was sent is not Unicode text: half a character stands in it.", e);
        }
    }

    /// <exception cref="ContentException">It isn't what the editor sends.</exception>
    public static Sent Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("version", out var version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt64(out var number)
            || !root.TryGetProperty("fields", out var fields) || fields.ValueKind != JsonValueKind.Object || !root.TryGetProperty("body", out var body))
            throw new ContentException("Send {\"version\": …, \"fields\": {…}, \"body\": {…}}.");
        var given = new Dictionary<string, string>();
        foreach (var field in fields.EnumerateObject())
            given[field.Name] = field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString()!.Replace("\0", "", StringComparison.Ordinal) : throw new ContentException($"The field \"{field.Name}\" should be a text.");
        return new Sent(Autosaves.Version.Of(number), given, BodyJson.Read(body.GetRawText()));
    }
}
