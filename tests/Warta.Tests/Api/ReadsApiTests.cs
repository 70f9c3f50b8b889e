using System.Text.Json;
using Warta.Reader;
using Xunit;

namespace Warta.Api;

public sealed class ReadsApiTests
{
    private int _readers;

    [Fact]
    public async Task Editors_see_what_is_read_what_led_there_and_what_readers_went_on_with()
    {
        using var site = new TestSite();
        var (source, target) = (site.Story("Sumber bacaan", section: "Olahraga"), site.Story("Tujuan bacaan", section: "Olahraga"));
        for (var i = 0; i < 4; i++) await ReadAsync(site, new { article = source });
        await ReadAsync(site, new { article = target, from = source, block = "related" });
        await ReadAsync(site, new { article = target, from = 0, block = "popular" });
        site.CountReads();
        site.Site.Reads.Hours.Flush(site.Clock.Now);

        var now = (await site.SendAsync("GET", "/api/v1/reads/now", role: "reporter")).Json;
        Assert.Equal((6, 60, 6), (now.GetProperty("readersNow").GetInt32(), now.GetProperty("perMinute").GetArrayLength(), now.GetProperty("perMinute")[59].GetInt32()));
        Assert.Equal(("Sumber bacaan", 4), (now.GetProperty("stories")[0].GetProperty("headline").GetString(), now.GetProperty("stories")[0].GetProperty("lastHour").GetInt32()));
        Assert.Equal(("Olahraga", 6), (now.GetProperty("sections")[0].GetProperty("name").GetString(), now.GetProperty("sections")[0].GetProperty("lastHour").GetInt32()));
        Assert.Equal([("", 4), ("popular", 1), ("related", 1)], now.GetProperty("blocks").EnumerateArray().Select(b => (b.GetProperty("block").GetString()!, b.GetProperty("lastHour").GetInt32())));

        var of = (await site.SendAsync("GET", $"/api/v1/articles/{target}/reads", role: "reporter")).Json;
        Assert.Equal((2, 2, 2), (of.GetProperty("lastHour").GetInt32(), of.GetProperty("day").GetInt32(), of.GetProperty("week").GetInt32()));
        Assert.Equal((48, 2), (of.GetProperty("hours").GetArrayLength(), of.GetProperty("hours")[47].GetProperty("reads").GetInt32()));
        Assert.Equal([(null, "popular"), ("Sumber bacaan", "related")], of.GetProperty("ledHere").EnumerateArray()
            .Select(l => (l.TryGetProperty("story", out var story) ? story.GetProperty("headline").GetString() : null, l.GetProperty("block").GetString())));

        var on = (await site.SendAsync("GET", $"/api/v1/articles/{source}/reads", role: "reporter")).Json;
        Assert.Equal(("Tujuan bacaan", 1, 0.25), (on.GetProperty("ledOn")[0].GetProperty("story").GetProperty("headline").GetString(), on.GetProperty("ledOn")[0].GetProperty("clicks").GetInt32(), on.GetProperty("ledOn")[0].GetProperty("perRead").GetDouble()));
        Assert.Equal(("related", 0.25), (on.GetProperty("ledOnByBlock")[0].GetProperty("block").GetString(), on.GetProperty("ledOnByBlock")[0].GetProperty("perRead").GetDouble()));

        var popular = await site.SendAsync("GET", "/api/v1/popular", role: "reporter");
        Assert.Contains("no-store", popular.Header("Cache-Control"));
        Assert.Equal("4 kali dibaca dalam satu jam terakhir", popular.Json.GetProperty("items")[0].GetProperty("why").GetProperty("text").GetString());
        Assert.False((await site.GetAsync("/api/v1/popular")).Json.GetProperty("items")[0].TryGetProperty("why", out _));
    }

    [Fact]
    public async Task Numbers_are_the_newsrooms_own()
    {
        using var site = new TestSite();
        var id = site.Story("Cerita");
        foreach (var address in (string[])["/api/v1/reads/now", $"/api/v1/articles/{id}/reads"]) Assert.Equal(401, (await site.GetAsync(address)).Status);
        Assert.Equal(404, (await site.SendAsync("GET", "/api/v1/articles/987654/reads", role: "reporter")).Status);
        var empty = (await site.SendAsync("GET", $"/api/v1/articles/{id}/reads", role: "reporter")).Json;
        Assert.Equal((0, JsonValueKind.Null, 0), (empty.GetProperty("week").GetInt32(), empty.GetProperty("trend").ValueKind, empty.GetProperty("ledHere").GetArrayLength()));
    }

    [Fact]
    public async Task Links_tell_how_many_readers_follow_them()
    {
        using var site = new TestSite();
        var target = site.Story("Sasaran tautan");
        var source = site.Story("Penaut", with: draft => draft with { Body = new Content.Body([new Content.ReadAlsoBlock("ra", target)]) });
        await ReadAsync(site, new { article = source });
        await ReadAsync(site, new { article = source });
        await ReadAsync(site, new { article = target, from = source, block = "read-also" });
        site.CountReads();
        site.Site.Reads.Hours.Flush(site.Clock.Now);
        var link = (await site.SendAsync("GET", $"/api/v1/links?article={source}", role: "reporter")).Json.GetProperty("links")[0];
        Assert.Equal((1, 2), (link.GetProperty("clicks").GetInt32(), link.GetProperty("reads").GetInt32()));
    }

    /// <summary>By a reader who has read nothing yet.</summary>
    private async Task ReadAsync(TestSite site, object report) =>
        Assert.Equal(204, (await site.SendAsync("POST", "/_/read", report, headers: [("Sec-Fetch-Site", "same-origin"), ("User-Agent", $"Peramban/{++_readers}")])).Status);
}
