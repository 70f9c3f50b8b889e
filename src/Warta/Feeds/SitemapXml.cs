using System.Xml;
using Warta.Content;

namespace Warta.Feeds;

/// <summary>The elements of sitemaps.org's protocol 0.9.</summary>
internal static class SitemapXml
{
    public const string ContentType = "application/xml";
    public const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

    /// <summary>A file of these entries.</summary>
    /// <param name="root">"urlset" or "sitemapindex".</param>
    public static byte[] File(string root, Action<XmlWriter> entries)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, XmlText.Settings))
        {
            xml.WriteStartElement(root, Namespace);
            entries(xml);
            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    /// <param name="name">"url", or "sitemap" in an index.</param>
    public static void Entry(this XmlWriter xml, string name, string url, DateTimeOffset? modified, TimeZoneInfo zone, Action? more = null)
    {
        xml.WriteStartElement(name);
        xml.Text("loc", url);
        if (modified is { } at) xml.Text("lastmod", Clock.Iso(at, zone));
        more?.Invoke();
        xml.WriteEndElement();
    }
}
