using System.Runtime.InteropServices;
using Warta.Content;

namespace Warta.Discovery;

/// <summary>
/// What a story is about, as <see cref="Related"/> compares it: its 100 best terms by tf·idf, each with its BM25 term weight
/// tf·(k₁+1)/(tf + k₁·(1−b+b·len/avglen)), k₁ = 0.9, b = 0.4 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework"; the constants that Anserini uses for news), where a
/// term in the headline counts three times. Pruning by tf·idf is what TREC's background-linking runs found to cost nothing.
/// </summary>
public sealed class Signature
{
    public const int TermCount = 100;
    private const int HeadlineWeight = 3;
    private const float K1 = 0.9f, B = 0.4f;

    /// <summary>Terms of a usual Indonesian news story; BM25's average length, fixed so that a signature never changes after publication.</summary>
    private const float AverageLength = 330;

    /// <summary>8 bytes for each term: its hash and its weight, little-endian.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    public readonly record struct Weighted(uint Term, float Weight);

    /// <summary>How often each term stands in a story, the headline's three times.</summary>
    public static Dictionary<uint, int> Count(string headline, string text)
    {
        var counts = new Dictionary<uint, int>(256);
        Add(headline, HeadlineWeight);
        Add(text, 1);
        return counts;

        void Add(string part, int weight) => Terms.Each(part, term =>
        {
            if (term.Length == 1) return;
            CollectionsMarshal.GetValueRefOrAddDefault(counts, Terms.Hash(term), out _) += weight;
        });
    }

    /// <param name="counts">From <see cref="Count"/>.</param>
    /// <param name="idf">The inverse document frequency of a term.</param>
    public static Weighted[] Best(Dictionary<uint, int> counts, Func<uint, float> idf)
    {
        var length = counts.Values.Sum();
        var norm = K1 * (1 - B + B * length / AverageLength);
        return counts
            .Select(pair => (Term: pair.Key, Weight: pair.Value * (K1 + 1) / (pair.Value + norm), Rank: pair.Value * idf(pair.Key)))
            .OrderByDescending(t => t.Rank).ThenBy(t => t.Term)
            .Take(TermCount)
            .Select(t => new Weighted(t.Term, t.Weight))
            .ToArray();
    }

    /// <summary>Which of the terms of <paramref name="signature"/> weigh most beside those of a query, the heaviest first.</summary>
    internal static List<uint> Heaviest(ReadOnlySpan<Weighted> signature, Dictionary<uint, float> query, int count)
    {
        var shared = new List<(uint Term, float Weight)>();
        foreach (var (term, weight) in signature)
            if (query.TryGetValue(term, out var own)) shared.Add((term, own * weight));
        return shared.OrderByDescending(t => t.Weight).ThenBy(t => t.Term).Take(count).Select(t => t.Term).ToList();
    }

    public static byte[] Write(Weighted[] terms) => MemoryMarshal.AsBytes(terms.AsSpan()).ToArray();

    public static ReadOnlySpan<Weighted> Read(byte[] blob) => MemoryMarshal.Cast<byte, Weighted>(blob);
}
