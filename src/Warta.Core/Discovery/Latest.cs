using Warta.Content;
using Warta.Storage;

namespace Warta.Discovery;

/// <summary>The latest stories (<i>Terkini</i>), by first publication: an update doesn't bring a story back to the top.</summary>
public static class Latest
{
    /// <param name="sectionId">The channel; 0 for the whole title.</param>
    public static List<Story> Stories(Session session, long titleId, long sectionId, string? language, int count, int skip = 0)
    {
        var kind = sectionId == 0 ? ListingKind.Title : ListingKind.Section;
        session.Note(Keys.List(titleId, kind, sectionId));
        return session.Noted(session.Query<Story>($"""
        SELECT {Story.Columns}
        FROM listings l
        JOIN live_articles a ON a.title_id = l.title_id AND a.article_id = l.article_id
        WHERE l.title_id = @titleId AND l.kind = @kind AND l.key_id = @sectionId AND a.kind = 'story'
        {(language is null ? "" : "AND (a.language = @language OR a.language LIKE @language || '-%')")}
        ORDER BY l.first_published_at DESC, l.article_id DESC
        LIMIT @count OFFSET @skip
        """, new { titleId, kind, sectionId, language, count, skip }));
    }

    /// <summary>How many there are in all. Paid stories stand in the listing, but not among the latest; they are few, and counted apart.</summary>
    public static long Count(Session session, long titleId, long sectionId) =>
        Listings.Count(session, titleId, sectionId == 0 ? ListingKind.Title : ListingKind.Section, sectionId) - session.Value<long>("""
            SELECT count(*)
            FROM articles a
            CROSS JOIN listings l
            WHERE a.kind = 'advertorial' AND l.article_id = a.id AND l.title_id = @titleId AND l.kind = @kind AND l.key_id = @sectionId
            """, new { titleId, kind = sectionId == 0 ? ListingKind.Title : ListingKind.Section, sectionId });
}
