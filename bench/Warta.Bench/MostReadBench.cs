using System.Globalization;
using System.IO.Compression;
using Warta.Discovery;
using Warta.Storage;

namespace Warta.Bench;

/// <summary>
/// The most read beside what is read next: at each full hour after the first day the ten first of the list, as counted until then, against the reads of the
/// hour that follows (nDCG@10, all reads as gain). Where a part of the reads is kept, each is kept by a throw of a seeded die; the gain stays that of all.
/// </summary>
internal static class MostReadBench
{
    private const int Day = 96, Hour = 4, Seeds = 5, Resamples = 1_000;
    private static readonly double[] Kept = [1, 0.1, 0.01, 0.001], HalfLives = [7.5, 15, 60, 120];

    /// <summary>In quarters of an hour.</summary>
    private static readonly int[] Windows = [4, 12, 96];
    private static readonly DateTimeOffset Start = new(2017, 10, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly record struct Reads(int Quarter, int Article, int Count);

    /// <summary>Something that counts reads and says which stories it holds for the most read.</summary>
    private interface IList
    {
        void Take(Reads reads);
        IEnumerable<int> Top(int quarter);
    }

    public static void Run(Children children, ListsOptions asked, SortedDictionary<string, object> figures)
    {
        if ((asked.Reads ?? ListsBench.Shared("globo-clicks", "reads_15min.csv.gz")) is not { } file) return;
        var reads = Read(file);
        var hours = Enumerable.Range(0, reads[^1].Quarter - Hour + 2).Where(quarter => quarter >= Day && quarter % Hour == 0).ToList();
        var gains = hours.ToDictionary(hour => hour, _ => new Dictionary<int, int>());
        foreach (var read in reads)
        {
            if (gains.TryGetValue(read.Quarter - read.Quarter % Hour, out var gain)) gain[read.Article] = gain.GetValueOrDefault(read.Article) + read.Count;
        }

        Console.WriteLine($"\nMost read, nDCG@10 of the next hour: {reads.Sum(read => (long)read.Count):N0} reads of {reads.Select(read => read.Article).Distinct().Count():N0} stories, {hours.Count} hours; the last three mean of {Seeds} seeds");
        Console.WriteLine($"  {"",-26} {"all reads",9} {"1 in 10",9} {"1 in 100",9} {"1 in 1000",9}");
        var number = 0;
        List<(string Name, string Key, Func<IList> Make)> lists =
        [
            ("this list", "mostRead", () => new Product(Path.Combine(children.Folder, $"reads-{number++}"))),
            .. Windows.Select(window => ($"reads of the last {window / 4} h", $"last{window / 4}h", (Func<IList>)(() => new Window(window)))),
            .. HalfLives.Select(minutes => (FormattableString.Invariant($"half-life of {minutes} min"), FormattableString.Invariant($"halfLife{minutes}"), (Func<IList>)(() => new HalfLife(minutes)))),
        ];
        foreach (var (name, key, make) in lists)
        {
            var scores = Kept.Select(kept => Score(reads, gains, kept, make)).ToList();
            Console.WriteLine($"  {name,-26} {string.Join(' ', scores.Select(score => score.Values.Average().ToString("0.000", CultureInfo.InvariantCulture).PadLeft(9)))}");
            figures[key] = scores.Select(score => Math.Round(score.Values.Average(), 4));
            if (key != "mostRead") continue;
            Console.WriteLine($"  {"  95 of 100 resamplings",-26} {string.Join(' ', scores.Select(Interval))}");
            Console.WriteLine($"  {"  days 5 on, not fitted on",-26} {string.Join(' ', scores.Select(score => score.Where(s => s.Key >= 4 * Day).Average(s => s.Value).ToString("0.000", CultureInfo.InvariantCulture).PadLeft(9)))}");
        }
    }

    private static List<Reads> Read(string file)
    {
        using var stream = File.OpenRead(file);
        using var text = new StreamReader(file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        var reads = new List<Reads>();
        text.ReadLine();
        while (text.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            if (cells.Length != 3) throw new InvalidDataException($"{file}: \"{line}\" isn't quarter_hour,article,reads.");
            reads.Add(new Reads(int.Parse(cells[0], CultureInfo.InvariantCulture), int.Parse(cells[1], CultureInfo.InvariantCulture), int.Parse(cells[2], CultureInfo.InvariantCulture)));
        }

        return reads.OrderBy(read => read.Quarter).ToList();
    }

    /// <summary>nDCG@10 of each hour, a mean over the seeds.</summary>
    private static SortedDictionary<int, double> Score(List<Reads> reads, Dictionary<int, Dictionary<int, int>> gains, double kept, Func<IList> make)
    {
        var seeds = kept == 1 ? 1 : Seeds;
        var scores = new SortedDictionary<int, double>();
        for (var seed = 1; seed <= seeds; seed++)
        {
            var (list, random, next) = (make(), new Random(seed), 0);
            foreach (var (hour, gain) in gains.OrderBy(g => g.Key))
            {
                for (; next < reads.Count && reads[next].Quarter < hour; next++)
                {
                    if (Thin(reads[next], kept, random) is { Count: > 0 } some) list.Take(some);
                }

                if (gain.Count > 0) scores[hour] = scores.GetValueOrDefault(hour) + Ndcg(list.Top(hour), gain) / seeds;
            }

            (list as IDisposable)?.Dispose();
        }

        return scores;
    }

    private static Reads Thin(Reads reads, double kept, Random random)
    {
        if (kept == 1) return reads;
        var count = 0;
        for (var i = 0; i < reads.Count; i++) count += random.NextDouble() < kept ? 1 : 0;
        return reads with { Count = count };
    }

    private static double Ndcg(IEnumerable<int> top, Dictionary<int, int> gain) =>
        top.Take(10).Select((article, i) => gain.GetValueOrDefault(article) / Math.Log2(i + 2)).Sum() / gain.Values.OrderDescending().Take(10).Select((reads, i) => reads / Math.Log2(i + 2)).Sum();

    private static string Interval(SortedDictionary<int, double> scores)
    {
        var (hours, random) = (scores.Values.ToArray(), new Random(1));
        var means = Enumerable.Range(0, Resamples).Select(_ => Enumerable.Range(0, hours.Length).Average(_ => hours[random.Next(hours.Length)])).Order().ToList();
        return FormattableString.Invariant($"{means[Resamples / 40]:.000}–{means[Resamples - Resamples / 40]:.000}").PadLeft(9);
    }

    /// <summary>The moments of a quarter of an hour's reads: evenly spread.</summary>
    private static IEnumerable<double> Minutes(Reads reads) => Enumerable.Range(0, reads.Count).Select(i => reads.Quarter * 15 + (i + 0.5) / reads.Count * 15);

    private sealed class Product : IList, IDisposable
    {
        private const long Title = 1;
        private readonly Database _database;
        private readonly MostRead _mostRead;

        public Product(string folder)
        {
            _database = Database.Open(new DataFolder(folder), null, "reads");
            _mostRead = new MostRead(_database, "bench", Start);
        }

        public void Take(Reads reads)
        {
            foreach (var minute in Minutes(reads)) _mostRead.Count(Title, reads.Article, Start.AddMinutes(minute));
        }

        public IEnumerable<int> Top(int quarter) => _mostRead.Order(Title).Select(id => (int)id);

        public void Dispose() => _database.Dispose();
    }

    private sealed class HalfLife(double minutes) : IList
    {
        private readonly Dictionary<int, double> _sums = [];

        // Of a few days' reads the sums fit a double: the oldest weigh nothing.
        private double _at;

        public void Take(Reads reads)
        {
            Fade(reads.Quarter * 15);
            _sums[reads.Article] = _sums.GetValueOrDefault(reads.Article) + Minutes(reads).Sum(minute => Math.Pow(2, (minute - _at) / minutes));
        }

        public IEnumerable<int> Top(int quarter) => _sums.OrderByDescending(s => s.Value).ThenByDescending(s => s.Key).Select(s => s.Key);

        private void Fade(double at)
        {
            if (at == _at) return;
            foreach (var article in _sums.Keys) _sums[article] *= Math.Pow(2, (_at - at) / minutes);
            _at = at;
        }
    }

    private sealed class Window(int quarters) : IList
    {
        private readonly Queue<Reads> _reads = [];
        private readonly Dictionary<int, int> _counts = [];

        public void Take(Reads reads)
        {
            _reads.Enqueue(reads);
            _counts[reads.Article] = _counts.GetValueOrDefault(reads.Article) + reads.Count;
        }

        public IEnumerable<int> Top(int quarter)
        {
            while (_reads.TryPeek(out var first) && first.Quarter < quarter - quarters) _counts[first.Article] -= _reads.Dequeue().Count;
            return _counts.Where(c => c.Value > 0).OrderByDescending(c => c.Value).ThenByDescending(c => c.Key).Select(c => c.Key);
        }
    }
}
