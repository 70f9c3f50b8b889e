using Microsoft.Playwright;
using Warta.Content;
using Warta.Discovery;
using Warta.Publishing;
using Warta.Reader;
using Xunit;

namespace Warta.BrowserTests;

/// <summary>A paper with one of everything: long words, a table, a picture, several titles.</summary>
public sealed class Paper : IDisposable
{
    private readonly TestSite _site = new();

    public Paper()
    {
        _site.Set("name", "Harian Pesisir");
        for (var i = 1; i <= 24; i++) _site.Story($"Kabar pesisir ke-{i} dengan judul yang cukup panjang untuk dua baris", Text(i), i % 2 == 0 ? "Nasional" : "Ekonomi/Perikanan", _site.Clock.Now.AddMinutes(-i));
        var cells = Enumerable.Range(1, 12).Select(i => (InlineText)$"Kolom{i}Panjang").ToList();
        Article = _site.Story("Mempertanggungjawabkan" + new string('x', 60), with: d => d with
        {
            Standfirst = "https://contoh.example/alamat/yang/sangat/panjang/sekali/" + new string('y', 80),
            Kicker = "Laporan khusus",
            Tags = ["Nelayan", "Cuaca"],
            Bylines = [new Byline("Rina Wulandari", Byline.Writer)],
            Body = new Body([new ParagraphBlock("p", new string('z', 120)), new TableBlock("t", "Tabel", [cells], [cells]), new ReadAlsoBlock("r", null, "Kabar pesisir ke-1 dengan judul yang cukup panjang untuk dua baris")]),
        });
        Other = _site.Story("Kedua terbaca", Text(25));
        _site.Read(Other, 1);
        var pick = _site.Story("Pilihan redaksi", Text(26));
        _site.Do(act => act.ReplacePicks(_site.Title.Id, 0, [new Picks.Pick(pick)]));
        var arabic = _site.AddTitle("sahifa", "127.0.0.2", ("name", "الصحيفة"), ("language", "ar"));
        _site.Story("افتتاح الميناء الجديد", "قال الوزير إن الميناء جاهز.", "أخبار", titleId: arabic);
    }

    // Each story has words of its own: of those that say the same, a list shows one.
    private static string Text(int story)
    {
        string[] words = ["nelayan", "pesisir", "utara", "menunggu", "ombak", "reda", "sebelum", "melaut", "lagi", "perahu", "jaring", "pasar", "ikan", "angin", "garam", "tambak"];
        var random = new Random(story);
        return string.Join('\n', Enumerable.Range(1, 12).Select(i => $"Paragraf {i}: {string.Join(' ', Enumerable.Range(0, 10).Select(_ => words[random.Next(words.Length)]))}."));
    }

    public TestSite Site => _site;
    public long Article { get; }
    public long Other { get; }
    public string[] Pages => ["/", "/nasional", _site.PathOf(Article), "/tidak-ada", "/search?q=pesisir", "/popular", "/index", "/tag/nelayan", "/author/rina-wulandari"];
    public string At(string path) => new Uri(_site.Address, path).AbsoluteUri;

    public void Dispose() => _site.Dispose();
}

public sealed class ReaderTests(Chromium chromium, Paper paper) : IClassFixture<Chromium>, IClassFixture<Paper>
{
    [BrowserFact]
    public async Task On_a_phone_no_page_is_wider_than_the_screen()
    {
        foreach (var width in (int[])[320, 360])
        {
            var page = await chromium.NewPageAsync(new BrowserNewContextOptions { ViewportSize = new() { Width = width, Height = 740 } });
            foreach (var path in paper.Pages)
            {
                await page.GotoAsync(paper.At(path));
                Assert.Equal((path, width), (path, await page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")));
            }
        }
    }

    [BrowserFact]
    public async Task Pages_are_whole_without_JavaScript()
    {
        var page = await chromium.NewPageAsync(javaScript: false);
        await page.GotoAsync(paper.At(paper.Site.PathOf(paper.Article)));
        Assert.True(await page.Locator("[data-body]").IsVisibleAsync());
        foreach (var block in (string[])["popular", "picks", "latest"]) Assert.True(await page.Locator($"[data-block={block}] li a").First.IsVisibleAsync());
        await page.GotoAsync(paper.At("/search"));
        await page.FillAsync("#q", "terbaca");
        await page.PressAsync("#q", "Enter");
        Assert.Equal("Kedua terbaca", await page.Locator(".stories h2").InnerTextAsync());
    }

    [BrowserFact]
    public async Task Pages_break_no_policy_and_log_no_error()
    {
        var page = await chromium.NewPageAsync();
        var said = new List<string>();
        page.Console += (_, message) => said.Add($"{page.Url}: {message.Text}");
        page.PageError += (_, error) => said.Add($"{page.Url}: {error}");
        page.RequestFailed += (_, request) => said.Add($"{request.Url}: {request.Failure}");
        foreach (var path in paper.Pages)
        {
            await page.GotoAsync(paper.At(path), new() { WaitUntil = WaitUntilState.NetworkIdle });
            Assert.True(await page.EvaluateAsync<bool>("getComputedStyle(document.body).margin === '0px'"), path + " has no style");
        }

        // That a page isn't there Chromium logs itself.
        Assert.DoesNotContain(said, text => !text.Contains("404 (Not Found)", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task Five_seconds_of_reading_move_the_most_read_list()
    {
        var page = await chromium.NewPageAsync();
        var beacon = page.WaitForRequestAsync("**/_/read", new() { Timeout = 15_000 });
        await page.GotoAsync(paper.At(paper.Site.PathOf(paper.Article)));
        Assert.False(await page.EvaluateAsync<bool>("navigator.webdriver === true"));
        Assert.Equal([paper.Other], paper.Site.MostRead.Order(paper.Site.Title.Id));
        var sent = await beacon;
        Assert.Equal(204, (await sent.ResponseAsync())!.Status);
        // As the timetable does a few times a second: the answer waits for nobody.
        paper.Site.CountReads();
        Assert.Equal(2, paper.Site.MostRead.Order(paper.Site.Title.Id).Count);
        await page.GotoAsync(paper.At("/"));
        Assert.Equal(2, await page.Locator("[data-block=popular] li").CountAsync());
        Assert.Empty(await page.Context.CookiesAsync());
    }

    [BrowserFact]
    public async Task A_click_in_a_list_is_told_with_the_read_that_follows_it()
    {
        var page = await chromium.NewPageAsync();
        await page.GotoAsync(paper.At(paper.Site.PathOf(paper.Article)));
        await page.Locator("[data-block=popular] li a", new() { HasText = "Kedua terbaca" }).ClickAsync();
        var sent = await page.WaitForRequestAsync("**/_/read", new() { Timeout = 20_000 });
        await sent.ResponseAsync();
        paper.Site.CountReads();
        Assert.Equal(1, paper.Site.Site.Reads.Now.Of(paper.Site.Title.Id, paper.Site.Clock.Now).Blocks["popular"]);
        // Once told it is forgotten.
        Assert.Null(await page.EvaluateAsync<string?>("sessionStorage.getItem('led')"));
        Assert.Empty(await page.Context.CookiesAsync());
    }

    [BrowserFact]
    public async Task Dark_scheme_has_a_dark_page()
    {
        var light = await BackgroundAsync(ColorScheme.Light);
        var dark = await BackgroundAsync(ColorScheme.Dark);
        Assert.True(light > 200 && dark < 60, $"light {light}, dark {dark}");
    }

    [BrowserFact]
    public async Task Arabic_title_reads_from_right_to_left()
    {
        var page = await chromium.NewPageAsync();
        // Its host needs no name server.
        await page.Context.RouteAsync("http://127.0.0.2/**", async route => await route.FulfillAsync(new() { Response = await route.FetchAsync(new() { Url = paper.At(new Uri(route.Request.Url).PathAndQuery), Headers = new Dictionary<string, string> { ["Host"] = "127.0.0.2" } }) }));
        await page.GotoAsync("http://127.0.0.2/");
        Assert.Equal("rtl", await page.GetAttributeAsync("html", "dir"));
        Assert.Equal("rtl", await page.EvaluateAsync<string>("getComputedStyle(document.body).direction"));
        Assert.Equal("الصحيفة", await page.Locator("h1").TextContentAsync());
    }

    [BrowserFact]
    public async Task First_tab_reaches_the_link_to_the_content()
    {
        // The link slides in; without motion it is there at once.
        var page = await chromium.NewPageAsync(new BrowserNewContextOptions { ReducedMotion = ReducedMotion.Reduce });
        foreach (var path in paper.Pages)
        {
            await page.GotoAsync(paper.At(path));
            await page.Keyboard.PressAsync("Tab");
            Assert.Equal("#content", await page.EvaluateAsync<string>("document.activeElement.getAttribute('href')"));
            Assert.Equal((path, true), (path, await page.EvaluateAsync<double>("document.activeElement.getBoundingClientRect().top") >= 0));
        }

        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("content", await page.EvaluateAsync<string>("document.activeElement.id"));
    }

    /// <summary>How bright the page is, 0 to 255.</summary>
    private async Task<double> BackgroundAsync(ColorScheme scheme)
    {
        var page = await chromium.NewPageAsync(new BrowserNewContextOptions { ColorScheme = scheme });
        await page.GotoAsync(paper.At("/"));
        return await page.EvaluateAsync<double>("(c => (c[0] + c[1] + c[2]) / 3)((b => b === 'rgba(0, 0, 0, 0)' ? getComputedStyle(document.documentElement).backgroundColor : b)(getComputedStyle(document.body).backgroundColor).match(/[\\d.]+/g).map(Number))");
    }
}
