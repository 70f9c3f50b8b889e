using Warta.Reader;
using Xunit;

namespace Warta.Api;

public sealed class DuplicatesTests(TestSite site) : IClassFixture<TestSite>
{
    private const string Text = "Jembatan gantung di Desa Sukamaju roboh diterjang banjir bandang pada Minggu malam sehingga tiga dusun di seberang sungai terisolasi. " +
        "Warga menyeberang dengan rakit bambu sambil menunggu jembatan darurat yang dijanjikan dinas pekerjaan umum selesai dalam dua pekan. " +
        "Kepala desa meminta orang tua tidak melepas anak menyeberang sendiri karena arus sungai masih deras dan keruh.";

    [Fact]
    public async Task The_newsroom_is_told_at_save_that_a_live_story_says_the_same()
    {
        var live = site.Story("Jembatan roboh", Text);
        var made = await site.SendAsync("POST", "/api/v1/articles", new { headline = "Tiga dusun terisolasi", text = "Sukamaju - " + Text }, "editor");
        var duplicate = Assert.Single(made.Json.GetProperty("duplicates").EnumerateArray());
        Assert.Equal((201, live, "Jembatan roboh"), (made.Status, duplicate.GetProperty("id").GetInt64(), duplicate.GetProperty("headline").GetString()));
        Assert.True(duplicate.GetProperty("similarity").GetDouble() > 0.9);
        Assert.Contains("persen teksnya sama", duplicate.GetProperty("why").GetString());
        Assert.EndsWith(site.PathOf(live), duplicate.GetProperty("url").GetString());

        var id = made.Json.GetProperty("id").GetInt64();
        var own = await site.SendAsync("PUT", $"/api/v1/articles/{id}", new { text = "Sesuatu yang lain sama sekali." }, "editor", headers: [("If-Match", "*")]);
        Assert.Equal((200, 0), (own.Status, own.Json.GetProperty("duplicates").GetArrayLength()));
        Assert.Empty((await site.SendAsync("PUT", $"/api/v1/articles/{live}", new { headline = "Jembatan roboh lagi" }, "editor", headers: [("If-Match", "*")])).Json.GetProperty("duplicates").EnumerateArray());
    }

    [Fact]
    public async Task A_search_shows_one_of_several_versions_and_says_how_many_more()
    {
        const string text = "Menara pandang setinggi empat puluh meter di tepi Danau Tirta dibuka untuk umum mulai akhir pekan ini setelah dibangun selama hampir dua tahun oleh pemerintah provinsi. " +
            "Pengunjung dapat naik dengan lift berkaca atau lewat tangga melingkar, dan dari puncaknya tampak hamparan kebun teh sampai kaki Gunung Raya bila cuaca sedang cerah.";
        foreach (var headline in (string[])["Menara satu", "Menara dua", "Menara tiga"]) site.Story(headline, text);
        var page = (await site.GetAsync("/search?q=menara")).Page;
        Assert.Equal("+2 versi", page.QuerySelector(".versions")!.TextContent);
        Assert.Single(page.QuerySelectorAll("article.card"));
        var found = (await site.GetAsync("/api/v1/search?q=menara")).Json;
        Assert.Equal((1, 2), (found.GetProperty("total").GetInt32(), found.GetProperty("items")[0].GetProperty("versions").GetInt32()));
        // A list by date is whole.
        Assert.Equal(3, (await site.GetAsync("/api/v1/latest?limit=100")).Json.GetProperty("items").EnumerateArray().Count(i => i.GetProperty("headline").GetString()!.StartsWith("Menara", StringComparison.Ordinal)));
        Assert.Single((await site.GetAsync("/_/live/latest")).Page.QuerySelectorAll("a"), a => a.TextContent.StartsWith("Menara", StringComparison.Ordinal));
    }
}
