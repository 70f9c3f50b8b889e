using Warta.Content;
using Warta.Discovery;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>
/// The four lists of a page: related, picks, popular, latest. They choose in this order, and each leaves out what the page shows already and fills up
/// from further down its own list; so no story stands twice, and never the page's own. Related stories are the page's own; for the other three it leaves
/// holes, and its <see cref="LivePlan"/> says what belongs there.
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
    }

    public LivePlan Plan(Session session, Beside page)
    {
        var related = page.ArticleId is { } id ? RelatedTo(session, id, page) : [];
        return new LivePlan
        {
            Context = LiveContext.Of(title, page.SectionPath, page.Language),
            RelatedHtml = related.Count == 0 ? "" : site.ThemeOf(title).RenderBlock(View(title, "related", new Cards(site, title, session, related).Of(related), $"article={page.ArticleId}")),
            Less = related.Select(s => s.ArticleId).Concat(page.ArticleId is { } own ? [own] : []).ToList(),
            PicksLess = page.Lead is { } lead ? [lead] : [],
            LatestLess = page.Large,
        };
    }

    /// <summary>What a template's <c>live</c> prints.</summary>
    public static Func<string, string> Html(LivePlan plan) => name => name switch
    {
        "related" => plan.RelatedHtml,
        "picks" => Holes.Mark(Hole.Picks),
        "popular" => Holes.Mark(Hole.Popular),
        "latest" => Holes.Mark(Hole.Latest),
        _ => "",
    };

    /// <param name="query">What bears on the list, so that pages alike in that share an address.</param>
    internal static LiveBlockView View(Title title, string name, IReadOnlyList<StoryCard> stories, string query) => new()
    {
        Name = name,
        Heading = name switch
        {
            "related" => title.Words.Related,
            "picks" => title.Words.Picks,
            "popular" => title.Words.Popular,
            _ => title.Words.Latest,
        },
        Ordered = name == "popular",
        Stories = stories,
        Url = title.LiveSeconds == 0 ? "" : $"/_/live/{name}" + (query.Length == 0 ? "" : "?" + query),
        Every = title.LiveSeconds,
    };

    private List<Story> RelatedTo(Session session, long articleId, Beside page)
    {
        var count = title.Count("related");
        if (count == 0) return [];
        var scope = title.Scope("related") switch
        {
            "section" => new Scope(page.SectionPath?.Split('/')[0], null),
            "language" => new Scope(null, Languages.Primary(page.Language)),
            _ => Scope.Title,
        };
        return Related.Of(session, title.Id, articleId).Where(scope.Holds).Where(s => s.ArticleId != articleId).Take(count).ToList();
    }
}

/// <summary>What belongs in the holes of one page.</summary>
public sealed record LivePlan
{
    /// <summary>A page with no lists but those that all have.</summary>
    public static LivePlan Of(Title title) => new() { Context = LiveContext.Of(title, null, title.Language) };

    public required LiveContext Context { get; init; }

    /// <summary>The related stories, which are the page's own: chosen when it is rendered.</summary>
    public string RelatedHtml { get; init; } = "";

    /// <summary>What the page shows itself: its own story and the related ones.</summary>
    public IReadOnlyList<long> Less { get; init; } = [];
    public IReadOnlyList<long> PicksLess { get; init; } = [];
    public IReadOnlyList<long> LatestLess { get; init; } = [];

    /// <summary>Shows lists that no other page shows.</summary>
    internal bool IsSingular => PicksLess.Count + LatestLess.Count > 0;
}

/// <summary>Which pages share their lists: those of one title, and of one channel or language where a list has that scope. Empty where it makes no difference.</summary>
public readonly record struct LiveContext(long TitleId, string Channel, string Language)
{
    private static readonly string[] Shared = ["picks", "popular", "latest"];

    public static LiveContext Of(Title title, string? sectionPath, string language)
    {
        return new LiveContext(title.Id, Has("section") ? sectionPath?.Split('/')[0] ?? "" : "", Has("language") ? Languages.Primary(language) : "");

        bool Has(string scope) => Shared.Any(name => title.Scope(name) == scope);
    }
}
