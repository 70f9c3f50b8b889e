using Warta.Discovery;

namespace Warta.Publishing;

/// <summary>The second pass of an import: finds the related stories of those that wait for theirs.</summary>
public static class FindRelated
{
    private const int Chunk = 500;

    /// <summary>One transaction's worth, in the order of first publication.</summary>
    /// <returns>How many stories were done; 0 when none wait.</returns>
    public static int FindRelatedChunk(this Press press)
    {
        if (press.Database.Read(Related.PendingCount) == 0) return 0;
        return press.Run("import", act =>
        {
            var waiting = Related.Pending(act.Sql, Chunk);
            var number = act.Record("related-found", null, null, new { articles = waiting });
            press.Related.FindPending(act.Sql, waiting, number);
            return waiting.Count;
        });
    }
}
