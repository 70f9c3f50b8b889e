using Warta.Content;
using Warta.Engines;
using Warta.Publishing;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Newsroom;

public class ManageTests
{
    [OnBothEngines]
    internal async Task Two_spellings_of_a_tag_become_one_and_two_again(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var (one, both) = (site.Story("Satu", with: draft => draft with { Tags = ["Jokowi"] }), site.Story("Dua", with: draft => draft with { Tags = ["Jokowi", "Joko Widodo"] }));
        var (from, into) = (Id(site, "tags", "jokowi"), Id(site, "tags", "joko-widodo"));
        var path = site.PathOf(one);
        Assert.Contains("/tag/jokowi", (await site.GetAsync(path)).Text, StringComparison.Ordinal);
        using var editor = await Staff.SignInAsync(site, "managing-editor");

        var merged = await editor.PostAsync($"/newsroom/manage/tags/{from}/merge?title=warta", ("into", $"{into}"));

        Assert.Equal(302, merged.Status);
        var old = await site.GetAsync("/tag/jokowi");
        Assert.Equal((301, "/tag/joko-widodo"), (old.Status, old.Location));
        Assert.Equal(["Dua", "Satu"], Headlines(await site.GetAsync("/tag/joko-widodo")).Order());
        var page = await site.GetAsync(path);
        Assert.Contains("/tag/joko-widodo", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/tag/jokowi\"", page.Text, StringComparison.Ordinal);
        // What is written with the old spelling from now on, and what was saved with it before, stands in the one list.
        site.Story("Tiga", with: draft => draft with { Tags = ["Jokowi"] });
        site.Do(act => act.Publish(one, site.Title.Id));
        Assert.Equal(3, site.Count("SELECT stories FROM listing_sizes WHERE kind = 'tag' AND key_id = @into", new { into }));
        Assert.Equal(0, site.Count("SELECT count(*) FROM listings WHERE kind = 'tag' AND key_id = @from", new { from }));

        var undo = (await editor.GetAsync(merged.Location)).Page.QuerySelector(".said form")!.GetAttribute("action")!;
        Assert.Equal(302, (await editor.PostAsync(undo)).Status);
        Assert.Equal(200, (await site.GetAsync("/tag/jokowi")).Status);
        Assert.Equal(2, site.Count("SELECT count(*) FROM listings WHERE kind = 'tag' AND key_id = @from", new { from }));
        // The third was written when the two were one: its revision names the one that was meant.
        Assert.Equal(2, site.Count("SELECT count(*) FROM listings WHERE kind = 'tag' AND key_id = @into", new { into }));
        Assert.Contains("/tag/jokowi\"", (await site.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.Equal(0, site.Press.Database.Read(Listings.Miscounted));
        Assert.Equal(422, (await editor.PostAsync(undo)).Status);
        Assert.NotEqual(0, both);
    }

    [OnBothEngines]
    internal async Task A_renamed_tag_leads_on_from_its_old_address_and_is_renamed_back(EngineKind engine)
    {
        using var site = new TestSite(engine);
        site.Story("Satu", with: draft => draft with { Tags = ["IKN"] });
        var id = Id(site, "tags", "ikn");
        using var editor = await Staff.SignInAsync(site, "managing-editor");

        Assert.Equal(302, (await editor.PostAsync($"/newsroom/manage/tags/{id}/rename", ("name", "Ibu Kota Nusantara"), ("slug", "ibu-kota-nusantara"))).Status);
        Assert.Equal("/tag/ibu-kota-nusantara", (await site.GetAsync("/tag/ikn")).Location);
        Assert.Contains("Ibu Kota Nusantara", (await site.GetAsync("/tag/ibu-kota-nusantara")).Text, StringComparison.Ordinal);
        Assert.Equal(302, (await editor.PostAsync($"/newsroom/manage/tags/{id}/rename", ("name", "IKN"), ("slug", "ikn"))).Status);
        Assert.Equal("/tag/ikn", (await site.GetAsync("/tag/ibu-kota-nusantara")).Location);
        Assert.Equal(200, (await site.GetAsync("/tag/ikn")).Status);
    }

    [OnBothEngines]
    internal async Task Mike_and_Mike_become_one_author_whose_profile_shows(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var story = site.Story("Satu", with: draft => draft with { Bylines = [new("Mike", "writer"), new("Mike Tan", "writer")] });
        site.Story("Dua", with: draft => draft with { Bylines = [new("Mike", "writer")] });
        var (from, into) = (Id(site, "authors", "mike"), Id(site, "authors", "mike-tan"));
        using var editor = await Staff.SignInAsync(site, "managing-editor");

        Assert.Equal(302, (await editor.PostAsync($"/newsroom/manage/authors/{from}/merge", ("into", $"{into}"))).Status);
        Assert.Equal(302, (await editor.PostAsync($"/newsroom/manage/authors/{into}/describe", ("job", "Redaktur Olahraga"), ("about", "Menulis bola."), ("user", $"{editor.Id}"))).Status);

        Assert.Equal("/author/mike-tan", (await site.GetAsync("/author/mike")).Location);
        var profile = (await site.GetAsync("/author/mike-tan")).Text;
        Assert.Contains("Redaktur Olahraga. Menulis bola.", profile, StringComparison.Ordinal);
        Assert.Contains("Dua", profile, StringComparison.Ordinal);
        Assert.Single((await site.GetAsync(site.PathOf(story))).Page.QuerySelectorAll("a[href='/author/mike-tan'][rel=author], .byline a[href='/author/mike-tan'], article a[href='/author/mike-tan']").Select(a => a.TextContent.Trim()).Where(text => text == "Mike Tan").Distinct());
    }

    [Fact]
    public async Task Who_manages_one_title_leaves_what_titles_share_alone()
    {
        using var site = new TestSite();
        var kota = site.AddTitle("kota", "kota.example.com");
        site.Story("Satu", with: draft => draft with { Tags = ["IKN", "Nusantara"] });
        using var editor = await Staff.SignInAsync(site, "managing-editor", kota);

        Assert.Equal(403, (await editor.PostAsync($"/newsroom/manage/tags/{Id(site, "tags", "ikn")}/merge?title=kota", ("into", $"{Id(site, "tags", "nusantara")}"))).Status);
        Assert.Equal(403, (await editor.PostAsync("/newsroom/manage/redirects?title=warta", ("lines", "/lama /baru"))).Status);
        Assert.Equal(302, (await editor.PostAsync("/newsroom/manage/redirects?title=kota", ("lines", "/lama /baru"))).Status);
        Assert.Equal(403, (await editor.GetAsync("/newsroom/manage/settings?title=kota")).Status);
    }

    public static TheoryData<string, string> Pages => new()
    {
        { "picks", "editor managing-editor admin" }, { "tags", "managing-editor admin" }, { "authors", "managing-editor admin" }, { "redirects", "managing-editor admin" },
        { "pages", "managing-editor admin" }, { "pages/edit", "managing-editor admin" }, { "menu", "managing-editor admin" }, { "", "managing-editor admin" }, { "sections", "admin" }, { "settings", "admin" }, { "tokens", "admin" },
    };

    [Theory, MemberData(nameof(Pages))]
    public async Task Each_page_opens_to_those_whose_work_it_is_and_to_nobody_else(string page, string roles)
    {
        using var site = new TestSite();
        site.AddTitle("kota", "kota.example.com");
        foreach (var role in new[] { "contributor", "reporter", "editor", "photo-editor", "advertising", "managing-editor", "admin" })
        {
            using var there = await Staff.SignInAsync(site, role, site.Title.Id);
            var list = page == "picks" ? "&list=" : "";
            Assert.Equal(roles.Split(' ').Contains(role) ? 200 : 403, (await there.GetAsync($"/newsroom/manage/{page}?title=warta{list}")).Status);
            Assert.Equal(403, (await there.GetAsync($"/newsroom/manage/{page}?title=kota{list}")).Status);
        }
    }

    [OnBothEngines]
    internal async Task An_address_of_before_leads_on_at_once_and_no_longer_when_it_is_removed(EngineKind engine)
    {
        using var site = new TestSite(engine);
        site.Story("Satu", section: "Bola");
        using var editor = await Staff.SignInAsync(site, "managing-editor");
        Assert.Equal(404, (await site.GetAsync("/berita/lama.html")).Status);

        Assert.Equal(302, (await editor.PostAsync("/newsroom/manage/redirects", ("status", "301"), ("lines", "/Berita/Lama.html /bola\nhttps://lama.example.com/sementara/,https://example.com/a?b=1,302\n/hilang\n/tag/tiada\t/bola"))).Status);

        var moved = await site.GetAsync("/berita/LAMA.html?utm=x");
        Assert.Equal((301, "/bola?utm=x"), (moved.Status, moved.Location));
        var brief = await site.GetAsync("/sementara");
        Assert.Equal((302, "https://example.com/a?b=1"), (brief.Status, brief.Location));
        Assert.Equal(410, (await site.GetAsync("/hilang")).Status);
        Assert.Equal("/bola", (await site.GetAsync("/tag/tiada")).Location);
        var removed = await editor.PostAsync("/newsroom/manage/redirects/remove", ("path", "/sementara"));
        Assert.Equal(404, (await site.GetAsync("/sementara")).Status);
        Assert.Equal(302, (await editor.PostAsync((await editor.GetAsync(removed.Location)).Page.QuerySelector(".said form")!.GetAttribute("action")!)).Status);
        Assert.Equal(302, (await site.GetAsync("/sementara")).Status);
    }

    [Fact]
    public async Task A_redirect_goes_before_a_page_only_where_somebody_said_so()
    {
        using var site = new TestSite();
        var story = site.Story("Satu", section: "Bola");
        using var editor = await Staff.SignInAsync(site, "managing-editor");
        var path = site.PathOf(story);
        Assert.Equal(200, (await site.GetAsync(path)).Status);

        Assert.Equal(422, (await editor.PostAsync("/newsroom/manage/redirects", ("status", "302"), ("lines", $"{path} /bola"))).Status);
        Assert.Equal(302, (await editor.PostAsync("/newsroom/manage/redirects", ("status", "302"), ("shadows", "1"), ("lines", $"{path} /bola"))).Status);
        Assert.Equal("/bola", (await site.GetAsync(path)).Location);
        await editor.PostAsync("/newsroom/manage/redirects/remove", ("path", path));
        Assert.Equal(200, (await site.GetAsync(path)).Status);
        foreach (var own in new[] { "/newsroom/x", "/api/v1/x", "/search", "/" })
            Assert.Equal(422, (await editor.PostAsync("/newsroom/manage/redirects", ("shadows", "1"), ("lines", $"{own} /bola"))).Status);
    }

    [Theory]
    [InlineData("/a /a")]
    [InlineData("/a /b\n/b /c\n/c /A/")]
    [InlineData("/a javascript:alert(1)")]
    [InlineData("/a //evil.example.com")]
    [InlineData("/a /\\evil.example.com")]
    [InlineData("/a https://user@evil.example.com/")]
    [InlineData("//a /b")]
    [InlineData("/a?x=1 /b")]
    [InlineData("/a /b 307")]
    [InlineData("/a /b 301 /c")]
    public async Task Circles_and_addresses_that_lead_astray_are_refused(string lines)
    {
        using var site = new TestSite();
        using var editor = await Staff.SignInAsync(site, "managing-editor");

        Assert.Equal(422, (await editor.PostAsync("/newsroom/manage/redirects", ("status", "301"), ("lines", lines))).Status);
        Assert.Equal(0, site.Count("SELECT count(*) FROM redirects"));
    }

    [Fact]
    public async Task Header_injection_by_a_redirect_is_text_and_letters_of_other_scripts_arrive()
    {
        using var site = new TestSite();
        using var editor = await Staff.SignInAsync(site, "managing-editor");

        await editor.PostAsync("/newsroom/manage/redirects", ("lines", "/a /b%0d%0aSet-Cookie:%20x=1\n/kopi /كوبي"));

        var answer = await site.GetAsync("/a");
        Assert.Null(answer.Header("Set-Cookie"));
        Assert.Equal("/b%0d%0aSet-Cookie:%20x=1", answer.Location);
        Assert.Equal("/" + Uri.EscapeDataString("كوبي"), (await site.GetAsync("/kopi")).Location);
    }

    [OnBothEngines]
    internal async Task Sections_are_added_renamed_moved_and_hidden_and_their_stories_stay(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var story = site.Story("Gol", section: "Bola");
        site.Story("Lain", section: "Olahraga");
        var bola = site.Press.Titles.Section(site.Title.Id, "bola")!.Id;
        using var admin = await Staff.SignInAsync(site, "admin");

        Assert.Equal(302, (await admin.PostAsync("/newsroom/manage/sections/add", ("name", "Liga 1"), ("under", $"{bola}"))).Status);
        Assert.NotNull(site.Press.Titles.Section(site.Title.Id, "bola/liga-1"));
        Assert.Equal(302, (await admin.PostAsync("/newsroom/manage/sections/rename", ("section", $"{bola}"), ("name", "Sepak Bola"), ("slug", "sepak-bola"))).Status);
        Assert.Equal("/sepak-bola", (await site.GetAsync("/bola")).Location);
        Assert.Contains("/sepak-bola", (await site.GetAsync("/")).Page.QuerySelector("header, nav")!.ParentElement!.InnerHtml, StringComparison.Ordinal);
        Assert.Equal(302, (await admin.PostAsync("/newsroom/manage/sections/hide", ("section", $"{bola}"), ("hidden", "1"))).Status);
        Assert.Empty((await site.GetAsync("/")).Page.QuerySelectorAll("nav a[href='/sepak-bola']"));
        Assert.Equal(200, (await site.GetAsync("/sepak-bola")).Status);
        Assert.Equal(200, (await site.GetAsync(site.PathOf(story))).Status);
        Assert.Equal(302, (await admin.PostAsync("/newsroom/manage/sections/hide", ("section", $"{bola}"), ("hidden", "0"))).Status);
        Assert.NotEmpty((await site.GetAsync("/")).Page.QuerySelectorAll("nav a[href='/sepak-bola']"));
    }

    [Fact]
    public async Task The_menu_is_changed_in_the_form_saved_and_put_back()
    {
        using var site = new TestSite();
        site.Story("Gol", section: "Bola");
        site.Story("Lain", section: "Nasional");
        site.Set("menu", "nasional, bola");
        using var editor = await Staff.SignInAsync(site, "managing-editor");

        var moved = await editor.PostAsync("/newsroom/manage/menu", ("story", "nasional"), ("story", "bola"), ("do", "up:bola"));
        Assert.Equal(["Bola", "Nasional"], moved.Page.QuerySelectorAll(".ordered strong").Select(e => e.TextContent));
        var linked = await editor.PostAsync("/newsroom/manage/menu", ("story", "bola"), ("name", "Cek Fakta"), ("address", "/tag/cek-fakta"), ("do", "link"));
        Assert.Contains("Cek Fakta=/tag/cek-fakta", linked.Text, StringComparison.Ordinal);
        Assert.Equal("nasional, bola", site.Title["menu"]);
        Assert.Equal(422, (await editor.PostAsync("/newsroom/manage/menu", ("story", "x=javascript:alert(1)"), ("do", "save"))).Status);
        var saved = await editor.PostAsync("/newsroom/manage/menu", ("story", "bola"), ("story", "Cek Fakta=/tag/cek-fakta"), ("do", "save"));
        Assert.Equal("bola, Cek Fakta=/tag/cek-fakta", site.Title["menu"]);
        await editor.PostAsync((await editor.GetAsync(saved.Location)).Page.QuerySelector(".said form")!.GetAttribute("action")!);
        Assert.Equal("nasional, bola", site.Title["menu"]);
    }

    [OnBothEngines]
    internal async Task A_standing_page_is_written_looked_at_published_and_put_back(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var editor = await Staff.SignInAsync(site, "managing-editor");
        var preview = await editor.PostAsync("/newsroom/manage/pages/edit", ("new", "1"), ("slug", "redaksi"), ("name", "Redaksi"), ("text", "Pemimpin: **Budi** <script>alert(1)</script>"), ("do", "preview"));
        Assert.Contains("<strong>Budi</strong>", preview.Text, StringComparison.Ordinal);
        Assert.Empty(preview.Page.QuerySelectorAll(".preview script"));
        Assert.Equal(404, (await site.GetAsync("/redaksi")).Status);

        Assert.Equal(302, (await editor.PostAsync("/newsroom/manage/pages/edit", ("new", "1"), ("slug", "redaksi"), ("name", "Redaksi"), ("text", "Pemimpin: Budi"), ("do", "save"))).Status);
        Assert.Contains("Pemimpin: Budi", (await site.GetAsync("/redaksi")).Text, StringComparison.Ordinal);
        Assert.Equal(422, (await editor.PostAsync("/newsroom/manage/pages/edit", ("new", "1"), ("slug", "redaksi"), ("name", "Redaksi"), ("text", "Lain"), ("do", "save"))).Status);
        var changed = await editor.PostAsync("/newsroom/manage/pages/edit", ("slug", "redaksi"), ("name", "Redaksi"), ("text", "Pemimpin: Sari"), ("do", "save"));
        Assert.Contains("Pemimpin: Sari", (await site.GetAsync("/redaksi")).Text, StringComparison.Ordinal);
        await editor.PostAsync((await editor.GetAsync(changed.Location)).Page.QuerySelector(".said form")!.GetAttribute("action")!);
        Assert.Contains("Pemimpin: Budi", (await site.GetAsync("/redaksi")).Text, StringComparison.Ordinal);
        Assert.Equal(302, (await editor.PostAsync("/newsroom/manage/pages/remove", ("slug", "redaksi"))).Status);
        Assert.Equal(404, (await site.GetAsync("/redaksi")).Status);
    }

    [Fact]
    public async Task Settings_are_saved_together_or_say_beside_the_field_what_is_wrong()
    {
        using var site = new TestSite();
        using var admin = await Staff.SignInAsync(site, "admin");

        var refused = await admin.PostAsync("/newsroom/manage/settings", ("name", "Kabar"), ("colors.light", "#ffffff #dddddd #eeeeee"), ("theme", "tiada"), ("timezone", "Mars/Olympus"));
        Assert.Equal(422, refused.Status);
        Assert.Equal(["fault:timezone", "fault:theme", "fault:colors.light"], refused.Page.QuerySelectorAll(".field-error").Select(e => e.Id));
        Assert.Equal("Kabar", refused.Page.QuerySelector("#name")!.GetAttribute("value"));
        Assert.Equal("Warta", site.Title.Name);

        Assert.Equal(302, (await admin.PostAsync("/newsroom/manage/settings", ("name", "Kabar"), ("colors.light", "#fbf8f1 #1c1814 #96301a"))).Status);
        Assert.Equal(("Kabar", "#fbf8f1 #1c1814 #96301a"), (site.Title.Name, site.Title["colors.light"]));
        Assert.Contains("Kabar", (await site.GetAsync("/")).Text, StringComparison.Ordinal);
        Assert.Equal(2, site.Count("SELECT count(*) FROM audit WHERE verb = 'title-set' AND actor = @Actor", new { admin.Actor }));
    }

    [Fact]
    public async Task Every_setting_has_a_field_and_a_name_in_both_languages()
    {
        using var site = new TestSite();
        using var admin = await Staff.SignInAsync(site, "admin");

        var page = (await admin.GetAsync("/newsroom/manage/settings")).Page;

        foreach (var key in TitleSettings.All.Select(setting => setting.Key).Where(key => key != "menu")) Assert.NotNull(page.GetElementById(key));
    }

    [Fact]
    public async Task A_title_is_made_by_who_looks_after_all_of_them()
    {
        using var site = new TestSite();
        using var admin = await Staff.SignInAsync(site, "admin");
        using var local = await Staff.SignInAsync(site, "admin", site.Title.Id);
        (string, string)[] kota = [("slug", "kota"), ("name", "Kota"), ("host", "kota.example.com")];

        Assert.Equal(403, (await local.PostAsync("/newsroom/manage/settings/title", kota)).Status);
        Assert.Equal(302, (await admin.PostAsync("/newsroom/manage/settings/title", kota)).Status);
        Assert.Equal("Kota", site.Press.Titles.Title("kota").Name);
    }

    [Fact]
    public async Task A_logo_is_taken_in_by_what_it_is_not_by_what_it_is_called()
    {
        using var site = new TestSite();
        using var admin = await Staff.SignInAsync(site, "admin");
        using var form = new MultipartFormDataContent { { new StringContent(admin.Proof), "_form" }, { new StringContent(""), "logo" }, { new ByteArrayContent("<svg onload=alert(1)>"u8.ToArray()), "file:logo", "../../logo.png" } };

        var refused = await admin.SendAsync(HttpMethod.Post, "/newsroom/manage/settings", form);

        Assert.Equal(422, refused.Status);
        Assert.Equal("", site.Title["logo"]);
    }

    private static IEnumerable<string> Headlines(TestSite.Answer answer) => answer.Page.QuerySelectorAll("main a").Select(a => a.TextContent.Trim()).Where(text => text is "Satu" or "Dua").Distinct();

    private static long Id(TestSite site, string table, string slug) => site.Count($"SELECT id FROM {table} WHERE slug = @slug", new { slug });
}
