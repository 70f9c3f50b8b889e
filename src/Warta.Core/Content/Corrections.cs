using Warta.Storage;

namespace Warta.Content;

/// <summary>What a correction is: our own mistake, one that somebody asked us to put right, or a reply by the one written about.</summary>
public static class CorrectionKind
{
    public const string Erratum = "erratum", Correction = "correction", Reply = "reply";

    /// <summary>The kind of this name, in English or as Indonesian newsrooms call it; null for any other.</summary>
    public static string? Named(string name) => name.Trim().ToLowerInvariant() switch
    {
        Erratum or "ralat" => Erratum,
        Correction or "koreksi" => Correction,
        Reply or "hak-jawab" => Reply,
        _ => null,
    };
}

/// <summary>What stands under a story for ever, unless it was issued by mistake.</summary>
public sealed record Correction
{
    public long Id { get; init; }
    public long ArticleId { get; init; }

    /// <summary>One of <see cref="CorrectionKind"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>A line is a paragraph.</summary>
    public string Text { get; init; } = "";

    /// <summary>An address that it leads on to, or empty.</summary>
    public string Link { get; init; } = "";

    /// <summary>The story that it leads on to, live or not.</summary>
    public long? LinkArticleId { get; init; }

    /// <summary>Who asked for it, or whose reply it is; empty where nobody did, or wants to be named.</summary>
    public string AskedBy { get; init; } = "";
    public DateTimeOffset IssuedAt { get; init; }
    public DateTimeOffset? WithdrawnAt { get; init; }

    public IReadOnlyList<string> Paragraphs => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Where it stands on its story's page.</summary>
    public string Anchor => $"correction-{Id}";
}

/// <summary>Corrections (<i>Ralat</i>, <i>Koreksi</i>, <i>Hak Jawab</i>) as readers see them.</summary>
public static class Corrections
{
    private const string Columns = "c.id, c.article_id, c.kind, c.text, c.link, c.link_article_id, c.asked_by, c.issued_at, c.withdrawn_at";

    /// <summary>A correction with the story that it stands on.</summary>
    public sealed record Entry(Correction Correction, Story Story);

    /// <summary>Those that stand on a story, oldest first.</summary>
    public static List<Correction> Of(Session session, long articleId)
    {
        session.Note(Keys.Article(articleId));
        return session.Query<Correction>($"SELECT {Columns} FROM corrections c WHERE c.article_id = @articleId AND c.withdrawn_at IS NULL ORDER BY c.issued_at, c.id", new { articleId });
    }

    /// <summary>Also those that were withdrawn: for the newsroom, not for readers.</summary>
    public static List<Correction> History(Session session, long articleId) =>
        session.Query<Correction>($"SELECT {Columns} FROM corrections c WHERE c.article_id = @articleId ORDER BY c.id", new { articleId });

    /// <summary>The register of a title: what stands on its live stories, newest first.</summary>
    public static List<Entry> Register(Session session, long titleId, DateTimeOffset now, int count, long skip)
    {
        session.Note(Keys.Corrections);
        var corrections = session.Query<Correction>($"""
            SELECT {Columns}
            {Standing}
            ORDER BY c.issued_at DESC, c.id DESC
            LIMIT @count OFFSET @skip
            """, new { titleId, now, count, skip });
        var stories = Live(session, titleId, corrections.Select(c => c.ArticleId));
        return corrections.Where(c => stories.ContainsKey(c.ArticleId)).Select(c => new Entry(c, stories[c.ArticleId])).ToList();
    }

    public static long Count(Session session, long titleId, DateTimeOffset now)
    {
        session.Note(Keys.Corrections);
        return session.Value<long>($"SELECT count(*) {Standing}", new { titleId, now });
    }

    /// <summary>The live stories that corrections lead on to, by their id.</summary>
    public static IReadOnlyDictionary<long, Story> Linked(Session session, long titleId, IEnumerable<Correction> corrections) =>
        Live(session, titleId, corrections.Select(c => c.LinkArticleId).OfType<long>());

    // Issued by now: that lets both engines walk the index from its newest end.
    private const string Standing = """
        FROM corrections c
        CROSS JOIN publications p
        WHERE c.withdrawn_at IS NULL AND c.issued_at <= @now AND p.title_id = @titleId AND p.article_id = c.article_id
        """;

    private static Dictionary<long, Story> Live(Session session, long titleId, IEnumerable<long> articleIds) =>
        Story.Live(session, titleId, articleIds.Distinct().ToList()).ToDictionary(s => s.ArticleId);
}
