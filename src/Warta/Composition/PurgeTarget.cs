namespace Warta.Composition;

/// <summary>A cache in front of us that forgets pages by their tags, in its maker's way.</summary>
public sealed record PurgeTarget
{
    public const string Help = "\"varnish http://HOST:PORT\", \"fastly SERVICE TOKEN\" or \"cloudflare ZONE TOKEN\"";

    private readonly Func<IReadOnlyList<string>, HttpRequestMessage> _request;

    private PurgeTarget(string tagHeader, char separator, int most, Func<IReadOnlyList<string>, HttpRequestMessage> request) =>
        (TagHeader, Separator, Most, _request) = (tagHeader, separator, most, request);

    /// <summary>The header in which it reads a page's tags.</summary>
    public string TagHeader { get; }
    public char Separator { get; }

    /// <summary>How many tags one call may name.</summary>
    public int Most { get; }

    /// <summary>Null for a text that means none.</summary>
    public static PurgeTarget? Read(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["varnish", var address] when Uri.TryCreate(address, UriKind.Absolute, out var at) && at.Scheme is "http" or "https" => new("Surrogate-Key", ' ', 200,
            tags => With(new HttpRequestMessage(new HttpMethod("BAN"), at), ("Surrogate-Key", string.Join('|', tags)))),
        ["fastly", var service, var token] => Fastly(new Uri("https://api.fastly.com"), service, token),
        ["cloudflare", var zone, var token] => Cloudflare(new Uri("https://api.cloudflare.com"), zone, token),
        _ => null,
    };

    internal static PurgeTarget Fastly(Uri api, string service, string token) => new("Surrogate-Key", ' ', 256,
        tags => With(new HttpRequestMessage(HttpMethod.Post, new Uri(api, $"/service/{service}/purge")), ("Fastly-Key", token), ("Surrogate-Key", string.Join(' ', tags))));

    internal static PurgeTarget Cloudflare(Uri api, string zone, string token) => new("Cache-Tag", ',', 30,
        tags => With(new HttpRequestMessage(HttpMethod.Post, new Uri(api, $"/client/v4/zones/{zone}/purge_cache")) { Content = JsonContent.Create(new { tags }) }, ("Authorization", "Bearer " + token)));

    /// <exception cref="HttpRequestException">It can't be reached, or says no.</exception>
    public void Purge(HttpClient http, IReadOnlyList<string> tags)
    {
        foreach (var some in tags.Chunk(Most))
        {
            using var request = _request(some);
            using var answer = http.Send(request);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static HttpRequestMessage With(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
