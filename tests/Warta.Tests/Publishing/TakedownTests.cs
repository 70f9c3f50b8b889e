using Warta.Content;
using Warta.Engines;
using Warta.Publishing;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Publishing;

public sealed class TakedownTests
{
    [OnBothEngines]
    public void A_takedown_reaches_every_title_and_its_undoing_brings_both_back(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var second = newsroom.AddTitle("daerah");
        var article = newsroom.Publish("Fitnah", "Isi");
        newsroom.Publish(article, second);
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        Assert.Equal([newsroom.Title, second], newsroom.Do(act => act.TakeDown(article, " Tidak benar. ")));
        Assert.Null(newsroom.Live(article));
        Assert.Null(newsroom.Live(article, second));
        Assert.Empty(newsroom.Search("fitnah"));
        Assert.Equal("Tidak benar.", newsroom.Value<string>("SELECT reason FROM takedowns"));
        Assert.Contains("Undo the takedown", Assert.Throws<PublishingException>(() => newsroom.Publish(article)).Message, StringComparison.Ordinal);
        Assert.Contains("already", Assert.Throws<PublishingException>(() => newsroom.Do(act => act.TakeDown(article, "Lagi."))).Message, StringComparison.Ordinal);

        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        Assert.Equal([newsroom.Title, second], newsroom.Do(act => act.UndoTakedown(article)));
        Assert.Equal(TestNewsroom.Start, newsroom.Live(article)!.FirstPublishedAt);
        Assert.NotNull(newsroom.Live(article, second));
        Assert.Equal([article], newsroom.Search("fitnah"));
        Assert.Contains("nothing to undo", Assert.Throws<PublishingException>(() => newsroom.Do(act => act.UndoTakedown(article))).Message, StringComparison.Ordinal);
    }

    [OnBothEngines]
    public void Undoing_brings_back_only_where_the_story_was_live(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var second = newsroom.AddTitle("daerah");
        var article = newsroom.Publish("Fitnah", "Isi");
        newsroom.Publish(article, second);
        newsroom.Do(act => act.WithdrawStory(article, second));
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        newsroom.Do(act => act.TakeDown(article, "Tidak benar."));
        newsroom.Do(act => act.UndoTakedown(article));
        Assert.NotNull(newsroom.Live(article));
        Assert.Null(newsroom.Live(article, second));
    }

    [OnBothEngines]
    public void A_takedown_needs_a_reason(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = newsroom.Publish("Fitnah", "Isi");
        Assert.Contains("needs a reason", Assert.Throws<ContentException>(() => newsroom.Do(act => act.TakeDown(article, "  "))).Message, StringComparison.Ordinal);
        Assert.Contains("1001 characters", Assert.Throws<ContentException>(() => newsroom.Do(act => act.TakeDown(article, new string('x', 1001)))).Message, StringComparison.Ordinal);
        Assert.NotNull(newsroom.Live(article));
    }
}
