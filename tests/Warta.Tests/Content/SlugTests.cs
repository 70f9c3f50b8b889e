using System.Text;
using Warta.Content;
using Xunit;

namespace Warta.Tests.Content;

public sealed class SlugTests
{
    [Theory]
    [InlineData("Jokowi Resmikan Tol Baru, Ini Tarifnya!", "jokowi-resmikan-tol-baru-ini-tarifnya")]
    [InlineData("Shalat Jum'at di Ma’had Al-Qur‘an", "shalat-jumat-di-mahad-al-quran")]
    [InlineData("Harga Emas 24K: Rp1.500.000/gram", "harga-emas-24k-rp1-500-000-gram")]
    [InlineData("L'été à Besançon : où dîner ?", "lete-a-besancon-ou-diner")]
    [InlineData("Œuvre d’Ærø, Straße & Łódź", "oeuvre-daero-strasse-lodz")]
    [InlineData("\u212Bngström, \u1E9E", "angstrom-ss")]
    [InlineData("e\u0301te\u0301", "ete")]
    [InlineData("أسعار الذهب اليوم في مصر", "أسعار-الذهب-اليوم-في-مصر")]
    [InlineData("كِتَابٌ", "كتاب")]
    [InlineData("東京 2020", "東京-2020")]
    [InlineData("  --Banjir--  ", "banjir")]
    [InlineData("🔥 Viral 🔥 Video 🔥", "viral-video")]
    [InlineData("🔥🔥", "")]
    [InlineData("…", "")]
    [InlineData("", "")]
    public void A_headline_becomes_the_words_of_an_address(string headline, string slug) => Assert.Equal(slug, Slug.From(headline));

    [Fact]
    public void A_headline_of_500_characters_is_cut_at_a_word()
    {
        var slug = Slug.From(string.Concat(Enumerable.Repeat("kebakaran hutan ", 32))[..500]);
        Assert.InRange(slug.Length, 70, 90);
        Assert.EndsWith("-kebakaran", slug, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("ا")]
    [InlineData("東")]
    [InlineData("𝕏")]
    [InlineData("a𝕏")]
    public void One_long_word_is_cut_between_letters(string letter)
    {
        var slug = Slug.From(string.Concat(Enumerable.Repeat(letter, 500)));
        Assert.InRange(slug.Length, 88, 90);
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(slug)));
    }

    [Fact]
    public void Any_text_makes_a_slug_that_makes_itself()
    {
        var random = new Random(20241202);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(0, 130)).Select(_ => random.Next(4) switch
            {
                0 => (char)random.Next(0x20, 0x7F),
                1 => (char)random.Next(0xA0, 0x250),
                2 => (char)random.Next(0x600, 0x700),
                _ => (char)random.Next(0, 0x10000),
            })]);
            var slug = Slug.From(text);
            Assert.Equal(slug, Slug.From(slug));
            Assert.InRange(slug.Length, 0, 90);
            Assert.DoesNotContain(slug, c => c is '/' or '?' or '#' or '%' or '.' or ' ' or '\'' or '"' or '<' || char.IsControl(c));
            Assert.DoesNotContain("--", slug, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("search")]
    [InlineData("newsroom")]
    [InlineData("2024")]
    [InlineData("")]
    public void Wartas_own_addresses_are_reserved(string slug) => Assert.True(Slug.IsReserved(slug));
}
