using System.Text;

namespace Warta.Content;

/// <summary>
/// Cuts text into terms: runs of letters, digits and marks, in lower case, Latin and Arabic letters without their marks. Search and related stories see
/// the same words.
/// </summary>
public static class Terms
{
    /// <summary>Longer runs are no words (encoded data, long URLs) and are cut here.</summary>
    public const int Longest = 40;

    /// <summary>Calls <paramref name="take"/> with each term; the span lives only during the call.</summary>
    public static void Each(ReadOnlySpan<char> text, Action<ReadOnlySpan<char>> take)
    {
        Span<char> term = stackalloc char[Longest];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            {
                if (length < Longest) term[length++] = c;
            }
            else if (IsMark(c))
            {
            }
            else if (Latin.Plain(c) is { } plain)
            {
                if (plain.TryCopyTo(term[length..])) length += plain.Length;
            }
            else if (char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark)
            {
                if (length < Longest) term[length++] = char.ToLowerInvariant(c);
            }
            else if (Rune.TryCreate(c, i + 1 < text.Length ? text[i + 1] : '\0', out var pair))
            {
                // Half a pair is no letter, and no database takes it.
                if (length + 2 <= Longest) length += Rune.ToLowerInvariant(pair).EncodeToUtf16(term[length..]);
                i++;
            }
            else if (length > 0)
            {
                take(term[..length]);
                length = 0;
            }
        }

        if (length > 0) take(term[..length]);
    }

    /// <summary>Accents that stand after their letter, Arabic vowel signs and the tatweel: people leave them out when they search.</summary>
    private static bool IsMark(char c) => c is >= '\u0300' and <= '\u036F' or >= '\u064B' and <= '\u0652' or '\u0670' or '\u0640';

    /// <summary>FNV-1a over UTF-16, 32 bits: a term's name in the related index, equal on every machine. 0 is never returned.</summary>
    public static uint Hash(ReadOnlySpan<char> term)
    {
        var hash = 2166136261u;
        foreach (var c in term)
        {
            hash = (hash ^ (byte)c) * 16777619;
            hash = (hash ^ (byte)(c >> 8)) * 16777619;
        }

        return hash == 0 ? 1 : hash;
    }
}
