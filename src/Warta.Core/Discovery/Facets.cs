using System.Runtime.InteropServices;

namespace Warta.Discovery;

/// <summary>What tells stories apart besides their words, as numbers that need only be equal or not: 0 is none.</summary>
/// <param name="Credit">The brand credit of the dateline.</param>
/// <param name="Words">Of the text.</param>
internal sealed record Facets(uint Section, uint Credit, uint Words, uint[] Writers, uint[] Tags)
{
    public static readonly Facets None = new(0, 0, 0, [], []);

    /// <summary>By how much what two stories have in common raises their score.</summary>
    public double Affinity(Facets other)
    {
        var affinity = 1.0;
        if (Section != 0 && Section == other.Section) affinity += Recipe.Section;
        if (Credit == other.Credit) affinity += Recipe.Credit;
        if (Common(Writers, other.Writers) > 0) affinity += Recipe.Writer;
        return affinity + Recipe.Tag * Math.Min(Recipe.MostTags, Common(Tags, other.Tags));
    }

    public byte[] Write() => MemoryMarshal.AsBytes<uint>([Section, Credit, Words, (uint)Writers.Length, .. Writers, .. Tags]).ToArray();

    public static Facets Read(byte[]? blob)
    {
        if (blob is null) return None;
        var numbers = MemoryMarshal.Cast<byte, uint>(blob);
        var writers = 4 + (int)numbers[3];
        return new Facets(numbers[0], numbers[1], numbers[2], numbers[4..writers].ToArray(), numbers[writers..].ToArray());
    }

    private static int Common(uint[] some, uint[] others)
    {
        var common = 0;
        foreach (var one in some)
            if (others.AsSpan().Contains(one)) common++;
        return common;
    }
}
