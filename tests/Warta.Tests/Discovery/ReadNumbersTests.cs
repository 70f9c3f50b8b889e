using Warta.Discovery;
using Warta.Engines;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Discovery;

/// <summary>What editors are told of reads: this hour by minute, the days before by hour, and what led there.</summary>
public sealed class ReadNumbersTests
{
    private static readonly long Related = BlockName.Pack("related");
    private long _readers = 1_000;

    [OnBothEngines]
    public void A_read_is_counted_with_what_led_there_and_a_restart_goes_on_with_the_hour(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        using var reads = newsroom.OpenReads();
        var (source, target) = (newsroom.Publish("Sumber", "Isi"), newsroom.Publish("Tujuan", "Isi"));
        var tally = Open(newsroom, reads, "a");
        foreach (var from in (long[])[source, source, 0]) tally.Add(Read(newsroom, target, from, Related));
        tally.Add(Read(newsroom, target));
        Fold(newsroom, tally);
        // Written twice it adds nothing.
        tally.Hours.Flush(newsroom.Clock.Now);
        Assert.Equal([(0, "", 1L), (0, "related", 1L), (source, "related", 2L)], Of(newsroom, tally, target));

        tally = Open(newsroom, reads, "a");
        tally.Add(Read(newsroom, target, source, Related));
        Fold(newsroom, tally);
        Assert.Equal((source, "related", 3L), Of(newsroom, tally, target)[^1]);
        var led = Assert.Single(tally.Hours.LedFrom(newsroom.Title, [source], ReadHours.HourOf(newsroom.Clock.Now)));
        Assert.Equal((target, source, "related", 3L), (led.ArticleId, led.From, led.Block, led.Reads));
        Assert.Equal(5, tally.Hours.ReadsOf(newsroom.Title, [target], ReadHours.HourOf(newsroom.Clock.Now))[target]);
    }

    [OnBothEngines]
    public void Nodes_add_up_and_old_hours_go(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        using var reads = newsroom.OpenReads();
        var story = newsroom.Publish("Cerita", "Isi");
        var since = ReadHours.HourOf(newsroom.Clock.Now);
        foreach (var node in (string[])["a", "b"])
        {
            var tally = Open(newsroom, reads, node);
            tally.Add(Read(newsroom, story));
            Fold(newsroom, tally);
        }

        newsroom.Clock.Now += TimeSpan.FromHours(2);
        var later = Open(newsroom, reads, "a");
        later.Add(Read(newsroom, story));
        Fold(newsroom, later);
        Assert.Equal([(since, 2L), (since + 2, 1L)], later.Hours.Of(newsroom.Title, story, since).Select(row => (row.Hour, row.Reads)));

        newsroom.Clock.Now += ReadHours.Kept;
        later.Hours.Flush(newsroom.Clock.Now);
        Assert.Equal([since + 2], later.Hours.Of(newsroom.Title, story, since).Select(row => row.Hour));
    }

    [Fact]
    public void What_can_not_have_led_there_is_not_believed_and_the_read_counts_all_the_same()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        using var reads = newsroom.OpenReads();
        var story = newsroom.Publish("Cerita", "Isi");
        var tally = Open(newsroom, reads, "a");
        foreach (var (from, block) in (IEnumerable<(long, long)>)[(story, Related), (987_654, BlockName.Pack("karangan")), (-1, 0), (987_654, Related)]) tally.Add(Read(newsroom, story, from, block));
        Fold(newsroom, tally);
        Assert.Equal([(0, "", 3L), (0, "related", 1L)], Of(newsroom, tally, story));
    }

    [Fact]
    public void Minutes_pass_and_who_reads_twice_is_here_but_reads_once()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        using var reads = newsroom.OpenReads();
        var (first, second) = (newsroom.Publish("Pertama", "Isi"), newsroom.Publish("Kedua", "Isi"));
        var tally = Open(newsroom, reads, "a");
        var again = Read(newsroom, first);
        tally.Add(again);
        Fold(newsroom, tally);
        newsroom.Clock.Now += TimeSpan.FromMinutes(3);
        tally.Add(again);
        tally.Add(Read(newsroom, second, first, Related));
        Fold(newsroom, tally);
        var look = tally.Now.Of(newsroom.Title, newsroom.Clock.Now);
        Assert.Equal((2, 2), ((int)look.Readers, look.Stories.Count));
        Assert.Equal((1, 1, 2), (look.PerMinute[^1], look.PerMinute[^4], look.PerMinute.Sum()));
        Assert.Equal((1, 1), (look.Blocks["related"], look.Blocks[""]));

        newsroom.Clock.Now += TimeSpan.FromMinutes(10);
        Assert.Equal((0, 2), ((int)tally.Now.Of(newsroom.Title, newsroom.Clock.Now).Readers, tally.Now.Of(newsroom.Title, newsroom.Clock.Now).PerMinute.Sum()));
        newsroom.Clock.Now += TimeSpan.FromHours(1);
        Assert.Equal(0, tally.Now.Of(newsroom.Title, newsroom.Clock.Now).PerMinute.Sum());
    }

    [Fact]
    public void A_story_that_is_read_faster_than_before_rises_and_few_reads_say_nothing()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        using var reads = newsroom.OpenReads();
        var (rising, falling, rare) = (newsroom.Publish("Naik", "Isi"), newsroom.Publish("Turun", "Isi"), newsroom.Publish("Jarang", "Isi"));
        var mostRead = new MostRead(reads, "a", newsroom.Clock.Now);
        for (var minute = 0; minute < 180; minute++)
        {
            mostRead.Count(newsroom.Title, rising, newsroom.Clock.Now, minute < 165 ? 1 : 10);
            if (minute < 150) mostRead.Count(newsroom.Title, falling, newsroom.Clock.Now, 5);
            newsroom.Clock.Now += TimeSpan.FromMinutes(1);
        }

        mostRead.Count(newsroom.Title, rare, newsroom.Clock.Now, 2);
        var speeds = mostRead.Speeds(newsroom.Title, [rising, falling, rare, 987_654], newsroom.Clock.Now);
        Assert.Equal((true, true, (double?)null, 3), (speeds[rising].IsRising, speeds[falling].IsFalling, speeds[rare].Trend, speeds.Count));
        Assert.InRange(speeds[rising].PerMinute, 3, 11);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(3_000)]
    [InlineData(250_000)]
    public void Different_readers_are_estimated_to_a_few_percent(int readers)
    {
        var (some, others) = (new Distinct(), new Distinct());
        for (var i = 0; i < readers; i++)
        {
            var hash = SipHash(i);
            (i % 2 == 0 ? some : others).Add(hash);
            some.Add(hash);
        }

        some.Add(others);
        Assert.InRange(some.Count, Math.Floor(readers * 0.95), Math.Ceiling(readers * 1.05));

        // Splitmix64: numbers in a row become numbers that look drawn.
        static ulong SipHash(int i)
        {
            var z = (ulong)i * 0x9E3779B97F4A7C15 + 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    private static List<(long From, string Block, long Reads)> Of(TestNewsroom newsroom, ReadTally tally, long story) =>
        tally.Hours.Of(newsroom.Title, story, ReadHours.HourOf(newsroom.Clock.Now)).Select(row => (row.From, row.Block, row.Reads)).Order().ToList();

    private static ReadTally Open(TestNewsroom newsroom, Database reads, string node) => new(newsroom.Database, new MostRead(reads, node, newsroom.Clock.Now));

    private ReadReport Read(TestNewsroom newsroom, long story, long from = 0, long block = 0)
    {
        _readers++;
        return new ReadReport(newsroom.Title, story, (ulong)_readers * 0x9E3779B97F4A7C15, (ulong)_readers, from, block);
    }

    private static void Fold(TestNewsroom newsroom, ReadTally tally)
    {
        tally.Fold(newsroom.Clock.Now);
        tally.Hours.Flush(newsroom.Clock.Now);
    }
}
