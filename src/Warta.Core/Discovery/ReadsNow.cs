using System.Runtime.InteropServices;

namespace Warta.Discovery;

/// <summary>What is read this hour, minute by minute, in the memory of one node: for editors who watch. A restart forgets it. For any thread.</summary>
public sealed class ReadsNow
{
    public const int Minutes = 60;

    /// <summary>Who read something in the last so many minutes counts as here.</summary>
    public const int HereMinutes = 5;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, Minute?[]> _titles = [];

    private sealed class Minute(long at)
    {
        public readonly long At = at;
        public readonly Dictionary<long, int> Stories = [], Blocks = [];
        public readonly Distinct Readers = new();
    }

    /// <param name="Readers">Who read something in the last <see cref="HereMinutes"/>; an estimate, to 2 % or so.</param>
    /// <param name="PerMinute">Reads of each of the last <see cref="Minutes"/>, the oldest first; the last one isn't over.</param>
    /// <param name="Stories">Reads of the hour by story.</param>
    /// <param name="Blocks">Reads of the hour by the block that led there; "" where none did.</param>
    public sealed record Look(long Readers, IReadOnlyList<long> PerMinute, IReadOnlyDictionary<long, long> Stories, IReadOnlyDictionary<string, long> Blocks);

    internal void Count(in ReadReport read, DateTimeOffset now)
    {
        lock (_lock)
        {
            var minute = MinuteOf(read.TitleId, now);
            CollectionsMarshal.GetValueRefOrAddDefault(minute.Stories, read.ArticleId, out _)++;
            CollectionsMarshal.GetValueRefOrAddDefault(minute.Blocks, read.Block, out _)++;
            minute.Readers.Add(read.Reader);
        }
    }

    /// <summary>A reader who has read this story before is here all the same.</summary>
    internal void Saw(in ReadReport read, DateTimeOffset now)
    {
        lock (_lock) MinuteOf(read.TitleId, now).Readers.Add(read.Reader);
    }

    public Look Of(long titleId, DateTimeOffset now)
    {
        lock (_lock)
        {
            var last = now.ToUnixTimeSeconds() / 60;
            var minutes = _titles.GetValueOrDefault(titleId)?.OfType<Minute>().Where(m => m.At > last - Minutes && m.At <= last).ToList() ?? [];
            var here = new Distinct();
            foreach (var minute in minutes.Where(m => m.At > last - HereMinutes)) here.Add(minute.Readers);
            var perMinute = new long[Minutes];
            foreach (var minute in minutes) perMinute[Minutes - 1 - (last - minute.At)] = minute.Stories.Values.Sum(reads => (long)reads);
            return new Look(here.Count, perMinute, Sum(minutes.SelectMany(m => m.Stories)), Sum(minutes.SelectMany(m => m.Blocks)).ToDictionary(b => BlockName.Unpack(b.Key), b => b.Value));
        }
    }

    /// <summary>The reads of one story in each of the last <see cref="Minutes"/>, the oldest first.</summary>
    public IReadOnlyList<long> Of(long titleId, long articleId, DateTimeOffset now)
    {
        lock (_lock)
        {
            var last = now.ToUnixTimeSeconds() / 60;
            var perMinute = new long[Minutes];
            foreach (var minute in _titles.GetValueOrDefault(titleId)?.OfType<Minute>().Where(m => m.At > last - Minutes && m.At <= last) ?? [])
                perMinute[Minutes - 1 - (last - minute.At)] = minute.Stories.GetValueOrDefault(articleId);
            return perMinute;
        }
    }

    private static Dictionary<long, long> Sum(IEnumerable<KeyValuePair<long, int>> counts) => counts.GroupBy(c => c.Key).ToDictionary(g => g.Key, g => g.Sum(c => (long)c.Value));

    private Minute MinuteOf(long titleId, DateTimeOffset now)
    {
        ref var minutes = ref CollectionsMarshal.GetValueRefOrAddDefault(_titles, titleId, out _);
        minutes ??= new Minute?[Minutes];
        var at = now.ToUnixTimeSeconds() / 60;
        ref var minute = ref minutes[at % Minutes];
        if (minute?.At != at) minute = new Minute(at);
        return minute;
    }
}

/// <summary>
/// How many different hashes were added, to 1.6 %, in 4 KB (HyperLogLog: Flajolet, Fusy, Gandouet, Meunier 2007; few are counted by the empty registers). Two add up
/// to what both saw.
/// </summary>
internal sealed class Distinct
{
    private const int Bits = 12, Registers = 1 << Bits;
    private readonly byte[] _registers = new byte[Registers];

    /// <param name="hash">Evenly spread.</param>
    public void Add(ulong hash)
    {
        var place = (int)(hash >> (64 - Bits));
        var rank = (byte)(ulong.LeadingZeroCount(hash << Bits | (1UL << (Bits - 1))) + 1);
        if (rank > _registers[place]) _registers[place] = rank;
    }

    public void Add(Distinct other)
    {
        for (var i = 0; i < Registers; i++) _registers[i] = Math.Max(_registers[i], other._registers[i]);
    }

    public long Count
    {
        get
        {
            var (sum, empty) = (0.0, 0);
            foreach (var register in _registers)
            {
                sum += Math.Pow(2, -register);
                if (register == 0) empty++;
            }

            var estimate = 0.7213 / (1 + 1.079 / Registers) * Registers * Registers / sum;
            return (long)Math.Round(estimate <= 2.5 * Registers && empty > 0 ? Registers * Math.Log(Registers / (double)empty) : estimate);
        }
    }
}
