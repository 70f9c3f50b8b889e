using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Warta.Content;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Composition;

/// <summary>
/// The page store: every page of the site, made when it is first asked for and kept until something that it shows changes (docs/composition.md). What is in
/// memory is served without touching the database; what is not may be on the disk; the rest is rendered, each page once however many ask, by as many workers as there
/// are processors.
/// </summary>
public sealed class Pages : IDisposable
{
    /// <summary>How long pages stand in while the database is away.</summary>
    public static readonly TimeSpan StandIn = TimeSpan.FromHours(1);

    private const int MostWaiting = 1_000, MostSingles = 200, MostTries = 8;
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);

    private readonly Site _site;
    private readonly PageMemory _memory;
    private readonly PageDisk _disk;
    private readonly ConcurrentDictionary<PageKey, Task<Made>> _flights = new();
    private readonly ConcurrentDictionary<long, Day> _days = new();
    private readonly ConcurrentDictionary<long, (string Html, Segment Segment)> _strips = new();

    // Searches and the like, which one reader asks for, keep nobody from a page that all ask for.
    private readonly Queue _shared = new(Math.Max(2, Environment.ProcessorCount), MostWaiting), _singles = new(Math.Max(1, Environment.ProcessorCount / 2), MostSingles);
    /// <summary>Since when the database hasn't answered, in Unix ms; 0 while it does.</summary>
    private long _awaySince;
    private int _turning;

    /// <summary>Today in the words of a title.</summary>
    private sealed record Day(Masthead Masthead, Segment Segment, DateTimeOffset Until);

    /// <summary>Pages that wait to be rendered.</summary>
    private sealed class Queue(int workers, int most) : IDisposable
    {
        public readonly SemaphoreSlim Workers = new(workers);
        public readonly int Most = most;
        public int Waiting;

        public void Dispose() => Workers.Dispose();
    }

    /// <summary>A page fresh from the press.</summary>
    private sealed record Made(KeptPage? Page, bool MayKeep, string? Location, bool IsTemporary = false);

    /// <summary>Renders a page in a snapshot; null when there is none at its address.</summary>
    public delegate Page? Compose(Site site, Title title, Session session);

    /// <param name="Location">Where to go instead; then there is no page.</param>
    /// <param name="Age">For how long it has been out of date; null for a current one.</param>
    public readonly record struct Answer(KeptPage? Page, Composed? Composed, string? Location, TimeSpan? Age, bool IsTemporary = false);

    public Pages(Site site, long memoryBytes, PageDisk disk)
    {
        (_site, _disk, _memory) = (site, disk, new PageMemory(memoryBytes));
        site.Freshness.Erasing = Erase;
        site.Freshness.NeedsHistory = disk.Count > 0;
    }

    /// <summary>How long a reader waits for the new page before the old one stands in.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(50);

    public PageCounts Counts { get; } = new();
    public long MemoryBytes => _memory.Bytes;
    public int InMemory => _memory.Count;
    public PageDisk Disk => _disk;
    public int Waiting => Volatile.Read(ref _shared.Waiting) + Volatile.Read(ref _singles.Waiting);

    /// <summary>The database has been away for so long that what is kept may be far from the truth.</summary>
    public bool IsAway => Volatile.Read(ref _awaySince) is > 0 and var since && _site.Press.Now.ToUnixTimeMilliseconds() - since > StandIn.TotalMilliseconds;

    /// <summary>Catches up with the log. Says so once when the database goes away, and once when it is back.</summary>
    /// <returns>False while it is away.</returns>
    public bool Follow()
    {
        try
        {
            _site.Freshness.Follow();
            Volatile.Write(ref _awaySince, 0);
            return true;
        }
        catch (StorageException)
        {
            Interlocked.CompareExchange(ref _awaySince, _site.Press.Now.ToUnixTimeMilliseconds(), 0);
            return false;
        }
    }

    /// <summary>A page that is there and current; null where it must be made, or there may be none.</summary>
    public Answer? Find(PageKey key)
    {
        if (Kept(key, out var around, out var source) is not { } page || !page.IsCurrent(_site.Freshness, around, _site.Press.Now)) return null;
        Counts.Add(source);
        return new Answer(page, Fill(page, around), null, null);
    }

    /// <summary>A page, made if need be.</summary>
    /// <param name="keep">False for pages that only one reader asks for.</param>
    /// <param name="left">The reader has gone. The page is made nevertheless: others may wait for it.</param>
    /// <exception cref="StorageException">The database is away, and nothing may stand in.</exception>
    /// <exception cref="OverloadException">Too many pages wait to be made, and nothing may stand in.</exception>
    public async Task<Answer> Get(PageKey key, bool keep, Compose compose, CancellationToken left)
    {
        for (var tries = 0; ; tries++)
        {
            var now = _site.Press.Now;
            var source = PageSource.Memory;
            var old = keep ? Kept(key, out _, out source) : null;
            if (old is not null && old.IsCurrent(_site.Freshness, _site.Freshness.Around, now))
            {
                Counts.Add(source);
                return Current(old);
            }

            if (old is not null && old.IsGone(_site.Freshness, now))
            {
                _memory.Remove(old);
                old = null;
            }

            if (old is not null) old.StaleSince ??= now;
            Made made;
            try
            {
                var flight = keep ? Flight(key, compose, isAwaited: old is null) : Make(key, compose, isAwaited: true, _singles);
                if (old is not null && await Task.WhenAny(flight, Task.Delay(Patience, left)) != flight && MayStandIn(old)) return Stale(old);
                made = await flight.WaitAsync(left);
            }
            catch (Exception e) when (e is StorageException or OverloadException && old is not null && MayStandIn(old))
            {
                return Stale(old);
            }

            if (made.Page is not { } page) return new Answer(null, null, made.Location, null, made.IsTemporary);
            // Others' takedown may have come between: what was rendered before it must not go out after it.
            if (tries < MostTries && page.IsGone(_site.Freshness, _site.Press.Now) && !page.IsCurrent(_site.Freshness, _site.Freshness.Around, _site.Press.Now) && page.GoneAfter > now) continue;
            return Current(page);
        }

        Answer Current(KeptPage page) => new(page, Fill(page, _site.Freshness.Around), null, null);

        // Asked at the last moment: a takedown may have come while the reader waited.
        bool MayStandIn(KeptPage page) => !page.IsGone(_site.Freshness, _site.Press.Now);

        Answer Stale(KeptPage page)
        {
            Counts.Add(PageSource.Stale);
            return new Answer(page, Fill(page, _site.Freshness.Around), null, _site.Press.Now - page.StaleSince);
        }
    }

    /// <summary>What fills a hole of pages that show this already.</summary>
    public Segment Part(Title title, Hole hole, LivePlan plan)
    {
        if (_site.Press.Now >= _site.Freshness.TurnsAt) Follow();
        var masthead = _site.Freshness.Around.Mastheads[title.Id];
        if (hole is Hole.Date) return DateOf(masthead);
        if (hole is Hole.Strip) return StripOf(masthead.Title) ?? Segment.Empty;
        // Lists are kept for contexts that pages have; anybody may ask for others.
        var isUsual = plan.Context.Language.Length == 0 || plan.Context.Language == Languages.Primary(title.Language);
        var set = isUsual ? _site.Freshness.SlotOf(plan.Context).Set : _site.Freshness.Glance(plan.Context);
        return set?.For(plan).Of(hole) ?? Segment.Empty;
    }

    /// <summary>Puts on the disk what has been in memory for a while, so that a restart finds it.</summary>
    public void Settle()
    {
        if (_disk.IsOff) return;
        var (around, now) = (_site.Freshness.Around, _site.Press.Now);
        foreach (var page in _memory.All())
        {
            if (!page.IsOnDisk && now - page.RenderedAt > Settled && page.IsCurrent(_site.Freshness, around, now)) Store(page);
        }
    }

    public void Dispose()
    {
        foreach (var page in _memory.All().Where(page => !page.IsOnDisk)) Store(page);
        _site.Dispose();
        _disk.Dispose();
        _shared.Dispose();
        _singles.Dispose();
    }

    private KeptPage? Kept(PageKey key, out Surroundings around, out PageSource source)
    {
        if (_site.Press.Now >= _site.Freshness.TurnsAt) Turn();
        around = _site.Freshness.Around;
        source = PageSource.Memory;
        if (_memory.Find(key) is { } page) return page;

        if (!_disk.TryRead(HashOf(key), out var bytes) || KeptPage.Read(key, bytes) is not { } stored || !stored.IsCurrent(_site.Freshness, around, _site.Press.Now)) return null;
        source = PageSource.Disk;
        Put(stored);
        return stored;
    }

    /// <summary>Live lists that change with the clock: by the first who asks then. While the database is away nobody waits for it; the Timetable does.</summary>
    private void Turn()
    {
        if (Volatile.Read(ref _awaySince) > 0 || Interlocked.Exchange(ref _turning, 1) == 1) return;
        Follow();
        Volatile.Write(ref _turning, 0);
    }

    private Composed Fill(KeptPage page, Surroundings around)
    {
        var masthead = around.Mastheads[page.Key.TitleId];
        return page.Fill(SetOf(page), DateOf(masthead), StripOf(masthead.Title));
    }

    private LiveSet? SetOf(KeptPage page)
    {
        if (page.Slot?.Set is { } set) return set;
        if (Volatile.Read(ref _awaySince) > 0) return null;
        try
        {
            page.Slot = _site.Freshness.SlotOf(page.Plan.Context);
        }
        catch (StorageException)
        {
            // The page goes without its lists rather than not at all.
        }

        return page.Slot?.Set;
    }

    private Segment DateOf(Masthead masthead)
    {
        var now = _site.Press.Now;
        if (_days.TryGetValue(masthead.Title.Id, out var day) && now < day.Until && ReferenceEquals(day.Masthead, masthead)) return day.Segment;
        var title = masthead.Title;
        day = new Day(masthead, Segment.Of(Clock.DateInWords(now, title.Zone, title.Language)), Clock.NextMidnight(now, title.Zone));
        _days[title.Id] = day;
        return day.Segment;
    }

    private Segment? StripOf(Title title)
    {
        if (_site.Strip is not { } strip) return null;
        var html = strip(title);
        if (_strips.TryGetValue(title.Id, out var known) && known.Html == html) return known.Segment;
        return (_strips[title.Id] = (html, Segment.Of(html))).Segment;
    }

    private Task<Made> Flight(PageKey key, Compose compose, bool isAwaited)
    {
        var started = new TaskCompletionSource<Made>(TaskCreationOptions.RunContinuationsAsynchronously);
        var flight = _flights.GetOrAdd(key, started.Task);
        if (flight != started.Task) return flight;
        _ = Fly();
        return flight;

        async Task Fly()
        {
            try
            {
                // Whoever looked a moment ago may have missed it: it was put there, and its flight ended, since.
                var made = _memory.Find(key) is { } there && there.IsCurrent(_site.Freshness, _site.Freshness.Around, _site.Press.Now) ? new Made(there, false, null) : await Make(key, compose, isAwaited, _shared);
                if (made.MayKeep && made.Page is { } page && page.IsCurrent(_site.Freshness, _site.Freshness.Around, _site.Press.Now)) Put(page);
                _flights.TryRemove(key, out _);
                started.SetResult(made);
            }
            catch (Exception e)
            {
                _flights.TryRemove(key, out _);
                started.SetException(e);
                // Whoever waited is told; perhaps nobody does any more.
                _ = started.Task.Exception;
            }
        }
    }

    /// <param name="isAwaited">Whoever asks has nothing else to do: his thread may as well do the work. That he leaves meanwhile doesn't stop it.</param>
    /// <exception cref="OverloadException">Too many wait.</exception>
    private async Task<Made> Make(PageKey key, Compose compose, bool isAwaited, Queue queue)
    {
        if (Interlocked.Increment(ref queue.Waiting) > queue.Most)
        {
            Interlocked.Decrement(ref queue.Waiting);
            throw new OverloadException();
        }

        try
        {
            await queue.Workers.WaitAsync();
            try
            {
                return isAwaited ? Render(key, compose) : await Task.Run(() => Render(key, compose));
            }
            finally
            {
                queue.Workers.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref queue.Waiting);
        }
    }

    private Made Render(PageKey key, Compose compose)
    {
        var began = Stopwatch.GetTimestamp();
        for (var tries = 0; ; tries++)
        {
            var reading = new Reading();
            var (page, position, masthead) = _site.Read(session => InSnapshot(session, reading, isLast: tries == MostTries));
            if (masthead is null)
            {
                _site.Freshness.Follow();
                continue;
            }

            Counts.Add(PageSource.Rendered);
            return page!.Location is { } location ? new Made(null, false, location, page.Status == 302) : new Made(KeptPage.Of(key, _site.Strip is null ? page : page with { Html = Holes.AtFoot(page.Html, Hole.Strip) }, reading, position, masthead.Hash, _site.Press.Now, Stopwatch.GetElapsedTime(began)), page.MayBe(key), null);
        }

        // The snapshot and what stands around the page must be of one moment: else a page could mix an old story with a new menu, and pass for current.
        (Page?, long, Masthead?) InSnapshot(Session session, Reading reading, bool isLast)
        {
            var position = Changes.Newest(session);
            var around = _site.Freshness.Around;
            if (around.Position != position && !isLast) return default;
            session.Reading = reading;
            var site = _site.At(around);
            var masthead = around.Mastheads[key.TitleId];
            var page = compose(site, masthead.Title, session) ?? AbsentPage.NotFound(site, masthead.Title, session, key.Path);
            // Under a storm of changes: better a page that counts as old at once than none.
            return (page, around.Position == position ? position : -1, masthead);
        }
    }

    private void Put(KeptPage page)
    {
        foreach (var gone in _memory.Put(page))
        {
            if (!gone.IsOnDisk && gone.IsCurrent(_site.Freshness, _site.Freshness.Around, _site.Press.Now)) Store(gone);
        }
    }

    private void Store(KeptPage page)
    {
        _disk.Write(HashOf(page.Key), page.Keys.Select(key => key.Value).ToArray(), page.Write());
        page.IsOnDisk = true;
        // Erased while it was written: then it may have come too late to be found there.
        if (page.IsGone(_site.Freshness, _site.Press.Now)) Erase(page.Keys.Where(key => _site.Freshness.IsGone([key], page.Position)).ToList());
    }

    private void Erase(IReadOnlyList<Key> keys)
    {
        foreach (var page in _memory.All().Where(page => page.Keys.Any(keys.Contains))) _memory.Remove(page);
        foreach (var key in keys) _disk.Erase(key.Value);
    }

    private static UInt128 HashOf(PageKey key) => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{key.TitleId}\n{key.Path}\n{key.Number}")));
}

/// <summary>More pages wait to be made than can be made in time.</summary>
public sealed class OverloadException() : Exception("Too many pages wait to be made.");
