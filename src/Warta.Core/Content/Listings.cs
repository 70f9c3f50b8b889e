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
        return session.First<long?>("SELECT stories FROM listing_sizes WHERE title_id = @titleId AND kind = @kind AND key_id = @key", new { titleId, kind, key }) ?? 0;
    }

    /// <summary>How many stories stand in each list of a kind, by its key; an empty list has no entry.</summary>
    public static IReadOnlyDictionary<long, long> Sizes(Session session, long titleId, string kind) =>
        session.Query<(long Key, long Stories)>("SELECT key_id, stories FROM listing_sizes WHERE title_id = @titleId AND kind = @kind", new { titleId, kind }).ToDictionary(row => row.Key, row => row.Stories);

    /// <summary>How many lists don't hold as many stories as is kept of them: none, unless somebody changed the database behind our back.</summary>
    public static long Miscounted(Session session) => session.Value<long>($"SELECT count(*) FROM (SELECT DISTINCT title_id, kind, key_id FROM ({Differences}) d) m");

    /// <summary>Counts those lists anew.</summary>
    public static void Recount(WriteSession session)
    {
        foreach (var (titleId, kind, key) in session.Query<(long, string, long)>($"SELECT DISTINCT title_id, kind, key_id FROM ({Differences}) d"))
        {
            session.Touch(Keys.List(titleId, kind, key));
            session.Run("DELETE FROM listing_sizes WHERE title_id = @p1 AND kind = @p2 AND key_id = @p3", titleId, kind, key);
            session.Run("""
                INSERT INTO listing_sizes (title_id, kind, key_id, stories)
                SELECT title_id, kind, key_id, count(*) FROM listings WHERE title_id = @p1 AND kind = @p2 AND key_id = @p3 GROUP BY title_id, kind, key_id
                """, titleId, kind, key);
        }
    }

    /// <summary>When the newest story of a list came out before a moment, and the oldest one at or after another; null where there is none.</summary>
    public static (DateTimeOffset? Before, DateTimeOffset? After) Around(Session session, long titleId, string kind, long key, DateTimeOffset before, DateTimeOffset after)
    {
        session.Note(Keys.List(titleId, kind, key));
        return (
            session.Time("SELECT max(first_published_at) FROM listings WHERE title_id = @titleId AND kind = @kind AND key_id = @key AND first_published_at < @before", new { titleId, kind, key, before }),
            session.Time("SELECT min(first_published_at) FROM listings WHERE title_id = @titleId AND kind = @kind AND key_id = @key AND first_published_at >= @after", new { titleId, kind, key, after }));
    }

    private const string Counted = "SELECT title_id, kind, key_id, count(*) AS stories FROM listings GROUP BY title_id, kind, key_id";
    private const string Kept = "SELECT title_id, kind, key_id, stories FROM listing_sizes";
    private const string Differences = $"SELECT * FROM ({Counted} EXCEPT {Kept}) a UNION ALL SELECT * FROM ({Kept} EXCEPT {Counted}) b";

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
