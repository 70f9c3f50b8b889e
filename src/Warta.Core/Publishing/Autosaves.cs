using Warta.Content;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>
/// What writers type, kept as they type it: no revision, no event, nothing that readers see. Whoever saves says which version he has before him; what others saved since is put
/// together with his, and where both changed the same he chooses (docs/decisions/0020-autosaves.md).
/// </summary>
public static class Autosaves
{
    /// <summary>Versions of a story that are kept, to put together what somebody wrote without a network.</summary>
    private const int Kept = 200;

    /// <summary>Which autosave and which revision a writer has before him; the first is 0 where there was none.</summary>
    public readonly record struct Version(long Autosave, long Revision)
    {
        private const long Shift = 1_000_000;

        /// <summary>As one number, for the browser.</summary>
        public long Number => (Autosave * Shift) + Revision;

        public static Version Of(long number) => number < 0 ? default : new Version(number / Shift, number % Shift);
    }

    /// <summary>A story as it stands while it is written.</summary>
    /// <param name="By">Who saved it last.</param>
    /// <param name="IsAhead">It says more than the newest revision.</param>
    /// <param name="IsParted">A revision was saved elsewhere that changes the same as this; whoever saves next chooses.</param>
    public sealed record Standing(Writing Writing, Version Version, string By, DateTimeOffset At, bool IsAhead, bool IsParted);

    /// <summary>What became of a save.</summary>
    /// <param name="Version">What the writer has before him from now on.</param>
    /// <param name="Writing">All together; where there are conflicts with theirs.</param>
    /// <param name="IsMerged">It says other than what he sent.</param>
    /// <param name="By">Who changed the same.</param>
    public sealed record Outcome(Version Version, Writing Writing, bool IsMerged, string By, IReadOnlyList<string> Blocks, IReadOnlyList<string> Fields)
    {
        /// <summary>Then nothing was kept.</summary>
        public bool IsConflict => Blocks.Count + Fields.Count > 0;
    }

    private sealed record Row
    {
        public long Version { get; init; }
        public long BaseRevision { get; init; }
        public DateTimeOffset SavedAt { get; init; }
        public string SavedBy { get; init; } = "";
        public string Draft { get; init; } = "";
    }

    private sealed record Newest
    {
        public long Number { get; init; }
        public DateTimeOffset SavedAt { get; init; }
        public string SavedBy { get; init; } = "";
    }

    /// <exception cref="NoSuchArticleException">There is no such article.</exception>
    public static Standing Of(Session session, TitleDirectory titles, long articleId)
    {
        var revision = NewestRevision(session, articleId);
        if (NewestAutosave(session, articleId) is not { } autosave) return new Standing(OfRevision(session, titles, articleId, null), new Version(0, revision.Number), revision.SavedBy, revision.SavedAt, false, false);
        var own = Writing.Read(autosave.Draft);
        var newest = OfRevision(session, titles, articleId, null);
        if (autosave.BaseRevision >= revision.Number) return new Standing(own, new Version(autosave.Version, autosave.BaseRevision), autosave.SavedBy, autosave.SavedAt, !own.Says(newest), false);
        var merged = Merge(OfRevision(session, titles, articleId, autosave.BaseRevision), own, newest);
        return merged.IsConflict
            ? new Standing(own, new Version(autosave.Version, autosave.BaseRevision), autosave.SavedBy, autosave.SavedAt, true, true)
            : new Standing(merged.Writing, new Version(autosave.Version, revision.Number), autosave.SavedBy, autosave.SavedAt, !merged.Writing.Says(newest), false);
    }

    /// <summary>The version of <see cref="Of"/>, without reading the text where that can be told.</summary>
    /// <exception cref="NoSuchArticleException">There is no such article.</exception>
    public static Version VersionOf(Session session, TitleDirectory titles, long articleId)
    {
        var revision = NewestRevision(session, articleId);
        return NewestAutosave(session, articleId, withDraft: false) is not { } autosave ? new Version(0, revision.Number)
            : autosave.BaseRevision >= revision.Number ? new Version(autosave.Version, autosave.BaseRevision)
            : Of(session, titles, articleId).Version;
    }

    /// <summary>The story as somebody had it before him.</summary>
    /// <exception cref="NoSuchArticleException">There is no such article.</exception>
    public static Writing At(Session session, TitleDirectory titles, long articleId, Version seen) => Seen(session, titles, articleId, Known(seen, NewestRevision(session, articleId), NewestAutosave(session, articleId, withDraft: false)));

    /// <summary>What would become of a save, without saving.</summary>
    public static Outcome Try(Session session, TitleDirectory titles, long articleId, Version seen, Writing mine) => PutTogether(session, titles, articleId, seen, mine, "");

    /// <summary>Keeps what somebody has written on top of what he has <paramref name="seen"/>.</summary>
    /// <exception cref="NoSuchArticleException">There is no such article.</exception>
    /// <exception cref="PublishingException">It was purged.</exception>
    public static Outcome Autosave(this WriteSession sql, TitleDirectory titles, long articleId, Version seen, Writing mine, string actor, DateTimeOffset now)
    {
        if (sql.Value<long>("SELECT count(*) FROM purges WHERE article_id = @articleId", new { articleId }) > 0) throw new PublishingException("The story has been purged: nothing can be written in its place.");
        var outcome = PutTogether(sql, titles, articleId, seen, mine, actor);
        return outcome.IsConflict ? outcome : Keep(sql, articleId, outcome, actor, now);
    }

    /// <summary>Makes a revision of what somebody has written on top of what he has <paramref name="seen"/>.</summary>
    /// <returns>The revision is null where there is a conflict, or nothing to save.</returns>
    /// <exception cref="ContentException">It can't be a revision: <see cref="SaveRevision"/> says why.</exception>
    public static (Outcome Outcome, SaveRevision.Saved? Saved) SaveWriting(this Act act, long articleId, Version seen, Writing mine, string note)
    {
        var sql = act.Sql;
        if (sql.Value<long>("SELECT count(*) FROM purges WHERE article_id = @articleId", new { articleId }) > 0) throw new PublishingException("The story has been purged: nothing can be written in its place.");
        var outcome = PutTogether(sql, act.Titles, articleId, seen, mine, act.Actor);
        if (outcome.IsConflict) return (outcome, null);
        var (before, titleId) = Articles.Newest(sql, articleId);
        var title = act.Titles.Title(titleId);
        if (outcome.Writing.Says(Writing.Of(before, title.Zone))) return (Keep(sql, articleId, outcome, act.Actor, act.Now), null);
        var saved = act.Save(articleId, outcome.Writing.On(before, title) with { Note = CleanText.Of(note) });
        // Those who write meanwhile have seen what was saved: it is theirs as well.
        var kept = outcome.Writing with { Fields = OfRevision(sql, act.Titles, articleId, null).Fields };
        return (Keep(sql, articleId, outcome with { Version = outcome.Version with { Revision = saved.Number }, Writing = kept }, act.Actor, act.Now), saved);
    }

    /// <summary>Makes a revision of the newest autosave, if it says more than the newest revision.</summary>
    /// <exception cref="PublishingException">A revision was saved elsewhere that changes the same: somebody has to choose first.</exception>
    public static SaveRevision.Saved? SaveNewest(this Act act, long articleId, string note = "")
    {
        var standing = Of(act.Sql, act.Titles, articleId);
        if (standing.IsParted) throw new PublishingException("What was written last and a revision that was saved meanwhile change the same. Open the story and choose.");
        return standing.IsAhead ? act.SaveWriting(articleId, standing.Version, standing.Writing, note).Saved : null;
    }

    private static Outcome PutTogether(Session session, TitleDirectory titles, long articleId, Version seen, Writing mine, string actor)
    {
        var revision = NewestRevision(session, articleId);
        var autosave = NewestAutosave(session, articleId, withDraft: false);
        seen = Known(seen, revision, autosave);
        var together = new Outcome(seen, mine, false, "", [], []);
        if (autosave is not null && autosave.Version > seen.Autosave)
        {
            var theirs = NewestAutosave(session, articleId)!;
            together = Merge(Seen(session, titles, articleId, seen), mine, Writing.Read(theirs.Draft)) with { Version = new Version(theirs.Version, Math.Max(theirs.BaseRevision, seen.Revision)), By = theirs.SavedBy };
        }

        if (revision.Number > together.Version.Revision)
        {
            var then = Merge(OfRevision(session, titles, articleId, together.Version.Revision), together.Writing, OfRevision(session, titles, articleId, null));
            together = together with
            {
                Version = together.Version with { Revision = revision.Number },
                Writing = then.Writing,
                By = then.IsConflict ? revision.SavedBy : together.By,
                Blocks = together.Blocks.Union(then.Blocks).ToList(),
                Fields = together.Fields.Union(then.Fields).ToList(),
            };
        }

        return together with { IsMerged = !together.Writing.Says(mine), By = together.IsConflict ? together.By : actor };
    }

    /// <summary>Of a number that can't be, nothing is known but that the story once began.</summary>
    private static Version Known(Version seen, Newest revision, Row? autosave) =>
        seen.Revision > revision.Number || seen.Revision < 1 || seen.Autosave > (autosave?.Version ?? 0) ? new Version(0, 1) : seen;

    private static Outcome Keep(WriteSession sql, long articleId, Outcome outcome, string actor, DateTimeOffset now)
    {
        var newest = NewestAutosave(sql, articleId);
        if (newest is not null && newest.BaseRevision == outcome.Version.Revision && Writing.Read(newest.Draft).Says(outcome.Writing)) return outcome with { Version = new Version(newest.Version, newest.BaseRevision) };
        var version = (newest?.Version ?? 0) + 1;
        sql.Run("INSERT INTO autosaves (article_id, version, base_revision, saved_at, saved_by, draft) VALUES (@p1, @p2, @p3, @p4, @p5, @p6)",
            articleId, version, outcome.Version.Revision, now, actor, outcome.Writing.Write());
        sql.Run("DELETE FROM autosaves WHERE article_id = @p1 AND version <= @p2", articleId, version - Kept);
        var headline = outcome.Writing[Writing.Headline];
        sql.Run("UPDATE articles SET worked_at = @p1, worked_by = @p2, worked_headline = CASE WHEN @p3 = '' THEN worked_headline ELSE @p3 END WHERE id = @p4", now, actor, headline, articleId);
        return outcome with { Version = new Version(version, outcome.Version.Revision) };
    }

    /// <summary>What a writer had before him.</summary>
    private static Writing Seen(Session session, TitleDirectory titles, long articleId, Version seen)
    {
        if (seen.Autosave == 0) return OfRevision(session, titles, articleId, seen.Revision);
        var row = session.First<Row>("SELECT version, base_revision, saved_at, saved_by, draft FROM autosaves WHERE article_id = @articleId AND version = @Autosave", new { articleId, seen.Autosave });
        // It is long gone. What he has may look as if he had changed more than he did: he is asked rather than overwritten.
        if (row is null) return OfRevision(session, titles, articleId, seen.Revision);
        var own = Writing.Read(row.Draft);
        return row.BaseRevision >= seen.Revision ? own : Merge(OfRevision(session, titles, articleId, row.BaseRevision), own, OfRevision(session, titles, articleId, seen.Revision)).Writing;
    }

    private static Outcome Merge(Writing before, Writing mine, Writing theirs)
    {
        var body = BodyMerge.Merge(before.Body, mine.Body, theirs.Body);
        var conflicts = new List<string>();
        var fields = new Dictionary<string, string>();
        foreach (var name in Writing.Names)
        {
            var (was, own, other) = (before[name], mine[name], theirs[name]);
            if (own != other && own != was && other != was) conflicts.Add(name);
            fields[name] = own == was || (own != other && other != was) ? other : own;
        }

        return new Outcome(default, new Writing(fields, body.Body), false, "", body.Conflicts, conflicts);
    }

    /// <param name="number">Null for the newest.</param>
    /// <exception cref="NoSuchArticleException">There is none.</exception>
    public static Writing OfRevision(Session session, TitleDirectory titles, long articleId, long? number)
    {
        var (draft, titleId) = Articles.Revision(session, articleId, number);
        return Writing.Of(draft, titles.Title(titleId).Zone);
    }

    private static Newest NewestRevision(Session session, long articleId) =>
        session.First<Newest>("SELECT number, saved_at, saved_by FROM revisions WHERE article_id = @articleId ORDER BY number DESC LIMIT 1", new { articleId }) ?? throw new NoSuchArticleException(articleId.ToString());

    private static Row? NewestAutosave(Session session, long articleId, bool withDraft = true) =>
        session.First<Row>($"SELECT version, base_revision, saved_at, saved_by{(withDraft ? ", draft" : "")} FROM autosaves WHERE article_id = @articleId ORDER BY version DESC LIMIT 1", new { articleId });
}
