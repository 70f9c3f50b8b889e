using System.Diagnostics;
using System.Text;
using Xunit;
using Xunit.Abstractions;

namespace Warta.Composition;

public sealed class PageDiskTests(ITestOutputHelper output) : IDisposable
{
    private const long Megabyte = 1 << 20;
    private readonly string _folder = Directory.CreateTempSubdirectory("warta-disk-").FullName;
    private readonly List<string> _warnings = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_disk_gives_back_what_was_written_last_through_restarts_and_erasures()
    {
        foreach (var seed in Enumerable.Range(1, 20))
        {
            var random = new Random(seed);
            var model = new Dictionary<UInt128, (ulong[] Tags, byte[] Payload)>();
            var disk = Open(16 * Megabyte);
            try
            {
                for (var step = 0; step < 400; step++)
                {
                    var key = Key(random.Next(40));
                    switch (random.Next(20))
                    {
                        case 0:
                            disk.Dispose();
                            disk = Open(16 * Megabyte);
                            break;
                        case 1:
                            var tag = (ulong)random.Next(60);
                            disk.Erase(tag);
                            foreach (var erased in model.Where(pair => pair.Value.Tags.Contains(tag)).Select(pair => pair.Key).ToList()) model.Remove(erased);
                            break;
                        case < 10:
                            model[key] = (Enumerable.Range(0, random.Next(5)).Select(_ => (ulong)random.Next(60)).ToArray(), Payload(random, random.Next(1, 20_000)));
                            disk.Write(key, model[key].Tags, model[key].Payload);
                            break;
                        default:
                            var isThere = disk.TryRead(key, out var payload);
                            Assert.True(isThere == model.TryGetValue(key, out var expected), $"seed {seed}, step {step}: found {isThere}");
                            Assert.True(!isThere || payload.AsSpan().SequenceEqual(expected.Payload), $"seed {seed}, step {step}: another page");
                            break;
                    }
                }

                Assert.Equal((seed, LengthOfFiles()), (seed, disk.Bytes));
            }
            finally
            {
                disk.Dispose();
            }

            foreach (var file in Directory.GetFiles(_folder)) File.Delete(file);
        }

        Assert.Empty(_warnings);
    }

    [Fact]
    public void After_a_crash_at_any_byte_of_a_record_those_before_it_are_there()
    {
        var random = new Random(1);
        using (var disk = Open(Megabyte))
            for (var i = 0; i < 3; i++) disk.Write(Key(i), [7], Payload(random, 150));
        var whole = File.ReadAllBytes(Files("pages").Single());
        for (var length = whole.Length / 3 * 2; length < whole.Length; length++)
        {
            foreach (var file in Directory.GetFiles(_folder)) File.Delete(file);
            File.WriteAllBytes(Path.Combine(_folder, "0000000001.pages"), whole[..length]);
            using (var disk = Open(Megabyte))
            {
                Assert.Equal((length, 2), (length, disk.Count));
                disk.Write(Key(3), [], [3]);
            }

            using var again = Open(Megabyte);
            Assert.Equal([true, true, false, true], Enumerable.Range(0, 4).Select(i => again.TryRead(Key(i), out _)));
        }

        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_damaged_record_is_a_page_that_is_not_there()
    {
        foreach (var seed in Enumerable.Range(1, 30))
        {
            var random = new Random(seed);
            var payloads = Enumerable.Range(0, 60).Select(_ => Payload(random, random.Next(1, 8_000))).ToArray();
            using (var disk = Open(Megabyte))
                for (var i = 0; i < payloads.Length; i++) disk.Write(Key(i), [(ulong)i], payloads[i]);
            foreach (var file in Directory.GetFiles(_folder).Where(_ => random.Next(3) > 0))
            {
                var bytes = File.ReadAllBytes(file);
                for (var flips = random.Next(1, 4); flips > 0; flips--) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(file, bytes);
            }

            using (var disk = Open(Megabyte))
            {
                for (var i = 0; i < payloads.Length; i++)
                    Assert.True(!disk.TryRead(Key(i), out var payload) || payload.AsSpan().SequenceEqual(payloads[i]), $"seed {seed}: page {i} is another one");
                // What can't be told apart any more goes whole.
                disk.Erase(30);
                Assert.True(Files("pages").All(file => File.ReadAllBytes(file).AsSpan().IndexOf(payloads[30]) < 0), $"seed {seed}: erased, and yet there");
                disk.Write(Key(30), [], [30]);
                Assert.True(disk.TryRead(Key(30), out _), $"seed {seed}: nothing can be written any more");
            }

            Assert.True(_warnings.Count <= 1, string.Join('\n', _warnings));
            _warnings.Clear();
            foreach (var file in Directory.GetFiles(_folder)) File.Delete(file);
        }
    }

    [Fact]
    public void The_oldest_pages_go_when_the_folder_is_full()
    {
        var random = new Random(1);
        using (var disk = Open(Megabyte))
        {
            for (var i = 0; i < 1_000; i++)
            {
                disk.Write(Key(i), [(ulong)i, 1], Payload(random, random.Next(1, 20_000)));
                Assert.InRange(LengthOfFiles(), 0, Megabyte);
                Assert.Equal(LengthOfFiles(), disk.Bytes);
            }

            Assert.False(disk.TryRead(Key(0), out _));
            Assert.True(disk.TryRead(Key(999), out _));
            Assert.Equal(Enumerable.Range(0, 1_000).Count(i => disk.TryRead(Key(i), out _)), disk.Count);
            Assert.InRange(disk.Count, 70, 110);
        }

        using (var smaller = Open(Megabyte / 2))
        {
            Assert.InRange(LengthOfFiles(), 1, Megabyte / 2);
            Assert.True(smaller.TryRead(Key(999), out _));
        }

        using var off = Open(0);
        off.Write(Key(1), [], [1]);
        Assert.True(off.IsOff && !off.TryRead(Key(1), out _) && Directory.GetFiles(_folder).Length == 0);
    }

    [Fact]
    public void Erased_words_are_nowhere_in_the_folder()
    {
        var words = Encoding.UTF8.GetBytes("Kesaksian yang dihapus putusan pengadilan. ");
        var random = new Random(1);
        using (var disk = Open(8 * Megabyte))
        {
            // Old versions, superseded by ones without the words, in files that are full and in the last one.
            for (var i = 0; i < 300; i++) disk.Write(Key(i % 50), i % 3 == 0 ? [1, 13] : [1], i % 3 == 0 ? [.. words, .. Payload(random, 9_000), .. words] : Payload(random, 9_000));
            Assert.True(Holding() > 1);
            Assert.Equal(100, disk.Erase(13));
            Assert.Equal(0, Holding());
            disk.Write(Key(1), [13], words);
        }

        using (var disk = Open(8 * Megabyte))
        {
            Assert.True(disk.TryRead(Key(1), out _));
            Assert.Equal(101, disk.Erase(13));
            Assert.False(disk.TryRead(Key(1), out _));
            Assert.Equal(0, disk.Erase(14));
        }

        using var last = Open(8 * Megabyte);
        Assert.Equal(0, Holding());
        Assert.False(last.TryRead(Key(1), out _));
        // Written last without the words, though an old version had them.
        Assert.True(last.TryRead(Key(299 % 50), out _));
        Assert.Empty(_warnings);

        int Holding() => Directory.GetFiles(_folder).Count(file => File.ReadAllBytes(file).AsSpan().IndexOf(words) >= 0);
    }

    [Fact]
    public async Task Readers_are_not_disturbed_by_writing_erasing_and_dropping()
    {
        using var disk = Open(Megabyte);
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(seed => Task.Factory.StartNew(() =>
        {
            var (random, found) = (new Random(seed), 0);
            while (!stop.IsCancellationRequested)
            {
                var i = random.Next(100);
                if (!disk.TryRead(Key(i), out var payload)) continue;
                found++;
                // Each payload repeats its page's number.
                Assert.True(payload.Length > 0 && !payload.AsSpan().ContainsAnyExcept((byte)(i + 1)));
            }

            return found;
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        var writer = new Random(9);
        for (var n = 0; n < 6_000; n++)
        {
            var i = writer.Next(100);
            var payload = new byte[writer.Next(1, 20_000)];
            payload.AsSpan().Fill((byte)(i + 1));
            disk.Write(Key(i), [(ulong)i], payload);
            if (n % 100 == 0) disk.Erase((ulong)writer.Next(100));
        }

        await stop.CancelAsync();
        Assert.True((await Task.WhenAll(readers)).Sum() > 0);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_said_once()
    {
        var blocked = Path.Combine(_folder, "blocked");
        File.WriteAllText(blocked, "a file where the folder should be");
        using var disk = new PageDisk(blocked, Megabyte, _warnings.Add);
        disk.Write(Key(1), [], [1]);
        disk.Write(Key(2), [], [2]);
        Assert.False(disk.TryRead(Key(1), out _));
        Assert.Single(_warnings);

        File.Delete(blocked);
        disk.Write(Key(3), [], [3]);
        Assert.True(disk.TryRead(Key(3), out _));
        Directory.Delete(blocked, recursive: true);
    }

    [Fact]
    public void A_million_pages_are_all_there_after_a_restart()
    {
        var clock = Stopwatch.StartNew();
        Fill();
        output.WriteLine($"written in {clock.Elapsed.TotalSeconds:0.0} s, {LengthOfFiles() >> 20} MB");

        var before = GC.GetTotalMemory(forceFullCollection: true);
        clock.Restart();
        using var opened = Open(1_024 * Megabyte);
        output.WriteLine($"opened in {clock.ElapsedMilliseconds} ms");
        // Printed only: other tests run at the same time.
        output.WriteLine($"memory: {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6:0.0} MB");
        Assert.Equal(1_000_000, opened.Count);
        Assert.True(opened.TryRead(Key(123_456), out var found) && BitConverter.ToInt32(found) == 123_457);

        void Fill()
        {
            var payload = new byte[200];
            using var disk = Open(1_024 * Megabyte);
            for (var i = 0; i < 1_000_000; i++)
            {
                BitConverter.TryWriteBytes(payload, i + 1);
                disk.Write(Key(i), [(ulong)i % 50_000], payload);
            }
        }
    }

    private PageDisk Open(long maxBytes) => new(_folder, maxBytes, _warnings.Add);

    private static UInt128 Key(int i) => new((ulong)i * 0x9E37_79B9_7F4A_7C15, (ulong)(i + 1) * 0xD6E8_FEB8_6659_FD93);

    private static byte[] Payload(Random random, int length)
    {
        var payload = new byte[length];
        random.NextBytes(payload);
        payload[0] |= 1;
        return payload;
    }

    private string[] Files(string extension) => Directory.GetFiles(_folder, $"*.{extension}");

    private long LengthOfFiles() => Directory.GetFiles(_folder).Sum(file => new FileInfo(file).Length);
}
