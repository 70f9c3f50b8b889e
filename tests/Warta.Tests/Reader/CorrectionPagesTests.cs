using Warta.Content;
using Warta.Engines;
using Warta.Publishing;
using Warta.Storage;
using Xunit;

namespace Warta.Reader;

public sealed class CorrectionPagesTests
{
    private const string Script = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>";

    [OnBothEngines]
    public async Task Corrections_stand_above_the_text_and_replies_under_it(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var id = site.Story("Panen gagal", "Satu.");
        var other = site.Story("Panen sebenarnya");
        site.Clock.Now += TimeSpan.FromHours(2);
        var token = await site.SendAsync("POST", $"/api/v1/articles/{id}/corrections", new { kind = "ralat", text = $"Salah.\nBenar {Script}.", link = other.ToString() }, "editor");
        Assert.Equal((201, "erratum"), (token.Status, token.Json.GetProperty("kind").GetString()));
        site.Do(act => act.Correct(id, "hak-jawab", "Itu tidak benar.", "https://example.com/siaran", Script));

        var answer = await site.GetAsync(site.PathOf(id));
        var page = answer.Page;
        var box = page.QuerySelector(".corrections:not(.replies) .correction")!;
        Assert.Equal(("Ralat", "Senin, 26 Januari 2026 | 12:00 WIB"), (box.QuerySelector("h2")!.TextContent, box.QuerySelector("time")!.TextContent));
        Assert.Equal($"Benar {Script}.", box.QuerySelectorAll("p[dir=auto]")[1].TextContent);
        Assert.Equal(("Panen sebenarnya", site.PathOf(other)), (box.QuerySelector("a")!.TextContent, box.QuerySelector("a")!.GetAttribute("href")));
        var reply = page.QuerySelector(".replies .correction")!;
        Assert.Equal(("Hak Jawab", "Dari " + Script), (reply.QuerySelector("h2")!.TextContent, reply.QuerySelector(".by")!.TextContent));
        Assert.Equal("https://example.com/siaran", reply.QuerySelector(".see a")!.GetAttribute("href"));
        Assert.Equal("#" + reply.Id, page.QuerySelector(".replied a")!.GetAttribute("href"));
        Assert.Equal(["correction correction-erratum", "text", "correction correction-reply"], page.QuerySelectorAll(".correction, [data-body]").Select(e => e.ClassName));
        Assert.Equal("2026-01-26T12:00:00+07:00", page.QuerySelectorAll(".signature time")[1].GetAttribute("datetime"));
        Assert.DoesNotContain("<script>alert", answer.Text);
        Assert.Empty(page.QuerySelectorAll("img[onerror]"));
    }

    [OnBothEngines]
    public async Task Corrections_are_issued_read_and_withdrawn_by_the_API(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var id = site.Story("Panen gagal");
        var path = $"/api/v1/articles/{id}/corrections";
        var number = (await site.SendAsync("POST", path, new { kind = "correction", text = "Dua\nbaris.", askedBy = "Dinas", link = "https://example.com/x" }, "editor")).Json.GetProperty("id").GetInt64();
        foreach (var list in (System.Text.Json.JsonElement[])[(await site.GetAsync(path)).Json.GetProperty("items"), (await site.GetAsync($"/api/v1/articles/{id}")).Json.GetProperty("corrections")])
        {
            var item = Assert.Single(list.EnumerateArray());
            Assert.Equal((number, "correction", "Koreksi", "Dua\nbaris.", "Dinas", "https://example.com/x", "2026-01-26T10:00:00+07:00"), (item.GetProperty("id").GetInt64(), Text("kind"), Text("label"), Text("text"), Text("askedBy"), Text("link"), Text("issuedAt")));

            string? Text(string name) => item.GetProperty(name).GetString();
        }

        foreach (var wrong in (object[])[new { }, new { kind = "ralat" }, new { text = "x" }, new { kind = "x", text = "x" }, new { kind = 1, text = "x" }, new { kind = "ralat", text = "x", link = "javascript:alert(1)" }, "[]", "\"x\"", ""])
            Assert.Equal((wrong, 400), (wrong, (await site.SendAsync("POST", path, wrong, "editor")).Status));
        Assert.Equal(404, (await site.SendAsync("POST", "/api/v1/articles/987654/corrections", new { kind = "ralat", text = "x" }, "editor")).Status);
        Assert.Equal(409, (await site.SendAsync("POST", $"/api/v1/articles/{site.Draft("Konsep")}/corrections", new { kind = "ralat", text = "x" }, "editor")).Status);
        Assert.Equal(404, (await site.SendAsync("DELETE", $"/api/v1/articles/{site.Story("Lain")}/corrections/{number}", role: "editor")).Status);
        Assert.Equal(403, (await site.SendAsync("DELETE", $"{path}/{number}", role: "reporter")).Status);
        Assert.Equal(200, (await site.SendAsync("DELETE", $"{path}/{number}", role: "editor")).Status);
        Assert.Equal(404, (await site.SendAsync("DELETE", $"{path}/{number}", role: "editor")).Status);
        Assert.Equal(0, (await site.GetAsync(path)).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(404, (await site.GetAsync("/api/v1/articles/987654/corrections")).Status);
        site.Do(act => act.TakeDown(id, "Keliru."));
        Assert.Equal(410, (await site.GetAsync(path)).Status);
    }

    [OnBothEngines]
    public async Task Unverified_story_says_so_at_its_very_end_until_a_revision_clears_it(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var body = new Body([new ParagraphBlock("a", "Satu."), new PageBreakBlock("b"), new ParagraphBlock("c", "Dua.")]);
        var id = site.Story("Kabar burung", with: d => d with { Body = body, IsUnverified = true });
        var path = site.PathOf(id);
        Assert.Null((await site.GetAsync(path)).Page.QuerySelector(".unverified"));
        foreach (var end in (string[])["?page=2", "?page=all"])
        {
            var last = (await site.GetAsync(path + end)).Page.QuerySelector("[data-body] > :last-child")!;
            Assert.Equal(("P", "(Masih memerlukan verifikasi)", "EM"), (last.TagName, last.TextContent, last.FirstElementChild!.TagName));
        }

        var json = (await site.GetAsync($"/api/v1/articles/{id}")).Json;
        Assert.True(json.GetProperty("unverified").GetBoolean());
        Assert.EndsWith("<p class=\"unverified\"><em>(Masih memerlukan verifikasi)</em></p>\n", json.GetProperty("html").GetString());
        foreach (var (host, language, words) in ((string, string, string)[])[("en.example", "en", "(Still awaiting verification)"), ("ar.example", "ar", "(ما زال بحاجة إلى التحقق)")])
        {
            var title = site.AddTitle(language + "-title", host, ("language", language));
            var there = site.Story("Story", titleId: title, with: d => d with { IsUnverified = true });
            Assert.Equal(words, (await site.GetAsync(site.PathOf(there, title), host)).Page.QuerySelector(".unverified")!.TextContent);
        }

        Assert.Equal(400, (await Put(new { unverified = "no" })).Status);
        Assert.Equal(200, (await Put(new { unverified = false })).Status);
        Assert.Equal(200, (await site.SendAsync("POST", $"/api/v1/articles/{id}/publish", role: "editor")).Status);
        Assert.Null((await site.GetAsync(path + "?page=all")).Page.QuerySelector(".unverified"));

        Task<TestSite.Answer> Put(object change) => site.SendAsync("PUT", $"/api/v1/articles/{id}", change, "editor", headers: [("If-Match", "*")]);
    }
}
