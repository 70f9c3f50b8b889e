using System.Text.RegularExpressions;
using Warta.Content;
using Warta.Search;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>404 and 410: real pages that lead on to what is there.</summary>
public static partial class AbsentPage
{
    private const int Suggested = 5, MostWords = 12, LongestAddress = 300;

    /// <param name="path">The address that nothing stands at, decoded: its words may tell what the reader was after.</param>
    public static Page NotFound(Site site, Title title, Session session, string path)
    {
        var words = WordsOf(path);
        return Compose(site, title, session, 404, title.Words.NotFoundHeading, title.Words.NotFoundText, null, string.Join(' ', words), Nearby(site, title, path), Suggestions(site, title, session, words));
    }

    public static Page Gone(Site site, Title title, Session session, Addresses.Gone gone) =>
        Compose(site, title, session, 410, title.Words.GoneHeading, title.Words.GoneText, gone, "", [], []);

    /// <summary>What editors say is gone: there is nothing to search for.</summary>
    public static Page GoneForGood(Site site, Title title, Session session) => Compose(site, title, session, 410, title.Words.NotFoundHeading, title.Words.NotFoundText, null, "", [], []);

    private static Page Compose(Site site, Title title, Session session, int status, string heading, string text, Addresses.Gone? gone, string query, IReadOnlyList<Link> nearby, IReadOnlyList<Story> suggestions)
    {
        var plan = LivePlan.Of(title);
        var frame = site.Frame(title, new HeadView($"{heading} – {title.Name}", "", "", "noindex"));
        return new Page(status, site.ThemeOf(title).Render("absent", new AbsentView(frame)
        {
            Status = status,
            Heading = heading,
            Text = text,
            At = gone is null ? null : site.Moment(session, title, gone.At),
            Reason = gone?.Reason ?? "",
            Query = query,
            Nearby = nearby,
            Suggestions = new Cards(site, title, session, suggestions).Of(suggestions),
        }, LiveBlocks.Html(plan)), plan)
        { Keep = false };
    }

    /// <summary>The words of the address's last part: "/nasional/2024/12/02/harga-beras-naik-123.html" → harga, beras, naik.</summary>
    private static List<string> WordsOf(string path)
    {
        var last = path.Split('/', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
        if (last.Length > LongestAddress) last = last[..LongestAddress];
        return Word().Matches(Extension().Replace(last, "")).Select(match => match.Value).Where(word => word.Any(char.IsLetter)).Take(MostWords).ToList();
    }

    /// <summary>Live stories that hold the words, or most of them. A word alone is more likely a scanner's than a headline's.</summary>
    private static List<Story> Suggestions(Site site, Title title, Session session, List<string> words) => words.Count < 2 ? []
        : new StoryFilter { TitleId = title.Id, Words = string.Join(' ', words), ByRelevance = true }.Find(session, site.Press.Search, Suggested, 0).Stories;

    private static List<Link> Nearby(Site site, Title title, string path) => path.ToLowerInvariant().Split('/', StringSplitOptions.RemoveEmptyEntries).Take(5)
        .Select(part => site.Titles.Section(title.Id, part)).OfType<Section>().Distinct().Select(section => new Link(section.Name, Site.Address(section))).ToList();

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\.[A-Za-z0-9]{2,5}$")]
    private static partial Regex Extension();
}
