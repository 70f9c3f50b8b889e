using System.Net;
using Warta.Storage;

namespace Warta.Discovery;

/// <summary>
/// Reads between the request that reports one and the list of the most read. A request only writes into its processor's ring and waits for nobody; a few times a
/// second <see cref="Fold"/> empties the rings, asks the database once which of the stories are live, and counts those: each reader of a story once, and no
/// network beyond its share.
/// </summary>
/// <param name="database">The database of the stories.</param>
public sealed class ReadTally(Database database, MostRead mostRead)
{
    /// <summary>Reads that are remembered while the database is away; more are dropped then.</summary>
    public const int MostWaiting = 200_000;

    private readonly ReadRing[] _rings = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new ReadRing()).ToArray();
    private readonly Lock _folding = new();
    private readonly List<ReadReport> _waiting = [];
    private readonly SeenReads _seen = new();
    private readonly NetworkShares _shares = new();
    private ReaderSalt? _salt, _known;
    private long _counted, _repeated, _damped, _unknown, _overflowed;

    /// <summary>Reads that went into the most-read list.</summary>
    public long Counted => Volatile.Read(ref _counted);

    /// <summary>Reads by who had read the story already.</summary>
    public long Repeated => Volatile.Read(ref _repeated);

    /// <summary>Reads beyond the share of their network.</summary>
    public long Damped => Volatile.Read(ref _damped);

    /// <summary>What was no reader's read, or of no live story.</summary>
    public long Refused => Volatile.Read(ref _unknown) + _rings.Sum(ring => ring.Refused);

    /// <summary>Reads that there was no room for.</summary>
    public long Dropped => Volatile.Read(ref _overflowed) + _rings.Sum(ring => ring.Dropped);

    /// <summary>What is read this hour.</summary>
    public ReadsNow Now { get; } = new();

    /// <summary>What was read before, and what led there.</summary>
    public ReadHours Hours { get; } = new(mostRead.Reads, mostRead.Node, mostRead.StartedAt);

    /// <summary>Takes a read that a browser reports. Whether there is such a story, and whether this reader has read it before, is found out later.</summary>
    public void Add(in ReadReport read) => Ring.Add(read);

    /// <summary>What stands for a reader today, and for his network.</summary>
    public (ulong Reader, ulong Network) Who(IPAddress? address, ReadOnlySpan<char> agent, ReadOnlySpan<char> host, DateTimeOffset now)
    {
        var salt = _salt;
        while (salt is null || now >= salt.EndsAt)
        {
            Interlocked.CompareExchange(ref _salt, new ReaderSalt(now), salt);
            salt = _salt;
        }

        return salt.Of(address, agent, host);
    }

    public void Refuse() => Ring.Refuse();

    public void Drop() => Ring.Drop();

    private ReadRing Ring => _rings[Thread.GetCurrentProcessorId() % _rings.Length];

    /// <summary>Counts what has come in. While the database is away it waits for the next time.</summary>
    public void Fold(DateTimeOffset now)
    {
        lock (_folding)
        {
            ForgetReaders(now);
            foreach (var ring in _rings) ring.Empty(Keep);
            foreach (var title in _waiting.GroupBy(read => read.TitleId).ToList())
            {
                if (LiveOf(title.Key, title.SelectMany(read => new[] { read.ArticleId, read.From }).Distinct().ToList()) is not { } live) return;
                foreach (var story in title.GroupBy(read => read.ArticleId))
                {
                    if (live.Contains(story.Key)) Count(title.Key, story.Key, story.Select(read => Led(read, live)), now);
                    else Interlocked.Add(ref _unknown, story.Count());
                }

                _waiting.RemoveAll(read => read.TitleId == title.Key);
            }
        }
    }

    private void Count(long titleId, long articleId, IEnumerable<ReadReport> reads, DateTimeOffset now)
    {
        var (counted, repeated, damped) = (0, 0, 0);
        foreach (var read in reads)
        {
            if (!_seen.Add(read.Reader, articleId))
            {
                repeated++;
                Now.Saw(read, now);
            }
            else if (!_shares.Takes(titleId, articleId, read.Network))
            {
                damped++;
            }
            else
            {
                counted++;
                Hours.Count(read, now);
                Now.Count(read, now);
            }
        }

        if (counted > 0) mostRead.Count(titleId, articleId, now, counted);
        Interlocked.Add(ref _counted, counted);
        Interlocked.Add(ref _repeated, repeated);
        Interlocked.Add(ref _damped, damped);
    }

    /// <summary>Of what led there, only what may be so: a block that pages have, and a live story. Whatever else is said, the read counts.</summary>
    private static ReadReport Led(ReadReport read, HashSet<long> live) =>
        !BlockName.IsKnown(read.Block) || read.From == read.ArticleId ? read with { From = 0, Block = 0 } : live.Contains(read.From) ? read : read with { From = 0 };

    private void Keep(ReadReport read)
    {
        if (_waiting.Count < MostWaiting) _waiting.Add(read);
        else Interlocked.Increment(ref _overflowed);
    }

    /// <summary>A new salt makes strangers of all readers: what is known of them is worth nothing any more.</summary>
    private void ForgetReaders(DateTimeOffset now)
    {
        var salt = Volatile.Read(ref _salt);
        if (salt is not null && now >= salt.EndsAt) salt = Interlocked.CompareExchange(ref _salt, null, salt) == salt ? null : _salt;
        if (salt == _known) return;
        if (_known is not null)
        {
            _seen.Clear();
            _shares.Clear();
        }

        _known = salt;
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
