using Warta.Content;
using Warta.Engines;
using Warta.Publishing;
using Warta.Storage;
using Xunit;

namespace Warta.Reader;

public sealed class TitlesTests
{
    private const string Regional = "pesisir.example.com";

    [OnBothEngines]
    public async Task A_story_in_two_titles_has_one_canonical_address_and_each_title_s_own_lists(EngineKind engine)
    {
        using var site = new TestSite(engine);
        site.Set("url", "https://nasional.example.com");
        var other = site.AddTitle("pesisir", Regional, ("url", "https://pesisir.example.com"), ("permalink", "/{section}/{slug}-{id}"));
        var text = string.Join('\n', Enumerable.Repeat("Pelabuhan Karang Laut melayani kapal perintis setiap pekan dengan jadwal baru.", 4));
        var target = site.Story("Kapal perintis berlayar", text);
        var unshared = site.Story("Kapal perintis hanya nasional", text);
        var local = site.Story("Nelayan lokal pulang", text, "Daerah", titleId: other);
        var story = site.Story("Pelabuhan dibuka kembali", text, with: d => d with { Tags = ["Pelabuhan"], Body = new Body([.. d.Body.Blocks, new ReadAlsoBlock("r1", null, "Kapal perintis berlayar"), new ReadAlsoBlock("r2", null, "Kapal perintis hanya nasional")]) });
        site.Do(act => act.Publish(target, other));
        site.Do(act => act.Publish(story, other, sectionPath: "daerah"));
        var (home, there) = (site.PathOf(story), site.PathOf(story, other));
        Assert.Equal($"/daerah/pelabuhan-dibuka-kembali-{story}", there);

        foreach (var (path, host) in new[] { (home, (string?)null), (there, Regional) })
        {
            var page = (await site.GetAsync(path, host)).Page;
            Assert.Equal("https://nasional.example.com" + home, page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
            var reader = host is null ? site.Title.Id : other;
            Assert.Equal(host is null ? [site.PathOf(target), site.PathOf(unshared)] : [site.PathOf(target, other)], page.QuerySelectorAll("p[data-block=read-also] a").Select(a => a.GetAttribute("href")));
            Assert.Contains(site.PathOf(target, reader), page.QuerySelectorAll("[data-block=related] a").Select(a => a.GetAttribute("href")));
            Assert.DoesNotContain("hanya nasional", host is null ? "" : page.DocumentElement.TextContent);
            foreach (var href in page.QuerySelectorAll("article a, [data-block] a, nav a").Select(a => a.GetAttribute("href")!).Where(h => h.StartsWith('/')).Distinct())
                Assert.Equal((href, 200), (href, (await site.GetAsync(href, host)).Status));
        }

        // Lists, search and the API: each title its own.
        Assert.Equal([story, local, target], await Latest(site, Regional));
        Assert.Equal([story, unshared, target], await Latest(site, null));
        Assert.Contains("Pelabuhan dibuka kembali", (await site.GetAsync("/daerah", Regional)).Text);
        Assert.Equal(404, (await site.GetAsync("/daerah")).Status);
        foreach (var address in (string[])["/tag/pelabuhan", "/search?q=pelabuhan+dibuka"])
        {
            Assert.Contains(there, (await site.GetAsync(address, Regional)).Text);
            Assert.Contains(home, (await site.GetAsync(address)).Text);
        }

        Assert.Equal("https://pesisir.example.com" + there, (await site.GetAsync($"/api/v1/articles/{story}", Regional)).Json.GetProperty("url").GetString());
        Assert.Equal(404, (await site.GetAsync($"/api/v1/articles/{unshared}", Regional)).Status);

        // Withdrawn from one, it stays in the other; where its home has lost it, the page that is left is the canonical one.
        site.Do(act => act.WithdrawStory(story, site.Title.Id));
        Assert.Equal(404, (await site.GetAsync(home)).Status);
        Assert.Equal("https://pesisir.example.com" + there, (await site.GetAsync(there, Regional)).Page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        site.Do(act => act.Publish(story, site.Title.Id));
        site.Do(act => act.WithdrawStory(story, other));
        Assert.Equal((200, 404), ((await site.GetAsync(home)).Status, (await site.GetAsync(there, Regional)).Status));
        site.Do(act => act.TakeDown(story, "Keliru."));
        Assert.Equal((410, 410), ((await site.GetAsync(home)).Status, (await site.GetAsync(there, Regional)).Status));
    }

    [OnBothEngines]
    public async Task Other_hosts_of_a_title_lead_to_its_url(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var id = site.AddTitle("pesisir", Regional);
        site.Set("host", "www." + Regional, id);
        var path = site.PathOf(site.Story("Kabar", titleId: id), id);
        Assert.Equal(200, (await site.GetAsync(path, Regional)).Status);
        Assert.Equal(200, (await site.GetAsync(path, "www." + Regional)).Status);
        Assert.Equal(200, (await site.GetAsync(path, Regional + ".")).Status);

        // Also where nobody has added the url's own host.
        site.Set("url", "https://koran.example.com", id);
        foreach (var host in (string[])[Regional, Regional + ".", "WWW." + Regional + ":8080"])
        {
            Assert.Equal((301, $"https://koran.example.com{path}?page=1"), await Lead(path + "?page=1", host));
            Assert.Equal((301, "https://koran.example.com/"), await Lead("/", host));
            Assert.Equal((301, "https://koran.example.com/%2F%2Fevil.example/%0D%0A"), await Lead("/%2F%2Fevil.example/%0D%0A", host));
            foreach (var open in (string[])["/api/v1/latest", "/_/live/latest", "/assets/warta.css", "/healthz"]) Assert.Equal((open, 200), (open, (await site.GetAsync(open, host)).Status));
        }

        Assert.Equal(200, (await site.GetAsync(path, "koran.example.com")).Status);
        // A host that no title knows is served, not sent away.
        Assert.Equal(200, (await site.GetAsync("/", "elsewhere.example.com")).Status);

        async Task<(int, string)> Lead(string address, string host) => await site.GetAsync(address, host) is var answer ? (answer.Status, answer.Location) : default;
    }

    [OnBothEngines]
    public async Task A_renamed_section_and_its_stories_are_found_at_their_old_addresses(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var story = site.Story("Persada menang", section: "Bola/Liga 1");
        var old = site.PathOf(story);
        var title = site.Title.Id;
        site.Do(act => act.Sql.RenameSection(act.Titles.Section(title, "bola")!, "Olahraga", "olahraga", act.Now));
        Assert.Equal((301, "/olahraga"), await Lead("/bola"));
        Assert.Equal((301, "/olahraga/liga-1?page=1"), await Lead("/bola/liga-1?page=1"));
        Assert.Equal((301, site.PathOf(story)), await Lead(old));
        Assert.StartsWith("/olahraga/", site.PathOf(story));
        Assert.Equal(200, (await site.GetAsync("/olahraga/liga-1")).Status);
        Assert.Equal([story], (await site.GetAsync("/api/v1/latest?section=bola")).Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetInt64()));

        async Task<(int, string)> Lead(string address) => await site.GetAsync(address) is var answer ? (answer.Status, answer.Location) : default;
    }

    [Fact]
    public async Task A_menu_stands_in_its_order_and_leaves_out_what_is_gone()
    {
        using var site = new TestSite();
        site.Story("Satu", section: "Nasional");
        site.Story("Dua", section: "Nasional");
        site.Story("Tiga", section: "Bola/Liga 1");
        Assert.Equal(["/nasional", "/bola"], await Menu());
        site.Set("menu", "bola, Cek <Fakta>=/tag/cek-fakta, nasional, bola/liga-1, Radio=https://radio.example.com/?a=1&b=2");
        Assert.Equal(["/bola", "/tag/cek-fakta", "/nasional", "/bola/liga-1", "https://radio.example.com/?a=1&b=2"], await Menu());
        var page = (await site.GetAsync("/bola/liga-1")).Page;
        Assert.Contains("Cek <Fakta>", page.QuerySelector("nav.bar")!.TextContent);
        Assert.Contains("/bola/liga-1", page.QuerySelectorAll("nav.bar a[aria-current]").Select(a => a.GetAttribute("href")));

        async Task<IEnumerable<string?>> Menu() => (await site.GetAsync("/")).Page.QuerySelectorAll("nav.bar li a").Select(a => a.GetAttribute("href")).Where(href => href != "/");
    }

    [Fact]
    public async Task A_title_s_look_comes_as_a_style_sheet_of_its_own()
    {
        using var site = new TestSite();
        var other = site.AddTitle("pesisir", Regional);
        Assert.Single((await site.GetAsync("/")).Page.QuerySelectorAll("link[rel=stylesheet]"));
        Directory.CreateDirectory(site.Folder.TitleFolder("pesisir"));
        await File.WriteAllBytesAsync(Path.Combine(site.Folder.TitleFolder("pesisir"), "logo.png"), AdsTests.Png(600, 120));
        await File.WriteAllTextAsync(Path.Combine(site.Folder.TitleFolder("pesisir"), "judul.woff2"), "wOF2…");
        site.Set("colors.light", "#ffffff #101828 #005a9c", other);
        site.Set("colors.dark", "#0f1620 #dde4ee #7fb2e5", other);
        site.Set("font.headlines", "judul.woff2", other);
        site.Set("font.text", "label", other);
        site.Set("logo", "logo.png", other);

        var page = (await site.GetAsync("/", Regional)).Page;
        var url = page.QuerySelectorAll("link[rel=stylesheet]")[^1].GetAttribute("href")!;
        Assert.Matches(@"^/assets/title-[0-9a-f]{12}\.css$", url);
        var sheet = await site.GetAsync(url, Regional);
        Assert.Equal("text/css; charset=utf-8", sheet.Header("Content-Type"));
        Assert.Contains("immutable", sheet.Header("Cache-Control"));
        Assert.Contains("@media screen and (prefers-color-scheme:light){:root{--paper:#ffffff;", sheet.Text);
        Assert.Contains("--soga:#7fb2e5;", sheet.Text);
        Assert.Contains("--text:var(--label);", sheet.Text);
        var font = System.Text.RegularExpressions.Regex.Match(sheet.Text, @"/assets/title/judul\.woff2\?v=[0-9a-f]{12}").Value;
        Assert.Equal((200, "font/woff2"), await site.GetAsync(font, Regional) is var f ? (f.Status, f.Header("Content-Type")) : default);
        Assert.Equal(["#ffffff", "#0f1620"], page.QuerySelectorAll("meta[name=theme-color]").Select(m => m.GetAttribute("content")));
        var logo = page.QuerySelector(".nameplate img")!;
        Assert.Equal(("pesisir", "600", "120"), (logo.GetAttribute("alt"), logo.GetAttribute("width"), logo.GetAttribute("height")));
        Assert.Empty(page.QuerySelectorAll("[style], style"));

        // Other titles have none of it; an old address of the sheet gives the present one.
        Assert.Equal(404, (await site.GetAsync(url)).Status);
        Assert.Equal(404, (await site.GetAsync("/assets/title/logo.png")).Status);
        var stale = await site.GetAsync("/assets/title-000000000000.css", Regional);
        Assert.Equal((sheet.Text, "public, max-age=60"), (stale.Text, stale.Header("Cache-Control")));
    }

    private static async Task<IEnumerable<long>> Latest(TestSite site, string? host) =>
        (await site.GetAsync("/api/v1/latest", host)).Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetInt64());
}
