using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Warta.Content;
using Warta.Engines;
using Warta.Publishing;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Newsroom;

public class StoryPageTests
{
    [OnBothEngines]
    internal async Task A_reporter_begins_a_story_writes_it_without_script_and_saves_a_revision(EngineKind engine)
    {
        using var site = new TestSite(engine);
        site.Draft("Lain");
        using var reporter = await Staff.SignInAsync(site, "reporter", name: "Rina");

        var form = await reporter.GetAsync("/newsroom/stories/new");
        var begun = await reporter.PostAsync("/newsroom/stories", ("section", form.Page.QuerySelector("option[value]")!.GetAttribute("value")!), ("kind", "story"), ("headline", ""));
        Assert.Matches("^/newsroom/stories/[0-9]+$", begun.Location);
        var page = await reporter.GetAsync(begun.Location);
        Assert.Equal("", Control(page, "headline"));
        Assert.Equal("Rina | writer", Control(page, "bylines"));

        var saved = await SaveAsync(reporter, begun.Location, page, ("headline", "Banjir di Demak"), ("text", "Air **naik**.\r\n\r\n## Dapur umum\r\n\r\n> Kami siap.\r\n>> Siti | lurah"), ("note", "dari lapangan"), ("noAds", "1"));
        Assert.Equal(302, saved.Status);
        page = await reporter.GetAsync(begun.Location);

        Assert.Equal("Banjir di Demak", Control(page, "headline"));
        Assert.Equal("Air **naik**.\n\n## Dapur umum\n\n> Kami siap.\n>> Siti | lurah", Control(page, "text"));
        Assert.True(((IHtmlInputElement)page.Page.QuerySelector("[name=noAds]")!).IsChecked);
        var id = IdOf(begun.Location);
        Assert.Equal("dari lapangan", site.Press.Database.Read(session => session.Value<string>("SELECT note FROM revisions WHERE article_id = @id AND number = 2", new { id })));
        Assert.Equal(["paragraph", "heading", "quote"], Tree(page)["blocks"]!.AsArray().Select(block => block!["type"]!.GetValue<string>()));
    }

    [OnBothEngines]
    internal async Task What_the_plain_form_cant_say_is_kept_by_its_name(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var other = site.Story("Harga beras naik");
        var story = site.Draft("Pasar", with: draft => draft with
        {
            Body = new Body([new ParagraphBlock("p", "Satu."), new ReadAlsoBlock("r", other), new TableBlock("t", "Harga", [], [["Beras", "14.000"]]), new FactBoxBlock("x", "Sekilas", [new ParagraphBlock("x1", "Isi.")])]),
        });
        using var editor = await Staff.SignInAsync(site, "editor");
        var address = $"/newsroom/stories/{story}";
        var page = await editor.GetAsync(address);
        Assert.Contains("[[read-also r]] Harga beras naik", Control(page, "text"), StringComparison.Ordinal);

        await SaveAsync(editor, address, page, ("text", "[[table t]]\n\n" + Control(page, "text").Replace("Satu.", "Satu, lagi.", StringComparison.Ordinal)));
        var body = site.Press.Database.Read(session => Articles.Newest(session, story)).Draft.Body;

        Assert.Equal(["t", "p", "r", "x"], body.Blocks.Select(block => block.Id));
        Assert.Equal(other, ((ReadAlsoBlock)body.Blocks[2]).Article);
    }

    [OnBothEngines]
    internal async Task Autosaves_of_two_editors_are_put_together_and_a_conflict_names_what_and_who(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var story = site.Draft("Pasar", "Satu.\nDua.");
        var address = $"/newsroom/stories/{story}";
        using var anna = await Staff.SignInAsync(site, "editor", name: "Anna");
        using var budi = await Staff.SignInAsync(site, "editor", name: "Budi");
        var (version, body) = Read(await anna.GetAsync(address));
        await budi.GetAsync(address);

        var first = await AutosaveAsync(anna, address, version, With(body, 0, "Satu, Anna."), ("kicker", "Ekonomi"));
        Assert.Equal("saved", first.Json.GetProperty("state").GetString());
        var second = await AutosaveAsync(budi, address, version, With(body, 1, "Dua, Budi."));
        Assert.Equal((200, "merged"), (second.Status, second.Json.GetProperty("state").GetString()));
        Assert.Equal("Ekonomi", second.Json.GetProperty("draft").GetProperty("fields").GetProperty("kicker").GetString());
        Assert.Equal("Satu, Anna.", second.Json.GetProperty("draft").GetProperty("body").GetProperty("blocks")[0].GetProperty("text").GetString());

        var third = await AutosaveAsync(anna, address, first.Json.GetProperty("version").GetInt64(), With(With(body, 0, "Satu, Anna."), 1, "Dua, Anna."));
        Assert.Equal(409, third.Status);
        Assert.Equal(("conflict", "Budi"), (third.Json.GetProperty("state").GetString(), third.Json.GetProperty("by").GetString()));
        Assert.Equal(body["blocks"]![1]!["id"]!.GetValue<string>(), third.Json.GetProperty("blocks")[0].GetString());
        Assert.Equal("Dua, Budi.", third.Json.GetProperty("theirs").GetProperty("body").GetProperty("blocks")[1].GetProperty("text").GetString());

        var settled = await AutosaveAsync(anna, address, third.Json.GetProperty("version").GetInt64(), With(With(body, 0, "Satu, Anna."), 1, "Dua, keduanya."));
        Assert.Equal("saved", settled.Json.GetProperty("state").GetString());
        Assert.Equal(1, site.Count("SELECT count(*) FROM revisions WHERE article_id = @story", new { story }));
    }

    [OnBothEngines]
    internal async Task Without_script_a_conflict_is_shown_side_by_side_and_settled_by_a_form(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var story = site.Draft("Pasar", "Satu.\nDua.");
        var address = $"/newsroom/stories/{story}";
        using var anna = await Staff.SignInAsync(site, "editor", name: "Anna");
        using var budi = await Staff.SignInAsync(site, "editor", name: "Budi");
        var (hers, his) = (await anna.GetAsync(address), await budi.GetAsync(address));
        await SaveAsync(anna, address, hers, ("headline", "Judul Anna"), ("text", "Satu, Anna.\n\nDua."));

        var conflict = await SaveAsync(budi, address, his, ("headline", "Judul Budi"), ("text", "Satu, Budi.\n\nDua, Budi."));
        Assert.Equal(409, conflict.Status);
        Assert.Contains("Satu, Anna.", conflict.Text, StringComparison.Ordinal);
        Assert.Contains("Satu, Budi.", conflict.Text, StringComparison.Ordinal);
        var choices = conflict.Page.QuerySelectorAll("input[type=radio]").Select(radio => radio.GetAttribute("name")!).Distinct().ToList();
        var settled = await budi.PostAsync(address + "/settle", [.. Hidden(conflict), .. choices.Select(name => (name, name.StartsWith("block:", StringComparison.Ordinal) ? "both" : "theirs"))]);

        Assert.Equal(302, settled.Status);
        var (draft, _) = site.Press.Database.Read(session => Articles.Newest(session, story));
        Assert.Equal("Judul Anna", draft.Headline);
        Assert.Equal(["Satu, Anna.", "Satu, Budi.", "Dua, Budi."], draft.Body.Blocks.Select(block => ((ParagraphBlock)block).Text.ToString()));
    }

    [OnBothEngines]
    internal async Task Who_has_a_story_open_is_seen_and_gone_half_a_minute_after(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var address = $"/newsroom/stories/{site.Draft("Pasar")}";
        using var anna = await Staff.SignInAsync(site, "editor", name: "Anna");
        using var budi = await Staff.SignInAsync(site, "editor", name: "Budi");

        await anna.PostJsonAsync(address + "/presence", new { });
        var both = await budi.PostJsonAsync(address + "/presence", new { });
        Assert.Equal([("Anna", false), ("Budi", true)], both.Json.GetProperty("people").EnumerateArray().Select(here => (here.GetProperty("name").GetString()!, here.GetProperty("isMe").GetBoolean())));
        Assert.Contains("Anna", (await budi.GetAsync(address)).Page.QuerySelector("[data-presence]")!.TextContent, StringComparison.Ordinal);

        site.Clock.Now = site.Clock.Now.AddSeconds(31);
        Assert.Equal("Budi", Assert.Single((await budi.PostJsonAsync(address + "/presence", new { })).Json.GetProperty("people").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Pickers_find_live_stories_by_the_beginnings_of_words_and_by_number()
    {
        using var site = new TestSite();
        var (rice, sugar) = (site.Story("Harga beras naik di Demak"), site.Story("Harga gula turun"));
        site.Draft("Harga beras rahasia");
        var story = site.Draft("Naskah", "Harga beras di Demak naik lagi menurut Bulog.");
        using var editor = await Staff.SignInAsync(site, "editor");
        var address = $"/newsroom/stories/{story}";

        Assert.Equal([rice], Ids(await editor.GetAsync(address + "/stories?q=bera+har")));
        Assert.Equal([sugar, rice], Ids(await editor.GetAsync(address + "/stories?q=harga")));
        Assert.Equal([sugar], Ids(await editor.GetAsync($"{address}/stories?id={sugar}")));
        Assert.Empty(Ids(await editor.GetAsync(address + "/stories?q=%22+OR+%27")));
        Assert.Contains(rice, Ids(await editor.GetAsync(address + "/suggestions")));
    }

    [OnBothEngines]
    internal async Task An_author_edits_anothers_story_is_refused_and_written_down(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var rina = await Staff.SignInAsync(site, "reporter");
        using var contributor = await Staff.SignInAsync(site, "contributor");
        using var editor = await Staff.SignInAsync(site, "editor");
        site.Draft("Lain");
        var form = await rina.GetAsync("/newsroom/stories/new");
        var address = (await rina.PostAsync("/newsroom/stories", ("section", form.Page.QuerySelector("option[value]")!.GetAttribute("value")!), ("headline", "Milik Rina"))).Location;
        var page = await editor.GetAsync(address);
        var (version, body) = Read(page);

        Assert.Equal(403, (await contributor.GetAsync(address)).Status);
        Assert.Equal(403, (await SaveAsync(contributor, address, page, ("headline", "Dicuri"))).Status);
        Assert.Equal(403, (await AutosaveAsync(contributor, address, version, body, ("headline", "Dicuri"))).Status);
        Assert.Equal(403, (await contributor.PostAsync(address + "/settle", ("seen", "1"), ("version", "1"), ("mine", "{}"))).Status);
        Assert.Equal(403, (await contributor.PostJsonAsync(address + "/presence", new { })).Status);
        Assert.True(site.Count("SELECT count(*) FROM audit WHERE verb = 'refused' AND actor = @Actor AND article_id = @id", new { contributor.Actor, id = IdOf(address) }) >= 4);
        Assert.Equal(200, (await AutosaveAsync(rina, address, version, body, ("headline", "Tetap milik Rina"))).Status);
        Assert.Equal(0, site.Count("SELECT count(*) FROM autosaves WHERE draft LIKE '%Dicuri%'"));
    }

    [Fact]
    public async Task Roles_reach_only_their_titles_sections_and_kinds()
    {
        using var site = new TestSite();
        var (sport, news) = (site.Draft("Bola", section: "Olahraga"), site.Draft("Berita", section: "Nasional"));
        var paid = site.Draft("Bayar", section: "Nasional", with: draft => draft with { Kind = ArticleKind.Advertorial });
        var other = site.AddTitle("lain", "lain.example");
        var elsewhere = site.Draft("Jauh", titleId: other);
        var section = site.Press.Titles.Section(site.Title.Id, "olahraga")!.Id;
        using var sportEditor = await Staff.SignInAsync(site, "editor", site.Title.Id, section);
        using var editor = await Staff.SignInAsync(site, "editor", site.Title.Id);
        using var ads = await Staff.SignInAsync(site, "advertising");
        using var admin = await Staff.SignInAsync(site, "admin");

        foreach (var (person, may) in new[] { (sportEditor, new[] { sport }), (editor, [sport, news]), (ads, [paid]), (admin, [sport, news, paid, elsewhere]) })
        {
            foreach (var story in new[] { sport, news, paid, elsewhere })
            {
                var (version, body) = Read(await admin.GetAsync($"/newsroom/stories/{story}"));
                Assert.Equal(may.Contains(story) ? 200 : 403, (await AutosaveAsync(person, $"/newsroom/stories/{story}", version, body, ("kicker", person.Email))).Status);
            }
        }

        // Nor can one be carried there.
        var (at, tree) = Read(await admin.GetAsync($"/newsroom/stories/{sport}"));
        Assert.Equal(403, (await AutosaveAsync(sportEditor, $"/newsroom/stories/{sport}", at, tree, ("section", site.Press.Titles.Section(site.Title.Id, "nasional")!.Id.ToString()))).Status);
        Assert.Equal(403, (await AutosaveAsync(editor, $"/newsroom/stories/{sport}", at, tree, ("kind", "advertorial"))).Status);
        Assert.Equal(422, (await AutosaveAsync(admin, $"/newsroom/stories/{sport}", at, tree, ("section", "999999"))).Status);
        Assert.Equal(422, (await AutosaveAsync(admin, $"/newsroom/stories/{sport}", at, tree, ("kind", "opini"))).Status);
    }

    [OnBothEngines]
    internal async Task Mass_assigned_status_is_ignored(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var story = site.Draft("Pasar", "Satu.");
        var address = $"/newsroom/stories/{story}";
        using var editor = await Staff.SignInAsync(site, "editor");
        var page = await editor.GetAsync(address);
        var (version, body) = Read(page);

        Assert.Equal(200, (await AutosaveAsync(editor, address, version, body, ("status", "live"), ("uri", "urn:dicuri"), ("created_by", "user:lain"), ("version", "99"), ("headline", "Pasar baru"))).Status);
        await SaveAsync(editor, address, page, ("stage", "live"), ("uri", "urn:dicuri"), ("createdBy", "user:lain"), ("publishedAt", "2020-01-01"));

        Assert.Equal(0, site.Count("SELECT count(*) FROM publications"));
        Assert.Equal(0, site.Count("SELECT count(*) FROM articles WHERE uri = 'urn:dicuri' OR created_by = 'user:lain'"));
        Assert.Equal(0, site.Count("SELECT count(*) FROM autosaves WHERE draft LIKE '%dicuri%'"));
    }

    [Fact]
    public async Task Script_in_every_field_is_text()
    {
        const string script = "</script><script>alert(1)</script>\"><img src=x onerror=alert(1)>";
        using var site = new TestSite();
        var story = site.Draft("Pasar", "Satu.");
        var address = $"/newsroom/stories/{story}";
        using var editor = await Staff.SignInAsync(site, "editor", name: script);
        var page = await editor.GetAsync(address);

        Assert.Equal(302, (await SaveAsync(editor, address, page, [.. new[] { "kicker", "headline", "standfirst", "searchTitle", "tags", "bylines", "datelinePlace", "datelineCredit", "note", "text" }.Select(name => (name, script))])).Status);
        page = await editor.GetAsync(address);

        Assert.Equal(script, Control(page, "headline"));
        Assert.DoesNotContain(page.Page.QuerySelectorAll("script"), element => element.TextContent.Contains("alert", StringComparison.Ordinal) && element.GetAttribute("type") != "application/json");
        Assert.Empty(page.Page.QuerySelectorAll("img"));
        Assert.Equal(script, Tree(page)["blocks"]![0]!["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_is_no_story_is_refused_with_words_and_loses_nothing()
    {
        using var site = new TestSite();
        var story = site.Draft("Pasar", "Satu.");
        var address = $"/newsroom/stories/{story}";
        using var editor = await Staff.SignInAsync(site, "editor");
        var (version, body) = Read(await editor.GetAsync(address));
        var deep = string.Concat(Enumerable.Repeat("[", 40)) + string.Concat(Enumerable.Repeat("]", 40));

        foreach (var bad in new[]
        {
            "{", "[]", "{}", $$$"""{"version":{{{version}}},"fields":{},"body":{"version":1,"blocks":[{"id":"a","type":"raw-html","html":"<b>"}]}}""",
            $$$"""{"version":{{{version}}},"fields":{"headline":{"a":1}},"body":{"version":1,"blocks":[]}}""", $$$"""{"version":{{{version}}},"fields":{},"body":{{{deep}}}}""",
            $$$"""{"version":{{{version}}},"fields":{},"body":{"version":1,"blocks":[{"id":"a","type":"paragraph","text":[{"text":"x","href":"javascript:alert(1)"}]}]}}""",
            $$$"""{"version":{{{version}}},"fields":{"picture":"{"},"body":{"version":1,"blocks":[]}}""", $$$"""{"version":{{{version}}},"fields":{},"body":{"version":1,"blocks":[{"type":"paragraph","text":"\ud800"}]}}""",
        })
        {
            var answer = await editor.SendAsync(HttpMethod.Post, address + "/autosave", new StringContent(bad, Encoding.UTF8, "application/json"), ("X-Form", editor.Proof), ("Accept", "application/json"));
            Assert.Equal(422, answer.Status);
            Assert.True(answer.Json.GetProperty("message").GetString()!.Length > 10);
        }

        var huge = await AutosaveAsync(editor, address, version, body, ("standfirst", new string('x', 5 << 20)));
        Assert.Equal(413, huge.Status);
        Assert.Equal(0, site.Count("SELECT count(*) FROM autosaves"));
        using var stranger = new Staff(site);
        Assert.Equal(401, (await stranger.SendAsync(HttpMethod.Post, address + "/autosave", JsonContent.Create(new { version }), ("X-Form", editor.Proof), ("Accept", "application/json"))).Status);
        Assert.Equal(400, (await editor.SendAsync(HttpMethod.Post, address + "/autosave", JsonContent.Create(new { version }), ("X-Form", "forged"), ("Accept", "application/json"))).Status);
        Assert.Equal(404, (await editor.GetAsync("/newsroom/stories/999999")).Status);
    }

    [Fact]
    public async Task A_title_for_search_engines_stands_in_the_head_and_nowhere_else()
    {
        using var site = new TestSite();
        var story = site.Story("Judul panjang di halaman", with: draft => draft with { SearchTitle = "Judul pencarian" });
        var page = (await site.GetAsync(site.PathOf(story))).Page;

        Assert.StartsWith("Judul pencarian", page.Title, StringComparison.Ordinal);
        Assert.Equal("Judul pencarian", page.QuerySelector("meta[property='og:title']")!.GetAttribute("content"));
        Assert.Equal("Judul panjang di halaman", page.QuerySelector("h1")!.TextContent.Trim());
    }

    internal static string Control(TestSite.Answer page, string name) => page.Page.QuerySelector($"[name={name}]") switch
    {
        IHtmlTextAreaElement area => area.Value.ReplaceLineEndings("\n"),
        IHtmlSelectElement select => select.Value ?? "",
        IHtmlInputElement input => input.Value,
        _ => throw new InvalidOperationException($"There is no control \"{name}\": {page.Text}"),
    };

    internal static Task<TestSite.Answer> SaveAsync(Staff who, string address, TestSite.Answer page, params (string Name, string Value)[] changes)
    {
        var fields = Writing.Names.Append("text").Append("version").Append("boxes")
            .Where(name => page.Page.QuerySelector($"[name={name}]") is { } control && control is not IHtmlInputElement { Type: "checkbox", IsChecked: false })
            .Select(name => (name, Control(page, name))).Where(field => changes.All(change => change.Name != field.name));
        return who.PostAsync(address, [.. fields, .. changes]);
    }

    internal static Task<TestSite.Answer> AutosaveAsync(Staff who, string address, long version, JsonNode body, params (string Name, string Value)[] fields) =>
        who.PostJsonAsync(address + "/autosave", new { version, fields = fields.ToDictionary(field => field.Name, field => field.Value), body });

    internal static (long Version, JsonNode Body) Read(TestSite.Answer page) => (long.Parse(page.Page.QuerySelector("[data-story-editor]")!.GetAttribute("data-version")!), Tree(page));

    internal static JsonNode Tree(TestSite.Answer page) => JsonNode.Parse(page.Page.QuerySelector("[data-body]")!.TextContent)!;

    internal static JsonNode With(JsonNode body, int block, string text)
    {
        var changed = body.DeepClone();
        changed["blocks"]![block]!["text"] = text;
        return changed;
    }

    internal static long IdOf(string address) => long.Parse(address[(address.LastIndexOf('/') + 1)..]);

    private static IEnumerable<(string, string)> Hidden(TestSite.Answer page) => page.Page.QuerySelectorAll("main input[type=hidden]").OfType<IHtmlInputElement>().Where(input => input.Name != "_form").Select(input => (input.Name!, input.Value));

    private static List<long> Ids(TestSite.Answer answer) => answer.Json.EnumerateArray().Select(found => found.GetProperty("id").GetInt64()).ToList();
}
