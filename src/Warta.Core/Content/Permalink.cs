using System.Text;
using System.Text.RegularExpressions;

namespace Warta.Content;

/// <summary>
/// How a title makes a story's address. A pattern holds <c>{slug}</c> and what makes it unique: the whole date, or <c>{id}</c>.
/// </summary>
public sealed partial class Permalink
{
    /// <summary><c>{section}</c> is the top section; <c>{sections}</c> would be the whole path of a nested one.</summary>
    public const string Default = "/{section}/{yyyy}/{MM}/{dd}/{slug}";

    private static readonly string[] Names = ["section", "sections", "yyyy", "MM", "dd", "slug", "id"];
    private readonly string _pattern;

    public Permalink(string pattern) => _pattern = pattern;

    /// <summary>What an address says about its story, whatever pattern made it: slugs may repeat from day to day, an id never does.</summary>
    /// <param name="Day">yyyymmdd, or null when the address has no date.</param>
    /// <param name="Id">The number that stands alone or ends the last segment, or null.</param>
    public sealed record Address(string Slug, long? Day, long? Id);

    public string Path(string sectionPath, long day, string slug, long articleId)
    {
        var top = sectionPath.AsSpan();
        if (top.IndexOf('/') is > 0 and var end) top = top[..end];
        if (_pattern == Default) return $"/{Escaped(top.ToString())}/{day / 10000:0000}/{day / 100 % 100:00}/{day % 100:00}/{Escaped(slug)}";
        return new StringBuilder(_pattern)
            .Replace("{sections}", string.Join('/', sectionPath.Split('/').Select(Escaped)))
            .Replace("{section}", Escaped(top.ToString()))
            .Replace("{yyyy}", (day / 10000).ToString("0000"))
            .Replace("{MM}", (day / 100 % 100).ToString("00"))
            .Replace("{dd}", (day % 100).ToString("00"))
            .Replace("{slug}", Escaped(slug))
            .Replace("{id}", articleId.ToString())
            .ToString();
    }

    /// <summary>
    /// Reads an address of this pattern or of one that the title had before. Null when it can't be a story's.
    /// </summary>
    /// <param name="path">Decoded, with its leading slash.</param>
    public static Address? Read(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length == 0 || path.EndsWith('/')) return null;
        var last = segments[^1];
        long? day = null, id = null;
        for (var i = 0; i + 2 < segments.Length; i++)
        {
            if (DaySegments().IsMatch(string.Join('/', segments[i..(i + 3)])))
                day = long.Parse(segments[i] + segments[i + 1] + segments[i + 2]);
        }

        foreach (var segment in segments[..^1])
        {
            if (day is null && segment.Length <= 18 && segment.All(char.IsAsciiDigit)) id = long.Parse(segment);
        }

        if (id is null && EndsInId().Match(last) is { Success: true } match) id = long.Parse(match.Groups[2].Value);
        return day is null && id is null ? null : new Address(last, day, id);
    }

    /// <summary>Null for a pattern that makes every story's address its own, else what it should be.</summary>
    public static string? Check(string pattern)
    {
        var tokens = Token().Matches(pattern).Select(m => m.Groups[1].Value).ToList();
        var literal = Token().Replace(pattern, "x");
        var isDated = pattern.Contains("{yyyy}/{MM}/{dd}", StringComparison.Ordinal);
        var good = pattern.StartsWith('/') && !pattern.EndsWith('/') && !pattern.Contains("//", StringComparison.Ordinal)
            && tokens.All(Names.Contains)
            && Literal().IsMatch(literal)
            && tokens.Count(t => t == "slug") == 1
            && (isDated
                ? pattern.EndsWith("/{slug}", StringComparison.Ordinal)
                // Any other number in the address could be taken for the id.
                : tokens.Count(t => t == "id") == 1 && !tokens.Exists(t => t is "yyyy" or "MM" or "dd")
                    && (pattern.EndsWith("/{slug}-{id}", StringComparison.Ordinal) || pattern.EndsWith("/{id}/{slug}", StringComparison.Ordinal)))
            && !pattern.Split('/').Skip(1).Any(segment => segment.All(char.IsAsciiDigit))
            && !Slug.IsReserved(pattern.Split('/')[1]);
        return good ? null : $"a path that ends in {{yyyy}}/{{MM}}/{{dd}}/{{slug}}, {{id}}/{{slug}} or {{slug}}-{{id}}; before it {{section}}, {{sections}} or plain words (default {Default})";
    }

    private static string Escaped(string segment) => Uri.EscapeDataString(segment);

    [GeneratedRegex(@"^[0-9]{4}/(0[1-9]|1[0-2])/(0[1-9]|[12][0-9]|3[01])$")]
    private static partial Regex DaySegments();

    [GeneratedRegex(@"^(.+)-([0-9]{1,18})$")]
    private static partial Regex EndsInId();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Token();

    [GeneratedRegex(@"^[a-zA-Z0-9/_-]+$")]
    private static partial Regex Literal();
}
