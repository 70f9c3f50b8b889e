using Warta.Publishing;
using Warta.Storage;

namespace Warta.Composition;

/// <summary>
/// Tells the cache in front of us which pages have changed, by the keys that they were made of, each as a tag. How far it was told is kept in the database: after a crash, or while
/// the cache doesn't answer, nothing is lost, and some things are told twice. Most-read and latest lists have no tags: they aren't part of a page, but fill its holes.
/// </summary>
public sealed class OuterCaches(Site site) : IDisposable
{
    /// <summary>A page of more keys bears one tag instead, which goes with every change.</summary>
    private const int MostKeys = 300;
    private const string Many = "many";

    /// <summary>More changes than this, such as an import's, and whole titles go.</summary>
    private const int MostTags = 2_000;

    /// <summary>A page that was on its way to the cache when it was told would stay there: it is told again.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(3);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };
    private readonly Queue<(DateTimeOffset At, IReadOnlyList<string> Tags)> _again = new();
    private readonly Dictionary<long, UInt128> _mastheads = [];
    private long _told = -1;

    /// <summary>Null where none is set up.</summary>
    public PurgeTarget? Target { get; set; }

    /// <summary>This process: each node tells for itself, once it knows of a change.</summary>
    public string Node { get; set; } = "";

    public void Dispose() => _http.Dispose();

    /// <summary>The tags of a page, as its header bears them.</summary>
    public (string Header, string Tags) TagsOf(KeptPage page)
    {
        var (header, separator) = (Target?.TagHeader ?? "Surrogate-Key", Target?.Separator ?? ' ');
        var keys = page.Keys.Count > MostKeys ? [Many] : page.Keys.Select(Tag);
        return (header, string.Join(separator, keys.Prepend(Tag(page.Key.TitleId))));
    }

    /// <summary>Tells what has changed since it was told last.</summary>
    /// <exception cref="HttpRequestException">The cache doesn't listen; it is told later.</exception>
    public void Tell()
    {
        if (Target is not { } target) return;
        var around = site.Freshness.Around;
        if (around.Position != _told || around.Mastheads.Any(m => !_mastheads.TryGetValue(m.Key, out var hash) || hash != m.Value.Hash))
        {
            var tags = site.Read(session => Changed(session, around));
            if (tags.Count > 0)
            {
                target.Purge(_http, tags);
                _again.Enqueue((site.Press.Now + OnTheWay, tags));
            }

            Keep(around);
        }

        while (_again.TryPeek(out var next) && next.At <= site.Press.Now)
        {
            target.Purge(_http, next.Tags);
            _again.Dequeue();
        }
    }

    private List<string> Changed(Session session, Surroundings around)
    {
        var told = session.Query<(long TitleId, long Told, string Masthead)>("SELECT title_id, told, masthead FROM outer_caches WHERE node = @Node", new { Node }).ToDictionary(row => row.TitleId);
        var changed = around.Mastheads.Where(m => !told.TryGetValue(m.Key, out var row) || row.Masthead != Text(m.Value.Hash)).Select(m => Tag(m.Key)).ToList();
        // Nothing is known of the time before the oldest change.
        if (told.Count == 0 || told.Values.Min(row => row.Told) is var from && from < Changes.Horizon(session)) return Everything(around);
        var tags = new HashSet<string>();
        foreach (var change in Changes.After(session, from).TakeWhile(change => change.Number <= around.Position))
        {
            foreach (var key in change.Updated.Concat(change.Gone).Concat(change.Erased)) tags.Add(Tag(key));
            if (tags.Count > MostTags) return Everything(around);
        }

        return tags.Count + changed.Count == 0 ? [] : [Many, .. changed, .. tags];
    }

    private void Keep(Surroundings around)
    {
        site.Press.Database.Write(session =>
        {
            foreach (var (titleId, masthead) in around.Mastheads)
            {
                session.Run("INSERT INTO outer_caches (node, title_id, told, masthead) VALUES (@p1, @p2, @p3, @p4) ON CONFLICT (node, title_id) DO UPDATE SET told = excluded.told, masthead = excluded.masthead",
                    Node, titleId, around.Position, Text(masthead.Hash));
            }
        });
        foreach (var (titleId, masthead) in around.Mastheads) _mastheads[titleId] = masthead.Hash;
        _told = around.Position;
    }

    private static List<string> Everything(Surroundings around) => [Many, .. around.Mastheads.Keys.Select(Tag)];

    private static string Tag(long titleId) => $"t{titleId}";

    internal static string Tag(Key key) => key.Value.ToString("x");

    private static string Text(UInt128 hash) => hash.ToString("x32");
}
