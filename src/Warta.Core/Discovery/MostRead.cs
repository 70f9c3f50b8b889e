using System.Runtime.InteropServices;
using Warta.Content;
using Warta.Storage;

namespace Warta.Discovery;

/// <summary>
/// Most-read stories (<i>Terpopuler</i>): reads counted with exponential decay, in memory. A read at time t weighs 2^(−(now − t)/half-life). Kept as the
/// logarithm of the sum of 2^(t/half-life), so that counting is one step and the order needs no clock (forward decay: Cormode, Shkapenyuk,
/// Srivastava, Xu 2009). Batches go to a database of their own; a restart reads them back.
/// </summary>
public sealed class MostRead
{
    /// <summary>A list that hasn't been flushed for so long is out of date, and not shown.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromMinutes(35);

    /// <summary>A story whose reads have faded below this many is forgotten.</summary>
    private const double Faded = 0.01;

    /// <summary>Counted stories of a title beyond which the faded ones are dropped at the next flush.</summary>
    private const int Crowded = 5_000;

    private static readonly TimeSpan BatchesKept = TimeSpan.FromDays(2);

    private struct Counter
    {
        /// <summary>Of all nodes' reads, as far as they are known.</summary>
        public double LogScore;

        /// <summary>Of the reads that this node counted: what it writes.</summary>
        public double OwnLogScore;
        public long Reads;
        public bool Unsaved;
    }

    private static readonly Counter Nothing = new() { LogScore = double.NegativeInfinity, OwnLogScore = double.NegativeInfinity };

    private sealed class Board(TimeSpan halfLife)
    {
        public readonly Dictionary<long, Counter> Counters = [];
        public double HalfLifeMs { get; } = halfLife.TotalMilliseconds;
        public long[]? Order;
    }

    private readonly Database _reads;
    private readonly Func<long, TimeSpan> _halfLife;
    private readonly string _node;
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Board> _boards = [];
    private readonly long _epoch;
    private long _sequence;
    private DateTimeOffset _flushedAt;

    /// <param name="reads">The database of read counts.</param>
    /// <param name="halfLife">The half-life of a title, by its id.</param>
    /// <param name="node">This process's name among those that count.</param>
    /// <param name="now">The start of this process: its batches are numbered from here.</param>
    public MostRead(Database reads, Func<long, TimeSpan> halfLife, string node, DateTimeOffset now)
    {
        (_reads, _halfLife, _node, _flushedAt, _epoch) = (reads, halfLife, node, now, now.ToUnixTimeMilliseconds());
        foreach (var row in reads.Read(session => session.Query<Saved>("SELECT title_id, article_id, node, score, scored_at, reads FROM read_scores")))
            Restore(row);
    }

    private sealed record Saved
    {
        public long TitleId { get; init; }
        public long ArticleId { get; init; }
        public string Node { get; init; } = "";
        public double Score { get; init; }
        public long ScoredAt { get; init; }
        public long Reads { get; init; }
    }

    /// <summary>Counts reads of a live story.</summary>
    public void Count(long titleId, long articleId, DateTimeOffset at, int times = 1)
    {
        lock (_lock)
        {
            var board = BoardOf(titleId);
            ref var counter = ref CollectionsMarshal.GetValueRefOrAddDefault(board.Counters, articleId, out var known);
            if (!known) counter = Nothing;
            var weight = LogWeight(board, at) + Math.Log2(times);
            counter.LogScore = AddLog(counter.LogScore, weight);
            counter.OwnLogScore = AddLog(counter.OwnLogScore, weight);
            counter.Reads += times;
            counter.Unsaved = true;
            board.Order = null;
        }
    }

    /// <summary>Article ids, most read first; of equal ones the newer story. Not all need be live: read them through <see cref="Stories"/>.</summary>
    public IReadOnlyList<long> Order(long titleId)
    {
        lock (_lock)
        {
            if (!_boards.TryGetValue(titleId, out var board)) return [];
            return board.Order ??= board.Counters.OrderByDescending(c => c.Value.LogScore).ThenByDescending(c => c.Key).Take(500).Select(c => c.Key).ToArray();
        }
    }

    /// <summary>The most-read live stories, by number in order. Empty when the list is out of date.</summary>
    /// <param name="where">The list's scope.</param>
    public List<Story> Stories(Session session, long titleId, Scope where, int count, DateTimeOffset now)
    {
        if (IsStale(now)) return [];
        var stories = new List<Story>(count);
        foreach (var ids in Order(titleId).Chunk(Math.Max(count * 2, 20)))
        {
            stories = Twins.Folded(session, [.. stories, .. Story.Live(session, titleId, ids).Where(story => !story.IsAdvertorial && where.Holds(story))]);
            if (stories.Count >= count) return stories.GetRange(0, count);
        }

        return stories;
    }

    public bool IsStale(DateTimeOffset now) => now >= StaleAt;

    /// <summary>From when on the list is out of date, unless counts are saved before.</summary>
    public DateTimeOffset StaleAt
    {
        get
        {
            lock (_lock) return _flushedAt + StaleAfter + TimeSpan.FromMilliseconds(1);
        }
    }

    /// <summary>Writes what was counted since the last flush, as one numbered batch: writing it twice adds nothing.</summary>
    /// <exception cref="StorageException">It couldn't be written; the counts stay in memory for the next flush.</exception>
    public void Flush(DateTimeOffset now)
    {
        List<Saved> unsaved;
        lock (_lock) unsaved = _boards.SelectMany(b => Collect(b.Key, b.Value, now)).ToList();
        if (unsaved.Count > 0)
        {
            _reads.Write(session =>
            {
                foreach (var row in unsaved)
                {
                    session.Run("""
                        INSERT INTO read_scores (title_id, article_id, node, score, scored_at, reads) VALUES (@p1, @p2, @p3, @p4, @p5, @p6)
                        ON CONFLICT (title_id, article_id, node) DO UPDATE SET score = excluded.score, scored_at = excluded.scored_at, reads = excluded.reads
                        """, row.TitleId, row.ArticleId, row.Node, row.Score, row.ScoredAt, row.Reads);
                }

                session.Run("INSERT INTO read_batches (node, epoch, sequence, flushed_at) VALUES (@p1, @p2, @p3, @p4)", _node, _epoch, _sequence + 1, now);
                session.Run("DELETE FROM read_batches WHERE flushed_at < @p1", now - BatchesKept);
            });
        }

        lock (_lock)
        {
            if (unsaved.Count > 0) _sequence++;
            _flushedAt = now;
            foreach (var row in unsaved)
            {
                ref var counter = ref CollectionsMarshal.GetValueRefOrNullRef(_boards[row.TitleId].Counters, row.ArticleId);
                // Read again while the batch was written: then it is in the next one.
                if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref counter) && counter.Reads == row.Reads) counter.Unsaved = false;
            }

            foreach (var board in _boards.Values.Where(b => b.Counters.Count > Crowded)) Prune(board, now);
        }
    }

    private List<Saved> Collect(long titleId, Board board, DateTimeOffset now) => board.Counters
        .Where(c => c.Value.Unsaved)
        .Select(c => new Saved { TitleId = titleId, ArticleId = c.Key, Node = _node, Score = ScoreAt(board, c.Value.OwnLogScore, now), ScoredAt = now.ToUnixTimeMilliseconds(), Reads = c.Value.Reads })
        .ToList();

    private static void Prune(Board board, DateTimeOffset now)
    {
        foreach (var id in board.Counters.Where(c => !c.Value.Unsaved && ScoreAt(board, c.Value.LogScore, now) < Faded).Select(c => c.Key).ToList())
            board.Counters.Remove(id);
        board.Order = null;
    }

    private void Restore(Saved row)
    {
        if (row.Score <= 0) return;
        var board = BoardOf(row.TitleId);
        var log = Math.Log2(row.Score) + row.ScoredAt / board.HalfLifeMs;
        ref var counter = ref CollectionsMarshal.GetValueRefOrAddDefault(board.Counters, row.ArticleId, out var known);
        if (!known) counter = Nothing;
        counter.LogScore = AddLog(counter.LogScore, log);
        if (row.Node == _node) (counter.OwnLogScore, counter.Reads) = (log, row.Reads);
    }

    private Board BoardOf(long titleId)
    {
        ref var board = ref CollectionsMarshal.GetValueRefOrAddDefault(_boards, titleId, out _);
        return board ??= new Board(_halfLife(titleId));
    }

    private static double LogWeight(Board board, DateTimeOffset at) => at.ToUnixTimeMilliseconds() / board.HalfLifeMs;

    private static double ScoreAt(Board board, double logScore, DateTimeOffset now) => Math.Pow(2, logScore - LogWeight(board, now));

    /// <summary>log₂(2^a + 2^b); minus infinity, which adds nothing, may be one of them.</summary>
    private static double AddLog(double a, double b) => Math.Max(a, b) + Math.Log2(1 + Math.Pow(2, -Math.Abs(a - b)));
}
