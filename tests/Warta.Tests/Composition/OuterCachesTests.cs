using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Warta.Content;
using Warta.Discovery;
using Warta.Engines;
using Warta.Publishing;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Composition;

public sealed partial class OuterCachesTests
{
    [VarnishFact]
    public async Task Page_in_Varnish_shows_a_new_pick_without_being_fetched_again_and_is_forgotten_when_its_own_text_changes()
    {
        using var site = new TestSite();
        for (var i = 0; i < 20; i++) site.Story($"Berita ke-{i}");
        var (id, pick) = (site.Story("Jembatan ditutup", "Sejak semalam."), site.Story("Pilihan redaksi", at: site.Clock.Now.AddDays(-3)));
        using var varnish = new Varnish(site.Address);
        site.Site.Outer.Target = PurgeTarget.Read($"varnish {varnish.Address}");
        site.Site.Outer.Tell();
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = varnish.Address };
        var path = site.PathOf(id);

        var first = await Get();
        Assert.Equal(200, first.Status);
        Assert.Contains("Sejak semalam.", first.Text);
        Assert.DoesNotContain("<esi:", first.Text);
        Assert.DoesNotContain("Pilihan redaksi", first.Text);
        Assert.Contains("data-block=\"latest\"", first.Text);
        Assert.Equal(new Regex("\\s").Replace((await site.GetAsync(path)).Text, ""), new Regex("\\s").Replace(first.Text, ""));

        var fetched = Fetched();
        site.Do(act => act.ReplacePicks(site.Title.Id, 0, [new Picks.Pick(pick)]));
        site.Site.Outer.Tell();
        await Until(answer => answer.Text.Contains("Pilihan redaksi"));
        Assert.Equal(fetched, Fetched());

        site.Revise(id, draft => draft with { Body = new Body([new ParagraphBlock("p1", "Dibuka lagi.")]) });
        Assert.Contains("Sejak semalam.", (await Get()).Text);
        site.Site.Outer.Tell();
        await Until(answer => answer.Text.Contains("Dibuka lagi.") && !answer.Text.Contains("Sejak semalam."));
        Assert.True(Fetched() > fetched);
        fetched = Fetched();
        for (var i = 0; i < 5; i++) await Get();
        Assert.Equal(fetched, Fetched());

        site.Do(act => act.TakeDown(id, "Keliru."));
        site.Site.Outer.Tell();
        await Until(answer => answer.Status == 410 && answer.Text.Contains("Keliru."));

        async Task<(int Status, string Text)> Get()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = "localhost";
            using var answer = await http.SendAsync(request);
            Assert.False(answer.Headers.Contains("Surrogate-Key"));
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }

        async Task Until(Func<(int Status, string Text), bool> good)
        {
            var began = TimeProvider.System.GetTimestamp();
            while (!good(await Get()))
            {
                Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(30), "Half a minute has passed.");
                await Task.Delay(50);
            }
        }

        // Of the story's page: nothing else here is kept.
        long Fetched() => site.Pages.Counts[PageSource.Memory] + site.Pages.Counts[PageSource.Rendered];
    }

    [Fact]
    public async Task Page_with_includes_is_the_page_with_its_holes_filled()
    {
        using var site = new TestSite();
        for (var i = 0; i < 30; i++) site.Story($"Berita ke-{i}", section: i % 2 == 0 ? "Bola" : "Nasional");
        var id = site.Story("Kami sendiri", section: "Bola");
        site.Do(act => act.ReplacePicks(site.Title.Id, 0, [new Picks.Pick(id), new Picks.Pick(3), new Picks.Pick(4)]));
        site.Set("latest.scope", "section");
        foreach (var path in (string[])["/", "/bola", site.PathOf(id), "/corrections"])
        {
            var whole = (await site.GetAsync(path)).Text;
            foreach (var encoding in (string[])["identity", "gzip"])
            {
                var answer = await site.SendAsync("GET", path, null, null, null, ("Surrogate-Capability", "cache=\"ESI/1.0\""), ("Accept-Encoding", encoding));
                Assert.Equal("content=\"ESI/1.0\"", answer.Header("Surrogate-Control"));
                Assert.NotEqual((await site.GetAsync(path)).Header("ETag"), answer.Header("ETag"));
                var text = encoding == "gzip" ? Unzipped(await answer.Raw.Content.ReadAsByteArrayAsync()) : answer.Text;
                Assert.Contains("<esi:include", text);
                foreach (Match include in Include().Matches(text))
                {
                    var part = await site.GetAsync(include.Groups[1].Value);
                    Assert.Equal(200, part.Status);
                    text = text.Replace(include.Value, part.Text);
                }

                Assert.Equal(whole, text);
            }
        }

        Assert.Equal(404, (await site.GetAsync("/_/esi/popular?for=nowhere~~~~")).Status);
        Assert.Equal(404, (await site.GetAsync("/_/esi/nothing")).Status);
    }

    [Fact]
    public async Task Tags_are_sent_to_those_who_use_them()
    {
        using var site = new TestSite();
        var id = site.Story("Bertanda");
        Assert.Null((await site.GetAsync(site.PathOf(id))).Header("Surrogate-Key"));
        site.Site.Outer.Target = PurgeTarget.Read("varnish http://127.0.0.1:1");
        Assert.Contains(Keys.Article(id).Value.ToString("x"), (await site.GetAsync(site.PathOf(id))).Header("Surrogate-Key")!.Split(' '));
        site.Site.Outer.Target = PurgeTarget.Read("cloudflare zone token");
        Assert.Contains(Keys.Article(id).Value.ToString("x"), (await site.GetAsync(site.PathOf(id))).Header("Cache-Tag")!.Split(','));
        Assert.Contains("s-maxage=10", (await site.GetAsync(site.PathOf(id))).Header("Cache-Control"));
        Assert.Null(PurgeTarget.Read("squid http://localhost"));
    }

    [OnBothEngines]
    public void What_a_cache_that_was_away_missed_it_is_told_later_also_after_a_restart(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var listener = new Listener();
        Point(PurgeTarget.Fastly(listener.Address, "svc", "secret"));
        site.Site.Outer.Tell();
        Assert.Contains("t1", Assert.Single(listener.Taken()).Tags);

        listener.Status = 503;
        var id = site.Story("Terlewat");
        Assert.Throws<HttpRequestException>(site.Site.Outer.Tell);
        listener.Taken();
        site.Restart();
        listener.Status = 200;
        Point(PurgeTarget.Fastly(listener.Address, "svc", "secret"));
        site.Site.Outer.Tell();
        var told = Assert.Single(listener.Taken());
        Assert.Equal(("POST /service/svc/purge", "secret"), (told.Line, told.Secret));
        Assert.Contains(Keys.Article(id).Value.ToString("x"), told.Tags.Split(' '));

        site.Site.Outer.Tell();
        Assert.Empty(listener.Taken());
        // What was on its way when the cache was told.
        site.Clock.Now += TimeSpan.FromSeconds(4);
        site.Site.Outer.Tell();
        Assert.Single(listener.Taken());

        Point(PurgeTarget.Cloudflare(listener.Address, "zona", "secret"));
        site.Do(act => act.WithdrawStory(id));
        site.Site.Outer.Tell();
        told = Assert.Single(listener.Taken());
        Assert.Equal(("POST /client/v4/zones/zona/purge_cache", "Bearer secret"), (told.Line, told.Secret));
        Assert.Contains($"\"{Keys.Article(id).Value:x}\"", told.Body);

        void Point(PurgeTarget target) => (site.Site.Outer.Target, site.Site.Outer.Node) = (target, "node");
    }

    private static string Unzipped(byte[] gzip)
    {
        using var stream = new System.IO.Compression.GZipStream(new MemoryStream(gzip), System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("<esi:include src=\"([^\"]+)\"/>")]
    private static partial Regex Include();

    /// <summary>Takes purge calls.</summary>
    private sealed class Listener : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly List<Call> _calls = [];

        public sealed record Call(string Line, string Secret, string Tags, string Body);

        public Listener()
        {
            Address = new Uri($"http://127.0.0.1:{Cli.Newsroom.FreePort()}/");
            _listener.Prefixes.Add(Address.ToString());
            _listener.Start();
            _ = Task.Run(Listen);
        }

        public Uri Address { get; }
        public int Status { get; set; } = 200;

        public List<Call> Taken()
        {
            lock (_calls)
            {
                var taken = _calls.ToList();
                _calls.Clear();
                return taken;
            }
        }

        public void Dispose() => _listener.Close();

        private void Listen()
        {
            try
            {
                while (true)
                {
                    var context = _listener.GetContext();
                    using var reader = new StreamReader(context.Request.InputStream);
                    var headers = context.Request.Headers;
                    lock (_calls) _calls.Add(new Call($"{context.Request.HttpMethod} {context.Request.Url!.AbsolutePath}", headers["Fastly-Key"] ?? headers["Authorization"] ?? "", headers["Surrogate-Key"] ?? "", reader.ReadToEnd()));
                    context.Response.StatusCode = Status;
                    context.Response.Close();
                }
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // Closed.
            }
        }
    }
}
