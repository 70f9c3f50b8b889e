using Warta.Content;
using Warta.Storage;

namespace Warta.Discovery;

/// <summary>
/// Related stories (<i>Berita Terkait</i>): found when a story is published and kept, never computed when a page is read. Candidates are the
/// stories first published before it. An import finds them in a second pass: <c>related_pending</c> says whose are still to be found.
/// </summary>
public sealed class Related
{
    /// <summary>How many are kept: the page shows 5, the rest stands in for those taken down or already on the page.</summary>
    public const int Kept = 20;

    /// <summary>Stories that the index holds in memory, the newest: about 1 KB each.</summary>
    private const int Window = 100_000;

    /// <summary>Of the related stories: as many as most pages show.</summary>
    private const int ReadAtOnce = 5;

    private const string Source = "SELECT r.article_id, p.first_published_at, r.language, r.headline, r.body FROM publications p JOIN revisions r ON r.id = p.revision_id";

    private readonly Lock _lock = new();
    private RelatedIndex? _index;
    private long _seen;

    private sealed record Subject
    {
        public long ArticleId { get; init; }
        public long FirstPublishedAt { get; init; }
        public string Language { get; init; } = "";
        public string Headline { get; init; } = "";
        public string Body { get; init; } = "";
    }

    /// <summary>Notes that a story's related stories are to be found later. In the transaction that publishes it.</summary>
    public static void Await(WriteSession session, long articleId, DateTimeOffset firstPublishedAt) =>
        session.Run("INSERT INTO related_pending (article_id, first_published_at) VALUES (@p1, @p2) ON CONFLICT DO NOTHING", articleId, firstPublishedAt);

    /// <summary>How many stories still wait for <see cref="FindPending"/>.</summary>
    public static long PendingCount(Session session) => session.Value<long>("SELECT count(*) FROM related_pending");

    /// <summary>Drops all that is known of a story, as a purge must.</summary>
    public static void Erase(WriteSession session, long articleId)
    {
        session.Run("DELETE FROM related WHERE article_id = @p1 AND title_id IN (SELECT id FROM titles)", articleId);
        session.Run("DELETE FROM signatures WHERE article_id = @p1", articleId);
        session.Run("DELETE FROM related_pending WHERE article_id = @p1", articleId);
    }

    /// <summary>Finds the related stories of one live story, in the transaction that publishes it.</summary>
    /// <param name="eventNumber">The number of the event that this belongs to.</param>
    public void Find(WriteSession session, long articleId, long eventNumber) =>
        Find(session, eventNumber, session.Query<Subject>($"{Source} WHERE p.article_id = @articleId ORDER BY p.first_published_at LIMIT 1", new { articleId }));

    /// <summary>Stories that wait for <see cref="FindPending"/>, in the order of their first publication.</summary>
    public static IReadOnlyList<long> Pending(Session session, int limit) =>
        session.Query<long>("SELECT article_id FROM related_pending ORDER BY first_published_at, article_id LIMIT @limit", new { limit });

    /// <summary>Finds the related stories of those that wait.</summary>
    /// <param name="waiting">From <see cref="Pending"/>.</param>
    public void FindPending(WriteSession session, IReadOnlyList<long> waiting, long eventNumber)
    {
        var ids = session.Ids(waiting);
        Find(session, eventNumber, session.Query<Subject>($"{Source} WHERE p.article_id IN [[ids:ids]] ORDER BY p.first_published_at, p.article_id, p.title_id", new { ids })
            .DistinctBy(s => s.ArticleId).ToList());
        session.Execute("DELETE FROM related_pending WHERE article_id IN [[ids:ids]]", new { ids });
    }

    /// <summary>The related stories of a live story that are live in the same title, best first. They are read as they are asked for: a page shows the first few.</summary>
    public static IEnumerable<Story> Of(Session session, long titleId, long articleId)
    {
        session.Note(Keys.Article(articleId));
        var targets = session.Query<long>("SELECT target_id FROM related WHERE title_id = @titleId AND article_id = @articleId ORDER BY position", new { titleId, articleId });
        return targets.Chunk(ReadAtOnce).SelectMany(ids => Story.Live(session, titleId, ids)).Where(story => !story.IsAdvertorial);
    }

    /// <summary>Live stories near to a text that needn't be published, best first. For any thread.</summary>
    public IReadOnlyList<Candidate> Near(Session session, Probe probe, int count)
    {
        var language = Languages.Primary(probe.Language);
        var counts = Signature.Count(probe.Headline, probe.Text);
        var idf = Frequencies.Known(session, language, counts.Keys).Idf(language);
        var weights = Signature.Best(counts, idf).ToDictionary(t => t.Term, t => counts[t.Term] * idf(t.Term));
        var found = FindNear(session, probe, weights, count * 2 + 1);

        // The index may have heard of a story whose transaction isn't over.
        var ids = session.Ids(found.Select(f => f.ArticleId));
        var live = session.Query<long>("SELECT article_id FROM publications WHERE article_id IN [[ids:ids]]", new { ids }).ToHashSet();
        var signatures = session.Query<(long ArticleId, byte[] Terms)>("SELECT article_id, terms FROM signatures WHERE article_id IN [[ids:ids]]", new { ids }).ToDictionary(s => s.ArticleId, s => s.Terms);
        var near = found.Where(f => f.ArticleId != probe.ArticleId && live.Contains(f.ArticleId) && signatures.ContainsKey(f.ArticleId)).Take(count).ToList();
        var shared = near.ConvertAll(f => Signature.Heaviest(Signature.Read(signatures[f.ArticleId]), weights, SharedWords.Most));
        var words = SharedWords.In(probe.Headline, probe.Text, shared.SelectMany(terms => terms));
        return near.Select((f, i) => new Candidate(f.ArticleId, f.Score, shared[i].Where(words.ContainsKey).Select(term => words[term]).ToList())).ToList();
    }

    private List<(long ArticleId, double Score)> FindNear(Session session, Probe probe, Dictionary<uint, float> weights, int count)
    {
        lock (_lock)
        {
            try
            {
                return CaughtUp(session).Find(long.MaxValue, probe.At.ToUnixTimeMilliseconds(), weights.Select(w => (w.Key, w.Value)), count);
            }
            catch
            {
                // Half of what others published may be missing from it.
                _index = null;
                throw;
            }
        }
    }

    private void Find(WriteSession session, long eventNumber, List<Subject> subjects)
    {
        lock (_lock)
        {
            try
            {
                var index = CaughtUp(session);
                var counts = subjects.ConvertAll(s => Signature.Count(s.Headline, BodyRenderer.PlainText(BodyJson.Read(s.Body))));
                var known = session.Query<long>("SELECT article_id FROM signatures WHERE article_id IN [[ids:ids]]", new { ids = session.Ids(subjects.Select(s => s.ArticleId)) }).ToHashSet();
                var frequencies = Frequencies.Of(session, subjects.Select((s, i) => new Frequencies.Counted(Languages.Primary(s.Language), counts[i].Keys, IsNew: !known.Contains(s.ArticleId))).ToList());
                for (var i = 0; i < subjects.Count; i++)
                    Keep(session, index, eventNumber, subjects[i], counts[i], frequencies.Idf(Languages.Primary(subjects[i].Language)));
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

    /// <summary>Forgets the index: a transaction that it has heard of was rolled back.</summary>
    public void Reset()
    {
        lock (_lock) _index = null;
    }

    private static void Keep(WriteSession session, RelatedIndex index, long eventNumber, Subject story, Dictionary<uint, int> counts, Func<uint, float> idf)
    {
        var terms = Signature.Best(counts, idf);
        session.Run("DELETE FROM related WHERE article_id = @p1 AND title_id IN (SELECT id FROM titles)", story.ArticleId);
        // Some of the best may be live in another title only, so look a little further.
        var found = index.Find(story.ArticleId, story.FirstPublishedAt, terms.Select(t => (t.Term, counts[t.Term] * idf(t.Term))), Kept * 2);
        var live = session.Query<(long TitleId, long ArticleId)>("SELECT title_id, article_id FROM publications WHERE article_id IN [[ids:ids]]",
            new { ids = session.Ids(found.Select(f => f.ArticleId).Append(story.ArticleId)) }).ToHashSet();
        foreach (var (titleId, _) in live.Where(p => p.ArticleId == story.ArticleId))
        {
            var position = 0;
            foreach (var (target, score) in found.Where(f => live.Contains((titleId, f.ArticleId))).Take(Kept))
                session.Run("INSERT INTO related (title_id, article_id, position, target_id, score) VALUES (@p1, @p2, @p3, @p4, @p5)", titleId, story.ArticleId, ++position, target, score);
        }

        session.Run("""
            INSERT INTO signatures (article_id, language, first_published_at, event_number, terms) VALUES (@p1, @p2, @p3, @p4, @p5)
            ON CONFLICT (article_id) DO UPDATE SET language = excluded.language, event_number = excluded.event_number, terms = excluded.terms
            """, story.ArticleId, story.Language, story.FirstPublishedAt, eventNumber, Signature.Write(terms));
        index.Add(story.ArticleId, story.FirstPublishedAt, terms);
    }

    /// <summary>The index with what other processes have published since it was last used.</summary>
    private RelatedIndex CaughtUp(Session session)
    {
        if (_index is null) (_index, _seen) = (new RelatedIndex(), 0);
        var (index, seen) = (_index, _seen);
        var rows = seen == 0
            ? session.Stream<(long ArticleId, long FirstPublishedAt, long Number, byte[] Terms)>($"""
                SELECT article_id, first_published_at, event_number, terms FROM signatures
                WHERE first_published_at >= coalesce((SELECT first_published_at FROM signatures ORDER BY first_published_at DESC LIMIT 1 OFFSET {Window}), -62135596800000)
                ORDER BY first_published_at
                """)
            : session.Stream<(long ArticleId, long FirstPublishedAt, long Number, byte[] Terms)>(
                "SELECT article_id, first_published_at, event_number, terms FROM signatures WHERE event_number > @seen ORDER BY event_number", new { seen });
        foreach (var (articleId, publishedAt, number, terms) in rows)
        {
            index.Add(articleId, publishedAt, Signature.Read(terms));
            _seen = Math.Max(_seen, number);
        }

        return index;
    }
}
