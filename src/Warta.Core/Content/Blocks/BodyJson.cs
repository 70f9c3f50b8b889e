using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Warta.Content;

/// <summary>How a body is stored: versioned JSON, written and read by hand so that a mistake is found at its place. docs/blocks.md has the format.</summary>
public static class BodyJson
{
    /// <summary>Leaves every script readable in the database; the JSON is stored and served as JSON, never put into HTML.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <exception cref="MalformedBlockException">The JSON is no body that we know.</exception>
    public static Body Read(string json) => BodyReader.Read(json);

    public static string Write(Body body)
    {
        var buffer = new ArrayBufferWriter<byte>(4_096);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("version"u8, Body.Version);
            Write(json, "blocks", body.Blocks);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The block's name in JSON.</summary>
    public static string TypeOf(Block block) => block switch
    {
        ParagraphBlock => "paragraph",
        HeadingBlock => "heading",
        ListBlock => "list",
        QuoteBlock => "quote",
        FigureBlock => "figure",
        GalleryBlock => "gallery",
        ReadAlsoBlock => "read-also",
        EmbedBlock => "embed",
        TableBlock => "table",
        FactBoxBlock => "fact-box",
        PageBreakBlock => "page-break",
        DividerBlock => "divider",
        _ => throw new UnreachableException($"{block.GetType().Name} has no name in JSON."),
    };

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<Block> blocks)
    {
        json.WriteStartArray(name);
        foreach (var block in blocks)
            Write(json, block);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Block block)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, block.Id);
        json.WriteString("type"u8, TypeOf(block));
        switch (block)
        {
            case ParagraphBlock paragraph:
                Write(json, "text", paragraph.Text);
                break;
            case HeadingBlock heading:
                json.WriteNumber("level"u8, heading.Level);
                Write(json, "text", heading.Text);
                break;
            case ListBlock list:
                json.WriteBoolean("ordered"u8, list.Ordered);
                Write(json, "items", list.Items);
                break;
            case QuoteBlock quote:
                Write(json, "text", quote.Text);
                WriteUnlessEmpty(json, "speaker", quote.Speaker);
                WriteUnlessEmpty(json, "role", quote.Role);
                break;
            case FigureBlock figure:
                if (figure.Media is { } media)
                    json.WriteNumber("media"u8, media);
                if (figure.Image is { } image)
                    Write(json, image);
                json.WriteString("alt"u8, figure.Alt);
                if (!figure.Caption.IsEmpty)
                    Write(json, "caption", figure.Caption);
                WriteUnlessEmpty(json, "credit", figure.Credit);
                break;
            case GalleryBlock gallery:
                Write(json, "figures", gallery.Figures);
                break;
            case ReadAlsoBlock readAlso:
                if (readAlso.Article is { } article)
                    json.WriteNumber("article"u8, article);
                WriteUnlessEmpty(json, "wanted", readAlso.Wanted);
                WriteUnlessEmpty(json, "wantedUri", readAlso.WantedUri);
                break;
            case EmbedBlock embed:
                json.WriteString("provider"u8, embed.Provider);
                json.WriteString("url"u8, embed.Url);
                break;
            case TableBlock table:
                WriteUnlessEmpty(json, "caption", table.Caption);
                Write(json, "header", table.Header);
                Write(json, "rows", table.Rows);
                break;
            case FactBoxBlock box:
                json.WriteString("heading"u8, box.Heading);
                Write(json, "blocks", box.Blocks);
                break;
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, BodyImage image)
    {
        json.WriteStartObject("image"u8);
        json.WriteString("src"u8, image.Src);
        if (image.Width is { } width)
            json.WriteNumber("width"u8, width);
        if (image.Height is { } height)
            json.WriteNumber("height"u8, height);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<IReadOnlyList<InlineText>> rows)
    {
        json.WriteStartArray(name);
        foreach (var row in rows)
        {
            json.WriteStartArray();
            foreach (var cell in row)
                Write(json, cell);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<InlineText> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            Write(json, text);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, InlineText text)
    {
        json.WritePropertyName(name);
        Write(json, text);
    }

    private static void Write(Utf8JsonWriter json, InlineText text)
    {
        if (text.IsPlain)
        {
            json.WriteStringValue(text.ToString());
            return;
        }
        json.WriteStartArray();
        foreach (var span in text.Spans)
        {
            json.WriteStartObject();
            json.WriteString("text"u8, span.Text);
            if (span.Bold)
                json.WriteBoolean("bold"u8, true);
            if (span.Italic)
                json.WriteBoolean("italic"u8, true);
            if (span.Superscript)
                json.WriteBoolean("superscript"u8, true);
            if (span.Href is not null)
                json.WriteString("href"u8, span.Href);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteUnlessEmpty(Utf8JsonWriter json, string name, string value)
    {
        if (value.Length > 0)
            json.WriteString(name, value);
    }
}
