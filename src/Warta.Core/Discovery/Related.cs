using Warta.Content;
using Warta.Storage;

namespace Warta.Discovery;

/// <summary>
/// Related stories (<i>Berita Terkait</i>) and background: found when a story is published and kept, never computed when a page is read. A new story enters the lists of
/// its neighbours where it beats what stands there. An import finds all of it in a second pass: <c>related_pending</c> says whose are still to be found.
/// </summary>
public sealed class Related
{
    /// <summary>How many are kept: the page shows 5, the rest stands in for those taken down or already on the page.</summary>
    public const int Kept = 20;
    public const int KeptBackground = 10;

    /// <summary>Lists of other stories that a new one may enter.</summary>
    private const int MostEntered = 20;

    /// <summary>Looked at for a list: some are live in another title only, some are copies.</summary>
    private const int LookedAt = 2 * Kept;

    /// <summary>Stories that the index holds in memory, the newest: about 1 KB each.</summary>
    private const int Window = 100_000;

    /// <summary>As many as most pages show.</summary>
    internal const int Shown = 5;

    private readonly Lock _lock = new();
    private RelatedIndex? _index;
    private long _seen;

    /// <summary>A story whose lists are to be found.</summary>
    private sealed record Subject
    {
        public const string Columns = "r.article_id, p.first_published_at, a.section_id, r.language, r.headline, r.standfirst, r.dateline, r.bylines, r.tags, r.body";
        public const string From = "FROM publications p JOIN revisions r ON r.id = p.revision_id JOIN articles a ON a.id = p.article_id";

        public long ArticleId { get; init; }
        public long FirstPublishedAt { get; init; }
        public long SectionId { get; init; }
        public string Language { get; init; } = "";
        public string Headline { get; init; } = "";
        public string Standfirst { get; init; } = "";
        public string Dateline { get; init; } = "";
        public string Bylines { get; init; } = "[]";
        public string Tags { get; init; } = "[]";
        public string Body { get; init; } = "";

        public string Primary => Languages.Primary(Language);

        public Signature.Counts Count() => Signature.Count(Headline, Standfirst + "\n" + BodyRenderer.PlainText(BodyJson.Read(Body)));

        public Facets Facets(int words) => new((uint)SectionId, Datelines.Read(Dateline)?.Credit is { Length: > 0 } credit ? Terms.Hash(credit) : 0, (uint)words,
            Byline.Read(Bylines).Where(b => b.Role == Byline.Writer).Select(b => (uint)b.Author).ToArray(), People.TagIds(Tags).Select(tag => (uint)tag).ToArray());
    }

    private readonly record struct Stored(long ArticleId, long Version, byte[] Terms);

    /// <summary>Notes that a story's related stories are to be found later. In the transaction that publishes it.</summary>
    public static void Await(WriteSession session, long articleId, DateTimeOffset firstPublishedAt) =>
        session.Run("INSERT INTO related_pending (article_id, first_published_at, counted) VALUES (@p1, @p2, 0) ON CONFLICT (article_id) DO UPDATE SET counted = 0", articleId, firstPublishedAt);

    /// <summary>The same for stories that are live, anew.</summary>
    public static void Await(WriteSession session, IReadOnlyList<long> articleIds) => session.Execute("""
        INSERT INTO related_pending (article_id, first_published_at, counted)
        SELECT article_id, min(first_published_at), 0 FROM publications WHERE article_id IN [[ids:ids]] GROUP BY article_id
        ON CONFLICT (article_id) DO UPDATE SET counted = 0
        """, new { ids = session.Ids(articleIds) });

    /// <summary>Some lists were found by an earlier recipe.</summary>
    public static bool HasOlderRecipe(Session session) => session.First<long?>("SELECT version FROM signatures ORDER BY version LIMIT 1") < Recipe.Version;

    /// <summary>Forgets what an earlier recipe left of stories that are live no more, and its counts once nothing is left of it.</summary>
    public static void Tidy(WriteSession session)
    {
        session.Execute("DELETE FROM signatures WHERE version < @version AND NOT EXISTS (SELECT 1 FROM publications p WHERE p.article_id = signatures.article_id)", new { version = Recipe.Version });
        if (!HasOlderRecipe(session)) Frequencies.Tidy(session);
    }

    /// <summary>How many stories still wait for <see cref="FindPending"/>.</summary>
    public static long PendingCount(Session session) => session.Value<long>("SELECT count(*) FROM related_pending");

    /// <summary>Drops all that is known of a story, as a purge must.</summary>
    public static void Erase(WriteSession session, long articleId)
    {
        foreach (var table in (string[])["related", "background"])
            session.Run($"DELETE FROM {table} WHERE article_id = @p1 AND title_id IN (SELECT id FROM titles)", articleId);
        session.Run("DELETE FROM signatures WHERE article_id = @p1", articleId);
        session.Run("DELETE FROM related_pending WHERE article_id = @p1", articleId);
    }

    /// <summary>The related stories of a live story that are live in the same title, best first. They are read as they are asked for: a page shows the first few.</summary>
    public static IEnumerable<Story> Of(Session session, long titleId, long articleId) => Listed(session, "related", titleId, articleId);

    /// <summary>Earlier stories that explain what a story goes on with, best first.</summary>
    public static IEnumerable<Story> BackgroundOf(Session session, long titleId, long articleId) => Listed(session, "background", titleId, articleId);

    private static IEnumerable<Story> Listed(Session session, string table, long titleId, long articleId)
    {
        session.Note(Keys.Article(articleId));
        var targets = session.Query<long>($"SELECT target_id FROM {table} WHERE title_id = @titleId AND article_id = @articleId ORDER BY position", new { titleId, articleId });
        var choices = RelatedChoices.Of(session, titleId, articleId);
        var pins = table == "related" ? choices.FindAll(choice => choice.IsPin).ConvertAll(choice => choice.TargetId) : [];
        var bans = choices.FindAll(choice => !choice.IsPin).ConvertAll(choice => choice.TargetId);
        // Whom a ban's twin may join or leave is part of what the list depends on.
        session.NoteArticles(bans);
        var fold = new Twins.Fold(Twins.Groups(session, targets.Concat(pins).Concat(bans).Append(articleId)));
        foreach (var id in bans.Append(articleId)) fold.IsNew(id);
        return Chosen(session, titleId, pins, targets, fold);
    }

    /// <summary>The pins, then what was found; nothing that repeats the story itself, a banned one or one further up.</summary>
    private static IEnumerable<Story> Chosen(Session session, long titleId, List<long> pins, List<long> targets, Twins.Fold fold)
    {
        foreach (var story in Story.Live(session, titleId, pins).Where(story => !story.IsAdvertorial))
        {
            fold.IsNew(story.ArticleId);
            yield return story;
        }

        foreach (var story in targets.Chunk(Shown).SelectMany(ids => Story.Live(session, titleId, ids)).Where(story => !story.IsAdvertorial))
        {
            if (fold.IsNew(story.ArticleId)) yield return story;
        }
    }

    /// <summary>Finds the lists of one live story, in the transaction that publishes it.</summary>
    /// <param name="eventNumber">The number of the event that this belongs to.</param>
    public void Find(WriteSession session, long articleId, long eventNumber)
    {
        var subjects = session.Query<Subject>($"SELECT {Subject.Columns} {Subject.From} WHERE p.article_id = @articleId ORDER BY p.first_published_at LIMIT 1", new { articleId });
        Count(session, subjects);
        Find(session, eventNumber, subjects);
    }

    /// <summary>Stories that wait for <see cref="FindPending"/>, in the order of their first publication.</summary>
    public static IReadOnlyList<long> Pending(Session session, int limit) =>
        session.Query<long>("SELECT article_id FROM related_pending ORDER BY first_published_at, article_id LIMIT @limit", new { limit });

    /// <summary>Counts the terms of some that wait: what is rare is known only when all are counted.</summary>
    /// <returns>How many; 0 when all are counted.</returns>
    public static int CountPending(WriteSession session, int limit)
    {
        var waiting = session.Query<long>("SELECT article_id FROM related_pending WHERE counted = 0 ORDER BY first_published_at, article_id LIMIT @limit", new { limit });
        if (waiting.Count == 0) return 0;
        Count(session, Read(session, waiting));
        session.Execute("UPDATE related_pending SET counted = 1 WHERE article_id IN [[ids:ids]]", new { ids = session.Ids(waiting) });
        return waiting.Count;
    }

    /// <summary>Finds the lists of those that wait.</summary>
    /// <param name="waiting">From <see cref="Pending"/>.</param>
    public void FindPending(WriteSession session, IReadOnlyList<long> waiting, long eventNumber)
    {
        Find(session, eventNumber, Read(session, waiting));
        session.Execute("DELETE FROM related_pending WHERE article_id IN [[ids:ids]]", new { ids = session.Ids(waiting) });
    }

    /// <summary>Live stories near to a text that needn't be published, best first. For any thread.</summary>
    public IReadOnlyList<Candidate> Near(Session session, Probe probe, int count)
    {
        var asked = new Asked(session, probe);
        var found = FindNear(session, asked, count * 2 + 1);
        // The index may have heard of a story whose transaction isn't over.
        var live = session.Query<long>("SELECT article_id FROM publications WHERE article_id IN [[ids:ids]]", new { ids = session.Ids(found.Select(f => f.ArticleId)) }).ToHashSet();
        var near = found.Where(f => live.Contains(f.ArticleId)).Take(count).ToList();
        var shared = Shared(session, asked, near.ConvertAll(f => f.ArticleId));
        return near.ConvertAll(f => new Candidate(f.ArticleId, f.Score, shared.GetValueOrDefault(f.ArticleId, [])));
    }

    /// <summary>The words that liken each of these published stories to a text, as they stand in the text, the weightiest first.</summary>
    public static IReadOnlyDictionary<long, IReadOnlyList<string>> Shared(Session session, Probe probe, IReadOnlyList<long> articleIds) => Shared(session, new Asked(session, probe), articleIds);

    /// <summary>Forgets the index: a transaction that it has heard of was rolled back.</summary>
    public void Reset()
    {
        lock (_lock) _index = null;
    }

    /// <summary>A probe in the terms of the index.</summary>
    private sealed class Asked
    {
        public Asked(Session session, Probe probe)
        {
            Probe = probe;
            var counts = Signature.Count(probe.Headline, probe.Text);
            Frequencies = Frequencies.Of(session, Languages.Primary(probe.Language), counts.Terms.Keys);
            Terms = Signature.Best(counts, Frequencies.Idf);
            Entry = new RelatedIndex.Entry(probe.ArticleId, probe.At.ToUnixTimeMilliseconds(), true, new Facets((uint)probe.SectionId, 0, (uint)counts.Words, [], probe.TagIds.Select(tag => (uint)tag).ToArray()));
        }

        public Probe Probe { get; }
        public Frequencies Frequencies { get; }
        public Signature.Weighted[] Terms { get; }
        public RelatedIndex.Entry Entry { get; }
    }

    private static Dictionary<long, IReadOnlyList<string>> Shared(Session session, Asked asked, IReadOnlyList<long> articleIds) =>
        Signatures(session, articleIds).ToDictionary(
            stored => stored.Key,
            stored => SharedWords.In(asked.Probe.Headline, asked.Probe.Text, Signature.Heaviest(asked.Terms, asked.Frequencies.Idf, stored.Value, 2 * SharedWords.Most)));

    private List<(long ArticleId, double Score)> FindNear(Session session, Asked asked, int count)
    {
        lock (_lock)
        {
            try
            {
                return CaughtUp(session).Find(asked.Entry, asked.Terms, asked.Frequencies.Idf, count).Related;
            }
            catch
            {
                // Half of what others published may be missing from it.
                _index = null;
                throw;
            }
        }
    }

    private static List<Subject> Read(Session session, IReadOnlyList<long> articleIds) =>
        session.Query<Subject>($"SELECT {Subject.Columns} {Subject.From} WHERE p.article_id IN [[ids:ids]] ORDER BY p.first_published_at, p.article_id, p.title_id", new { ids = session.Ids(articleIds) })
            .DistinctBy(s => s.ArticleId).ToList();

    private static void Count(WriteSession session, List<Subject> subjects)
    {
        var known = session.Query<long>($"SELECT article_id FROM signatures WHERE article_id IN [[ids:ids]] AND version = {Recipe.Version}", new { ids = session.Ids(subjects.Select(s => s.ArticleId)) }).ToHashSet();
        foreach (var language in subjects.Where(s => !known.Contains(s.ArticleId)).GroupBy(s => s.Primary))
            Frequencies.Add(session, language.Key, language.Select(s => s.Count().Terms.Keys).ToList());
    }

    private void Find(WriteSession session, long eventNumber, List<Subject> subjects)
    {
        lock (_lock)
        {
            try
            {
                var index = CaughtUp(session);
                var lists = new RelatedLists(session);
                var counts = subjects.ConvertAll(s => s.Count());
                var frequencies = subjects.Zip(counts).GroupBy(s => s.First.Primary).ToDictionary(g => g.Key, g => Frequencies.Of(session, g.Key, g.SelectMany(s => s.Second.Terms.Keys)));
                for (var i = 0; i < subjects.Count; i++)
                    Keep(session, index, lists, eventNumber, subjects[i], counts[i], frequencies[subjects[i].Primary].Idf);
                lists.Save();
                _seen = Math.Max(_seen, eventNumber);
            }
            catch
            {
                // The transaction ends here, and with it what the index has heard of.
                _index = null;
                throw;
            }
        }
    }

    private static void Keep(WriteSession session, RelatedIndex index, RelatedLists lists, long eventNumber, Subject story, Signature.Counts counts, Func<uint, float> idf)
    {
        var terms = Signature.Best(counts, idf);
        var entry = new RelatedIndex.Entry(story.ArticleId, story.FirstPublishedAt, true, story.Facets(counts.Words));
        var found = index.Find(entry, terms, idf, LookedAt);
        index.Add(entry, terms);
        session.Run("""
            INSERT INTO signatures (article_id, language, first_published_at, event_number, version, facets, terms) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7)
            ON CONFLICT (article_id) DO UPDATE SET language = excluded.language, event_number = excluded.event_number, version = excluded.version, facets = excluded.facets, terms = excluded.terms
            """, story.ArticleId, story.Language, story.FirstPublishedAt, eventNumber, Recipe.Version, entry.Facets.Write(), Signature.Write(terms));

        var live = session.Query<(long TitleId, long ArticleId)>("SELECT title_id, article_id FROM publications WHERE article_id IN [[ids:ids]]",
            new { ids = session.Ids(found.Related.Concat(found.Background).Concat(found.Neighbours).Select(f => f.ArticleId).Append(story.ArticleId).Distinct()) }).ToHashSet();
        var (related, copies) = Copies.Folded(found.Related, terms, Signatures(session, found.Related.ConvertAll(f => f.ArticleId)));
        foreach (var titleId in live.Where(p => p.ArticleId == story.ArticleId).Select(p => p.TitleId))
        {
            lists.Set(titleId, story.ArticleId, related.Where(f => live.Contains((titleId, f.ArticleId))), found.Background.Where(f => live.Contains((titleId, f.ArticleId))));
            var neighbours = found.Neighbours.Where(f => live.Contains((titleId, f.ArticleId)) && !copies.Contains(f.ArticleId)).Take(MostEntered).ToList();
            lists.Read(titleId, neighbours.Select(f => f.ArticleId));
            foreach (var (neighbour, score) in neighbours) lists.Enter(titleId, neighbour, story.ArticleId, score, copies);
        }
    }

    private static Dictionary<long, Signature.Weighted[]> Signatures(Session session, IReadOnlyList<long> articleIds) => articleIds.Count == 0 ? [] :
        session.Query<Stored>("SELECT article_id, version, terms FROM signatures WHERE article_id IN [[ids:ids]]", new { ids = session.Ids(articleIds) })
            .ToDictionary(s => s.ArticleId, s => Signature.Read(s.Terms, s.Version));

    /// <summary>The index with what other processes have published since it was last used.</summary>
    private RelatedIndex CaughtUp(Session session)
    {
        if (_index is null) (_index, _seen) = (new RelatedIndex(), 0);
        var (index, seen) = (_index, _seen);
        const string columns = "SELECT article_id, first_published_at, event_number, version, facets, terms FROM signatures";
        var rows = session.Stream<(long ArticleId, long FirstPublishedAt, long Number, long Version, byte[]? Facets, byte[] Terms)>(seen == 0
            ? $"""
                {columns}
                WHERE first_published_at >= coalesce((SELECT first_published_at FROM signatures ORDER BY first_published_at DESC LIMIT 1 OFFSET {Window}), -62135596800000)
                ORDER BY first_published_at
                """
            : $"{columns} WHERE event_number > @seen ORDER BY event_number", new { seen });
        foreach (var row in rows)
        {
            index.Add(new RelatedIndex.Entry(row.ArticleId, row.FirstPublishedAt, row.Version == Recipe.Version, Facets.Read(row.Facets)), Signature.Read(row.Terms, row.Version));
            _seen = Math.Max(_seen, row.Number);
        }

        return index;
    }
}
