using System.Runtime.InteropServices;

namespace Warta.Discovery;

/// <summary>
/// How much of a story's reads may come from one network: the first few, and then twice the share that the network has of all reads of the title. Behind one
/// address of a mobile carrier there are thousands of readers, but they read everything; who forges readers wants one story.
/// </summary>
internal sealed class NetworkShares
{
    /// <summary>Readers of a story that any network may have.</summary>
    public const int Free = 3;

    private const double Times = 2;

    /// <summary>Pairs of network and story that are remembered in each of two generations.</summary>
    private const int Room = 250_000;

    private Dictionary<(long Title, long Article, ulong Network), int> _young = [], _old = [];
    private readonly Dictionary<(long Title, ulong Network), int> _networks = [];
    private readonly Dictionary<(long Title, long Article), int> _stories = [];
    private readonly Dictionary<long, int> _titles = [];

    /// <summary>Whether a reader from this network counts for the story; one who does has been counted.</summary>
    public bool Takes(long title, long article, ulong network)
    {
        var of = (title, article, network);
        var known = _young.GetValueOrDefault(of) + _old.GetValueOrDefault(of);
        if (known >= Free)
        {
            var share = (double)_networks.GetValueOrDefault((title, network)) / Math.Max(1, _titles.GetValueOrDefault(title));
            if (known >= Times * share * _stories.GetValueOrDefault((title, article))) return false;
        }

        if (_young.Count >= Room) Turn();
        One(_young, of);
        One(_networks, (title, network));
        One(_stories, (title, article));
        One(_titles, title);
        return true;
    }

    public void Clear()
    {
        _young.Clear();
        _old.Clear();
        _networks.Clear();
        _stories.Clear();
        _titles.Clear();
    }

    private void Turn()
    {
        (_young, _old) = (_old, _young);
        _young.Clear();
        // Nearly all networks are seen once or twice: the rest keep their share.
        foreach (var rare in _networks.Where(n => n.Value <= Free).Select(n => n.Key).ToList()) _networks.Remove(rare);
    }

    private static void One<T>(Dictionary<T, int> counts, T key) where T : notnull => CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;
}
