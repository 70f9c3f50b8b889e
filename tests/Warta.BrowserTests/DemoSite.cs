using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Warta.Cli;
using Xunit;

namespace Warta.BrowserTests;

/// <summary>The demonstration as <c>bin/demo</c> serves it, with a third title in Arabic, so that every kind of page is there in both directions, and a fourth in another theme.</summary>
public sealed partial class DemoSite : IDisposable
{
    public const string National = "localhost", Regional = "pesisir.localhost", Arabic = "sahifa.localhost", Small = "lembar.localhost";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "warta-look-" + Guid.NewGuid().ToString("n"));
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly WartaProcess _process;
    private readonly Lazy<IReadOnlyList<(string Host, string Path)>> _kinds;

    public DemoSite()
    {
        Directory.CreateDirectory(_folder);
        _process = WartaProcess.Start(["demo", "--data", _folder, "--urls", "http://127.0.0.1:0"], _folder);
        _process.WaitFor(p => Listening().IsMatch(p.Out));
        Port = int.Parse(Listening().Match(_process.Out).Groups[1].Value);
        Do("title", "add", "sahifa", "--host", Arabic);
        Do("title", "set", "sahifa", "language", "ar");
        Do("title", "set", "sahifa", "name", "صحيفة الميناء");
        foreach (var uri in ArabicUris().ToList()) Do("publish", uri, "--title", "sahifa");
        // The second theme that comes with Warta.
        Do("title", "add", "lembar", "--host", Small);
        Do("title", "set", "lembar", "theme", "lembar");
        foreach (var item in Items(Regional).Take(6)) Do("publish", item.GetProperty("uri").GetString()!, "--title", "lembar");
        _kinds = new(() => [.. KindsOf(National), .. KindsOf(Regional), .. KindsOf(Arabic), .. KindsOf(Small)]);
    }

    public int Port { get; }

    /// <summary>One address at least of every kind of page, in each title.</summary>
    public IReadOnlyList<(string Host, string Path)> Kinds => _kinds.Value;

    public string At(string path, string host = National) => $"http://{host}:{Port}{path}";

    /// <summary>What the server answers, redirects and errors as they are.</summary>
    public (int Status, string Text) Get(string path, string host = National)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://localhost:{Port}{path}");
        request.Headers.Host = $"{host}:{Port}";
        using var response = _client.Send(request);
        using var text = new StreamReader(response.Content.ReadAsStream());
        var status = (int)response.StatusCode;
        return (status, response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found ? response.Headers.Location!.OriginalString : text.ReadToEnd());
    }

    public IHtmlDocument Page(string path, string host = National) => new HtmlParser().ParseDocument(Get(path, host).Text);

    public void Do(params string[] arguments)
    {
        using var command = WartaProcess.Start([.. arguments, "--data", _folder], _folder);
        var outcome = command.Wait();
        Assert.True(outcome.Exit == 0, outcome.Error);
    }

    public void Dispose()
    {
        _process.Dispose();
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The addresses of all stories that a title lists.</summary>
    public IEnumerable<string> Stories(string host) => Items(host).Select(item => new Uri(new Uri(At("/")), item.GetProperty("url").GetString()).AbsolutePath);

    private IEnumerable<string> ArabicUris() => Items(National)
        .Where(item => Page(new Uri(new Uri(At("/")), item.GetProperty("url").GetString()).AbsolutePath).QuerySelector("article[dir=rtl]") is not null)
        .Select(item => item.GetProperty("uri").GetString()!);

    private IEnumerable<JsonElement> Items(string host)
    {
        for (string? path = "/api/v1/articles?limit=100"; path is not null;)
        {
            var list = JsonDocument.Parse(Get(path, host).Text).RootElement;
            foreach (var item in list.GetProperty("items").EnumerateArray()) yield return item;
            path = list.GetProperty("next").GetString();
        }
    }

    private List<(string, string)> KindsOf(string host)
    {
        var front = Page("/", host);
        var stories = Links(front, "main a[href]").Where(href => Story().IsMatch(href)).Take(2).ToList();
        var story = Page(stories[0], host);
        List<string> paths =
        [
            "/", .. Links(front, ".bar a[href]").Where(href => href.Length > 1 && href.StartsWith('/')).Take(1), .. stories,
            .. Links(story, "[rel=tag]").Take(1), .. Links(story, "[rel=author]").Take(1),
            "/index", "/popular", "/search", "/search?q=pelabuhan", "/search?q=zzqx", "/corrections", "/takedowns", "/tidak-ada-di-sini",
            .. Links(front, "footer a[href]").Where(href => href is "/redaksi" or "/privasi"),
        ];
        if (host == National) paths.AddRange(Special());
        return paths.Distinct().Select(path => (host, path)).ToList();
    }

    /// <summary>What only some stories have: several pages, an advertorial's label, a correction, a story taken down.</summary>
    private IEnumerable<string> Special()
    {
        foreach (var href in Stories(National))
        {
            var page = Page(href);
            if (page.QuerySelector("[data-body] ~ footer .pagination, .pagination") is not null)
            {
                yield return href;
                yield return href + "?page=2";
                yield return href + "?page=all";
            }
            else if (page.QuerySelector("article .advertorial, article .corrections, article .unverified, [data-block=table], [data-block=fact-box], [data-block=gallery], [data-block=quote]") is not null)
            {
                yield return href;
            }
        }
    }

    public static IEnumerable<string> Links(IHtmlDocument page, string selector) => page.QuerySelectorAll(selector).Select(a => a.GetAttribute("href")!);

    [GeneratedRegex(@"is at http://[^:]+:(\d+)")]
    private static partial Regex Listening();

    [GeneratedRegex(@"^/[^?]+/\d{4}/\d\d/\d\d/")]
    private static partial Regex Story();
}

/// <summary>One demonstration for all tests that look at it; they change nothing of it.</summary>
[CollectionDefinition(Name)]
public sealed class Demonstration : ICollectionFixture<DemoSite>, ICollectionFixture<Chromium>
{
    public const string Name = "demonstration";
}
