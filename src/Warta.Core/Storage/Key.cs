namespace Warta.Storage;

/// <summary>
/// Something that can be read, kept and changed: a story, a list, an author. Whoever keeps what he made of the database notes the keys that he read, and whoever
/// changes it touches them. Two things may share a key by a rare chance; then a change of one counts for both.
/// </summary>
public readonly record struct Key(ulong Value)
{
    /// <param name="kind">What it is of: a number of its own for each kind.</param>
    public static Key Of(byte kind, long id) => new((ulong)kind << 56 | (ulong)id & 0x00FF_FFFF_FFFF_FFFF);

    /// <summary>For things that several numbers name; mixed as MurmurHash3 ends (Appleby 2011).</summary>
    public static Key Of(byte kind, long a, long b, long c) => Of(kind, (long)Mixed(Mixed(Mixed((ulong)a) ^ (ulong)b) ^ (ulong)c));

    private static ulong Mixed(ulong x)
    {
        x ^= x >> 33;
        x *= 0xFF51AFD7ED558CCD;
        x ^= x >> 33;
        x *= 0xC4CEB9FE1A85EC53;
        return x ^ x >> 33;
    }
}

/// <summary>What was read of the database, and how long it holds if nothing of it changes.</summary>
public sealed class Reading
{
    public HashSet<Key> Keys { get; } = [];

    /// <summary>From this moment on it would read otherwise, without anybody's doing: a pick's time is over, a day ends.</summary>
    public DateTimeOffset NotAfter { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>From this moment on something of it must not be seen any more: a licence has expired.</summary>
    public DateTimeOffset GoneAfter { get; private set; } = DateTimeOffset.MaxValue;

    public void Until(DateTimeOffset moment) => NotAfter = moment < NotAfter ? moment : NotAfter;

    public void GoneAt(DateTimeOffset moment) => GoneAfter = moment < GoneAfter ? moment : GoneAfter;
}

/// <summary>What a change does to what was made of the old state.</summary>
public enum Change
{
    /// <summary>It is out of date, and may stand in until the new is made.</summary>
    Updated,

    /// <summary>It must not be seen again.</summary>
    Gone,

    /// <summary>No word of it may be left anywhere.</summary>
    Erased,
}
