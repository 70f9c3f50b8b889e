using Warta.Content;
using Warta.Storage;

namespace Warta.Discovery;

/// <summary>What has become of a link's target.</summary>
public static class LinkState
{
    /// <summary>It leads to a live story at its address of today.</summary>
    public const string Live = "live";

    /// <summary>The target isn't known, or was never live: readers see nothing, or the words without a link.</summary>
    public const string Pending = "pending";

    /// <summary>The address is an old one; pages print the new one by themselves.</summary>
    public const string Moved = "moved";
    public const string Withdrawn = "withdrawn", TakenDown = "taken-down", Purged = "purged";

    /// <summary>A near-duplicate of the target came out after both it and the story that links.</summary>
    public const string Superseded = "superseded";
    public const string External = "external";

    /// <summary>Those whose target was there once: hidden from readers, and to be repaired.</summary>
    public static readonly IReadOnlyList<string> Dead = [Withdrawn, TakenDown, Purged];
    public static readonly IReadOnlyList<string> All = [Live, Pending, Moved, Withdrawn, TakenDown, Purged, Superseded, External];
}

/// <summary>Every link inside the live stories of a title, read-alsos and links in paragraphs, with what has become of its target.</summary>
public static class LinkInventory
{
    private const int Chunk = 500, MostOutOfOrder = 50_000;
    public const string ReadAlsoKind = "read-also", TextKind = "text";

    public sealed record Entry
    {
        public long ArticleId { get; init; }
        public string BlockId { get; init; } = "";
        public long Number { get; init; }

        /// <summary>"read-also" or "text".</summary>
        public string Kind { get; init; } = "";
        public long? TargetId { get; init; }
        public long? TitleId { get; init; }
        public long IsOurs { get; init; }
        public string Href { get; init; } = "";

        /// <summary>What a reader clicks, or the headline that a pending read-also waits for.</summary>
        public string Words { get; init; } = "";
        public string WantedUri { get; init; } = "";
        public DateTimeOffset FirstPublishedAt { get; init; }
        public string Headline { get; init; } = "";
        public string State { get; init; } = "";

        /// <summary>The target where it is live in this title.</summary>
        public Story? Target { get; init; }

        /// <summary>Of a superseded target: the newest version of it.</summary>
        public Story? Successor { get; init; }
        public string Id => $"{ArticleId}.{BlockId}.{Number}";
    }

    /// <param name="of">Which stories' links: a condition on <c>article_id</c>, or nothing.</param>
    private static string Links(string of) => $"""
        SELECT l.article_id, l.block_id, l.number, l.kind, l.target_id, l.title_id, l.is_ours, l.href, l.words, l.wanted_uri, p.first_published_at, r.headline
        FROM (
            SELECT article_id, block_id, 0 AS number, '{ReadAlsoKind}' AS kind, target_id, NULL AS title_id, 1 AS is_ours, '' AS href, wanted AS words, wanted_uri FROM read_alsos {of}
            UNION ALL
            SELECT article_id, block_id, number, '{TextKind}' AS kind, target_id, title_id, is_ours, href, words, wanted_uri FROM text_links {of}
        ) l
        JOIN publications p ON p.article_id = l.article_id AND p.title_id = @titleId
        JOIN revisions r ON r.id = p.revision_id
        """;

    private const string OfOne = "WHERE article_id = @article", OfSome = "WHERE article_id IN [[ids:stories]]", InOrder = "ORDER BY l.article_id DESC, l.block_id, l.number";

    private const string TargetIsLive = "EXISTS (SELECT 1 FROM publications t WHERE t.article_id = l.target_id AND t.title_id = coalesce(l.title_id, @titleId))";

    /// <summary>Which rows may be of a state; <see cref="Told"/> then says exactly.</summary>
    private static string Narrowed(IReadOnlyCollection<string> states) => string.Join(" OR ", states.Select(state => state switch
    {
        LinkState.External => "(l.target_id IS NULL AND l.is_ours = 0)",
        LinkState.Pending => $"((l.target_id IS NULL AND l.is_ours = 1) OR (l.target_id IS NOT NULL AND NOT {TargetIsLive}))",
        LinkState.Superseded => "EXISTS (SELECT 1 FROM twins w WHERE w.article_id = l.target_id)",
        LinkState.Live or LinkState.Moved => TargetIsLive,
        _ => $"(l.target_id IS NOT NULL AND NOT {TargetIsLive})",
    }).Distinct());

    /// <summary>Links in the order of their stories, the newest first.</summary>
    /// <param name="states">Of these states only.</param>
    /// <param name="article">Of this story only.</param>
    public static List<Entry> Page(Session session, TitleDirectory titles, long titleId, IReadOnlyCollection<string> states, long? article, int count, long skip)
    {
        var found = new List<Entry>();
        foreach (var some in Some(session, titleId, states, article))
        {
            foreach (var entry in Told(session, titles, titleId, some).Where(entry => states.Contains(entry.State)))
            {
                if (skip-- > 0) continue;
                found.Add(entry);
                if (found.Count == count) return found;
            }
        }

        return found;
    }

    /// <summary>What is out of order is rare, and found at once; the rest is read story by story, as far as the page asks.</summary>
    private static IEnumerable<List<Entry>> Some(Session session, long titleId, IReadOnlyCollection<string> states, long? article)
    {
        if (article is not null || !states.Any(state => state is LinkState.Live or LinkState.Moved or LinkState.External))
        {
            yield return session.Query<Entry>($"{Links(article is null ? "" : OfOne)} WHERE {Narrowed(states)} {InOrder} LIMIT {MostOutOfOrder}", new { titleId, article });
            yield break;
        }

        for (var before = long.MaxValue; ;)
        {
            var stories = session.Query<long>($"SELECT article_id FROM publications WHERE title_id = @titleId AND article_id < @before ORDER BY article_id DESC LIMIT {Chunk}", new { titleId, before });
            if (stories.Count == 0) yield break;
            before = stories[^1];
            yield return session.Query<Entry>($"{Links(OfSome)} {InOrder}", new { titleId, stories = session.Ids(stories) });
        }
    }

    /// <summary>One link, by what <see cref="Entry.Id"/> says; null where it isn't, or its story isn't live.</summary>
    public static Entry? Find(Session session, TitleDirectory titles, long titleId, string id)
    {
        if (id.Split('.') is not [var articleId, var block, var number] || !long.TryParse(articleId, out var article) || !long.TryParse(number, out var at)) return null;
        return Told(session, titles, titleId, session.Query<Entry>($"{Links(OfOne)} WHERE l.block_id = @block AND l.number = @at", new { titleId, article, block, at })).FirstOrDefault(e => e.Kind == (at == 0 && e.Href.Length == 0 ? ReadAlsoKind : TextKind));
    }

    /// <summary>How many links of the live stories lead out of the house.</summary>
    public static long ExternalCount(Session session, long titleId) => session.Value<long>("""
        SELECT count(*) FROM text_links l JOIN publications p ON p.article_id = l.article_id AND p.title_id = @titleId
        WHERE l.target_id IS NULL AND l.is_ours = 0
        """, new { titleId });

    private static IEnumerable<Entry> Told(Session session, TitleDirectory titles, long titleId, IReadOnlyList<Entry> entries)
    {
        var targets = entries.Where(e => e.TargetId is not null).ToLookup(e => e.TitleId ?? titleId, e => e.TargetId!.Value);
        var live = targets.ToDictionary(group => group.Key, group => Story.Live(session, group.Key, group.Distinct().ToList()).ToDictionary(s => s.ArticleId));
        var ended = Ended(session, entries.Where(e => e.TargetId is { } id && !live[e.TitleId ?? titleId].ContainsKey(id)).Select(e => e.TargetId!.Value));
        var versions = Versions(session, titleId, live.GetValueOrDefault(titleId)?.Values.ToList() ?? []);
        foreach (var entry in entries)
        {
            if (entry.TargetId is not { } id)
            {
                yield return entry with { State = entry.IsOurs > 0 ? LinkState.Pending : LinkState.External };
                continue;
            }

            var at = entry.TitleId ?? titleId;
            if (!live[at].TryGetValue(id, out var target)) yield return entry with { State = ended.GetValueOrDefault(id, LinkState.Pending) };
            else if (at == titleId && versions.GetValueOrDefault(id) is { } newer && newer.FirstPublishedAt > entry.FirstPublishedAt && newer.ArticleId != entry.ArticleId) yield return entry with { State = LinkState.Superseded, Target = target, Successor = newer };
            else yield return entry with { State = IsMoved(titles.Title(at), entry, target) ? LinkState.Moved : LinkState.Live, Target = target };
        }
    }

    private static bool IsMoved(Title title, Entry entry, Story target)
    {
        if (entry.Kind == ReadAlsoKind || entry.IsOurs == 0) return false;
        var path = entry.Href[0] == '/' ? entry.Href : new Uri(entry.Href).PathAndQuery;
        var end = path.AsSpan().IndexOfAny('?', '#');
        return Uri.UnescapeDataString(end < 0 ? path : path[..end]) != Uri.UnescapeDataString(title.PathOf(target));
    }

    /// <summary>What has become of stories that aren't live: nothing is said of one that never was.</summary>
    private static Dictionary<long, string> Ended(Session session, IEnumerable<long> ids) => session.Query<(long Id, long Purged, long TakenDown, long Was)>("""
        SELECT a.id,
            (SELECT count(*) FROM purges g WHERE g.article_id = a.id) AS purged,
            (SELECT count(*) FROM takedowns t WHERE t.article_id = a.id AND t.undone_at IS NULL) AS taken_down,
            (SELECT count(*) FROM publication_history h WHERE h.article_id = a.id) AS was
        FROM [[ids:ids]] i
        CROSS JOIN articles a
        WHERE a.id = i.id
        """, new { ids = session.Ids(ids.Distinct()) })
        .Where(row => row.Purged + row.TakenDown + row.Was > 0)
        .ToDictionary(row => row.Id, row => row.Purged > 0 ? LinkState.Purged : row.TakenDown > 0 ? LinkState.TakenDown : LinkState.Withdrawn);

    /// <summary>The newest live near-duplicate of each story that has one newer than itself.</summary>
    private static Dictionary<long, Story> Versions(Session session, long titleId, List<Story> stories)
    {
        var groups = Twins.Groups(session, stories.Select(s => s.ArticleId));
        if (groups.Count == 0) return [];
        var members = session.Query<(long Group, long Article)>("SELECT t.group_id, t.article_id FROM [[ids:ids]] i CROSS JOIN twins t WHERE t.group_id = i.id", new { ids = session.Ids(groups.Values.Distinct()) }).ToLookup(m => m.Group, m => m.Article);
        var live = Story.Live(session, titleId, members.SelectMany(m => m).Distinct().ToList()).ToDictionary(s => s.ArticleId);
        var newest = members.ToDictionary(m => m.Key, m => m.Where(live.ContainsKey).Select(id => live[id]).MaxBy(s => (s.FirstPublishedAt, s.ArticleId)));
        return stories.Where(s => groups.TryGetValue(s.ArticleId, out var group) && newest[group] is { } last && last.FirstPublishedAt > s.FirstPublishedAt).ToDictionary(s => s.ArticleId, s => newest[groups[s.ArticleId]]!);
    }
}
