namespace Warta.Publishing;

/// <summary>Says under a story that it still needs verification (<i>Masih memerlukan verifikasi</i>), or that it no longer does.</summary>
public static class MarkUnverified
{
    /// <summary>Saves a revision that bears the mark or doesn't, and publishes it wherever the story is live.</summary>
    /// <exception cref="NoSuchArticleException">There is no such article.</exception>
    /// <exception cref="PublishingException">It is so already, or has a newer revision that readers don't see yet.</exception>
    public static void Mark(this Act act, long articleId, bool isUnverified)
    {
        var (draft, _) = Articles.Newest(act.Sql, articleId);
        if (draft.IsUnverified == isUnverified) throw isUnverified ? new PublishingException("The story is marked as unverified already.") : new PublishingException("The story isn't marked as unverified: there is nothing to clear.");
        var ahead = act.Sql.Value<long>("""
            SELECT count(*) FROM publications p
            WHERE p.article_id = @articleId AND p.revision_id <> (SELECT r.id FROM revisions r WHERE r.article_id = @articleId ORDER BY r.number DESC LIMIT 1)
            """, new { articleId });
        if (ahead > 0) throw new PublishingException("The story has a newer revision than the one that readers see. Publish it first, so that nothing unfinished goes out with the mark.");
        act.Save(articleId, draft with { IsUnverified = isUnverified });
        foreach (var titleId in act.Sql.Query<long>("SELECT title_id FROM publications WHERE article_id = @articleId ORDER BY title_id", new { articleId })) act.Publish(articleId, titleId);
    }
}
