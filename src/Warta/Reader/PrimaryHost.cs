using Warta.Composition;

namespace Warta.Reader;

/// <summary>
/// A title with several hosts has one address: where its <c>url</c> is set, its other hosts lead there. A host that no title knows isn't
/// one of them: it is served, so that a paper can be looked at before its name is registered.
/// </summary>
internal static class PrimaryHost
{
    /// <summary>What programs ask for by whichever host they know.</summary>
    private static readonly PathString[] Everywhere = ["/api", "/_", "/assets", "/media", "/newsroom", "/ghost", "/healthz", "/readyz", "/metrics", "/ads.txt", "/robots.txt"];

    public static Task LeadTo(HttpContext context, Site site, RequestDelegate next)
    {
        var request = context.Request;
        if (!(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) || Everywhere.Any(path => request.Path.StartsWithSegments(path))) return next(context);
        var title = site.TitleOf(context);
        if (Surroundings.PrimaryHost(title, request.Host.Host) is not { } primary) return next(context);
        context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
        context.Response.Headers.Location = primary + request.PathBase.ToUriComponent() + request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
        context.Response.Headers.CacheControl = "public, max-age=60";
        return Task.CompletedTask;
    }
}
