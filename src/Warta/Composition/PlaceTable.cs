namespace Warta.Composition;

/// <summary>Where on the disk a page's newest record is.</summary>
/// <param name="Key">Half of the page's key; the record has the other half.</param>
/// <param name="At">The file's number and the offset in it; never 0.</param>
internal readonly record struct Place(ulong Key, ulong At);

/// <summary>Places by their keys: open addressing in one array, so that a million of them take 32 MB and the garbage collector nothing to walk.</summary>
internal sealed class PlaceTable
{
    // Below any file's first place, so it passes for one that was dropped.
    private const ulong Removed = 1;
    private Place[] _slots = new Place[1 << 10];
    private int _used;

    /// <returns>0 where there is none.</returns>
    public ulong Find(ulong key) => _slots[SlotOf(_slots, key)].At;

    /// <param name="oldest">Places before it are of files that were dropped; they go when the table is made anew.</param>
    /// <returns>The place that the key had before.</returns>
    public ulong Set(Place place, ulong oldest)
    {
        var slot = SlotOf(_slots, place.Key);
        var before = _slots[slot].At;
        _slots[slot] = place;
        if (before == 0 && ++_used > _slots.Length / 4 * 3) Renew(oldest);
        return before;
    }

    /// <returns>False where the key's place is another by now.</returns>
    public bool Remove(Place place)
    {
        var slot = SlotOf(_slots, place.Key);
        if (_slots[slot] != place) return false;
        _slots[slot] = place with { At = Removed };
        return true;
    }

    private void Renew(ulong oldest)
    {
        var live = _slots.Count(place => place.At >= oldest && place.At > Removed);
        var slots = new Place[live > _slots.Length / 2 ? 2 * _slots.Length : _slots.Length];
        foreach (var place in _slots)
        {
            if (place.At >= oldest && place.At > Removed) slots[SlotOf(slots, place.Key)] = place;
        }

        (_slots, _used) = (slots, live);
    }

    private static int SlotOf(Place[] slots, ulong key)
    {
        var slot = (int)(key & (ulong)(slots.Length - 1));
        while (slots[slot].At != 0 && slots[slot].Key != key) slot = (slot + 1) & (slots.Length - 1);
        return slot;
    }
}
