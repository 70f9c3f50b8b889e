using Microsoft.Playwright;
using Xunit;

namespace Warta.BrowserTests;

/// <summary>How the default theme behaves in the hand: on paper, while it loads, and when a reader passes a story on.</summary>
public sealed class LookTests(Chromium chromium, Paper paper) : IClassFixture<Chromium>, IClassFixture<Paper>
{
    [BrowserFact]
    public async Task Nothing_moves_while_a_page_loads()
    {
        foreach (var width in (int[])[360, 1280])
        {
            var page = await chromium.NewPageAsync(new BrowserNewContextOptions { ViewportSize = new() { Width = width, Height = 800 } });
            foreach (var path in paper.Pages)
            {
                await page.GotoAsync(paper.At(path), new() { WaitUntil = WaitUntilState.NetworkIdle });
                var moved = await page.EvaluateAsync<double>("""
                    new Promise(done => {
                      let sum = 0;
                      new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value)).observe({ type: "layout-shift", buffered: true });
                      requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
                    })
                    """);
                Assert.Equal((width, path, 0), (width, path, moved));
            }
        }
    }

    [BrowserFact]
    public async Task On_paper_a_story_stands_alone_with_its_address()
    {
        paper.Site.Set("url", "https://harian.example");
        var page = await chromium.NewPageAsync();
        await page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        await page.GotoAsync(paper.At(paper.Site.PathOf(paper.Article)));
        foreach (var shown in (string[])["h1", "[data-body]", ".nameplate", ".source"]) Assert.True(await page.Locator(shown).First.IsVisibleAsync(), shown);
        foreach (var hidden in (string[])[".bar", ".folio", ".rail", ".colophon", ".share", ".breadcrumbs"]) Assert.False(await page.Locator(hidden).First.IsVisibleAsync(), hidden);
        Assert.Equal("https://harian.example" + paper.Site.PathOf(paper.Article), await page.Locator(".source").InnerTextAsync());
    }

    [BrowserFact]
    public async Task A_story_is_passed_on_by_plain_links_and_a_button_that_copies_its_address()
    {
        paper.Site.Set("url", "https://harian.example");
        var page = await chromium.NewPageAsync(new BrowserNewContextOptions { Permissions = ["clipboard-read", "clipboard-write"] });
        await page.GotoAsync(paper.At(paper.Site.PathOf(paper.Article)));
        var address = "https://harian.example" + paper.Site.PathOf(paper.Article);
        var links = await page.Locator(".share a").EvaluateAllAsync<string[]>("links => links.map(link => link.href)");
        Assert.Equal(["wa.me", "t.me", "x.com", "www.facebook.com"], links.Select(link => new Uri(link).Host));
        Assert.All(links, link => Assert.Contains(Uri.EscapeDataString(address), link));

        await page.ClickAsync("[data-copy]");
        await Assertions.Expect(page.Locator(".share [role=status]")).ToHaveTextAsync("Tautan disalin.");
        Assert.Equal(address, await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [BrowserFact]
    public async Task Without_JavaScript_no_button_promises_to_copy()
    {
        paper.Site.Set("url", "https://harian.example");
        var page = await chromium.NewPageAsync(javaScript: false);
        await page.GotoAsync(paper.At(paper.Site.PathOf(paper.Article)));
        Assert.True(await page.Locator(".share a").First.IsVisibleAsync());
        Assert.False(await page.Locator("[data-copy]").IsVisibleAsync());
    }
}

/// <summary>Lists that change under the reader's eyes.</summary>
public sealed class LiveListsTests(Chromium chromium, Paper paper) : IClassFixture<Chromium>, IClassFixture<Paper>
{
    private const string Ids = "Object.fromEntries([...document.querySelectorAll('[data-block]')].filter(b => b.querySelector('[data-id]')).map(b => [b.dataset.block, [...b.querySelectorAll('[data-id]')].map(i => i.dataset.id)]))";

    [BrowserFact]
    public async Task An_open_page_shows_what_is_most_read_now_and_no_story_twice()
    {
        paper.Site.Set("live.seconds", "1");
        // So many that the list of the channel can fill up from further down.
        for (var i = 0; i < 12; i++) paper.Site.Story($"Tambahan {i}", at: paper.Site.Clock.Now.AddHours(-2 - i));
        var page = await chromium.NewPageAsync();
        await page.GotoAsync(paper.At(paper.Site.PathOf(paper.Article)));
        var before = await page.EvaluateAsync<Dictionary<string, string[]>>(Ids);
        var risen = long.Parse(before["latest"][^1]);
        Assert.DoesNotContain(risen.ToString(), before["popular"]);

        paper.Site.Read(risen, 50);

        await Assertions.Expect(page.Locator($"[data-block=popular] li:first-child[data-id='{risen}']")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        var after = await page.EvaluateAsync<Dictionary<string, string[]>>(Ids);
        var shown = after.Values.SelectMany(ids => ids).ToList();
        Assert.Equal(shown.Distinct(), shown);
        Assert.Equal(before["latest"].Length, after["latest"].Length);
        var reloaded = await chromium.NewPageAsync(javaScript: false);
        await reloaded.GotoAsync(page.Url);
        foreach (var block in (string[])["popular", "picks", "latest"])
            Assert.Equal(await reloaded.Locator($"[data-block={block}] ol, [data-block={block}] ul").InnerTextAsync(), await page.Locator($"[data-block={block}] ol, [data-block={block}] ul").InnerTextAsync());
    }

    [BrowserFact]
    public async Task Whoever_stands_on_a_link_by_keyboard_stays_there()
    {
        paper.Site.Set("live.seconds", "1");
        paper.Site.Read(paper.Other, 100);
        var page = await chromium.NewPageAsync();
        await page.GotoAsync(paper.At("/"));
        var link = page.Locator($"[data-block=popular] [data-id='{paper.Other}'] a");
        await link.FocusAsync();
        var at = await link.GetAttributeAsync("href");

        var risen = long.Parse((await page.EvaluateAsync<Dictionary<string, string[]>>(Ids))["latest"][^1]);
        paper.Site.Read(risen, 500);

        await Assertions.Expect(page.Locator($"[data-block=popular] li:first-child[data-id='{risen}']")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        Assert.Equal(at, await page.EvaluateAsync<string>("document.activeElement.getAttribute('href')"));
    }
}
