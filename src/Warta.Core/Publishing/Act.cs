using System.Text.Json;
using Warta.Content;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>One editorial act while it happens: its transaction, its moment, who does it, and its numbers in the event log.</summary>
public sealed class Act
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly List<long> _batch = [];
    private readonly List<Deed> _deeds = [];
    private readonly List<Stand> _stands = [];
    private long _batchNumber;

    /// <summary>The newest number that this act has taken; 0 for one that changed nothing.</summary>
    internal long LastNumber { get; private set; }
    private TitleDirectory? _titles;

    internal Act(Press press, WriteSession session, string actor, DateTimeOffset now) => (Press, Sql, Actor, Now) = (press, session, actor, now);

    public WriteSession Sql { get; }
    public DateTimeOffset Now { get; }
    public string Actor { get; }
    internal Press Press { get; }

    /// <summary>What readers will see of it; nothing of a batch.</summary>
    public IReadOnlyList<Deed> Deeds => _deeds;
    internal IReadOnlyList<Stand> Stands => _stands;

    /// <summary>What is outside the database and must not happen unless the act does: erasing files.</summary>
    internal List<Action> AfterCommit { get; } = [];

    /// <summary>The index of related stories has heard of this act, and must forget it if it fails.</summary>
    internal bool HasTouchedRelated { get; set; }

    /// <summary>
    /// A batch takes one event for all that it does (an import), leaves related stories to the second pass, and writes no audit row for each story.
    /// </summary>
    public bool IsBatch { get; init; }

    /// <summary>Titles and sections as this transaction sees them.</summary>
    public TitleDirectory Titles => _titles ??= new TitleDirectory(Sql);

    /// <summary>After this act has made a title or a section.</summary>
    public void TitlesChanged() => _titles = null;

    /// <summary>The section of this name in a title, made if need be.</summary>
    /// <exception cref="ContentException">The name is empty.</exception>
    public long SectionNamed(long titleId, string name)
    {
        if (Content.Titles.SectionPaths(name) is [.., var (path, _)] && Titles.Section(titleId, path) is { } known) return known.Id;
        var made = Sql.SectionNamed(titleId, name, Now);
        TitlesChanged();
        return made;
    }

    /// <summary>Says in the log and the audit trail what happened, and returns the event's number.</summary>
    /// <param name="verb">In the past tense: "published", "taken-down".</param>
    /// <param name="data">What a follower of the log needs to know; never a story's words, which a purge would have to find here.</param>
    public long Record(string verb, long? titleId, long? articleId, object? data = null)
    {
        if (IsBatch)
        {
            if (articleId is { } id) _batch.Add(id);
            return _batchNumber == 0 ? _batchNumber = NextNumber() : _batchNumber;
        }

        var number = NextNumber();
        WriteEvent(number, verb, titleId, articleId, data);
        AuditTrail.Write(Sql, verb, Actor, titleId, articleId, data is null ? "" : JsonSerializer.Serialize(data, Json), Now);
        if (Receipts.IsSeen(verb)) Note(new Deed(number, verb, titleId, articleId));
        return number;
    }

    /// <summary>Notes where a story stands, or stood last, before that changes.</summary>
    internal void NoteStands(long articleId)
    {
        if (IsBatch) return;
        var lists = Sql.Query<(long TitleId, string Kind, long Key)>("SELECT title_id, kind, key_id FROM listings WHERE article_id = @articleId", new { articleId }).ToLookup(row => row.TitleId, row => (row.Kind, row.Key));
        var stands = Sql.Query<Stand>("""
            SELECT p.title_id, p.article_id, p.section_id, p.slug, p.day, p.first_published_at, r.headline
            FROM publications p JOIN revisions r ON r.id = p.revision_id
            WHERE p.article_id = @articleId
            """, new { articleId });
        var before = Sql.Query<Stand>("""
            SELECT h.title_id, h.article_id, h.section_id, h.slug, h.day, h.first_published_at, r.headline
            FROM publication_history h JOIN revisions r ON r.id = h.revision_id
            WHERE h.article_id = @articleId
            ORDER BY h.from_at DESC, h.id DESC
            """, new { articleId });
        _stands.AddRange(stands.Concat(before).DistinctBy(stand => stand.TitleId).Select(stand => stand with { Lists = lists[stand.TitleId].ToList() }));
    }

    /// <summary>All that an act does to one story is one deed: an undone takedown is published again in several titles.</summary>
    private void Note(Deed deed)
    {
        var known = deed.ArticleId is null ? -1 : _deeds.FindIndex(d => d.ArticleId == deed.ArticleId);
        if (known < 0) _deeds.Add(deed);
        else _deeds[known] = _deeds[known] with { Number = deed.Number, TitleId = _deeds[known].TitleId == deed.TitleId ? deed.TitleId : null };
    }

    /// <summary>Writes what the act, or a batch, has gathered. Called once, before the commit.</summary>
    internal void Finish()
    {
        Press.Search.Finish(Sql);
        if (_batchNumber > 0) FinishBatch();
        foreach (var deed in _deeds) Receipts.Begin(Sql, deed, Now, Press.IsWitnessed);
        if (Sql.Touched.Count > 0) Changes.Write(Sql, LastNumber > 0 ? LastNumber : NextNumber());
    }

    private void FinishBatch()
    {
        WriteEvent(_batchNumber, "imported", null, null, new { articles = _batch.Distinct() });
        AuditTrail.Write(Sql, "imported", Actor, null, null, $"{{\"stories\":{_batch.Distinct().Count()}}}", Now);
    }

    private long NextNumber() => LastNumber = Sql.RunForId("UPDATE event_clock SET number = number + 1 WHERE id = 1 RETURNING number");

    private void WriteEvent(long number, string kind, long? titleId, long? articleId, object? data) =>
        Sql.Run("INSERT INTO events (number, kind, title_id, article_id, actor, data, happened_at) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7)",
            number, kind, titleId, articleId, Actor, data is null ? "{}" : JsonSerializer.Serialize(data, Json), Now);
}
