using System.Diagnostics;
using Warta.Content;
using Warta.Discovery;

namespace Warta.Publishing;

/// <summary>The second pass of an import: finds the related stories of those that wait for theirs.</summary>
public static class FindRelated
{
    private const int Chunk = 500, ChunkWhileServing = 100;

    /// <summary>How long the left ones are worked at in one go, and the pause in which others write.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(4), Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>An import whose last batch is older than this has stopped.</summary>
    private static readonly TimeSpan BetweenBatches = TimeSpan.FromSeconds(30);

    /// <summary>
    /// What a stopped import left. One that is under way, in any process, finds them itself: only when all of its stories are in can each be given
    /// those that were published before it.
    /// </summary>
    public static int FindRelatedLeft(this Press press)
    {
        var last = press.Database.Read(session => session.Time("SELECT max(happened_at) FROM events WHERE kind = 'imported' AND number > (SELECT number FROM event_clock) - 100"));
        if (last > press.Now - BetweenBatches) return 0;
        var clock = Stopwatch.StartNew();
        var done = 0;
        for (int some; clock.Elapsed < AtOnce && (some = press.FindRelatedChunk(ChunkWhileServing)) > 0; Thread.Sleep(Pause)) done += some;
        return done;
    }

    /// <summary>One transaction's worth, in the order of first publication; before the first one, the terms of all that wait are counted.</summary>
    /// <param name="most">Stories at most: fewer let others write sooner.</param>
    /// <returns>How many stories were done; 0 when none wait.</returns>
    public static int FindRelatedChunk(this Press press, int most = Chunk)
    {
        if (press.Database.Read(Related.PendingCount) == 0)
        {
            press.FinishRebuild();
            return 0;
        }

        while (press.CountTermsChunk(most) > 0)
        {
        }

        return press.Run("import", act =>
        {
            var waiting = Related.Pending(act.Sql, most);
            var number = act.Record("related-found", null, null, new { articles = waiting });
            foreach (var articleId in waiting) act.Sql.Touch(Keys.Article(articleId));
            act.HasTouchedRelated = true;
            press.Related.FindPending(act.Sql, waiting, number);
            NearDuplicates.Keep(act.Sql, waiting, act.Now);
            return waiting.Count;
        });
    }

    /// <summary>Counts the terms of some that wait.</summary>
    /// <returns>How many stories; 0 when all are counted.</returns>
    public static int CountTermsChunk(this Press press, int most = Chunk) => press.Database.Write(session => Related.CountPending(session, most));
}
