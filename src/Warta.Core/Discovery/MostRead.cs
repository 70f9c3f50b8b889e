using System.Runtime.InteropServices;
using Warta.Content;
using Warta.Storage;

namespace Warta.Discovery;

/// <summary>
/// Most-read stories (<i>Terpopuler</i>), in memory: each story's reads as sums that fade (forward decay: Cormode, Shkapenyuk, Srivastava, Xu 2009), ordered by the
/// reads to be expected now (<see cref="ReadSums.Pace"/>). Batches go to a database of their own; a restart reads them back, and nodes read each other's.
/// </summary>
public sealed partial class MostRead
{
    /// <summary>A list that hasn't been flushed for so long is out of date, and not shown.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromMinutes(35);

    /// <summary>A story whose slowest sum has faded below this is in no list: one read of two days ago.</summary>
    private const double Faded = 0.05;

    /// <summary>Counted stories of a title beyond which the faded ones are dropped at the next flush.</summary>
    private const int Crowded = 5_000;

    /// <summary>Stories in the order of a title; sections and languages choose from them.</summary>
    private const int Ranked = 2_000;

    private sealed class Counter
    {
        /// <summary>What this node counted, and writes.</summary>
        public ReadSums Own;
        public long Reads;
        public bool Unsaved;

        /// <summary>What other nodes have written, by their names.</summary>
        public Dictionary<string, ReadSums>? Others;

        public ReadSums Total(long at)
        {
            var total = Own;
            foreach (var other in Others?.Values ?? Enumerable.Empty<ReadSums>()) total.Add(other);
            return total.AsOf(at);
        }
    }

    private sealed class Board
    {
        public readonly Dictionary<long, Counter> Counters = [];
        public long[]? Order;

        /// <summary>Of the newest read. The order is that of this moment, so that it changes only when something is counted.</summary>
        public long At;
    }

    private readonly Database _reads;
    private readonly string _node;
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Board> _boards = [];
    private DateTimeOffset _flushedAt;

    /// <param name="reads">The database of read counts.</param>
    /// <param name="node">This process's name among those that count.</param>
    /// <param name="now">The start of this process: its batches are numbered from here.</param>
    public MostRead(Database reads, string node, DateTimeOffset now)
    {
        (_reads, _node, _flushedAt, _epoch) = (reads, node, now, now.ToUnixTimeMilliseconds());
        Restore(now);
    }

    internal Database Reads => _reads;
    internal string Node => _node;
    internal DateTimeOffset StartedAt => DateTimeOffset.FromUnixTimeMilliseconds(_epoch);

    /// <summary>Counts reads of a live story.</summary>
    public void Count(long titleId, long articleId, DateTimeOffset at, int times = 1)
    {
        lock (_lock)
        {
            var board = BoardOf(titleId);
            var counter = CounterOf(board, articleId);
            counter.Own.Add(at.ToUnixTimeMilliseconds(), times);
            counter.Reads += times;
            counter.Unsaved = true;
            (board.Order, board.At) = (null, Math.Max(board.At, counter.Own.At));
        }
    }

    /// <summary>Article ids, most read first; of equal ones the newer story. Not all need be live: read them through <see cref="Stories"/>.</summary>
    public IReadOnlyList<long> Order(long titleId)
    {
        lock (_lock)
        {
            return _boards.TryGetValue(titleId, out var board) ? board.Order ??= Sort(board).ToArray() : [];
        }
    }

    /// <summary>The most-read live stories, by number in order, without what editors exclude. Empty when the list is out of date.</summary>
    /// <param name="where">The list's scope.</param>
    public List<Story> Stories(Session session, long titleId, Scope where, int count, DateTimeOffset now)
    {
        if (IsStale(now)) return [];
        var stories = new List<Story>(count);
        var (order, exclusions) = (Order(titleId), Exclusions.Of(session, titleId, now));
        // A section of which little is read lies far down: each look takes more at once.
        for (int from = 0, size = Math.Max(count * 2, 20); from < order.Count && stories.Count < count; from += size, size *= 4)
            stories = Twins.Folded(session, [.. stories, .. Exclusions.Left(session, exclusions, Story.Live(session, titleId, order.Skip(from).Take(size).ToList()).FindAll(story => !story.IsAdvertorial && where.Holds(story)))]);
        return stories.Count > count ? stories.GetRange(0, count) : stories;
    }

    /// <summary>How fast a story is read, of all nodes as far as they are known.</summary>
    /// <param name="PerMinute">Reads a minute to be expected now.</param>
    /// <param name="Trend">See <see cref="ReadSums.Trend"/>.</param>
    public readonly record struct Speed(double PerMinute, double? Trend)
    {
        private const double Much = 1.5;

        public bool IsRising => Trend >= Much;
        public bool IsFalling => Trend <= 1 / Much;
    }

    /// <summary>The speeds of these stories now; of one that nobody reads there is none.</summary>
    public Dictionary<long, Speed> Speeds(long titleId, IEnumerable<long> articleIds, DateTimeOffset now)
    {
        lock (_lock)
        {
            var speeds = new Dictionary<long, Speed>();
            if (!_boards.TryGetValue(titleId, out var board)) return speeds;
            foreach (var id in articleIds)
            {
                if (!board.Counters.TryGetValue(id, out var counter)) continue;
                var sums = counter.Total(Math.Max(board.At, now.ToUnixTimeMilliseconds()));
                speeds[id] = new Speed(sums.Pace(), sums.Trend());
            }

            return speeds;
        }
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

    private static IEnumerable<long> Sort(Board board) => board.Counters
        .Select(c => (Id: c.Key, Sums: c.Value.Total(board.At)))
        .Where(c => c.Sums.Sums[0] >= Faded)
        .Select(c => (c.Id, Pace: c.Sums.Pace()))
        .OrderByDescending(c => c.Pace).ThenByDescending(c => c.Id)
        .Take(Ranked).Select(c => c.Id);

    private static void Prune(Board board)
    {
        foreach (var id in board.Counters.Where(c => !c.Value.Unsaved && c.Value.Total(board.At).Sums[0] < Faded).Select(c => c.Key).ToList())
            board.Counters.Remove(id);
        board.Order = null;
    }

    private Board BoardOf(long titleId)
    {
        ref var board = ref CollectionsMarshal.GetValueRefOrAddDefault(_boards, titleId, out _);
        return board ??= new Board();
    }

    private static Counter CounterOf(Board board, long articleId)
    {
        ref var counter = ref CollectionsMarshal.GetValueRefOrAddDefault(board.Counters, articleId, out _);
        return counter ??= new Counter();
    }
}
