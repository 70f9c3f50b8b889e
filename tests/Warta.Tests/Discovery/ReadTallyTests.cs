using Warta.Discovery;
using Warta.Engines;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Discovery;

public sealed class ReadTallyTests
{
    [OnBothEngines]
    public void Of_100_000_reads_by_eight_threads_none_is_lost_while_they_are_counted(EngineKind engine)
    {
        const int Threads = 8, Each = 12_500, Ahead = 20_000;
        using var newsroom = new TestNewsroom(engine);
        using var reads = newsroom.OpenReads();
        var (mostRead, tally) = Open(newsroom, reads);
        var stories = Enumerable.Range(1, 5).Select(i => newsroom.Publish($"Berita {i}", "Isi")).ToList();
        var added = 0L;
        var threads = Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                tally.Add(Read(newsroom, stories[(i + thread) % stories.Count]));
                // A ring has room for what comes between two turns; so the threads don't run further ahead.
                Interlocked.Increment(ref added);
                while (Interlocked.Read(ref added) - tally.Counted > Ahead) Thread.Yield();
            }
        })).ToList();

        threads.ForEach(thread => thread.Start());
        while (threads.Any(thread => thread.IsAlive)) tally.Fold(newsroom.Clock.Now);
        tally.Fold(newsroom.Clock.Now);

        mostRead.Flush(newsroom.Clock.Now);
        Assert.Equal((Threads * Each, 0L, 0L), (tally.Counted, tally.Refused, tally.Dropped));
        Assert.Equal(Enumerable.Repeat(Threads * (long)Each / stories.Count, stories.Count), reads.Read(session => session.Query<long>("SELECT reads FROM read_sums")));
    }

    [OnBothEngines]
    public void What_there_is_no_room_for_is_dropped_and_said_so(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        using var reads = newsroom.OpenReads();
        var (_, tally) = Open(newsroom, reads);
        var story = newsroom.Publish("Berita", "Isi");
        const int Flood = 100_000;
        for (var turn = 0; turn < 2; turn++)
        {
            for (var i = 0; i < Flood * Environment.ProcessorCount; i++) tally.Add(Read(newsroom, story));
            tally.Fold(newsroom.Clock.Now);
        }

        Assert.True(tally.Dropped > 0);
        Assert.True(tally.Counted > 0);
        Assert.Equal(2L * Flood * Environment.ProcessorCount, tally.Counted + tally.Dropped);
    }

    [Fact]
    public void While_the_database_is_away_reads_wait_for_it_but_only_so_many()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        using var reads = newsroom.OpenReads();
        var (mostRead, tally) = Open(newsroom, reads);
        var story = newsroom.Publish("Berita", "Isi");
        tally.Add(Read(newsroom, story));

        Away(newsroom, () =>
        {
            tally.Fold(newsroom.Clock.Now);
            for (var round = 0; round < 22; round++)
            {
                for (var i = 0; i < 10_000; i++) tally.Add(Read(newsroom, 1_000_000 + 10_000 * round + i));
                tally.Add(Read(newsroom, story));
                tally.Fold(newsroom.Clock.Now);
            }

            Assert.Empty(mostRead.Order(newsroom.Title));
            Assert.Equal((0L, 0L, 20_023L), (tally.Counted, tally.Refused, tally.Dropped));
        });

        tally.Fold(newsroom.Clock.Now);
        Assert.Equal([story], mostRead.Order(newsroom.Title));
        Assert.Equal((20L, 199_980L, 20_023L), (tally.Counted, tally.Refused, tally.Dropped));
    }

    /// <summary>The database's file is gone, and the connection that stood ready is in use.</summary>
    private static void Away(TestNewsroom newsroom, Action work) => newsroom.Database.Read(_ =>
    {
        var file = newsroom.Folder.DatabaseFile(Migrator.Main);
        File.Move(file, file + ".away");
        Assert.Throws<StorageException>(() => newsroom.Database.Read(session => session.Value<long>("SELECT 1")));
        work();
        File.Move(file + ".away", file);
        return 0;
    });

    /// <summary>By a reader who has read nothing yet, all of one network.</summary>
    internal static ReadReport Read(TestNewsroom newsroom, long story) => new(newsroom.Title, story, (ulong)Interlocked.Increment(ref _readers), 1);

    private static long _readers;

    internal static (MostRead, ReadTally) Open(TestNewsroom newsroom, Database reads)
    {
        var mostRead = new MostRead(reads, "a", newsroom.Clock.Now);
        return (mostRead, new ReadTally(newsroom.Database, mostRead));
    }
}

/// <summary>What is measured of the whole process is measured while nothing else runs in it.</summary>
[Collection(Alone.Name)]
public sealed class ReadTallyMemoryTests
{
    [OnBothEngines]
    public void A_flood_of_stories_that_are_not_there_takes_no_memory(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        using var reads = newsroom.OpenReads();
        var (mostRead, tally) = ReadTallyTests.Open(newsroom, reads);
        var story = newsroom.Publish("Berita", "Isi");
        Flood(0);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var round = 1; round <= 10; round++) Flood(round);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 2 << 20);
        Assert.Equal([story], mostRead.Order(newsroom.Title));
        Assert.Equal((11L, 11 * 20_000L), (tally.Counted, tally.Refused));

        void Flood(int round)
        {
            tally.Add(ReadTallyTests.Read(newsroom, story));
            for (var i = 0; i < 20_000; i++) tally.Add(ReadTallyTests.Read(newsroom, 1_000_000L * (round + 1) + i) with { TitleId = i % 2 == 0 ? newsroom.Title : 77 });
            tally.Fold(newsroom.Clock.Now);
        }
    }
}
