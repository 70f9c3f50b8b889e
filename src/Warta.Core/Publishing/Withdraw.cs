namespace Warta.Publishing;

/// <summary>Takes a story offline (<i>Turunkan</i>); it may come back by publishing it again.</summary>
public static class Withdraw
{
    /// <param name="titleId">Null: from every title.</param>
    /// <returns>The titles that it was live in.</returns>
    /// <exception cref="NoSuchArticleException">There is no such article.</exception>
    /// <exception cref="PublishingException">It isn't live, nor waiting to be.</exception>
    public static IReadOnlyList<long> WithdrawStory(this Act act, long articleId, long? titleId = null)
    {
        var live = act.EndPublications(articleId, titleId, "withdrawn");
        var cancelled = act.CancelReleases(articleId, titleId);
        if (live.Count == 0 && cancelled == 0) throw new PublishingException("The story isn't live: there is nothing to withdraw.");
        MoveStory.Begin(act, articleId, isNew: false);
        act.Record("withdrawn", titleId, articleId, new { titles = live });
        return live;
    }

    /// <summary>Undoes a withdrawal: the story is live again in these titles, as it was.</summary>
    /// <exception cref="PublishingException">It wasn't withdrawn from one of them, is live again already, or may not go out.</exception>
    public static void BringBack(this Act act, long articleId, IReadOnlyList<long> titles)
    {
        foreach (var titleId in titles)
        {
            if (act.Sql.Value<long>("SELECT count(*) FROM publications WHERE article_id = @articleId AND title_id = @titleId", new { articleId, titleId }) > 0) throw new PublishingException("The story is live already.");
            var revision = act.Sql.First<long?>("SELECT revision_id FROM publication_history WHERE article_id = @articleId AND title_id = @titleId AND end_verb = 'withdrawn' ORDER BY until_at DESC, id DESC LIMIT 1", new { articleId, titleId })
                ?? throw new PublishingException("The story wasn't withdrawn: there is nothing to bring back.");
            act.PublishAgain(articleId, titleId, revision);
        }
    }

    /// <summary>Ends what is live of a story, in one title or all.</summary>
    internal static IReadOnlyList<long> EndPublications(this Act act, long articleId, long? titleId, string verb)
    {
        if (act.Sql.Value<long>("SELECT count(*) FROM articles WHERE id = @articleId", new { articleId }) == 0) throw new NoSuchArticleException(articleId.ToString());
        var live = act.Sql.Query<long>("SELECT title_id FROM publications WHERE article_id = @articleId ORDER BY title_id", new { articleId });
        var ended = titleId is { } only ? live.Where(id => id == only).ToList() : live;
        act.NoteStands(articleId);
        foreach (var id in ended) PublishRevision.End(act, id, articleId, verb);
        return ended;
    }

    internal static int CancelReleases(this Act act, long articleId, long? titleId) => act.Sql.Run(
        "UPDATE releases SET cancelled_at = @p1 WHERE article_id = @p2 AND (title_id = @p3 OR @p4 = 1) AND released_at IS NULL AND cancelled_at IS NULL",
        act.Now, articleId, titleId ?? 0, titleId is null);
}
