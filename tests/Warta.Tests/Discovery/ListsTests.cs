using Warta.Content;
using Warta.Discovery;
using Warta.Engines;
using Warta.Publishing;
using Warta.Search;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Discovery;

public sealed class ListsTests
{
    [OnBothEngines]
    public void Picks_stand_in_the_editors_order_from_and_until_their_times(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var (a, b, c) = (newsroom.Publish("A", "Isi"), newsroom.Publish("B", "Isi"), newsroom.Publish("C", "Isi"));
        var later = newsroom.Write("Nanti", "Isi");
        newsroom.Do(act => act.ReplacePicks(newsroom.Title, 0, [new(later), new(c), new(a, Until: TestNewsroom.Start.AddHours(2)), new(b, From: TestNewsroom.Start.AddHours(1))]));
        Assert.Equal([c, a], Picked(newsroom));
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        Assert.Equal([c, a, b], Picked(newsroom));
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        Assert.Equal([c, b], Picked(newsroom));
        newsroom.Publish(later);
        Assert.Equal([later, c, b], Picked(newsroom));
        Assert.Empty(Picked(newsroom, newsroom.Berita));
    }

    [OnBothEngines]
    public void A_replaced_list_of_picks_is_kept(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var (a, b) = (newsroom.Publish("A", "Isi"), newsroom.Publish("B", "Isi"));
        newsroom.Do(act => act.ReplacePicks(newsroom.Title, 0, [new(a), new(b)]));
        newsroom.Do(act => act.ReplacePicks(newsroom.Title, newsroom.Berita, [new(a)]));
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        newsroom.Do(act => act.ReplacePicks(newsroom.Title, 0, [new(b)]));
        Assert.Equal([b], Picked(newsroom));
        Assert.Equal([a], Picked(newsroom, newsroom.Berita));
        Assert.Equal([a, b], newsroom.Query<long>("SELECT article_id FROM picks WHERE replaced_at = @Now ORDER BY position", new { newsroom.Clock.Now }));
        newsroom.Do(act => act.ReplacePicks(newsroom.Title, 0, []));
        Assert.Empty(Picked(newsroom));
    }

    [OnBothEngines]
    public void A_list_of_picks_that_can_not_be_is_refused_and_the_old_one_stays(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var a = newsroom.Publish("A", "Isi");
        newsroom.Do(act => act.ReplacePicks(newsroom.Title, 0, [new(a)]));
        Refused("twice", new(a), new(a));
        Refused("ends before it begins", new Picks.Pick(a, Until: TestNewsroom.Start));
        Refused("at most 50", [.. Enumerable.Range(1, 51).Select(i => new Picks.Pick(i))]);
        Refused("no article 999", new(a), new(999));
        Assert.Equal([a], Picked(newsroom));

        void Refused(string reason, params Picks.Pick[] picks) =>
            Assert.Contains(reason, Assert.ThrowsAny<ContentException>(() => newsroom.Do(act => act.ReplacePicks(newsroom.Title, 0, picks))).Message, StringComparison.Ordinal);
    }

    [OnBothEngines]
    public void The_latest_stories_go_by_first_publication_and_not_by_update(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var a = newsroom.Publish("A", "Isi");
        newsroom.Clock.Pass(TimeSpan.FromMinutes(1));
        var b = newsroom.Publish(newsroom.Draft("B", "Isi") with { Language = "en-GB" });
        newsroom.Clock.Pass(TimeSpan.FromMinutes(1));
        newsroom.Publish(newsroom.Draft("Iklan", "Isi") with { Kind = "advertorial" });
        newsroom.Save(newsroom.Draft("A baru", "Isi"), a);
        newsroom.Publish(a);
        Assert.Equal([b, a], Latest(newsroom));
        Assert.Equal([b, a], Latest(newsroom, newsroom.Berita));
        Assert.Equal([b], Latest(newsroom, language: "en"));
        Assert.Equal([a], newsroom.Database.Read(session => Warta.Discovery.Latest.Stories(session, newsroom.Title, 0, null, 5, skip: 1)).Select(s => s.ArticleId));
    }

    [OnBothEngines]
    public void Lists_have_pages(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var all = Enumerable.Range(0, 7).Select(i => newsroom.Publish($"Berita {i}", "Isi")).Reverse().ToList();
        Assert.Equal(all[3..6], newsroom.Database.Read(session => Listings.Page(session, newsroom.Title, ListingKind.Title, 0, 3, 3)).Select(s => s.ArticleId));
        Assert.Equal(7, newsroom.Database.Read(session => Listings.Count(session, newsroom.Title, ListingKind.Section, newsroom.Berita)));
    }

    /// <summary>What the public may not see is in no list, link, search or view, by whatever way it left.</summary>
    [OnBothEngines]
    public void A_story_that_is_not_live_is_nowhere(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        using var reads = newsroom.OpenReads();
        const string text = "Gempa bumi mengguncang Lombok.";
        var expires = newsroom.Clock.Now.AddDays(3);
        var draft = newsroom.Write("Gempa draf", text);
        var scheduled = newsroom.Write("Gempa terjadwal", text);
        newsroom.Do(act => act.Schedule(scheduled, newsroom.Title, newsroom.Clock.Now.AddDays(9)));
        var embargoed = newsroom.Save(newsroom.Draft("Gempa embargo", text) with { EmbargoedUntil = newsroom.Clock.Now.AddDays(9) });
        var withdrawn = newsroom.Publish("Gempa ditarik", text);
        var down = newsroom.Publish("Gempa dicabut", text);
        var purged = newsroom.Publish("Gempa dihapus", text);
        var expired = newsroom.Publish(newsroom.Draft("Gempa kedaluwarsa", text) with { ExpiresAt = expires });
        long[] gone = [draft, scheduled, embargoed, withdrawn, down, purged, expired];
        newsroom.Clock.Pass(TimeSpan.FromHours(1));

        var body = TestNewsroom.Paragraphs(text).Concat(gone.Select(id => new ReadAlsoBlock($"r{id}", id))).ToArray();
        var live = newsroom.Publish(newsroom.Draft("Gempa tayang", body));
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        var reader = newsroom.Publish(newsroom.Draft("Gempa dibaca", body.Append(new ReadAlsoBlock("live", live)).ToArray()));
        newsroom.Do(act => act.ReplacePicks(newsroom.Title, 0, [.. gone.Append(live).Select(id => new Picks.Pick(id))]));
        var mostRead = new MostRead(reads, "a", newsroom.Clock.Now);
        foreach (var id in gone.Append(live)) mostRead.Count(newsroom.Title, id, newsroom.Clock.Now);

        Assert.Equal([withdrawn, down, purged, expired], Everywhere().Intersect(gone).Order());
        newsroom.Do(act => act.WithdrawStory(withdrawn));
        newsroom.Do(act => act.TakeDown(down, "Salah."));
        newsroom.Do(act => act.PurgeStory(purged, "Putusan."));
        newsroom.Clock.Now = expires;
        newsroom.Press.ExpireDue();
        mostRead.Flush(newsroom.Clock.Now);
        Assert.Equal([live, reader], Everywhere().Order());
        Assert.Equal([live, reader], newsroom.Query<long>("SELECT article_id FROM live_articles ORDER BY article_id"));

        HashSet<long> Everywhere() => newsroom.Database.Read(session => new[]
        {
            Listings.Page(session, newsroom.Title, ListingKind.Title, 0, 100, 0),
            Listings.Page(session, newsroom.Title, ListingKind.Section, newsroom.Berita, 100, 0),
            Warta.Discovery.Latest.Stories(session, newsroom.Title, 0, null, 100),
            Picks.Stories(session, newsroom.Title, 0, newsroom.Clock.Now),
            [.. Related.Of(session, newsroom.Title, reader)],
            [.. ReadAlso.Of(session, newsroom.Title, reader).Values],
            mostRead.Stories(session, newsroom.Title, Scope.Title, 100, newsroom.Clock.Now),
            new StoryFilter { TitleId = newsroom.Title, Words = "gempa" }.Find(session, newsroom.Press.Search, 100, 0).Stories,
            new StoryFilter { TitleId = newsroom.Title, Words = "gempa", ByRelevance = true }.Find(session, newsroom.Press.Search, 100, 0).Stories,
            session.Query<Story>($"SELECT {Story.Columns} FROM live_articles a"),
        }.SelectMany(list => list).Select(s => s.ArticleId).ToHashSet());
    }

    private static List<long> Picked(TestNewsroom newsroom, long section = 0) =>
        newsroom.Database.Read(session => Picks.Stories(session, newsroom.Title, section, newsroom.Clock.Now)).ConvertAll(s => s.ArticleId);

    private static List<long> Latest(TestNewsroom newsroom, long section = 0, string? language = null) =>
        newsroom.Database.Read(session => Warta.Discovery.Latest.Stories(session, newsroom.Title, section, language, 10)).ConvertAll(s => s.ArticleId);
}
