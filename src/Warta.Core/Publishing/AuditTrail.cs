using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>Who did what, when. Each row's hash is SHA-256 over the row and the hash before it, so an edited or missing row shows; how many there are, and the last one's hash, is kept beside them.</summary>
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
        var before = session.First<string>("SELECT hash FROM audit_end WHERE id = 1") ?? "";
        var row = new Row { Verb = verb, Actor = actor, TitleId = titleId, ArticleId = articleId, Detail = detail, DoneAt = now.ToUnixTimeMilliseconds() };
        var hash = HashOf(before, row);
        session.Run("INSERT INTO audit (verb, actor, title_id, article_id, detail, done_at, hash) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7)", verb, actor, titleId, articleId, detail, row.DoneAt, hash);
        session.Run("UPDATE audit_end SET entries = entries + 1, hash = @p1 WHERE id = 1", hash);
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

    /// <param name="Actor">Who; empty for anybody.</param>
    /// <param name="Verb">What; empty for anything.</param>
    /// <param name="From">Since this moment.</param>
    /// <param name="Until">Before this moment.</param>
    public sealed record Filter(string Actor, string Verb, long? ArticleId, DateTimeOffset? From, DateTimeOffset? Until)
    {
        /// <summary>Null: everything.</summary>
        public Reach? Within { get; init; }
    }

    /// <summary>Where somebody may look: rows about a story go by its section, others by their title; what is about no title is everybody's.</summary>
    /// <param name="Whole">Titles, all of whose sections he sees.</param>
    /// <param name="Titles">All that he sees something of.</param>
    public sealed record Reach(IReadOnlyList<long> Whole, IReadOnlyList<long> Titles, IReadOnlyList<long> Sections);

    /// <summary>Rows, newest first.</summary>
    /// <param name="before">Rows older than this one.</param>
    public static List<Entry> Entries(Session session, Filter filter, long before, int count)
    {
        string[] conditions =
        [
            "id < @before",
            filter.Actor.Length > 0 ? "actor = @Actor" : "",
            filter.Verb.Length > 0 ? "verb = @Verb" : "",
            filter.ArticleId is null ? "" : "article_id = @ArticleId",
            filter.From is null ? "" : "done_at >= @From",
            filter.Until is null ? "" : "done_at < @Until",
            // Counted, for PostgreSQL would answer an EXISTS by reading all articles.
            filter.Within is null ? "" : """
                CASE WHEN article_id IS NULL THEN title_id IS NULL OR title_id IN [[ids:titles]]
                    ELSE (SELECT count(*) FROM articles s WHERE s.id = audit.article_id AND (s.canonical_title_id IN [[ids:whole]] OR s.section_id IN [[ids:sections]])) > 0 END
                """,
        ];
        return session.Query<Entry>($"""
            SELECT id, done_at, actor, verb, title_id, article_id, detail, hash FROM audit
            WHERE {string.Join(" AND ", conditions.Where(condition => condition.Length > 0))}
            ORDER BY id DESC
            LIMIT @count
            """, new
        {
            filter.Actor,
            filter.Verb,
            filter.ArticleId,
            filter.From,
            filter.Until,
            before,
            count,
            titles = session.Ids(filter.Within?.Titles ?? []),
            whole = session.Ids(filter.Within?.Whole ?? []),
            sections = session.Ids(filter.Within?.Sections ?? []),
        });
    }

    /// <summary>The verbs that the trail holds, for a list to choose from.</summary>
    public static List<string> Verbs(Session session) => session.Query<string>("""
        WITH RECURSIVE verbs (verb) AS (
            SELECT min(verb) FROM audit
            UNION ALL
            SELECT (SELECT min(a.verb) FROM audit a WHERE a.verb > verbs.verb) FROM verbs WHERE verbs.verb IS NOT NULL
        )
        SELECT verb FROM verbs WHERE verb IS NOT NULL ORDER BY verb
        """);

    /// <summary>The id of the first row that isn't as it was written, or would be there if the end weren't cut off; null when all is as it was.</summary>
    public static long? FirstEdited(Session session)
    {
        var (before, last, count) = ("", 0L, 0L);
        foreach (var row in session.Stream<Row>("SELECT id, verb, actor, title_id, article_id, detail, done_at, hash FROM audit ORDER BY id"))
        {
            if (row.Hash != HashOf(before, row)) return row.Id;
            (before, last, count) = (row.Hash, row.Id, count + 1);
        }

        var (entries, hash) = session.First<(long, string)>("SELECT entries, hash FROM audit_end WHERE id = 1");
        return entries == count && hash == before ? null : last + 1;
    }

    private static string HashOf(string before, Row row) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        JsonSerializer.Serialize(new object?[] { before, row.Verb, row.Actor, row.TitleId, row.ArticleId, row.Detail, row.DoneAt }))));
}
