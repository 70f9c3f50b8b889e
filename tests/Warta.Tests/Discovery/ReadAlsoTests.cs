using Warta.Content;
using Warta.Discovery;
using Warta.Engines;
using Warta.Publishing;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Discovery;

public sealed class ReadAlsoTests
{
    [OnBothEngines]
    public void A_read_also_follows_its_targets_headline_and_address(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var target = newsroom.Publish("Judul Lama", "Isi");
        var article = Linking(newsroom, new ReadAlsoBlock("r", target));
        Assert.Equal(("r", "Judul Lama", "berita"), Shown(newsroom, article));

        newsroom.Save(newsroom.Draft("Judul Baru", "Isi"), target);
        newsroom.Section("Daerah");
        newsroom.Do(act => act.Publish(target, newsroom.Title, sectionPath: "daerah"));
        Assert.Equal(("r", "Judul Baru", "daerah"), Shown(newsroom, article));
    }

    [OnBothEngines]
    public void A_read_also_is_gone_with_its_target_and_back_with_it(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var target = newsroom.Publish("Judul", "Isi");
        var article = Linking(newsroom, new ReadAlsoBlock("r", target));
        newsroom.Do(act => act.TakeDown(target, "Salah."));
        Assert.Null(Shown(newsroom, article));
        newsroom.Do(act => act.UndoTakedown(target));
        Assert.NotNull(Shown(newsroom, article));
        newsroom.Do(act => act.WithdrawStory(target));
        Assert.Null(Shown(newsroom, article));
        newsroom.Publish(target);
        Assert.NotNull(Shown(newsroom, article));
    }

    [OnBothEngines]
    public void A_pending_read_also_finds_its_target_when_it_arrives(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var byHeadline = Linking(newsroom, new ReadAlsoBlock("r", null, "Jokowi: “Kami Siap”"));
        var byUri = Linking(newsroom, new ReadAlsoBlock("r", null, "", "https://example.com/siap"));
        var byBoth = Linking(newsroom, new ReadAlsoBlock("r", null, "Judul yang diubah", "https://example.com/siap"));
        var never = Linking(newsroom, new ReadAlsoBlock("r", null, "Entah"));
        Assert.Equal(4, newsroom.Database.Read(ReadAlso.PendingCount));
        newsroom.Publish(newsroom.Draft("Jokowi: 'Kami siap'", "Isi") with { Uri = "https://example.com/siap" });
        Assert.All(new[] { byHeadline, byUri, byBoth }, id => Assert.Equal("Jokowi: 'Kami siap'", Shown(newsroom, id)?.Headline));
        Assert.Null(Shown(newsroom, never));
        var wanted = Assert.Single(newsroom.Database.Read(session => ReadAlso.Pending(session, 10, 0)));
        Assert.Equal((never, "r", "Entah", ""), (wanted.ArticleId, wanted.BlockId, wanted.Headline, wanted.Uri));
    }

    [OnBothEngines]
    public void A_read_also_finds_a_target_that_was_there_before(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var yesterday = newsroom.Publish("Harga Emas Hari Ini", "Isi");
        newsroom.Clock.Pass(TimeSpan.FromDays(1));
        var today = newsroom.Publish("Harga emas hari ini", "Isi");
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        var article = Linking(newsroom, new ReadAlsoBlock("r", null, "Harga emas hari ini!"));
        Assert.Equal(today, newsroom.Value<long>("SELECT target_id FROM read_alsos WHERE article_id = @article", new { article }));
        Assert.NotEqual(yesterday, today);
    }

    [OnBothEngines]
    public void A_story_does_not_link_to_itself(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = newsroom.Publish(newsroom.Draft("Judul", new ReadAlsoBlock("r", null, "Judul")));
        Assert.Null(Shown(newsroom, article));
    }

    [OnBothEngines]
    public void What_an_update_or_a_withdrawal_takes_away_is_no_longer_wanted(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var updated = Linking(newsroom, new ReadAlsoBlock("r", null, "Entah"));
        var withdrawn = Linking(newsroom, new ReadAlsoBlock("r", null, "Entah juga"));
        Assert.Equal(2, newsroom.Database.Read(ReadAlso.PendingCount));
        newsroom.Save(newsroom.Draft("Penaut", "Isi"), updated);
        newsroom.Publish(updated);
        newsroom.Do(act => act.WithdrawStory(withdrawn));
        Assert.Equal(0, newsroom.Database.Read(ReadAlso.PendingCount));
        Assert.Empty(newsroom.Database.Read(session => ReadAlso.Pending(session, 10, 0)));
        newsroom.Publish(withdrawn);
        Assert.Equal(1, newsroom.Database.Read(ReadAlso.PendingCount));
    }

    private static long Linking(TestNewsroom newsroom, ReadAlsoBlock block) => newsroom.Publish(newsroom.Draft("Penaut", [.. TestNewsroom.Paragraphs("Isi."), block]));

    private static (string BlockId, string Headline, string Section)? Shown(TestNewsroom newsroom, long article) =>
        newsroom.Database.Read(session => ReadAlso.Of(session, newsroom.Title, article)) is { Count: 1 } links ? links.Select(link => (link.Key, link.Value.Headline, link.Value.SectionPath)).Single() : null;
}
