using Warta.Content;
using Warta.Discovery;
using Warta.Engines;
using Warta.Publishing;
using Warta.Storage;
using Xunit;

namespace Warta.Reader;

/// <summary>Paid stories: labelled wherever they are listed, and never where readers or time alone decide.</summary>
public sealed class AdvertorialTests
{
    [OnBothEngines]
    public async Task Advertorial_is_never_among_most_read_related_and_latest(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var text = "Harga beras di pasar induk naik karena panen mundur sebulan.";
        var paid = site.Story("Beras merek Lumbung kini hadir", text, "Ekonomi", with: d => d with { Kind = ArticleKind.Advertorial, Tags = ["Beras"] });
        var story = site.Story("Harga beras naik", text, "Ekonomi", with: d => d with { Tags = ["Beras"] });
        site.Clock.Now += TimeSpan.FromMinutes(1);
        var newer = site.Story("Harga beras naik lagi", text, "Ekonomi", with: d => d with { Tags = ["Beras"] });
        site.Read(paid, 50);
        site.Read(story, 2);

        foreach (var list in (string[])["/api/v1/popular", "/api/v1/popular?section=ekonomi", "/api/v1/latest", "/api/v1/latest?section=ekonomi", $"/api/v1/articles/{newer}/related"])
        {
            var json = (await site.GetAsync(list)).Json;
            var ids = json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetInt64()).ToList();
            Assert.NotEmpty(ids);
            Assert.DoesNotContain(paid, ids);
            Assert.Equal((list, ids.Count), (list, json.GetProperty("total").GetInt32()));
        }

        foreach (var path in (string[])["/", site.PathOf(newer), site.PathOf(paid), "/popular", "/tidak-ada", "/_/live/latest", "/_/live/popular", $"/_/live/related?article={newer}"])
        {
            var page = (await site.GetAsync(path)).Page;
            var links = page.QuerySelectorAll("[data-block=popular] a, [data-block=latest] a, [data-block=related] a").Select(a => a.TextContent);
            Assert.DoesNotContain(links, text => text.Contains("Lumbung"));
            if (path == "/popular") Assert.DoesNotContain("Lumbung", page.QuerySelector("main")!.TextContent);
        }

        site.Do(act => Assert.Equal(2, Latest.Count(act.Sql, site.Title.Id, 0)));
    }

    [OnBothEngines]
    public async Task Advertorial_bears_its_label_wherever_it_stands(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var paid = site.Story("Beras merek Lumbung", "Enak.", "Ekonomi", with: d => d with { Kind = ArticleKind.Advertorial, Tags = ["Beras"], Bylines = [new Byline("Tim Lumbung", Byline.Writer)] });
        site.Story("Harga beras", "Naik.", "Ekonomi");
        var reader = site.Story("Pembaca", with: d => d with { Body = new Body([new ParagraphBlock("a", "Isi."), new ReadAlsoBlock("b", paid)]) });

        foreach (var path in (string[])["/ekonomi", "/tag/beras", "/author/tim-lumbung", "/search?q=lumbung", "/index", "/"])
        {
            var cards = (await site.GetAsync(path)).Page.QuerySelectorAll("article").Where(a => a.QuerySelector("a")!.TextContent.Contains("Lumbung") || a.TextContent.Contains("Beras merek Lumbung")).ToList();
            Assert.NotEmpty(cards);
            Assert.All(cards, card => Assert.Equal((path, "Advertorial"), (path, card.QuerySelector(".advertorial")?.TextContent.Trim())));
        }

        site.Do(act => act.ReplacePicks(site.Title.Id, 0, [new Picks.Pick(reader), new Picks.Pick(paid)]));
        Assert.Equal("Advertorial", (await site.GetAsync("/")).Page.QuerySelector("[data-block=picks] .advertorial")!.TextContent.Trim());
        Assert.Equal("Advertorial", (await site.GetAsync(site.PathOf(reader))).Page.QuerySelector("[data-block=read-also] .advertorial")!.TextContent);
        Assert.Equal("Beras merek Lumbung", (await site.GetAsync(site.PathOf(reader))).Page.QuerySelector("[data-block=read-also] a")!.TextContent);
        Assert.Equal("Advertorial", (await site.GetAsync(site.PathOf(paid))).Page.QuerySelector("article[data-article] .advertorial")!.TextContent.Trim());
        Assert.Equal("advertorial", (await site.GetAsync("/api/v1/picks")).Json.GetProperty("items")[1].GetProperty("kind").GetString());
    }

    [OnBothEngines]
    public async Task Links_out_of_an_advertorial_are_sponsored(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var body = HtmlMapper.FromHtml("<p><a href='https://lumbung.example/'>Beli</a> atau <a href='/ekonomi'>baca</a>.</p>").Body;
        var paid = site.Story("Beras merek Lumbung", section: "Ekonomi", with: d => d with { Body = body, Kind = ArticleKind.Advertorial });
        var story = site.Story("Harga beras", section: "Ekonomi", with: d => d with { Body = body });

        Assert.Equal(["noopener sponsored", null], (await site.GetAsync(site.PathOf(paid))).Page.QuerySelectorAll("[data-body] a").Select(a => a.GetAttribute("rel")));
        Assert.Equal(["noopener", null], (await site.GetAsync(site.PathOf(story))).Page.QuerySelectorAll("[data-body] a").Select(a => a.GetAttribute("rel")));
        Assert.Contains("rel=\"noopener sponsored\"", (await site.GetAsync($"/api/v1/articles/{paid}")).Json.GetProperty("html").GetString());
    }
}
