using Warta.Content;
using Warta.Discovery;
using Warta.Engines;
using Warta.Publishing;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Discovery;

public sealed class RelatedChoicesTests
{
    private const string Quake = "Gempa mengguncang Lombok; ratusan rumah warga rusak, kata Budiman dari badan bencana.";

    [OnBothEngines]
    public void Pins_stand_first_in_their_order_and_bans_never(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var (story, found, far) = Stories(newsroom);
        Assert.Equal(found, Shown(newsroom, story));
        Choose(newsroom, story, [far, found[2]], [found[0]]);
        Assert.Equal([far, found[2], found[1]], Shown(newsroom, story));
        newsroom.Do(act => act.ChooseOne(newsroom.Title, story, found[0], isPin: true, "Latar"));
        Assert.Equal([far, found[2], found[0], found[1]], Shown(newsroom, story));
        newsroom.Do(act => act.ClearRelatedChoices(newsroom.Title, story, far));
        Assert.Equal([found[2], found[0], found[1]], Shown(newsroom, story));
        newsroom.Do(act => act.ClearRelatedChoices(newsroom.Title, story, null));
        Assert.Equal(found, Shown(newsroom, story));
        Assert.Throws<PublishingException>(() => newsroom.Do(act => act.ClearRelatedChoices(newsroom.Title, story, null)));
        Assert.Equal(4, newsroom.Value<long>("SELECT count(*) FROM audit WHERE verb = 'related-chosen'"));
    }

    [OnBothEngines]
    public void A_pin_and_a_ban_outlive_a_recomputation(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var (story, found, far) = Stories(newsroom);
        Choose(newsroom, story, [far], [found[0]]);
        newsroom.Save(newsroom.Draft("Gempa lagi", Quake + " Warga mengungsi."), story);
        newsroom.Publish(story);
        newsroom.Restart();
        Assert.Equal(far, Shown(newsroom, story)[0]);
        Assert.DoesNotContain(found[0], Shown(newsroom, story));
    }

    [OnBothEngines]
    public void A_pinned_story_that_is_gone_is_left_out_and_back_with_it(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var (story, found, far) = Stories(newsroom);
        Choose(newsroom, story, [far], []);
        newsroom.Do(act => act.WithdrawStory(far));
        Assert.Equal(found, Shown(newsroom, story));
        Assert.Equal(StoryState.Withdrawn, newsroom.Database.Read(session => StoryState.Of(session, newsroom.Title, [far]))[far].State);
        newsroom.Publish(far);
        Assert.Equal(far, Shown(newsroom, story)[0]);
        newsroom.Do(act => act.TakeDown(far, "Salah."));
        Assert.Equal(StoryState.TakenDown, newsroom.Database.Read(session => StoryState.Of(session, newsroom.Title, [far]))[far].State);
        newsroom.Do(act => act.PurgeStory(far, "Hukum."));
        Assert.Empty(newsroom.Query<long>("SELECT target_id FROM related_choices"));
    }

    [OnBothEngines]
    public void A_ban_holds_for_the_near_duplicates_of_the_banned_story(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var text = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"kata{(char)('a' + i % 26)}{(char)('a' + i / 26)}")) + " " + Quake;
        var (one, two) = (newsroom.Publish("Satu", text), newsroom.Publish("Dua", text));
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        var story = newsroom.Publish("Gempa", Quake);
        Assert.Single(Shown(newsroom, story));
        Choose(newsroom, story, [], [one]);
        Assert.Empty(Shown(newsroom, story));
        Choose(newsroom, story, [two], [one]);
        Assert.Equal([two], Shown(newsroom, story));
    }

    [OnBothEngines]
    public void What_can_t_be_chosen_is_refused(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var (story, found, far) = Stories(newsroom);
        var paid = newsroom.Publish(newsroom.Draft("Iklan", "Isi") with { Kind = ArticleKind.Advertorial });
        foreach (var (pins, bans) in ((long[], long[])[])[([story], []), ([far, far], []), ([far], [far]), ([paid], []), ([987_654], []), ([], [.. Enumerable.Range(1, 51).Select(i => (long)i)])])
            Assert.ThrowsAny<ContentException>(() => Choose(newsroom, story, pins, bans));
        Assert.Equal(found, Shown(newsroom, story));
    }

    private static (long Story, List<long> Found, long Far) Stories(TestNewsroom newsroom)
    {
        var far = newsroom.Publish("Resep soto", "Kuah kuning dengan serai dan daun jeruk.");
        var found = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            newsroom.Clock.Pass(TimeSpan.FromHours(3));
            found.Insert(0, newsroom.Publish($"Gempa {(char)('a' + i)}", Quake));
        }

        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        return (newsroom.Publish("Gempa Lombok", Quake), found, far);
    }

    private static void Choose(TestNewsroom newsroom, long story, IEnumerable<long> pins, IEnumerable<long> bans) =>
        newsroom.Do(act => act.SetRelatedChoices(newsroom.Title, story, [.. pins.Select(id => new RelatedChoices.Choice(id))], [.. bans.Select(id => new RelatedChoices.Choice(id))]));

    private static List<long> Shown(TestNewsroom newsroom, long story) => newsroom.Database.Read(session => Related.Of(session, newsroom.Title, story).Select(s => s.ArticleId).ToList());
}
