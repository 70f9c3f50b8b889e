using System.Text;
using System.Text.Json;

namespace Warta.Content;

/// <summary>Reads one body, strictly. It keeps the way from the root to where it reads, so that every complaint can name the place.</summary>
internal sealed class BodyReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    private static readonly string[] Types =
        ["paragraph", "heading", "list", "quote", "figure", "gallery", "read-also", "embed", "table", "fact-box", "page-break", "divider"];

    private readonly List<(string? Property, int Index)> path = [];
    private readonly BlockIds ids = new();
    private int blockCount;
    private bool missesIds;

    public static Body Read(string json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, Options);
        }
        catch (JsonException broken)
        {
            throw new MalformedBlockException("", $"The body is not JSON: {broken.Message}", broken);
        }
        catch (ArgumentException broken)
        {
            // A lone surrogate in the text itself: it has no UTF-8.
            throw new MalformedBlockException("", $"The body is not Unicode text: {broken.Message}", broken);
        }
        using (document)
            return new BodyReader().ReadBody(document.RootElement);
    }

    private Body ReadBody(JsonElement root)
    {
        CheckProperties(root, "version", "blocks");
        var version = Enter("version", Required(root, "version"), WholeNumber);
        if (version > Body.Version)
        {
            throw new MalformedBlockException("version", $"This body has version {version}, and this Warta reads up to {Body.Version}. A newer Warta wrote it: update this one.");
        }
        if (version < 1)
            throw new MalformedBlockException("version", $"{version} is not a version; use {Body.Version}.");
        var blocks = Enter("blocks", Required(root, "blocks"), element => Array(element, ReadBlock));
        return new Body(missesIds ? ids.Fill(blocks) : blocks);
    }

    private Block ReadBlock(JsonElement element)
    {
        if (++blockCount > Body.MaxBlocks)
            throw Problem($"A body has at most {Body.MaxBlocks:N0} blocks; split the story.");
        if (element.ValueKind != JsonValueKind.Object)
            throw Problem($"expected a block (an object), found {KindOf(element)}.");
        var type = Enter("type", Required(element, "type"), Text);
        var id = Id(element);
        switch (type)
        {
            case "paragraph":
                CheckProperties(element, "id", "type", "text");
                return new ParagraphBlock(id, Enter("text", Required(element, "text"), Inline));
            case "heading":
                CheckProperties(element, "id", "type", "level", "text");
                var level = Enter("level", Required(element, "level"), WholeNumber);
                if (level is < 2 or > 4)
                    throw Problem($"{level} is not a level of heading; use 2, 3 or 4.", "level");
                return new HeadingBlock(id, (int)level, Enter("text", Required(element, "text"), Inline));
            case "list":
                CheckProperties(element, "id", "type", "ordered", "items");
                return new ListBlock(id, Enter("ordered", Required(element, "ordered"), TrueOrFalse), Enter("items", Required(element, "items"), Inlines));
            case "quote":
                CheckProperties(element, "id", "type", "text", "speaker", "role");
                return new QuoteBlock(id, Enter("text", Required(element, "text"), Inlines), Optional(element, "speaker"), Optional(element, "role"));
            case "figure":
                return ReadFigure(element, id);
            case "gallery":
                CheckProperties(element, "id", "type", "figures");
                return new GalleryBlock(id, Enter("figures", Required(element, "figures"), figures => Array(figures, ReadGalleryFigure)));
            case "read-also":
                return ReadReadAlso(element, id);
            case "embed":
                return ReadEmbed(element, id);
            case "table":
                CheckProperties(element, "id", "type", "caption", "header", "rows");
                var header = element.TryGetProperty("header", out var heads) ? Enter("header", heads, Rows) : [];
                return new TableBlock(id, Optional(element, "caption"), header, Enter("rows", Required(element, "rows"), Rows));
            case "fact-box":
                CheckProperties(element, "id", "type", "heading", "blocks");
                return new FactBoxBlock(id, Optional(element, "heading"), Enter("blocks", Required(element, "blocks"), blocks => Array(blocks, ReadFactBoxBlock)));
            case "page-break":
                CheckProperties(element, "id", "type");
                return new PageBreakBlock(id);
            case "divider":
                CheckProperties(element, "id", "type");
                return new DividerBlock(id);
            default:
                throw Problem($"\"{type}\" is not a block that Warta knows; it knows {string.Join(", ", Types)}.", "type");
        }
    }

    private FigureBlock ReadFigure(JsonElement element, string id)
    {
        CheckProperties(element, "id", "type", "media", "image", "alt", "caption", "credit");
        long? media = element.TryGetProperty("media", out var number) ? Enter("media", number, WholeNumber) : null;
        var image = element.TryGetProperty("image", out var address) ? Enter("image", address, ReadImage) : null;
        if (media is null && image is null)
            throw Problem($"\"image\" is missing; give it, or media (the id of a picture).");
        var caption = element.TryGetProperty("caption", out var text) ? Enter("caption", text, Inline) : InlineText.Empty;
        return new FigureBlock(id, image, Optional(element, "alt"), caption, Optional(element, "credit"), media);
    }

    private BodyImage ReadImage(JsonElement element)
    {
        CheckProperties(element, "src", "width", "height");
        var src = Enter("src", Required(element, "src"), Text);
        if (!Links.IsAllowedImage(src))
            throw Problem($"\"{Shorten(src)}\" is not an image address that Warta prints; use http, https or a path on this site that starts with one /.", "src");
        return new BodyImage(src, Pixels(element, "width"), Pixels(element, "height"));
    }

    private FigureBlock ReadGalleryFigure(JsonElement element) =>
        ReadBlock(element) as FigureBlock ?? throw Problem($"a gallery holds figures only.");

    private Block ReadFactBoxBlock(JsonElement element) =>
        ReadBlock(element) is var block and (ParagraphBlock or ListBlock) ? block : throw Problem($"a fact box holds paragraphs and lists only.");

    private ReadAlsoBlock ReadReadAlso(JsonElement element, string id)
    {
        CheckProperties(element, "id", "type", "article", "wanted", "wantedUri");
        long? article = element.TryGetProperty("article", out var number) ? Enter("article", number, WholeNumber) : null;
        var readAlso = new ReadAlsoBlock(id, article, Optional(element, "wanted"), Optional(element, "wantedUri"));
        if (article is null && readAlso.Wanted.Length == 0 && readAlso.WantedUri.Length == 0)
            throw Problem($"a read-also names its target; give article (an id), or wanted (a headline), or wantedUri.");
        return readAlso;
    }

    private EmbedBlock ReadEmbed(JsonElement element, string id)
    {
        CheckProperties(element, "id", "type", "provider", "url");
        var provider = Enter("provider", Required(element, "provider"), Text);
        var url = Enter("url", Required(element, "url"), Text);
        var embed = Embeds.Recognise(url)
            ?? throw Problem($"\"{Shorten(url)}\" is not an address that can be embedded; the providers are {Embeds.Known}.", "url");
        if (embed.Provider != provider)
            throw Problem($"\"{Shorten(provider)}\" is not the provider of this address; it is \"{embed.Provider}\".", "provider");
        return new EmbedBlock(id, embed.Provider, embed.Url);
    }

    private string Id(JsonElement element)
    {
        if (!element.TryGetProperty("id", out var value))
        {
            missesIds = true;
            return "";
        }
        var id = Enter("id", value, Text);
        if (!BlockIds.IsId(id))
            throw Problem($"\"{Shorten(id)}\" is not an id; use 1 to {BlockIds.MaxLength} of A–Z, a–z, 0–9, _ and -.", "id");
        if (!ids.Take(id))
            throw Problem($"\"{id}\" is the id of an earlier block; each id occurs once in a body.", "id");
        return id;
    }

    private InlineText Inline(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
            return new InlineText(Text(element));
        if (element.ValueKind == JsonValueKind.Array)
            return new InlineText(Array(element, ReadSpan));
        throw Problem($"expected a text, or an array of spans, found {KindOf(element)}.");
    }

    private TextSpan ReadSpan(JsonElement element)
    {
        CheckProperties(element, "text", "bold", "italic", "superscript", "href");
        string? href = null;
        if (element.TryGetProperty("href", out var value))
        {
            href = Enter("href", value, Text);
            if (!Links.IsAllowed(href))
                throw Problem($"\"{Shorten(href)}\" is not a link that Warta prints; {Links.Allowed}.", "href");
        }
        return new TextSpan(Enter("text", Required(element, "text"), Text), Mark(element, "bold"), Mark(element, "italic"), Mark(element, "superscript"), href);
    }

    private List<InlineText> Inlines(JsonElement element) => Array(element, Inline);

    private IReadOnlyList<IReadOnlyList<InlineText>> Rows(JsonElement element) => Array(element, Inlines);

    private bool Mark(JsonElement element, string name) => element.TryGetProperty(name, out var value) && Enter(name, value, TrueOrFalse);

    private bool TrueOrFalse(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Problem($"expected true or false, found {KindOf(element)}."),
    };

    private long WholeNumber(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var number)
            ? number
            : throw Problem($"expected a whole number, found {KindOf(element)}.");

    private int? Pixels(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value))
            return null;
        var pixels = Enter(name, value, WholeNumber);
        return pixels is >= 1 and <= 100_000 ? (int)pixels : throw Problem($"{pixels} is not a size in pixels; use 1 to 100,000, or leave it out.", name);
    }

    private string Optional(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? Enter(name, value, Text).Trim() : "";

    private string Text(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            throw Problem($"expected a text, found {KindOf(element)}.");
        try
        {
            return CleanText.Of(element.GetString()!, keepEnds: true);
        }
        catch (InvalidOperationException broken)
        {
            throw new MalformedBlockException(PathTo(null), $"the text has half a surrogate pair (\\uD800 to \\uDFFF), which is no character.", broken);
        }
    }

    private List<T> Array<T>(JsonElement element, Func<JsonElement, T> read)
    {
        if (element.ValueKind != JsonValueKind.Array)
            throw Problem($"expected an array, found {KindOf(element)}.");
        var length = element.GetArrayLength();
        if (length > Body.MaxBlocks)
            throw Problem($"at most {Body.MaxBlocks:N0} may stand here, found {length:N0}.");
        var values = new List<T>(length);
        path.Add((null, 0));
        foreach (var item in element.EnumerateArray())
        {
            path[^1] = (null, values.Count);
            values.Add(read(item));
        }
        path.RemoveAt(path.Count - 1);
        return values;
    }

    private T Enter<T>(string property, JsonElement value, Func<JsonElement, T> read)
    {
        path.Add((property, 0));
        var result = read(value);
        path.RemoveAt(path.Count - 1);
        return result;
    }

    private JsonElement Required(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value : throw Problem($"\"{name}\" is missing.");

    private void CheckProperties(JsonElement element, params ReadOnlySpan<string> known)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Problem($"expected an object, found {KindOf(element)}.");
        foreach (var property in element.EnumerateObject())
        {
            var found = false;
            foreach (var name in known)
                found |= property.NameEquals(name);
            if (!found)
                throw Problem($"\"{Shorten(property.Name)}\" is not known here; known are {string.Join(", ", known!)}.");
        }
    }

    private MalformedBlockException Problem(Sentence problem, string? property = null) => new(PathTo(property), problem);

    private string PathTo(string? property)
    {
        var text = new StringBuilder();
        foreach (var (name, index) in property is null ? path : [.. path, (property, 0)])
        {
            if (name is null)
                text.Append('[').Append(index).Append(']');
            else
                text.Append(text.Length == 0 ? "" : ".").Append(name);
        }
        return text.ToString();
    }

    private static string KindOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.Number => "a number",
        _ => "a text",
    };

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
