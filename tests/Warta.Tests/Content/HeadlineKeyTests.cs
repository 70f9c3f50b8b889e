using Warta.Content;
using Xunit;

namespace Warta.Tests.Content;

public sealed class HeadlineKeyTests
{
    [Theory]
    [InlineData("Jokowi: “Kami Siap”", "jokowi - 'kami siap'")]
    [InlineData("  Harga  Emas\u00A0Hari Ini ", "harga emas hari ini!")]
    [InlineData("Timnas Menang 2–0", "TIMNAS MENANG 2-0")]
    [InlineData("أسعار «الذهب»", "أسعار الذهب")]
    public void Quotes_dashes_spaces_and_case_do_not_matter(string one, string other) => Assert.Equal(HeadlineKey.Of(one), HeadlineKey.Of(other));

    [Theory]
    [InlineData("Harga emas naik", "Harga emas turun")]
    [InlineData("Menang 2-0", "Menang 20")]
    [InlineData("Rektor", "Rekt or")]
    public void Words_do(string one, string other) => Assert.NotEqual(HeadlineKey.Of(one), HeadlineKey.Of(other));

    [Theory]
    [InlineData("")]
    [InlineData("?!… “”")]
    [InlineData("🔥")]
    public void A_headline_without_words_has_none(string headline) => Assert.Equal("", HeadlineKey.Of(headline));

    [Fact]
    public void A_long_headline_is_cut_at_300_characters() => Assert.Equal(300, HeadlineKey.Of(new string('x', 500)).Length);
}
