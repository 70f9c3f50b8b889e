using System.Globalization;
using System.Xml;
using Warta.Composition;

namespace Warta.Feeds;

/// <summary>RSS 2.0 with the modules that feed readers know: Atom's self link, Dublin Core's creator, the whole text, pictures.</summary>
internal static class RssFeed
{
    public static byte[] Write(Feed feed)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, XmlText.Settings))
        {
            xml.WriteStartElement("rss");
            xml.WriteAttributeString("version", "2.0");
            xml.WriteAttributeString("xmlns", "atom", null, "http://www.w3.org/2005/Atom");
            xml.WriteAttributeString("xmlns", "content", null, "http://purl.org/rss/1.0/modules/content/");
            xml.WriteAttributeString("xmlns", "dc", null, "http://purl.org/dc/elements/1.1/");
            xml.WriteAttributeString("xmlns", "media", null, "http://search.yahoo.com/mrss/");
            xml.WriteStartElement("channel");
            xml.Text("title", feed.Name);
            xml.Text("link", feed.HomeUrl);
            xml.Text("description", feed.Description);
            xml.Text("language", feed.Title.Language);
            if (feed.UpdatedAt is { } updated) xml.Text("lastBuildDate", Date(updated));
            xml.Text("generator", "Warta");
            xml.Text("docs", "https://www.rssboard.org/rss-specification");
            xml.Empty("atom", "link", ("rel", "self"), ("type", FeedLinks.RssType), ("href", feed.Url));
            if (feed.IconUrl.Length > 0)
            {
                xml.WriteStartElement("image");
                xml.Text("url", feed.IconUrl);
                xml.Text("title", feed.Name);
                xml.Text("link", feed.HomeUrl);
                xml.WriteEndElement();
            }

            foreach (var item in feed.Items) Write(xml, item);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void Write(XmlWriter xml, FeedItem item)
    {
        xml.WriteStartElement("item");
        xml.Text("title", item.Headline);
        xml.Text("link", item.Url);
        xml.WriteStartElement("guid");
        xml.WriteAttributeString("isPermaLink", "false");
        xml.WriteString(XmlText.Clean(item.Id));
        xml.WriteEndElement();
        xml.Text("pubDate", Date(item.PublishedAt));
        foreach (var author in item.Authors) xml.Text("dc", "creator", author.Name);
        xml.Text("dc", "language", item.Language);
        foreach (var category in item.Tags.Prepend(item.Section).Distinct()) xml.Text("category", category);
        xml.Text("description", item.Summary);
        if (item.Html.Length > 0) xml.Text("content", "encoded", item.Html);
        if (item.Image is { } image)
        {
            xml.WriteStartElement("media", "content", null);
            foreach (var (name, value) in ((string, string)[])[("url", image.Url), ("medium", "image"), ("type", "image/jpeg"), ("width", $"{image.Width}"), ("height", $"{image.Height}")]) xml.WriteAttributeString(name, value);
            if (image.Alt.Length > 0) xml.Text("media", "description", image.Alt);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    /// <summary>RFC 822, with a year of four digits: "Mon, 26 Jan 2026 10:00:00 +0700".</summary>
    private static string Date(DateTimeOffset moment) =>
        moment.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + moment.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "");
}
