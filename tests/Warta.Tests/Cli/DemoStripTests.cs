using System.Text.Json;
using Warta.Storage;
using Xunit;

namespace Warta.Cli;

/// <summary>What a visitor does with the strip at the foot of the demonstration's pages.</summary>
public sealed class DemoStripTests : IDisposable
{
    private readonly Newsroom _newsroom = new(EngineKind.Sqlite);
    private readonly Newsroom.Served _demo;

    public DemoStripTests() => _demo = Newsroom.Served.By(_newsroom.Start("demo", "--urls", "http://127.0.0.1:0"));

    [Fact]
    public void A_story_is_published_on_old_pages_at_once_taken_down_and_restored()
    {
        var (old, newest) = (Urls("latest")[^1], Urls("latest")[0]);

        Assert.Equal(303, Press("tayangkan"));

        var published = Urls("latest")[0];
        Assert.NotEqual(newest, published);
        Assert.Contains($"href=\"{published}\"", _demo.Get("/"));
        var section = published[..published.IndexOf('/', 1)];
        Assert.Contains($"href=\"{published}\"", _demo.Get(section));
        Assert.Contains("Tayang:", _demo.Get(old));

        Assert.Equal(303, Press("cabut"));

        Assert.Equal(410, _demo.Status(published));
        // The strip leads to its 410; the paper doesn't.
        Assert.DoesNotContain($"href=\"{published}\"", _demo.Get(section).Split("<aside class=\"demo\"")[0]);

        Assert.Equal(303, Press("pulihkan"));

        Assert.Equal(200, _demo.Status(published));
    }

    [Fact]
    public void The_picks_change_and_none_stays()
    {
        var before = Urls("picks");

        Assert.Equal(303, Press("pilihan"));

        Assert.NotEmpty(Urls("picks"));
        Assert.Empty(Urls("picks").Intersect(before));
    }

    [Fact]
    public void Another_sites_form_changes_nothing_and_the_way_back_stays_here()
    {
        var before = Urls("latest")[0];
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/_/demo/tayangkan");
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(403, (int)_demo.Send(foreign).StatusCode);
        Assert.Equal(before, Urls("latest")[0]);

        using var referred = new HttpRequestMessage(HttpMethod.Post, "/_/demo/pulihkan");
        referred.Headers.Add("Referer", "http://elsewhere.example//evil.example/x");
        Assert.Equal("/", _demo.Send(referred).Headers.Location?.OriginalString);
        Assert.Equal(404, Press("lain"));
    }

    [Fact]
    public void A_real_newsroom_has_no_strip()
    {
        using var newsroom = new Newsroom();
        var served = newsroom.Serve();

        Assert.DoesNotContain("demo", served.Get("/"));
        Assert.NotEqual(303, (int)served.Send("/_/demo/tayangkan", HttpMethod.Post).StatusCode);
        Assert.Equal(404, served.Status("/_/demo/strip.css"));
    }

    public void Dispose() => _newsroom.Dispose();

    private int Press(string act) => (int)_demo.Send("/_/demo/" + act, HttpMethod.Post).StatusCode;

    private List<string> Urls(string list)
    {
        using var json = JsonDocument.Parse(_demo.Get($"/api/v1/{list}?limit=100"));
        return json.RootElement.GetProperty("items").EnumerateArray().Select(item => new Uri(_demo.Address, item.GetProperty("url").GetString()).AbsolutePath).ToList();
    }
}
