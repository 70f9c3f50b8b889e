using System.Globalization;
using System.Runtime.CompilerServices;
using Warta.Composition;
using Warta.Content;

namespace Warta.Reader;

/// <summary>How a page goes out: its headers are the same for everybody, and it bears no cookie.</summary>
internal static class PageResponse
{
    private const string Html = "text/html; charset=utf-8";

    // Readers ask again each time; a cache in front of us may answer for ten seconds.
    private const string Caching = "public, max-age=0, s-maxage=10, stale-while-revalidate=30, stale-if-error=3600";

    private static readonly ConditionalWeakTable<Title, string> Policies = [];

    public static Task Send(HttpContext context, Title title, in Pages.Answer answer)
    {
        var response = context.Response;
        if (answer.Page is not { } page || answer.Composed is not { } composed)
        {
            response.StatusCode = StatusCodes.Status301MovedPermanently;
            response.Headers.Location = answer.Location;
            response.Headers.CacheControl = "public, max-age=60";
            return Task.CompletedTask;
        }

        var request = context.Request;
        var headers = response.Headers;
        var gzip = Negotiation.PrefersGzip(request.Headers.AcceptEncoding);
        headers.CacheControl = Caching;
        headers.Vary = "Accept-Encoding";
        headers.ETag = gzip ? composed.GzipETag : composed.ETag;
        if (answer.Age is { } age) headers.Age = ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (page.Status == StatusCodes.Status200OK && request.Headers.IfNoneMatch is { Count: > 0 } known && Negotiation.Matches(known, composed.ETag, composed.GzipETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.StatusCode = page.Status;
        headers.ContentSecurityPolicy = Policies.GetValue(title, ContentPolicy.For);
        headers.ContentType = Html;
        if (gzip) headers.ContentEncoding = "gzip";
        response.ContentLength = gzip ? composed.GzipLength : composed.TextLength;
        if (HttpMethods.IsHead(request.Method)) return Task.CompletedTask;
        var body = response.BodyWriter;
        if (gzip) composed.WriteGzip(body);
        else composed.WriteText(body);
        return body.FlushAsync(context.RequestAborted).AsTask();
    }

    /// <summary>What can be said when there is no page to say it on.</summary>
    public static Task Unavailable(HttpContext context, Title? title)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.CacheControl = "no-store";
        response.Headers.RetryAfter = "10";
        response.ContentType = Html;
        var words = title?.Words ?? Words.In("id");
        return response.WriteAsync($"""
            <!doctype html>
            <html lang="{title?.Language ?? "id"}" dir="{Languages.Direction(title?.Language ?? "id")}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{System.Net.WebUtility.HtmlEncode(words.AwayHeading)}</title></head>
            <body><h1>{System.Net.WebUtility.HtmlEncode(words.AwayHeading)}</h1><p>{System.Net.WebUtility.HtmlEncode(words.AwayText)}</p></body></html>

            """, context.RequestAborted);
    }
}
