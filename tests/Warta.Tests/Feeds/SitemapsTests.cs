using System.Xml.Linq;
using System.Xml.Schema;
using Warta.Content;
using Warta.Engines;
using Warta.Publishing;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Feeds;

public sealed class SitemapsTests(TestSite site) : IClassFixture<TestSite>
{
    private static readonly XNamespace Sitemap = SitemapXml.Namespace, News = "http://www.google.com/schemas/sitemap-news/0.9";

    [SharedDataFact]
    public async Task Sitemaps_are_valid_by_their_schemas_on_a_full_paper_and_on_an_empty_one()
    {
        foreach (var full in (bool[])[true, false])
        {
            using var paper = new TestSite();
            if (full)
            {
                paper.Story("Hari ini & \"besok\" <lusa>", section: "Bola/Liga 1", with: d => d with { Bylines = [new Byline("Rina", Byline.Writer)] });
                paper.Story("Kabar lama", at: paper.Clock.Now.AddMonths(-3));
                paper.Story("今日", with: d => d with { Language = "zh-Hant" });
                paper.Story("Bahasa panjang", with: d => d with { Language = "bahasa-x" });
            }

            var index = Valid((await paper.GetAsync("/sitemap.xml")).Text);
            Assert.Equal(full ? 3 : 1, index.Descendants(Sitemap + "sitemap").Count());
            foreach (var file in Locations(index)) Valid((await paper.GetAsync(new Uri(file).PathAndQuery)).Text);
            Assert.Equal(full ? 3 : 0, Valid((await paper.GetAsync("/news-sitemap.xml")).Text).Descendants(News + "news").Count());
        }
    }

    [Fact]
    public async Task Standing_pages_and_the_register_of_corrections_are_named()
    {
        using var paper = new TestSite();
        paper.Do(act => act.PutPage(paper.Title.Id, "redaksi", "Redaksi", PlainTextMapper.FromPlainText("Kami.").Body));
        var root = $"http://localhost:{paper.Address.Port}";

        Assert.Equal([root + "/", root + "/redaksi", root + "/corrections"], Locations(Valid((await paper.GetAsync("/sitemap-pages.xml")).Text)));
    }

    [OnBothEngines]
    public async Task Index_goes_by_month_in_the_title_s_zone(EngineKind engine)
    {
        using var paper = new TestSite(engine);
        // 30 November in UTC is 1 December in Jakarta.
        var december = paper.Story("Bulan baru", at: new DateTimeOffset(2025, 11, 30, 17, 0, 0, TimeSpan.Zero));
        var november = paper.Story("Bulan lama", at: new DateTimeOffset(2025, 11, 30, 16, 59, 59, TimeSpan.Zero));
        paper.Revise(november, d => d with { Headline = "Bulan lama, diperbarui" });
        var root = $"http://localhost:{paper.Address.Port}";

        var index = XDocument.Parse((await paper.GetAsync("/sitemap.xml")).Text);

        Assert.Equal([$"{root}/sitemap-pages.xml", $"{root}/sitemap-2025-12.xml", $"{root}/sitemap-2025-11.xml"], Locations(index));
        Assert.Equal(["2025-12-01T00:00:00+07:00", "2026-01-26T10:00:00+07:00"], index.Descendants(Sitemap + "lastmod").Select(l => l.Value));
        var month = XDocument.Parse((await paper.GetAsync("/sitemap-2025-12.xml")).Text);
        Assert.Equal([root + paper.PathOf(december)], Locations(month));
        Assert.Equal("2025-12-01T00:00:00+07:00", month.Descendants(Sitemap + "lastmod").Single().Value);
        Assert.Equal([root + paper.PathOf(november)], Locations(XDocument.Parse((await paper.GetAsync("/sitemap-2025-11.xml")).Text)));
        foreach (var none in (string[])["/sitemap-2025-10.xml", "/sitemap-2025-13.xml", "/sitemap-2025-11-2.xml", "/sitemap-2025-11-1.xml", "/sitemap-x.xml", "/news-sitemap-2.xml"])
            Assert.Equal((none, 404), (none, (await paper.GetAsync(none)).Status));
    }

    [Fact]
    public async Task Month_of_more_than_50_000_stories_is_split_and_no_story_is_lost_or_told_twice()
    {
        using var paper = new TestSite();
        Fill(paper, 50_003, i => paper.Clock.Now.AddDays(-10).AddSeconds(i / 3));

        var index = Locations(XDocument.Parse((await paper.GetAsync("/sitemap.xml")).Text));
        Assert.Equal(["/sitemap-pages.xml", "/sitemap-2026-01.xml", "/sitemap-2026-01-2.xml"], index.Select(url => new Uri(url).AbsolutePath));
        var (first, second) = (Locations(XDocument.Parse((await paper.GetAsync(index[1])).Text)), Locations(XDocument.Parse((await paper.GetAsync(index[2])).Text)));

        Assert.Equal((50_000, 3), (first.Count, second.Count));
        Assert.Equal(50_003, first.Concat(second).Distinct().Count());
        var known = await paper.GetAsync(index[2]);
        Assert.Equal(304, (await paper.SendAsync("GET", index[2], headers: ("If-None-Match", known.Header("ETag")!))).Status);
    }

    [Fact]
    public async Task News_of_more_than_1_000_stories_is_split_and_none_is_dropped()
    {
        using var paper = new TestSite();
        Fill(paper, 1_001, i => paper.Clock.Now.AddSeconds(-i));

        var index = XDocument.Parse((await paper.GetAsync("/news-sitemap.xml")).Text);
        Assert.Equal("sitemapindex", index.Root!.Name.LocalName);
        var stories = new List<string>();
        foreach (var file in Locations(index))
        {
            var part = XDocument.Parse((await paper.GetAsync(file)).Text);
            Assert.True(part.Descendants(News + "news").Count() <= 1_000);
            stories.AddRange(Locations(part));
        }

        Assert.Equal((2, 1_001, 1_001), (Locations(index).Count, stories.Count, stories.Distinct().Count()));
    }

    [OnBothEngines]
    public async Task News_are_those_of_the_last_48_hours_at_the_moment_of_asking(EngineKind engine)
    {
        using var paper = new TestSite(engine);
        var now = paper.Clock.Now;
        paper.Set("name", "Harian & Uji");
        paper.Story("Tepat 48 jam", at: now.AddHours(-48));
        var last = paper.Story("Sedetik lebih muda", at: now.AddHours(-48).AddSeconds(1));
        paper.Story("Rumah impian", with: d => d with { Kind = ArticleKind.Advertorial });

        var answer = await paper.GetAsync("/news-sitemap.xml");
        var news = Assert.Single(XDocument.Parse(answer.Text).Descendants(News + "news"));

        Assert.Equal("public, no-cache", answer.Header("Cache-Control"));
        Assert.Equal("Sedetik lebih muda", news.Element(News + "title")!.Value);
        Assert.Equal(("Harian & Uji", "id"), (news.Descendants(News + "name").Single().Value, news.Descendants(News + "language").Single().Value));
        Assert.Equal("2026-01-24T10:00:01+07:00", news.Element(News + "publication_date")!.Value);

        // Changed now, but not news any more.
        paper.Clock.Now += TimeSpan.FromSeconds(1);
        paper.Revise(last, d => d with { Headline = "Sedetik lebih muda, diperbarui" });
        Assert.Empty(XDocument.Parse((await paper.GetAsync("/news-sitemap.xml")).Text).Descendants(News + "news"));
    }

    [OnBothEngines]
    public async Task Two_titles_keep_apart_and_a_shared_story_stands_in_its_canonical_title_only(EngineKind engine)
    {
        using var paper = new TestSite(engine);
        var daerah = paper.AddTitle("daerah", "daerah.example.com");
        var shared = paper.Story("Kabar bersama");
        paper.Do(act => act.Publish(shared, daerah));
        paper.Story("Kabar daerah", titleId: daerah);

        foreach (var path in (string[])["/sitemap-2026-01.xml", "/news-sitemap.xml"])
        {
            var (own, other) = (Locations(XDocument.Parse((await paper.GetAsync(path)).Text)), Locations(XDocument.Parse((await paper.GetAsync(path, "daerah.example.com")).Text)));
            Assert.EndsWith("/kabar-bersama", Assert.Single(own));
            Assert.StartsWith($"http://daerah.example.com:{paper.Address.Port}/", Assert.Single(other));
            Assert.EndsWith("/kabar-daerah", other[0]);
        }

        var feed = (await paper.GetAsync("/feed.json", "daerah.example.com")).Json.GetProperty("items");
        Assert.Equal(["Kabar daerah", "Kabar bersama"], feed.EnumerateArray().Select(i => i.GetProperty("title").GetString()).OrderDescending());
        Assert.All(feed.EnumerateArray(), i => Assert.StartsWith("http://daerah.example.com", i.GetProperty("url").GetString()));
    }

    [Fact]
    public async Task No_header_of_a_request_gets_into_an_address()
    {
        site.Story("Alamat tetap", section: "Alamat");
        foreach (var path in (string[])["/alamat/rss.xml", "/alamat/atom.xml", "/alamat/feed.json", "/sitemap.xml", "/sitemap-2026-01.xml", "/news-sitemap.xml", "/robots.txt", "/", "/alamat"])
        {
            var answer = await site.SendAsync("GET", path, host: "jahat.example", headers: [("X-Forwarded-Host", "jahat.example"), ("X-Forwarded-Proto", "https"), ("Forwarded", "host=jahat.example")]);
            Assert.Equal(200, answer.Status);
            Assert.DoesNotContain("jahat.example", answer.Text);
        }
    }

    [Fact]
    public async Task Title_s_own_url_goes_before_what_the_server_listens_at()
    {
        using var paper = new TestSite();
        paper.Story("Dengan alamat", section: "Alamat");
        paper.Set("url", "https://berita.example.com");

        foreach (var path in (string[])["/rss.xml", "/sitemap.xml", "/sitemap-2026-01.xml", "/news-sitemap.xml", "/robots.txt", "/"])
        {
            var text = (await paper.GetAsync(path)).Text;
            Assert.Contains("https://berita.example.com/", text);
            Assert.DoesNotContain("localhost", text);
        }
    }

    [Fact]
    public async Task Robots_names_both_sitemaps_and_holds_the_title_s_own_lines()
    {
        using var paper = new TestSite();
        var root = $"http://localhost:{paper.Address.Port}";
        var lines = (await paper.GetAsync("/robots.txt")).Text.Split('\n');
        Assert.Equal("User-agent: *", lines[0]);
        foreach (var line in (string[])["Disallow: /newsroom", "Disallow: /api/", "Disallow: /search", $"Sitemap: {root}/sitemap.xml", $"Sitemap: {root}/news-sitemap.xml"]) Assert.Contains(line, lines);

        paper.Set("robots", "User-agent: GPTBot\r\nDisallow: /");
        Assert.EndsWith("\n\nUser-agent: GPTBot\nDisallow: /\n", (await paper.GetAsync("/robots.txt")).Text);
    }

    [Fact]
    public async Task Ads_txt_is_the_title_s_setting_and_absent_without()
    {
        using var paper = new TestSite();
        Assert.Equal(404, (await paper.GetAsync("/ads.txt")).Status);

        paper.Set("ads.txt", "example.com, pub-1, DIRECT\nexample.net, 2, RESELLER\n");

        var answer = await paper.GetAsync("/ads.txt");
        Assert.Equal((200, "example.com, pub-1, DIRECT\nexample.net, 2, RESELLER\n", "text/plain; charset=utf-8"), (answer.Status, answer.Text, answer.Header("Content-Type")));
        Assert.Throws<ContentException>(() => paper.Set("ads.txt", "a\u0000b"));
    }

    [Fact]
    public async Task Favicon_and_icon_are_the_theme_s()
    {
        var answer = await site.GetAsync("/favicon.ico");
        Assert.Equal((200, "image/x-icon"), (answer.Status, answer.Header("Content-Type")));
        var icon = (await site.GetAsync("/")).Page.QuerySelector("link[rel=icon]")!.GetAttribute("href")!;
        Assert.Equal("image/png", (await site.GetAsync(icon)).Header("Content-Type"));
    }

    private static List<string> Locations(XDocument sitemap) => sitemap.Descendants(Sitemap + "loc").Select(l => l.Value).ToList();

    private static XDocument Valid(string text)
    {
        var schemas = new XmlSchemaSet();
        foreach (var file in (string[])["sitemap.xsd", "siteindex.xsd", "sitemap-news.xsd"]) schemas.Add(null, Engines.SharedData.Path("sitemap-xsd", file));
        var document = XDocument.Parse(text);
        document.Validate(schemas, (_, problem) => Assert.Fail($"{problem.Message}\n{text[..Math.Min(text.Length, 2_000)]}"));
        return document;
    }

    /// <summary>More stories than could be published one by one in a test's time.</summary>
    private static void Fill(TestSite paper, int stories, Func<int, DateTimeOffset> published) => paper.Do(act =>
    {
        var section = act.SectionNamed(paper.Title.Id, "Banyak");
        for (var i = 1; i <= stories; i++)
        {
            var at = published(i);
            act.Sql.Run("""
                INSERT INTO articles (id, uri, kind, canonical_title_id, section_id, headline_key, version, no_ads, usage_terms, copyright_holder, source_hash, created_at, created_by)
                VALUES (@p1, @p2, 'story', @p3, @p4, '', 1, 0, '', '', '', 0, 'x')
                """, i, $"urn:banyak:{i}", paper.Title.Id, section);
            act.Sql.Run("""
                INSERT INTO revisions (id, article_id, number, language, kicker, headline, standfirst, dateline, bylines, tags, saved_at, saved_by, body)
                VALUES (@p1, @p1, 1, 'id', '', @p2, '', '', '[]', '[]', 0, 'x', '{}')
                """, i, $"Berita {i}");
            act.Sql.Run("""
                INSERT INTO publications (title_id, article_id, revision_id, section_id, slug, day, first_published_at, updated_at, from_at, actor, event_number)
                VALUES (@p1, @p2, @p2, @p3, @p4, @p5, @p6, @p6, @p6, 'x', 1)
                """, paper.Title.Id, i, section, $"berita-{i}", Content.Clock.Day(at, paper.Title.Zone), at);
            act.Sql.Run("INSERT INTO listings (title_id, kind, key_id, first_published_at, article_id) VALUES (@p1, 'title', 0, @p2, @p3)", paper.Title.Id, at, i);
        }

        act.Record("published", paper.Title.Id, null);
    });
}
