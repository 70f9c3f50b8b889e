using Warta.Engines;
using Warta.Publishing;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Publishing;

public sealed class ScheduleReleaseTests
{
    private static readonly DateTimeOffset Noon = new(2024, 12, 2, 5, 0, 0, TimeSpan.Zero);

    [OnBothEngines]
    public void A_release_in_time_bears_the_time_it_was_scheduled_for(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = Scheduled(newsroom);
        Assert.Empty(newsroom.Press.ReleaseDue());
        newsroom.Clock.Now = Noon.AddSeconds(12);
        var released = Assert.Single(newsroom.Press.ReleaseDue());
        Assert.Equal((article, TimeSpan.Zero, null), (released.ArticleId, released.LateBy, released.Failure));
        Assert.Equal((Noon, Noon), (newsroom.Live(article)!.FirstPublishedAt, newsroom.Live(article)!.UpdatedAt));
        Assert.Equal(0, newsroom.Value<long>("SELECT late_ms FROM releases"));
        Assert.Empty(newsroom.Press.ReleaseDue());
    }

    [OnBothEngines]
    public void A_late_release_bears_its_own_time_and_is_marked(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = Scheduled(newsroom);
        newsroom.Restart();
        newsroom.Clock.Now = Noon.AddMinutes(7);
        Assert.Equal(TimeSpan.FromMinutes(7), Assert.Single(newsroom.Press.ReleaseDue()).LateBy);
        Assert.Equal(Noon.AddMinutes(7), newsroom.Live(article)!.FirstPublishedAt);
        Assert.Equal(420_000, newsroom.Value<long>("SELECT late_ms FROM releases"));
    }

    [OnBothEngines]
    public void A_cancelled_release_does_not_go_out(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = Scheduled(newsroom);
        newsroom.Do(act => act.WithdrawStory(article));
        newsroom.Clock.Now = Noon;
        Assert.Empty(newsroom.Press.ReleaseDue());
        Assert.Null(newsroom.Live(article));
    }

    [OnBothEngines]
    public void A_story_taken_down_while_it_waits_does_not_go_out(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = Scheduled(newsroom);
        newsroom.Do(act => act.TakeDown(article, "Salah."));
        newsroom.Clock.Now = Noon;
        Assert.Empty(newsroom.Press.ReleaseDue());
        Assert.Null(newsroom.Live(article));
        Assert.Contains("taken down", Assert.Throws<PublishingException>(() => newsroom.Do(act => act.Schedule(article, newsroom.Title, Noon.AddDays(1)))).Message, StringComparison.Ordinal);
    }

    [OnBothEngines]
    public void A_new_time_takes_the_place_of_the_old_one(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = Scheduled(newsroom);
        newsroom.Do(act => act.Schedule(article, newsroom.Title, Noon.AddHours(1)));
        newsroom.Clock.Now = Noon;
        Assert.Empty(newsroom.Press.ReleaseDue());
        newsroom.Clock.Now = Noon.AddHours(1);
        Assert.Single(newsroom.Press.ReleaseDue());
    }

    [OnBothEngines]
    public void A_story_published_by_hand_does_not_go_out_again(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = Scheduled(newsroom);
        newsroom.Publish(article);
        newsroom.Clock.Now = Noon;
        Assert.Empty(newsroom.Press.ReleaseDue());
        Assert.Equal(TestNewsroom.Start, newsroom.Live(article)!.FirstPublishedAt);
    }

    [OnBothEngines]
    public void A_story_is_not_scheduled_before_its_embargo_ends(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = newsroom.Save(newsroom.Draft("Rahasia", "Isi") with { EmbargoedUntil = Noon });
        var e = Assert.Throws<PublishingException>(() => newsroom.Do(act => act.Schedule(article, newsroom.Title, Noon.AddSeconds(-1))));
        Assert.Contains("under embargo until 2024-12-02T12:00:00+07:00", e.Message, StringComparison.Ordinal);
        newsroom.Do(act => act.Schedule(article, newsroom.Title, Noon));
        newsroom.Clock.Now = Noon;
        Assert.Null(Assert.Single(newsroom.Press.ReleaseDue()).Failure);
    }

    [OnBothEngines]
    public void A_release_that_fails_says_why_and_does_not_hold_up_the_others(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var draft = newsroom.Draft("Rahasia", "Isi");
        var embargoed = newsroom.Save(draft);
        newsroom.Do(act => act.Schedule(embargoed, newsroom.Title, Noon));
        newsroom.Save(draft with { EmbargoedUntil = Noon.AddDays(1) }, embargoed);
        var other = Scheduled(newsroom);
        newsroom.Clock.Now = Noon;
        var released = newsroom.Press.ReleaseDue();
        Assert.Equal(2, released.Count);
        Assert.Contains("under embargo", released.Single(r => r.ArticleId == embargoed).Failure, StringComparison.Ordinal);
        Assert.Null(newsroom.Live(embargoed));
        Assert.NotNull(newsroom.Live(other));
        Assert.Contains("under embargo", newsroom.Value<string>("SELECT failure FROM releases WHERE article_id = @embargoed", new { embargoed }), StringComparison.Ordinal);
        Assert.Empty(newsroom.Press.ReleaseDue());
    }

    private static long Scheduled(TestNewsroom newsroom)
    {
        var article = newsroom.Write("Nanti Siang", "Isi");
        newsroom.Do(act => act.Schedule(article, newsroom.Title, Noon));
        return article;
    }
}
