using Warta.Content;
using Xunit;

namespace Warta.Tests.Content;

public class PlainTextMapperTests
{
    private static string[] Lines(string text) =>
        [.. PlainTextMapper.FromPlainText(text).Body.Blocks.Select(block => block switch
        {
            ParagraphBlock paragraph => paragraph.Text.ToString(),
            ReadAlsoBlock readAlso => $"→ {readAlso.Wanted}",
            _ => block.ToString(),
        })];

    [Fact]
    public void Every_kind_of_line_end_ends_a_paragraph_and_blank_lines_are_none() =>
        Assert.Equal(["a", "b", "c", "d", "e", "f"], Lines("a\nb\r\n\r\n c \u2028d\u2029\n \u00A0 \ne\rf\n"));

    [Fact]
    public void Blanks_collapse_and_control_characters_go() =>
        Assert.Equal(["Harga beras naik lagi"], Lines("\uFEFFHarga  beras\u00A0naik\t\u0000lagi "));

    [Fact]
    public void Half_a_character_becomes_the_replacement_sign_and_whole_ones_stay() => Assert.Equal(["a\uFFFDb 😀"], Lines("a\ud83d" + "b 😀"));

    [Theory]
    [InlineData("Baca Juga: Judul Lain")]
    [InlineData("baca juga :  Judul Lain ")]
    [InlineData("BACA JUGA:Judul Lain")]
    [InlineData("Baca\u00A0Juga\u00A0: Judul\u00A0Lain")]
    [InlineData("(Baca juga: Judul Lain)")]
    [InlineData("Read also: Judul Lain")]
    [InlineData("اقرأ أيضًا: Judul Lain")]
    public void A_read_also_is_recognised_in_every_spelling(string line) => Assert.Equal(["Awal.", "→ Judul Lain"], Lines("Awal.\n" + line));

    [Fact]
    public void A_sentence_that_begins_like_a_read_also_stays() => Assert.Equal(["Baca juga buku itu."], Lines("Baca juga buku itu."));

    [Fact]
    public void Bare_read_alsos_and_lines_of_punctuation_are_dropped_and_counted()
    {
        var mapped = PlainTextMapper.FromPlainText("a\nBaca Juga\nBaca juga:\n, ,\n---\nb");
        Assert.Equal(["a", "b"], mapped.Body.Blocks.Select(block => ((ParagraphBlock)block).Text.ToString()));
        Assert.Equal(new Dictionary<string, int> { ["bare Baca Juga"] = 2, ["line of punctuation"] = 2 }, mapped.Dropped);
    }

    [Fact]
    public void A_dateline_whose_dash_stands_on_another_line_is_put_together() =>
        Assert.Equal(["Jakarta - Isi.", "Dua."], Lines("Jakarta\n-\n\nIsi.\nDua."));

    [Fact]
    public void A_first_line_that_only_looks_like_a_place_stays_a_paragraph() => Assert.Equal(["Sinopsis Film", "Isi."], Lines("Sinopsis Film\nIsi."));

    [Fact]
    public void An_unchanged_paragraph_keeps_its_id_when_others_change()
    {
        var before = PlainTextMapper.FromPlainText("Satu.\nDua.\nTiga.").Body.Blocks;
        var after = PlainTextMapper.FromPlainText("Baru.\nTiga.\nDua.").Body.Blocks;
        Assert.Equal(before[1].Id, after[2].Id);
        Assert.Equal(before[2].Id, after[1].Id);
        Assert.NotEqual(before[0].Id, after[0].Id);
    }

    [Fact]
    public void Empty_text_is_an_empty_body() => Assert.Empty(PlainTextMapper.FromPlainText(" \n\n").Body.Blocks);
}
