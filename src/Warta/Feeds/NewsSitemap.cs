using System.Text.RegularExpressions;
using System.Xml;
using Warta.Composition;
using Warta.Content;

namespace Warta.Feeds;

/// <summary>The news of the last 48 hours, as Google News reads it. Which those are is asked anew at each request, so no story outstays them.</summary>
internal static partial class NewsSitemap
{
    private const string Namespace = "http://www.google.com/schemas/sitemap-news/0.9";

    /// <summary>What Google News takes in one file; a newsroom that writes more gets an index of several.</summary>
    public const int MostStories = 1_000;

    public static readonly TimeSpan Window = TimeSpan.FromHours(48);

    /// <param name="part">One of the files of an index; null for the address that robots.txt names.</param>
    public static Task Send(HttpContext context, Site site, int? part)
    {
        var title = site.TitleOf(context);
        var news = site.Read(session => SitemapQueries.Since(session, title.Id, site.Press.Now - Window));
        var parts = (news.Count + MostStories - 1) / MostStories;
        if (part > parts) return FeedRoutes.SendNothing(context);
        var body = part is null && parts > 1 ? Index(site, title, parts) : Stories(site, title, news.Skip(((part ?? 1) - 1) * MostStories).Take(MostStories).ToList());
        // A cache that kept it for a while would show a story that has grown too old meanwhile.
        return FeedResponse.Send(context, body, SitemapXml.ContentType, null, "public, no-cache");
    }

    private static byte[] Index(Site site, Title title, int parts) => SitemapXml.File("sitemapindex", xml =>
    {
        for (var part = 1; part <= parts; part++) xml.Entry("sitemap", site.Canonical(title, $"/news-sitemap-{part}.xml"), null, title.Zone);
    });

    private static byte[] Stories(Site site, Title title, List<Story> stories) => SitemapXml.File("urlset", xml =>
    {
        xml.WriteAttributeString("xmlns", "news", null, Namespace);
        foreach (var story in stories) xml.Entry("url", site.Canonical(title, title.PathOf(story)), story.UpdatedAt, title.Zone, () => News(xml, title, story));
        // A file without any address is not valid; one that is no news may stand in it.
        if (stories.Count == 0) xml.Entry("url", site.Canonical(title, "/"), null, title.Zone);
    });

    private static void News(XmlWriter xml, Title title, Story story)
    {
        xml.WriteStartElement("news", "news", Namespace);
        xml.WriteStartElement("news", "publication", Namespace);
        xml.Text("news", "name", title.Name);
        xml.Text("news", "language", Language(story.Language));
        xml.WriteEndElement();
        xml.Text("news", "publication_date", Clock.Iso(story.FirstPublishedAt, title.Zone));
        xml.Text("news", "title", story.Headline);
        xml.WriteEndElement();
    }

    /// <summary>Two or three letters, and for Chinese the script that the country stands for; the schema knows nothing else.</summary>
    private static string Language(string tag) => Languages.Primary(tag) switch
    {
        "zh" => Traditional().IsMatch(tag) ? "zh-tw" : "zh-cn",
        { Length: 2 or 3 } language when language.All(char.IsAsciiLetterLower) => language,
        _ => "und",
    };

    [GeneratedRegex("hant|tw|hk|mo", RegexOptions.IgnoreCase)]
    private static partial Regex Traditional();
}
