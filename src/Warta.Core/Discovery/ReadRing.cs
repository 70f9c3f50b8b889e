namespace Warta.Discovery;

/// <summary>Reads that one processor has taken and nobody has counted yet. Any thread may add; one at a time may empty.</summary>
internal sealed class ReadRing
{
    private const int Room = 32_768;

    // The numbers stand in the array too: whatever a processor writes is in memory that no other one writes to.
    private const int Taken = 0, RefusedAt = 1, DroppedAt = 2, First = 8, Width = 6;
    private readonly long[] _cells = new long[First + Width * Room];
    private int _next;

    public long Refused => Volatile.Read(ref _cells[RefusedAt]);
    public long Dropped => Volatile.Read(ref _cells[DroppedAt]);

    /// <param name="read">Of an article that isn't 0.</param>
    public void Add(in ReadReport read)
    {
        var place = Interlocked.Increment(ref _cells[Taken]) - 1;
        if (place >= Room)
        {
            Drop();
            return;
        }

        var cell = _cells.AsSpan(First + Width * (int)place, Width);
        (cell[1], cell[2], cell[3], cell[4], cell[5]) = (read.TitleId, (long)read.Reader, (long)read.Network, read.From, read.Block);
        // Last, for it says that the rest is there.
        Volatile.Write(ref cell[0], read.ArticleId);
    }

    public void Refuse() => Interlocked.Increment(ref _cells[RefusedAt]);

    public void Drop() => Interlocked.Increment(ref _cells[DroppedAt]);

    /// <summary>Hands over every read once. Places are given anew only after all that were given have been written and handed over, so no writer comes too late.</summary>
    public void Empty(Action<ReadReport> take)
    {
        while (true)
        {
            var taken = Volatile.Read(ref _cells[Taken]);
            for (; _next < Math.Min(taken, Room); _next++)
            {
                var cell = _cells.AsSpan(First + Width * _next, Width);
                var articleId = Volatile.Read(ref cell[0]);
                // Its writer is on the way: the rest comes next time.
                if (articleId == 0) return;
                take(new ReadReport(cell[1], articleId, (ulong)cell[2], (ulong)cell[3], cell[4], cell[5]));
                cell[0] = 0;
            }

            if (Interlocked.CompareExchange(ref _cells[Taken], 0, taken) != taken) continue;
            _next = 0;
            return;
        }
    }
}
