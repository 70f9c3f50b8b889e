using System.Security.Cryptography;
using System.Text;
using Warta.Content;
using Warta.Discovery;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>
/// Erases a story's words by law: from every revision, index and list, and the pictures that no other story has. A tombstone stays with who, when and why, and with hashes of the uri and the
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

        var erased = sql.Query<Words>("SELECT language, kicker, headline, standfirst, body FROM revisions WHERE article_id = @articleId", new { articleId });
        sql.Run("UPDATE revisions SET kicker = '', headline = '', standfirst = '', dateline = '', bylines = '[]', tags = '[]', picture = '', search_title = '', note = '', body = @p1 WHERE article_id = @p2", BodyJson.Write(Body.Empty), articleId);
        sql.Run("UPDATE articles SET uri = @p1, headline_key = '', source_hash = '', usage_terms = '', copyright_holder = '', worked_headline = '' WHERE id = @p2", $"purged:{articleId}", articleId);
        sql.Run("DELETE FROM autosaves WHERE article_id = @p1", articleId);
        sql.Run("DELETE FROM preview_links WHERE article_id = @p1", articleId);
        DeskSearch.Erase(sql, articleId);
        foreach (var slug in sql.Query<string>("SELECT DISTINCT slug FROM slugs WHERE article_id = @articleId", new { articleId }))
            sql.Run("UPDATE slugs SET slug = @p1 WHERE article_id = @p2 AND slug = @p3", Hash(slug), articleId, slug);
        sql.Run("UPDATE publication_history SET slug = '' WHERE article_id = @p1", articleId);
        Receipts.Erase(sql, articleId);
        sql.Run("UPDATE takedowns SET reason = '' WHERE article_id = @p1", articleId);
        PictureUses.Purge(act, articleId);
        sql.Run("UPDATE corrections SET text = '', link = '', asked_by = '' WHERE article_id = @p1", articleId);
        ForgetWantedWords(act, articleId);
        sql.Run("DELETE FROM read_alsos WHERE article_id = @p1", articleId);
        sql.Run("UPDATE read_alsos SET wanted = '', wanted_key = '', wanted_uri = '' WHERE target_id = @p1", articleId);
        Related.Erase(sql, articleId);
        ForgetAddresses(act, articleId);
        TextLinks.Erase(sql, articleId);
        RelatedChoices.Erase(sql, articleId);
        NearDuplicates.Forget(sql, articleId);
        sql.Run("UPDATE correction_requests SET asked_by = '', contact = '', text = '', declined = '' WHERE article_id = @p1", articleId);
        sql.Run("DELETE FROM desk_notes WHERE article_id = @p1", articleId);
        sql.Run("DELETE FROM desk_stories WHERE article_id = @p1", articleId);
        foreach (var language in erased.GroupBy(r => r.Language))
            act.Press.Search.Erase(sql, language.Key, language.SelectMany(r => new[] { r.Kicker, r.Headline, r.Standfirst, BodyRenderer.PlainText(BodyJson.Read(r.Body)) }));

        sql.Run("INSERT INTO purges (uri, article_id, reason, actor, purged_at) VALUES (@p1, @p2, @p3, @p4, @p5)", Hash(uri), articleId, reason.Trim(), act.Actor, act.Now);
        sql.Touch(Keys.Article(articleId), Change.Erased);
        sql.Touch(Keys.Removals);
        act.Record("purged", null, articleId, new { titles = live });
    }

    /// <summary>Others' links to the story that were written as its headline or uri: the blocks stay in their revisions, by id.</summary>
    private static void ForgetWantedWords(Act act, long articleId)
    {
        foreach (var link in act.Sql.Query<Link>("""
            SELECT DISTINCT r.id AS revision_id, r.body, k.wanted_key, k.wanted_uri
            FROM read_alsos k
            JOIN revisions r ON r.article_id = k.article_id
            WHERE k.target_id = @articleId
            """, new { articleId }).GroupBy(link => link.RevisionId))
        {
            var body = BodyJson.Read(link.First().Body);
            act.Sql.Run("UPDATE revisions SET body = @p1 WHERE id = @p2", BodyJson.Write(new Body(body.Blocks.Select(Forget).ToList())), link.Key);

            Block Forget(Block block) =>
                block is ReadAlsoBlock wanting && link.Any(l => (wanting.Wanted.Length > 0 && HeadlineKey.Of(wanting.Wanted) == l.WantedKey) || (wanting.WantedUri.Length > 0 && wanting.WantedUri == l.WantedUri))
                    ? wanting with { Article = articleId, Wanted = "", WantedUri = "" }
                    : block;
        }
    }

    /// <summary>Others' links to the story: an address is made of the headline's words.</summary>
    private static void ForgetAddresses(Act act, long articleId)
    {
        foreach (var revision in act.Sql.Query<(long Article, long Revision, string Body, string Href)>("""
            SELECT DISTINCT r.article_id, r.id, r.body, l.href
            FROM text_links l
            JOIN revisions r ON r.article_id = l.article_id
            WHERE l.target_id = @articleId AND l.article_id <> @articleId
            """, new { articleId }).GroupBy(row => (row.Article, row.Revision)))
        {
            var addresses = revision.Select(row => row.Href).ToHashSet();
            var body = InlineLinks.Mapped(BodyJson.Read(revision.First().Body), link => addresses.Contains(link.Href) ? null : link.Href);
            act.Sql.Run("UPDATE revisions SET body = @p1 WHERE id = @p2", BodyJson.Write(body), revision.Key.Revision);
            act.Sql.Touch(Keys.Article(revision.Key.Article));
        }

        act.Sql.Run("DELETE FROM text_links WHERE target_id = @p1", articleId);
    }

    private sealed record Words
    {
        public string Language { get; init; } = "";
        public string Kicker { get; init; } = "";
        public string Headline { get; init; } = "";
        public string Standfirst { get; init; } = "";
        public string Body { get; init; } = "";
    }

    private sealed record Link
    {
        public long RevisionId { get; init; }
        public string Body { get; init; } = "";
        public string WantedKey { get; init; } = "";
        public string WantedUri { get; init; } = "";
    }

    /// <summary>True for the uri of a purged story.</summary>
    public static bool IsPurged(Session session, string uri) => session.Value<long>("SELECT count(*) FROM purges WHERE uri = @hash", new { hash = Hash(uri) }) > 0;

    /// <summary>What stands in place of erased words that must still be recognised.</summary>
    public static string Hash(string text) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
