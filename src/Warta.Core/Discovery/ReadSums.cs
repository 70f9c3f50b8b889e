using System.Runtime.CompilerServices;

namespace Warta.Discovery;

/// <summary>
/// The reads of one story as six sums that fade, each three times as fast as the one before: half-lives of 729 minutes down to 3. They add up linearly, so those of
/// several nodes are one.
/// </summary>
internal struct ReadSums
{
    public const int Count = 6;
    private const double SlowestMinutes = 729, Ratio = 3;

    /// <summary>Reads that a step's own evidence is weighed against, from the second step on. Fitted on days 2 to 4 of globo-clicks (docs/lists.md).</summary>
    private static readonly double[] Doubt = [1, 1, 3, 4, 4];

    private const int TrendSlow = 2, TrendFast = 4;
    private const double TrendDoubt = 4, TrendLeast = 5;

    [InlineArray(Count)]
    public struct Steps
    {
        private double _slowest;
    }

    public Steps Sums;

    /// <summary>The moment at which the sums are as they stand here, in Unix milliseconds.</summary>
    public long At;

    public static double HalfLifeMinutes(int step) => SlowestMinutes / Math.Pow(Ratio, step);

    /// <summary>Adds reads of a moment, which may be earlier than others that were added.</summary>
    public void Add(long at, double reads)
    {
        Steps faded = default;
        Fade(Math.Abs(at - At), ref faded);
        for (var i = 0; i < Count; i++) Sums[i] = at >= At ? Sums[i] * faded[i] + reads : Sums[i] + reads * faded[i];
        At = Math.Max(At, at);
    }

    public void Add(in ReadSums other)
    {
        var later = Math.Max(At, other.At);
        var (mine, theirs) = (AsOf(later), other.AsOf(later));
        for (var i = 0; i < Count; i++) mine.Sums[i] += theirs.Sums[i];
        this = mine;
    }

    public readonly ReadSums AsOf(long at)
    {
        var sums = this;
        Steps faded = default;
        Fade(at - At, ref faded);
        for (var i = 0; i < Count; i++) sums.Sums[i] *= faded[i];
        sums.At = at;
        return sums;
    }

    /// <summary>
    /// Reads a minute to be expected. Each step takes the slower one's rate for what is known, and corrects it by its own reads as far as they are
    /// evidence (the mean of a gamma prior after Poisson counts): many reads are judged by minutes, few by the day.
    /// </summary>
    public readonly double Pace()
    {
        var pace = Rate(0);
        for (var i = 1; i < Count && pace > 0; i++) pace *= (Sums[i] + Doubt[i - 1]) / (pace * Window(i) + Doubt[i - 1]);
        return pace;
    }

    /// <summary>
    /// How much faster than in the last two hours the story is read in the last minutes: 1 as fast, 2 twice as fast. Drawn towards 1 where few reads speak for it; null where
    /// there were hardly any.
    /// </summary>
    public readonly double? Trend() => Sums[TrendSlow] < TrendLeast ? null : (Sums[TrendFast] + TrendDoubt) / (Rate(TrendSlow) * Window(TrendFast) + TrendDoubt);

    /// <summary>Reads a minute by one step alone.</summary>
    public readonly double Rate(int step) => Sums[step] / Window(step);

    /// <summary>The minutes that a fading sum stands for.</summary>
    private static double Window(int step) => HalfLifeMinutes(step) / Math.Log(2);

    private static void Fade(long milliseconds, ref Steps faded)
    {
        var factor = Math.Pow(2, -milliseconds / (60_000 * SlowestMinutes));
        for (var i = 0; i < Count; i++)
        {
            faded[i] = factor;
            factor *= factor * factor;
        }
    }
}
