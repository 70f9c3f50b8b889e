using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Warta.Content;
using Warta.Discovery;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>
/// Picks, most read and latest as they stand at one moment for all pages of one context, in memory. A page whose own stories stand in none of them shows them as
/// they are, and so do all such pages; the few others have a choice of their own, made of the same candidates.
/// </summary>
public sealed class LiveSet
{
    /// <summary>In the order in which they choose.</summary>
    public static readonly IReadOnlyList<string> Names = ["picks", "popular", "latest"];

    /// <summary>Choices of single pages that are kept; beyond, they are made again each time.</summary>
    private const int MostChoices = 1_000;

    private readonly Masthead _masthead;
    private readonly LiveContext _context;
    private readonly Dictionary<string, IReadOnlyList<StoryCard>> _candidates;
    private readonly HashSet<long> _visible, _candidateIds;
    private readonly ConcurrentDictionary<string, LiveChoice> _choices = new();
    private readonly ConcurrentDictionary<string, LiveBlock> _alone = new();

    private LiveSet(Masthead masthead, LiveContext context, Dictionary<string, IReadOnlyList<StoryCard>> candidates, LiveSet? before)
    {
        (_masthead, _context, _candidates) = (masthead, context, candidates);
        Default = Choose(new LivePlan { Context = context }, before?.Default, isOwn: false);
        _candidateIds = candidates.Values.SelectMany(list => list).Select(card => card.Id).ToHashSet();
        _visible = Default.Blocks.SelectMany(block => block.Stories).Select(story => story.Id).ToHashSet();
    }

    /// <summary>What most pages show.</summary>
    public LiveChoice Default { get; }

    /// <summary>What it was made of; the freshness keeps watch over it.</summary>
    public required Reading Reading { get; init; }
    public required long Position { get; init; }
    public required IReadOnlyList<long> MostRead { get; init; }
    internal UInt128 Around => _masthead.Hash;

    /// <param name="before">What stood here: a list whose rows are the same keeps its bytes.</param>
    public static LiveSet Read(Site site, Session session, Masthead masthead, LiveContext context, LiveSet? before)
    {
        var (title, mostRead) = (masthead.Title, MostReadOf(site, context.TitleId));
        // As many as any page may leave out: its own story, those that the blocks before show, and what a front shows large.
        var spare = Names.Append("related").Sum(title.Count) + 8;
        var stories = Names.ToDictionary(name => name, name => title.Count(name) == 0 ? [] : Candidates(site, session, title, context, name, title.Count(name) + spare));
        var cards = new Cards(site, title, session, stories.Values.SelectMany(list => list));
        return new LiveSet(masthead, context, stories.ToDictionary(list => list.Key, list => (IReadOnlyList<StoryCard>)cards.Of(list.Value)), before is not null && before.Around == masthead.Hash ? before : null)
        {
            Reading = session.Reading!,
            Position = site.Around.Position,
            MostRead = mostRead,
        };
    }

    /// <summary>What readers read most now, by number in order; empty when nobody has counted for long.</summary>
    internal static IReadOnlyList<long> MostReadOf(Site site, long titleId) => site.MostRead.IsStale(site.Press.Now) ? [] : site.MostRead.Order(titleId);

    /// <summary>What a page shows.</summary>
    public LiveChoice For(LivePlan plan)
    {
        if (!plan.IsSingular && !plan.Less.Any(_visible.Contains)) return Default;
        // Two pages that leave out the same of the candidates have the same choice.
        var key = $"{Ids(plan.Less.Where(_candidateIds.Contains).Order())}|{Ids(plan.PicksLess)}|{Ids(plan.LatestLess)}";
        if (_choices.TryGetValue(key, out var known)) return known;
        var choice = Choose(plan, Default, isOwn: true);
        if (_choices.Count < MostChoices) _choices.TryAdd(key, choice);
        return choice;

        static string Ids(IEnumerable<long> ids) => string.Join(',', ids);
    }

    /// <summary>A list by itself, whatever the others show.</summary>
    /// <param name="less">What the page that asks leaves out.</param>
    public LiveBlock Alone(string name, IReadOnlyList<long> less)
    {
        var key = $"{name} {string.Join(',', less)}";
        if (_alone.TryGetValue(key, out var known)) return known;
        var block = Block(name, First(name, less), less, null, isOwn: false);
        if (_alone.Count < MostChoices) _alone.TryAdd(key, block);
        return block;
    }

    /// <summary>A block as the script of an open page is given it: with what follows further down, from which the page fills up what it must leave out.</summary>
    /// <param name="less">What the page that asks leaves out.</param>
    public string FragmentOf(LiveBlock block, IReadOnlyList<long> less)
    {
        if (block.View is not { } view) return "";
        var shown = block.Stories.Select(story => story.Id).Concat(less).ToHashSet();
        return _masthead.Theme.RenderBlock(view with { Spares = _candidates[block.Name].Where(card => !shown.Contains(card.Id)).ToList() });
    }

    /// <param name="like">Where the same rows are, the same bytes are taken.</param>
    /// <param name="isOwn">One page's, beside the choice of all.</param>
    private LiveChoice Choose(LivePlan plan, LiveChoice? like, bool isOwn)
    {
        var shown = plan.Less.ToHashSet();
        var blocks = new LiveBlock[Names.Count];
        for (var i = 0; i < blocks.Length; i++)
        {
            var name = Names[i];
            var own = name == "picks" ? plan.PicksLess : name == "latest" ? plan.LatestLess : [];
            var stories = _candidates[name].Where(card => !shown.Contains(card.Id) && !own.Contains(card.Id)).Take(_masthead.Title.Count(name)).ToList();
            shown.UnionWith(stories.Select(story => story.Id));
            blocks[i] = Block(name, stories, own, like?.Blocks[i], isOwn);
        }

        return new LiveChoice(blocks);
    }

    private LiveBlock Block(string name, List<StoryCard> stories, IReadOnlyList<long> own, LiveBlock? like, bool isOwn)
    {
        if (stories.Count == 0) return new LiveBlock(name, stories, Segment.Empty, "");
        var query = new List<string>(3);
        if (own.Count > 0) query.Add("less=" + string.Join(',', own));
        if (_context.Channel.Length > 0 && _masthead.Title.Scope(name) == "section") query.Add("section=" + Uri.EscapeDataString(_context.Channel));
        if (_context.Language.Length > 0 && _masthead.Title.Scope(name) == "language") query.Add("language=" + _context.Language);
        var view = LiveBlocks.View(_masthead.Title, name, stories, string.Join('&', query));
        var plain = _masthead.Theme.RenderBlock(view);
        // A page is told the version of what is to be had at the list's address, not of what it left out itself.
        var version = isOwn && own.Count == 0 ? like!.Version : VersionOf(First(name, own) is var first && first.SequenceEqual(stories) ? plain : _masthead.Theme.RenderBlock(view with { Stories = first }));
        if (like is not null && like.Plain == plain && like.Version == version) return like;
        view = view with { Version = version };
        return new LiveBlock(name, stories, Segment.Of(_masthead.Theme.RenderBlock(view), CompressionLevel.Optimal), version) { Plain = isOwn ? "" : plain, View = view };
    }

    private List<StoryCard> First(string name, IReadOnlyList<long> less) => _candidates[name].Where(card => !less.Contains(card.Id)).Take(_masthead.Title.Count(name)).ToList();

    private static string VersionOf(string html) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(html)))[..12];

    private static List<Story> Candidates(Site site, Session session, Title title, LiveContext context, string name, int count)
    {
        var channel = title.Scope(name) == "section" && context.Channel.Length > 0 ? context.Channel : null;
        var language = title.Scope(name) == "language" && context.Language.Length > 0 ? context.Language : null;
        var section = channel is null ? null : site.Titles.Section(title.Id, channel);
        switch (name)
        {
            case "picks":
                if (section is not null && Picks.Stories(session, title.Id, section.Id, site.Press.Now) is { Count: > 0 } own) return own;
                return Picks.Stories(session, title.Id, 0, site.Press.Now).FindAll(new Scope(null, language).Holds);
            case "popular":
                return site.MostRead.Stories(session, title.Id, new Scope(channel, language), count, site.Press.Now);
            default:
                // Twice as many: a wire story that three desks took over stands there once.
                return Twins.Folded(session, Latest.Stories(session, title.Id, section?.Id ?? 0, language, count * 2)).Take(count).ToList();
        }
    }
}

/// <summary>One list as a page shows it.</summary>
/// <param name="Version">Changes when a row that readers see does. Empty for a list without rows, which isn't shown.</param>
public sealed record LiveBlock(string Name, IReadOnlyList<StoryCard> Stories, Segment Segment, string Version)
{
    internal string Plain { get; init; } = "";
    internal LiveBlockView? View { get; init; }
}

/// <summary>The three lists of a page, in the order of <see cref="LiveSet.Names"/>.</summary>
public sealed class LiveChoice(IReadOnlyList<LiveBlock> blocks)
{
    public IReadOnlyList<LiveBlock> Blocks => blocks;

    public Segment Of(Hole hole) => blocks[(int)hole].Segment;
}
