using Warta.Content;
using Warta.Storage;

namespace Warta.Discovery;

/// <summary>
/// Editors' picks (<i>Pilihan</i>): an ordered list of a title or a section, each pick from and until a time. Longer than the page shows: what
/// follows is in reserve. A new list replaces the old one, which is kept.
/// </summary>
public static class Picks
{
    public const int Most = 50;

    /// <summary>In place of a section: the stories that lead the front, the first that is live and the others in reserve. Where none is, the title's first pick leads.</summary>
    public const long Front = -1;

    /// <param name="From">Null: now.</param>
    /// <param name="Until">Null: until the list is replaced.</param>
    public sealed record Pick(long ArticleId, DateTimeOffset? From = null, DateTimeOffset? Until = null);

    /// <exception cref="ContentException">Too many, or one twice, one that ends before it begins, or one that isn't known.</exception>
    public static void Set(WriteSession session, long titleId, long sectionId, IReadOnlyList<Pick> picks, string actor, DateTimeOffset now)
    {
        if (picks.Count > Most) throw new ContentException($"A list of picks holds at most {Most} stories; this one has {picks.Count}.");
        if (picks.GroupBy(p => p.ArticleId).Any(g => g.Count() > 1)) throw new ContentException("A story stands twice in the list of picks. Name each once.");
        if (picks.Any(p => p.Until <= (p.From ?? now))) throw new ContentException("A pick ends before it begins. Give an \"until\" that is later than \"from\" and than now.");
        var known = session.Query<long>("SELECT id FROM articles WHERE id IN [[ids:ids]]", new { ids = session.Ids(picks.Select(p => p.ArticleId)) });
        if (picks.FirstOrDefault(p => !known.Contains(p.ArticleId)) is { } unknown) throw new ContentException($"There is no article {unknown.ArticleId} to pick.");
        session.Run("UPDATE picks SET replaced_at = @p1 WHERE title_id = @p2 AND section_id = @p3 AND replaced_at IS NULL", now, titleId, sectionId);
        for (var i = 0; i < picks.Count; i++)
        {
            session.Run("INSERT INTO picks (title_id, section_id, article_id, position, from_at, until_at, set_at, set_by) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8)",
                titleId, sectionId, picks[i].ArticleId, i + 1, picks[i].From ?? now, picks[i].Until, now, actor);
        }
    }

    /// <summary>The list that stands, in order, whether or not its stories are live; without picks whose time is over.</summary>
    public static List<Pick> Current(Session session, long titleId, long sectionId, DateTimeOffset now) =>
        Read(session, "SELECT article_id, from_at, until_at FROM picks WHERE title_id = @titleId AND section_id = @sectionId AND replaced_at IS NULL ORDER BY position", titleId, sectionId, null, now);

    /// <summary>The list that was replaced at a moment.</summary>
    public static List<Pick> Before(Session session, long titleId, long sectionId, DateTimeOffset replacedAt, DateTimeOffset now) =>
        Read(session, "SELECT article_id, from_at, until_at FROM picks WHERE title_id = @titleId AND section_id = @sectionId AND replaced_at = @replacedAt ORDER BY position", titleId, sectionId, replacedAt, now);

    /// <summary>When the list was last set; null for one that never was.</summary>
    public static DateTimeOffset? SetAt(Session session, long titleId, long sectionId) =>
        session.Time("SELECT set_at FROM picks WHERE title_id = @titleId AND section_id = @sectionId AND replaced_at IS NULL ORDER BY position LIMIT 1", new { titleId, sectionId })
            ?? session.Time("SELECT replaced_at FROM picks WHERE title_id = @titleId AND section_id = @sectionId AND replaced_at IS NOT NULL ORDER BY replaced_at DESC LIMIT 1", new { titleId, sectionId });

    private static List<Pick> Read(Session session, string sql, long titleId, long sectionId, DateTimeOffset? replacedAt, DateTimeOffset now) =>
        session.Query<Row>(sql, new { titleId, sectionId, replacedAt }).FindAll(row => row.UntilAt is null || row.UntilAt > now).ConvertAll(row => new Pick(row.ArticleId, row.FromAt, row.UntilAt));

    /// <summary>The picks of now that are live, in the editors' order.</summary>
    public static List<Story> Stories(Session session, long titleId, long sectionId, DateTimeOffset now)
    {
        session.Note(Keys.Picks(titleId, sectionId));
        var picks = session.Query<Row>("SELECT article_id, from_at, until_at FROM picks WHERE title_id = @titleId AND section_id = @sectionId AND replaced_at IS NULL ORDER BY position", new { titleId, sectionId })
            .FindAll(pick => pick.UntilAt is null || pick.UntilAt > now);
        // A pick that waits for its time, or for its story to go live, is part of what the list depends on.
        foreach (var pick in picks) session.Reading?.Until(pick.FromAt > now ? pick.FromAt : pick.UntilAt ?? DateTimeOffset.MaxValue);
        session.NoteArticles(picks.Select(pick => pick.ArticleId));
        var ids = picks.Where(pick => pick.FromAt <= now).Select(pick => pick.ArticleId).ToList();
        return Story.Live(session, titleId, ids);
    }

    private sealed record Row
    {
        public long ArticleId { get; init; }
        public DateTimeOffset FromAt { get; init; }
        public DateTimeOffset? UntilAt { get; init; }
    }
}
