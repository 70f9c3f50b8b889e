using System.Globalization;
using System.Text.RegularExpressions;

namespace Warta.Content;

/// <summary>A title's colours in one scheme: the paper, the ink on it, and the accent of links and labels. The setting holds the three together, so that they can be checked against each other.</summary>
public sealed partial record Palette(Colour Paper, Colour Ink, Colour Accent)
{
    /// <summary>WCAG 2.2, success criterion 1.4.3, for text of any size.</summary>
    public const double LeastContrast = 4.5;

    /// <summary>Null for an empty value: the theme's own.</summary>
    public static Palette? Read(string value)
    {
        var match = Three().Match(value);
        return match.Success ? new Palette(Colour.Read(match.Groups[1].Value), Colour.Read(match.Groups[2].Value), Colour.Read(match.Groups[3].Value)) : null;
    }

    /// <summary>Null for colours that can be read on their paper, else what they should be.</summary>
    public static Func<string, string?> Check(bool isDark) => value =>
    {
        if (value.Length == 0) return null;
        if (Read(value) is not { } palette) return $"three colours, paper, ink and accent, such as {(isDark ? "#171411 #e6ded0 #ec8f6c" : "#fbf8f1 #1c1814 #96301a")}";
        foreach (var (name, colour) in new[] { ("ink", palette.Ink), ("accent", palette.Accent) })
        {
            foreach (var (ground, of) in new[] { (palette.Paper, ""), (palette.Sheet, ", the ground of boxes,") })
            {
                var ratio = colour.Contrast(ground);
                // Never rounded up: 4.49 isn't 4.5.
                if (ratio < LeastContrast) return string.Create(CultureInfo.InvariantCulture, $"an {name} that can be read: {colour} on {ground}{of} has a contrast of {Math.Floor(ratio * 100) / 100:0.00} : 1, and text needs {LeastContrast} : 1");
            }
        }

        return palette.Paper.Luminance < palette.Ink.Luminance == isDark ? null : isDark ? "a paper that is darker than its ink" : "a paper that is lighter than its ink";
    };

    /// <summary>The ground of boxes and footers.</summary>
    public Colour Sheet => Paper.Towards(Ink, .05);

    /// <summary>Rules between stories.</summary>
    public Colour Line => Paper.Towards(Ink, .18);

    /// <summary>Borders of what can be used: 3 : 1 on the paper.</summary>
    public Colour Edge => Weakest(3);

    /// <summary>Lesser text: as pale as it may be.</summary>
    public Colour Soft => Weakest(LeastContrast + .5);

    /// <summary>The accent of what is pointed at.</summary>
    public Colour Deep => Accent.Towards(Ink, .35);

    private Colour Weakest(double contrast) =>
        Enumerable.Range(20, 80).Select(percent => Paper.Towards(Ink, percent / 100.0)).FirstOrDefault(c => c.Contrast(Sheet) >= contrast) ?? Ink;

    [GeneratedRegex(@"\A(#[0-9a-fA-F]{6}) +(#[0-9a-fA-F]{6}) +(#[0-9a-fA-F]{6})\z")]
    private static partial Regex Three();
}

/// <summary>A colour of the screen, sRGB.</summary>
public sealed record Colour(byte Red, byte Green, byte Blue)
{
    /// <param name="hex">"#96301a".</param>
    public static Colour Read(string hex) => new(Part(hex, 1), Part(hex, 3), Part(hex, 5));

    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    /// <summary>Relative luminance as WCAG 2.2 defines it, 0 to 1.</summary>
    public double Luminance => .2126 * Linear(Red) + .7152 * Linear(Green) + .0722 * Linear(Blue);

    /// <summary>Contrast ratio as WCAG 2.2 defines it, 1 to 21.</summary>
    public double Contrast(Colour other)
    {
        var (a, b) = (Luminance, other.Luminance);
        return (Math.Max(a, b) + .05) / (Math.Min(a, b) + .05);
    }

    public Colour Towards(Colour other, double share) => new(Mix(Red, other.Red, share), Mix(Green, other.Green, share), Mix(Blue, other.Blue, share));

    private static byte Mix(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * share));

    private static byte Part(string hex, int at) => byte.Parse(hex.AsSpan(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static double Linear(byte part) => part / 255.0 is var c && c <= .04045 ? c / 12.92 : Math.Pow((c + .055) / 1.055, 2.4);
}
