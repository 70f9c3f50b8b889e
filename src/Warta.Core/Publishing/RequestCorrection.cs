using Warta.Content;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>Somebody's request for a correction or a reply: from its arrival to what was issued, or why nothing was. Somebody of the newsroom owns it, by a day.</summary>
public sealed record CorrectionRequest
{
    /// <summary>How long a newsroom gives itself where nobody says otherwise: the press code has a reply served without delay, and most codes mean three days.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromDays(3);

    private const string Columns = "q.id, q.article_id, q.kind, q.asked_by, q.contact, q.text, q.owner, q.due_at, q.received_at, q.closed_at, q.correction_id, q.declined";

    public long Id { get; init; }
    public long ArticleId { get; init; }

    /// <summary>One of <see cref="CorrectionKind"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>As readers will see the name.</summary>
    public string AskedBy { get; init; } = "";

    /// <summary>For the newsroom only.</summary>
    public string Contact { get; init; } = "";
    public string Text { get; init; } = "";

    /// <summary>The user who sees to it.</summary>
    public long? Owner { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What was issued; null while it is open, and where it was declined.</summary>
    public long? CorrectionId { get; init; }

    /// <summary>Why nothing was issued.</summary>
    public string Declined { get; init; } = "";

    public static List<CorrectionRequest> Of(Session session, long articleId) =>
        session.Query<CorrectionRequest>($"SELECT {Columns} FROM correction_requests q WHERE q.article_id = @articleId ORDER BY q.received_at DESC, q.id DESC LIMIT 200", new { articleId });

    /// <summary>What waits, the most urgent first.</summary>
    public static List<CorrectionRequest> Open(Session session, int count) =>
        session.Query<CorrectionRequest>($"SELECT {Columns} FROM correction_requests q WHERE q.closed_at IS NULL ORDER BY q.due_at, q.id LIMIT @count", new { count });

    /// <summary>What was closed last.</summary>
    public static List<CorrectionRequest> Closed(Session session, int count) =>
        session.Query<CorrectionRequest>($"SELECT {Columns} FROM correction_requests q WHERE q.closed_at IS NOT NULL ORDER BY q.closed_at DESC, q.id DESC LIMIT @count", new { count });

    public static CorrectionRequest? Find(Session session, long id) =>
        session.First<CorrectionRequest>($"SELECT {Columns} FROM correction_requests q WHERE q.id = @id", new { id });
}

/// <summary>Takes in requests for corrections, and closes them.</summary>
public static class RequestCorrection
{
    private const int LongestText = 10_000, LongestName = 200;

    /// <param name="kind">A name that <see cref="CorrectionKind.Named"/> knows; an erratum is our own and nobody asks for it.</param>
    /// <param name="due">Null: <see cref="CorrectionRequest.Usual"/> from now.</param>
    /// <returns>The request's number.</returns>
    /// <exception cref="ContentException">The kind is none that is asked for, or it doesn't say who asks for what.</exception>
    /// <exception cref="NoSuchArticleException">There is no such article.</exception>
    public static long Ask(this Act act, long articleId, string kind, string askedBy, string contact, string text, long? owner, DateTimeOffset? due)
    {
        Articles.MustExist(act.Sql, articleId);
        if (CorrectionKind.Named(kind) is not { } known || known == CorrectionKind.Erratum) throw new ContentException("Somebody asks for a correction (koreksi) or for a reply (hak-jawab).");
        var name = CleanText.Of(askedBy);
        if (name.Length is 0 or > LongestName) throw new ContentException("Say who asks, in no more than 200 characters.");
        text = string.Join('\n', text.Split('\n').Select(line => CleanText.Of(line))).Trim();
        if (text.Length is 0 or > LongestText) throw new ContentException("Say what is asked for, in no more than 10,000 characters.");
        var id = act.Sql.RunForId("""
            INSERT INTO correction_requests (article_id, kind, asked_by, contact, text, owner, due_at, actor, received_at, closed_by, declined)
            VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, '', '') RETURNING id
            """, articleId, known, name, CleanText.Of(contact), text, owner, due ?? act.Now + CorrectionRequest.Usual, act.Actor, act.Now);
        act.Record("correction-asked", null, articleId, new { request = id, kind = known, owner });
        return id;
    }

    /// <summary>Issues what was asked for, and closes the request.</summary>
    /// <param name="text">What readers will read.</param>
    /// <param name="link">As <see cref="IssueCorrection.Correct"/> takes it.</param>
    /// <exception cref="PublishingException">It is closed already, or the story isn't live.</exception>
    public static long Answer(this Act act, long requestId, string text, string? link)
    {
        var request = StillOpen(act, requestId);
        var correction = act.Correct(request.ArticleId, request.Kind, text, link, request.AskedBy);
        act.Sql.Run("UPDATE correction_requests SET closed_at = @p1, closed_by = @p2, correction_id = @p3 WHERE id = @p4", act.Now, act.Actor, correction, requestId);
        return correction;
    }

    /// <summary>Closes a request without a correction.</summary>
    /// <exception cref="ContentException">It doesn't say why.</exception>
    /// <exception cref="PublishingException">It is closed already.</exception>
    public static void Decline(this Act act, long requestId, string reason)
    {
        var request = StillOpen(act, requestId);
        reason = CleanText.Of(reason);
        if (reason.Length is 0 or > LongestText) throw new ContentException("Say why it is declined: whoever asked may want to know, and so may the press council.");
        act.Sql.Run("UPDATE correction_requests SET closed_at = @p1, closed_by = @p2, declined = @p3 WHERE id = @p4", act.Now, act.Actor, reason, requestId);
        act.Record("correction-declined", null, request.ArticleId, new { request = requestId });
    }

    /// <summary>Opens a request again: the undo of declining it, or of a correction that was withdrawn.</summary>
    /// <exception cref="PublishingException">It is open.</exception>
    public static void Reopen(this Act act, long requestId)
    {
        if (act.Sql.Run("UPDATE correction_requests SET closed_at = NULL, closed_by = '', correction_id = NULL, declined = '' WHERE id = @p1 AND closed_at IS NOT NULL", requestId) == 0) throw new PublishingException("The request is open.");
        act.Record("correction-reopened", null, CorrectionRequest.Find(act.Sql, requestId)!.ArticleId, new { request = requestId });
    }

    private static CorrectionRequest StillOpen(Act act, long requestId) => CorrectionRequest.Find(act.Sql, requestId) is { ClosedAt: null } request ? request
        : throw new PublishingException("Somebody has closed the request meanwhile.");
}
