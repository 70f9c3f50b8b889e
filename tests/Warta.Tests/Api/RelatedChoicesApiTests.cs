using System.Text.Json;
using Warta.Publishing;
using Warta.Reader;
using Xunit;

namespace Warta.Api;

public sealed class RelatedChoicesApiTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task Pins_and_bans_are_set_on_what_was_read_and_pages_show_them_at_once()
    {
        var target = site.Story("Resep soto kuning", "Kuah kuning dengan serai.");
        var unwanted = site.Story("Gempa di Palu kemarin", "Gempa mengguncang Palu dan Donggala.", at: site.Clock.Now.AddHours(-5));
        var id = site.Story("Gempa di Palu", "Gempa susulan mengguncang Palu dan Donggala.");
        var path = site.PathOf(id);
        Assert.Contains("Gempa di Palu kemarin", Related((await site.GetAsync(path)).Text));

        var read = await site.SendAsync("GET", $"/api/v1/articles/{id}/related/choices", role: "reporter");
        Assert.Equal((200, 0), (read.Status, read.Json.GetProperty("pins").GetArrayLength()));
        var version = read.Header("ETag")!;
        var body = new { pins = new[] { new { id = target, reason = "Latar" } }, bans = new[] { new { uri = Uri(unwanted), reason = "Basi" } } };
        Assert.Equal(428, (await Put(id, body)).Status);
        Assert.Equal(412, (await Put(id, body, "\"lain\"")).Status);
        var set = await Put(id, body, version);
        Assert.Equal(200, set.Status);
        Assert.Equal(("Resep soto kuning", "live", "Latar"), (Pin(set).GetProperty("headline").GetString(), Pin(set).GetProperty("state").GetString(), Pin(set).GetProperty("reason").GetString()));
        Assert.Equal(412, (await Put(id, body, version)).Status);

        var related = Related((await site.GetAsync(path)).Text);
        Assert.Contains("Resep soto kuning", related);
        Assert.DoesNotContain("kemarin", related);
        Assert.Equal([target], (await site.GetAsync($"/api/v1/articles/{id}/related")).Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetInt64()));

        // What isn't named stays, a pin that is gone is left out and told.
        site.Do(act => act.WithdrawStory(target));
        var less = await Put(id, new { bans = Array.Empty<int>() }, "*");
        Assert.Equal(("withdrawn", JsonValueKind.Null), (Pin(less).GetProperty("state").GetString(), Pin(less).GetProperty("url").ValueKind));
        related = Related((await site.GetAsync(path)).Text);
        Assert.DoesNotContain("Resep soto kuning", related);
        Assert.Contains("kemarin", related);
    }

    [Fact]
    public async Task A_choice_that_can_t_be_made_is_refused_with_a_reason()
    {
        var id = site.Story("Cerita");
        foreach (var (body, status) in (IEnumerable<(object, int)>)[(new { pins = new[] { id } }, 400), (new { pins = "x" }, 400), (new { pins = new[] { 987_654 } }, 404), (Array.Empty<int>(), 400)])
            Assert.Equal(status, (await Put(id, body, "*")).Status);
        Assert.Equal(404, (await site.SendAsync("GET", "/api/v1/articles/987654/related/choices", role: "editor")).Status);
        Assert.Equal(401, (await site.GetAsync($"/api/v1/articles/{id}/related/choices")).Status);
        Assert.Equal(403, (await site.SendAsync("PUT", $"/api/v1/articles/{id}/related/choices", new { }, "reporter")).Status);
    }

    private Task<TestSite.Answer> Put(long id, object body, string? version = null) =>
        site.SendAsync("PUT", $"/api/v1/articles/{id}/related/choices", body, "editor", headers: version is null ? [] : [("If-Match", version)]);

    private string Uri(long id) => site.Press.Database.Read(session => session.Value<string>("SELECT uri FROM articles WHERE id = @id", new { id }));

    private static JsonElement Pin(TestSite.Answer answer) => answer.Json.GetProperty("pins")[0];

    private static string Related(string page) => page.IndexOf("data-block=\"related\"", StringComparison.Ordinal) is >= 0 and var at ? page[at..page.IndexOf("</section>", at, StringComparison.Ordinal)] : "";
}
