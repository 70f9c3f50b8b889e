using System.Security.Cryptography;
using System.Text;
using Warta.Content;
using Warta.Discovery;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>
/// Erases a story's words by law: from every revision, index and list. A tombstone stays with who, when and why, and with hashes of the uri and the
/// slugs, so that the old address still answers 410 and an import can't bring the story back. There is no undo.
/// </summary>
public static class Purge
{
    /// <exception cref="NoSuchArticleException">There is no such article.</exception>
    /// <exception cref="PublishingException">It was purged already.</exception>
    public static void PurgeStory(this Act act, long articleId, string reason)
    {
        var sql = act.Sql;
        var uri = sql.First<string>("SELECT uri FROM articles WHERE id = @articleId", new { articleId }) ?? throw new NoSuchArticleException(articleId.ToString());
        if (sql.Value<long>("SELECT count(*) FROM purges WHERE article_id = @articleId", new { articleId }) > 0) throw new PublishingException("The story has been purged already.");
        var live = act.EndPublications(articleId, null, "purged");
        act.CancelReleases(articleId, null);

        sql.Run("UPDATE revisions SET kicker = '', headline = '', standfirst = '', dateline = '', bylines = '[]', tags = '[]', body = @p1 WHERE article_id = @p2", BodyJson.Write(Body.Empty), articleId);
        sql.Run("UPDATE articles SET uri = @p1, headline_key = '', source_hash = '', usage_terms = '', copyright_holder = '' WHERE id = @p2", $"purged:{articleId}", articleId);
        foreach (var slug in sql.Query<string>("SELECT DISTINCT slug FROM slugs WHERE article_id = @articleId", new { articleId }))
            sql.Run("UPDATE slugs SET slug = @p1 WHERE article_id = @p2 AND slug = @p3", Hash(slug), articleId, slug);
        sql.Run("UPDATE publication_history SET slug = '' WHERE article_id = @p1", articleId);
        sql.Run("UPDATE takedowns SET reason = '' WHERE article_id = @p1", articleId);
        // Others' links to it: the block stays in their revisions by id, the wanted words were this story's headline.
        sql.Run("DELETE FROM read_alsos WHERE article_id = @p1", articleId);
        sql.Run("UPDATE read_alsos SET wanted = '', wanted_key = '', wanted_uri = '' WHERE target_id = @p1", articleId);
        Related.Erase(sql, articleId);
        act.Press.Search.Scrub(sql);

        sql.Run("INSERT INTO purges (uri, article_id, reason, actor, purged_at) VALUES (@p1, @p2, @p3, @p4, @p5)", Hash(uri), articleId, reason.Trim(), act.Actor, act.Now);
        act.Record("purged", null, articleId, new { titles = live });
    }

    /// <summary>True for the uri of a purged story.</summary>
    public static bool IsPurged(Session session, string uri) => session.Value<long>("SELECT count(*) FROM purges WHERE uri = @hash", new { hash = Hash(uri) }) > 0;

    /// <summary>What stands in place of erased words that must still be recognised.</summary>
    public static string Hash(string text) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
