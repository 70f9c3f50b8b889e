using Warta.Content;
using Xunit;

namespace Warta.Tests.Content;

public class BodyRendererTests
{
    [Fact]
    public void The_dateline_runs_in_at_the_start_of_the_first_paragraph()
    {
        var context = Bodies.Indonesian with { Dateline = new Dateline("JAKARTA", "KOMPAS.com") };
        Assert.Equal("<h2 id=\"b-h\">Judul</h2>\n<p id=\"b-a\"><span data-dateline>JAKARTA, KOMPAS.com</span> - Satu.</p>\n<p id=\"b-b\">Dua.</p>\n",
            BodyRenderer.Render([new HeadingBlock("h", 2, "Judul"), new ParagraphBlock("a", "Satu."), new ParagraphBlock("b", "Dua.")], context));
    }

    [Fact]
    public void The_dateline_is_printed_once_even_where_the_text_has_it_too()
    {
        var context = Bodies.Indonesian with { Dateline = new Dateline("JAKARTA", null) };
        Assert.Equal("<p id=\"b-a\">JAKARTA - Satu.</p>\n", BodyRenderer.Render([new ParagraphBlock("a", "JAKARTA - Satu.")], context));
    }

    [Fact]
    public void A_read_also_has_the_form_that_the_contract_names()
    {
        var context = Bodies.Indonesian with { ReadAlso = id => id == "r" ? new ReadAlsoTarget("Harga \"beras\" & gula", "/ekonomi/a") : null };
        Assert.Equal("<p data-block=\"read-also\">Baca Juga: <a href=\"/ekonomi/a\">Harga &quot;beras&quot; &amp; gula</a></p>\n",
            BodyRenderer.Render([new ReadAlsoBlock("r", 1), new ReadAlsoBlock("pending", null, "Belum ada")], context));
    }

    [Fact]
    public void Marks_nest_and_only_external_links_carry_rel()
    {
        var text = new InlineText([new("a", Bold: true, Href: "https://example.org/"), new("b", Italic: true, Href: "https://example.org/"), new("c", Href: "/d"), new("e", Superscript: true)]);
        Assert.Equal(
            "<p id=\"b-p\"><a href=\"https://example.org/\" rel=\"noopener\"><strong>a</strong><em>b</em></a><a href=\"/d\">c</a><sup>e</sup></p>\n",
            Bodies.Html(new ParagraphBlock("p", text)));
        Assert.DoesNotContain("rel=", BodyRenderer.Render([new ParagraphBlock("p", text)], Bodies.Indonesian with { Host = "example.org" }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_link_that_code_put_in_loses_its_link() =>
        Assert.Equal("<p id=\"b-p\">x</p>\n", Bodies.Html(new ParagraphBlock("p", new InlineText([new("x", Href: "javascript:alert(1)")]))));

    [Fact]
    public void A_figure_has_alt_size_caption_and_credit() =>
        Assert.Equal(
            "<figure id=\"b-f\" data-block=\"figure\"><img src=\"/a.jpg\" alt=\"Pasar &quot;Baru&quot;\" width=\"8\" height=\"6\" loading=\"lazy\" decoding=\"async\">"
            + "<figcaption>Ramai <span class=\"credit\">Foto: Budi</span></figcaption></figure>\n",
            Bodies.Html(new FigureBlock("f", new BodyImage("/a.jpg", 8, 6), "Pasar \"Baru\"", "Ramai", "Budi")));

    [Fact]
    public void A_quote_names_its_speaker_and_role() =>
        Assert.Equal("<figure id=\"b-q\" data-block=\"quote\"><blockquote><p>Siap.</p></blockquote><figcaption>Siti, camat</figcaption></figure>\n",
            Bodies.Html(new QuoteBlock("q", ["Siap."], "Siti", "camat")));

    [Fact]
    public void An_embed_is_a_card_without_a_frame_and_says_who_will_know()
    {
        var html = Bodies.Html(new EmbedBlock("e", "youtube", "https://www.youtube.com/watch?v=abcdefghijk"));
        Assert.StartsWith("<figure id=\"b-e\" data-block=\"embed\" data-provider=\"youtube\"><a href=\"https://www.youtube.com/watch?v=abcdefghijk\" rel=\"noopener noreferrer nofollow\">", html, StringComparison.Ordinal);
        Assert.Contains("Konten ini dimuat dari YouTube", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<iframe", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("14.000", "900", true)]
    [InlineData("−2,1%", "+0.5%", true)]
    [InlineData("Rp46.000", "Rp 1.200.000", true)]
    [InlineData("12 km", "", true)]
    [InlineData("1:0", "–", true)]
    [InlineData("٤٥٠", "٣١", true)]
    [InlineData("14.000", "kosong", false)]
    [InlineData("2024/25", "2025/26", false)]
    [InlineData("3 dari 4", "1", false)]
    [InlineData("", "–", false)]
    public void Numbers_of_a_table_are_marked_where_a_whole_column_holds_them(string first, string second, bool areNumbers)
    {
        var html = Bodies.Html(new TableBlock("t", "", [["Kota", "Isi"]], [["Jakarta", first], ["Bandung", second]]));
        Assert.Equal(areNumbers ? 3 : 0, html.Split(" class=\"number\"").Length - 1);
        Assert.Equal(areNumbers, html.Contains("<th scope=\"col\" class=\"number\">Isi</th>", StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_can_be_scrolled_by_keyboard_and_has_a_name()
    {
        var html = Bodies.Html(new TableBlock("t", "", [["Barang", "Rp"]], [["Beras", "1"]]));
        Assert.StartsWith("<div id=\"b-t\" data-block=\"table\" class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Barang, Rp\"><table><thead><tr><th scope=\"col\">Barang</th>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_printed_is_on_the_list_of_what_may_be() => SafeHtml.Check(Bodies.Html([.. Bodies.Everything.Blocks]));

    [Fact]
    public void Page_breaks_part_pages_and_never_make_an_empty_one()
    {
        var body = Bodies.Of(new PageBreakBlock("1"), new ParagraphBlock("a", "a"), new PageBreakBlock("2"), new PageBreakBlock("3"), new ParagraphBlock("b", "b"), new PageBreakBlock("4"));
        Assert.Equal(["a", "b"], BodyRenderer.Pages(body).Select(page => Assert.Single(page).Id));
        Assert.Empty(Assert.Single(BodyRenderer.Pages(Body.Empty)));
    }

    [Fact]
    public void Plain_text_holds_every_word_but_those_of_other_stories()
    {
        var text = BodyRenderer.PlainText(Bodies.Everything);
        Assert.StartsWith("Harga beras turun & naik <lagi>.\nSatu dua3 أربعة\nSub judul\nsatu\ndua\n“Kami siap.”", text, StringComparison.Ordinal);
        Assert.Contains("\nSiti Aminah, kepala dinas\nSuasana pasar\nDua\nHarga\nBarang Rp\nBeras 14.000\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Berita lain", text, StringComparison.Ordinal);
        Assert.Equal(5, BodyRenderer.WordCount(Bodies.Of(new ParagraphBlock("a", "satu dua - tiga"), new ParagraphBlock("b", "empat"))));
    }
}
