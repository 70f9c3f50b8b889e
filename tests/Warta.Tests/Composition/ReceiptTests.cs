using System.Text.Json;
using Warta.Content;
using Warta.Discovery;
using Warta.Engines;
using Warta.Publishing;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Composition;

/// <summary>A receipt says where an act's result is seen because it was seen there.</summary>
public sealed class ReceiptTests
{
    [OnBothEngines]
    public async Task Every_surface_that_a_receipt_names_shows_the_story(EngineKind engine)
    {
        using var site = new TestSite(engine, witnessed: true);
        var id = Draft(site, "Jembatan Ampera Ditutup Semalam");

        var receipt = (await site.SendAsync("POST", $"/api/v1/articles/{id}/publish", role: "editor")).Json;
        Assert.Equal(id, receipt.GetProperty("id").GetInt64());
        receipt = await Finished(site, id);

        Assert.Equal("published", receipt.GetProperty("verb").GetString());
        var surfaces = Surfaces(receipt);
        Assert.Equal(
            ["api-article", "api-latest", "atom", "author", "front", "json-feed", "live-latest", "news-sitemap", "rss", "search", "section", "section-rss", "sitemap", "story", "tag"],
            surfaces.Select(s => s.Name).Order(StringComparer.Ordinal));
        Assert.All(surfaces, s => Assert.True(s is { State: "shown", Ms: >= 0 }, $"{s.Name} is {s.State}"));
        Assert.Equal(surfaces.Count, receipt.GetProperty("shown").GetInt32());
        Assert.Equal(surfaces.Max(s => s.Ms), receipt.GetProperty("ms").GetInt64());
        foreach (var surface in surfaces)
        {
            var answer = await site.GetAsync(surface.Url);
            Assert.Equal(200, answer.Status);
            Assert.True(answer.Text.Contains("Jembatan Ampera Ditutup Semalam") || answer.Text.Contains("jembatan-ampera-ditutup-semalam"), surface.Name);
        }
    }

    [OnBothEngines]
    public async Task Update_correction_and_picks_have_receipts_too(EngineKind engine)
    {
        using var site = new TestSite(engine, witnessed: true);
        var id = Draft(site, "Judul lama");
        site.Do(act => act.Publish(id, site.Title.Id));
        await Finished(site, id);

        site.Revise(id, draft => draft with { Headline = "Judul yang \"baru\" & berani", Body = new Body([new ParagraphBlock("p1", "Isi yang ‘baru’, 5 < 6.")]), Tags = ["lain"] });
        var update = await Finished(site, id);
        Assert.All(Surfaces(update), s => Assert.True(s.State is "shown" or "gone", $"{s.Name} is {s.State}"));
        Assert.Equal(["/tag/sungai"], Surfaces(update).Where(s => s.State == "gone").Select(s => s.Url));

        site.Clock.Now += TimeSpan.FromMinutes(1);
        var corrected = (await site.SendAsync("POST", $"/api/v1/articles/{id}/corrections", new { kind = "ralat", text = "Semula tertulis lima." }, "admin")).Json;
        Assert.True(corrected.TryGetProperty("surfaces", out _));
        corrected = await Finished(site, id);
        Assert.Contains(Surfaces(corrected), s => s is { Name: "corrections", State: "shown" });
        Assert.All(Surfaces(corrected), s => Assert.Equal("shown", s.State));

        var picked = (await site.SendAsync("PUT", "/api/v1/picks", new { picks = new[] { new { id } } }, "admin")).Json;
        var number = picked.GetProperty("event").GetInt64();
        var receipt = await Until(() => site.Site.Read(session => Receipts.Find(session, number)), r => r?.FinishedAt is not null);
        Assert.Equal(["api-picks", "front", "live-picks"], receipt!.Surfaces.Select(s => s.Name).Order(StringComparer.Ordinal));
        Assert.All(receipt.Surfaces, s => Assert.Equal("shown", s.State));
    }

    [OnBothEngines]
    public async Task Takedown_is_gone_everywhere_when_its_receipt_says_so(EngineKind engine)
    {
        using var site = new TestSite(engine, witnessed: true);
        var id = Draft(site, "Nama yang keliru");
        site.Do(act => act.Publish(id, site.Title.Id));
        site.Do(act => act.ReplacePicks(site.Title.Id, 0, [new Picks.Pick(id)]));
        var path = site.PathOf(id);

        var answer = await site.SendAsync("POST", $"/api/v1/articles/{id}/takedown", new { reason = "Salah orang." }, "admin");
        Assert.Equal("share previews and caches of others", answer.Json.GetProperty("beyondRecall")[0].GetString());
        var receipt = await Finished(site, id);

        Assert.Equal("taken-down", receipt.GetProperty("verb").GetString());
        Assert.All(Surfaces(receipt), s => Assert.True(s.State == (s.Name == "takedowns" ? "shown" : "gone"), $"{s.Name} is {s.State}"));
        Assert.Contains(Surfaces(receipt), s => s.Name == "story" && s.Url == path);
        foreach (var surface in Surfaces(receipt))
        {
            var seen = await site.GetAsync(surface.Url);
            if (surface.Name is "story" or "api-article") Assert.Equal(410, seen.Status);
            else Assert.DoesNotContain("nama-yang-keliru", seen.Text);
        }

        await site.SendAsync("DELETE", $"/api/v1/articles/{id}/takedown", role: "admin");
        var undone = await Finished(site, id);
        Assert.Equal("takedown-undone", undone.GetProperty("verb").GetString());
        // It is picked, and the list of the latest leaves it to the picks.
        Assert.All(Surfaces(undone), s => Assert.Equal(s.Name == "live-latest" ? "notListed" : "shown", s.State));
    }

    [OnBothEngines]
    public async Task Story_that_is_too_old_for_a_list_needn_t_stand_there(EngineKind engine)
    {
        using var site = new TestSite(engine);
        for (var i = 0; i < 60; i++) site.Story($"Berita ke-{i}");
        var id = Draft(site, "Berita lama");
        site.Do(act => act.Publish(id, site.Title.Id, new PublishRevision.Times(site.Clock.Now.AddDays(-40))));
        site.Site.Witness.Begin();

        site.Do(act => act.Publish(id, site.Title.Id));
        var states = Surfaces(await Finished(site, id)).ToDictionary(s => s.Name, s => s.State);

        foreach (var name in (string[])["front", "section", "rss", "atom", "json-feed", "section-rss", "news-sitemap", "live-latest"]) Assert.Equal((name, "notListed"), (name, states[name]));
        foreach (var name in (string[])["story", "tag", "author", "sitemap", "search", "api-latest", "api-article"]) Assert.Equal((name, "shown"), (name, states[name]));
    }

    [OnBothEngines]
    public async Task Withdrawal_from_one_title_leaves_the_other_alone(EngineKind engine)
    {
        using var site = new TestSite(engine, witnessed: true);
        var other = site.AddTitle("sore", "sore.example");
        var id = Draft(site, "Di dua koran");
        site.Do(act =>
        {
            act.Publish(id, site.Title.Id);
            act.Publish(id, other);
        });
        var both = await Finished(site, id);
        Assert.Equal(["sore", "warta"], Surfaces(both).Select(s => s.Title).Distinct().Order());
        Assert.All(Surfaces(both), s => Assert.True(s.State == "shown", $"{s.Name} of {s.Title} is {s.State}"));

        await site.SendAsync("POST", $"/api/v1/articles/{id}/withdraw", new { title = "sore" }, "admin");
        var receipt = await Finished(site, id);

        Assert.All(Surfaces(receipt).Where(s => s.Title == "sore"), s => Assert.Equal("gone", s.State));
        Assert.Contains(Surfaces(receipt), s => s.Title == "sore");
        Assert.Equal((404, 200), ((await site.GetAsync(Surfaces(receipt).First(s => s.Name == "story").Url, "sore.example")).Status, (await site.GetAsync(site.PathOf(id))).Status));
    }

    [OnBothEngines]
    public async Task Purge_leaves_no_word_of_the_story_in_its_receipts(EngineKind engine)
    {
        using var site = new TestSite(engine, witnessed: true);
        var id = Draft(site, "Rahasia keluarga Darmo");
        site.Do(act => act.Publish(id, site.Title.Id));
        // It may still be asked where it shows: what comes of that holds no words either.
        site.Do(act => act.PurgeStory(id, ""));
        var receipt = await Finished(site, id);
        await Until(() => site.Count("SELECT count(*) FROM receipts WHERE finished_at IS NULL"), unfinished => unfinished == 0);

        Assert.Equal("purged", receipt.GetProperty("verb").GetString());
        Assert.All(Surfaces(receipt), s => Assert.Equal("", s.Url));
        Assert.Equal(0, site.Count("SELECT count(*) FROM receipts WHERE surfaces LIKE '%rahasia%' OR surfaces LIKE '%Rahasia%' OR surfaces LIKE '%sungai%'"));
        Assert.Contains(Surfaces(receipt), s => s is { Name: "story", State: "gone" });
    }

    [OnBothEngines]
    public async Task Receipt_that_a_stop_cut_short_says_so(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var id = Draft(site, "Terputus");
        // The server is killed before it asks.
        site.Press.IsWitnessed = true;
        site.Do(act => act.Publish(id, site.Title.Id));
        Assert.Equal("pending", (await Last(site, id)).GetProperty("state").GetString());
        site.Clock.Now += TimeSpan.FromMinutes(2);
        Assert.Equal("interrupted", (await Last(site, id)).GetProperty("state").GetString());
        Assert.Equal(1, site.Site.Read(session => Receipts.CutShort(session, site.Clock.Now)).Count);
    }

    [Fact]
    public async Task Without_a_server_no_surface_is_measured()
    {
        using var site = new TestSite(EngineKind.Sqlite);
        var id = Draft(site, "Tanpa peladen");
        var answer = (await site.SendAsync("POST", $"/api/v1/articles/{id}/publish", role: "editor")).Json;
        Assert.Equal(("unmeasured", 0), (answer.GetProperty("state").GetString(), answer.GetProperty("surfaces").GetArrayLength()));
        Assert.Equal(401, (await site.GetAsync($"/api/v1/articles/{id}/receipts")).Status);
    }

    [Fact]
    public void Receipts_are_kept_for_ninety_days()
    {
        using var site = new TestSite(EngineKind.Sqlite);
        site.Story("Lama");
        site.Clock.Now += TimeSpan.FromDays(91);
        var id = site.Story("Baru");
        Receipts.Tidy(site.Press);
        Assert.Equal(id, Assert.Single(site.Press.Database.Read(session => session.Query<long>("SELECT article_id FROM receipts"))));
    }

    private static long Draft(TestSite site, string headline) => site.Draft(headline, "PALEMBANG - Air naik sejak sore.\nWarga diminta menunggu.", with: draft => draft with
    {
        Bylines = [new Byline("Rini Ayu", Byline.Writer)],
        Tags = ["sungai"],
    });

    private static List<Surface> Surfaces(JsonElement receipt) => receipt.GetProperty("surfaces").Deserialize<List<Surface>>(JsonSerializerOptions.Web)!;

    private static async Task<JsonElement> Last(TestSite site, long id) => (await site.SendAsync("GET", $"/api/v1/articles/{id}/receipts", role: "admin")).Json.GetProperty("items")[0];

    private static Task<JsonElement> Finished(TestSite site, long id) => Until(() => Last(site, id), receipt => receipt.GetProperty("state").GetString() == "finished");

    private static Task<T> Until<T>(Func<T> look, Func<T, bool> good) => Until(() => Task.FromResult(look()), good);

    private static async Task<T> Until<T>(Func<Task<T>> look, Func<T, bool> good)
    {
        for (var tries = 0; ; tries++)
        {
            var seen = await look();
            if (good(seen)) return seen;
            Assert.True(tries < 300, $"Still {seen}");
            await Task.Delay(50);
        }
    }
}
