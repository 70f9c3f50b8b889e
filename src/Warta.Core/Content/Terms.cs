namespace Warta.Content;

/// <summary>Cuts text into terms: runs of letters, digits and marks, in lower case. Search and related stories see the same words.</summary>
public static class Terms
{
    /// <summary>Longer runs are no words (encoded data, long URLs) and are cut here.</summary>
    public const int Longest = 40;

    /// <summary>Calls <paramref name="take"/> with each term; the span lives only during the call.</summary>
    public static void Each(ReadOnlySpan<char> text, Action<ReadOnlySpan<char>> take)
    {
        Span<char> term = stackalloc char[Longest];
        var length = 0;
        var before = '\0';
        foreach (var c in text)
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            {
                if (length < Longest) term[length++] = c;
            }
            else if (char.IsSurrogate(c))
            {
                // Half a character is none, and PostgreSQL won't have it: a pair is taken whole or not at all.
                if (char.IsLowSurrogate(c) && char.IsHighSurrogate(before) && length + 2 <= Longest) (term[length], term[length + 1], length) = (before, c, length + 2);
            }
            else if (char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark)
            {
                if (length < Longest) term[length++] = char.ToLowerInvariant(c);
            }
            else if (length > 0)
            {
                take(term[..length]);
                length = 0;
            }

            before = c;
        }

        if (length > 0) take(term[..length]);
    }

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
