using System.Buffers;
using System.Text;

namespace Warta.Content;

/// <summary>
/// One line of text as we keep it: no control characters, single spaces, no space at either end. Marks that Arabic needs
/// (joiners, direction marks) stay.
/// </summary>
public static class CleanText
{
    private const char ByteOrderMark = '\uFEFF';

    // Embeddings and overrides of direction: one left open turns round whatever a page prints after it.
    private const char FirstOverride = '\u202A', LastOverride = '\u202E';

    private static readonly SearchValues<char> Unclean = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x22)).Concat(Enumerable.Range(FirstOverride, 5)).Concat(Enumerable.Range(0xD800, 0x800)).Select(i => (char)i),
         '\u2007', '\u2028', '\u2029', '\u202F', ByteOrderMark]);

    /// <summary>Cleans a whole value. With <paramref name="keepEnds"/> spaces at the ends and runs of spaces stay: a span's "word " needs its space.</summary>
    public static string Of(string text, bool keepEnds = false)
    {
        if (!text.AsSpan().ContainsAny(Unclean))
        {
            if (keepEnds || (text.Length > 0 && text[0] != ' ' && text[^1] != ' ' && !text.Contains("  ", StringComparison.Ordinal)))
                return text;
        }
        return Of(text.AsSpan(), keepEnds);
    }

    public static string Of(ReadOnlySpan<char> text, bool keepEnds = false)
    {
        if (!keepEnds)
            text = text.Trim();
        if (!text.ContainsAny(Unclean) && (keepEnds || text.IndexOf("  ") < 0))
            return text.ToString();

        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (IsSpace(c))
            {
                if (keepEnds || (clean.Length > 0 && clean[^1] != ' '))
                    clean.Append(' ');
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                clean.Append(c).Append(text[++i]);
            }
            else if (char.IsSurrogate(c))
            {
                clean.Append('\uFFFD');
            }
            else if (!char.IsControl(c) && c != ByteOrderMark && c is < FirstOverride or > LastOverride)
            {
                clean.Append(c);
            }
        }
        if (!keepEnds && clean.Length > 0 && clean[^1] == ' ')
            clean.Length--;
        return clean.ToString();
    }

    /// <summary>True for any blank, and for the line breaks that became one.</summary>
    public static bool IsSpace(char c) => c is ' ' or '\u00A0' or '\t' or '\n' or '\r' || (c > 0x7F && char.IsWhiteSpace(c)) || c is '\v' or '\f';

    /// <summary>True for a line that says nothing: commas, dashes and dots that a scraper left behind.</summary>
    public static bool IsPunctuationOnly(ReadOnlySpan<char> line)
    {
        foreach (var c in line)
        {
            if (char.IsAsciiLetterOrDigit(c))
                return false;
            if (!char.IsPunctuation(c) && !char.IsWhiteSpace(c) && !char.IsControl(c) && c is not ('|' or '+' or '=' or '~' or '^' or '`' or '<' or '>')
                && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format)
                return false;
        }
        return true;
    }
}
