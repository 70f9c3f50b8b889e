using Warta.Content;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>
/// Takes a story down everywhere (<i>Cabut Berita</i>): its address answers 410 with the date and the reason, it leaves every list, link and search, and it
/// can't be published again unless the takedown is undone.
/// </summary>
public static class Takedown
{
    private const int LongestReason = 1_000;

    /// <param name="reason">Readers see it.</param>
    /// <exception cref="ContentException">There is no reason, or it is too long.</exception>
    /// <exception cref="NoSuchArticleException">There is no such article.</exception>
    /// <exception cref="PublishingException">It is taken down already.</exception>
    public static IReadOnlyList<long> TakeDown(this Act act, long articleId, string reason)
    {
        reason = reason.Trim();
        if (reason.Length == 0) throw new ContentException("A takedown needs a reason: readers will see it at the story's address.");
        if (reason.Length > LongestReason) throw new ContentException($"The reason has {reason.Length} characters; at most {LongestReason} fit.");
        if (Standing(act, articleId) is not null) throw new PublishingException("The story has been taken down already.");
        var live = act.EndPublications(articleId, null, "taken-down");
        act.CancelReleases(articleId, null);
        act.Sql.Run("INSERT INTO takedowns (article_id, reason, actor, taken_down_at) VALUES (@p1, @p2, @p3, @p4)", articleId, reason, act.Actor, act.Now);
        MoveStory.Finish(act, articleId);
        act.Sql.Touch(Keys.Article(articleId), Change.Gone);
        act.Sql.Touch(Keys.Removals);
        act.Record("taken-down", null, articleId, new { titles = live });
        return live;
    }

    /// <summary>Undoes a takedown: the story is live again where it was when it was taken down, and as it was.</summary>
    /// <exception cref="PublishingException">It isn't taken down, or was purged since.</exception>
    public static IReadOnlyList<long> UndoTakedown(this Act act, long articleId)
    {
        if (act.Sql.Value<long>("SELECT count(*) FROM purges WHERE article_id = @articleId", new { articleId }) > 0) throw new PublishingException("The story has been purged: its words are gone, and can't come back.");
        if (Standing(act, articleId) is not { } standing) throw new PublishingException("The story isn't taken down: there is nothing to undo.");
        act.Sql.Run("UPDATE takedowns SET undone_at = @p1, undone_by = @p2 WHERE id = @p3", act.Now, act.Actor, standing.Id);
        var live = act.Sql.Query<(long TitleId, long RevisionId)>("SELECT title_id, revision_id FROM publication_history WHERE article_id = @articleId AND end_verb = 'taken-down' AND until_at = @TakenDownAt ORDER BY title_id", new { articleId, standing.TakenDownAt });
        var titles = live.ConvertAll(publication => publication.TitleId);
        act.Sql.Touch(Keys.Article(articleId));
        act.Sql.Touch(Keys.Removals);
        act.Record("takedown-undone", null, articleId, new { titles });
        if (live.Count == 0) MoveStory.Begin(act, articleId, isNew: false);
        foreach (var (titleId, revisionId) in live) act.PublishAgain(articleId, titleId, revisionId);
        return titles;
    }

    private sealed record Row
    {
        public long Id { get; init; }
        public DateTimeOffset TakenDownAt { get; init; }
    }

    private static Row? Standing(Act act, long articleId) =>
        act.Sql.First<Row>("SELECT id, taken_down_at FROM takedowns WHERE article_id = @articleId AND undone_at IS NULL", new { articleId });
}
