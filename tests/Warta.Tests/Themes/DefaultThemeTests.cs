using System.IO.Compression;
using System.Text.RegularExpressions;
using Warta.House;
using Xunit;

namespace Warta.Themes;

/// <summary>What the default theme may weigh, and what never stands in it.</summary>
public sealed partial class DefaultThemeTests
{
    [Fact]
    public void The_style_sheet_stays_under_30_KB() => Assert.InRange(File.ReadAllBytes(Asset("warta.css")).Length, 1, 30 << 10);

    [Fact]
    public void The_scripts_stay_under_6_KB_compressed() => Assert.InRange(Compressed("warta.js") + Compressed("consent.js"), 1, 6 * 1024);

    [Fact]
    public void No_template_holds_a_script_or_a_style_of_its_own()
    {
        foreach (var file in Directory.EnumerateFiles(Checkout.Path("themes", "warta", "templates"), "*.hbs", SearchOption.AllDirectories))
            Assert.DoesNotMatch(Inline(), File.ReadAllText(file));
    }

    private static string Asset(string name) => Checkout.Path("themes", "warta", "assets", name);

    private static int Compressed(string name)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(File.ReadAllBytes(Asset(name)));
        return (int)packed.Length;
    }

    [GeneratedRegex(@"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(\ssrc=|application/ld\+json))", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();
}
