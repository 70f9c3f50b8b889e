using Warta.Composition;
using Warta.Content;
using Warta.Storage;

namespace Warta.Feeds;

/// <summary>Every address that feed readers and crawlers know.</summary>
internal static class FeedRoutes
{
    private static readonly string[] Reading = ["GET", "HEAD"];

    private sealed record Format(string File, string ContentType, Func<Feed, byte[]> Write);

    private static readonly Format[] Formats =
    [
        new(FeedLinks.Rss, FeedLinks.RssType, RssFeed.Write),
        new(FeedLinks.Atom, FeedLinks.AtomType, AtomFeed.Write),
        new(FeedLinks.Json, FeedLinks.JsonType, JsonFeed.Write),
    ];

    /// <summary>Those that are worth compressing and aren't compressed by default.</summary>
    public static IEnumerable<string> ContentTypes => Formats.Select(f => f.ContentType);

    public static void MapFeeds(this WebApplication app, Site site)
    {
        foreach (var format in Formats)
        {
            Map("/" + format.File, format, (_, _, _) => FeedList.Whole);
            Map("/tag/{slug}/" + format.File, format, (session, title, request) => FeedList.Tag(session, title, Route(request, "slug")));
            Map("/author/{slug}/" + format.File, format, (session, title, request) => FeedList.Author(session, title, Route(request, "slug")));
            MapRead("/penulis/{slug}/" + format.File, context => MoveTo(context, "/author/" + Uri.EscapeDataString(Route(context.Request, "slug")) + "/" + format.File));
            MapRead("/{section}/" + format.File, context => SendSection(context, site, format, Route(context.Request, "section")));
            MapRead("/{section}/{sub}/" + format.File, context => SendSection(context, site, format, Route(context.Request, "section") + "/" + Route(context.Request, "sub")));
        }

        var sitemaps = new Sitemaps(site);
        MapRead("/sitemap.xml", sitemaps.SendIndex);
        MapRead("/sitemap-pages.xml", context => PagesSitemap.Send(context, site));
        MapRead("/sitemap-{month:length(7)}.xml", context => sitemaps.SendMonth(context, Route(context.Request, "month"), 1));
        MapRead("/sitemap-{month:length(7)}-{part:int:min(2)}.xml", context => sitemaps.SendMonth(context, Route(context.Request, "month"), int.Parse(Route(context.Request, "part"))));
        MapRead("/news-sitemap.xml", context => NewsSitemap.Send(context, site, null));
        MapRead("/news-sitemap-{part:int:min(1)}.xml", context => NewsSitemap.Send(context, site, int.Parse(Route(context.Request, "part"))));
        MapRead("/robots.txt", context => Robots.Send(context, site));
        MapRead("/ads.txt", context => AdsTxt.Send(context, site));
        MapRead("/favicon.ico", context => Favicon.Send(context, site));

        void Map(string pattern, Format format, Func<Session, Title, HttpRequest, FeedList?> find) =>
            MapRead(pattern, context => SendFeed(context, site, format, (session, title) => find(session, title, context.Request)));

        void MapRead(string pattern, RequestDelegate send) => app.MapMethods(pattern, Reading, send);
    }

    /// <summary>A short answer where a reader's page would be of no use.</summary>
    public static Task SendNothing(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.Headers.CacheControl = "public, max-age=60";
        return Task.CompletedTask;
    }

    private static Task SendSection(HttpContext context, Site site, Format format, string path)
    {
        if (site.Press.Titles.Section(site.TitleOf(context).Id, path.ToLowerInvariant()) is not { } section) return SendNothing(context);
        return section.Path == path ? SendFeed(context, site, format, (_, _) => FeedList.Of(section)) : MoveTo(context, FeedLinks.At(Site.Address(section), format.File));
    }

    private static Task SendFeed(HttpContext context, Site site, Format format, Func<Session, Title, FeedList?> find)
    {
        var title = site.TitleOf(context);
        var (feed, changed) = site.Read(session => find(session, title) is { } list
            ? (Feed.Of(site, session, title, list, format.File), FeedResponse.LastChange(session, site.Press.Now))
            : (null, (DateTimeOffset?)null));
        return feed is null ? SendNothing(context) : FeedResponse.Send(context, format.Write(feed), format.ContentType, changed);
    }

    private static Task MoveTo(HttpContext context, string address)
    {
        context.Response.Redirect(address, permanent: true);
        context.Response.Headers.CacheControl = "public, max-age=60";
        return Task.CompletedTask;
    }

    private static string Route(HttpRequest request, string name) => request.RouteValues[name]?.ToString() ?? "";
}
