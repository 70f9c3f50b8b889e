using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Warta.Content;
using Warta.Engines;
using Warta.Publishing;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Feeds;

public sealed class FeedsTests(TestSite site) : IClassFixture<TestSite>
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom", Content = "http://purl.org/rss/1.0/modules/content/", Dc = "http://purl.org/dc/elements/1.1/";
    private static readonly string[] Files = ["rss.xml", "atom.xml", "feed.json"];

    private string Root => $"http://localhost:{site.Address.Port}";

    [Fact]
    public async Task Rss_tells_a_story_with_its_people_its_words_and_absolute_addresses()
    {
        var target = site.Story("Harga gabah naik", section: "Rss");
        var id = site.Story("Panen & \"pesta\" <desa>", "JAKARTA, HARIAN - Warga bersyukur.\nBaca Juga: Harga gabah naik", "Rss", with: d => d with
        {
            Standfirst = "Sawah menguning di mana-mana.",
            Tags = ["Bahan Pokok"],
            Bylines = [new Byline("Rina Wulandari", Byline.Writer), new Byline("Budi", Byline.Editor)],
        });

        var answer = await site.GetAsync("/rss-2/rss.xml");
        var channel = Xml(answer.Text).Root!.Element("channel")!;

        Assert.Equal("application/rss+xml; charset=utf-8", answer.Header("Content-Type"));
        Assert.Equal(($"{Root}/rss-2", "Rss – Warta", "id", $"{Root}/rss-2/rss.xml"), (channel.Element("link")!.Value, channel.Element("title")!.Value, channel.Element("language")!.Value, channel.Element(Atom + "link")!.Attribute("href")!.Value));
        var item = channel.Elements("item").First(i => i.Element("title")!.Value == "Panen & \"pesta\" <desa>");
        Assert.Equal(Root + site.PathOf(id), item.Element("link")!.Value);
        Assert.Equal(("false", site.Press.Database.Read(s => s.Value<string>("SELECT uri FROM articles WHERE id = @id", new { id }))), (item.Element("guid")!.Attribute("isPermaLink")!.Value, item.Element("guid")!.Value));
        Assert.Equal("Mon, 26 Jan 2026 10:00:00 +0700", item.Element("pubDate")!.Value);
        Assert.Equal(["Rina Wulandari"], item.Elements(Dc + "creator").Select(c => c.Value));
        Assert.Equal(["Rss", "Bahan Pokok"], item.Elements("category").Select(c => c.Value));
        Assert.Equal("Sawah menguning di mana-mana.", item.Element("description")!.Value);
        Assert.Contains($"<a href=\"{Root}{site.PathOf(target)}\">Harga gabah naik</a>", item.Element(Content + "encoded")!.Value);
        Assert.Contains("Warga bersyukur.", item.Element(Content + "encoded")!.Value);
    }

    [Fact]
    public async Task Atom_has_all_that_its_schema_demands()
    {
        site.Story("Kabar pertama", section: "Atom Saja", with: d => d with { Uri = "bukan iri", Language = "en", Bylines = [new Byline("Sari Dewi", Byline.Writer)] });

        var answer = await site.GetAsync("/atom-saja/atom.xml");
        var feed = Xml(answer.Text).Root!;

        Assert.Equal("application/atom+xml; charset=utf-8", answer.Header("Content-Type"));
        Assert.Equal((Atom + "feed", $"{Root}/atom-saja/atom.xml", "2026-01-26T10:00:00+07:00"), (feed.Name, feed.Element(Atom + "id")!.Value, feed.Element(Atom + "updated")!.Value));
        var entry = Assert.Single(feed.Elements(Atom + "entry"));
        foreach (var name in (string[])["id", "title", "updated", "published", "summary", "content"]) Assert.NotNull(entry.Element(Atom + name));
        Assert.Equal("tag:localhost,2026-01-26:bukan%20iri", entry.Element(Atom + "id")!.Value);
        Assert.Equal(("en", "Sari Dewi", Root + "/author/sari-dewi"), (entry.Attribute(XNamespace.Xml + "lang")!.Value, entry.Element(Atom + "author")!.Element(Atom + "name")!.Value, entry.Element(Atom + "author")!.Element(Atom + "uri")!.Value));
    }

    [Fact]
    public async Task Json_feed_is_version_1_1_with_content()
    {
        var id = site.Story("Kabar JSON", "Isi kabar.", "Json Saja", with: d => d with { Tags = ["Teknologi"] });

        var answer = await site.GetAsync("/json-saja/feed.json");

        Assert.Equal("application/feed+json; charset=utf-8", answer.Header("Content-Type"));
        Assert.Equal(("https://jsonfeed.org/version/1.1", Root + "/json-saja", Root + "/json-saja/feed.json"), (answer.Json.GetProperty("version").GetString(), answer.Json.GetProperty("home_page_url").GetString(), answer.Json.GetProperty("feed_url").GetString()));
        var item = answer.Json.GetProperty("items")[0];
        Assert.Equal((Root + site.PathOf(id), "Kabar JSON", "2026-01-26T10:00:00+07:00"), (item.GetProperty("url").GetString(), item.GetProperty("title").GetString(), item.GetProperty("date_published").GetString()));
        Assert.Contains("<p", item.GetProperty("content_html").GetString());
        Assert.Equal("Teknologi", item.GetProperty("tags")[1].GetString());
    }

    [Fact]
    public async Task Sections_inside_others_tags_and_authors_have_feeds_and_their_pages_name_them()
    {
        site.Story("Laga kandang", section: "Bola/Liga 1", with: d => d with { Tags = ["Laga"], Bylines = [new Byline("Wasit Utama", Byline.Writer)] });

        foreach (var list in (string[])["", "/bola", "/bola/liga-1", "/tag/laga", "/author/wasit-utama"])
        {
            var links = (await site.GetAsync(list.Length == 0 ? "/" : list)).Page.QuerySelectorAll("link[rel=alternate][title]").Select(l => l.GetAttribute("href")!).ToList();
            Assert.Equal(Files.Select(file => $"{list}/{file}"), links);
            foreach (var link in links) Assert.Contains("Laga kandang", (await site.GetAsync(link)).Text);
        }

        Assert.Equal("/author/wasit-utama/rss.xml", (await site.GetAsync("/penulis/wasit-utama/rss.xml")).Location);
        Assert.Equal("/bola/rss.xml", (await site.GetAsync("/Bola/rss.xml")).Location);
        foreach (var none in (string[])["/tidak-ada/rss.xml", "/bola/tidak-ada/atom.xml", "/tag/tidak-ada/feed.json", "/author/tidak-ada/rss.xml", "/tag/rss.xml"])
            Assert.Equal((none, 404), (none, (await site.GetAsync(none)).Status));
    }

    [Fact]
    public async Task Section_without_stories_has_an_empty_feed_that_is_valid()
    {
        site.Do(act => act.SectionNamed(site.Title.Id, "Sepi"));

        Assert.Empty(Xml((await site.GetAsync("/sepi/rss.xml")).Text).Descendants("item"));
        Assert.NotNull(Xml((await site.GetAsync("/sepi/atom.xml")).Text).Root!.Element(Atom + "updated"));
        Assert.Equal(0, (await site.GetAsync("/sepi/feed.json")).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Title_chooses_how_many_stories_and_how_much_of_each()
    {
        for (var i = 1; i <= 4; i++) site.Story($"Ringkas {i}", "Seluruh isi berita ada di sini.", "Ringkas", site.Clock.Now.AddMinutes(-i), with: d => d with { Standfirst = "Hanya ringkasan." });
        site.Set("feeds.count", "3");
        site.Set("feeds.content", "summary");
        try
        {
            foreach (var file in Files)
            {
                var text = (await site.GetAsync("/ringkas/" + file)).Text;
                Assert.Contains("Ringkas 3", text);
                Assert.DoesNotContain("Ringkas 4", text);
                Assert.Contains("Hanya ringkasan.", text);
                Assert.DoesNotContain("Seluruh isi", text);
            }
        }
        finally
        {
            site.Set("feeds.count", "30");
            site.Set("feeds.content", "full");
        }
    }

    [Fact]
    public async Task Advertorial_says_so_in_its_title()
    {
        site.Story("Rumah impian", section: "Iklan Feed", with: d => d with { Kind = ArticleKind.Advertorial });

        foreach (var file in Files) Assert.Contains("Advertorial: Rumah impian", (await site.GetAsync("/iklan-feed/" + file)).Text);
    }

    [Fact]
    public async Task No_character_breaks_a_feed()
    {
        const string odd = "Aneh \u0001\u000B\uFFFE\uFFFF\u2028 ]]> &amp; \U0001F600 \uD83D <!-- <script>";
        var id = site.Story("Judul aneh", section: "Aneh");
        // Past every door, as if an older version had let it in.
        site.Do(act => act.Sql.Execute("UPDATE revisions SET headline = @odd, standfirst = @odd WHERE article_id = @id", new { odd = odd.Replace("\uD83D", ""), id }));

        foreach (var file in Files[..2]) Assert.Contains("Aneh", Xml((await site.GetAsync("/aneh/" + file)).Text).Root!.Value);
        Assert.StartsWith("Aneh", (await site.GetAsync("/aneh/feed.json")).Json.GetProperty("items")[0].GetProperty("title").GetString());
        Assert.Equal("a😀b\uFFFDc", XmlText.Clean("a\u0001😀b\uD83Dc\uFFFF"));
    }

    [Fact]
    public async Task Who_has_the_feed_is_told_so_until_it_changes()
    {
        using var paper = new TestSite();
        paper.Story("Versi satu", section: "Tetap");
        paper.Clock.Now += TimeSpan.FromSeconds(2);
        var first = await paper.GetAsync("/tetap/rss.xml");
        var (tag, modified) = (first.Header("ETag")!, first.Header("Last-Modified")!);

        var known = await paper.SendAsync("GET", "/tetap/rss.xml", headers: ("If-None-Match", tag));
        Assert.Equal((304, "", tag), (known.Status, known.Text, known.Header("ETag")));
        Assert.Equal(304, (await paper.SendAsync("GET", "/tetap/rss.xml", headers: ("If-None-Match", tag.Replace("W/", "")))).Status);
        Assert.Equal(304, (await paper.SendAsync("GET", "/tetap/rss.xml", headers: ("If-Modified-Since", modified))).Status);
        Assert.Equal(200, (await paper.SendAsync("GET", "/tetap/rss.xml", headers: [("If-None-Match", "\"lain\""), ("If-Modified-Since", modified)])).Status);
        Assert.Equal("public, max-age=0, s-maxage=10", first.Header("Cache-Control"));

        paper.Story("Versi dua", section: "Tetap");
        var again = await paper.SendAsync("GET", "/tetap/rss.xml", headers: ("If-None-Match", tag));
        Assert.Equal(200, again.Status);
        Assert.Null(again.Header("Last-Modified"));
        Assert.Equal(200, (await paper.SendAsync("GET", "/tetap/rss.xml", headers: ("If-Modified-Since", modified))).Status);
    }

    [Fact]
    public async Task Takedown_is_no_304_to_who_asks_by_date()
    {
        using var paper = new TestSite();
        var id = paper.Story("Akan dicabut", section: "Dicabut");
        paper.Clock.Now += TimeSpan.FromSeconds(2);
        var modified = (await paper.GetAsync("/dicabut/rss.xml")).Header("Last-Modified")!;
        paper.Clock.Now += TimeSpan.FromSeconds(2);

        paper.Do(act => act.TakeDown(id, "keliru"));
        paper.Clock.Now += TimeSpan.FromSeconds(2);

        var answer = await paper.SendAsync("GET", "/dicabut/rss.xml", headers: ("If-Modified-Since", modified));
        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain("Akan dicabut", answer.Text);
    }

    [Fact]
    public async Task Head_has_the_headers_and_no_body()
    {
        site.Story("Kepala saja", section: "Kepala");
        foreach (var path in (string[])["/kepala/rss.xml", "/kepala/feed.json", "/sitemap.xml", "/sitemap-2026-01.xml", "/sitemap-pages.xml", "/news-sitemap.xml", "/robots.txt", "/favicon.ico"])
        {
            var answer = await site.SendAsync("HEAD", path);
            Assert.Equal((path, 200, ""), (path, answer.Status, answer.Text));
            Assert.NotNull(answer.Header("Content-Type"));
            Assert.Equal(405, (await site.SendAsync("POST", path)).Status);
        }
    }

    [OnBothEngines]
    public async Task Embargoed_article_is_absent_from_feeds_sitemaps_and_heads(EngineKind engine)
    {
        using var paper = new TestSite(engine);
        var shown = paper.Story("Sudah terbit");
        paper.Draft("Masih konsep");
        var embargoed = paper.Draft("Belum boleh", with: d => d with { EmbargoedUntil = paper.Clock.Now.AddDays(1) });
        var withdrawn = paper.Story("Sudah turun");
        var purged = paper.Story("Sudah dihapus");
        var takenDown = paper.Story("Sudah dicabut");
        paper.Do(act => act.WithdrawStory(withdrawn));
        paper.Do(act => act.PurgeStory(purged, "hukum"));
        paper.Do(act => act.TakeDown(takenDown, "keliru"));
        Assert.Throws<PublishingException>(() => paper.Do(act => act.Publish(embargoed, paper.Title.Id)));

        foreach (var path in (string[])["/rss.xml", "/atom.xml", "/feed.json", "/nasional/rss.xml", "/sitemap-2026-01.xml", "/sitemap-pages.xml", "/news-sitemap.xml", "/", "/nasional"])
        {
            var text = (await paper.GetAsync(path)).Text;
            foreach (var hidden in (string[])["Masih konsep", "Belum boleh", "Sudah turun", "Sudah dihapus", "Sudah dicabut", "masih-konsep", "belum-boleh", "sudah-turun", "sudah-dihapus", "sudah-dicabut"])
                Assert.DoesNotContain(hidden, text);
            if (path != "/sitemap-pages.xml") Assert.Contains(path.StartsWith("/sitemap") ? "sudah-terbit" : "Sudah terbit", text);
        }

        paper.Do(act => act.WithdrawStory(shown));
        Assert.Equal(404, (await paper.GetAsync("/sitemap-2026-01.xml")).Status);
    }

    /// <summary>Parsed as a strict reader would: no DTD, and every date one.</summary>
    private static XDocument Xml(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var document = XDocument.Load(reader);
        foreach (var date in document.Descendants("pubDate").Concat(document.Descendants("lastBuildDate")))
            Assert.True(DateTimeOffset.TryParseExact(date.Value, "ddd, dd MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), date.Value);
        return document;
    }
}
