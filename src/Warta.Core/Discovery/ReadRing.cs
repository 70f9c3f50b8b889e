namespace Warta.Discovery;

/// <summary>Reads that one processor has taken and nobody has counted yet. Any thread may add; one at a time may empty.</summary>
internal sealed class ReadRing
{
    private const int Room = 32_768;

    // The numbers stand in the array too: whatever a processor writes is in memory that no other one writes to.
    private const int Taken = 0, RefusedAt = 1, DroppedAt = 2, First = 8;
    private readonly long[] _cells = new long[First + 2 * Room];
    private int _next;

    public long Refused => Volatile.Read(ref _cells[RefusedAt]);
    public long Dropped => Volatile.Read(ref _cells[DroppedAt]);

    /// <param name="articleId">Not 0.</param>
    public void Add(long titleId, long articleId)
    {
        var place = Interlocked.Increment(ref _cells[Taken]) - 1;
        if (place >= Room)
        {
            Drop();
            return;
        }

        var cell = First + 2 * (int)place;
        _cells[cell] = titleId;
        // Last, for it says that the pair is there.
        Volatile.Write(ref _cells[cell + 1], articleId);
    }

    public void Refuse() => Interlocked.Increment(ref _cells[RefusedAt]);

    public void Drop() => Interlocked.Increment(ref _cells[DroppedAt]);

    /// <summary>Hands over every pair once. Places are given anew only after all that were given have been written and handed over, so no writer comes too late.</summary>
    public void Empty(Action<long, long> take)
    {
        while (true)
        {
            var taken = Volatile.Read(ref _cells[Taken]);
            for (; _next < Math.Min(taken, Room); _next++)
            {
                var cell = First + 2 * _next;
                var articleId = Volatile.Read(ref _cells[cell + 1]);
                // Its writer is on the way: the rest comes next time.
                if (articleId == 0) return;
                take(_cells[cell], articleId);
                _cells[cell + 1] = 0;
            }

            if (Interlocked.CompareExchange(ref _cells[Taken], 0, taken) != taken) continue;
            _next = 0;
            return;
        }
    }
}
