using Warta.Content;
using Warta.Engines;
using Warta.Publishing;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Publishing;

public sealed class StandingPageTests
{
    private static readonly Body Text = MarkdownMapper.FromMarkdown("# Redaksi\n\nPemimpin redaksi: **Rini**.").Body;

    [OnBothEngines]
    public void A_new_text_replaces_the_old_one_which_stays_in_the_history(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var other = newsroom.AddTitle("sore");
        newsroom.Do(act => act.PutPage(newsroom.Title, "redaksi", null, Text));
        newsroom.Do(act => act.PutPage(newsroom.Title, "tentang-kami", "Tentang Kami", MarkdownMapper.FromMarkdown("Kami ada.").Body));
        newsroom.Clock.Pass(TimeSpan.FromDays(1));
        newsroom.Do(act => act.PutPage(newsroom.Title, "redaksi", null, MarkdownMapper.FromMarkdown("Pemimpin redaksi: Budi.").Body));

        Assert.Equal([("redaksi", "Redaksi"), ("tentang-kami", "Tentang Kami")], Of(newsroom, newsroom.Title).Select(p => (p.Slug, p.Name)));
        Assert.Empty(Of(newsroom, other));
        Assert.Equal("Pemimpin redaksi: Budi.", BodyRenderer.PlainText(BodyJson.Read(Of(newsroom, newsroom.Title)[0].Body)));
        Assert.Equal(1, newsroom.Value<long>("SELECT count(*) FROM pages WHERE slug = 'redaksi' AND until_at = @Now AND body LIKE '%Rini%'", new { newsroom.Clock.Now }));
        Assert.Equal(3, newsroom.Value<long>("SELECT count(*) FROM audit WHERE verb = 'page-set' AND title_id = @Title", new { newsroom.Title }));

        newsroom.Do(act => act.PutPage(newsroom.Title, "redaksi", "Dapur Redaksi", Text, 9));
        Assert.Equal([("tentang-kami", 2L), ("redaksi", 9L)], Of(newsroom, newsroom.Title).Select(p => (p.Slug, p.Position)));
        newsroom.Do(act => act.RemovePage(newsroom.Title, "redaksi"));
        Assert.Throws<ContentException>(() => newsroom.Do(act => act.RemovePage(newsroom.Title, "redaksi")));
        Assert.Equal(["tentang-kami"], Of(newsroom, newsroom.Title).Select(p => p.Slug));
    }

    [OnBothEngines]
    public void A_page_and_a_section_never_share_an_address(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        newsroom.Do(act => act.PutPage(newsroom.Title, "opini", "Opini", Text));
        var section = newsroom.Section("Opini");
        Assert.Equal(section, newsroom.Section("Opini"));
        newsroom.Section("Opini/Tajuk");
        Assert.Equal(["berita", "opini-2", "opini-2/tajuk"], newsroom.Query<string>("SELECT path FROM sections WHERE title_id = @Title ORDER BY path", new { newsroom.Title }));
        var elsewhere = newsroom.Section("Opini", newsroom.AddTitle("sore"));
        Assert.Equal("opini", newsroom.Press.Titles.Section(elsewhere).Path);
        Refused(newsroom, "is the section Berita", "berita");
    }

    [OnBothEngines]
    public void A_page_without_an_address_a_name_or_a_text_is_refused(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        foreach (var slug in (string[])["", "Redaksi", "a/b", "../x", "a b", "-a", "<script>"]) Refused(newsroom, "can't be a page's address", slug);
        foreach (var slug in (string[])["search", "corrections", "takedowns", "api", "newsroom", "media", "2024", "tag"]) Refused(newsroom, "Warta's own addresses", slug);
        Refused(newsroom, "has no name", "kontak", body: MarkdownMapper.FromMarkdown("Tanpa nama.").Body);
        Refused(newsroom, "has no name", "kontak", "\u0001 \u200b ");
        Refused(newsroom, "101 characters", "kontak", new string('x', 101));
        Refused(newsroom, "has no text", "kontak", "Kontak", Body.Empty);
        Refused(newsroom, "has no text", "kontak", body: MarkdownMapper.FromMarkdown("# Kontak").Body);
        Assert.Empty(Of(newsroom, newsroom.Title));
    }

    [OnBothEngines]
    public void A_title_s_duties_are_missing_until_both_pages_have_a_text(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        Assert.Equal(["redaksi", "pedoman-media-siber"], Missing());
        newsroom.Do(act => act.PutPage(newsroom.Title, "redaksi", null, Text));
        Assert.Equal(["pedoman-media-siber"], Missing());
        newsroom.Do(act => act.PutPage(newsroom.Title, "pedoman-media-siber", "Pedoman", Text));
        Assert.Empty(Missing());

        IReadOnlyList<string> Missing() => newsroom.Database.Read(session => StandingPages.Missing(session, newsroom.Title));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData("a <img src=x onerror=alert(1)> b", "a <img src=x onerror=alert(1)> b")]
    [InlineData("[klik](javascript:alert(1))", "klik")]
    [InlineData("[klik](java&#10;script:alert(1))", "klik")]
    [InlineData("<javascript:alert(1)>", "")]
    public void Markdown_holds_no_markup_of_its_own(string markdown, string text)
    {
        var body = MarkdownMapper.FromMarkdown(markdown).Body;
        var html = BodyRenderer.Render(body.Blocks, new RenderContext { Words = Words.In("id") });
        if (text.Length > 0) Assert.Equal(text, BodyRenderer.PlainText(body));
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"java", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Markdown_becomes_blocks()
    {
        var body = MarkdownMapper.FromMarkdown("# Nama\n\nSatu [tautan](https://example.com/) dan *miring*.\n\n## Anak judul\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n> kata orang").Body;
        Assert.Equal(["HeadingBlock", "ParagraphBlock", "HeadingBlock", "ListBlock", "TableBlock", "QuoteBlock"], body.Blocks.Select(b => b.GetType().Name));
    }

    [Fact]
    public void Markdown_nested_out_of_all_reason_is_refused_or_read_but_breaks_nothing()
    {
        foreach (var hostile in (string[])[new string('>', 100_000), new string('[', 100_000), string.Concat(Enumerable.Repeat("- ", 20_000)), new string('*', 100_000) + "a", string.Concat(Enumerable.Repeat("![a](", 20_000))])
        {
            try
            {
                MarkdownMapper.FromMarkdown(hostile);
            }
            catch (ContentException e)
            {
                Assert.StartsWith("The Markdown can't be read", e.Message, StringComparison.Ordinal);
            }
        }
    }

    private static void Refused(TestNewsroom newsroom, string says, string slug, string? name = null, Body? body = null) =>
        Assert.Contains(says, Assert.Throws<ContentException>(() => newsroom.Do(act => act.PutPage(newsroom.Title, slug, name, body ?? Text))).Message, StringComparison.Ordinal);

    private static List<StandingPage> Of(TestNewsroom newsroom, long title) => newsroom.Database.Read(session => StandingPages.Of(session, title));
}
