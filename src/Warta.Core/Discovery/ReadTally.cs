using System.Runtime.InteropServices;
using Warta.Storage;

namespace Warta.Discovery;

/// <summary>
/// Reads between the request that reports one and the list of the most read. A request only writes into its processor's ring and waits for nobody; a few times a
/// second <see cref="Fold"/> empties the rings, asks the database once which of the stories are live, and counts those.
/// </summary>
/// <param name="database">The database of the stories.</param>
public sealed class ReadTally(Database database, MostRead mostRead)
{
    /// <summary>Stories that are remembered while the database is away; reads of others are dropped then.</summary>
    public const int MostWaiting = 100_000;

    private readonly ReadRing[] _rings = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new ReadRing()).ToArray();
    private readonly Lock _folding = new();
    private readonly Dictionary<(long TitleId, long ArticleId), int> _waiting = [];
    private long _counted, _unknown, _overflowed;

    /// <summary>Reads that went into the most-read list.</summary>
    public long Counted => Volatile.Read(ref _counted);

    /// <summary>What was no reader's read, or of no live story.</summary>
    public long Refused => Volatile.Read(ref _unknown) + _rings.Sum(ring => ring.Refused);

    /// <summary>Reads that there was no room for.</summary>
    public long Dropped => Volatile.Read(ref _overflowed) + _rings.Sum(ring => ring.Dropped);

    /// <summary>Takes a read that a browser reports. Whether there is such a story is found out later.</summary>
    public void Add(long titleId, long articleId) => Ring.Add(titleId, articleId);

    public void Refuse() => Ring.Refuse();

    public void Drop() => Ring.Drop();

    private ReadRing Ring => _rings[Thread.GetCurrentProcessorId() % _rings.Length];

    /// <summary>Counts what has come in. While the database is away it waits for the next time.</summary>
    public void Fold(DateTimeOffset now)
    {
        lock (_folding)
        {
            foreach (var ring in _rings) ring.Empty(Keep);
            foreach (var title in _waiting.GroupBy(read => read.Key.TitleId).ToList())
            {
                if (LiveOf(title.Key, title.Select(read => read.Key.ArticleId).ToList()) is not { } live) return;
                foreach (var ((titleId, articleId), times) in title)
                {
                    _waiting.Remove((titleId, articleId));
                    if (live.Contains(articleId)) mostRead.Count(titleId, articleId, now, times);
                    Interlocked.Add(ref live.Contains(articleId) ? ref _counted : ref _unknown, times);
                }
            }
        }
    }

    private void Keep(long titleId, long articleId)
    {
        ref var times = ref CollectionsMarshal.GetValueRefOrAddDefault(_waiting, (titleId, articleId), out var known);
        times++;
        if (known || _waiting.Count <= MostWaiting) return;
        _waiting.Remove((titleId, articleId));
        Interlocked.Increment(ref _overflowed);
    }

    /// <summary>Null while the database is away.</summary>
    private HashSet<long>? LiveOf(long titleId, List<long> ids)
    {
        try
        {
            return database.Read(session => Published(session, titleId, ids));
        }
        catch (StorageException)
        {
            return null;
        }
    }

    /// <summary>Which of these stories are live in a title.</summary>
    public static HashSet<long> Published(Session session, long titleId, IReadOnlyList<long> ids) =>
        [.. session.Query<long>("SELECT article_id FROM publications WHERE title_id = @titleId AND article_id IN [[ids:ids]]", new { titleId, ids = session.Ids(ids) })];
}
