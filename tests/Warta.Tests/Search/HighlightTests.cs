using Warta.Search;
using Xunit;

namespace Warta.Tests.Search;

public sealed class HighlightTests
{
    [Theory]
    [InlineData("buku", "Buku-buku & \"bukunya\" <b>", "<mark>Buku</mark>-<mark>buku</mark> &amp; &quot;<mark>bukunya</mark>&quot; &lt;b&gt;", "id")]
    [InlineData("cafe", "Café baru", "<mark>Café</mark> baru", "id")]
    [InlineData("كتاب", "قرأ الْكِتَابَ أمس", "قرأ <mark>الْكِتَابَ</mark> أمس", "ar")]
    [InlineData("running", "He runs a run", "He <mark>runs</mark> a <mark>run</mark>", "en")]
    [InlineData("\"naik harga\"", "Harga naik, lalu naik harga lagi", "Harga naik, lalu <mark>naik</mark> <mark>harga</mark> lagi", "id")]
    [InlineData("\"buku\"", "Buku dan bukunya", "<mark>Buku</mark> dan bukunya", "id")]
    [InlineData("harga yang naik", "Yang naik harga", "Yang <mark>naik</mark> <mark>harga</mark>", "id")]
    [InlineData("script", "<script>alert('x')</script>", "&lt;<mark>script</mark>&gt;alert(&#39;x&#39;)&lt;/<mark>script</mark>&gt;", "id")]
    [InlineData("senyum", "😀 senyum 😀", "😀 <mark>senyum</mark> 😀", "id")]
    public void Words_are_marked_as_they_stand(string query, string text, string html, string language) =>
        Assert.Equal(html, new Highlight(WordQuery.Of(query)).Whole(text, language));

    [Fact]
    public void A_snippet_is_the_standfirst_or_the_passage_that_holds_more_of_the_words()
    {
        var highlight = new Highlight(WordQuery.Of("banjir demak"));
        var body = string.Join(' ', Enumerable.Repeat("kata", 60)) + " banjir sendiri.\nHujan turun sejak pagi di Demak, dan banjir datang sore itu. " + string.Join(' ', Enumerable.Repeat("akhir", 60));
        Assert.Equal("<mark>Banjir</mark> di <mark>Demak</mark>.", highlight.Snippet("Banjir di Demak.", body, "id"));
        var snippet = highlight.Snippet("Banjir lagi.", body, "id");
        Assert.StartsWith("… ", snippet);
        Assert.EndsWith(" …", snippet);
        Assert.Contains("di <mark>Demak</mark>, dan <mark>banjir</mark> datang", snippet);
        Assert.Equal("Tanpa kata itu.", highlight.Snippet("Tanpa kata itu.", "Isi.", "id"));
        Assert.Equal("Isi.", highlight.Snippet("", "Isi.", "id"));
        Assert.Equal("", highlight.Snippet("", "", "id"));
    }

    [Fact]
    public void A_text_without_blanks_makes_no_endless_snippet() =>
        Assert.InRange(new Highlight(WordQuery.Of("東京")).Snippet("", new string('京', 5_000), "ja").Length, 1, 400);
}
