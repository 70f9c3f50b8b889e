using System.Xml;
using Warta.Composition;

namespace Warta.Feeds;

/// <summary>Atom 1.0 (RFC 4287).</summary>
internal static class AtomFeed
{
    private const string Namespace = "http://www.w3.org/2005/Atom", XmlNamespace = "http://www.w3.org/XML/1998/namespace";

    public static byte[] Write(Feed feed)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, XmlText.Settings))
        {
            xml.WriteStartElement("feed", Namespace);
            xml.WriteAttributeString("xml", "lang", XmlNamespace, feed.Title.Language);
            xml.Text("id", feed.Url);
            xml.Text("title", feed.Name);
            xml.Text("subtitle", feed.Description);
            // Atom demands a time; one that is always the same tells no reader of a change that there wasn't.
            xml.Text("updated", Date(feed.UpdatedAt ?? DateTimeOffset.UnixEpoch));
            xml.Empty(null, "link", ("rel", "self"), ("type", FeedLinks.AtomType), ("href", feed.Url));
            xml.Empty(null, "link", ("rel", "alternate"), ("type", "text/html"), ("href", feed.HomeUrl));
            if (feed.IconUrl.Length > 0) xml.Text("icon", feed.IconUrl);
            xml.Text("generator", "Warta");
            Person(xml, feed.Title.Name, feed.HomeUrl);
            foreach (var item in feed.Items) Write(xml, feed, item);
            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void Write(XmlWriter xml, Feed feed, FeedItem item)
    {
        xml.WriteStartElement("entry");
        if (item.Language != feed.Title.Language) xml.WriteAttributeString("xml", "lang", XmlNamespace, item.Language);
        xml.Text("id", Id(item));
        xml.Text("title", item.Headline);
        xml.Empty(null, "link", ("rel", "alternate"), ("type", "text/html"), ("href", item.Url));
        if (item.Image is { } image) xml.Empty(null, "link", ("rel", "enclosure"), ("type", "image/jpeg"), ("href", image.Url));
        xml.Text("published", Date(item.PublishedAt));
        xml.Text("updated", Date(item.UpdatedAt));
        foreach (var author in item.Authors) Person(xml, author.Name, author.Url);
        foreach (var category in item.Tags.Prepend(item.Section).Distinct()) xml.Empty(null, "category", ("term", category));
        xml.Text("summary", item.Summary);
        if (item.Html.Length > 0)
        {
            xml.WriteStartElement("content");
            xml.WriteAttributeString("type", "html");
            xml.WriteString(XmlText.Clean(item.Html));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    /// <summary>Atom wants an IRI. A story that came with something else as its uri is named by its first day and its address's host, as RFC 4151 has it.</summary>
    private static string Id(FeedItem item) => Uri.TryCreate(item.Id, UriKind.Absolute, out _) && !item.Id.StartsWith('/')
        ? item.Id
        : $"tag:{new Uri(item.Url).Host},{item.PublishedAt:yyyy-MM-dd}:{Uri.EscapeDataString(item.Id)}";

    private static void Person(XmlWriter xml, string name, string url)
    {
        xml.WriteStartElement("author");
        xml.Text("name", name);
        xml.Text("uri", url);
        xml.WriteEndElement();
    }

    private static string Date(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz");
}
