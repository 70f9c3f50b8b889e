using System.Text;
using Warta.Composition;

namespace Warta.Feeds;

/// <summary><c>/robots.txt</c>: where not to go, where the sitemaps are, and the title's own lines.</summary>
internal static class Robots
{
    public static Task Send(HttpContext context, Site site)
    {
        var title = site.TitleOf(context);
        var own = title["robots"];
        return FeedResponse.Send(context, Encoding.UTF8.GetBytes($"""
            User-agent: *
            Disallow: /newsroom
            Disallow: /api/
            Disallow: /ghost/
            Disallow: /_/
            Disallow: /search
            Disallow: /cari

            Sitemap: {site.Canonical(title, "/sitemap.xml")}
            Sitemap: {site.Canonical(title, "/news-sitemap.xml")}
            {(own.Length > 0 ? "\n" + own + "\n" : "")}
            """), "text/plain");
    }
}
