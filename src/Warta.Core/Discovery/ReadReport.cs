namespace Warta.Discovery;

/// <summary>One read as a browser has reported it.</summary>
/// <param name="Reader">Stands for the reader, for a day at most (<see cref="ReaderSalt"/>).</param>
/// <param name="From">The story whose page led here; 0 where none did.</param>
/// <param name="Block">The block of that page, as <see cref="BlockName"/> packs it.</param>
public readonly record struct ReadReport(long TitleId, long ArticleId, ulong Reader, ulong Network, long From = 0, long Block = 0);

/// <summary>The name of a block on a page ("read-also") as a number, so that a report is made of numbers alone.</summary>
public static class BlockName
{
    private const int Longest = 12, Bits = 5, Hyphen = 27;

    /// <summary>The lists of a page, and the two kinds of links inside its text. What else a report names led nowhere.</summary>
    public static readonly IReadOnlyList<string> All = ["related", "popular", "picks", "latest", "read-also", "text"];

    private static readonly HashSet<long> Known = All.Select(Pack).ToHashSet();

    public static bool IsKnown(long packed) => Known.Contains(packed);

    public static long Pack(string name) => Pack(System.Text.Encoding.ASCII.GetBytes(name));

    /// <summary>0 for what is no name: up to 12 of a to z and hyphens.</summary>
    public static long Pack(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > Longest) return 0;
        var packed = 0L;
        foreach (var letter in name)
        {
            var digit = letter is >= (byte)'a' and <= (byte)'z' ? letter - 'a' + 1 : letter == '-' ? Hyphen : 0;
            if (digit == 0) return 0;
            packed = packed << Bits | (long)digit;
        }

        return packed;
    }

    public static string Unpack(long packed)
    {
        var name = "";
        for (; packed > 0; packed >>= Bits) name = ((packed & 31) == Hyphen ? '-' : (char)('a' + (packed & 31) - 1)) + name;
        return name;
    }
}
