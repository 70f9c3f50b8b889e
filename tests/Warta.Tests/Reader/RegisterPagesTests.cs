using Warta.Content;
using Warta.Engines;
using Warta.Publishing;
using Warta.Storage;
using Xunit;

namespace Warta.Reader;

/// <summary>Standing pages, the registers, and what stands where nothing does.</summary>
public sealed class RegisterPagesTests
{
    private const string Script = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>";

    [OnBothEngines]
    public async Task Standing_page_has_its_address_and_its_place_in_every_footer(EngineKind engine)
    {
        using var site = new TestSite(engine);
        Assert.Equal(404, (await site.GetAsync("/redaksi")).Status);
        site.Do(act => act.PutPage(site.Title.Id, "redaksi", null, MarkdownMapper.FromMarkdown($"# Redaksi\n\nPemimpin: Rini. {Script}\n\n[Kontak](/kontak)").Body));
        site.Do(act => act.PutPage(site.Title.Id, "tentang", Script, MarkdownMapper.FromMarkdown("Kami.").Body));
        site.AddTitle("sore", "sore.example");

        var answer = await site.GetAsync("/redaksi");
        Assert.Equal((200, "Redaksi"), (answer.Status, answer.Page.QuerySelector("h1")!.TextContent));
        Assert.Contains($"Pemimpin: Rini. {Script}", answer.Page.QuerySelector("[data-body]")!.TextContent);
        Assert.Equal("/kontak", answer.Page.QuerySelector("[data-body] a")!.GetAttribute("href"));
        Assert.Empty(answer.Page.QuerySelectorAll("img[onerror], script:not([src])"));
        foreach (var path in (string[])["/", "/redaksi", "/tidak-ada"])
            Assert.Equal(["Redaksi", Script], (await site.GetAsync(path)).Page.QuerySelectorAll("footer a[href='/redaksi'], footer a[href='/tentang']").Select(a => a.TextContent));
        foreach (var other in (string[])["/redaksi/", "/REDAKSI", "/Redaksi/?page=1"]) Assert.Equal((301, true), ((await site.GetAsync(other)).Status, (await site.GetAsync(other)).Location.StartsWith("/redaksi", StringComparison.Ordinal)));
        Assert.Equal(404, (await site.GetAsync("/redaksi", "sore.example")).Status);
        Assert.Equal(404, (await site.GetAsync("/redaksi/x.css")).Status);
        site.Do(act => act.RemovePage(site.Title.Id, "redaksi"));
        Assert.Equal(404, (await site.GetAsync("/redaksi")).Status);
    }

    [OnBothEngines]
    public async Task Register_of_corrections_links_each_to_its_place(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var empty = await site.GetAsync("/corrections");
        Assert.Equal((200, "Belum ada ralat, koreksi, atau hak jawab."), (empty.Status, empty.Page.QuerySelector(".empty")!.TextContent));
        var id = site.Story("Dikoreksi " + Script);
        for (var i = 1; i <= 21; i++)
        {
            site.Clock.Now += TimeSpan.FromMinutes(1);
            site.Do(act => act.Correct(id, "koreksi", $"Nomor {i} {Script}", askedBy: "Dinas"));
        }

        var first = (await site.GetAsync("/corrections")).Page;
        var entries = first.QuerySelectorAll(".entry");
        Assert.Equal((20, "Koreksi", "Senin, 26 Januari 2026 | 10:21 WIB"), (entries.Length, entries[0].QuerySelector("b")!.TextContent, entries[0].QuerySelector("time")!.TextContent));
        Assert.Contains($"Nomor 21 {Script}", entries[0].TextContent);
        var link = entries[0].QuerySelector("h2 a")!;
        Assert.Equal("Dikoreksi " + Script, link.TextContent);
        var (path, anchor) = (link.GetAttribute("href")!.Split('#')[0], link.GetAttribute("href")!.Split('#')[1]);
        Assert.Contains("Nomor 21", (await site.GetAsync(path)).Page.GetElementById(anchor)!.TextContent);
        Assert.Contains("Nomor 1 ", Assert.Single((await site.GetAsync("/corrections?page=2")).Page.QuerySelectorAll(".entry")).TextContent);
        foreach (var none in (string[])["3", "0", "x", "-1", "99999999999"]) Assert.Equal(404, (await site.GetAsync("/corrections?page=" + none)).Status);
        Assert.Empty(first.QuerySelectorAll("img[onerror], script:not([src])"));
        Assert.Equal(["/corrections", "/takedowns"], (await site.GetAsync("/")).Page.QuerySelectorAll("footer a[href='/corrections'], footer a[href='/takedowns']").Select(a => a.GetAttribute("href")));

        site.AddTitle("sore", "sore.example", ("language", "en"));
        Assert.Equal("There are no corrections or replies yet.", (await site.GetAsync("/corrections", "sore.example")).Page.QuerySelector(".empty")!.TextContent);
    }

    [OnBothEngines]
    public async Task Register_of_takedowns_tells_when_and_why_and_never_what(EngineKind engine)
    {
        using var site = new TestSite(engine);
        site.AddTitle("sore", "sore.example");
        Assert.Equal("Belum ada berita yang dicabut.", (await site.GetAsync("/takedowns")).Page.QuerySelector(".empty")!.TextContent);
        var (one, two, three, draft) = (site.Story("Fitnah pertama"), site.Story("Fitnah kedua"), site.Story("Fitnah ketiga"), site.Draft("Fitnah konsep"));
        var back = site.Story("Fitnah keempat");
        site.Do(act => act.TakeDown(one, "Tidak benar. " + Script));
        site.Clock.Now += TimeSpan.FromHours(1);
        site.Do(act => act.PurgeStory(two, "Putusan 12/2026"));
        site.Clock.Now += TimeSpan.FromHours(1);
        site.Do(act => act.TakeDown(three, "Nama keliru."));
        site.Do(act => act.PurgeStory(three, "Putusan 13/2026"));
        site.Do(act => act.TakeDown(draft, "Belum pernah tayang."));
        site.Do(act => act.TakeDown(back, "Keliru dicabut."));
        site.Do(act => act.UndoTakedown(back));

        var answer = await site.GetAsync("/takedowns");
        Assert.Equal(
            [("Satu berita dihapus seluruhnya", "Senin, 26 Januari 2026 | 12:00 WIB", ""), ("Satu berita dihapus seluruhnya", "Senin, 26 Januari 2026 | 11:00 WIB", ""), ("Satu berita dicabut", "Senin, 26 Januari 2026 | 10:00 WIB", "Alasan: Tidak benar. " + Script)],
            answer.Page.QuerySelectorAll(".entry").Select(e => (e.QuerySelector("b")!.TextContent, e.QuerySelector("time")!.TextContent, e.QuerySelector("p[dir=auto]")?.TextContent ?? "")));
        Assert.DoesNotContain("Fitnah", answer.Page.QuerySelector(".entries")!.TextContent);
        Assert.DoesNotContain("Putusan", answer.Text);
        Assert.Empty(answer.Page.QuerySelectorAll(".entry a, img[onerror], script:not([src])"));
        Assert.Equal("noindex, follow", answer.Page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Empty((await site.GetAsync("/takedowns", "sore.example")).Page.QuerySelectorAll(".entry"));
    }

    [OnBothEngines]
    public async Task Gone_page_tells_date_and_reason_in_the_title_s_language(EngineKind engine)
    {
        using var site = new TestSite(engine);
        foreach (var (host, language, heading, date, reason) in ((string, string, string, string, string)[])
        [
            ("en.example", "en", "This story has been taken down", "Monday, 26 January 2026 | 10:00 WIB", "Reason:"),
            ("ar.example", "ar", "سُحب هذا الخبر", "الاثنين، 26 يناير 2026 | 10:00 WIB", "السبب:"),
        ])
        {
            var title = site.AddTitle("t-" + language, host, ("language", language));
            var (down, purged) = (site.Story("Down", titleId: title), site.Story("Purged", titleId: title));
            var (downPath, purgedPath) = (site.PathOf(down, title), site.PathOf(purged, title));
            site.Do(act => act.TakeDown(down, "Because."));
            site.Do(act => act.PurgeStory(purged, "Court."));
            foreach (var (path, because) in ((string, string)[])[(downPath, "Because."), (purgedPath, "")])
            {
                var answer = await site.GetAsync(path, host);
                Assert.Equal((410, heading, date), (answer.Status, answer.Page.QuerySelector("h1")!.TextContent, answer.Page.QuerySelector(".notice time")!.TextContent));
                Assert.Equal(because.Length == 0 ? null : $"{reason} {because}", answer.Page.QuerySelector(".reason")?.TextContent);
                Assert.Equal("", answer.Page.QuerySelector(".notice input")!.GetAttribute("value"));
                Assert.DoesNotContain("Court.", answer.Text);
            }
        }
    }

    [OnBothEngines]
    public async Task Unknown_address_offers_its_words_to_search_and_the_stories_that_hold_them(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var id = site.Story("Harga beras naik tajam", "Pedagang mengeluh.", "Ekonomi");
        site.Story("Harga telur turun", section: "Ekonomi");
        foreach (var path in (string[])["/ekonomi/2019/01/02/harga-beras-naik-tajam", "/ekonomi/harga-beras-naik-tajam-88123.html", "/Ekonomi/2026/01/26/harga-beras-naik-drastis"])
        {
            var answer = await site.GetAsync(path);
            Assert.Equal(404, answer.Status);
            Assert.Equal([site.PathOf(id)], answer.Page.QuerySelectorAll(".suggestions a").Select(a => a.GetAttribute("href")));
            Assert.StartsWith("harga beras naik", answer.Page.QuerySelector(".notice input[name=q]")!.GetAttribute("value"));
            Assert.Equal("/search", answer.Page.QuerySelector(".notice form")!.GetAttribute("action"));
            Assert.Contains("/ekonomi", answer.Page.QuerySelectorAll(".notice a").Select(a => a.GetAttribute("href")));
            Assert.NotEmpty(answer.Page.QuerySelectorAll("[data-block=latest] a"));
        }

        foreach (var path in (string[])["/wp-login.php", "/tidak-ada-yang-begini", "/2024", "/.env", "/a"]) Assert.Empty((await site.GetAsync(path)).Page.QuerySelectorAll(".suggestions"));
    }

    [OnBothEngines]
    public async Task Unknown_address_is_never_reflected_as_markup_nor_followed(EngineKind engine)
    {
        using var site = new TestSite(engine);
        site.Story("Harga beras naik");
        foreach (var path in (string[])
        [
            "/" + Uri.EscapeDataString(Script), "/x/" + Uri.EscapeDataString("\"><svg onload=alert(1)>"), "/%22onmouseover=%22alert(1)", "/" + string.Join('-', Enumerable.Repeat("kata", 1_000)), "/' OR 1=1 --",
            "/\" NEAR/5 \"x", "/beras AND NOT naik", "/a:b c*", "/https://evil.example/", "/%E2%80%AE-beras-naik", "/%09beras%09naik",
        ])
        {
            var answer = await site.GetAsync(path);
            Assert.Equal((path, 404, ""), (path, answer.Status, answer.Location));
            Assert.Empty(answer.Page.QuerySelectorAll("script:not([src]), svg, img[onerror]"));
            Assert.DoesNotContain(answer.Page.All, e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal)));
            Assert.All(answer.Page.QuerySelectorAll("main a, main form"), e => Assert.StartsWith("/", (e.GetAttribute("href") ?? e.GetAttribute("action"))!, StringComparison.Ordinal));
        }
    }
}
