using Warta.Content;
using Warta.Discovery;
using Warta.Publishing;
using Xunit;

namespace Warta.Reader;

public sealed class PagesTests(TestSite site) : IClassFixture<TestSite>
{
    private const string Script = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>";

    [Fact]
    public async Task Front_page_leads_with_the_first_pick()
    {
        var pick = site.Story("Panen raya dimulai", section: "Desa");
        var second = site.Story("Kapal bersandar", section: "Desa");
        site.Do(act => act.ReplacePicks(site.Title.Id, 0, [new Picks.Pick(pick), new Picks.Pick(second)]));

        var answer = await site.GetAsync("/");

        Assert.Equal(200, answer.Status);
        Assert.Equal("Panen raya dimulai", answer.Page.QuerySelector(".lead h2")!.TextContent);
        Assert.Equal(["Kapal bersandar"], answer.Page.QuerySelectorAll("[data-block=picks] a").Select(a => a.TextContent));
        Assert.Equal(["Pilihan", "Terkini"], answer.Page.QuerySelectorAll("[data-block=picks] h2, [data-block=latest] h2").Select(h => h.TextContent));
        site.Do(act => act.ReplacePicks(site.Title.Id, 0, []));
    }

    [Fact]
    public async Task Section_has_pages_of_twenty_and_none_beyond_the_last()
    {
        for (var i = 1; i <= 21; i++) site.Story($"Pertandingan {i}", section: "Olahraga", at: site.Clock.Now.AddMinutes(-i));

        var first = (await site.GetAsync("/olahraga")).Page;
        Assert.Equal(20, first.QuerySelectorAll(".stories h2").Length);
        Assert.Equal("/olahraga?page=2", first.QuerySelector("a[rel=next]")!.GetAttribute("href"));
        Assert.Equal("Pertandingan 21", Assert.Single((await site.GetAsync("/olahraga?page=2")).Page.QuerySelectorAll(".stories h2")).TextContent);
        foreach (var none in (string[])["3", "0", "-1", "x", "", "99999999999"]) Assert.Equal(404, (await site.GetAsync("/olahraga?page=" + none)).Status);
    }

    [Fact]
    public async Task Section_inside_another_has_its_own_page_and_its_stories_stand_in_both()
    {
        var id = site.Story("Laga pembuka", section: "Sepak Bola/Liga 1");

        Assert.Equal(["Beranda", "Sepak Bola"], (await site.GetAsync("/sepak-bola/liga-1")).Page.QuerySelectorAll(".breadcrumbs li").Select(b => b.TextContent.Trim()));
        Assert.Contains("Laga pembuka", (await site.GetAsync("/sepak-bola")).Text);
        Assert.StartsWith("/sepak-bola/2026/01/26/", site.PathOf(id));
    }

    [Fact]
    public async Task Long_story_has_pages_and_its_dateline_stands_on_the_first_only()
    {
        var body = new Body([new ParagraphBlock("a", "Halaman pertama."), new PageBreakBlock("b"), new ParagraphBlock("c", "Halaman kedua.")]);
        var path = site.PathOf(site.Story("Cerita panjang", with: d => d with { Body = body, Dateline = new Dateline("Jakarta", null) }));

        var (first, second, all) = ((await site.GetAsync(path)).Page, (await site.GetAsync(path + "?page=2")).Page, (await site.GetAsync(path + "?page=all")).Page);
        Assert.Equal(("Halaman pertama.", 1), (first.QuerySelector("[data-body] p")!.TextContent.Split("- ")[^1].Split("– ")[^1].Split("— ")[^1], first.QuerySelectorAll("[data-dateline]").Length));
        Assert.Equal(("Halaman kedua.", 0), (second.QuerySelector("[data-body]")!.TextContent.Trim(), second.QuerySelectorAll("[data-dateline]").Length));
        Assert.Equal((2, 1), (all.QuerySelectorAll("[data-body] p").Length, all.QuerySelectorAll("[data-dateline]").Length));
        Assert.Equal(404, (await site.GetAsync(path + "?page=3")).Status);
        Assert.Equal(404, (await site.GetAsync(path + "?page=0")).Status);
    }

    [Fact]
    public async Task Tag_author_day_search_and_popular_list_their_stories()
    {
        var id = site.Story("Harga cabai turun", "Pedagang lega.", "Pasar", with: d => d with { Tags = ["Bahan Pokok"], Bylines = [new Byline("Rina Wulandari", Byline.Writer)] });
        site.Read(id);

        foreach (var path in (string[])["/tag/bahan-pokok", "/author/rina-wulandari", "/index?date=2026-01-26", "/index?section=pasar", "/search?q=cabai", "/search?q=pedagang&section=pasar&author=rina-wulandari&from=2026-01-26&to=2026-01-26", "/popular"])
        {
            var answer = await site.GetAsync(path);
            Assert.Equal((path, 200), (path, answer.Status));
            Assert.Contains(answer.Page.QuerySelectorAll(".stories h2 a"), a => a.TextContent == "Harga cabai turun");
        }

        Assert.DoesNotContain("Harga cabai turun", (await site.GetAsync("/index?date=2026-01-25")).Page.QuerySelector(".stories")!.TextContent);
        Assert.Contains("Senin, 26 Januari 2026", (await site.GetAsync("/index")).Page.QuerySelector("h1")!.TextContent);
        foreach (var none in (string[])["/tag/tidak-ada", "/author/tidak-ada", "/index?date=2026-02-30", "/index?section=tidak-ada", "/search?q=cabai&page=2", "/popular?page=9"])
            Assert.Equal((none, 404), (none, (await site.GetAsync(none)).Status));
    }

    [Theory]
    [InlineData("/penulis/budi?page=2", "/author/budi?page=2")]
    [InlineData("/cari?q=beras", "/search?q=beras")]
    [InlineData("/indeks", "/index")]
    [InlineData("/terpopuler", "/popular")]
    public async Task Indonesian_address_leads_to_the_one(string path, string target)
    {
        var answer = await site.GetAsync(path);
        Assert.Equal((301, target), (answer.Status, answer.Location));
    }

    [Fact]
    public async Task Unknown_address_has_a_page_with_live_blocks()
    {
        site.Story("Selalu terkini");
        foreach (var path in (string[])["/tidak/ada", "/nasional/2026/01/26/tidak-ada", "/nasional/2026/02/31/x"])
        {
            var answer = await site.GetAsync(path);
            Assert.Equal(404, answer.Status);
            Assert.Equal("Halaman tidak ditemukan", answer.Page.QuerySelector("h1")!.TextContent);
            Assert.NotEmpty(answer.Page.QuerySelectorAll("[data-block=latest] li a"));
        }
    }

    [Fact]
    public async Task Story_taken_down_is_gone_with_date_and_reason_in_public()
    {
        var id = site.Story("Salah kutip");
        site.Story("Berita lain");
        var path = site.PathOf(id);
        site.Do(act => act.TakeDown(id, Script));

        var answer = await site.GetAsync(path);

        Assert.Equal(410, answer.Status);
        Assert.Equal("Senin, 26 Januari 2026 | 10:00 WIB", answer.Page.QuerySelector(".notice time")!.TextContent);
        Assert.Contains(Script, answer.Page.QuerySelector(".reason")!.TextContent);
        Assert.DoesNotContain("<script>alert", answer.Text);
        Assert.NotEmpty(answer.Page.QuerySelectorAll("[data-block=latest] li a"));
        Assert.DoesNotContain("Salah kutip", answer.Text);
        site.Do(act => act.UndoTakedown(id));
        Assert.Equal(200, (await site.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Purged_story_is_gone_without_a_word_of_it()
    {
        var id = site.Story("Nama yang dihapus");
        var path = site.PathOf(id);
        site.Do(act => act.PurgeStory(id, "putusan pengadilan"));

        var answer = await site.GetAsync(path);
        Assert.Equal(410, answer.Status);
        Assert.DoesNotContain("Nama yang dihapus", answer.Text);
        Assert.DoesNotContain("putusan", answer.Text);
    }

    [Fact]
    public async Task Other_spelling_and_old_slug_or_section_lead_to_the_present_address()
    {
        var id = site.Story("Judul pertama", section: "Kota");
        var first = site.PathOf(id);
        site.Do(act => act.WithdrawStory(id));
        Assert.Equal(404, (await site.GetAsync(first)).Status);
        site.Revise(id, d => d with { Headline = "Judul kedua" });
        Assert.Equal(first, site.PathOf(id));
        site.Do(act => act.Publish(id, site.Title.Id, slug: "judul-kedua"));
        var second = site.PathOf(id);
        Assert.NotEqual(first, second);
        site.Revise(id, d => d, section: "Daerah");
        var third = site.PathOf(id);
        Assert.StartsWith("/daerah/", third);

        foreach (var old in (string[])[first, second, third + "/", third.ToUpperInvariant(), third.Replace("/daerah/", "/apa-saja/")])
        {
            var answer = await site.GetAsync(old + "?page=1");
            Assert.Equal((old, 301, third + "?page=1"), (old, answer.Status, answer.Location));
        }

        Assert.Equal((301, "/kota"), ((await site.GetAsync("/Kota")).Status, (await site.GetAsync("/kota/")).Location));
    }

    [Fact]
    public async Task Changed_permalink_leads_old_addresses_to_the_new()
    {
        var id = site.Story("Tautan tetap", section: "Arsip");
        var old = site.PathOf(id);
        foreach (var pattern in (string[])["/{section}/{slug}-{id}", "/baca/{id}/{slug}", "/{sections}/{yyyy}/{MM}/{dd}/{slug}"])
        {
            site.Set("permalink", pattern);
            var now = site.PathOf(id);
            Assert.Equal(200, (await site.GetAsync(now)).Status);
            if (now != old) Assert.Equal((301, now), ((await site.GetAsync(old)).Status, (await site.GetAsync(old)).Location));
            old = now;
        }

        site.Set("permalink", Permalink.Default);
    }

    [Fact]
    public async Task Unknown_query_keys_change_nothing_and_HEAD_is_GET_without_its_body()
    {
        var path = site.PathOf(site.Story("Sama saja", section: "Kolom"));
        foreach (var address in (string[])["/", "/kolom", path, "/popular", "/tidak-ada", "/search?q=sama"])
        {
            var plain = await site.GetAsync(address);
            Assert.Equal(plain.Text, (await site.GetAsync(address + (address.Contains('?') ? "&" : "?") + "utm_source=x&fbclid=%00&debug=1&section2=1")).Text);
            var head = await site.SendAsync("HEAD", address);
            Assert.Equal((plain.Status, ""), (head.Status, head.Text));
            Assert.Equal(plain.Raw.Content.Headers.ToString(), head.Raw.Content.Headers.ToString());
            Assert.Equal(405, (await site.SendAsync("POST", address)).Status);
            Assert.Equal(405, (await site.SendAsync("DELETE", address)).Status);
        }
    }

    [Fact]
    public async Task Every_answer_bears_the_policy_and_never_a_cookie()
    {
        var path = site.PathOf(site.Story("Aman"));
        foreach (var address in (string[])["/", "/nasional", path, "/search?q=aman", "/index", "/popular", "/tidak-ada", "/nasional/", "/_/live/latest", "/assets/warta.css", "/api/v1/articles", "/api/v1/articles/0", "/healthz"])
        {
            var answer = await site.GetAsync(address);
            Assert.Contains("script-src 'self'", answer.Header("Content-Security-Policy"));
            Assert.DoesNotContain("unsafe", answer.Header("Content-Security-Policy"));
            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
            Assert.Null(answer.Header("Set-Cookie"));
            Assert.Null(answer.Header("Server"));
            HasNothingInline(answer);
        }
    }

    [Fact]
    public async Task Answer_without_a_theme_is_503_and_bears_the_policy_too()
    {
        site.Set("theme", "hilang");
        var answer = await site.GetAsync("/");
        site.Set("theme", "warta");

        Assert.Equal((503, "10"), (answer.Status, answer.Header("Retry-After")));
        Assert.Equal("text/plain; charset=utf-8", answer.Header("Content-Type"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Contains("script-src 'self'", answer.Header("Content-Security-Policy"));
    }

    [Fact]
    public async Task Script_in_any_field_comes_out_as_text()
    {
        var id = site.Story(Script, Script, $"Kanal {Script.Replace("/", "")}", with: d => d with
        {
            Standfirst = Script,
            Kicker = Script,
            Tags = [Script],
            Bylines = [new Byline(Script, Byline.Writer)],
            UsageTerms = Script,
            CopyrightHolder = Script,
            Dateline = new Dateline(Script, Script),
        });
        site.Set("name", Script);
        site.Set("tagline", Script);
        try
        {
            var story = await site.GetAsync(site.PathOf(id));
            Assert.Equal((200, ""), (story.Status, story.Location));
            Assert.Equal(Script, story.Page.QuerySelector("h1")!.TextContent);
            Assert.Contains(Script, story.Page.QuerySelector(".standfirst")!.TextContent);
            var links = story.Page.QuerySelectorAll(".tags a, [data-byline] a, .breadcrumbs a").Select(a => a.GetAttribute("href")!).ToList();
            Assert.True(links.Count >= 4);
            foreach (var path in links.Concat([site.PathOf(id), "/", "/search?q=" + Uri.EscapeDataString(Script), "/index", "/tidak-ada", "/_/live/latest"]))
            {
                var answer = await site.GetAsync(path);
                HasNothingInline(answer);
                Assert.DoesNotContain("<script>alert", answer.Text);
                Assert.Empty(answer.Page.QuerySelectorAll("img"));
            }
        }
        finally
        {
            site.Set("name", "Warta");
            site.Set("tagline", "");
            site.Do(act => act.WithdrawStory(id));
        }
    }

    [Fact]
    public async Task Host_decides_the_title_and_only_the_real_host()
    {
        var english = site.AddTitle("gazette", "gazette.example", ("name", "The Gazette"), ("language", "en"));
        var arabic = site.AddTitle("sahifa", "sahifa.example", ("name", "الصحيفة"), ("language", "ar"));
        var story = site.Story("Harbour reopens", section: "Islands", titleId: english);
        site.Story("افتتاح الميناء", section: "أخبار", titleId: arabic);
        var here = site.Story("Hanya di sini", section: "Nusantara");

        var front = (await site.GetAsync("/", "gazette.example")).Page;
        Assert.Equal(("en", "ltr", "The Gazette"), (front.DocumentElement.GetAttribute("lang"), front.DocumentElement.GetAttribute("dir"), front.QuerySelector("h1")!.TextContent));
        Assert.Equal(["Home", "Islands"], front.QuerySelectorAll("nav.bar li").Select(l => l.TextContent.Trim()));
        Assert.Equal("Latest", front.QuerySelector("[data-block=latest] h2")!.TextContent);
        Assert.Equal(200, (await site.GetAsync(site.PathOf(story, english), "GAZETTE.example:8080")).Status);
        Assert.Equal(404, (await site.GetAsync(site.PathOf(story, english), "lain.example")).Status);
        Assert.Equal(404, (await site.GetAsync(site.PathOf(here), "gazette.example")).Status);
        Assert.Equal(404, (await site.GetAsync("/nusantara", "gazette.example")).Status);

        var right = (await site.GetAsync("/", "sahifa.example")).Page;
        Assert.Equal(("ar", "rtl"), (right.DocumentElement.GetAttribute("lang"), right.DocumentElement.GetAttribute("dir")));
        Assert.Equal("آخر الأخبار", right.QuerySelector("[data-block=latest] h2")!.TextContent);
        var section = right.QuerySelectorAll("nav.bar a").Last(a => a.GetAttribute("href") != "#sections").GetAttribute("href")!;
        Assert.Equal(200, (await site.GetAsync(section, "sahifa.example")).Status);

        var unknown = await site.SendAsync("GET", "/", host: "entah.example", headers: [("X-Forwarded-Host", "gazette.example"), ("Forwarded", "host=gazette.example"), ("X-Original-Host", "gazette.example")]);
        Assert.Equal("id", unknown.Page.DocumentElement.GetAttribute("lang"));
    }

    [Theory]
    [InlineData("GET /nasional/x.css HTTP/1.1")]
    [InlineData("GET /nasional/%00 HTTP/1.1")]
    [InlineData("GET /tag/%00 HTTP/1.1")]
    [InlineData("GET /nasional/..;/newsroom HTTP/1.1")]
    [InlineData("GET /..%2f..%2fetc/passwd HTTP/1.1")]
    [InlineData("GET /assets/..%2f..%2ftheme.json HTTP/1.1")]
    [InlineData("GET /assets/%2e%2e/theme.json HTTP/1.1")]
    [InlineData("GET /%2564%2561ta HTTP/1.1")]
    [InlineData("GET /nasional%252F2026 HTTP/1.1")]
    [InlineData("GET /%ff%fe HTTP/1.1")]
    [InlineData("GET /nasional/2026/01/26/%ed%a0%80 HTTP/1.1")]
    [InlineData("GET /99999999999999999999/x HTTP/1.1")]
    [InlineData("GET /x-99999999999999999999 HTTP/1.1")]
    [InlineData("GET //evil.example/ HTTP/1.1")]
    [InlineData("GET /\u00e9 HTTP/1.1")]
    [InlineData("GET /_/live/%00 HTTP/1.1")]
    [InlineData("GET /api/v1/articles/%00 HTTP/1.1")]
    public async Task Hostile_address_is_refused_and_never_breaks_the_server(string line) => Assert.True(await site.SendLineAsync(line) is 400 or 404);

    [Fact]
    public async Task Redirect_never_fails_nor_leads_away()
    {
        site.Story("Lokal", section: "Lokal");
        foreach (var line in (string[])["GET //lokal HTTP/1.1", "GET /lokal/?q=%0d%0aX:1 HTTP/1.1", "GET /cari?q=%0d%0aX:1 HTTP/1.1", "GET /penulis/%0d%0aX HTTP/1.1", "GET /lokal/?q=\"<> HTTP/1.1"])
            Assert.Equal((line, 301), (line, await site.SendLineAsync(line)));
        Assert.True(await site.SendLineAsync("GET /lokal/?q=\u00e9 HTTP/1.1") is 301 or 400);
    }

    [Fact]
    public async Task Live_block_alone_leaves_out_what_the_page_shows()
    {
        var first = site.Story("Blok satu", section: "Blok");
        site.Story("Blok dua", section: "Blok");

        Assert.Contains("Blok satu", (await site.GetAsync("/_/live/latest")).Text);
        var less = await site.GetAsync($"/_/live/latest?less={first},abc,,-1&section=blok");
        Assert.DoesNotContain("Blok satu", less.Text);
        Assert.Contains("Blok dua", less.Text);
        Assert.Equal((200, ""), ((await site.GetAsync("/_/live/related")).Status, (await site.GetAsync("/_/live/related?article=x")).Text));
        Assert.Equal(404, (await site.GetAsync("/_/live/lain")).Status);
    }

    private static void HasNothingInline(TestSite.Answer answer)
    {
        var page = answer.Page;
        Assert.All(page.QuerySelectorAll("script"), script => Assert.True(script.GetAttribute("type") == "application/ld+json" || (script.HasAttribute("src") && script.TextContent.Length == 0)));
        Assert.Empty(page.QuerySelectorAll("style, [style]"));
        Assert.DoesNotContain(page.All, e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal) || a.Value.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)));
    }
}
