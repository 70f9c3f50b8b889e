using System.Buffers;
using System.Text.Json;
using Warta.Composition;
using Warta.Content;
using Warta.Discovery;
using Warta.Storage;

namespace Warta.Reader;

/// <summary>
/// Takes a read: <c>POST /_/read</c> with <c>{"article": 123}</c>, and <c>"from"</c> and <c>"block"</c> where a link in a list of ours led there, sent by the page after it has been visible for five seconds. Always answers 204, so
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

            var (article, from, block) = read.Buffer.Length <= Longest ? Report(read.Buffer) : default;
            body.AdvanceTo(read.Buffer.End);
            if (article > 0)
            {
                var (reader, network) = site.Reads.Who(site.Proxies.AddressOf(request.HttpContext), request.Headers.UserAgent.ToString(), request.Host.Value, site.Press.Now);
                site.Reads.Add(new ReadReport(TitleOf(request, site).Id, article, reader, network, from, block));
            }
            else
            {
                site.Reads.Refuse();
            }
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
        var site = headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin")) return false;
        if (headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase)) return false;
        if (headers.UserAgent.ToString().AsSpan().ContainsAny(Crawlers)) return false;
        var origin = headers.Origin.ToString().AsSpan();
        // What says neither is no browser.
        return origin.IsEmpty ? site.Length > 0 : (origin.IndexOf("://") is var scheme and > 0 && origin[(scheme + 3)..].Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The story that was read, and the story and the block that led there; no story where the body is no report.</summary>
    private static (long Article, long From, long Block) Report(ReadOnlySequence<byte> body)
    {
        try
        {
            var (article, from, block) = (0L, 0L, 0L);
            var json = new Utf8JsonReader(body);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return default;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("article"u8)) article = Number(ref json);
                else if (json.ValueTextEquals("from"u8)) from = Number(ref json);
                else if (json.ValueTextEquals("block"u8)) block = Name(ref json);
                else json.Read();
                json.Skip();
            }

            // To its end, for what goes on behind it is no JSON.
            return json.Read() ? default : (article, from, block);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or text that is no Unicode (half a surrogate pair).
            return default;
        }
    }

    private static long Number(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var number) ? number : 0;

    private static long Name(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.String && !json.ValueIsEscaped && !json.HasValueSequence ? BlockName.Pack(json.ValueSpan) : 0;
}
