using System.Collections.Concurrent;
using Warta.Content;
using Warta.Publishing;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>
/// Whether what is kept is current. It follows the event log: which keys changed after which event, how the titles stand around the pages, and what their live
/// lists show. Whatever was made at a position of the log is current while none of its keys has changed since (docs/composition.md).
/// </summary>
public sealed class Freshness : IDisposable
{
    /// <summary>Changed keys that are remembered; beyond, all that was made before now counts as out of date.</summary>
    private const int MostKeys = 1_000_000;

    private readonly Site _site;
    private readonly Lock _following = new(), _keys = new();
    private readonly Dictionary<Key, long> _updated = [], _gone = [];
    private readonly ConcurrentDictionary<LiveContext, LiveSlot> _slots = new();
    private long _horizon = -1;
    private volatile Surroundings? _around;
    private long _contactAt, _turnsAt, _version;

    public Freshness(Site site)
    {
        _site = site;
        site.Press.Committed += Apply;
    }

    /// <summary>Hears of commits no more.</summary>
    public void Dispose() => _site.Press.Committed -= Apply;

    /// <summary>Hears of keys no word of which may be left, before whoever erased them hears that it is done.</summary>
    public Action<IReadOnlyList<Key>>? Erasing { get; set; }

    /// <summary>Pages made before this process started may be asked for.</summary>
    public bool NeedsHistory { get; set; }

    /// <summary>Hears what went wrong where nobody can be told.</summary>
    public Action<Exception>? Failing { get; set; }

    public Surroundings Around => _around ?? Follow();

    /// <summary>Null until the log was read for the first time.</summary>
    public Surroundings? Known => _around;

    /// <summary>When the database last answered.</summary>
    public DateTimeOffset ContactAt => DateTimeOffset.FromUnixTimeMilliseconds(Volatile.Read(ref _contactAt));

    /// <summary>When a live list will change without an event: a pick's time is over, a day ends.</summary>
    public DateTimeOffset TurnsAt => DateTimeOffset.FromUnixTimeMilliseconds(Volatile.Read(ref _turnsAt));

    /// <summary>Goes up whenever something is found to have changed: while it stands still, what was current is.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Catches up with the log and with the readers: all that this returns with, and after, is of now.</summary>
    /// <exception cref="StorageException">The database is away.</exception>
    public Surroundings Follow()
    {
        lock (_following)
        {
            var around = _site.Read(Catch);
            Volatile.Write(ref _contactAt, _site.Press.Now.ToUnixTimeMilliseconds());
            return around;
        }
    }

    /// <summary>Whether nothing of what was read has changed since an event.</summary>
    public bool IsCurrent(IEnumerable<Key> keys, long position)
    {
        lock (_keys)
        {
            if (position < _horizon) return false;
            foreach (var key in keys)
            {
                if (_updated.TryGetValue(key, out var number) && number > position) return false;
            }

            return true;
        }
    }

    /// <summary>Whether something of what was read must not be seen any more.</summary>
    public bool IsGone(IEnumerable<Key> keys, long position)
    {
        lock (_keys)
        {
            if (position < _horizon) return true;
            foreach (var key in keys)
            {
                if (_gone.TryGetValue(key, out var number) && number > position) return true;
            }

            return false;
        }
    }

    /// <summary>The lists of a context. Until they were read for the first time there are none.</summary>
    public LiveSlot SlotOf(LiveContext context)
    {
        var slot = _slots.GetOrAdd(context, _ => new LiveSlot());
        if (slot.Set is null) Follow();
        return slot;
    }

    /// <summary>Lists of a context that no page has (yet), which aren't kept.</summary>
    public LiveSet Glance(LiveContext context)
    {
        if (_slots.TryGetValue(context, out var slot) && slot.Set is { } set) return set;
        return _site.Read(session =>
        {
            var around = Around;
            session.Reading = new Reading();
            return LiveSet.Read(_site.At(around), session, around.Mastheads[context.TitleId], context, null);
        });
    }

    private Surroundings Catch(Session session)
    {
        var number = Changes.Newest(session);
        var before = _around;
        if (_horizon < 0) Begin(session, number);
        var titlesChanged = false;
        if (before is null || number != before.Position)
        {
            foreach (var change in Changes.After(session, before?.Position ?? _horizon))
            {
                Remember(change.Number, change.Updated.Concat(change.Gone).Concat(change.Erased), change.Gone.Concat(change.Erased));
                titlesChanged |= change.Updated.Contains(Keys.Titles);
                if (change.Erased.Count > 0) Erasing?.Invoke(change.Erased);
            }
        }

        var around = Look(session, number, titlesChanged);
        // Pages made from now on have what they stand in; the lists follow at once.
        _around = around;
        RefreshLists(session, around);
        return around;
    }

    private void Begin(Session session, long number) => _horizon = NeedsHistory ? Math.Min(number, Changes.Horizon(session)) : number;

    private Surroundings Look(Session session, long number, bool titlesChanged)
    {
        var before = _around;
        var titles = before is null || titlesChanged ? new TitleDirectory(session) : before.Titles;
        var mastheads = titles.Titles.ToDictionary(title => title.Id, title =>
        {
            var menu = before is not null && before.Position == number && !titlesChanged ? before.Mastheads[title.Id].Menu : Menu.Read(session, titles, title);
            var masthead = Masthead.Of(_site, titles, title, menu);
            return before?.Mastheads.GetValueOrDefault(title.Id) is { } known && known.Hash == masthead.Hash && !titlesChanged ? known : masthead;
        });
        if (before is null || titlesChanged || mastheads.Values.Any(m => !ReferenceEquals(before.Mastheads[m.Title.Id], m))) return new Surroundings(number, titles, mastheads);
        return number == before.Position ? before : before.After(number);
    }

    private void RefreshLists(Session session, Surroundings around)
    {
        var (now, turns) = (_site.Press.Now, DateTimeOffset.MaxValue);
        foreach (var (context, slot) in _slots)
        {
            if (!around.Mastheads.TryGetValue(context.TitleId, out var masthead))
            {
                _slots.TryRemove(context, out _);
                continue;
            }

            if (slot.Set is not { } set || set.Around != masthead.Hash || set.Reading.NotAfter <= now || set.Reading.GoneAfter <= now || !set.MostRead.SequenceEqual(LiveSet.MostReadOf(_site, context.TitleId)) || !IsCurrent(set.Reading.Keys, set.Position))
            {
                session.Reading = new Reading();
                slot.Set = set = ReadLists(session, around, masthead, context, slot.Set);
            }

            if (set?.Reading.NotAfter is { } until && until < turns) turns = until;
            // A story past its expiry goes when the Timetable ends it: asking again and again meanwhile would help nobody.
            if (set?.Reading.GoneAfter is { } gone && gone > now && gone < turns) turns = gone;
            session.Reading = null;
        }

        // Counts that nobody has saved for long are shown no more.
        if (_site.MostRead.StaleAt is var stale && stale > now && stale < turns) turns = stale;
        Volatile.Write(ref _turnsAt, turns.ToUnixTimeMilliseconds());
    }

    private LiveSet? ReadLists(Session session, Surroundings around, Masthead masthead, LiveContext context, LiveSet? before)
    {
        try
        {
            return LiveSet.Read(_site.At(around), session, masthead, context, before);
        }
        catch (ThemeException)
        {
            // The title's pages say so; other titles have their lists.
            return null;
        }
    }

    /// <summary>
    /// After a commit of this process: what was touched is known before the log is read again, so that what must be gone is gone even if the database goes
    /// away this very moment.
    /// </summary>
    private void Apply(Commit commit)
    {
        var (number, touched) = (commit.Number, commit.Touched);
        if (touched.Count == 0 || _around is null) return;
        var gone = touched.Where(t => t.Value != Change.Updated).Select(t => t.Key).ToList();
        Remember(number, touched.Keys, gone);
        try
        {
            Follow();
        }
        catch (StorageException e)
        {
            foreach (var slot in _slots.Values.Where(slot => slot.Set?.Reading.Keys.Overlaps(gone) == true)) slot.Set = null;
            Failing?.Invoke(e);
        }
    }

    private void Remember(long number, IEnumerable<Key> changed, IEnumerable<Key> gone)
    {
        lock (_keys)
        {
            if (_updated.Count > MostKeys)
            {
                _updated.Clear();
                _gone.Clear();
                _horizon = number;
            }

            foreach (var key in changed) _updated[key] = Math.Max(number, _updated.GetValueOrDefault(key));
            foreach (var key in gone) _gone[key] = Math.Max(number, _gone.GetValueOrDefault(key));
            Volatile.Write(ref _version, _version + 1);
        }
    }
}

/// <summary>Where the live lists of one context stand; their place in memory stays while they change.</summary>
public sealed class LiveSlot
{
    private volatile LiveSet? _set;

    public LiveSet? Set
    {
        get => _set;
        internal set => _set = value;
    }
}
