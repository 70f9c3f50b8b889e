using Warta.Content;
using Warta.Storage;

namespace Warta.Discovery;

/// <summary>The stored lists that a transaction changes: read when they are first needed, written once at its end.</summary>
internal sealed class RelatedLists(WriteSession session)
{
    private readonly Dictionary<(long Title, long Article), List<(long Target, double Score)>> _lists = [];
    private readonly Dictionary<(long Title, long Article), List<(long Target, double Score)>> _background = [];
    private readonly HashSet<(long Title, long Article)> _changed = [];

    /// <summary>The whole list of one story.</summary>
    public void Set(long titleId, long articleId, IEnumerable<(long Target, double Score)> related, IEnumerable<(long Target, double Score)> background)
    {
        _lists[(titleId, articleId)] = related.Take(Related.Kept).ToList();
        _background[(titleId, articleId)] = background.Take(Related.KeptBackground).ToList();
        _changed.Add((titleId, articleId));
    }

    /// <summary>Reads the lists of these stories, which are to be entered.</summary>
    public void Read(long titleId, IEnumerable<long> articleIds)
    {
        var missing = articleIds.Where(id => !_lists.ContainsKey((titleId, id))).ToList();
        if (missing.Count == 0) return;
        foreach (var id in missing) _lists[(titleId, id)] = [];
        foreach (var (article, target, score) in session.Query<(long, long, double)>(
            "SELECT article_id, target_id, score FROM related WHERE title_id = @titleId AND article_id IN [[ids:ids]] ORDER BY article_id, position", new { titleId, ids = session.Ids(missing) }))
            _lists[(titleId, article)].Add((target, score));
    }

    /// <summary>Gives a story its place in the list of another, where it beats what stands there and no copy of it stands above.</summary>
    /// <param name="copies">Stories that say the same.</param>
    public void Enter(long titleId, long articleId, long target, double score, IReadOnlySet<long> copies)
    {
        var list = _lists[(titleId, articleId)];
        var before = list.FindIndex(item => item.Target == target);
        if (before >= 0) list.RemoveAt(before);
        var place = list.FindIndex(item => item.Score < score);
        // Behind all others it has a place only where hardly any stand.
        if (place < 0) place = list.Count < Related.Shown ? list.Count : Related.Kept;
        if (place < Related.Kept && !list.Take(place).Any(item => copies.Contains(item.Target))) list.Insert(place, (target, score));
        else if (before < 0) return;
        if (list.Count > Related.Kept) list.RemoveAt(Related.Kept);
        _changed.Add((titleId, articleId));
    }

    public void Save()
    {
        foreach (var key in _changed)
        {
            Save("related", key, _lists[key]);
            if (_background.TryGetValue(key, out var background)) Save("background", key, background);
            session.Touch(Keys.Article(key.Article));
        }
    }

    private void Save(string table, (long Title, long Article) key, List<(long Target, double Score)> list)
    {
        session.Run($"DELETE FROM {table} WHERE title_id = @p1 AND article_id = @p2", key.Title, key.Article);
        for (var i = 0; i < list.Count; i++)
            session.Run($"INSERT INTO {table} (title_id, article_id, position, target_id, score) VALUES (@p1, @p2, @p3, @p4, @p5)", key.Title, key.Article, i + 1, list[i].Target, list[i].Score);
    }
}
