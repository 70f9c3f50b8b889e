using Warta.Storage;

namespace Warta.Discovery;

/// <summary>How counts get into the database and back, and from one node to the others.</summary>
public sealed partial class MostRead
{
    private static readonly TimeSpan BatchesKept = TimeSpan.FromDays(2), SumsKept = TimeSpan.FromDays(7);

    /// <summary>How far the clocks of two nodes may be apart.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(2);

    private readonly long _epoch;
    private long _sequence;
    private DateTimeOffset _heardAt = DateTimeOffset.MinValue;

    private sealed record Saved
    {
        public const string Columns = "title_id, article_id, node, sum1, sum2, sum3, sum4, sum5, sum6, counted_at, reads";

        public long TitleId { get; init; }
        public long ArticleId { get; init; }
        public string Node { get; init; } = "";
        public double Sum1 { get; init; }
        public double Sum2 { get; init; }
        public double Sum3 { get; init; }
        public double Sum4 { get; init; }
        public double Sum5 { get; init; }
        public double Sum6 { get; init; }
        public long CountedAt { get; init; }
        public long Reads { get; init; }

        public ReadSums Sums
        {
            get
            {
                var sums = new ReadSums { At = CountedAt };
                (sums.Sums[0], sums.Sums[1], sums.Sums[2], sums.Sums[3], sums.Sums[4], sums.Sums[5]) = (Sum1, Sum2, Sum3, Sum4, Sum5, Sum6);
                return sums;
            }
        }
    }

    /// <summary>Writes what was counted since the last flush, as one numbered batch, and takes in what other nodes have written. A row holds a node's whole sums: writing it twice adds nothing.</summary>
    /// <exception cref="StorageException">It couldn't be written; the counts stay in memory for the next flush.</exception>
    public void Flush(DateTimeOffset now)
    {
        List<(long TitleId, long ArticleId, ReadSums Sums, long Reads)> unsaved;
        lock (_lock)
        {
            unsaved = _boards.SelectMany(b => b.Value.Counters.Where(c => c.Value.Unsaved).Select(c => (b.Key, c.Key, c.Value.Own, c.Value.Reads))).ToList();
        }

        if (unsaved.Count > 0)
        {
            _reads.Write(session =>
            {
                foreach (var (titleId, articleId, sums, reads) in unsaved) Write(session, titleId, articleId, sums, reads, now);
                session.Run("INSERT INTO read_batches (node, epoch, sequence, flushed_at) VALUES (@p1, @p2, @p3, @p4)", _node, _epoch, _sequence + 1, now);
                session.Run("DELETE FROM read_batches WHERE flushed_at < @p1", now - BatchesKept);
                session.Run("DELETE FROM read_sums WHERE saved_at < @p1", now - SumsKept);
            });
        }

        var heard = _reads.Read(session => session.Query<Saved>($"SELECT {Saved.Columns} FROM read_sums WHERE saved_at >= @since AND node <> @_node", new { since = _heardAt, _node }));
        lock (_lock)
        {
            if (unsaved.Count > 0) _sequence++;
            (_flushedAt, _heardAt) = (now, now - Apart);
            foreach (var (titleId, articleId, _, reads) in unsaved)
            {
                // Read again while the batch was written: then it is in the next one.
                if (_boards[titleId].Counters.TryGetValue(articleId, out var counter) && counter.Reads == reads) counter.Unsaved = false;
            }

            foreach (var row in heard) TakeIn(row);
            foreach (var board in _boards.Values.Where(b => b.Counters.Count > Crowded)) Prune(board);
        }
    }

    private void Write(WriteSession session, long titleId, long articleId, ReadSums sums, long reads, DateTimeOffset now) => session.Run("""
        INSERT INTO read_sums (title_id, article_id, node, sum1, sum2, sum3, sum4, sum5, sum6, counted_at, saved_at, reads) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12)
        ON CONFLICT (title_id, article_id, node) DO UPDATE SET sum1 = excluded.sum1, sum2 = excluded.sum2, sum3 = excluded.sum3, sum4 = excluded.sum4,
            sum5 = excluded.sum5, sum6 = excluded.sum6, counted_at = excluded.counted_at, saved_at = excluded.saved_at, reads = excluded.reads
        """, titleId, articleId, _node, sums.Sums[0], sums.Sums[1], sums.Sums[2], sums.Sums[3], sums.Sums[4], sums.Sums[5], sums.At, now, reads);

    private void Restore(DateTimeOffset now)
    {
        foreach (var row in _reads.Read(session => session.Query<Saved>($"SELECT {Saved.Columns} FROM read_sums"))) TakeIn(row);
        _heardAt = now - Apart;
    }

    private void TakeIn(Saved row)
    {
        var board = BoardOf(row.TitleId);
        var counter = CounterOf(board, row.ArticleId);
        var sums = row.Sums;
        if (row.Node == _node) (counter.Own, counter.Reads) = (sums, row.Reads);
        else if (counter.Others?.TryGetValue(row.Node, out var known) == true && known.At == sums.At && known.Sums[0] == sums.Sums[0]) return;
        else (counter.Others ??= [])[row.Node] = sums;
        (board.Order, board.At) = (null, Math.Max(board.At, row.CountedAt));
    }
}
