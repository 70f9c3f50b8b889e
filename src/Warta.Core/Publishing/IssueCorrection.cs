using Warta.Content;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>
/// Says in the open what a live story had wrong (<i>Ralat</i>, <i>Koreksi</i>) or what the one written about has to say (<i>Hak Jawab</i>). The story's
/// text is another matter: that is a revision.
/// </summary>
public static class IssueCorrection
{
    private const int LongestText = 10_000, LongestName = 200, LongestLink = 2_000;

    /// <param name="kind">A name that <see cref="CorrectionKind.Named"/> knows.</param>
    /// <param name="text">A line is a paragraph.</param>
    /// <param name="link">The uri or number of a story here, an address, or nothing.</param>
    /// <param name="askedBy">Whom readers see as the one who asked, or whose reply it is.</param>
    /// <returns>The correction's number.</returns>
    /// <exception cref="ContentException">The kind is unknown, there is no text, the link leads nowhere, or who asked can't stand there.</exception>
    /// <exception cref="NoSuchArticleException">There is no such article.</exception>
    /// <exception cref="PublishingException">It isn't live.</exception>
    public static long Correct(this Act act, long articleId, string kind, string text, string? link = null, string? askedBy = null)
    {
        Articles.MustExist(act.Sql, articleId);
        var known = CorrectionKind.Named(kind) ?? throw new ContentException($"\"{kind}\" is no kind of correction; use ralat (erratum), koreksi (correction) or hak-jawab (reply).");
        text = string.Join('\n', text.Split('\n').Select(line => CleanText.Of(line)).Where(line => line.Length > 0));
        if (!text.EnumerateRunes().Any(System.Text.Rune.IsLetterOrDigit)) throw new ContentException("A correction needs a text: say what was wrong and what is right.");
        if (text.Length > LongestText) throw new ContentException($"The text has {text.Length} characters; at most {LongestText} fit.");
        var name = CleanText.Of(askedBy ?? "");
        if (name.Length > LongestName) throw new ContentException($"The name of who asked has {name.Length} characters; at most {LongestName} fit.");
        if (known == CorrectionKind.Erratum && name.Length > 0) throw new ContentException("An erratum is our own, so nobody asked for it. If somebody did, it is a correction (koreksi).");
        if (known == CorrectionKind.Reply && name.Length == 0) throw new ContentException("Say whose reply it is: readers must know who speaks.");
        var (address, linked) = Target(act.Sql, articleId, link?.Trim() ?? "");

        var titles = LiveIn(act, articleId);
        if (titles.Count == 0) throw new PublishingException("The story isn't live: there are no readers to tell. Publish it, then correct it.");
        var id = act.Sql.RunForId("""
            INSERT INTO corrections (article_id, kind, text, link, link_article_id, asked_by, actor, issued_at)
            VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8)
            RETURNING id
            """, articleId, known, text, address, linked, name, act.Actor, act.Now);
        Amend(act, articleId, "corrected", act.Record("corrected", null, articleId, new { correction = id, kind = known, titles }));
        return id;
    }

    /// <summary>Takes back a correction that was issued by mistake. It stays in the history.</summary>
    /// <returns>The story that it stood on.</returns>
    /// <exception cref="PublishingException">There is none of this number, or it was withdrawn already.</exception>
    public static long WithdrawCorrection(this Act act, long correctionId)
    {
        var articleId = act.Sql.First<long?>("SELECT article_id FROM corrections WHERE id = @correctionId AND withdrawn_at IS NULL", new { correctionId })
            ?? throw new PublishingException($"No correction of the number {correctionId} stands on a story: there is nothing to withdraw.");
        act.Sql.Run("UPDATE corrections SET withdrawn_at = @p1, withdrawn_by = @p2 WHERE id = @p3", act.Now, act.Actor, correctionId);
        Amend(act, articleId, "correction-withdrawn", act.Record("correction-withdrawn", null, articleId, new { correction = correctionId, titles = LiveIn(act, articleId) }));
        return articleId;
    }

    private static List<long> LiveIn(Act act, long articleId) =>
        act.Sql.Query<long>("SELECT title_id FROM publications WHERE article_id = @articleId ORDER BY title_id", new { articleId });

    /// <summary>The story's pages change without a new revision: they bear the time of it, and the history says how they stood before.</summary>
    private static void Amend(Act act, long articleId, string verb, long eventNumber)
    {
        act.Sql.Touch(Keys.Article(articleId));
        act.Sql.Touch(Keys.Corrections);
        foreach (var titleId in LiveIn(act, articleId)) PublishRevision.Keep(act, titleId, articleId, verb);
        act.Sql.Run("UPDATE publications SET updated_at = @p1, from_at = @p1, actor = @p2, event_number = @p3 WHERE article_id = @p4", act.Now, act.Actor, eventNumber, articleId);
    }

    private static (string Address, long? Story) Target(Session session, long articleId, string link)
    {
        if (link.Length == 0) return ("", null);
        if (link.Length > LongestLink) throw new ContentException($"The link has {link.Length} characters; at most {LongestLink} fit.");
        if (Articles.Find(session, link) is { } story) return story == articleId ? throw new ContentException("A correction can't lead on to the story that it stands on.") : ("", story);
        return Links.Normalise(link) is { } address && (address[0] == '/' || address.StartsWith("http", StringComparison.Ordinal))
            ? (address, null)
            : throw new ContentException($"The link \"{link}\" is neither a story here nor an address. Give a story's uri or number, or an address that begins with https://.");
    }
}
