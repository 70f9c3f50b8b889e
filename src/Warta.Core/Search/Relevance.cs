namespace Warta.Search;

/// <summary>
/// BM25F (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework", 3.6): the frequencies of a word in headline, middle and body are divided by each
/// field's length against the usual one, weighted, summed, and only then dampened: Σ idf·tf/(k₁ + tf). A word of the same stem counts a third of the very word. What stands side
/// by side in the query and in the story counts more, and so does, a little, what is newer than the rest.
/// </summary>
internal sealed class Relevance
{
    private const double K1 = 3, LikeWeight = 1 / 3.0;
    private const double NewerBonus = 0.15, HalfLifeDays = 30;

    /// <summary>Weight, usual length in words, and how much length matters.</summary>
    private static readonly (double Weight, double Usual, double B, double Beside) Headline = (8, 9, 0.3, 0.3), Middle = (3, 20, 0.4, 0.1), Body = (1, 300, 0.4, 0.1);

    private readonly IReadOnlyList<AskedWord> _words;
    private readonly double[] _rarity;
    private readonly ulong _seen;

    /// <param name="rarity">The idf of each word.</param>
    public Relevance(IReadOnlyList<AskedWord> words, double[] rarity)
    {
        (_words, _rarity) = (words, rarity);
        foreach (var reading in words.SelectMany(w => w.Readings)) _seen |= Bit(reading.Token);
    }

    /// <summary>The candidates, best first; of two that are equally good the newer one.</summary>
    public List<SearchIndex.Candidate> Rank(List<SearchIndex.Candidate> candidates)
    {
        if (candidates.Count == 0) return candidates;
        var newest = candidates.Max(c => c.FirstPublishedAt);
        return candidates
            .Select(c => (Candidate: c, Score: Score(new StoryWords(c.Words)) * (1 + NewerBonus * Math.Pow(2, -(newest - c.FirstPublishedAt).TotalDays / HalfLifeDays))))
            .OrderByDescending(c => c.Score).ThenByDescending(c => c.Candidate.FirstPublishedAt).ThenByDescending(c => c.Candidate.ArticleId)
            .Select(c => c.Candidate).ToList();
    }

    private double Score(StoryWords story)
    {
        Span<double> frequencies = stackalloc double[_words.Count];
        frequencies.Clear();
        var beside = Add(story.Headline, Headline, frequencies) + Add(story.Middle, Middle, frequencies) + Add(story.Body, Body, frequencies);
        var score = 0.0;
        for (var i = 0; i < frequencies.Length; i++) score += _rarity[i] * frequencies[i] / (K1 + frequencies[i]);
        return score * (1 + beside);
    }

    /// <summary>Adds a field's frequencies, and returns what its neighbouring words are worth.</summary>
    private double Add(ReadOnlySpan<uint> field, (double Weight, double Usual, double B, double Beside) by, Span<double> frequencies)
    {
        if (field.IsEmpty) return 0;
        var worth = by.Weight / (1 - by.B + by.B * field.Length / by.Usual);
        var pairs = 0UL;
        var before = -1;
        foreach (var token in field)
        {
            var found = -1;
            if ((_seen & Bit(token)) != 0)
            {
                for (var i = 0; i < _words.Count && found < 0; i++)
                {
                    if (!_words[i].IsLike(token)) continue;
                    found = i;
                    frequencies[i] += _words[i].Is(token) ? worth : worth * LikeWeight;
                    if (i > 0 && before == i - 1) pairs |= 1UL << (i & 63);
                }
            }

            before = found;
        }

        return _words.Count < 2 ? 0 : by.Beside * System.Numerics.BitOperations.PopCount(pairs) / (_words.Count - 1);
    }

    /// <summary>A quick no for most words of a story: their stem isn't one of those asked for.</summary>
    private static ulong Bit(uint token) => 1UL << (int)(token >> 26);
}
