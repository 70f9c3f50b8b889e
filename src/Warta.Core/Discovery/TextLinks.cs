using Warta.Content;
using Warta.Storage;

namespace Warta.Discovery;

/// <summary>
/// The links inside paragraphs as a graph, like <see cref="ReadAlso"/>: from a place in a published story to the story that its address leads to, also by an address that the story had
/// once, or by the uri that an import brought along. So a page prints the address of today, and no dead link.
/// </summary>
public static class TextLinks
{
    /// <summary>Beyond this an address is none that a person can have meant; an index doesn't take it either.</summary>
    private const int LongestHref = 2_000;

    /// <summary>A link that leads, or should lead, to a story here.</summary>
    public sealed record Row
    {
        public string Href { get; init; } = "";

        /// <summary>The title whose host the address names; null for a path, or another's address.</summary>
        public long? TitleId { get; init; }

        /// <summary>Null while no story here is known by that address.</summary>
        public long? TargetId { get; init; }
    }

    private sealed record Read(bool IsOurs, long? TitleId, string Uri, Permalink.Address? Address);

    /// <summary>Notes the links of the revision that goes live, in place of those of the one before.</summary>
    public static void Note(WriteSession session, TitleDirectory titles, long titleId, long articleId, Body body, bool isNew)
    {
        if (!isNew) session.Run("DELETE FROM text_links WHERE article_id = @p1", articleId);
        foreach (var link in InlineLinks.In(body))
        {
            if (Reading(titles, titleId, link.Href) is not { } read) continue;
            session.Run("""
                INSERT INTO text_links (article_id, block_id, number, href, words, is_ours, title_id, target_id, wanted_uri, wanted_slug, wanted_day)
                VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11)
                """, articleId, link.BlockId, link.Number, link.Href, link.Words, read.IsOurs, read.TitleId, Target(session, titleId, read), read.Uri, read.Address?.Slug ?? "", read.Address?.Day ?? 0);
        }
    }

    /// <summary>Points the links that waited for this story to it.</summary>
    public static void Resolve(WriteSession session, long articleId, string uri)
    {
        Point("wanted_uri = @p2 AND wanted_uri <> ''", "wanted_uri = @uri AND wanted_uri <> ''", uri, 0, 0);
        foreach (var (title, slug, day) in session.Query<(long, string, long)>("SELECT title_id, slug, day FROM slugs WHERE article_id = @articleId", new { articleId }))
            Point("wanted_slug = @p2 AND wanted_day = @p3 AND (title_id IS NULL OR title_id = @p4)", "wanted_slug = @uri AND wanted_day = @day AND (title_id IS NULL OR title_id = @title)", slug, day, title);

        void Point(string update, string select, string uri, long day, long title)
        {
            var waiting = session.Query<long>($"SELECT DISTINCT article_id FROM text_links WHERE target_id IS NULL AND {select}", new { uri, day, title });
            if (waiting.Count == 0) return;
            object?[] values = day == 0 ? [articleId, uri] : [articleId, uri, day, title];
            session.Run($"UPDATE text_links SET target_id = @p1 WHERE target_id IS NULL AND {update}", values);
            foreach (var id in waiting) session.Touch(Keys.Article(id));
        }
    }

    /// <summary>A story's links to stories here, and to addresses of ours where none is.</summary>
    public static List<Row> Of(Session session, long articleId)
    {
        session.Note(Keys.Article(articleId));
        return session.Query<Row>("SELECT href, title_id, target_id FROM text_links WHERE article_id = @articleId AND (target_id IS NOT NULL OR is_ours = 1)", new { articleId });
    }

    /// <summary>The story that an address leads to now; null for another's address, and for one that nobody knows.</summary>
    public static long? Target(Session session, TitleDirectory titles, long titleId, string href) => Reading(titles, titleId, href) is { } read ? Target(session, titleId, read) : null;

    /// <summary>Drops what is known of a story's own links, as a purge must.</summary>
    public static void Erase(WriteSession session, long articleId) => session.Run("DELETE FROM text_links WHERE article_id = @p1", articleId);

    /// <summary>Null for what can't lead to a story: a mail address, a section's page.</summary>
    private static Read? Reading(TitleDirectory titles, long titleId, string href)
    {
        if (href.Length > LongestHref) return null;
        var (isPath, title) = (href[0] == '/', (Title?)null);
        if (!isPath)
        {
            if (!Uri.TryCreate(href, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return null;
            title = titles.Hosted(uri.Host);
        }

        var path = PathOf(href);
        var isOurs = isPath || title is not null;
        var address = isOurs && !IsOwnPage(titles, title?.Id ?? titleId, path) ? Permalink.Read(path) : null;
        if (isOurs && address is null) return null;
        return new Read(isOurs, title?.Id, isPath ? "" : Plain(href), address);
    }

    /// <summary>Addresses that are Warta's own, and those of sections, may end in a number like a story's.</summary>
    private static bool IsOwnPage(TitleDirectory titles, long titleId, string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return segments.Length == 0 || Slug.IsReserved(segments[0]) || titles.Section(titleId, string.Join('/', segments)) is not null;
    }

    private static long? Target(Session session, long titleId, Read read)
    {
        if (read.Uri.Length > 0 && session.First<long?>("SELECT id FROM articles WHERE uri = @Uri", new { read.Uri }) is { } byUri) return byUri;
        if (read.Address is not { } address) return null;
        var found = address.Day is { } day
            ? session.Query<(long Title, long Article)>("SELECT title_id, article_id FROM slugs WHERE title_id IN (SELECT id FROM titles) AND slug = @Slug AND day = @day", new { address.Slug, day })
            : session.Query<(long Title, long Article)>("SELECT title_id, article_id FROM slugs WHERE article_id = @Id", new { address.Id });
        // A path was written for the title that the story stands in; published in another one as well, it still means the same story.
        return found.Where(f => read.TitleId is null || f.Title == read.TitleId).OrderByDescending(f => f.Title == (read.TitleId ?? titleId)).ThenBy(f => f.Title).Select(f => (long?)f.Article).FirstOrDefault();
    }

    private static string PathOf(string href)
    {
        var start = href[0] == '/' ? 0 : href.IndexOf('/', href.IndexOf("://", StringComparison.Ordinal) + 3);
        if (start < 0) return "/";
        var end = href.AsSpan(start).IndexOfAny('?', '#');
        return Uri.UnescapeDataString(end < 0 ? href[start..] : href[start..(start + end)]);
    }

    /// <summary>Without what only says where a reader came from, or which part he goes to.</summary>
    private static string Plain(string href)
    {
        var end = href.IndexOf('#', StringComparison.Ordinal);
        if (end >= 0) href = href[..end];
        var query = href.IndexOf("?utm_", StringComparison.Ordinal);
        return query < 0 ? href : href[..query];
    }
}
