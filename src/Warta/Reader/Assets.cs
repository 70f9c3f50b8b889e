using Warta.Composition;

namespace Warta.Reader;

/// <summary>The theme's files. Their address holds a hash of the content, so browsers keep them.</summary>
internal static class Assets
{
    public static Task Send(HttpContext context, Site site)
    {
        var asset = site.ThemeOf(ReaderRoutes.TitleOf(context, site)).Find(context.Request.RouteValues["path"]?.ToString() ?? "");
        if (asset is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = asset.ContentType;
        context.Response.ContentLength = asset.Bytes.Length;
        context.Response.Headers.CacheControl = context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "public, max-age=60";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(asset.Bytes).AsTask();
    }
}
