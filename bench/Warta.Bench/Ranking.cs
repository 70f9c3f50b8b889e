namespace Warta.Bench;

/// <summary>How well lists of five hold what was to be in them.</summary>
internal sealed class Ranking
{
    public const int Shown = 5;
    private const int Folds = 5, Resamples = 2_000;
    private readonly List<(double Ndcg, double Hit, double Reciprocal)> _lists = [];

    /// <param name="list">Best first.</param>
    /// <param name="wanted">Each as good as any other.</param>
    public void Add(IReadOnlyList<long> list, IReadOnlySet<long> wanted)
    {
        double gain = 0, reciprocal = 0;
        for (var i = 0; i < Math.Min(Shown, list.Count); i++)
        {
            if (!wanted.Contains(list[i])) continue;
            gain += Discount(i);
            if (reciprocal == 0) reciprocal = 1.0 / (i + 1);
        }

        _lists.Add((gain / Enumerable.Range(0, Math.Min(Shown, wanted.Count)).Sum(Discount), gain > 0 ? 1 : 0, reciprocal));
    }

    public int Count => _lists.Count;
    public double Ndcg => _lists.Average(l => l.Ndcg);
    public double Hit => _lists.Average(l => l.Hit);

    /// <summary>Of the first right one's place, 0 where none is shown.</summary>
    public double Mrr => _lists.Average(l => l.Reciprocal);

    /// <summary>nDCG of each fifth of the lists, dealt out in turn.</summary>
    public IReadOnlyList<double> ByFold => Enumerable.Range(0, Folds).Select(fold => _lists.Where((_, i) => i % Folds == fold).Select(l => l.Ndcg).DefaultIfEmpty().Average()).ToList();

    /// <summary>Between which the nDCG of 95 in 100 draws of as many lists lies.</summary>
    public (double Low, double High) Interval()
    {
        var random = new Random(5);
        var draws = Enumerable.Range(0, Resamples).Select(_ => Enumerable.Range(0, _lists.Count).Average(_ => _lists[random.Next(_lists.Count)].Ndcg)).Order().ToList();
        return (draws[Resamples / 40], draws[Resamples - Resamples / 40 - 1]);
    }

    private static double Discount(int place) => 1 / Math.Log2(place + 2);
}
