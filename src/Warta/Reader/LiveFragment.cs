using Warta.Composition;
using Warta.Content;
using Warta.Storage;

namespace Warta.Reader;

/// <summary>
/// One live block as HTML, with what follows further down its list: <c>/_/live/popular?v=VERSION</c>. Whoever names the version that he has, and it still holds, is
/// answered 304. <c>section</c> and <c>language</c> say what it stands beside, <c>less</c> what a front leaves out, <c>article</c> whose related stories.
/// </summary>
internal static class LiveFragment
{
    private const int MostLess = 100;

    public static async Task Send(HttpContext context, Site site, Pages pages)
    {
        var title = site.TitleOf(context);
        var query = context.Request.Query;
        var name = context.Request.RouteValues["block"]?.ToString() ?? "";
        if (name == "related")
        {
            var article = long.TryParse(query["article"], out var id) ? id : 0;
            var answer = await pages.Get(new PageKey(title.Id, "related", article), true, (s, t, session) => Related(s, t, session, article), context.RequestAborted);
            await PageResponse.Send(context, site, title, answer, isKept: true);
            return;
        }

        var response = context.Response;
        if (!LiveSet.Names.Contains(name))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            response.Headers.CacheControl = "public, max-age=60";
            return;
        }

        var section = query["section"].ToString() is { Length: > 0 } path && site.Titles.Section(title.Id, path) is { } channel ? channel.Path : null;
        var language = query["language"].ToString() is { } tag && Languages.IsTag(tag) ? tag : title.Language;
        var less = query["less"].ToString().Split(',').Take(MostLess).Select(text => long.TryParse(text, out var n) ? n : 0).Where(n => n > 0).ToList();
        var live = site.Freshness.Glance(LiveContext.Of(title, section, language));
        var block = live.Alone(name, less);
        var etag = $"\"{block.Version}\"";
        response.Headers.CacheControl = "public, max-age=0, s-maxage=1, stale-while-revalidate=10";
        response.Headers.ETag = etag;
        response.Headers.Vary = "Accept-Encoding";
        // A cache that keeps an address with a version asks about what it has, which may be another one.
        var known = context.Request.Headers.IfNoneMatch;
        if (known.Count > 0 ? Negotiation.Matches(known, etag, etag) : block.Version.Length > 0 && query["v"] == block.Version)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "text/html; charset=utf-8";
        if (!HttpMethods.IsHead(context.Request.Method)) await response.WriteAsync(live.FragmentOf(block, less), context.RequestAborted);
    }

    private static Page Related(Site site, Title title, Session session, long articleId)
    {
        if (Addresses.Live(session, title.Id, articleId) is not { } article) return new Page(200, "", LivePlan.Of(title)) { Keep = false };
        var plan = new LiveBlocks(site, title).Plan(session, new LiveBlocks.Beside(articleId, article.SectionPath, article.Language));
        return new Page(200, plan.RelatedHtml, LivePlan.Of(title)) { IsPaged = true };
    }
}
