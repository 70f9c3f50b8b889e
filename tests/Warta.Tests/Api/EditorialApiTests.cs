using Warta.Accounts;
using Warta.Engines;
using Warta.Publishing;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Api;

public sealed class EditorialApiTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task Every_verb_asks_for_a_token_whose_role_may()
    {
        (string Method, string Path, Permission Needs, Func<object?> Body, int Good)[] verbs =
        [
            ("POST", "/api/v1/articles", Permission.WriteOwn, () => new { headline = "Dari peran", text = "Isi." }, 201),
            ("POST", "/publish", Permission.Publish, () => null, 200),
            ("POST", "/schedule", Permission.Publish, () => new { at = "2026-02-01T09:00:00+07:00" }, 200),
            ("POST", "/withdraw", Permission.Withdraw, () => null, 200),
            ("POST", "/corrections", Permission.Correct, () => new { kind = "ralat", text = "Salah." }, 201),
            ("POST", "/takedown", Permission.Takedown, () => new { reason = "Salah." }, 200),
            ("POST", "/purge", Permission.Purge, () => null, 200),
            ("PUT", "/api/v1/picks", Permission.SetPicks, () => new { picks = Array.Empty<int>() }, 200),
        ];
        foreach (var verb in verbs)
        {
            foreach (var role in Roles.All)
            {
                var path = verb.Path.StartsWith("/api", StringComparison.Ordinal) ? verb.Path : $"/api/v1/articles/{site.Story("Untuk " + role)}{verb.Path}";
                var refusals = site.Count("SELECT count(*) FROM audit WHERE verb = 'refused'");
                var answer = await site.SendAsync(verb.Method, path, verb.Body(), role);
                var may = Roles.May(role, verb.Needs);
                Assert.Equal((verb.Path, role, may ? verb.Good : 403), (verb.Path, role, answer.Status));
                Assert.Equal(may ? refusals : refusals + 1, site.Count("SELECT count(*) FROM audit WHERE verb = 'refused'"));
                Assert.Equal(401, (await site.SendAsync(verb.Method, path, verb.Body())).Status);
                Assert.Equal(401, (await site.SendAsync(verb.Method, path + "?token=" + site.Token("admin") + "&access_token=" + site.Token("admin"), verb.Body())).Status);
            }
        }
    }

    [Fact]
    public async Task Revoked_or_foreign_token_is_401_at_once()
    {
        var token = site.Press.Run("test", act => act.AddToken("sementara", "admin"));
        Assert.Equal(201, (await Send(token)).Status);
        site.Do(act => act.RevokeToken("sementara"));
        foreach (var wrong in (string[])[token, "", "warta_", "x", "warta_" + new string('0', 48), "' OR 1=1 --"])
        {
            var answer = await Send(wrong);
            Assert.Equal((401, "Bearer"), (answer.Status, answer.Header("WWW-Authenticate")));
        }

        Task<TestSite.Answer> Send(string bearer) => site.SendAsync("POST", "/api/v1/articles", new { headline = "Dengan token" }, headers: [("Authorization", "Bearer " + bearer)]);
    }

    [Fact]
    public async Task Draft_is_nowhere_until_it_is_published()
    {
        var made = await site.SendAsync("POST", "/api/v1/articles", new { headline = "Rahasia redaksi", text = "JAKARTA - Isi konsep.", section = "berita", tags = new[] { "Konsepsi" }, bylines = new[] { new { name = "Dewi Konsep" } } }, "editor");
        var id = made.Json.GetProperty("id").GetInt64();
        Assert.Equal(($"/api/v1/articles/{id}", "\"1\""), (made.Location, made.Header("ETag")));
        string[] places = ["/", "/api/v1/articles?q=rahasia", "/api/v1/latest", "/search?q=rahasia&x", "/index", "/_/live/latest", $"/api/v1/articles/{id}", "/tag/konsepsi", "/author/dewi-konsep"];
        foreach (var place in places) Assert.DoesNotContain("Rahasia redaksi", (await site.GetAsync(place)).Text);

        var receipt = (await site.SendAsync("POST", $"/api/v1/articles/{id}/publish", role: "editor")).Json;
        Assert.Equal((id, 1), (receipt.GetProperty("id").GetInt64(), receipt.GetProperty("revision").GetInt32()));
        foreach (var place in places) Assert.Contains("Rahasia redaksi", (await site.GetAsync(place)).Text.Replace("<mark>", "").Replace("</mark>", ""));
        Assert.Equal(200, (await site.GetAsync(receipt.GetProperty("url").GetString()!)).Status);
    }

    [Fact]
    public async Task Revision_needs_the_version_that_was_read()
    {
        var id = (await site.SendAsync("POST", "/api/v1/articles", new { headline = "Versi", text = "Isi." }, "editor")).Json.GetProperty("id").GetInt64();
        Assert.Equal(428, (await Put()).Status);
        Assert.Equal(412, (await Put(("If-Match", "\"9\""))).Status);
        var good = await Put(("If-Match", "\"1\""));
        Assert.Equal((200, "\"2\""), (good.Status, good.Header("ETag")));
        Assert.Equal(412, (await Put(("If-Match", "\"1\""))).Status);
        Assert.Equal(404, (await site.SendAsync("PUT", "/api/v1/articles/987654", new { }, "editor", headers: [("If-Match", "*")])).Status);
        Assert.Equal(403, (await site.SendAsync("PUT", $"/api/v1/articles/{id}", new { headline = "x" }, "reporter", headers: [("If-Match", "*")])).Status);
        var revisions = (await site.SendAsync("GET", $"/api/v1/articles/{id}/revisions", role: "editor")).Json.GetProperty("items");
        Assert.Equal(["Versi dua", "Versi"], revisions.EnumerateArray().Select(r => r.GetProperty("headline").GetString()));

        Task<TestSite.Answer> Put(params (string, string)[] headers) => site.SendAsync("PUT", $"/api/v1/articles/{id}", new { headline = "Versi dua" }, "editor", headers: headers);
    }

    [Fact]
    public async Task Embargo_holds_and_a_schedule_is_kept()
    {
        var id = (await site.SendAsync("POST", "/api/v1/articles", new { headline = "Embargo", text = "Isi.", embargoedUntil = "2026-01-26T12:00:00+07:00" }, "editor")).Json.GetProperty("id").GetInt64();
        Assert.Equal(409, (await site.SendAsync("POST", $"/api/v1/articles/{id}/publish", role: "editor")).Status);
        Assert.Equal(409, (await site.SendAsync("POST", $"/api/v1/articles/{id}/schedule", new { at = "2026-01-26T11:59:00+07:00" }, "editor")).Status);
        Assert.Equal(400, (await site.SendAsync("POST", $"/api/v1/articles/{id}/schedule", new { at = "besok" }, "editor")).Status);
        Assert.Equal(200, (await site.SendAsync("POST", $"/api/v1/articles/{id}/schedule", new { at = "2026-01-26T12:30:00+07:00" }, "editor")).Status);
        var now = site.Clock.Now;
        site.Clock.Now = new DateTimeOffset(2026, 1, 26, 12, 29, 59, TimeSpan.FromHours(7)).ToUniversalTime();
        Assert.Empty(site.Press.ReleaseDue());
        site.Clock.Now += TimeSpan.FromSeconds(2);
        Assert.Equal(id, Assert.Single(site.Press.ReleaseDue()).ArticleId);
        Assert.Equal("2026-01-26T12:30:00+07:00", (await site.GetAsync($"/api/v1/articles/{id}")).Json.GetProperty("publishedAt").GetString());
        site.Clock.Now = now;
    }

    [Fact]
    public async Task Withdrawn_is_404_taken_down_and_purged_are_410()
    {
        var id = site.Story("Naik turun");
        var (path, page) = ($"/api/v1/articles/{id}", site.PathOf(id));
        await Verb("withdraw", 200);
        await Verb("withdraw", 409);
        Assert.Equal((404, 404), ((await site.GetAsync(path)).Status, (await site.GetAsync(page)).Status));
        await Verb("publish", 200);
        await Verb("takedown", 400);
        await Verb("takedown", 200, new { reason = "Keliru." });
        await Verb("takedown", 409, new { reason = "Keliru." });
        await Verb("publish", 409);
        Assert.Equal((410, 410), ((await site.GetAsync(path)).Status, (await site.GetAsync(page)).Status));
        Assert.Equal(200, (await site.SendAsync("DELETE", path + "/takedown", role: "admin")).Status);
        Assert.Equal((200, 200), ((await site.GetAsync(path)).Status, (await site.GetAsync(page)).Status));
        await Verb("purge", 200);
        await Verb("purge", 409);
        Assert.Equal((410, 410), ((await site.GetAsync(path)).Status, (await site.GetAsync(page)).Status));

        async Task Verb(string verb, int status, object? body = null) => Assert.Equal((verb, status), (verb, (await site.SendAsync("POST", $"{path}/{verb}", body, "admin")).Status));
    }

    [Fact]
    public async Task Picks_are_shown_from_and_until_their_time()
    {
        var (one, two, three) = (site.Story("Pilihan satu"), site.Story("Pilihan dua"), site.Story("Pilihan tiga"));
        var uri = (await site.GetAsync($"/api/v1/articles/{three}")).Json.GetProperty("uri").GetString();
        Assert.Equal(200, (await site.SendAsync("PUT", "/api/v1/picks", new object[] { new { id = one, until = "2026-01-26T11:00:00+07:00" }, new { id = two, from = "2026-01-26T11:00:00+07:00" }, new { uri } }, "editor")).Status);
        var now = site.Clock.Now;
        Assert.Equal([one, three], await Shown());
        site.Clock.Now += TimeSpan.FromHours(1);
        Assert.Equal([two, three], await Shown());
        site.Clock.Now = now;

        foreach (var wrong in (string[])["{}", "[{}]", "[{\"id\":\"1\"}]", "[true]", "[null]", $"[{one},{one}]", "{\"picks\":1}", "[{\"id\":1.5}]", $"[{{\"id\":{one},\"until\":\"kapan-kapan\"}}]", $"[{{\"id\":{one},\"until\":\"2020-01-01\"}}]", "[\"\\ud800\"]", "x", ""])
            Assert.Equal((wrong, 400), (wrong, (await site.SendAsync("PUT", "/api/v1/picks", wrong, "editor")).Status));
        Assert.Equal(404, (await site.SendAsync("PUT", "/api/v1/picks", "[987654]", "editor")).Status);
        Assert.Equal([one, three], await Shown());

        async Task<List<long>> Shown() => (await site.GetAsync("/api/v1/picks")).Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetInt64()).ToList();
    }

    [Theory]
    [InlineData("""[{"type":"paragraph"}]""", "blocks[0]")]
    [InlineData("""[{"type":"paragraph","text":"a"},{"type":"list","ordered":true,"items":["a",7]}]""", "blocks[1].items[1]")]
    [InlineData("""[{"type":"paragraph","text":[{"text":"a","href":"javascript:alert(1)"}]}]""", "blocks[0].text[0].href")]
    [InlineData("""[{"type":"video"}]""", "blocks[0].type")]
    [InlineData("""[{"type":"paragraph","text":"a","style":"x"}]""", "blocks[0]")]
    [InlineData("""{}""", "blocks")]
    public async Task Malformed_block_is_named_with_its_place(string blocks, string place)
    {
        var answer = await site.SendAsync("POST", "/api/v1/articles", $"{{\"headline\":\"Blok\",\"blocks\":{blocks}}}", "editor");
        Assert.Equal(400, answer.Status);
        Assert.StartsWith(place, answer.Json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task What_a_caller_may_not_set_is_ignored()
    {
        var made = (await site.SendAsync("POST", "/api/v1/articles", """{"id":1,"headline":"Diam-diam","text":"Isi.","role":"admin","status":"live","live":true,"version":99,"createdBy":"x","publishedAt":"2020-01-01","actor":"root","sectionId":5}""", "contributor")).Json;
        var id = made.GetProperty("id").GetInt64();
        Assert.Equal(1, made.GetProperty("version").GetInt32());
        Assert.Equal(["id", "role", "status", "live", "version", "createdBy", "publishedAt", "actor", "sectionId"], made.GetProperty("ignored").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(404, (await site.GetAsync($"/api/v1/articles/{id}")).Status);
        Assert.Equal(1, site.Count("SELECT count(*) FROM articles WHERE id = @id AND created_by = 'token:of-contributor'", new { id }));
        Assert.Equal(1, site.Count("SELECT count(*) FROM tokens WHERE name = 'of-contributor' AND role = 'contributor'"));
    }

    [OnBothEngines]
    public async Task No_body_breaks_the_server(EngineKind engine)
    {
        using var own = new TestSite(engine);
        var id = own.Story("Kukuh");
        string[] values = ["\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00x\"", "null", "1", "1.5", "true", "[]", "{}", "[null]", "[[]]", "[{}]", "[\"\\ud800\"]", "[{\"name\":\"\\u0000\"}]", "[{\"name\":\"\\ud800\"}]", "\"\"", "\"' OR 1=1 --\"", "\"" + new string('x', 5_000) + "\"", "\"" + new string('a', 39) + "😀\"", "\"0001-01-01\"", "\"9999-12-31T23:59:59Z\"", "\"9999-12-31T23:59:59-14:00\"", "1e400"];
        string[] keys = ["uri", "section", "title", "kind", "language", "kicker", "headline", "standfirst", "bylines", "tags", "embargoedUntil", "expiresAt", "noAds", "unverified", "usageTerms", "copyrightHolder", "blocks", "html", "text", "dateline", "\\ud800"];
        var broken = new List<string>();
        foreach (var value in values)
        {
            foreach (var key in keys)
            {
                await TryAsync("POST", "/api/v1/articles", $"{{\"headline\":\"Uji\",\"{key}\":{value}}}");
                if (key == "dateline") await TryAsync("POST", "/api/v1/articles", $"{{\"headline\":\"Uji\",\"blocks\":[],\"dateline\":{{\"place\":{value}}}}}");
            }

            await TryAsync("POST", "/api/v1/articles", value);
            await TryAsync("POST", "/api/v1/articles", $"{{\"headline\":\"Uji\",\"blocks\":[{{\"type\":\"paragraph\",\"text\":{value}}}]}}");
            await TryAsync("POST", "/api/v1/articles", $"{{\"headline\":\"Uji\",\"blocks\":[{{\"type\":{value},{value}:1}}]}}");
            foreach (var (verb, key) in ((string, string)[])[("publish", "section"), ("publish", "title"), ("schedule", "at"), ("withdraw", "title"), ("takedown", "reason"), ("purge", "reason")])
                await TryAsync("POST", $"/api/v1/articles/{(verb == "purge" ? 987654 : id)}/{verb}", $"{{\"{key}\":{value}}}");
            foreach (var key in (string[])["kind", "text", "link", "askedBy"]) await TryAsync("POST", $"/api/v1/articles/{id}/corrections", $"{{\"kind\":\"koreksi\",\"text\":\"x\",\"{key}\":{value}}}");
            foreach (var list in (string[])[value, $"[{value}]", $"[{{\"id\":{value}}}]", $"[{{\"uri\":{value}}}]", $"{{\"section\":{value},\"picks\":[]}}"]) await TryAsync("PUT", "/api/v1/picks", list);
        }

        foreach (var body in (string[])["", "{", "\uFEFF{}", new string('[', 5_000), "{\"headline\":\"a\",\"headline\":\"b\"}"]) await TryAsync("POST", "/api/v1/articles", body);
        Assert.Equal("", string.Join('\n', broken));

        async Task TryAsync(string method, string path, string body)
        {
            if ((await own.SendAsync(method, path, body, "admin")).Status >= 500) broken.Add($"{method} {path} {(body.Length > 120 ? body[..120] : body)}");
        }
    }
}
