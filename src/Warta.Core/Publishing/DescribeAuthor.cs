using Warta.Content;

namespace Warta.Publishing;

/// <summary>Says who an author is: a sentence or two and a portrait, which stand on the author's page; the portrait beside bylines too.</summary>
public static class DescribeAuthor
{
    private const int LongestAbout = 1_000, LongestJob = 100;

    /// <param name="about">One paragraph; empty for none.</param>
    /// <param name="portrait">A picture that has been taken in; null for none.</param>
    /// <exception cref="ContentException">There is no such author or picture, or the text is too long.</exception>
    public static void Describe(this Act act, long authorId, string about, long? portrait)
    {
        about = CleanText.Of(about);
        if (about.Length > LongestAbout) throw new ContentException($"The text has {about.Length} characters; at most {LongestAbout} fit.");
        if (portrait is { } picture && act.Sql.Value<long>("SELECT count(*) FROM media WHERE id = @picture AND purged_at IS NULL", new { picture }) == 0) throw new ContentException($"There is no picture of the number {picture}.");
        if (act.Sql.Value<long>("SELECT count(*) FROM authors WHERE id = @authorId", new { authorId }) == 0) throw new ContentException($"There is no author of the number {authorId}.");
        People.Describe(act.Sql, authorId, portrait, about);
        act.Sql.Touch(Keys.Author(authorId));
        act.Record("author-described", null, null, new { author = authorId });
    }

    /// <param name="job">What he does for the paper; empty for none.</param>
    /// <param name="userId">His account in the newsroom, or null.</param>
    /// <exception cref="ContentException">The text is too long.</exception>
    public static void SetJob(this Act act, long authorId, string job, long? userId)
    {
        job = CleanText.Of(job);
        if (job.Length > LongestJob) throw new ContentException($"The job has {job.Length} characters; at most {LongestJob} fit.");
        act.Sql.Run("UPDATE authors SET job = @p1, user_id = @p2 WHERE id = @p3", job, userId, authorId);
        act.Sql.Touch(Keys.Author(authorId));
        act.Record("author-job-set", null, null, new { author = authorId, user = userId });
    }
}
