using System.Runtime.InteropServices;
using Warta.Storage;

namespace Warta.Discovery;

/// <summary>
/// Counted reads by the hour and by what led to them, kept for eight days in the database of reads. All nodes write there, so what is read back is the whole; what was
/// counted since the last flush isn't in it yet. For any thread.
/// </summary>
public sealed class ReadHours
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(8);

    private readonly Database _reads;
    private readonly string _node;
    private readonly Lock _lock = new();
    private readonly Dictionary<Place, (long Reads, bool IsSaved)> _counts = [];
    private long _tidiedHour;

    private readonly record struct Place(long TitleId, long ArticleId, long Hour, long From, long Block);

    /// <summary>So many reads of a story in one hour, and what led there.</summary>
    /// <param name="From">The story whose page led there; 0 where none of ours did.</param>
    /// <param name="Block">The block of that page; empty where none did.</param>
    public readonly record struct Row(long ArticleId, long Hour, long From, string Block, long Reads);

    /// <param name="reads">The database of read counts.</param>
    /// <param name="node">This process's name among those that count.</param>
    public ReadHours(Database reads, string node, DateTimeOffset now)
    {
        (_reads, _node) = (reads, node);
        // Whoever was stopped goes on with the hour's count, for a row holds all of it.
        foreach (var (titleId, articleId, hour, from, block, count) in reads.Read(session => session.Query<(long, long, long, long, string, long)>(
            "SELECT title_id, article_id, hour, from_id, block, reads FROM read_hours WHERE node = @node AND hour >= @hour", new { node, hour = HourOf(now) })))
            _counts[new Place(titleId, articleId, hour, from, BlockName.Pack(block))] = (count, true);
    }

    public static long HourOf(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / 3600;

    internal void Count(in ReadReport read, DateTimeOffset now)
    {
        lock (_lock)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, new Place(read.TitleId, read.ArticleId, HourOf(now), read.From, read.Block), out _);
            count = (count.Reads + 1, false);
        }
    }

    /// <summary>Writes what was counted since the last time.</summary>
    /// <exception cref="StorageException">It couldn't be written; it stays in memory for the next time.</exception>
    public void Flush(DateTimeOffset now)
    {
        var hour = HourOf(now);
        List<(Place Place, long Reads)> unsaved;
        lock (_lock) unsaved = _counts.Where(c => !c.Value.IsSaved).Select(c => (c.Key, c.Value.Reads)).ToList();
        if (unsaved.Count > 0 || _tidiedHour < hour)
        {
            _reads.Write(session =>
            {
                foreach (var (place, reads) in unsaved)
                {
                    session.Run("""
                        INSERT INTO read_hours (title_id, article_id, hour, from_id, block, node, reads) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7)
                        ON CONFLICT (title_id, article_id, hour, from_id, block, node) DO UPDATE SET reads = excluded.reads
                        """, place.TitleId, place.ArticleId, place.Hour, place.From, BlockName.Unpack(place.Block), _node, reads);
                }

                session.Run("DELETE FROM read_hours WHERE hour < @p1", HourOf(now - Kept));
            });
            _tidiedHour = hour;
        }

        lock (_lock)
        {
            foreach (var (place, reads) in unsaved)
            {
                // Read again meanwhile: then it goes with the next.
                if (_counts[place].Reads != reads) continue;
                if (place.Hour < hour) _counts.Remove(place);
                else _counts[place] = (reads, true);
            }

            foreach (var old in _counts.Where(c => c.Value.IsSaved && c.Key.Hour < hour).Select(c => c.Key).ToList()) _counts.Remove(old);
        }
    }

    /// <summary>The reads of a story since an hour.</summary>
    public List<Row> Of(long titleId, long articleId, long sinceHour) => _reads.Read(session => session.Query<(long ArticleId, long Hour, long From, string Block, long Reads)>("""
        SELECT article_id, hour, from_id, block, CAST(sum(reads) AS BIGINT) AS reads FROM read_hours
        WHERE title_id = @titleId AND article_id = @articleId AND hour >= @sinceHour
        GROUP BY article_id, hour, from_id, block
        ORDER BY hour
        """, new { titleId, articleId, sinceHour })).ConvertAll(row => new Row(row.ArticleId, row.Hour, row.From, row.Block, row.Reads));

    /// <summary>What readers went on with from these stories since an hour, most clicks first: <c>Hour</c> is 0, for it is the sum.</summary>
    public List<Row> LedFrom(long titleId, IReadOnlyList<long> fromIds, long sinceHour) => fromIds.Count == 0 ? [] : _reads.Read(session => session.Query<(long ArticleId, long From, string Block, long Reads)>("""
        SELECT article_id, from_id, block, CAST(sum(reads) AS BIGINT) AS reads FROM read_hours
        WHERE title_id = @titleId AND from_id IN [[ids:fromIds]] AND hour >= @sinceHour
        GROUP BY article_id, from_id, block
        ORDER BY sum(reads) DESC, article_id
        """, new { titleId, fromIds = session.Ids(fromIds), sinceHour })).ConvertAll(row => new Row(row.ArticleId, 0, row.From, row.Block, row.Reads));

    /// <summary>How often each of these stories was read since an hour.</summary>
    public Dictionary<long, long> ReadsOf(long titleId, IReadOnlyList<long> articleIds, long sinceHour) => articleIds.Count == 0 ? [] : _reads.Read(session => session.Query<(long ArticleId, long Reads)>("""
        SELECT article_id, CAST(sum(reads) AS BIGINT) AS reads FROM read_hours
        WHERE title_id = @titleId AND article_id IN [[ids:articleIds]] AND hour >= @sinceHour
        GROUP BY article_id
        """, new { titleId, articleIds = session.Ids(articleIds), sinceHour })).ToDictionary(row => row.ArticleId, row => row.Reads);
}
