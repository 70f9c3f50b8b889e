namespace Warta.Discovery;

/// <summary>
/// Who has read what, as a Bloom filter (Bloom 1970) of two generations of 4.5 million pairs each: when one is full, the older is emptied. 16.8 MB in all. A
/// pair that is new is taken for an old one at most once in 1,300 by a full generation.
/// </summary>
internal sealed class SeenReads
{
    public const int Room = 4_500_000;
    private const int Bits = 26, Probes = 10;

    private ulong[] _young = new ulong[1 << (Bits - 6)], _old = new ulong[1 << (Bits - 6)];
    private int _taken;

    /// <summary>False for a pair that has been added before.</summary>
    public bool Add(ulong reader, long articleId)
    {
        var pair = Mixed(reader ^ Mixed((ulong)articleId));
        var (at, step) = (pair, Mixed(pair) | 1);
        var (isInYoung, isInOld) = (true, true);
        for (var i = 0; i < Probes; i++, at += step)
        {
            var (word, bit) = ((int)(at >> (64 - Bits) >> 6), 1UL << (int)(at >> (64 - Bits) & 63));
            isInYoung &= (_young[word] & bit) != 0;
            isInOld &= (_old[word] & bit) != 0;
            _young[word] |= bit;
        }

        if (!isInYoung && ++_taken >= Room) Turn();
        return !isInYoung && !isInOld;
    }

    public void Clear()
    {
        Turn();
        Turn();
    }

    private void Turn()
    {
        (_young, _old, _taken) = (_old, _young, 0);
        Array.Clear(_young);
    }

    private static ulong Mixed(ulong x)
    {
        x = (x ^ x >> 33) * 0xFF51AFD7ED558CCD;
        x = (x ^ x >> 33) * 0xC4CEB9FE1A85EC53;
        return x ^ x >> 33;
    }
}
