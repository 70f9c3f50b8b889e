using System.Text.Json;
using Warta.Content;
using Warta.Publishing;
using Warta.Reader;
using Xunit;

namespace Warta.Api;

public sealed class SuggestionsApiTests(TestSite site) : IClassFixture<TestSite>
{
    private const string Volcano = "Gunung Merbabu memuntahkan abu; warga Selo dan Ampel mengungsi, kata Hartono dari pos pantau.";

    [Fact]
    public async Task Near_stories_are_suggested_with_reasons_and_a_place()
    {
        var near = site.Story("Merbabu memuntahkan abu", Volcano, "Daerah", site.Clock.Now.AddDays(-2));
        site.Story("Resep soto", "Kuah kuning dengan serai.", at: site.Clock.Now.AddDays(-1));
        site.Read(near, 3);
        var found = (await Suggest(new { headline = "Merbabu tenang", text = "Cuaca cerah sepanjang hari.\nWarga Selo dan Ampel yang mengungsi dari abu Merbabu mulai pulang, kata Hartono.\nPasar kembali ramai.", section = "daerah" }))
            .Single(s => s.GetProperty("id").GetInt64() == near);
        Assert.Contains("Merbabu", found.GetProperty("shared").EnumerateArray().Select(w => w.GetString()));
        Assert.Equal((true, 2, 1, 2), (found.GetProperty("sameSection").GetBoolean(), found.GetProperty("daysApart").GetInt32(), found.GetProperty("mostRead").GetInt32(), found.GetProperty("after").GetProperty("paragraph").GetInt32()));
        var why = found.GetProperty("why").GetString()!;
        foreach (var part in (string[])["sama-sama menyebut", "satu kanal (Daerah)", "2 hari lebih lama", "nomor 1 terpopuler"]) Assert.Contains(part, why);
    }

    [Fact]
    public async Task What_the_text_links_what_is_gone_paid_for_or_the_same_is_not_suggested()
    {
        const string coral = "Terumbu karang Bunaken memutih; penyelam Wakatobi dan peneliti Salma Rumagit mencatat suhu laut.";
        var byBlock = Coral("satu");
        var byPath = Coral("dua");
        var gone = Coral("tiga");
        site.Do(act => act.TakeDown(gone, "Salah."));
        var paid = site.Story("Karang iklan", coral, with: d => d with { Kind = ArticleKind.Advertorial });
        var draft = site.Story("Karang konsep", coral);
        site.Do(act => act.WithdrawStory(draft));
        var good = Coral("empat");
        var copied = site.Story("Karang disalin", Long(coral), at: site.Clock.Now.AddHours(-1));

        var own = (await site.SendAsync("POST", "/api/v1/articles", new
        {
            headline = "Karang Bunaken",
            blocks = new object[]
            {
                new { type = "paragraph", id = "a", text = Long(coral) }, new { type = "paragraph", id = "b", text = new object[] { new { text = "lihat", href = site.PathOf(byPath) } } }, new { type = "read-also", id = "c", article = byBlock },
            },
        }, "editor")).Json;
        Assert.True(own.TryGetProperty("id", out var id), own.ToString());
        var answer = await site.SendAsync("GET", $"/api/v1/articles/{id.GetInt64()}/suggestions", role: "editor");
        var ids = answer.Json.GetProperty("suggestions").EnumerateArray().Select(s => s.GetProperty("id").GetInt64()).ToList();
        Assert.Contains(good, ids);
        foreach (var not in new[] { byBlock, byPath, gone, paid, draft, copied, id.GetInt64() }) Assert.DoesNotContain(not, ids);
        Assert.Equal(403, (await site.SendAsync("GET", $"/api/v1/articles/{id.GetInt64()}/suggestions", role: "reporter")).Status);

        long Coral(string name) => site.Story("Karang Bunaken " + name, coral + " " + name, at: site.Clock.Now.AddHours(-2));
        static string Long(string text) => text + " " + string.Join(' ', Enumerable.Range(0, 40).Select(i => $"kata{(char)('a' + i % 26)}{(char)('a' + i / 26)}"));
    }

    [Fact]
    public async Task A_call_that_is_none_is_refused()
    {
        Assert.Equal(401, (await site.SendAsync("POST", "/api/v1/suggestions", new { headline = "x" })).Status);
        foreach (var (body, status) in (IEnumerable<(object, int)>)[(Array.Empty<int>(), 400), (new { headline = 3 }, 400), (new { blocks = "x" }, 400), (new { article = "tidak ada" }, 404), (new { }, 200)])
            Assert.Equal(status, (await site.SendAsync("POST", "/api/v1/suggestions", body, "reporter")).Status);
    }

    private async Task<List<JsonElement>> Suggest(object body) => (await site.SendAsync("POST", "/api/v1/suggestions", body, "reporter")).Json.GetProperty("suggestions").EnumerateArray().ToList();
}
