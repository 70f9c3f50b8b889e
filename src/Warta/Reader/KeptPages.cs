using Warta.Composition;

namespace Warta.Reader;

/// <summary>
/// Serves pages that are there and current before anything else of the server runs: no routing, no database. What isn't there goes the long way and is there
/// afterwards.
/// </summary>
internal static class KeptPages
{
    public static Task Serve(HttpContext context, Site site, Pages pages, RequestDelegate next)
    {
        var request = context.Request;
        if (!(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) || pages.IsAway) return next(context);
        // Until the log was read for the first time there is nothing to serve.
        if (site.Freshness.Known is not { } around || around.ByHost(request.Host) is not { } masthead) return next(context);
        if (NumberOf(request) is not { } number || pages.Find(new PageKey(masthead.Title.Id, request.Path.Value ?? "/", number)) is not { } answer) return next(context);
        return PageResponse.Send(context, site, masthead.Title, answer, isKept: true);
    }

    /// <summary>Which page of an address is asked for: 1 where nothing is said, 0 for all on one; null for a number that is none.</summary>
    public static long? NumberOf(HttpRequest request)
    {
        if (!request.QueryString.HasValue || !request.Query.TryGetValue("page", out var text)) return 1;
        return text == "all" ? 0 : int.TryParse(text, out var number) && number is > 0 and < 1_000_000 ? number : null;
    }
}
