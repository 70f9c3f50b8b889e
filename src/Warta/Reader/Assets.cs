using Warta.Composition;
using Warta.Content;
using Warta.Themes;

namespace Warta.Reader;

/// <summary>The theme's files, and the title's own. Their address holds a hash of the content, so browsers keep them.</summary>
internal static class Assets
{
    public static Task Send(HttpContext context, Site site)
    {
        var title = site.TitleOf(context);
        var path = context.Request.RouteValues["path"]?.ToString() ?? "";
        if (path.StartsWith("title-", StringComparison.Ordinal) && path.EndsWith(".css", StringComparison.Ordinal)) return SendSheet(context, site, title);
        var asset = path.StartsWith("title/", StringComparison.Ordinal)
            ? site.Files.Find(title, path["title/".Length..]) is { } file ? new Theme.Asset(file.Bytes, file.ContentType) : null
            : site.ThemeOf(title).Find(path);
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

    /// <summary>The title's own style sheet. Under an address that it had before, it is as it stands now.</summary>
    private static Task SendSheet(HttpContext context, Site site, Title title)
    {
        if (TitleSheet.Of(title, site.Files) is not { } sheet)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "text/css; charset=utf-8";
        context.Response.Headers.CacheControl = sheet.Url == context.Request.Path ? "public, max-age=31536000, immutable" : "public, max-age=60";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(sheet.Css);
    }
}
