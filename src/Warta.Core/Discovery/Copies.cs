namespace Warta.Discovery;

/// <summary>The same wire story in several versions: a list shows one of them.</summary>
internal static class Copies
{
    /// <summary>A copy is kept for when the others are gone, behind all else.</summary>
    private const double InReserve = 0.001;

    /// <summary>A list in which no two stories among the shown say the same, and which of its stories say the same as the list's own.</summary>
    /// <param name="found">Best first.</param>
    public static (List<(long ArticleId, double Score)> List, HashSet<long> OfStory) Folded(
        List<(long ArticleId, double Score)> found, Signature.Weighted[] story, Dictionary<long, Signature.Weighted[]> signatures)
    {
        var shown = new List<(long ArticleId, double Score)>();
        var reserve = new List<(long ArticleId, double Score)>();
        var ofStory = new HashSet<long>();
        var weights = new List<Dictionary<uint, float>>();
        var own = Weights(story);
        foreach (var (id, score) in found)
        {
            if (!signatures.TryGetValue(id, out var terms)) continue;
            var candidate = Weights(terms);
            if (Likeness(own, candidate) > Recipe.Duplicate) ofStory.Add(id);
            if (weights.Exists(other => Likeness(other, candidate) > Recipe.Duplicate)) reserve.Add((id, score * InReserve));
            else
            {
                shown.Add((id, score));
                weights.Add(candidate);
            }
        }

        return ([.. shown, .. reserve.OrderByDescending(r => r.Score)], ofStory);

        Dictionary<uint, float> Weights(Signature.Weighted[] terms) => terms.ToDictionary(t => t.Term, t => (float)t.Weight);
    }

    /// <summary>The cosine of two signatures, 1 for the same.</summary>
    private static double Likeness(Dictionary<uint, float> one, Dictionary<uint, float> other)
    {
        double common = 0, first = 0, second = 0;
        foreach (var (term, weight) in one)
        {
            first += weight * weight;
            if (other.TryGetValue(term, out var theirs)) common += weight * theirs;
        }

        foreach (var weight in other.Values) second += weight * weight;
        return common == 0 ? 0 : common / Math.Sqrt(first * second);
    }
}
