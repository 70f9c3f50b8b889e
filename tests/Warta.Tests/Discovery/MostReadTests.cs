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
    public void The_most_read_story_is_first_and_reads_fade_by_half_each_half_life(EngineKind engine)
    {
        using var newsroom = new Newsroom(engine);
        using var reads = newsroom.OpenReads();
        var mostRead = Open(newsroom, reads);
        var (old, now) = (newsroom.Publish("Lama", "Isi"), newsroom.Publish("Baru", "Isi"));
        Count(newsroom, mostRead, old, 7);
        newsroom.Clock.Pass(Hour);
        Count(newsroom, mostRead, now, 3);
        // 7 reads of an hour ago weigh 3½.
        Assert.Equal([old, now], mostRead.Order(newsroom.Title));
        Count(newsroom, mostRead, now, 1);
        Assert.Equal([now, old], mostRead.Order(newsroom.Title));
    }

    [OnBothEngines]
    public void A_title_has_its_own_half_life(EngineKind engine)
    {
        using var newsroom = new Newsroom(engine);
        using var reads = newsroom.OpenReads();
        var mostRead = new MostRead(reads, _ => TimeSpan.FromHours(2), "a", newsroom.Clock.Now);
        var (old, now) = (newsroom.Publish("Lama", "Isi"), newsroom.Publish("Baru", "Isi"));
        Count(newsroom, mostRead, old, 7);
        newsroom.Clock.Pass(2 * Hour);
        Count(newsroom, mostRead, now, 3);
        Assert.Equal([old, now], mostRead.Order(newsroom.Title));
    }

    [OnBothEngines]
    public void A_restart_keeps_the_order(EngineKind engine)
    {
        using var newsroom = new Newsroom(engine);
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
        using var newsroom = new Newsroom(engine);
        using var reads = newsroom.OpenReads();
        var mostRead = Open(newsroom, reads);
        Count(newsroom, mostRead, 1, 5);
        mostRead.Flush(newsroom.Clock.Now);
        mostRead.Flush(newsroom.Clock.Now);
        Count(newsroom, mostRead, 1, 1);
        mostRead.Flush(newsroom.Clock.Now);
        mostRead.Flush(newsroom.Clock.Now.AddMinutes(1));
        Assert.Equal((1L, 6L, 6.0), reads.Read(session => session.First<(long, long, double)>("SELECT count(*), CAST(sum(reads) AS BIGINT), sum(score) FROM read_scores")), Close);
        Assert.Equal(2, reads.Read(session => session.Value<long>("SELECT count(*) FROM read_batches")));
    }

    [OnBothEngines]
    public void Two_nodes_that_restart_count_each_others_reads_once(EngineKind engine)
    {
        using var newsroom = new Newsroom(engine);
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

        Assert.Equal((2L, 6L, 6.0), reads.Read(session => session.First<(long, long, double)>("SELECT count(*), CAST(sum(reads) AS BIGINT), sum(score) FROM read_scores")), Close);
    }

    [OnBothEngines]
    public void A_list_that_was_not_flushed_for_35_minutes_is_empty(EngineKind engine)
    {
        using var newsroom = new Newsroom(engine);
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
        using var newsroom = new Newsroom(engine);
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

    private static MostRead Open(Newsroom newsroom, Database reads, string node = "a") => new(reads, _ => Hour, node, newsroom.Clock.Now);

    private static void Count(Newsroom newsroom, MostRead mostRead, long article, int times)
    {
        for (var i = 0; i < times; i++) mostRead.Count(newsroom.Title, article, newsroom.Clock.Now);
    }

    private static List<long> Stories(Newsroom newsroom, MostRead mostRead, Scope? scope = null, int count = 5) =>
        newsroom.Database.Read(session => mostRead.Stories(session, newsroom.Title, scope ?? Scope.Title, count, newsroom.Clock.Now)).ConvertAll(s => s.ArticleId);

    private static bool Close((long, long, double) a, (long, long, double) b) => a.Item1 == b.Item1 && a.Item2 == b.Item2 && Math.Abs(a.Item3 - b.Item3) < 0.02;
}
