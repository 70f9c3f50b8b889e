using System.Buffers;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Warta.Engines;
using Xunit;

namespace Warta.Composition;

public sealed class SegmentTests
{
    [Fact]
    public void Pages_of_any_segments_are_read_right_by_any_inflater()
    {
        foreach (var seed in Enumerable.Range(1, 60))
        {
            var texts = Texts(seed);
            var whole = texts.SelectMany(text => text).ToArray();
            var page = new Composed([.. texts.Select(text => Segment.Of(text, seed % 2 == 0 ? CompressionLevel.Fastest : CompressionLevel.Optimal))]);
            var gzip = Written(page.WriteGzip);

            Assert.True(whole.AsSpan().SequenceEqual(Unzipped(gzip)), $"seed {seed}: the gzip form is another text");
            Assert.True(whole.AsSpan().SequenceEqual(Written(page.WriteText)), $"seed {seed}: the plain form is another text");
            Assert.Equal((seed, gzip.Length, whole.Length), (seed, page.GzipLength, page.TextLength));
        }
    }

    [GzipFact]
    public void The_program_gzip_finds_one_whole_member_with_the_right_sum()
    {
        foreach (var seed in Enumerable.Range(101, 12))
        {
            var texts = Texts(seed);
            var file = Path.GetTempFileName();
            try
            {
                File.WriteAllBytes(file, Written(new Composed([.. texts.Select(text => Segment.Of(text))]).WriteGzip));
                var (exit, text) = GzipFactAttribute.Run("-dc", file);
                Assert.True(exit == 0, $"seed {seed}: gzip -dc ended with {exit}");
                Assert.True(texts.SelectMany(part => part).SequenceEqual(text), $"seed {seed}: gzip reads another text");
                Assert.True(GzipFactAttribute.Run("-t", file).Exit == 0, $"seed {seed}: gzip -t finds fault");
            }
            finally
            {
                File.Delete(file);
            }
        }
    }

    [Fact]
    public void A_sum_is_the_known_one()
    {
        Assert.Equal(0xCBF43926, Crc32.Of("123456789"u8));
        Assert.Equal(0u, Crc32.Of([]));
    }

    [Fact]
    public void Sums_of_parts_combine_to_the_sum_of_the_whole()
    {
        foreach (var seed in Enumerable.Range(201, 60))
        {
            var texts = Texts(seed);
            var combined = texts.Select(text => Segment.Of(text)).Aggregate(0u, (crc, segment) => Crc32.Combine(crc, segment.Crc, segment.Shift));
            Assert.True(Crc32.Of(texts.SelectMany(text => text).ToArray()) == combined, $"seed {seed}");
        }
    }

    [Fact]
    public void An_empty_text_takes_no_room()
    {
        var empty = Segment.Of("");
        Assert.Empty(empty.Deflated);
        Assert.Equal((0, 0u), (empty.Length, empty.Crc));
        Assert.Empty(Unzipped(Written(new Composed([]).WriteGzip)));
        Assert.Empty(Unzipped(Written(new Composed([empty, empty]).WriteGzip)));
    }

    [Fact]
    public void A_segment_gives_back_its_text()
    {
        const string text = "Harga beras turun – «الأسعار» 🌾";
        var segment = Segment.Of(text);
        Assert.Equal(text, Encoding.UTF8.GetString(Written(segment.CopyTextTo)));
        Assert.Equal(Encoding.UTF8.GetByteCount(text), segment.Length);
        Assert.Equal(segment.Hash, Segment.Of(Encoding.UTF8.GetBytes(text), CompressionLevel.Optimal).Hash);
    }

    [Fact]
    public void An_etag_follows_the_texts_and_their_order()
    {
        Segment a = Segment.Of("a"), b = Segment.Of("b");
        Composed[] pages = [new([]), new([a]), new([b]), new([a, b]), new([b, a]), new([a, a]), new([a, b, a])];
        Assert.Equal(pages.Length, pages.Select(page => page.ETag).Distinct().Count());
        Assert.Equal(new Composed([Segment.Of("a"), Segment.Of("b")]).ETag, pages[3].ETag);
        Assert.Matches("^\"[0-9a-f]{32}\"$", pages[3].ETag);
        Assert.Equal(pages[3].ETag[..^1] + "-g\"", pages[3].GzipETag);
    }

    // Up to nine texts, some empty, up to 300 KB; of words, or of noise that can't be made smaller.
    private static List<byte[]> Texts(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, random.Next(10)).Select(_ => Text(random))];
    }

    private static byte[] Text(Random random)
    {
        var text = new byte[random.Next(5) switch { 0 => 0, 1 => random.Next(300_001), _ => random.Next(20_000) }];
        if (random.Next(2) == 0) random.NextBytes(text);
        else random.GetItems("<p>Harga beras </p>"u8, text);
        return text;
    }

    private static byte[] Written(Action<IBufferWriter<byte>> write)
    {
        var writer = new ArrayBufferWriter<byte>();
        write(writer);
        return writer.WrittenSpan.ToArray();
    }

    private static byte[] Unzipped(byte[] gzip)
    {
        using var text = new MemoryStream();
        using var gunzip = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
        gunzip.CopyTo(text);
        return text.ToArray();
    }
}

/// <summary>A test that has the program gzip judge.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GzipFactAttribute : FactAttribute
{
    public GzipFactAttribute() =>
        Skip = Requirements.InCI || Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "gzip"))) ? null : "The program gzip is not here";

    public static (int Exit, byte[] Output) Run(string option, string file)
    {
        using var gzip = Process.Start(new ProcessStartInfo("gzip", [option]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        // By its standard input: gzip would judge a file by its name.
        var fed = Task.Run(() =>
        {
            gzip.StandardInput.BaseStream.Write(File.ReadAllBytes(file));
            gzip.StandardInput.Close();
        });
        using var output = new MemoryStream();
        gzip.StandardOutput.BaseStream.CopyTo(output);
        fed.Wait();
        gzip.WaitForExit();
        return (gzip.ExitCode, output.ToArray());
    }
}
