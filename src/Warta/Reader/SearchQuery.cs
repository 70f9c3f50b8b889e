using Warta.Content;

namespace Warta.Reader;

/// <summary>
/// What <c>/search</c> understands. A day that is none counts as not given, as the form then shows; two days in the wrong order change places.
/// </summary>
internal sealed record SearchQuery(string Words, string Section, string Author, DateOnly? From, DateOnly? To, bool ByDate)
{
    private const int Longest = 10_000, LongestName = 200;

    public bool IsNarrowed => Section.Length > 0 || Author.Length > 0 || From is not null || To is not null || ByDate;

    public bool IsEmpty => Words.Length == 0 && Section.Length == 0 && Author.Length == 0 && From is null && To is null;

    public static SearchQuery Of(IQueryCollection query)
    {
        var (from, to) = (Date(query["from"]), Date(query["to"]));
        if (from > to) (from, to) = (to, from);
        return new SearchQuery(Text(query["q"], Longest), Text(query["section"], LongestName), Text(query["author"], LongestName), from, to, query["sort"] == "date");
    }

    public static DateOnly? Date(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", out var date) && date.Year is >= 1900 and < 2200 ? date : null;

    /// <summary>The address that asks this, without a page.</summary>
    /// <param name="words">Other words in place of these.</param>
    public string Address(string? words = null) => "/search" + QueryString.Create(new Dictionary<string, string?>
    {
        ["q"] = words ?? Words,
        ["section"] = Section,
        ["author"] = Author,
        ["from"] = Day(From),
        ["to"] = Day(To),
        ["sort"] = ByDate ? "date" : "",
    }.Where(pair => !string.IsNullOrEmpty(pair.Value)));

    public static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd") ?? "";

    private static string Text(string? text, int longest) => CleanText.Of(text is null ? "" : text.Length > longest ? text[..longest] : text);
}
