namespace Warta.Reader;

/// <summary>What <c>/search</c> understands. A key that can't be read counts as not given.</summary>
internal sealed record SearchQuery(string Words, string Section, string Author, DateOnly? From, DateOnly? To, bool ByDate)
{
    private const int Longest = 500;

    public static SearchQuery Of(IQueryCollection query) => new(
        query["q"].ToString() is { Length: > Longest } longer ? longer[..Longest] : query["q"].ToString().Trim(),
        query["section"].ToString(),
        query["author"].ToString(),
        Date(query["from"]),
        Date(query["to"]),
        query["sort"] == "date");

    public static DateOnly? Date(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", out var date) && date.Year is >= 1900 and < 2200 ? date : null;
}
