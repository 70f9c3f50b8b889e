using System.Runtime.InteropServices;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>What acts have changed, in the order of the event log: what a page that was kept is checked against.</summary>
public static class Changes
{
    /// <summary>Acts whose changes are kept: some months of a large newsroom.</summary>
    public const int Kept = 200_000;

    /// <summary>What one act changed.</summary>
    public sealed record Changed(long Number, IReadOnlyList<Key> Updated, IReadOnlyList<Key> Gone, IReadOnlyList<Key> Erased);

    private sealed record Row
    {
        public long Number { get; init; }
        public byte[] Updated { get; init; } = [];
        public byte[] Gone { get; init; } = [];
        public byte[] Erased { get; init; } = [];
    }

    /// <summary>The number of the newest event in this snapshot.</summary>
    public static long Newest(Session session) => session.Value<long>("SELECT number FROM event_clock");

    /// <summary>What was changed after an event, oldest first.</summary>
    public static IEnumerable<Changed> After(Session session, long number) =>
        session.Stream<Row>("SELECT number, updated, gone, erased FROM changes WHERE number > @number ORDER BY number", new { number })
            .Select(row => new Changed(row.Number, Keys(row.Updated), Keys(row.Gone), Keys(row.Erased)));

    /// <summary>The number before the oldest act whose changes are known: nothing is known of what came before.</summary>
    public static long Horizon(Session session) => session.First<long?>("SELECT number FROM changes ORDER BY number LIMIT 1") - 1 ?? Newest(session);

    /// <summary>Forgets changes that are too old to matter.</summary>
    public static void Tidy(Press press)
    {
        const string old = "SELECT number FROM changes ORDER BY number DESC LIMIT 1 OFFSET @Kept";
        if (press.Database.Read(session => session.First<long?>(old, new { Kept })) is { } last)
            press.Database.Write(session => session.Run("DELETE FROM changes WHERE number <= @p1", last));
    }

    internal static void Write(WriteSession session, long number) => session.Run(
        "INSERT INTO changes (number, updated, gone, erased) VALUES (@p1, @p2, @p3, @p4)",
        number, Bytes(session, Change.Updated), Bytes(session, Change.Gone), Bytes(session, Change.Erased));

    private static byte[] Bytes(WriteSession session, Change change) =>
        MemoryMarshal.AsBytes<ulong>(session.Touched.Where(t => t.Value == change).Select(t => t.Key.Value).ToArray()).ToArray();

    private static Key[] Keys(byte[] bytes) => MemoryMarshal.Cast<byte, Key>(bytes).ToArray();
}
