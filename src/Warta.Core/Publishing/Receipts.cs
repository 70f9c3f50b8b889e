using System.Text.Json;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>
/// The receipts of what was done. A receipt is begun in the transaction of its act, so that none is missing, and finished when its surfaces have been asked. It is
/// kept for 90 days.
/// </summary>
public static class Receipts
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private const string Columns = "event_number, verb, title_id, article_id, committed_at, surfaces, finished_at";

    private sealed record Row
    {
        public long EventNumber { get; init; }
        public string Verb { get; init; } = "";
        public long? TitleId { get; init; }
        public long? ArticleId { get; init; }
        public DateTimeOffset CommittedAt { get; init; }
        public string Surfaces { get; init; } = "";
        public DateTimeOffset? FinishedAt { get; init; }

        public Receipt Read() => new()
        {
            EventNumber = EventNumber,
            Verb = Verb,
            TitleId = TitleId,
            ArticleId = ArticleId,
            CommittedAt = CommittedAt,
            Surfaces = JsonSerializer.Deserialize<List<Surface>>(Surfaces, Json)!,
            FinishedAt = FinishedAt,
        };
    }

    /// <summary>True for what readers see, and what a receipt is therefore kept of.</summary>
    public static bool IsSeen(string verb) =>
        verb is "published" or "withdrawn" or "taken-down" or "takedown-undone" or "purged" or "expired" or "corrected" or "correction-withdrawn" or "picks-set" or ExpirePictures.Gone or ExpirePictures.Back;

    /// <summary>A story's receipts, newest first.</summary>
    public static List<Receipt> Of(Session session, long articleId, int count) =>
        session.Query<Row>($"SELECT {Columns} FROM receipts WHERE article_id = @articleId ORDER BY event_number DESC LIMIT @count", new { articleId, count }).ConvertAll(row => row.Read());

    public static Receipt? Find(Session session, long eventNumber) =>
        session.First<Row>($"SELECT {Columns} FROM receipts WHERE event_number = @eventNumber", new { eventNumber })?.Read();

    /// <summary>How many were cut short, and when the last of them was begun.</summary>
    public static (long Count, DateTimeOffset? Last) CutShort(Session session, DateTimeOffset now)
    {
        const string cut = "FROM receipts WHERE finished_at IS NULL AND committed_at < @before";
        var before = now - Receipt.Longest;
        return (session.Value<long>($"SELECT count(*) {cut}", new { before }), session.Time($"SELECT max(committed_at) {cut}", new { before }));
    }

    /// <summary>Keeps what was seen.</summary>
    public static void Finish(Database database, long eventNumber, IReadOnlyList<Surface> surfaces, DateTimeOffset now) => database.Write(session =>
    {
        var isPurged = session.Value<long>("SELECT count(*) FROM receipts r JOIN purges g ON g.article_id = r.article_id WHERE r.event_number = @eventNumber", new { eventNumber }) > 0;
        session.Run("UPDATE receipts SET surfaces = @p1, finished_at = @p2 WHERE event_number = @p3", Text(surfaces, isPurged), now, eventNumber);
    });

    /// <summary>Forgets those that are too old to matter.</summary>
    public static void Tidy(Press press)
    {
        var before = press.Now - Kept;
        if (press.Database.Read(session => session.Time("SELECT committed_at FROM receipts ORDER BY event_number LIMIT 1")) < before)
            press.Database.Write(session => session.Run("DELETE FROM receipts WHERE committed_at < @p1", before));
    }

    internal static void Begin(WriteSession session, Deed deed, DateTimeOffset now, bool willBeAsked) => session.Run(
        "INSERT INTO receipts (event_number, verb, title_id, article_id, committed_at, surfaces, finished_at) VALUES (@p1, @p2, @p3, @p4, @p5, '[]', @p6)",
        deed.Number, deed.Verb, deed.TitleId, deed.ArticleId, now, willBeAsked ? null : now);

    /// <summary>Takes the addresses out of a story's receipts: slugs are its words.</summary>
    internal static void Erase(WriteSession session, long articleId)
    {
        foreach (var receipt in Of(session, articleId, int.MaxValue).Where(r => r.Surfaces.Count > 0))
            session.Run("UPDATE receipts SET surfaces = @p1 WHERE event_number = @p2", Text(receipt.Surfaces, isPurged: true), receipt.EventNumber);
    }

    private static string Text(IReadOnlyList<Surface> surfaces, bool isPurged) =>
        JsonSerializer.Serialize(isPurged ? surfaces.Select(s => s with { Url = "" }) : surfaces, Json);
}
