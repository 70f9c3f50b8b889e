using System.Text.Json;
using Warta.Content;

namespace Warta.Exchange.Ninjs;

/// <summary>
/// The picture that an item leads with: of its own <c>renditions</c>, or of the first picture among its <c>associations</c>. In 1.x both are objects by name, later
/// they are lists. The largest rendition that is a still image is taken; 3.x tells its point of interest in pixels.
/// </summary>
internal sealed record NinjsPicture(string Href, string Alt, string Caption, string Credit, int FocusX, int FocusY)
{
    private static readonly string[] Leading = ["featuremedia", "mainpic", "main", "lead"], Endings = [".jpg", ".jpeg", ".png", ".webp"];

    /// <param name="drop">Told of what isn't taken.</param>
    public static NinjsPicture? Of(JsonElement item, Action<string, int> drop)
    {
        var candidates = Entries(item, "associations").Where(a => Text(a.Value, "type") is "picture" or "graphic" && Best(a.Value) is not null && !a.Name.Contains("logo", StringComparison.OrdinalIgnoreCase))
            .OrderBy(a => Leading.Contains(a.Name.ToLowerInvariant()) ? 0 : 1).Select(a => a.Value).ToList();
        if (Best(item) is not null) candidates.Insert(0, item);
        if (candidates.Count == 0) return null;
        if (candidates.Count > 1) drop("further picture", candidates.Count - 1);
        var (lead, isItem) = (candidates[0], Best(item) is not null);
        var best = Best(lead)!.Value;
        var caption = isItem ? "" : Line(Described(lead, "caption") ?? Described(lead, "text") ?? Described(lead, null) ?? Text(lead, "description_text") ?? Text(lead, "body_text"));
        var alt = isItem ? "" : Line(Described(lead, "alt") ?? Described(lead, "alttext") ?? Text(lead, "headline") ?? Text(lead, "title"));
        var credit = isItem ? "" : Line(Text(lead, "by") ?? Text(lead, "byline") ?? Text(lead, "creditline") ?? Text(lead, "copyrightholder"));
        var (x, y) = Focus(best);
        return new NinjsPicture(Text(best, "href")!, alt, caption, credit, x, y);
    }

    private static JsonElement? Best(JsonElement item) => Entries(item, "renditions").Select(r => r.Value)
        .Where(r => Text(r, "href") is not null && IsStill(r))
        .OrderByDescending(r => Number(r, "width") ?? 0)
        .Select(r => (JsonElement?)r).FirstOrDefault();

    private static bool IsStill(JsonElement rendition) => (Text(rendition, "mimetype") ?? Text(rendition, "contenttype")) is { } type
        ? type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) && !type.Contains("svg", StringComparison.OrdinalIgnoreCase)
        : Endings.Any(ending => Text(rendition, "href")!.Split('?', '#')[0].EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static (int X, int Y) Focus(JsonElement rendition)
    {
        if (Find(rendition, "poi") is not { ValueKind: JsonValueKind.Object } point || Number(point, "x") is not { } x || Number(point, "y") is not { } y
            || Number(rendition, "width") is not { } width || Number(rendition, "height") is not { } height || width < 1 || height < 1) return (50, 50);
        return ((int)Math.Clamp(Math.Round(x * 100 / width), 0, 100), (int)Math.Clamp(Math.Round(y * 100 / height), 0, 100));
    }

    /// <summary>A list's entries with the names they bear, or an object's with the names that they stand under.</summary>
    private static IEnumerable<(string Name, JsonElement Value)> Entries(JsonElement item, string name) => (Find(item, name) switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Select(e => (Text(e, "rel") ?? Text(e, "name") ?? "", e)),
        { ValueKind: JsonValueKind.Object } map => map.EnumerateObject().Select(p => (p.Name, p.Value)),
        _ => [],
    }).Where(entry => entry.Item2.ValueKind == JsonValueKind.Object);

    private static string? Described(JsonElement item, string? role) => Find(item, "descriptions") is not { ValueKind: JsonValueKind.Array } list ? null
        : list.EnumerateArray().Where(d => role is null || Text(d, "role") == role).Select(d => Text(d, "value")).FirstOrDefault(v => v is not null);

    private static JsonElement? Find(JsonElement item, string name)
    {
        if (item.ValueKind != JsonValueKind.Object) return null;
        foreach (var property in item.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return property.Value;
        }

        return null;
    }

    private static string? Text(JsonElement item, string name) => Find(item, name) is { ValueKind: JsonValueKind.String } value && value.GetString()!.Trim() is { Length: > 0 } text ? text : null;

    private static double? Number(JsonElement item, string name) => Find(item, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    private static string Line(string? text) => text is null ? "" : CleanText.Of(text);
}
