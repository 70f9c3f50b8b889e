using Warta.Storage;

namespace Warta.Publishing;

/// <summary>What has become of stories that others lead to, in one title.</summary>
public static class StoryState
{
    public const string Live = "live", Draft = "draft", Withdrawn = "withdrawn", TakenDown = "taken-down", Purged = "purged";

    /// <summary>The newest headline (empty once it is purged), its place where it is live, and its state.</summary>
    public sealed record Stood
    {
        public long ArticleId { get; init; }
        public string Headline { get; init; } = "";
        public string Kind { get; init; } = "";
        public long IsLive { get; init; }
        public long WasLive { get; init; }
        public long IsTakenDown { get; init; }
        public long IsPurged { get; init; }

        public string State => IsPurged > 0 ? Purged : IsTakenDown > 0 ? TakenDown : IsLive > 0 ? Live : WasLive > 0 ? Withdrawn : Draft;
    }

    public static Dictionary<long, Stood> Of(Session session, long titleId, IEnumerable<long> ids) => session.Query<Stood>("""
        SELECT a.id AS article_id, a.kind,
            (SELECT r.headline FROM revisions r WHERE r.article_id = a.id ORDER BY r.number DESC LIMIT 1) AS headline,
            (SELECT count(*) FROM publications p WHERE p.title_id = @titleId AND p.article_id = a.id) AS is_live,
            (SELECT count(*) FROM publication_history h WHERE h.article_id = a.id AND h.title_id = @titleId) AS was_live,
            (SELECT count(*) FROM takedowns t WHERE t.article_id = a.id AND t.undone_at IS NULL) AS is_taken_down,
            (SELECT count(*) FROM purges g WHERE g.article_id = a.id) AS is_purged
        FROM [[ids:ids]] i
        CROSS JOIN articles a
        WHERE a.id = i.id
        """, new { titleId, ids = session.Ids(ids.Distinct()) }).ToDictionary(s => s.ArticleId);
}
