using System.Runtime.InteropServices;

namespace Warta.Discovery;

/// <summary>
/// What a story is about, as <see cref="Related"/> compares it: its best terms by tf·idf, each with its BM25 term weight tf·(k₁+1)/(tf + k₁·(1−b+b·len/avglen)) for when it is
/// looked for (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework"; fields as in BM25F, by their frequencies), and with its own frequency for when it looks. Terms are words and
/// names of two words. Pruning by tf·idf is what TREC's background-linking runs found to cost nothing.
/// </summary>
public sealed class Signature
{
    /// <summary>8 bytes for each term: its hash, the story's own frequency and the weight, little-endian.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    internal readonly record struct Weighted(uint Term, Half Own, Half Weight);

    /// <summary>How often each term stands in a text, by field.</summary>
    internal sealed record Counts(Dictionary<uint, float> Terms, float Length, int Words);

    internal static Counts Count(string headline, string text)
    {
        var terms = new Dictionary<uint, float>(256);
        var (length, words) = (0f, 0);
        foreach (var part in Wording.Parts(headline, text))
        {
            Wording.Each(part.Text, (term, _, _, isName) =>
            {
                if (!part.IsHeadline && !isName) words++;
                var count = part.IsHeadline ? isName ? Recipe.NameInHeadline : Recipe.Headline
                    : (part.IsOwnLine ? Recipe.OwnLine : 1) * (isName ? Recipe.Name : 1);
                CollectionsMarshal.GetValueRefOrAddDefault(terms, term, out _) += count;
                if (!isName) length += count;
            });
        }

        return new Counts(terms, length, words);
    }

    /// <param name="idf">The inverse document frequency of a term.</param>
    internal static Weighted[] Best(Counts counts, Func<uint, float> idf)
    {
        var norm = Recipe.K1 * (1 - Recipe.B + Recipe.B * counts.Length / Recipe.AverageLength);
        return counts.Terms
            .Select(pair => (Term: pair.Key, Count: pair.Value, Rank: pair.Value * idf(pair.Key)))
            .OrderByDescending(t => t.Rank).ThenBy(t => t.Term)
            .Take(Recipe.Terms)
            .Select(t => new Weighted(t.Term, (Half)t.Count, (Half)(t.Count * (Recipe.K1 + 1) / (t.Count + norm))))
            .ToArray();
    }

    /// <summary>Which terms of <paramref name="other"/> weigh most beside those of a query, the heaviest first.</summary>
    internal static List<uint> Heaviest(IReadOnlyList<Weighted> query, Func<uint, float> idf, Weighted[] other, int count)
    {
        var own = query.ToDictionary(t => t.Term, t => (float)t.Own * idf(t.Term));
        return other.Where(t => own.ContainsKey(t.Term)).OrderByDescending(t => own[t.Term] * (float)t.Weight).ThenBy(t => t.Term).Take(count).Select(t => t.Term).ToList();
    }

    internal static byte[] Write(Weighted[] terms) => MemoryMarshal.AsBytes(terms.AsSpan()).ToArray();

    /// <param name="version">By which recipe it was made.</param>
    internal static Weighted[] Read(byte[] blob, long version)
    {
        if (version > 1) return MemoryMarshal.Cast<byte, Weighted>(blob).ToArray();
        // The first recipe kept a term's hash and its weight only.
        var terms = new Weighted[blob.Length / 8];
        for (var i = 0; i < terms.Length; i++)
        {
            var weight = (Half)BitConverter.ToSingle(blob, i * 8 + 4);
            terms[i] = new Weighted(BitConverter.ToUInt32(blob, i * 8), weight, weight);
        }

        return terms;
    }
}
