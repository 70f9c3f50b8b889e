using Warta.Storage;

namespace Warta.Content;

/// <summary>What a list may be of; the column <c>listings.kind</c>.</summary>
public static class ListingKind
{
    public const string Title = "title", Section = "section", Tag = "tag", Author = "author";
}

/// <summary>The public lists in their order: all stories of a title, section, tag or author, newest first publication first.</summary>
public static class Listings
{
    /// <param name="key">The section, tag or author; 0 for the whole title.</param>
    public static List<Story> Page(Session session, long titleId, string kind, long key, int count, long skip) =>
        Noted(session, titleId, kind, key, session.Query<Story>(Newest(Story.Columns), new { titleId, kind, key, count, skip }));

    /// <summary>The newest stories of a list with their text.</summary>
    public static List<LiveArticle> Articles(Session session, long titleId, string kind, long key, int count) =>
        Noted(session, titleId, kind, key, session.Query<LiveArticle>(Newest(LiveArticle.AllColumns), new { titleId, kind, key, count, skip = 0 }));

    public static long Count(Session session, long titleId, string kind, long key)
    {
        session.Note(Keys.List(titleId, kind, key));
        return session.Value<long>("SELECT count(*) FROM listings WHERE title_id = @titleId AND kind = @kind AND key_id = @key", new { titleId, kind, key });
    }

    /// <summary>When the newest story of a list came out before a moment, and the oldest one at or after another; null where there is none.</summary>
    public static (DateTimeOffset? Before, DateTimeOffset? After) Around(Session session, long titleId, string kind, long key, DateTimeOffset before, DateTimeOffset after)
    {
        session.Note(Keys.List(titleId, kind, key));
        return (
            session.Time("SELECT max(first_published_at) FROM listings WHERE title_id = @titleId AND kind = @kind AND key_id = @key AND first_published_at < @before", new { titleId, kind, key, before }),
            session.Time("SELECT min(first_published_at) FROM listings WHERE title_id = @titleId AND kind = @kind AND key_id = @key AND first_published_at >= @after", new { titleId, kind, key, after }));
    }

    private static List<T> Noted<T>(Session session, long titleId, string kind, long key, List<T> stories) where T : Story
    {
        session.Note(Keys.List(titleId, kind, key));
        return session.Noted(stories);
    }

    private static string Newest(string columns) => $"""
        SELECT {columns}
        FROM (
            SELECT title_id, first_published_at, article_id FROM listings
            WHERE title_id = @titleId AND kind = @kind AND key_id = @key
            ORDER BY first_published_at DESC, article_id DESC
            LIMIT @count OFFSET @skip
        ) l
        JOIN live_articles a ON a.title_id = l.title_id AND a.article_id = l.article_id
        ORDER BY l.first_published_at DESC, l.article_id DESC
        """;
}
