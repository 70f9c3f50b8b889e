using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Warta.Feeds;

/// <summary>JSON Feed 1.1.</summary>
internal static class JsonFeed
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static byte[] Write(Feed feed)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("version", "https://jsonfeed.org/version/1.1");
            json.WriteString("title", feed.Name);
            json.WriteString("description", feed.Description);
            json.WriteString("home_page_url", feed.HomeUrl);
            json.WriteString("feed_url", feed.Url);
            if (feed.IconUrl.Length > 0) json.WriteString("icon", feed.IconUrl);
            json.WriteString("language", feed.Title.Language);
            json.WriteStartArray("items");
            foreach (var item in feed.Items) Write(json, item);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, FeedItem item)
    {
        json.WriteStartObject();
        json.WriteString("id", item.Id);
        json.WriteString("url", item.Url);
        json.WriteString("title", item.Headline);
        json.WriteString("summary", item.Summary);
        // One of the two must be there.
        if (item.Html.Length > 0) json.WriteString("content_html", item.Html);
        else json.WriteString("content_text", item.Summary);
        if (item.Image is { } image) json.WriteString("image", image.Url);
        json.WriteString("date_published", item.PublishedAt.ToString("yyyy-MM-dd'T'HH:mm:sszzz"));
        json.WriteString("date_modified", item.UpdatedAt.ToString("yyyy-MM-dd'T'HH:mm:sszzz"));
        json.WriteStartArray("authors");
        foreach (var author in item.Authors)
        {
            json.WriteStartObject();
            json.WriteString("name", author.Name);
            json.WriteString("url", author.Url);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("tags");
        foreach (var tag in item.Tags.Prepend(item.Section).Distinct()) json.WriteStringValue(tag);
        json.WriteEndArray();
        json.WriteString("language", item.Language);
        json.WriteEndObject();
    }
}
