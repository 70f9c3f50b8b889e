using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using Warta.Storage;

namespace Warta.Feeds;

/// <summary>How an answer to a crawler goes out: conditional, so that who asks every few minutes is told "nothing new" in a few bytes.</summary>
internal static class FeedResponse
{
    /// <summary>Asked again each time, as pages are; a cache in front of us may answer for ten seconds.</summary>
    private const string CacheControl = "public, max-age=0, s-maxage=10";

    public static Task Send(HttpContext context, byte[] body, string contentType, DateTimeOffset? modified = null, string cacheControl = CacheControl)
    {
        if (IsKnown(context, Tag(body), modified, cacheControl)) return Task.CompletedTask;
        context.Response.ContentType = contentType + "; charset=utf-8";
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body).AsTask();
    }

    /// <summary>Sets the headers by which a copy is known, and answers 304 where the asker has it already.</summary>
    /// <param name="tag">Changes whenever the body does; the same after a restart and on every node.</param>
    public static bool IsKnown(HttpContext context, string tag, DateTimeOffset? modified, string cacheControl = CacheControl)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = cacheControl;
        // Weak: the same content goes out compressed and plain.
        headers.ETag = $"W/\"{tag}\"";
        if (modified is { } at) headers.LastModified = HeaderUtilities.FormatDate(at);
        if (!IsKnown(context.Request.GetTypedHeaders(), new EntityTagHeaderValue($"\"{tag}\"", isWeak: true), modified)) return false;
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        headers.Vary = "Accept-Encoding";
        return true;
    }

    public static string Tag(params ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content))[..20];

    public static string Tag(string content) => Tag(Encoding.UTF8.GetBytes(content));

    /// <summary>
    /// After the newest event: every change that readers can see is one. Rounded up to a second that has no more of them to come, and null until that has passed,
    /// for who asks by date would never hear of a second change within it.
    /// </summary>
    public static DateTimeOffset? LastChange(Session session, DateTimeOffset now)
    {
        if (session.Time("SELECT happened_at FROM events WHERE number = (SELECT number FROM event_clock WHERE id = 1)") is not { } last) return null;
        var second = DateTimeOffset.FromUnixTimeSeconds(last.ToUnixTimeSeconds() + 1);
        return second <= now ? second : null;
    }

    /// <summary>As RFC 9110 has it: the date counts only where no tag is given.</summary>
    private static bool IsKnown(Microsoft.AspNetCore.Http.Headers.RequestHeaders request, EntityTagHeaderValue tag, DateTimeOffset? modified) => request.IfNoneMatch.Count > 0
        ? request.IfNoneMatch.Any(known => known.Tag == "*" || known.Compare(tag, useStrongComparison: false))
        : modified is { } at && request.IfModifiedSince >= at;
}
