using Warta.Storage;

namespace Warta.Content;

/// <summary>
/// Stories that say the same in the same words, such as an agency's that three desks took over. They are kept in groups, of which a list shows the first that stands in it;
/// when that one is gone, the next stands in. docs/lists.md says which lists do so.
/// </summary>
public static class Twins
{
    /// <summary>The groups of those of these stories that are in one.</summary>
    public static Dictionary<long, long> Groups(Session session, IEnumerable<long> ids) =>
        session.Query<(long Article, long Group)>("SELECT t.article_id, t.group_id FROM [[ids:ids]] i CROSS JOIN twins t WHERE t.article_id = i.id", new { ids = session.Ids(ids) })
            .DistinctBy(row => row.Article).ToDictionary(row => row.Article, row => row.Group);

    /// <summary>A list without what repeats a story further up.</summary>
    public static List<T> Folded<T>(Session session, List<T> stories) where T : Story
    {
        if (stories.Count < 2) return stories;
        var fold = new Fold(Groups(session, stories.Select(story => story.ArticleId)));
        return stories.FindAll(story => fold.IsNew(story.ArticleId));
    }

    /// <summary>Notices what repeats a story that was shown already.</summary>
    public sealed class Fold(IReadOnlyDictionary<long, long> groups)
    {
        private readonly HashSet<long> _groups = [], _stories = [];

        /// <summary>False for a story that was named here before, or a twin of one.</summary>
        public bool IsNew(long articleId) => _stories.Add(articleId) & (!groups.TryGetValue(articleId, out var group) || _groups.Add(group));
    }
}
