using System.Text;

namespace Warta.Content;

/// <summary>
/// Cuts text into terms: runs of letters, digits and marks, in lower case, Latin and Arabic letters without their marks, digits of any script as 0–9. Search and
/// related stories see the same words.
/// </summary>
public static class Terms
{
    /// <summary>Longer runs are no words (encoded data, long URLs) and are cut here.</summary>
    public const int Longest = 40;

    /// <param name="term">Lives only during the call.</param>
    /// <param name="start">Where the term's first character stands in the text.</param>
    /// <param name="end">Where the character after its last one stands.</param>
    public delegate void Take(ReadOnlySpan<char> term, int start, int end);

    /// <summary>Calls <paramref name="take"/> with each term; the span lives only during the call.</summary>
    public static void Each(ReadOnlySpan<char> text, Action<ReadOnlySpan<char>> take) => Each(text, (term, _, _) => take(term));

    /// <summary>Each term with its place, for those who mark words in the text.</summary>
    public static void Each(ReadOnlySpan<char> text, Take take)
    {
        Span<char> term = stackalloc char[Longest];
        var length = 0;
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (length == 0) start = i;
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
                if (length < Longest) term[length++] = Folded(c);
            }
            else if (Rune.TryCreate(c, i + 1 < text.Length ? text[i + 1] : '\0', out var pair))
            {
                // Half a pair is no letter, and no database takes it.
                if (length + 2 <= Longest) length += Rune.ToLowerInvariant(pair).EncodeToUtf16(term[length..]);
                i++;
            }
            else if (length > 0)
            {
                take(term[..length], start, i);
                length = 0;
            }
        }

        if (length > 0) take(term[..length], start, text.Length);
    }

    /// <summary>Accents that stand after their letter, Arabic vowel signs and the tatweel: people leave them out when they search.</summary>
    private static bool IsMark(char c) => c is >= '\u0300' and <= '\u036F' or >= '\u064B' and <= '\u0652' or '\u0670' or '\u0640';

    /// <summary>Arabic letters that people write one for the other become one: the forms of alef, the two final ya, ta marbuta and ha.</summary>
    private static char Folded(char c) => c switch
    {
        'أ' or 'إ' or 'آ' or 'ٱ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        > '\u007F' when char.IsDigit(c) => (char)('0' + (int)char.GetNumericValue(c)),
        _ => char.ToLowerInvariant(c),
    };

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
