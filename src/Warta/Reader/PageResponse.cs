using System.Text;
using Warta.Composition;

namespace Warta.Reader;

/// <summary>How a page goes out: its headers are the same for everybody, and it bears no cookie.</summary>
internal static class PageResponse
{
    public static Task Send(HttpContext context, Page page)
    {
        var response = context.Response;
        response.StatusCode = page.Status;
        if (page.Location is { } location)
        {
            response.Headers.Location = location;
            response.Headers.CacheControl = "public, max-age=60";
            return Task.CompletedTask;
        }

        // Readers ask again each time; a cache in front of us may answer for ten seconds.
        response.Headers.CacheControl = "public, max-age=0, s-maxage=10";
        response.ContentType = "text/html; charset=utf-8";
        var bytes = Encoding.UTF8.GetBytes(page.Html);
        response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(bytes).AsTask();
    }
}
