using Warta.Discovery;
using Warta.Engines;
using Warta.Publishing;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Discovery;

public sealed class ExclusionsTests
{
    [OnBothEngines]
    public void A_story_a_section_a_tag_and_words_stay_out_until_their_time_is_over(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        using var reads = newsroom.OpenReads();
        var mostRead = new MostRead(reads, "a", newsroom.Clock.Now);
        var (plain, code) = (newsroom.Publish("Gempa di Cianjur", "Isi"), newsroom.Publish("Kode Redeem FF hari ini", "Isi"));
        var sport = newsroom.Publish(newsroom.Draft("Tuan rumah menang", "Isi") with { SectionId = newsroom.Section("Bola/Liga 1") });
        foreach (var (story, times) in new[] { (code, 9), (sport, 6), (plain, 3) }) mostRead.Count(newsroom.Title, story, newsroom.Clock.Now, times);
        Assert.Equal([code, sport, plain], List());

        var end = newsroom.Clock.Now.AddMinutes(20);
        newsroom.Do(act => act.Exclude(newsroom.Title, Exclusions.Words, "kode redeem", "Tidak layak", end));
        Assert.Equal([sport, plain], List());
        newsroom.Do(act => act.Exclude(newsroom.Title, Exclusions.Section, "bola", "Liga ditangguhkan", null));
        Assert.Equal([plain], List());
        newsroom.Do(act => act.Exclude(newsroom.Title, Exclusions.Article, plain.ToString(System.Globalization.CultureInfo.InvariantCulture), "Salah", null));
        Assert.Empty(List());
        newsroom.Clock.Pass(TimeSpan.FromMinutes(20));
        Assert.Equal([code], List());

        newsroom.Do(act => act.Include(newsroom.Title, 2));
        Assert.Equal([code, sport], List());
        Assert.Throws<Warta.Content.ContentException>(() => newsroom.Do(act => act.Include(newsroom.Title, 2)));
        Assert.Throws<Warta.Content.ContentException>(() => newsroom.Do(act => act.Exclude(newsroom.Title, Exclusions.Words, "gempa", "", null)));
        Assert.Throws<Warta.Content.ContentException>(() => newsroom.Do(act => act.Exclude(newsroom.Title, Exclusions.Section, "tidak-ada", "x", null)));

        List<long> List() => newsroom.Database.Read(session => mostRead.Stories(session, newsroom.Title, Scope.Title, 5, newsroom.Clock.Now)).ConvertAll(story => story.ArticleId);
    }

    [Fact]
    public async Task By_API_a_page_follows_at_once_and_the_audit_trail_knows()
    {
        using var site = new TestSite();
        var story = site.Story("Kode Redeem FF");
        site.Read(story);
        Assert.Single((await site.GetAsync("/")).Page.QuerySelectorAll("[data-block=popular] li"));
        var added = await site.SendAsync("PUT", "/api/v1/popular/exclusions", new { kind = "words", value = "kode redeem", reason = "Bukan berita" }, role: "editor");
        Assert.Equal(201, added.Status);
        Assert.Empty((await site.GetAsync("/")).Page.QuerySelectorAll("[data-block=popular] li"));
        var listed = await site.SendAsync("GET", "/api/v1/popular/exclusions", role: "editor");
        Assert.Equal("Bukan berita", listed.Json.GetProperty("items")[0].GetProperty("reason").GetString());
        Assert.Equal(1, site.Count("SELECT count(*) FROM audit WHERE verb = 'popular-excluded'"));
        Assert.Equal(401, (await site.GetAsync("/api/v1/popular/exclusions")).Status);
        Assert.Equal(403, (await site.SendAsync("PUT", "/api/v1/popular/exclusions", new { kind = "words", value = "x", reason = "y" }, role: "reporter")).Status);
        var path = $"/api/v1/popular/exclusions/{added.Json.GetProperty("id").GetInt64()}";
        Assert.Equal(204, (await site.SendAsync("DELETE", path, role: "editor")).Status);
        Assert.Equal(404, (await site.SendAsync("DELETE", path, role: "editor")).Status);
        Assert.Single((await site.GetAsync("/")).Page.QuerySelectorAll("[data-block=popular] li"));
    }
}
