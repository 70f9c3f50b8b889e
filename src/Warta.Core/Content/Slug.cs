using System.Text;

namespace Warta.Content;

/// <summary>The words of a URL. Latin letters lose their marks; letters of other scripts stay (browsers show them).</summary>
public static class Slug
{
    /// <summary>First path segments that are Warta's own: no section, page or title may take them.</summary>
    private static readonly HashSet<string> Reserved =
    [
        "tag", "author", "penulis", "index", "indeks", "search", "cari", "popular", "terpopuler", "corrections", "takedowns", "newsroom", "api",
        "ghost", "_", "healthz", "readyz", "metrics", "assets", "media", "rss", "feed", "atom", "sitemap", "robots", "ads", "favicon", "well-known", "page", "halaman", "preview",
    ];

    /// <summary>Pages that a newspaper has, or will have.</summary>
    private static readonly HashSet<string> ForPages = ["redaksi", "pedoman-media-siber", "privasi", "kontak"];

    private const int Longest = 90;

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
            if (lower.Value is >= 0xC0 and < 0x180 && Latin.Plain((char)lower.Value) is { } plain) slug.Append(plain);
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
    public static bool IsReserved(string slug) => Reserved.Contains(slug) || ForPages.Contains(slug) || slug.Length == 0 || slug.All(char.IsAsciiDigit);

    /// <summary>True for an address that is kept for a standing page.</summary>
    public static bool IsStandingPage(string slug) => ForPages.Contains(slug);

    /// <summary>An apostrophe or a combining mark joins what stands around it: "Jum'at" → "jumat".</summary>
    private static bool IsSilent(Rune rune) =>
        rune.Value is '\'' or 0x2018 or 0x2019 or 0x02BC || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark;
}
