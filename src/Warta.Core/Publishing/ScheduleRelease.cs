using Warta.Content;

namespace Warta.Publishing;

/// <summary>Publishes a story at a time to come. The Timetable releases what is due.</summary>
public static class ScheduleRelease
{
    /// <summary>A release within this of its time counts as in time: the story then bears the time that was asked for.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <exception cref="NoSuchArticleException">There is no such article.</exception>
    /// <exception cref="PublishingException">It is taken down, or the time lies before its embargo's end.</exception>
    public static void Schedule(this Act act, long articleId, long titleId, DateTimeOffset at)
    {
        var zone = act.Titles.Title(titleId).Zone;
        var state = act.Sql.First<State>("""
            SELECT a.id, a.embargoed_until,
                (SELECT count(*) FROM takedowns t WHERE t.article_id = a.id AND t.undone_at IS NULL) + (SELECT count(*) FROM purges g WHERE g.article_id = a.id) AS taken_down
            FROM articles a WHERE a.id = @articleId
            """, new { articleId }) ?? throw new NoSuchArticleException(articleId.ToString());
        if (state.TakenDown > 0) throw new PublishingException("The story has been taken down. Undo the takedown before scheduling it.");
        if (at < state.EmbargoedUntil) throw new PublishingException($"The story is under embargo until {Clock.Iso(state.EmbargoedUntil.Value, zone)}. Schedule it for then or later.");
        act.CancelReleases(articleId, titleId);
        act.Sql.Run("INSERT INTO releases (title_id, article_id, release_at, actor, scheduled_at) VALUES (@p1, @p2, @p3, @p4, @p5)", titleId, articleId, at, act.Actor, act.Now);
        act.Record("scheduled", titleId, articleId, new { at = Clock.Iso(at, zone) });
    }

    /// <summary>Takes back what was scheduled.</summary>
    /// <param name="titleId">Null: in every title.</param>
    /// <exception cref="PublishingException">Nothing is scheduled.</exception>
    public static void Unschedule(this Act act, long articleId, long? titleId = null)
    {
        if (act.CancelReleases(articleId, titleId) == 0) throw new PublishingException("The story isn't scheduled: there is nothing to take back.");
        act.Record("unscheduled", titleId, articleId);
    }

    /// <summary>Publishes every story whose time has come, each in a transaction of its own; one that was due longer ago is marked as late.</summary>
    /// <returns>What was released, and how late.</returns>
    public static IReadOnlyList<Released> ReleaseDue(this Press press)
    {
        var now = press.Now;
        var due = press.Database.Read(session => session.Query<Due>(
            "SELECT id, title_id, article_id, release_at, actor FROM releases WHERE released_at IS NULL AND cancelled_at IS NULL AND release_at <= @now ORDER BY release_at, id", new { now }));
        var released = new List<Released>();
        foreach (var release in due)
        {
            if (press.Run(release.Actor, act => Release(act, release)) is { } done) released.Add(done);
        }

        return released;
    }

    public sealed record Released(long ArticleId, long TitleId, TimeSpan LateBy, string? Failure);

    private static Released? Release(Act act, Due release)
    {
        // Another node may have been faster, or somebody has just cancelled it: who changes the row has the work.
        var late = act.Now - release.ReleaseAt;
        var isLate = late > Tolerance;
        if (act.Sql.Run("UPDATE releases SET released_at = @p1, late_ms = @p2 WHERE id = @p3 AND released_at IS NULL AND cancelled_at IS NULL",
            act.Now, isLate ? (long)late.TotalMilliseconds : 0L, release.Id) == 0) return null;
        try
        {
            act.Publish(release.ArticleId, release.TitleId, new PublishRevision.Times(isLate ? act.Now : release.ReleaseAt));
            return new Released(release.ArticleId, release.TitleId, isLate ? late : TimeSpan.Zero, null);
        }
        catch (ContentException e)
        {
            act.Sql.Run("UPDATE releases SET failure = @p1 WHERE id = @p2", e.Message, release.Id);
            act.Record("release-failed", release.TitleId, release.ArticleId, new { reason = e.Message });
            return new Released(release.ArticleId, release.TitleId, late, e.Message);
        }
    }

    private sealed record State
    {
        public long Id { get; init; }
        public DateTimeOffset? EmbargoedUntil { get; init; }
        public long TakenDown { get; init; }
    }

    private sealed record Due
    {
        public long Id { get; init; }
        public long TitleId { get; init; }
        public long ArticleId { get; init; }
        public DateTimeOffset ReleaseAt { get; init; }
        public string Actor { get; init; } = "";
    }
}
