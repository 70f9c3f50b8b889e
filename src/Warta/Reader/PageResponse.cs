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

    // What a cache that puts pages together keeps of a page: until it is told otherwise.
    private const int LongSeconds = 3600;

    private const string PartCaching = "public, max-age=0, s-maxage=1, stale-while-revalidate=1";

    /// <param name="isKept">All that changes the page is among its keys.</param>
    public static Task Send(HttpContext context, Site site, Title title, in Pages.Answer answer, bool isKept)
    {
        var response = context.Response;
        if (answer.Page is not { } page || answer.Composed is not { } composed)
        {
            response.StatusCode = answer.IsTemporary ? StatusCodes.Status302Found : StatusCodes.Status301MovedPermanently;
            response.Headers.Location = answer.Location;
            response.Headers.CacheControl = "public, max-age=60";
            return Task.CompletedTask;
        }

        var request = context.Request;
        var headers = response.Headers;
        var gzip = Negotiation.PrefersGzip(request.Headers.AcceptEncoding);
        headers.CacheControl = Caching;
        headers.Vary = "Accept-Encoding";
        var capability = request.Headers["Surrogate-Capability"];
        if (capability.Count > 0 || site.Outer.Target is not null)
        {
            var (header, tags) = site.Outer.TagsOf(page);
            headers[header] = tags;
            headers.Vary = "Accept-Encoding, Surrogate-Capability";
        }

        if (capability.ToString().Contains("ESI/1.0", StringComparison.Ordinal))
        {
            composed = page.WithIncludes;
            headers["Surrogate-Control"] = "content=\"ESI/1.0\"";
            if (isKept && site.Outer.Target is not null && answer.Age is null && page.Status == StatusCodes.Status200OK) headers.CacheControl = Long(page, site.Press.Now);
        }

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
        return Write(context, composed, gzip);
    }

    /// <summary>What fills a hole of pages.</summary>
    public static Task SendPart(HttpContext context, Composed part)
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        var gzip = part.TextLength > 0 && Negotiation.PrefersGzip(request.Headers.AcceptEncoding);
        headers.CacheControl = PartCaching;
        headers.Vary = "Accept-Encoding";
        headers.ETag = gzip ? part.GzipETag : part.ETag;
        if (request.Headers.IfNoneMatch is { Count: > 0 } known && Negotiation.Matches(known, part.ETag, part.GzipETag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        headers.ContentType = Html;
        if (gzip) headers.ContentEncoding = "gzip";
        context.Response.ContentLength = gzip ? part.GzipLength : part.TextLength;
        return Write(context, part, gzip);
    }

    private static string Long(KeptPage page, DateTimeOffset now)
    {
        var until = page.NotAfter < page.GoneAfter ? page.NotAfter : page.GoneAfter;
        var seconds = (int)Math.Clamp((until - now).TotalSeconds, 1, LongSeconds);
        return string.Create(CultureInfo.InvariantCulture, $"public, max-age=0, s-maxage={seconds}, stale-while-revalidate=1");
    }

    private static Task Write(HttpContext context, Composed composed, bool gzip)
    {
        // Begun, an answer without a body would be "compressed" to a body that no cache can read.
        if (HttpMethods.IsHead(context.Request.Method) || composed.TextLength == 0) return Task.CompletedTask;
        // Once the headers are out, what is written goes where the connection takes it from; before, it would be copied a second time. The server flushes at the end.
        var response = context.Response;
        var started = response.StartAsync();
        if (!started.IsCompletedSuccessfully) return WriteAfter(started, response, composed, gzip);
        Write(response, composed, gzip);
        return Task.CompletedTask;
    }

    private static async Task WriteAfter(Task started, HttpResponse response, Composed composed, bool gzip)
    {
        await started;
        Write(response, composed, gzip);
    }

    private static void Write(HttpResponse response, Composed composed, bool gzip)
    {
        if (gzip) composed.WriteGzip(response.BodyWriter);
        else composed.WriteText(response.BodyWriter);
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
