using System.Net;
using System.Text;

namespace Warta.Content;

/// <summary>
/// The parser's time grows with the square of the nesting, so tags by the hundred thousand inside each other would hold
/// a server for hours. No story nests like that; such markup is an attack or broken, and only its text is kept.
/// </summary>
internal static class DeepMarkup
{
    public const int MaxDepth = 2_000;

    /// <summary>A guess from the tags alone: how many are open at the deepest place. Tags that close themselves don't count.</summary>
    public static bool IsTooDeep(string html)
    {
        var depth = 0;
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 2 < html.Length; at = html.IndexOf('<', at + 1))
        {
            var closes = html[at + 1] == '/';
            var name = NameAt(html, closes ? at + 2 : at + 1);
            if (name.IsEmpty || ClosesItself(name))
                continue;
            depth = Math.Max(0, depth + (closes ? -1 : 1));
            if (depth > MaxDepth)
                return true;
        }
        return false;
    }

    /// <summary>The text between the tags, a line for each piece.</summary>
    public static string TextOf(string html)
    {
        var text = new StringBuilder();
        var at = 0;
        while (at < html.Length)
        {
            var tag = html.IndexOf('<', at);
            if (tag < 0)
                tag = html.Length;
            text.Append(html, at, tag - at).Append('\n');
            if (tag == html.Length)
                break;
            var name = NameAt(html, tag + 1);
            var end = name.Equals("script", StringComparison.OrdinalIgnoreCase) || name.Equals("style", StringComparison.OrdinalIgnoreCase)
                ? html.IndexOf($"</{name}", tag, StringComparison.OrdinalIgnoreCase)
                : tag;
            end = end < 0 ? -1 : html.IndexOf('>', end);
            at = end < 0 ? html.Length : end + 1;
        }
        return WebUtility.HtmlDecode(text.ToString());
    }

    private static ReadOnlySpan<char> NameAt(string html, int start)
    {
        var end = start;
        while (end < html.Length && char.IsAsciiLetterOrDigit(html[end]))
            end++;
        return start < html.Length && char.IsAsciiLetter(html[start]) ? html.AsSpan(start, end - start) : default;
    }

    private static bool ClosesItself(ReadOnlySpan<char> name)
    {
        foreach (var other in (ReadOnlySpan<string>)["p", "br", "li", "img", "hr", "td", "tr", "th", "dt", "dd", "option", "input", "meta", "link", "source", "track", "wbr", "col", "embed", "area", "param"])
        {
            if (name.Equals(other, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
