using Warta.Content;
using Warta.Discovery;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>
/// The four lists of a page: related, picks, popular, latest. They choose in this order, and each leaves out what the page shows already and fills up
/// from further down its own list; so no story stands twice, and never the page's own.
/// </summary>
public sealed class LiveBlocks(Site site, Title title)
{
    /// <summary>What the lists stand beside.</summary>
    /// <param name="SectionPath">Its section, for lists with that scope; null on a page of no section.</param>
    public sealed record Beside(long? ArticleId, string? SectionPath, string Language)
    {
        /// <summary>The pick that a front shows large: the list of picks goes on from there. The most read stay as readers made them.</summary>
        public long? Lead { get; init; }

        /// <summary>The newest stories that a front shows large: the list of the latest goes on from there. Empty on a paper with hardly more stories than these.</summary>
        public IReadOnlyList<long> Large { get; init; } = [];

        internal IEnumerable<long> Less(string list) => (ArticleId, list) switch
        {
            ({ } own, _) => [own],
            (_, "picks") when Lead is { } lead => [lead],
            (_, "latest") => Large,
            _ => [],
        };

        public string? Channel => SectionPath?.Split('/')[0];
    }

    /// <summary>The blocks that have stories, by name.</summary>
    public IReadOnlyDictionary<string, LiveBlockView> Of(Session session, Beside page)
    {
        var shown = new HashSet<long>();
        var chosen = new Dictionary<string, List<Story>>(4);
        foreach (var name in (string[])["related", "picks", "popular", "latest"])
        {
            if (Choose(session, name, page, shown) is not { Count: > 0 } stories) continue;
            shown.UnionWith(stories.Select(s => s.ArticleId));
            chosen.Add(name, stories);
        }

        var cards = new Cards(site, title, session, chosen.Values.SelectMany(stories => stories));
        return chosen.ToDictionary(block => block.Key, block => View(block.Key, page, cards.Of(block.Value)));
    }

    /// <summary>One block without the stories of <paramref name="less"/>; null when there is nothing to show, or no such block.</summary>
    public LiveBlockView? Of(Session session, string name, Beside page, IReadOnlySet<long> less) =>
        Choose(session, name, page, less) is { Count: > 0 } stories ? View(name, page, new Cards(site, title, session, stories).Of(stories)) : null;

    private List<Story> Choose(Session session, string name, Beside page, IReadOnlySet<long> less)
    {
        var count = Theme.LiveBlocks.Contains(name) ? title.Count(name) : 0;
        if (count == 0) return [];
        less = less.Union(page.Less(name)).ToHashSet();
        var candidates = name switch
        {
            "related" => page.ArticleId is { } id ? Related.Of(session, title.Id, id).Where(ScopeOf(name, page).Holds).ToList() : [],
            "picks" => PicksFor(session, page),
            "popular" => site.MostRead.Stories(session, title.Id, ScopeOf(name, page), count + less.Count, site.Press.Now),
            _ => LatestFor(session, page, count + less.Count),
        };
        return candidates.Where(s => !less.Contains(s.ArticleId)).Take(count).ToList();
    }

    private LiveBlockView View(string name, Beside page, List<StoryCard> stories) => new()
    {
        Name = name,
        Heading = Heading(name),
        Ordered = name == "popular",
        Stories = stories,
        Url = UrlOf(name, page),
        Every = title.LiveSeconds,
    };

    /// <summary>The blocks' HTML for a template's <c>live</c>.</summary>
    public Func<string, string> Html(IReadOnlyDictionary<string, LiveBlockView> blocks) =>
        name => blocks.TryGetValue(name, out var block) ? site.ThemeOf(title).RenderBlock(block) : "";

    /// <summary>
    /// Where the block is to be had as it is now. It says only what bears on this list, so that pages alike in that share an address. What the blocks chosen
    /// before this one show at that moment, the script adds to <c>less</c>.
    /// </summary>
    private string UrlOf(string name, Beside page)
    {
        if (title.LiveSeconds == 0) return "";
        var query = new List<string>(3);
        if (name == "related") query.Add("article=" + page.ArticleId);
        else if (string.Join(',', page.Less(name)) is { Length: > 0 } less) query.Add("less=" + less);
        if (title.Scope(name) == "section" && page.Channel is { } channel) query.Add("section=" + Uri.EscapeDataString(channel));
        if (title.Scope(name) == "language") query.Add("language=" + Uri.EscapeDataString(Languages.Primary(page.Language)));
        return $"/_/live/{name}" + (query.Count == 0 ? "" : "?" + string.Join('&', query));
    }

    private string Heading(string name) => name switch
    {
        "related" => title.Words.Related,
        "picks" => title.Words.Picks,
        "popular" => title.Words.Popular,
        _ => title.Words.Latest,
    };

    private List<Story> PicksFor(Session session, Beside page)
    {
        if (title.Scope("picks") == "section" && page.Channel is { } channel && site.Press.Titles.Section(title.Id, channel) is { } section
            && Picks.Stories(session, title.Id, section.Id, site.Press.Now) is { Count: > 0 } own) return own;
        var picks = Picks.Stories(session, title.Id, 0, site.Press.Now);
        return title.Scope("picks") == "language" ? picks.Where(ScopeOf("picks", page).Holds).ToList() : picks;
    }

    private List<Story> LatestFor(Session session, Beside page, int count)
    {
        var scope = title.Scope("latest");
        var section = scope == "section" && page.Channel is { } channel ? site.Press.Titles.Section(title.Id, channel)?.Id ?? 0 : 0;
        return Latest.Stories(session, title.Id, section, scope == "language" ? Languages.Primary(page.Language) : null, count);
    }

    private Scope ScopeOf(string name, Beside page) => title.Scope(name) switch
    {
        "section" => new Scope(page.Channel, null),
        "language" => new Scope(null, Languages.Primary(page.Language)),
        _ => Scope.Title,
    };
}
