using System.Text.Json;
using AngleSharp.Html.Dom;
using Warta.Content;
using Warta.Engines;
using Warta.Storage;
using Xunit;

namespace Warta.Reader;

/// <summary>The search page: its form, its answers, and what becomes of odd questions.</summary>
public sealed class SearchPageTests
{
    [OnBothEngines]
    public async Task The_form_keeps_what_was_asked_and_the_results_are_marked(EngineKind engine)
    {
        using var site = new TestSite(engine);
        site.Story("Harga Buku <Pelajaran> Naik", "Toko buku di Kwitang ramai.", section: "Pendidikan", with: d => d with { Bylines = [new Byline("Rini Ayu", "writer")] });
        site.Story("Buku Lama", "Isi.", section: "Hiburan");
        var page = (await site.GetAsync("/search?q=buku-buku+harga&section=pendidikan&author=Rini+Ayu&from=2026-01-01&to=2026-01-31&sort=date")).Page;
        var results = page.QuerySelectorAll(".stories h2 a");
        Assert.Equal("Harga Buku <Pelajaran> Naik", Assert.Single(results).TextContent);
        Assert.Equal(["Harga", "Buku"], results[0].QuerySelectorAll("mark").Select(m => m.TextContent));
        Assert.Equal(["buku"], page.QuerySelectorAll(".stories .standfirst mark").Select(m => m.TextContent));
        Assert.Equal("buku-buku harga", ((IHtmlInputElement)page.QuerySelector("#q")!).Value);
        Assert.Equal("pendidikan", ((IHtmlSelectElement)page.QuerySelector("#section")!).Value);
        Assert.Equal("Rini Ayu", ((IHtmlInputElement)page.QuerySelector("#author")!).Value);
        Assert.Equal("2026-01-01", ((IHtmlInputElement)page.QuerySelector("#from")!).Value);
        Assert.Equal("2026-01-31", ((IHtmlInputElement)page.QuerySelector("#to")!).Value);
        Assert.Equal("date", ((IHtmlSelectElement)page.QuerySelector("#sort")!).Value);
        Assert.True(page.QuerySelector("details")!.HasAttribute("open"));
        Assert.All(page.QuerySelectorAll("form.search input, form.search select"), control => Assert.NotNull(page.QuerySelector($"label[for='{control.Id}']")));
        Assert.Contains("1 berita ditemukan", page.Body!.TextContent);
    }

    [OnBothEngines]
    public async Task A_mistyped_word_is_mended_and_can_be_insisted_on(EngineKind engine)
    {
        using var site = new TestSite(engine);
        site.Story("Gubernur Menanam Pohon");
        var page = (await site.GetAsync("/search?q=guberunr+pohon")).Page;
        Assert.Contains("Menampilkan hasil untuk gubernur pohon.", page.Body!.TextContent);
        Assert.Single(page.QuerySelectorAll(".stories h2"));
        var insisted = await site.GetAsync(page.QuerySelector(".found a")!.GetAttribute("href")!);
        Assert.Empty(insisted.Page.QuerySelectorAll(".stories h2"));
        Assert.Contains(site.Title.Words.SearchEmpty, insisted.Page.Body!.TextContent);

        var json = (await site.GetAsync("/api/v1/search?q=guberunr+pohon")).Json;
        Assert.Equal("gubernur pohon", json.GetProperty("searchedFor").GetString());
        Assert.False((await site.GetAsync("/api/v1/search?q=gubernur")).Json.TryGetProperty("searchedFor", out _));
    }

    [OnBothEngines]
    public async Task Filters_alone_list_stories_and_days_in_the_wrong_order_change_places(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var old = new DateTimeOffset(2025, 5, 5, 3, 0, 0, TimeSpan.Zero);
        site.Story("Lama", at: old);
        site.Story("Baru");
        Assert.Equal(["Lama"], await Found(site, "/search?from=2025-05-06&to=2025-05-05"));
        Assert.Equal(["Lama"], await Found(site, "/search?q=lama&from=2025-05-05&to=2025-05-05"));
        Assert.Equal(["Baru", "Lama"], await Found(site, "/search?section=nasional"));
        Assert.Equal(["Baru"], await Found(site, "/search?q=baru&from=kemarin&to=2026-13-40&sort=apa&utm_source=x"));
        Assert.Empty(await Found(site, "/search?q=baru&section=tidak-ada"));
        Assert.Empty(await Found(site, "/search?q=baru&author=tidak-ada"));
        Assert.Empty(await Found(site, "/search"));
        Assert.Equal(404, (await site.GetAsync("/search?q=baru&page=2")).Status);
    }

    [OnBothEngines]
    public async Task Any_text_whatever_is_answered(EngineKind engine)
    {
        using var site = new TestSite(engine);
        site.Story("Senyum 😀 Indonesia", "Isi.");
        var naughty = SharedData.SkipReason is null ? JsonSerializer.Deserialize<List<string>>(File.ReadAllText(SharedData.Path("blns", "blns.json")))! : [];
        string[] own =
        [
            "'; DROP TABLE articles; --", "\" OR 1=1", "NEAR(a b, 3)", "headline:a*", "a AND NOT b", "<->", "a & !b", "_title1", "_section1 OR _x", "\u001e", "a\u001eb", "😀", "\u202eabc", new('a', 10_000),
            string.Join(' ', Enumerable.Range(0, 2_000)), string.Concat(Enumerable.Repeat("كتاب ", 2_000)), string.Concat(Enumerable.Repeat("-\"a ", 2_500)), new('"', 10_000), new('-', 10_000),
        ];
        foreach (var text in naughty.Concat(own))
        {
            // Half a surrogate pair is no text that an address can bear.
            var answer = await site.GetAsync("/search?q=" + Uri.EscapeDataString(CleanText.Of(text, keepEnds: true)));
            Assert.True(answer.Status == 200, $"{answer.Status}: {text}");
        }

        foreach (var raw in new[] { "%1E", "%00", "a%00b", "%ED%A0%80", "%FF%FE", "%", "%zz", "+", "a&q=b" }) Assert.Equal(200, (await site.GetAsync("/search?q=" + raw)).Status);
        Assert.DoesNotContain('\u001e', (await site.GetAsync("/search?q=a%1Eb")).Text);
        Assert.Equal(["Senyum 😀 Indonesia"], await Found(site, "/search?q=" + Uri.EscapeDataString("\"SENYUM\" (OR*) indonesia:")));
    }

    private static async Task<List<string>> Found(TestSite site, string path) => (await site.GetAsync(path)).Page.QuerySelectorAll(".stories h2").Select(h => h.TextContent).ToList();
}
