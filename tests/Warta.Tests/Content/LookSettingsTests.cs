using Warta.Content;
using Xunit;

namespace Warta.Tests.Content;

public sealed class LookSettingsTests
{
    [Theory]
    [InlineData("colors.light", "#fbf8f1 #1c1814 #96301a", true)]
    [InlineData("colors.light", "", true)]
    [InlineData("colors.light", "#fff #000 #900", false)]
    [InlineData("colors.light", "#ffffff #000000", false)]
    [InlineData("colors.light", "#ffffff #000000 red", false)]
    [InlineData("colors.light", "#ffffff #000000 #960000;}body{display:none", false)]
    [InlineData("colors.light", "#ffffff #000000 #960000\n", true)]
    [InlineData("colors.light", "#111111 #eeeeee #ffb090", false)]
    [InlineData("colors.dark", "#171411 #e6ded0 #ec8f6c", true)]
    [InlineData("colors.dark", "#fbf8f1 #1c1814 #96301a", false)]
    [InlineData("logo", "logo.png", true)]
    [InlineData("logo", "logo.svg", false)]
    [InlineData("logo", "../logo.png", false)]
    [InlineData("logo", "https://example.com/logo.png", false)]
    [InlineData("font.headlines", "judul.woff2", true)]
    [InlineData("font.headlines", "label", true)]
    [InlineData("font.headlines", "display", false)]
    [InlineData("font.headlines", "x.woff2\");}", false)]
    [InlineData("font.text", "label", true)]
    [InlineData("font.text", "text", false)]
    [InlineData("menu", "nasional, bola/liga-1, Cek Fakta=/tag/cek-fakta", true)]
    [InlineData("menu", "Radio=https://radio.example.com/siar", true)]
    [InlineData("menu", "Radio=javascript:alert(1)", false)]
    [InlineData("menu", "Radio=//evil.example", false)]
    [InlineData("menu", "Surat=mailto:a@example.com", false)]
    [InlineData("menu", "=/kosong", false)]
    [InlineData("menu", "Nasional", false)]
    [InlineData("ads.slots", "top side=300x250/320x50 story", true)]
    [InlineData("ads.slots", "top top", false)]
    [InlineData("ads.slots", "atas", false)]
    [InlineData("ads.slots", "top=971x250/320x100", false)]
    [InlineData("ads.slots", "top=970x250/728x90", false)]
    [InlineData("ads.slots", "story=728x90/320x100", false)]
    [InlineData("ads.slots", "side=336x280/300x250", false)]
    [InlineData("ads.off", "obituari nasional:top,side", true)]
    [InlineData("ads.off", "obituari:atas", false)]
    [InlineData("ads.off", "a;b", false)]
    [InlineData("ads.advertorials", "ya", false)]
    [InlineData("ads.house", "[{\"slot\":\"top\",\"picture\":\"langganan.png\",\"link\":\"/langganan\",\"alt\":\"Berlangganan\"}]", true)]
    [InlineData("ads.house", "[{\"slot\":\"top\",\"picture\":\"langganan.png\",\"link\":\"javascript:alert(1)\",\"alt\":\"x\"}]", false)]
    [InlineData("ads.house", "[{\"slot\":\"top\",\"picture\":\"../a.png\",\"link\":\"/\",\"alt\":\"x\"}]", false)]
    [InlineData("ads.house", "[{\"slot\":\"top\",\"picture\":\"a.png\",\"link\":\"/\",\"alt\":\"\"}]", false)]
    [InlineData("ads.house", "[{\"slot\":\"top\",\"link\":\"/\",\"alt\":\"x\"}]", false)]
    [InlineData("ads.house", "{}", false)]
    public void A_value_is_checked_before_it_is_kept(string key, string value, bool good)
    {
        if (good) Assert.Equal(value.Trim(), TitleSettings.Checked(key, value));
        else Assert.StartsWith($"{key} can't be", Assert.Throws<ContentException>(() => TitleSettings.Checked(key, value)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_colour_too_pale_for_its_paper_is_refused_with_its_contrast() =>
        Assert.Contains("an accent that can be read: #d08060 on #fbf8f1 has a contrast of 2.85 : 1, and text needs 4.5 : 1",
            Assert.Throws<ContentException>(() => TitleSettings.Checked("colors.light", "#fbf8f1 #1c1814 #d08060")).Message, StringComparison.Ordinal);

    [Fact]
    public void Contrast_is_WCAG_s()
    {
        Assert.Equal(21, Colour.Read("#000000").Contrast(Colour.Read("#ffffff")), 3);
        // The well-known grey that just passes.
        Assert.Equal(4.54, Colour.Read("#767676").Contrast(Colour.Read("#ffffff")), 2);
    }

    [Theory]
    [InlineData("#ffffff #1c1814 #005a9c")]
    [InlineData("#fbf8f1 #333333 #96301a")]
    [InlineData("#101418 #d8dee6 #7fb2e5")]
    public void Colours_that_follow_from_a_title_s_own_can_be_read_too(string value)
    {
        var palette = Palette.Read(value)!;
        Assert.True(palette.Soft.Contrast(palette.Paper) >= Palette.LeastContrast && palette.Soft.Contrast(palette.Sheet) >= Palette.LeastContrast);
        Assert.True(palette.Edge.Contrast(palette.Paper) >= 3);
        Assert.True(palette.Deep.Contrast(palette.Paper) >= Palette.LeastContrast);
    }
}
