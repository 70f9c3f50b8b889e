using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>Who did what, when. Each row's hash is SHA-256 over the row and the hash before it, so an edited or missing row shows.</summary>
public static class AuditTrail
{
    private sealed record Row
    {
        public long Id { get; init; }
        public string Verb { get; init; } = "";
        public string Actor { get; init; } = "";
        public long? TitleId { get; init; }
        public long? ArticleId { get; init; }
        public string Detail { get; init; } = "";
        public long DoneAt { get; init; }
        public string Hash { get; init; } = "";
    }

    public static void Write(WriteSession session, string verb, string actor, long? titleId, long? articleId, string detail, DateTimeOffset now)
    {
        var before = session.First<string>("SELECT hash FROM audit ORDER BY id DESC LIMIT 1") ?? "";
        var row = new Row { Verb = verb, Actor = actor, TitleId = titleId, ArticleId = articleId, Detail = detail, DoneAt = now.ToUnixTimeMilliseconds() };
        session.Run("INSERT INTO audit (verb, actor, title_id, article_id, detail, done_at, hash) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7)",
            verb, actor, titleId, articleId, detail, row.DoneAt, HashOf(before, row));
    }

    /// <summary>A row as it is read and exported.</summary>
    public sealed record Entry
    {
        public long Id { get; init; }
        public DateTimeOffset DoneAt { get; init; }
        public string Actor { get; init; } = "";
        public string Verb { get; init; } = "";
        public long? TitleId { get; init; }
        public long? ArticleId { get; init; }
        public string Detail { get; init; } = "";
        public string Hash { get; init; } = "";
    }

    /// <summary>Rows, newest first.</summary>
    /// <param name="actor">Who; empty for anybody.</param>
    /// <param name="verb">What; empty for anything.</param>
    /// <param name="before">Rows older than this one.</param>
    public static List<Entry> Entries(Session session, string actor, string verb, long? articleId, long before, int count) => session.Query<Entry>($"""
        SELECT id, done_at, actor, verb, title_id, article_id, detail, hash FROM audit
        WHERE id < @before{(actor.Length > 0 ? " AND actor = @actor" : "")}{(verb.Length > 0 ? " AND verb = @verb" : "")}{(articleId is null ? "" : " AND article_id = @articleId")}
        ORDER BY id DESC
        LIMIT @count
        """, new { actor, verb, articleId, before, count });

    /// <summary>The id of the first row that isn't as it was written, or null when all are.</summary>
    public static long? FirstEdited(Session session)
    {
        var before = "";
        foreach (var row in session.Stream<Row>("SELECT id, verb, actor, title_id, article_id, detail, done_at, hash FROM audit ORDER BY id"))
        {
            if (row.Hash != HashOf(before, row)) return row.Id;
            before = row.Hash;
        }

        return null;
    }

    private static string HashOf(string before, Row row) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        JsonSerializer.Serialize(new object?[] { before, row.Verb, row.Actor, row.TitleId, row.ArticleId, row.Detail, row.DoneAt }))));
}
