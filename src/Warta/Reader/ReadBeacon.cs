using System.Text.Json;
using System.Text.RegularExpressions;
using Warta.Composition;

namespace Warta.Reader;

/// <summary>
/// Counts a read: <c>POST /_/read</c> with <c>{"article": 123}</c>, sent by the page after it has been visible for five seconds. Always answers 204, so
/// nothing can be learnt from it. No cookie; nothing of the reader is kept.
/// </summary>
internal static partial class ReadBeacon
{
    private const int Longest = 1024;

    public static async Task Take(HttpContext context, Site site)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        var request = context.Request;
        if (!IsOurs(request) || Crawler().IsMatch(request.Headers.UserAgent.ToString()) || request.ContentLength > Longest) return;
        if (await ArticleOf(request, context.RequestAborted) is not { } articleId) return;
        var title = site.TitleOf(context);
        if (site.Read(session => session.Value<long>("SELECT count(*) FROM publications WHERE title_id = @Id AND article_id = @articleId", new { title.Id, articleId })) > 0)
            site.MostRead.Count(title.Id, articleId, site.Press.Now);
    }

    /// <summary>Browsers say where a request comes from: another site's page can't count reads here.</summary>
    private static bool IsOurs(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin")) return false;
        if (request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase)) return false;
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<long?> ArticleOf(HttpRequest request, CancellationToken stop)
    {
        var buffer = new byte[Longest + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop);
        if (length > Longest) return null;
        try
        {
            using var json = JsonDocument.Parse(buffer.AsMemory(0, length));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("article", out var article)
                ? article.ValueKind == JsonValueKind.Number ? article.TryGetInt64(out var number) ? number : null
                : article.ValueKind == JsonValueKind.String && long.TryParse(article.GetString(), out var text) ? text : null
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or text that is no Unicode (half a surrogate pair).
            return null;
        }
    }

    [GeneratedRegex("bot|crawl|spider|slurp|facebookexternalhit|preview|lighthouse|pingdom", RegexOptions.IgnoreCase)]
    private static partial Regex Crawler();
}
