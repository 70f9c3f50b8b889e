using Warta.Discovery;
using Warta.Engines;
using Warta.Publishing;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Discovery;

public sealed class MostReadTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [OnBothEngines]
    public void What_is_read_now_passes_what_was_read_more_an_hour_ago(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        using var reads = newsroom.OpenReads();
        var mostRead = Open(newsroom, reads);
        var (old, now) = (newsroom.Publish("Lama", "Isi"), newsroom.Publish("Baru", "Isi"));
        Count(newsroom, mostRead, old, 70);
        newsroom.Clock.Pass(Hour);
        Count(newsroom, mostRead, now, 3);
        Assert.Equal([old, now], mostRead.Order(newsroom.Title));
        Count(newsroom, mostRead, now, 17);
        Assert.Equal([now, old], mostRead.Order(newsroom.Title));
    }

    [OnBothEngines]
    public void A_day_of_50_reads_gives_a_list_that_one_late_read_does_not_turn_over(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        using var reads = newsroom.OpenReads();
        var mostRead = Open(newsroom, reads);
        // 20, 14, 9, 5 and 2 reads in turns over a day, the last of them of the least read.
        long[] shares = [20, 14, 9, 5, 2];
        for (var turn = 20; turn > 0; turn--)
        {
            for (var story = 1; story <= shares.Length; story++)
            {
                if (shares[story - 1] >= turn) Count(newsroom, mostRead, story, 1);
            }

            newsroom.Clock.Pass(TimeSpan.FromMinutes(72));
        }

        Assert.Equal([1, 2], mostRead.Order(newsroom.Title).Take(2).Order());
        newsroom.Clock.Pass(TimeSpan.FromDays(4));
        Count(newsroom, mostRead, 9, 1);
        // What nobody has read for days isn't there to fill the list up.
        Assert.Equal(9, mostRead.Order(newsroom.Title)[0]);
        Assert.True(mostRead.Order(newsroom.Title).Count < 6);
    }

    [OnBothEngines]
    public void The_fading_sums_are_those_of_an_exact_recount(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        using var reads = newsroom.OpenReads();
        var sums = new ReadSums();
        var random = new Random(3);
        var times = Enumerable.Range(0, 500).Select(_ => random.NextInt64(0, 86_400_000)).ToList();
        foreach (var time in times) sums.Add(time, 1);
        for (var step = 0; step < ReadSums.Count; step++)
        {
            var exact = times.Sum(time => Math.Pow(2, (time - times.Max()) / (60_000 * ReadSums.HalfLifeMinutes(step))));
            Assert.Equal(exact, sums.Sums[step], exact * 1e-9);
        }
    }

    [OnBothEngines]
    public void Nodes_see_each_others_reads_while_they_run(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        using var reads = newsroom.OpenReads();
        var (a, b) = (Open(newsroom, reads), Open(newsroom, reads, "b"));
        Count(newsroom, a, 1, 3);
        Count(newsroom, b, 2, 4);
        for (var turn = 0; turn < 3; turn++)
        {
            a.Flush(newsroom.Clock.Now);
            b.Flush(newsroom.Clock.Now);
            newsroom.Clock.Pass(TimeSpan.FromSeconds(10));
        }

        a.Flush(newsroom.Clock.Now);
        Assert.Equal([2, 1], a.Order(newsroom.Title));
        Assert.Equal([2, 1], b.Order(newsroom.Title));
        Count(newsroom, a, 1, 2);
        a.Flush(newsroom.Clock.Now);
        b.Flush(newsroom.Clock.Now);
        Assert.Equal([1, 2], b.Order(newsroom.Title));
    }

    [OnBothEngines]
    public void When_a_node_is_lost_the_others_list_has_nine_of_ten_of_an_exact_recount(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        using var reads = newsroom.OpenReads();
        var (a, b, exact) = (Open(newsroom, reads), Open(newsroom, reads, "b"), new Dictionary<long, ReadSums>());
        var random = new Random(11);
        for (var second = 0; second < 3_600; second++)
        {
            for (var i = 0; i < 4; i++)
            {
                var story = 1 + (long)(60 * Math.Pow(random.NextDouble(), 3));
                Count(newsroom, random.Next(2) == 0 ? a : b, story, 1);
                var sums = exact.GetValueOrDefault(story);
                sums.Add(newsroom.Clock.Now.ToUnixTimeMilliseconds(), 1);
                exact[story] = sums;
            }

            newsroom.Clock.Pass(TimeSpan.FromSeconds(1));
            // The last nine seconds of b are lost with it.
            if (second % 10 != 9 || second == 3_599) continue;
            a.Flush(newsroom.Clock.Now);
            b.Flush(newsroom.Clock.Now);
        }

        a.Flush(newsroom.Clock.Now);
        var at = newsroom.Clock.Now.ToUnixTimeMilliseconds();
        var recount = exact.OrderByDescending(e => e.Value.AsOf(at).Pace()).Take(10).Select(e => e.Key).ToList();
        Assert.InRange(a.Order(newsroom.Title).Take(10).Intersect(recount).Count(), 9, 10);
        // After a restart too, with what b had written.
        Assert.InRange(Open(newsroom, reads).Order(newsroom.Title).Take(10).Intersect(recount).Count(), 9, 10);
    }

    [OnBothEngines]
    public void A_restart_keeps_the_order(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        using var reads = newsroom.OpenReads();
        var mostRead = Open(newsroom, reads);
        var random = new Random(7);
        for (var i = 0; i < 400; i++)
        {
            mostRead.Count(newsroom.Title, random.Next(1, 60), newsroom.Clock.Now);
            newsroom.Clock.Pass(TimeSpan.FromSeconds(random.Next(60)));
            if (i % 97 == 0) mostRead.Flush(newsroom.Clock.Now);
        }

        mostRead.Flush(newsroom.Clock.Now);
        var order = mostRead.Order(newsroom.Title);
        newsroom.Clock.Pass(TimeSpan.FromMinutes(20));
        Assert.Equal(order, Open(newsroom, reads).Order(newsroom.Title));
    }

    [OnBothEngines]
    public void Flushing_twice_adds_nothing(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        using var reads = newsroom.OpenReads();
        var mostRead = Open(newsroom, reads);
        Count(newsroom, mostRead, 1, 5);
        mostRead.Flush(newsroom.Clock.Now);
        mostRead.Flush(newsroom.Clock.Now);
        Count(newsroom, mostRead, 1, 1);
        mostRead.Flush(newsroom.Clock.Now);
        mostRead.Flush(newsroom.Clock.Now.AddMinutes(1));
        Assert.Equal((1L, 6L, 6.0), reads.Read(session => session.First<(long, long, double)>("SELECT count(*), CAST(sum(reads) AS BIGINT), sum(sum1) FROM read_sums")), Close);
        Assert.Equal(2, reads.Read(session => session.Value<long>("SELECT count(*) FROM read_batches")));
    }

    [OnBothEngines]
    public void Two_nodes_that_restart_count_each_others_reads_once(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        using var reads = newsroom.OpenReads();
        for (var round = 0; round < 3; round++)
        {
            foreach (var node in new[] { "a", "b" })
            {
                var mostRead = Open(newsroom, reads, node);
                Count(newsroom, mostRead, 1, 1);
                mostRead.Flush(newsroom.Clock.Now);
                newsroom.Clock.Pass(TimeSpan.FromSeconds(1));
            }
        }

        Assert.Equal((2L, 6L, 6.0), reads.Read(session => session.First<(long, long, double)>("SELECT count(*), CAST(sum(reads) AS BIGINT), sum(sum1) FROM read_sums")), Close);
    }

    [OnBothEngines]
    public void A_list_that_was_not_flushed_for_35_minutes_is_empty(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        using var reads = newsroom.OpenReads();
        var mostRead = Open(newsroom, reads);
        var article = newsroom.Publish("Berita", "Isi");
        Count(newsroom, mostRead, article, 1);
        newsroom.Clock.Pass(TimeSpan.FromMinutes(35));
        Assert.Equal([article], Stories(newsroom, mostRead));
        newsroom.Clock.Pass(TimeSpan.FromSeconds(1));
        Assert.True(mostRead.IsStale(newsroom.Clock.Now));
        Assert.Empty(Stories(newsroom, mostRead));
        mostRead.Flush(newsroom.Clock.Now);
        Assert.Equal([article], Stories(newsroom, mostRead));
    }

    [OnBothEngines]
    public void Only_live_stories_of_the_scope_are_shown_and_the_list_fills_up(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        using var reads = newsroom.OpenReads();
        var mostRead = Open(newsroom, reads);
        var league = newsroom.Section("Bola/Liga 1");
        var articles = Enumerable.Range(0, 60).Select(i => newsroom.Publish(newsroom.Draft($"Berita {i}", "Isi") with { SectionId = i % 2 == 0 ? newsroom.Berita : league, Language = i % 3 == 0 ? "en" : "id" })).ToList();
        for (var i = 0; i < articles.Count; i++) Count(newsroom, mostRead, articles[i], articles.Count - i);
        Count(newsroom, mostRead, 9_999, 500);
        newsroom.Do(act => act.TakeDown(articles[0], "Salah."));
        newsroom.Do(act => act.WithdrawStory(articles[1]));
        Assert.Equal(articles.Skip(2).Take(5), Stories(newsroom, mostRead));
        Assert.Equal(articles.Where((_, i) => i > 1 && i % 2 == 1).Take(5), Stories(newsroom, mostRead, new Scope("bola", null)));
        Assert.Equal(articles.Where((_, i) => i > 1 && i % 3 == 0).Take(5), Stories(newsroom, mostRead, new Scope(null, "en")));
        Assert.Equal(58, Stories(newsroom, mostRead, count: 100).Count);
    }

    private static MostRead Open(TestNewsroom newsroom, Database reads, string node = "a") => new(reads, node, newsroom.Clock.Now);

    private static void Count(TestNewsroom newsroom, MostRead mostRead, long article, int times)
    {
        for (var i = 0; i < times; i++) mostRead.Count(newsroom.Title, article, newsroom.Clock.Now);
    }

    private static List<long> Stories(TestNewsroom newsroom, MostRead mostRead, Scope? scope = null, int count = 5) =>
        newsroom.Database.Read(session => mostRead.Stories(session, newsroom.Title, scope ?? Scope.Title, count, newsroom.Clock.Now)).ConvertAll(s => s.ArticleId);

    private static bool Close((long, long, double) a, (long, long, double) b) => a.Item1 == b.Item1 && a.Item2 == b.Item2 && Math.Abs(a.Item3 - b.Item3) < 0.02;
}
