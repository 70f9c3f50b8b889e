using Warta.Discovery;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>
/// Finds all related stories anew, in small transactions while the paper is read and edited. Until its turn comes a story keeps the lists that it has. What a kill leaves, the next
/// `serve` or the same command goes on with: <c>related_rebuild</c> says how far the stories have been told to wait, <c>related_pending</c> which still do.
/// </summary>
public static class RebuildRelated
{
    public const string Advice = "Related stories were found as an earlier Warta found them. `warta related rebuild` finds them anew while the site is up.";

    private const int Chunk = 100, Queued = 1_000;

    /// <summary>Between two transactions, so that whoever waits to write comes first.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <param name="Phase">"queue", "terms" or "related".</param>
    public sealed record Step(string Phase, double Fraction, long Stories);

    private sealed record Progress
    {
        public long TitleId { get; init; }
        public long QueuedTo { get; init; }
        public long Stories { get; init; }
        public long IsQueued { get; init; }
    }

    /// <summary>Some lists were found by an earlier recipe than this program's.</summary>
    public static bool IsAdvisable(Session session) => Related.HasOlderRecipe(session);

    /// <param name="titleId">Only the stories of this title; null: all.</param>
    /// <param name="stop">Stops after the present transaction.</param>
    /// <returns>How many stories were done, and whether all are.</returns>
    public static (long Done, bool All) Rebuild(this Press press, long? titleId, IProgress<Step>? progress, CancellationToken stop)
    {
        var begun = press.Database.Write(session =>
        {
            session.Execute("INSERT INTO related_rebuild (id, title_id, queued_to, stories, is_queued) VALUES (1, @title, 0, 0, 0) ON CONFLICT DO NOTHING", new { title = titleId ?? 0 });
            return Read(session)!;
        });
        for (; begun.IsQueued == 0 && !stop.IsCancellationRequested; Thread.Sleep(Pause))
        {
            begun = press.Database.Write(session => Queue(session, begun));
            progress?.Report(new Step("queue", begun.IsQueued, begun.Stories));
        }

        var all = Math.Max(1, begun.Stories);
        long counted = 0, done = 0;
        for (int some; !stop.IsCancellationRequested && (some = press.CountTermsChunk(Chunk)) > 0; Thread.Sleep(Pause))
            progress?.Report(new Step("terms", Math.Min(1, (counted += some) / (double)all), counted));
        for (int some; !stop.IsCancellationRequested && (some = press.FindRelatedChunk(Chunk)) > 0; Thread.Sleep(Pause))
        {
            done += some;
            progress?.Report(new Step("related", 1 - Math.Min(1, press.Database.Read(Related.PendingCount) / (double)all), done));
        }

        return (done, !stop.IsCancellationRequested && press.FinishRebuild());
    }

    /// <summary>Ends a rebuild of which no story waits any more.</summary>
    internal static bool FinishRebuild(this Press press)
    {
        if (press.Database.Read(Read) is not { } begun) return true;
        if (begun.IsQueued == 0) return false;
        press.Database.Write(session =>
        {
            session.Execute("DELETE FROM related_rebuild");
            Related.Tidy(session);
        });
        return true;
    }

    private static Progress? Read(Session session) => session.First<Progress>("SELECT title_id, queued_to, stories, is_queued FROM related_rebuild WHERE id = 1");

    private static Progress Queue(WriteSession session, Progress begun)
    {
        var ids = session.Query<long>($"SELECT DISTINCT article_id FROM publications WHERE article_id > @QueuedTo AND (@TitleId = 0 OR title_id = @TitleId) ORDER BY article_id LIMIT {Queued}", begun);
        Related.Await(session, ids);
        var next = begun with { QueuedTo = ids.Count > 0 ? ids[^1] : begun.QueuedTo, Stories = begun.Stories + ids.Count, IsQueued = ids.Count < Queued ? 1 : 0 };
        session.Execute("UPDATE related_rebuild SET queued_to = @QueuedTo, stories = @Stories, is_queued = @IsQueued WHERE id = 1", next);
        return next;
    }
}
