using System.Collections.Concurrent;

namespace Warta.Composition;

/// <summary>
/// Pages in memory, bounded. When it is full the page goes that is worth least: GreedyDual-Size-Frequency (Cherkasova 1998), which weighs how often a page was asked
/// for and what it costs to make against its size, and forgets old fame by inflation; the least of a few drawn at random stands for the least of all (as Redis does it), so that
/// asking for a page takes no lock.
/// </summary>
internal sealed class PageMemory(long most)
{
    private const int Drawn = 8;
    private readonly ConcurrentDictionary<PageKey, KeptPage> _pages = new();
    private readonly List<KeptPage> _all = [];
    private readonly Lock _lock = new();
    private readonly Random _random = new(1);
    private double _inflation;
    private long _bytes;

    public long Bytes => Interlocked.Read(ref _bytes);
    public int Count => _pages.Count;

    public KeptPage? Find(PageKey key)
    {
        if (!_pages.TryGetValue(key, out var page)) return null;
        page.Uses++;
        page.Inflation = _inflation;
        return page;
    }

    /// <returns>The pages that had to go for it; itself, where there is no room for any.</returns>
    public List<KeptPage> Put(KeptPage page)
    {
        var gone = new List<KeptPage>();
        lock (_lock)
        {
            if (_pages.TryGetValue(page.Key, out var before))
            {
                page.Uses += before.Uses;
                Take(before);
            }

            page.Inflation = _inflation;
            page.Place = _all.Count;
            _all.Add(page);
            _pages[page.Key] = page;
            _bytes += page.Bytes;
            while (_bytes > most && _all.Count > 0) gone.Add(DropLeast());
        }

        return gone;
    }

    public void Remove(KeptPage page)
    {
        lock (_lock)
        {
            if (page.Place >= 0) Take(page);
        }
    }

    public IReadOnlyList<KeptPage> All()
    {
        lock (_lock) return _all.ToArray();
    }

    private KeptPage DropLeast()
    {
        var least = _all[_random.Next(_all.Count)];
        for (var i = 1; i < Drawn; i++)
        {
            var other = _all[_random.Next(_all.Count)];
            if (Worth(other) < Worth(least)) least = other;
        }

        _inflation = Math.Max(_inflation, Worth(least));
        Take(least);
        return least;
    }

    private void Take(KeptPage page)
    {
        // The last one takes its place in the row.
        var last = _all[^1];
        _all[page.Place] = last;
        last.Place = page.Place;
        _all.RemoveAt(_all.Count - 1);
        page.Place = -1;
        _pages.TryRemove(new KeyValuePair<PageKey, KeptPage>(page.Key, page));
        _bytes -= page.Bytes;
    }

    private static double Worth(KeptPage page) => page.Inflation + (page.Uses + 1.0) * Math.Max(page.Cost, 1) / page.Bytes;
}
