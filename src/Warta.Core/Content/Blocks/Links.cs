using System.Buffers;
using System.Text;

namespace Warta.Content;

/// <summary>Which addresses Warta prints. A list of what is good, not of what is bad: browsers read a bad address in too many ways.</summary>
public static class Links
{
    internal const string Allowed = "use http, https, mailto or tel, or a path on this site that starts with one /";

    private const int MaxLength = 4_096;

    /// <summary>Quotes and brackets could leave an attribute, a backslash is a slash to browsers, blanks vanish.</summary>
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(" \"'<>\\`{}|^");

    /// <summary>Of these, what people leave in a path and <see cref="Normalise"/> escapes.</summary>
    private static readonly SearchValues<char> Escapable = SearchValues.Create(" \"'<>`{}|^");

    private static readonly SearchValues<char> TelephoneCharacters = SearchValues.Create("0123456789+-().*#;,=abcdefghijklmnopqrstuvwxyz");

    /// <summary>True when the address may stand in an <c>href</c> as it is.</summary>
    public static bool IsAllowed(string? href)
    {
        if (href is null || href.Length is 0 or > MaxLength || ContainsInvisible(href) || href.AsSpan().ContainsAny(Forbidden))
            return false;
        if (href[0] == '/')
            return href.Length == 1 || href[1] != '/';

        var colon = href.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return false;
        var rest = href.AsSpan(colon + 1);
        return href[..colon].ToLowerInvariant() switch
        {
            "http" or "https" => IsAuthorityAndPath(rest),
            "mailto" => rest.Length >= 3 && rest.IndexOf('@') > 0 && rest.IndexOf("%0") < 0,
            "tel" => rest.Length > 0 && rest.ContainsAnyInRange('0', '9') && !rest.ContainsAnyExcept(TelephoneCharacters),
            _ => false,
        };
    }

    /// <summary>
    /// The address as we store it: without blanks around it, scheme in lower case, blanks and quotes inside escaped.
    /// Null when it is not one that Warta prints.
    /// </summary>
    public static string? Normalise(string? href)
    {
        if (href is null)
            return null;
        href = href.Trim(' ', '\t', '\r', '\n', '\f');
        if (href.AsSpan().ContainsAny(Escapable))
        {
            // Only behind the host: what is odd before it is odd on purpose.
            var start = href[0] == '/' ? 0 : href.IndexOf("://", StringComparison.Ordinal);
            var path = start < 0 ? -1 : href.IndexOfAny(['/', '?', '#'], start == 0 ? 0 : start + 3);
            if (path < 0)
                return null;
            href = Escape(href, path);
        }
        var colon = href.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && href[0] != '/')
            href = string.Concat(href[..colon].ToLowerInvariant(), href.AsSpan(colon));
        return IsAllowed(href) ? href : null;
    }

    /// <summary>True for what may stand in an image's <c>src</c>: http, https or a path on this site.</summary>
    public static bool IsAllowedImage(string? src) =>
        IsAllowed(src) && (src![0] == '/' || src.StartsWith("http", StringComparison.OrdinalIgnoreCase));

    /// <summary>True when a reader who follows the link stays: a path, or an address on <paramref name="host"/>.</summary>
    public static bool IsSameSite(string href, string? host)
    {
        if (href[0] == '/')
            return true;
        var start = href.IndexOf("://", StringComparison.Ordinal);
        if (start < 0 || string.IsNullOrEmpty(host))
            return false;
        var authority = href.AsSpan(start + 3);
        var end = authority.IndexOfAny('/', '?', '#');
        return (end < 0 ? authority : authority[..end]).Equals(host, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsAuthorityAndPath(ReadOnlySpan<char> rest)
    {
        if (!rest.StartsWith("//"))
            return false;
        rest = rest[2..];
        var end = rest.IndexOfAny('/', '?', '#');
        var authority = end < 0 ? rest : rest[..end];

        // No '@': a name before it poses as the host. Other signs no host has.
        var port = authority.LastIndexOf(':');
        if (port >= 0 && authority[^1] != ']')
        {
            if (authority[(port + 1)..].ContainsAnyExceptInRange('0', '9'))
                return false;
            authority = authority[..port];
        }
        if (authority.IsEmpty || authority[0] == '.')
            return false;
        var bracketed = authority[0] == '[' && authority[^1] == ']';
        foreach (var c in authority)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('.' or '-' or '_') && !(bracketed && c is '[' or ']' or ':') && !IsMark(c))
                return false;
        }
        return true;
    }

    // Vowel signs of Indic and Arabic names of hosts.
    private static bool IsMark(char c) => c > 0x7F && char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark;

    private static bool ContainsInvisible(string href)
    {
        foreach (var c in href)
        {
            if (char.IsControl(c) || (c > 0x7F && (char.IsWhiteSpace(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format)))
                return true;
        }
        return false;
    }

    private static string Escape(string href, int from)
    {
        var escaped = new StringBuilder(href.Length + 16).Append(href, 0, from);
        foreach (var c in href.AsSpan(from))
        {
            if (Escapable.Contains(c))
                escaped.Append('%').Append(((int)c).ToString("X2"));
            else
                escaped.Append(c);
        }
        return escaped.ToString();
    }
}
