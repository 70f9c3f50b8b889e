using Warta.Reader;
using Xunit;

namespace Warta.Api;

public sealed class RelatedApiTests
{
    [Theory]
    [InlineData("id", "sama-sama menyebut", "2 hari lebih lama", "sekanal: Dunia")]
    [InlineData("en", "shares", "2 days older", "same section: Dunia")]
    [InlineData("ar", "تشتركان في", "أقدم", "القسم نفسه: Dunia")]
    public async Task An_editor_hears_why_a_story_is_related_and_a_reader_does_not(string language, params string[] said)
    {
        using var site = new TestSite();
        site.Set("language", language);
        var before = site.Story("Assad meets envoy", "Bashar Assad met an envoy of the Kremlin in Aleppo on Monday.", "Dunia", site.Clock.Now.AddDays(-2));
        site.Story("Flower market", "Tulips were sold out.", "Dunia", site.Clock.Now.AddDays(-2));
        var id = site.Story("Aleppo talks go on", "The Kremlin said talks with Bashar Assad about Aleppo would go on.", "Dunia", site.Clock.Now);
        var path = $"/api/v1/articles/{id}/related";

        var open = await site.GetAsync(path);
        Assert.Equal("Authorization", open.Header("Vary"));
        Assert.Equal(before, open.Json.GetProperty("items")[0].GetProperty("id").GetInt64());
        Assert.False(open.Json.GetProperty("items")[0].TryGetProperty("why", out _));

        var answer = await site.SendAsync("GET", path, headers: [("Authorization", "Bearer " + site.Token("reporter"))]);
        Assert.Equal("private, no-store", answer.Header("Cache-Control")!.Replace("no-store, private", "private, no-store", StringComparison.Ordinal));
        var why = answer.Json.GetProperty("items")[0].GetProperty("why");
        var shared = why.GetProperty("shared").EnumerateArray().Select(word => word.GetString()).ToList();
        Assert.Equal(["Aleppo", "Bashar Assad", "Kremlin"], shared.Intersect(["Aleppo", "Bashar Assad", "Kremlin"]).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("Assad", shared);
        Assert.InRange(shared.Count, 3, 5);
        Assert.Equal((2, "Dunia"), (why.GetProperty("daysApart").GetInt32(), why.GetProperty("section").GetString()));
        Assert.All(said.Append(string.Join(language == "ar" ? "، " : ", ", shared)), part => Assert.Contains(part, why.GetProperty("text").GetString(), StringComparison.Ordinal));

        Assert.Equal(401, (await site.SendAsync("GET", path, headers: [("Authorization", "Bearer nobody")])).Status);
    }

    [Fact]
    public async Task Background_is_a_list_of_its_own()
    {
        using var site = new TestSite();
        var old = site.Story("Sejarah waduk Gajah Mungkur", "Waduk Gajah Mungkur dibangun di Wonogiri dan mengairi sawah.", "Lingkungan", site.Clock.Now.AddDays(-90));
        var id = site.Story("Waduk Gajah Mungkur surut", "Petani Wonogiri menunggu waduk Gajah Mungkur terisi.", "Lingkungan", site.Clock.Now);
        Assert.Equal([old], (await site.GetAsync($"/api/v1/articles/{id}/related?kind=background")).Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt64()));
        Assert.Empty((await site.GetAsync($"/api/v1/articles/{old}/related?kind=background")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(400, (await site.GetAsync($"/api/v1/articles/{id}/related?kind=odd")).Status);
    }
}
