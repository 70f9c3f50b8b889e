using System.Text.Json;
using Warta.Content;
using Warta.Publishing;
using Warta.Reader;
using Xunit;

namespace Warta.Composition;

public sealed class HeadTests(TestSite site) : IClassFixture<TestSite>
{
    private const string Hostile = "</script><script>alert(1)</script><!-- & \"x\" '\u2028";

    private string Root => $"http://localhost:{site.Address.Port}";

    [Fact]
    public async Task Story_is_told_as_a_news_article()
    {
        var id = site.Story("Panen raya", "JAKARTA, HARIAN - Satu dua tiga.", "Desa/Sawah", site.Clock.Now.AddHours(-2), with: d => d with
        {
            Standfirst = "Ringkasan panen.",
            Tags = ["Padi", "Cuaca"],
            Bylines = [new Byline("Rina Wulandari", Byline.Writer), new Byline("Budi Santoso", Byline.Editor)],
        });
        site.Revise(id, d => d with { Kicker = "Pangan" });
        var page = await site.GetAsync(site.PathOf(id));
        var url = Root + site.PathOf(id);

        var article = Data(page, "NewsArticle");
        Assert.Equal(("Panen raya", "Ringkasan panen.", url), (Text(article, "headline"), Text(article, "description"), Text(article.GetProperty("mainEntityOfPage"), "@id")));
        Assert.Equal(("2026-01-26T08:00:00+07:00", "2026-01-26T10:00:00+07:00"), (Text(article, "datePublished"), Text(article, "dateModified")));
        var writer = Assert.Single(article.GetProperty("author").EnumerateArray());
        Assert.Equal(("Person", "Rina Wulandari", Root + "/author/rina-wulandari"), (Text(writer, "@type"), Text(writer, "name"), Text(writer, "url")));
        Assert.Equal("Budi Santoso", Text(Assert.Single(article.GetProperty("editor").EnumerateArray()), "name"));
        Assert.Equal(("Warta", "NewsMediaOrganization"), (Text(article.GetProperty("publisher"), "name"), Text(article.GetProperty("publisher"), "@type")));
        Assert.StartsWith(Root + "/assets/icon.png", Text(article.GetProperty("publisher").GetProperty("logo"), "url"));
        Assert.Equal(("Sawah", "id", 3), (Text(article, "articleSection"), Text(article, "inLanguage"), article.GetProperty("wordCount").GetInt32()));
        Assert.True(article.GetProperty("isAccessibleForFree").GetBoolean());
        Assert.Equal(["Padi", "Cuaca"], article.GetProperty("keywords").EnumerateArray().Select(k => k.GetString()));
        Assert.Equal(1200, article.GetProperty("image")[0].GetProperty("width").GetInt32());

        var crumbs = Data(page, "BreadcrumbList").GetProperty("itemListElement").EnumerateArray().ToList();
        Assert.Equal([(1, "Beranda", Root + "/"), (2, "Desa", Root + "/desa"), (3, "Sawah", Root + "/desa/sawah")], crumbs.Select(c => (c.GetProperty("position").GetInt32(), Text(c, "name"), Text(c, "item"))));

        Assert.Equal(("article", "Panen raya", url, "id_ID"), (Meta(page, "og:type"), Meta(page, "og:title"), Meta(page, "og:url"), Meta(page, "og:locale")));
        Assert.Equal(("2026-01-26T08:00:00+07:00", "Sawah", Root + "/author/rina-wulandari"), (Meta(page, "article:published_time"), Meta(page, "article:section"), Meta(page, "article:author")));
        Assert.Equal(("1200", "630", "summary_large_image"), (Meta(page, "og:image:width"), Meta(page, "og:image:height"), Meta(page, "twitter:card")));
        Assert.Equal("max-image-preview:large", Meta(page, "robots"));
        Assert.StartsWith(Root + "/assets/share.jpg", Meta(page, "og:image"));
        var image = await site.GetAsync(new Uri(Meta(page, "og:image")!).PathAndQuery);
        Assert.Equal("image/jpeg", image.Header("Content-Type"));
        Assert.True(image.Raw.Content.Headers.ContentLength < 300_000);
    }

    [Fact]
    public async Task No_word_of_a_story_gets_out_of_its_json_or_its_attributes()
    {
        var id = site.Story("Judul jahat", section: "Jahat", with: d => d with { Standfirst = Hostile, Tags = [Hostile], Bylines = [new Byline(Hostile, Byline.Writer)] });
        site.Do(act => act.Sql.Execute("UPDATE revisions SET headline = @Hostile WHERE article_id = @id", new { Hostile, id }));

        foreach (var path in (string[])[site.PathOf(id), "/jahat", "/author/" + Slug.From(Hostile), "/tag/" + Slug.From(Hostile), "/"])
        {
            var page = await site.GetAsync(path);
            Assert.Equal((path, 200), (path, page.Status));
            Assert.DoesNotContain("<script>alert", page.Text);
            Assert.All(page.Page.QuerySelectorAll("script"), script => Assert.True(script.GetAttribute("type") == "application/ld+json" || script.GetAttribute("src") is not null));
            foreach (var data in page.Page.QuerySelectorAll("script[type='application/ld+json']"))
            {
                Assert.Equal(0, data.TextContent.IndexOfAny(['<', '>', '&', '\u2028', '\u2029']) + 1);
                JsonDocument.Parse(data.TextContent);
            }
        }

        var article = await site.GetAsync(site.PathOf(id));
        Assert.Equal(Hostile, Text(Data(article, "NewsArticle"), "headline"));
        Assert.Equal(Hostile, Meta(article, "og:title"));
    }

    [Fact]
    public async Task Corrections_are_told_but_no_reply()
    {
        var id = site.Story("Panen kedelai");
        site.Do(act => act.Correct(id, "ralat", "Semula tertulis dua </script> gol."));
        site.Do(act => act.Correct(id, "hak-jawab", "Kami keberatan.", askedBy: "PT Contoh"));

        var comment = Assert.Single(Data(await site.GetAsync(site.PathOf(id)), "NewsArticle").GetProperty("correction").EnumerateArray());
        Assert.Equal("Semula tertulis dua </script> gol.", Text(comment, "text"));
        Assert.Contains("#correction-", Text(comment, "url"));
    }

    [Fact]
    public async Task Long_headline_is_cut_at_a_word()
    {
        var headline = string.Join(' ', Enumerable.Repeat("panjang", 20));
        var id = site.Story(headline);

        var told = Text(Data(await site.GetAsync(site.PathOf(id)), "NewsArticle"), "headline");
        Assert.True(told.Length <= 110);
        Assert.EndsWith("panjang…", told);
        Assert.Equal("satu…", Summary.Cut("satu dua", 6));
        Assert.Equal("x…", Summary.Cut("x\U0001F600\U0001F600", 3));
    }

    [Fact]
    public async Task Advertorial_is_no_news_and_its_share_card_says_so()
    {
        var id = site.Story("Rumah impian", with: d => d with { Kind = ArticleKind.Advertorial });
        var page = await site.GetAsync(site.PathOf(id));

        Assert.DoesNotContain("\"NewsArticle\"", page.Text);
        Assert.Contains("\"AdvertiserContentArticle\"", page.Text);
        Assert.Equal("Advertorial: Rumah impian", Meta(page, "og:title"));
    }

    [Fact]
    public async Task Front_tells_of_the_newspaper_and_its_search_lists_of_what_they_hold_and_an_author_s_page_of_the_author()
    {
        site.Story("Isi daftar", section: "Daftar", with: d => d with { Bylines = [new Byline("Penulis Daftar", Byline.Writer)] });

        var front = await site.GetAsync("/");
        Assert.Equal("Warta", Text(Data(front, "NewsMediaOrganization"), "name"));
        Assert.Equal(Root + "/search?q={search_term_string}", Text(Data(front, "WebSite").GetProperty("potentialAction").GetProperty("target"), "urlTemplate"));
        Assert.Equal(("website", Root + "/"), (Meta(front, "og:type"), Meta(front, "og:url")));
        Assert.False(string.IsNullOrEmpty(Meta(front, "description")));

        var list = await site.GetAsync("/daftar");
        Assert.Equal("Isi daftar", Text(Data(list, "CollectionPage").GetProperty("mainEntity").GetProperty("itemListElement")[0], "name"));
        Assert.Equal("Isi daftar", Meta(list, "description"));
        var person = Data(await site.GetAsync("/author/penulis-daftar"), "ProfilePage").GetProperty("mainEntity");
        Assert.Equal(("Person", "Penulis Daftar", Root + "/author/penulis-daftar"), (Text(person, "@type"), Text(person, "name"), Text(person, "url")));
        Assert.Equal("noindex, follow", Meta(await site.GetAsync("/search?q=daftar"), "robots"));
    }

    [Fact]
    public async Task Fronts_of_titles_in_different_languages_name_each_other()
    {
        using var paper = new TestSite();
        paper.Story("Satu bahasa");
        Assert.Empty((await paper.GetAsync("/")).Page.QuerySelectorAll("link[hreflang]"));

        paper.AddTitle("english", "en.example.com", ("language", "en"), ("url", "https://en.example.com"));
        paper.AddTitle("daerah", "daerah.example.com");

        foreach (var host in (string?[])[null, "en.example.com"])
        {
            var links = (await paper.GetAsync("/", host)).Page.QuerySelectorAll("link[hreflang]").Select(l => (l.GetAttribute("hreflang"), l.GetAttribute("href")));
            Assert.Equal([("id", $"http://localhost:{paper.Address.Port}/"), ("en", "https://en.example.com/"), ("x-default", $"http://localhost:{paper.Address.Port}/")], links);
        }

        Assert.Empty((await paper.GetAsync("/", "daerah.example.com")).Page.QuerySelectorAll("link[hreflang]"));
    }

    private static string? Meta(TestSite.Answer page, string name) => page.Page.QuerySelector($"head meta[property='{name}'], head meta[name='{name}']")?.GetAttribute("content");

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static JsonElement Data(TestSite.Answer page, string type) => page.Page.QuerySelectorAll("head script[type='application/ld+json']").Select(s => JsonDocument.Parse(s.TextContent).RootElement)
        .Single(e => e.GetProperty("@context").GetString() == "https://schema.org" && e.GetProperty("@type") is { ValueKind: JsonValueKind.String } t && t.GetString() == type);
}
