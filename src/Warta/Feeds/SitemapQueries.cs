using Warta.Content;
using Warta.Storage;

namespace Warta.Feeds;

/// <summary>What sitemaps ask of the lists. A story stands in the sitemaps of its canonical title only.</summary>
internal static class SitemapQueries
{
    /// <param name="Stories">In this, their canonical title.</param>
    public readonly record struct Sum(long Stories, DateTimeOffset UpdatedAt);

    /// <summary>A place in a title's list, oldest first.</summary>
    public readonly record struct Place(DateTimeOffset FirstPublishedAt, long ArticleId);

    /// <summary>A section, tag or author with stories, and when the newest came.</summary>
    public readonly record struct Key(long Id, DateTimeOffset Newest);

    /// <summary>When the newest story before a moment was published; null where there is none.</summary>
    public static DateTimeOffset? NewestBefore(Session session, long titleId, DateTimeOffset before) => session.Time("""
        SELECT first_published_at FROM listings
        WHERE title_id = @titleId AND kind = 'title' AND key_id = 0 AND first_published_at < @before
        ORDER BY first_published_at DESC
        LIMIT 1
        """, new { titleId, before });

    public static Sum SumOf(Session session, long titleId, DateTimeOffset from, DateTimeOffset to)
    {
        var (stories, updated) = session.First<(long, long)>("""
            SELECT count(*), coalesce(max(a.updated_at), 0)
            FROM listings l
            JOIN live_articles a ON a.title_id = l.title_id AND a.article_id = l.article_id
            WHERE l.title_id = @titleId AND l.kind = 'title' AND l.key_id = 0 AND l.first_published_at >= @from AND l.first_published_at < @to
                AND a.canonical_title_id = @titleId
            """, new { titleId, from, to });
        return new Sum(stories, DateTimeOffset.FromUnixTimeMilliseconds(updated));
    }

    /// <summary>The stories that follow a place, before a moment; also those of other titles, so that their last one is the place to go on from.</summary>
    public static List<Story> After(Session session, long titleId, Place place, DateTimeOffset to, int count) => session.Query<Story>($"""
        SELECT {Story.Columns}
        FROM (
            SELECT title_id, first_published_at, article_id FROM listings
            WHERE title_id = @titleId AND kind = 'title' AND key_id = 0 AND first_published_at >= @from AND first_published_at < @to
                AND (first_published_at > @from OR article_id > @after)
            ORDER BY first_published_at, article_id
            LIMIT @count
        ) l
        JOIN live_articles a ON a.title_id = l.title_id AND a.article_id = l.article_id
        ORDER BY l.first_published_at, l.article_id
        """, new { titleId, from = place.FirstPublishedAt, after = place.ArticleId, to, count });

    /// <summary>News, newest first: nobody paid for it.</summary>
    public static List<Story> Since(Session session, long titleId, DateTimeOffset since) => session.Query<Story>($"""
        SELECT {Story.Columns}
        FROM listings l
        JOIN live_articles a ON a.title_id = l.title_id AND a.article_id = l.article_id
        WHERE l.title_id = @titleId AND l.kind = 'title' AND l.key_id = 0 AND l.first_published_at > @since
            AND a.canonical_title_id = @titleId AND a.kind = 'story'
        ORDER BY l.first_published_at DESC, l.article_id DESC
        """, new { titleId, since });

    /// <summary>From each key the next one is looked up, so that a list of a hundred thousand stories costs as many steps as it has keys.</summary>
    public static List<Key> Keys(Session session, long titleId, string kind, int most) => session.Query<(long Id, long Newest)>("""
        WITH RECURSIVE keys(id) AS (
            SELECT min(key_id) FROM listings WHERE title_id = @titleId AND kind = @kind
            UNION ALL
            SELECT (SELECT min(l.key_id) FROM listings l WHERE l.title_id = @titleId AND l.kind = @kind AND l.key_id > keys.id) FROM keys WHERE keys.id IS NOT NULL
        )
        SELECT keys.id, (SELECT max(l.first_published_at) FROM listings l WHERE l.title_id = @titleId AND l.kind = @kind AND l.key_id = keys.id)
        FROM keys
        WHERE keys.id IS NOT NULL
        LIMIT @most
        """, new { titleId, kind, most }).ConvertAll(row => new Key(row.Id, DateTimeOffset.FromUnixTimeMilliseconds(row.Newest)));
}
