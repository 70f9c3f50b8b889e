using Warta.Content;
using Xunit;

namespace Warta.Tests.Content;

public class PlainNotationTests
{
    [Fact]
    public void A_body_reads_as_a_person_would_type_it()
    {
        var text = PlainNotation.Write(Bodies.Of(
            new ParagraphBlock("p", new InlineText([new("Harga "), new("beras", Bold: true), new(" (5/2/2026) "), new("naik", Italic: true), new(", kata "), new("Bulog", Href: "https://example.org/a_(b)")])),
            new HeadingBlock("h", 2, "Pasar"),
            new ListBlock("l", false, ["satu", "dua"]),
            new QuoteBlock("q", ["Kami siap."], "Siti", "kepala dinas"),
            new FigureBlock("f1", null, "Pasar pagi", InlineText.Empty, Media: 3),
            new PageBreakBlock("b")), block => block is FigureBlock figure ? figure.Alt : "");

        Assert.Equal("""
            Harga **beras** (5/2/2026) *naik*, kata [Bulog](https://example.org/a_\(b\))

            ## Pasar

            - satu
            - dua

            > Kami siap.
            >> Siti | kepala dinas

            [[figure f1]] Pasar pagi

            ===
            """, text);
    }

    [Fact]
    public void Any_body_that_nobody_touched_comes_back_as_it_was()
    {
        var random = new Random(20260123);
        for (var n = 0; n < 1_000; n++) Same(new RandomBody(random).Next());
        Same(Bodies.Everything);

        static void Same(Body body)
        {
            Assert.Equal(BodyJson.Write(body), BodyJson.Write(PlainNotation.Read(PlainNotation.Write(body, _ => "petunjuk"), body)));
            // As a browser sends it.
            Assert.Equal(BodyJson.Write(body), BodyJson.Write(PlainNotation.Read(PlainNotation.Write(body).Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n", body)));
        }
    }

    [Fact]
    public void What_is_changed_keeps_its_id_and_its_neighbours_are_left_alone()
    {
        var text = PlainNotation.Write(Bodies.Everything).Replace("Harga beras turun", "Harga gula naik", StringComparison.Ordinal);
        var read = PlainNotation.Read(text, Bodies.Everything);

        Assert.Equal(Bodies.Everything.Blocks.Select(block => block.Id), read.Blocks.Select(block => block.Id));
        Assert.Equal("Harga gula naik & naik <lagi>.", Bodies.FirstText(read));
        Assert.Equal(BodyJson.Write(new Body(Bodies.Everything.Blocks.Skip(1).ToList())), BodyJson.Write(new Body(read.Blocks.Skip(1).ToList())));
    }

    [Fact]
    public void A_line_put_between_two_is_new_and_a_line_moved_keeps_its_id()
    {
        var before = Bodies.Of(new ParagraphBlock("a", "Satu."), new ParagraphBlock("b", "Dua."), new FigureBlock("f", null, "", InlineText.Empty, Media: 1));
        var read = PlainNotation.Read("[[figure f]]\n\nSatu.\nBaru.\n\nDua.", before);

        Assert.Equal(["f", "a", "b"], read.Blocks.Where((_, i) => i != 2).Select(block => block.Id));
        Assert.Equal("Baru.", ((ParagraphBlock)read.Blocks[2]).Text.ToString());
        Assert.DoesNotContain(read.Blocks[2].Id, new[] { "a", "b", "f", "" });
    }

    [Fact]
    public void A_named_line_that_is_taken_out_takes_its_block_along_and_one_that_nobody_knows_stays_words()
    {
        var before = Bodies.Of(new FigureBlock("f", null, "", InlineText.Empty, Media: 1), new FigureBlock("g", null, "", InlineText.Empty, Media: 2));
        var read = PlainNotation.Read("[[figure g]]\n\n[[figure g]]\n\n[[figure lain]] apa ini", before);

        Assert.Equal("g", read.Blocks[0].Id);
        Assert.Equal("[[figure lain]] apa ini", ((ParagraphBlock)Assert.Single(read.Blocks.Skip(1))).Text.ToString());
    }

    [Theory]
    [InlineData("5 * 3 * 2 = 30", "5 * 3 * 2 = 30")]
    [InlineData("dua ** tiga", "dua ** tiga")]
    [InlineData("[bukan tautan](javascript:alert(1))", "[bukan tautan](javascript:alert(1))")]
    [InlineData("# Judul", "Judul")]
    [InlineData(@"\# bukan judul", "# bukan judul")]
    [InlineData(@"\Baca Juga: bukan", "Baca Juga: bukan")]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    public void Odd_lines_lose_nothing(string line, string text) => Assert.Equal(text, BodyRenderer.PlainText(PlainNotation.Read(line, Body.Empty)).Trim());

    [Fact]
    public void A_read_also_and_an_embed_can_be_typed()
    {
        var read = PlainNotation.Read("Baca Juga: Harga beras naik\n\nhttps://www.youtube.com/watch?v=abcdefghijk", Body.Empty);

        Assert.Equal("Harga beras naik", Assert.IsType<ReadAlsoBlock>(read.Blocks[0]).Wanted);
        Assert.Equal("youtube", Assert.IsType<EmbedBlock>(read.Blocks[1]).Provider);
    }
}
