using Warta.Composition;

namespace Warta.Feeds;

/// <summary><c>/favicon.ico</c>, which browsers and feed readers ask for whatever a page says: the theme's.</summary>
internal static class Favicon
{
    public static Task Send(HttpContext context, Site site)
    {
        if (site.ThemeOf(site.TitleOf(context)).Find("favicon.ico") is not { } icon) return FeedRoutes.SendNothing(context);
        context.Response.ContentType = icon.ContentType;
        context.Response.ContentLength = icon.Bytes.Length;
        context.Response.Headers.CacheControl = "public, max-age=86400";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(icon.Bytes).AsTask();
    }
}
