using System.Text.Json;
using Warta.Content;
using Warta.Discovery;
using Warta.Engines;
using Warta.Publishing;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Api;

public sealed class ReadingApiTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task List_has_the_contracts_shape_and_pages()
    {
        for (var i = 1; i <= 5; i++) site.Story($"Bentuk {i}", section: "Bentuk", at: site.Clock.Now.AddMinutes(-i));

        var list = (await site.GetAsync("/api/v1/articles?section=bentuk&limit=2&page=2")).Json;
        Assert.Equal(["items", "page", "total", "next"], list.EnumerateObject().Select(p => p.Name));
        Assert.Equal((2, 5), (list.GetProperty("page").GetInt32(), list.GetProperty("total").GetInt32()));
        Assert.Equal(["Bentuk 3", "Bentuk 4"], Headlines(list));
        var item = list.GetProperty("items")[0];
        Assert.Equal(["id", "uri", "url", "headline", "section", "publishedAt"], item.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("bentuk", "2026-01-26T09:57:00+07:00"), (item.GetProperty("section").GetString(), item.GetProperty("publishedAt").GetString()));
        Assert.Equal(200, (await site.GetAsync(item.GetProperty("url").GetString()!)).Status);

        var last = (await site.GetAsync(list.GetProperty("next").GetString()!)).Json;
        Assert.Equal(["Bentuk 5"], Headlines(last));
        Assert.Equal(JsonValueKind.Null, last.GetProperty("next").ValueKind);
        Assert.Empty(Headlines((await site.GetAsync("/api/v1/articles?section=bentuk&page=9")).Json));
    }

    [Fact]
    public async Task Filters_hold_alone_and_together()
    {
        Story("Saring beras", "2026-01-20T08:00:00+07:00", "Saring", ["Pangan"], "Ayu Lestari");
        Story("Saring kopi", "2026-01-21T08:00:00+07:00", "Saring", ["Pangan", "Kebun"], "Bima Sakti");
        Story("Saring ikan", "2026-01-22T08:00:00+07:00", "Saringan", ["Kebun"], "Ayu Lestari");

        await FindsAsync("tag=pangan", "Saring kopi", "Saring beras");
        await FindsAsync("author=ayu-lestari", "Saring ikan", "Saring beras");
        await FindsAsync("q=saring", "Saring ikan", "Saring kopi", "Saring beras");
        await FindsAsync("q=saring&from=2026-01-21&to=2026-01-21", "Saring kopi");
        await FindsAsync("q=saring&from=2026-01-21T08:00:01%2B07:00", "Saring ikan");
        await FindsAsync("q=saring&to=2026-01-21T08:00:00+07:00", "Saring beras");
        await FindsAsync("section=saring&tag=pangan&author=bima-sakti&q=kopi&from=2026-01-01&to=2026-01-31", "Saring kopi");
        await FindsAsync("section=saring&tag=kebun&author=ayu-lestari");
        await FindsAsync("tag=tidak-ada");
        await FindsAsync("q=...");
        var uri = (await site.GetAsync("/api/v1/articles?q=beras")).Json.GetProperty("items")[0].GetProperty("uri").GetString()!;
        await FindsAsync("uri=" + Uri.EscapeDataString(uri), "Saring beras");
        Assert.Equal(["Saring kopi"], Headlines((await site.GetAsync("/api/v1/search?q=saring+kopi")).Json));

        void Story(string headline, string at, string section, string[] tags, string author) =>
            site.Story(headline, section: section, at: DateTimeOffset.Parse(at), with: d => d with { Tags = tags, Bylines = [new Byline(author, Byline.Writer)] });
    }

    [Fact]
    public async Task Story_has_blocks_and_html_and_its_lists_follow()
    {
        var before = site.Story("Waduk kering di musim kemarau", "Waduk kering karena kemarau panjang.", "Lingkungan", site.Clock.Now.AddHours(-3));
        var id = site.Story("Waduk kering lagi", "Waduk kering, petani menunggu hujan.", "Lingkungan", with: d => d with { Dateline = new Dateline("Wonogiri", null), Tags = ["Air"] });

        var story = (await site.GetAsync($"/api/v1/articles/{id}")).Json;
        Assert.Equal((id, "Waduk kering lagi", "lingkungan", "Wonogiri"), (story.GetProperty("id").GetInt64(), story.GetProperty("headline").GetString(), story.GetProperty("section").GetString(), story.GetProperty("dateline").GetString()));
        Assert.Equal("paragraph", story.GetProperty("blocks")[0].GetProperty("type").GetString());
        Assert.Contains("<span data-dateline>Wonogiri</span>", story.GetProperty("html").GetString());
        foreach (var name in (string[])["uri", "url", "publishedAt", "updatedAt", "language", "kicker", "standfirst", "bylines", "tags", "usageTerms", "copyrightHolder"]) Assert.True(story.TryGetProperty(name, out _), name);
        Assert.Equal(["Waduk kering di musim kemarau"], Headlines((await site.GetAsync($"/api/v1/articles/{id}/related")).Json));

        site.Read(before);
        site.Do(act => act.ReplacePicks(site.Title.Id, 0, [new Picks.Pick(id), new Picks.Pick(before)]));
        Assert.Equal(["Waduk kering di musim kemarau"], Headlines((await site.GetAsync("/api/v1/popular?section=lingkungan")).Json));
        Assert.Empty(Headlines((await site.GetAsync("/api/v1/popular?section=lain")).Json));
        Assert.Equal(["Waduk kering lagi", "Waduk kering di musim kemarau"], Headlines((await site.GetAsync("/api/v1/picks")).Json));
        Assert.Equal(["Waduk kering lagi", "Waduk kering di musim kemarau"], Headlines((await site.GetAsync("/api/v1/latest?section=lingkungan")).Json));
    }

    [Theory]
    [InlineData("/api/v1/articles/987654", 404)]
    [InlineData("/api/v1/articles/987654/related", 404)]
    [InlineData("/api/v1/articles/99999999999999999999", 404)]
    [InlineData("/api/v1/nothing", 404)]
    [InlineData("/api/v1/articles?page=0", 400)]
    [InlineData("/api/v1/articles?limit=x", 400)]
    [InlineData("/api/v1/articles?from=kemarin", 400)]
    [InlineData("/api/v1/search?q=x&to=2026-99-99", 400)]
    [InlineData("/api/v1/latest?page=-1", 400)]
    [InlineData("/api/v1/popular?limit=1.5", 400)]
    [InlineData("/api/v1/picks?page=x", 400)]
    public async Task Error_is_a_problem_that_says_what_to_do(string path, int status)
    {
        var answer = await site.GetAsync(path);
        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.Raw.Content.Headers.ContentType!.MediaType));
        Assert.Equal(status, answer.Json.GetProperty("status").GetInt32());
        Assert.True(answer.Json.GetProperty("detail").GetString()!.Length > 20);
    }

    [Fact]
    public async Task OpenApi_lists_every_verb()
    {
        var paths = (await site.GetAsync("/api/v1/openapi.json")).Json.GetProperty("paths");
        var verbs = paths.EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(v => $"{v.Name} {p.Name}")).ToHashSet();
        foreach (var verb in (string[])["get /api/v1/articles", "post /api/v1/articles", "get /api/v1/articles/{id}", "put /api/v1/articles/{id}", "get /api/v1/articles/{id}/related", "get /api/v1/articles/{id}/revisions",
            "post /api/v1/articles/{id}/publish", "post /api/v1/articles/{id}/schedule", "post /api/v1/articles/{id}/withdraw", "post /api/v1/articles/{id}/takedown", "delete /api/v1/articles/{id}/takedown",
            "get /api/v1/popular", "get /api/v1/picks", "put /api/v1/picks", "get /api/v1/latest", "get /api/v1/search"])
            Assert.Contains(verb, verbs);
    }

    [OnBothEngines]
    public async Task No_parameter_breaks_the_server(EngineKind engine)
    {
        using var own = new TestSite(engine);
        own.Story("Tahan banting", "Isi 😀.");
        var hostile = new List<string>
        {
            "'; DROP TABLE articles; --", "1 OR 1=1", "\" OR \"\"=\"", "\0", "a\0b", "%", "_", "\\", "*", "NEAR(", "AND", "a & | !", "'a':*", "\u202e", "ﷺ", "😀", new string('a', 39) + "😀", new string('a', 40) + "😀",
            string.Concat(Enumerable.Repeat("a ", 249)) + " 😀", new string('x', 3_000), "-1", "0", "9223372036854775807", "9223372036854775808", "1e9", "2026-01-26T00:00:00Z", "0001-01-01", "9999-12-31", "1900-01-01T00:00:00+14:00",
        };
        var blns = Path.GetFullPath(House.Checkout.Path("..", "shared", "data", "blns", "blns.json"));
        if (File.Exists(blns)) hostile.AddRange(JsonSerializer.Deserialize<List<string>>(File.ReadAllText(blns))!);
        (string Path, string[] Keys)[] addresses =
        [
            ("/api/v1/articles", ["uri", "section", "tag", "author", "q", "from", "to", "page", "limit"]), ("/api/v1/search", ["q"]), ("/api/v1/popular", ["section"]), ("/api/v1/picks", ["section"]), ("/api/v1/latest", ["section"]),
            ("/search", ["q", "section", "author", "from"]), ("/index", ["date", "section"]), ("/_/live/latest", ["section", "less"]), ("/_/live/popular", ["article"]),
        ];

        var broken = new List<string>();
        foreach (var (path, keys) in addresses)
        {
            foreach (var key in keys)
            {
                // Every text at the parameters that reach the database, a sample elsewhere.
                var texts = key is "q" or "uri" or "tag" or "author" ? hostile : hostile.Take(40);
                foreach (var text in path == "/api/v1/articles" ? texts : texts.Take(40))
                {
                    var address = $"{path}?{key}={Uri.EscapeDataString(text)}";
                    if ((await own.GetAsync(address)).Status >= 500) broken.Add(address);
                }
            }
        }

        foreach (var text in hostile.Take(60).Where(t => t.Length > 0 && !t.Contains('\0')))
        {
            foreach (var path in (string[])["/tag/", "/author/", "/assets/", "/nasional/2026/01/26/"])
                if ((await own.GetAsync(path + Uri.EscapeDataString(text))).Status >= 500) broken.Add(path + text);
        }

        Assert.Equal("", string.Join('\n', broken));
        Assert.Equal(1, own.Count("SELECT count(*) FROM articles"));
    }

    private async Task FindsAsync(string query, params string[] headlines) => Assert.Equal(headlines, Headlines((await site.GetAsync("/api/v1/articles?" + query)).Json));

    private static IEnumerable<string> Headlines(JsonElement list) => list.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("headline").GetString()!);
}
