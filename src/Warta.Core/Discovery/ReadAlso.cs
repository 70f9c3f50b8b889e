using Warta.Content;
using Warta.Storage;

namespace Warta.Discovery;

/// <summary>
/// Read-alsos (<i>Baca Juga</i>) as a graph: from a block of a published story to the story that it points to, so that headline and address follow the
/// target. One whose target isn't known yet waits for its headline or uri.
/// </summary>
public static class ReadAlso
{
    /// <summary>A read-also whose target nobody knows.</summary>
    public sealed record Wanted
    {
        public long ArticleId { get; init; }
        public string BlockId { get; init; } = "";
        public string Headline { get; init; } = "";
        public string Uri { get; init; } = "";
    }

    /// <summary>Notes the read-alsos of the revision that goes live, in place of those of the one before.</summary>
    public static void Note(WriteSession session, long articleId, DateTimeOffset firstPublishedAt, Body body, bool isNew)
    {
        if (!isNew) session.Run("DELETE FROM read_alsos WHERE article_id = @p1", articleId);
        foreach (var block in body.Blocks.OfType<ReadAlsoBlock>())
        {
            var key = HeadlineKey.Of(block.Wanted);
            var target = Target(session, articleId, firstPublishedAt, block, key);
            session.Run("INSERT INTO read_alsos (article_id, block_id, target_id, wanted, wanted_key, wanted_uri) VALUES (@p1, @p2, @p3, @p4, @p5, @p6)",
                articleId, block.Id, target, block.Wanted, key, block.WantedUri);
        }
    }

    /// <summary>Points the read-alsos that waited for this story to it.</summary>
    public static void Resolve(WriteSession session, long articleId, string headlineKey, string uri)
    {
        const string waiting = "SELECT article_id FROM read_alsos WHERE target_id IS NULL AND ";
        var linking = headlineKey.Length == 0 ? [] : session.Query<long>(waiting + "wanted_key = @headlineKey AND article_id <> @articleId", new { headlineKey, articleId });
        if (linking.Count > 0) session.Run("UPDATE read_alsos SET target_id = @p1 WHERE target_id IS NULL AND wanted_key = @p2 AND article_id <> @p1", articleId, headlineKey);
        var byUri = session.Query<long>(waiting + "wanted_uri = @uri AND wanted_uri <> '' AND article_id <> @articleId", new { uri, articleId });
        if (byUri.Count > 0) session.Run("UPDATE read_alsos SET target_id = @p1 WHERE target_id IS NULL AND wanted_uri = @p2 AND wanted_uri <> '' AND article_id <> @p1", articleId, uri);
        foreach (var id in linking.Concat(byUri)) session.Touch(Keys.Article(id));
    }

    /// <summary>Where the read-alsos of a story lead, by block; those whose targets are live in its title.</summary>
    public static Dictionary<string, Story> Of(Session session, long titleId, long articleId)
    {
        session.Note(Keys.Article(articleId));
        var links = session.Query<(string Block, long Target)>("SELECT block_id, target_id FROM read_alsos WHERE article_id = @articleId AND target_id IS NOT NULL", new { articleId });
        var live = Story.Live(session, titleId, links.ConvertAll(link => link.Target)).DistinctBy(s => s.ArticleId).ToDictionary(s => s.ArticleId);
        return links.Where(link => live.ContainsKey(link.Target)).ToDictionary(link => link.Block, link => live[link.Target]);
    }

    /// <summary>Read-alsos of live stories that still want a target, oldest story first.</summary>
    public static List<Wanted> Pending(Session session, int count, int skip) => session.Query<Wanted>("""
        SELECT k.article_id, k.block_id, k.wanted AS headline, k.wanted_uri AS uri
        FROM read_alsos k
        WHERE k.target_id IS NULL AND EXISTS (SELECT 1 FROM publications p WHERE p.article_id = k.article_id)
        ORDER BY k.article_id, k.block_id
        LIMIT @count OFFSET @skip
        """, new { count, skip });

    public static long PendingCount(Session session) => session.Value<long>("SELECT count(*) FROM read_alsos k WHERE k.target_id IS NULL AND EXISTS (SELECT 1 FROM publications p WHERE p.article_id = k.article_id)");

    /// <summary>The story that a block of a text that needn't be published leads to, as far as one is known.</summary>
    /// <param name="articleId">The text's own story, 0 for none yet.</param>
    public static long? Target(Session session, long articleId, DateTimeOffset at, ReadAlsoBlock block) => Target(session, articleId, at, block, HeadlineKey.Of(block.Wanted));

    private static long? Target(Session session, long articleId, DateTimeOffset firstPublishedAt, ReadAlsoBlock block, string key)
    {
        if (block.Article is { } chosen)
            return session.First<long?>("SELECT id FROM articles WHERE id = @chosen AND id <> @articleId", new { chosen, articleId });
        if (block.WantedUri is { Length: > 0 } uri && session.First<long?>("SELECT id FROM articles WHERE uri = @uri AND id <> @articleId", new { uri, articleId }) is { } known)
            return known;
        // The same headline may have served many days ("Harga emas hari ini"): the newest story that isn't newer than this one, else any.
        return key.Length == 0 ? null : session.First<long?>("""
            SELECT a.id FROM articles a
            LEFT JOIN publications p ON p.article_id = a.id
            WHERE a.headline_key = @key AND a.id <> @articleId
            ORDER BY CASE WHEN p.first_published_at <= @firstPublishedAt THEN 0 ELSE 1 END, p.first_published_at DESC NULLS LAST
            LIMIT 1
            """, new { key, articleId, firstPublishedAt });
    }
}
