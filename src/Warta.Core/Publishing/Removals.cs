using Warta.Content;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>
/// The public register of what readers could see once and can't any more: taken down or purged. Never a headline, address or word of the story: that would
/// publish again what was taken away (docs/decisions/0011-corrections-and-removals.md).
/// </summary>
public static class Removals
{
    public sealed record Removal
    {
        public DateTimeOffset At { get; init; }

        /// <summary>As readers see it at the story's address; empty for one that was purged.</summary>
        public string Reason { get; init; } = "";
        public bool IsErased { get; init; }
    }

    // A story that this title never published is none of its readers' business. A purge after a takedown is one removal.
    private const string TakenDown = """
        FROM takedowns t
        WHERE t.undone_at IS NULL AND t.taken_down_at <= @now AND EXISTS (SELECT 1 FROM slugs s WHERE s.article_id = t.article_id AND s.title_id = @titleId)
        """;

    private const string Purged = """
        FROM purges g
        WHERE g.purged_at <= @now AND EXISTS (SELECT 1 FROM slugs s WHERE s.article_id = g.article_id AND s.title_id = @titleId)
          AND NOT EXISTS (SELECT 1 FROM takedowns t WHERE t.article_id = g.article_id AND t.undone_at IS NULL)
        """;

    /// <summary>Newest first.</summary>
    public static List<Removal> Register(Session session, long titleId, DateTimeOffset now, int count, long skip)
    {
        session.Note(Keys.Removals);
        return session.Query<Removal>($"""
        SELECT t.taken_down_at AS at, t.article_id AS article_id, t.reason AS reason, CAST(CASE WHEN t.reason = '' THEN 1 ELSE 0 END AS BIGINT) AS is_erased {TakenDown}
        UNION ALL
        SELECT g.purged_at AS at, g.article_id AS article_id, '' AS reason, CAST(1 AS BIGINT) AS is_erased {Purged}
        ORDER BY at DESC, article_id DESC
        LIMIT @count OFFSET @skip
        """, new { titleId, now, count, skip });
    }

    public static long Count(Session session, long titleId, DateTimeOffset now)
    {
        session.Note(Keys.Removals);
        return session.Value<long>($"SELECT count(*) {TakenDown}", new { titleId, now }) + session.Value<long>($"SELECT count(*) {Purged}", new { titleId, now });
    }
}
