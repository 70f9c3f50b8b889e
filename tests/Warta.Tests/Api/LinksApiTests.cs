using System.Text.Json;
using Warta.Content;
using Warta.Publishing;
using Warta.Reader;
using Xunit;

namespace Warta.Api;

public sealed class LinksApiTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task A_page_prints_the_address_of_today_and_no_dead_link()
    {
        var target = site.Story("Sasaran tautan", "Isi sasaran.");
        var old = site.PathOf(target);
        var id = Linking(old + "#b-1", "https://lain.example/a", "/nasional/2026/01/26/tak-pernah-ada");
        var page = site.PathOf(id);
        Assert.Equal([old + "#b-1", "https://lain.example/a"], await Hrefs(page));
        site.Do(act => act.Publish(target, site.Title.Id, slug: "sasaran-baru"));
        Assert.Equal([site.PathOf(target) + "#b-1", "https://lain.example/a"], await Hrefs(page));
        Assert.Equal("moved", (await Links($"?article={id}&state=moved"))[0].GetProperty("state").GetString());
        site.Do(act => act.TakeDown(target, "Salah."));
        Assert.Equal(["https://lain.example/a"], await Hrefs(page));
        Assert.Contains("tautan 0 dan tautan 1 dan tautan 2", (await site.GetAsync(page)).Page.QuerySelector("#b-p1")!.TextContent);
        site.Do(act => act.UndoTakedown(target));
        Assert.Equal(2, (await Hrefs(page)).Count);

        async Task<List<string>> Hrefs(string path) => (await site.GetAsync(path)).Page.QuerySelectorAll("#b-p1 a").Select(a => a.GetAttribute("href")!).ToList();
    }

    [Fact]
    public async Task A_dead_link_is_listed_with_a_replacement_and_repaired()
    {
        var dead = site.Story("Waduk Jatiluhur meluap", "Waduk Jatiluhur meluap dan merendam sawah di Purwakarta, kata Sujana.", at: site.Clock.Now.AddHours(-3));
        var near = site.Story("Waduk Jatiluhur surut", "Waduk Jatiluhur surut; sawah di Purwakarta mulai ditanami lagi, kata Sujana.", at: site.Clock.Now.AddHours(-2));
        var id = site.Story("Musim hujan", with: draft => draft with { Body = new Body([new ParagraphBlock("p1", "Hujan."), new ReadAlsoBlock("r1", dead)]) });
        site.Do(act => act.WithdrawStory(dead));
        var link = Assert.Single(await Links($"?article={id}&state=dead"));
        Assert.Equal(("withdrawn", "read-also", dead), (link.GetProperty("state").GetString(), link.GetProperty("kind").GetString(), link.GetProperty("target").GetProperty("id").GetInt64()));
        Assert.Equal(near, link.GetProperty("replacements")[0].GetProperty("id").GetInt64());

        var path = $"/api/v1/links/{link.GetProperty("id").GetString()}/repair";
        Assert.Equal(400, (await site.SendAsync("POST", path, new { }, "editor")).Status);
        Assert.Equal(403, (await site.SendAsync("POST", path, new { target = near }, "reporter")).Status);
        Assert.Equal(409, (await site.SendAsync("POST", path, new { target = dead }, "editor")).Status);
        Assert.Equal(404, (await site.SendAsync("POST", "/api/v1/links/9.x.0/repair", new { remove = true }, "editor")).Status);
        var repaired = await site.SendAsync("POST", path, new { target = near }, "editor");
        Assert.Equal((200, true, 2), (repaired.Status, repaired.Json.GetProperty("published").GetBoolean(), repaired.Json.GetProperty("revision").GetInt32()));
        Assert.Contains("Waduk Jatiluhur surut", (await site.GetAsync(site.PathOf(id))).Page.QuerySelector("[data-block='read-also']")!.TextContent);
        Assert.Empty(await Links($"?article={id}&state=dead"));
    }

    [Fact]
    public async Task The_inventory_is_for_the_newsroom_and_comes_in_pages()
    {
        for (var i = 0; i < 3; i++) Linking("/nasional/2026/01/26/halaman-" + i);
        Assert.Equal(401, (await site.GetAsync("/api/v1/links")).Status);
        foreach (var wrong in (string[])["state=hilang", "page=0", "limit=x"]) Assert.Equal(400, (await site.SendAsync("GET", "/api/v1/links?" + wrong, role: "reporter")).Status);
        Assert.Equal(404, (await site.SendAsync("GET", "/api/v1/links?article=tidak-ada", role: "reporter")).Status);
        var first = (await site.SendAsync("GET", "/api/v1/links?state=pending&limit=2", role: "reporter")).Json;
        Assert.Equal(2, first.GetProperty("links").GetArrayLength());
        var next = (await site.SendAsync("GET", first.GetProperty("next").GetString()!, role: "reporter")).Json;
        Assert.Equal(2, next.GetProperty("page").GetInt32());
        Assert.NotEqual(first.GetProperty("links")[0].GetProperty("id").GetString(), next.GetProperty("links")[0].GetProperty("id").GetString());
    }

    private long Linking(params string[] hrefs) => site.Story("Penaut", with: draft => draft with
    {
        Body = new Body([new ParagraphBlock("p1", new InlineText(hrefs.SelectMany((href, i) => new[] { new TextSpan($"tautan {i}", Href: href), new TextSpan(i == hrefs.Length - 1 ? "." : " dan ") })))]),
    });

    private async Task<List<JsonElement>> Links(string query) => (await site.SendAsync("GET", "/api/v1/links" + query, role: "reporter")).Json.GetProperty("links").EnumerateArray().ToList();
}
