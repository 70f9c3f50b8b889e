namespace Warta.Bench;

/// <summary>A live block as it has been: for each version its stories, and when it was sent to the server; noted before that, as a page may show it at once.</summary>
internal sealed class BlockHistory
{
    private readonly Lock _lock = new();
    private readonly List<double> _setAt = [];
    private readonly Dictionary<long, int> _newest = [];

    public int Changes
    {
        get
        {
            lock (_lock) return _setAt.Count;
        }
    }

    public void Set(IEnumerable<long> stories, double at)
    {
        lock (_lock)
        {
            foreach (var story in stories) _newest[story] = _setAt.Count;
            _setAt.Add(at);
        }
    }

    /// <summary>The newest version that holds this story; -1 for one that no version holds.</summary>
    public int VersionOf(long story)
    {
        lock (_lock) return _newest.GetValueOrDefault(story, -1);
    }

    /// <summary>For how long a version had been replaced at a moment; 0 for the one that stands.</summary>
    public double Age(int version, double at)
    {
        lock (_lock) return version + 1 < _setAt.Count ? Math.Max(0, at - _setAt[version + 1]) : 0;
    }
}
