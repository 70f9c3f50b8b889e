using System.Buffers;
using System.Text.Json;
using Warta.Composition;
using Warta.Content;
using Warta.Storage;

namespace Warta.Reader;

/// <summary>
/// Takes a read: <c>POST /_/read</c> with <c>{"article": 123}</c>, sent by the page after it has been visible for five seconds. Always answers 204, so
/// nothing can be learnt from it. No cookie; nothing of the reader is kept. It runs before routing and asks no database: a read may come for every page that goes out.
/// </summary>
internal static class ReadBeacon
{
    private const int Longest = 1024;
    private static readonly SearchValues<string> Crawlers = SearchValues.Create(["bot", "crawl", "spider", "slurp", "facebookexternalhit", "preview", "lighthouse", "pingdom"], StringComparison.OrdinalIgnoreCase);

    public static Task Take(HttpContext context, Site site, RequestDelegate next)
    {
        var request = context.Request;
        if (request.Path.Value != "/_/read" || !HttpMethods.IsPost(request.Method)) return next(context);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        if (IsReaders(request) && !(request.ContentLength > Longest)) return Take(request, site);
        site.Reads.Refuse();
        return Task.CompletedTask;
    }

    private static async Task Take(HttpRequest request, Site site)
    {
        try
        {
            // Usually the body has come with the headers, and nothing here waits.
            var body = request.BodyReader;
            var read = await body.ReadAsync();
            while (!read.IsCompleted && read.Buffer.Length <= Longest)
            {
                body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                read = await body.ReadAsync();
            }

            var articleId = read.Buffer.Length <= Longest ? ArticleOf(read.Buffer) : null;
            body.AdvanceTo(read.Buffer.End);
            if (articleId is > 0) site.Reads.Add(TitleOf(request, site).Id, articleId.Value);
            else site.Reads.Refuse();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The reader has gone.
            site.Reads.Refuse();
        }
        catch (StorageException)
        {
            // The database is away, and it isn't even known which titles there are.
            site.Reads.Drop();
        }
    }

    private static Title TitleOf(HttpRequest request, Site site)
    {
        var around = site.Freshness.Around;
        return around.ByHost(request.Host)?.Title ?? around.Titles.ByHost(request.Host.Host);
    }

    /// <summary>Browsers say where a request comes from: another site's page can't count reads here, nor can a page that was fetched ahead.</summary>
    private static bool IsReaders(HttpRequest request)
    {
        var headers = request.Headers;
        if (headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin")) return false;
        if (headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase)) return false;
        if (headers.UserAgent.ToString().AsSpan().ContainsAny(Crawlers)) return false;
        var origin = headers.Origin.ToString().AsSpan();
        return origin.IsEmpty || (origin.IndexOf("://") is var scheme and > 0 && origin[(scheme + 3)..].Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    private static long? ArticleOf(ReadOnlySequence<byte> body)
    {
        try
        {
            long? article = null;
            var json = new Utf8JsonReader(body);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isArticle = json.ValueTextEquals("article"u8);
                json.Read();
                if (isArticle) article = json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var number) ? number : null;
                json.Skip();
            }

            // To its end, for what goes on behind it is no JSON.
            return json.Read() ? null : article;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or text that is no Unicode (half a surrogate pair).
            return null;
        }
    }
}
