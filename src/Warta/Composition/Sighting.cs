using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Warta.Composition;

/// <summary>What a surface answered, and what is to be seen in it.</summary>
internal sealed partial class Sighting(int status, string text, bool isJson)
{
    private readonly JsonDocument? _json = isJson ? JsonDocument.Parse(text) : null;
    private string? _words;

    public int Status => status;

    /// <summary>It says this, whatever marks stand between the words.</summary>
    public bool Says(string words) => Words.Contains(Plain(words), StringComparison.Ordinal);

    /// <summary>An address stands in it, and not as the beginning of another one.</summary>
    public bool Has(string address)
    {
        for (var at = text.IndexOf(address, StringComparison.Ordinal); at >= 0; at = text.IndexOf(address, at + 1, StringComparison.Ordinal))
        {
            if (at + address.Length == text.Length || "\"'<>#?& \n\\".Contains(text[at + address.Length])) return true;
        }

        return false;
    }

    /// <summary>This stands in it, as part of whatever.</summary>
    public bool Holds(string part) => text.Contains(part, StringComparison.Ordinal);

    /// <summary>These addresses stand in it, in this order.</summary>
    public bool HasInOrder(IEnumerable<string> addresses)
    {
        var at = 0;
        foreach (var address in addresses)
        {
            at = text.IndexOf(address + "\"", at, StringComparison.Ordinal);
            if (at < 0) return false;
        }

        return true;
    }

    /// <summary>The page's own text: a story that a live list shows beside it isn't part of that.</summary>
    public Sighting Own => new(status, LiveLists().Replace(text, ""), isJson);

    public bool HasText => Words.Length > 0;

    /// <summary>The stories of a list of the API.</summary>
    public IEnumerable<JsonElement> Items => status == 200 ? _json!.RootElement.GetProperty("items").EnumerateArray() : [];

    public JsonElement Json => _json!.RootElement;

    private string Words => _words ??= Plain(isJson ? string.Join('\n', Texts(_json!.RootElement)) : text);

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Texts(property.Value)),
        _ => [],
    };

    private static string Plain(string text) => Blanks().Replace(WebUtility.HtmlDecode(WebUtility.HtmlDecode(Tags().Replace(text, ""))), " ").Trim();

    [GeneratedRegex(@"<(\w+)[^>]*\sdata-block=.(?:picks|popular|latest)\b.*?</\1>", RegexOptions.Singleline)]
    private static partial Regex LiveLists();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
