using System.Text;

namespace Warta.Content;

/// <summary>The words of a URL. Latin letters lose their marks; letters of other scripts stay (browsers show them).</summary>
public static class Slug
{
    /// <summary>First path segments that are Warta's own: no section, page or title may take them.</summary>
    private static readonly HashSet<string> Reserved =
    [
        "tag", "author", "penulis", "index", "indeks", "search", "cari", "popular", "terpopuler", "corrections", "takedowns", "newsroom", "api",
        "ghost", "_", "healthz", "readyz", "metrics", "assets", "media", "rss", "feed", "atom", "sitemap", "redaksi", "pedoman-media-siber",
        "privasi", "kontak", "robots", "ads", "favicon", "well-known", "page", "halaman", "preview",
    ];

    private const int Longest = 90;

    // Latin-1 Supplement and Latin Extended-A, from U+00C0 on; a dot is a letter that stands for itself by other rules below.
    private const string Folded =
        "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.yaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkkllllllllllnnnnnnnnnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    /// <summary>
    /// At most 90 characters, cut at a word: lower case, words joined by single hyphens. Empty when the text has no letter or digit.
    /// </summary>
    public static string From(string text)
    {
        var slug = new StringBuilder(Math.Min(text.Length, 200));
        foreach (var rune in text.EnumerateRunes())
        {
            if (slug.Length > Longest) break;
            var lower = Rune.ToLowerInvariant(rune);
            if (lower.Value is >= 0xC0 and < 0x180) AppendLatin(slug, lower.Value);
            else if (Rune.IsLetterOrDigit(rune)) slug.Append(lower);
            else if (IsSilent(rune)) continue;
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        if (slug.Length > Longest)
        {
            var cut = slug.ToString(0, Longest);
            var lastWord = cut.LastIndexOf('-');
            // A cut inside a surrogate pair would leave half a letter.
            if (lastWord <= 0 && char.IsHighSurrogate(cut[^1])) cut = cut[..^1];
            return (lastWord > 0 ? cut[..lastWord] : cut).Trim('-');
        }

        return slug.ToString().Trim('-');
    }

    /// <summary>True where a section of this slug would hide one of Warta's own addresses.</summary>
    public static bool IsReserved(string slug) => Reserved.Contains(slug) || slug.Length == 0 || slug.All(char.IsAsciiDigit);

    /// <summary>An apostrophe or a combining mark joins what stands around it: "Jum'at" → "jumat".</summary>
    private static bool IsSilent(Rune rune) =>
        rune.Value is '\'' or 0x2018 or 0x2019 or 0x02BC || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark;

    private static void AppendLatin(StringBuilder slug, int value)
    {
        switch (value)
        {
            case 0xC6 or 0xE6: slug.Append("ae"); break;
            case 0xD7 or 0xF7: if (slug.Length > 0 && slug[^1] != '-') slug.Append('-'); break;
            case 0xDE or 0xFE: slug.Append("th"); break;
            case 0x132 or 0x133: slug.Append("ij"); break;
            case 0x152 or 0x153: slug.Append("oe"); break;
            case 0xDF: slug.Append("ss"); break;
            default:
                var letter = value - 0xC0 < Folded.Length ? Folded[value - 0xC0] : '.';
                if (letter == '.') slug.Append(Rune.ToLowerInvariant(new Rune(value)));
                else slug.Append(letter);
                break;
        }
    }
}
