using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Warta.Accounts;
using Warta.Content;
using Warta.Engines;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Newsroom;

/// <summary>What a stranger, somebody of a low rank, or somebody clumsy tried on a whole newsroom; each test is named by it.</summary>
public class AttackTests
{
    [Fact]
    public async Task Who_sends_a_form_a_byte_at_a_time_keeps_nobody_from_the_newsroom()
    {
        using var site = new TestSite();
        using var editor = await Staff.SignInAsync(site, "editor");
        var slow = new List<TcpClient>();
        // More than there are places at the door, and more than there are inside.
        foreach (var (path, count) in (((string, int)[])[("/newsroom/sign-in", 8), ("/newsroom/stories", 80)]))
        {
            for (var i = 0; i < count; i++)
            {
                var client = new TcpClient();
                await client.ConnectAsync(site.Address.Host, site.Address.Port);
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {site.Address.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\nemail="));
                slow.Add(client);
            }
        }

        Assert.Equal(200, (await site.GetAsync("/newsroom/sign-in")).Status);
        Assert.Equal(200, (await editor.GetAsync("/newsroom/stories")).Status);
        using var other = await Staff.SignInAsync(site, "reporter");
        slow.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Who_sends_an_autosave_or_a_picture_a_byte_at_a_time_keeps_nobody_from_the_newsroom()
    {
        using var site = new TestSite();
        using var editor = await Staff.SignInAsync(site, "editor");
        var story = site.Draft("Panen garam");
        var slow = new List<TcpClient>();
        foreach (var path in (string[])[$"/newsroom/stories/{story}/autosave", $"/newsroom/stories/{story}/presence", $"/newsroom/uploads/{new string('a', 64)}?offset=0"])
        {
            for (var i = 0; i < 70; i++)
            {
                var client = new TcpClient();
                await client.ConnectAsync(site.Address.Host, site.Address.Port);
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {site.Address.Authority}\r\nCookie: warta={editor.Cookie}\r\nX-Form: {editor.Proof}\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{{"));
                slow.Add(client);
            }
        }

        // Fast enough for the server not to hang up.
        using var ended = new CancellationTokenSource();
        var dribble = Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested)
            {
                foreach (var client in slow.Where(client => client.Connected)) await client.GetStream().WriteAsync(new byte[500], ended.Token);
                await Task.Delay(500, ended.Token);
            }
        });
        await Task.Delay(1_000);
        Assert.Equal(200, (await editor.GetAsync("/newsroom/stories")).Status);
        Assert.Equal(200, (await editor.PostJsonAsync($"/newsroom/stories/{story}/presence", new { })).Status);
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => dribble);
        slow.ForEach(client => client.Dispose());
    }

    [OnBothEngines]
    internal async Task Rubbish_at_the_door_is_refused_in_words_and_leaves_little_behind(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var stranger = new Staff(site);
        await stranger.GetAsync("/newsroom/sign-in");
        var address = string.Concat(Enumerable.Range(0, 10_000).Select(i => (i * 7_919).ToString("x", CultureInfo.InvariantCulture)))[..20_000];
        Assert.Equal(401, (await stranger.PostAsync("/newsroom/sign-in", ("email", address), ("password", "x"))).Status);
        Assert.Equal(0, site.Count("SELECT count(*) FROM sign_in_failures WHERE length(account) > 200"));
        Assert.Equal(1, site.Count("SELECT count(*) FROM sign_in_failures WHERE account <> ''"));
        Assert.Equal(413, (await stranger.PostAsync("/newsroom/sign-in", ("email", new string('a', 200_000)), ("password", "x"))).Status);

        foreach (var type in (string[])["multipart/form-data; boundary=x", "multipart/form-data"])
        {
            var half = new ByteArrayContent(Encoding.ASCII.GetBytes("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nabc"));
            half.Headers.TryAddWithoutValidation("Content-Type", type);
            Assert.Equal(400, (await stranger.SendAsync(HttpMethod.Post, "/newsroom/sign-in", half)).Status);
        }
    }

    [Theory]
    [InlineData("/newsroom/ü")]
    [InlineData("/newsroom/\u0085x")]
    [InlineData("//evil.example")]
    [InlineData("/newsroom\\evil.example")]
    [InlineData("https://evil.example/newsroom")]
    public async Task An_address_to_go_on_to_that_no_header_can_hold_or_that_leads_out_leads_to_the_front(string next)
    {
        using var site = new TestSite();
        using var editor = await Staff.SignInAsync(site, "editor");
        using var again = new Staff(site);
        Assert.Equal("/newsroom", (await again.EnterAsync(editor.Email, Staff.Password, next)).Location);
        var story = site.Draft("Panen garam");
        Assert.Equal("/newsroom", (await editor.PostAsync($"/newsroom/stories/{story}/assign", ("back", next))).Location);
    }

    [Theory]
    [InlineData("0001-01-01T00:00")]
    [InlineData("9999-12-31T23:59")]
    public async Task A_day_at_the_edge_of_time_is_refused_in_words(string day)
    {
        using var site = new TestSite();
        using var editor = await Staff.SignInAsync(site, "managing-editor");
        var story = site.Draft("Panen garam");
        await editor.GetAsync($"/newsroom/stories/{story}");
        foreach (var (verb, field) in (((string, string)[])[("", "expiresAt"), ("", "embargoedUntil"), ("/schedule", "at"), ("/assign", "deadline")]))
            Assert.Equal((verb, field, 422), (verb, field, (await editor.PostAsync($"/newsroom/stories/{story}{verb}", (field, day), ("version", verb.Length == 0 ? "1" : ""), ("text", "Isi."))).Status));
    }

    [Fact]
    public async Task A_recovery_link_made_by_the_admin_of_one_title_is_void_once_its_owner_has_more_to_say()
    {
        using var site = new TestSite();
        var title = site.Title.Id;
        using var chief = await Staff.SignInAsync(site, "admin");
        using var local = await Staff.SignInAsync(site, "admin", title);
        using var reporter = await Staff.SignInAsync(site, "reporter", title);
        var link = await LinkAsync(local, reporter);
        Assert.Equal(200, (await site.GetAsync(link)).Status);

        Assert.Equal(302, (await chief.PostAsync($"/newsroom/people/{reporter.Id}/roles", ("role", "admin"), ("place", ""))).Status);
        Assert.Equal(404, (await site.GetAsync(link)).Status);
        using var thief = new Staff(site);
        await thief.GetAsync("/newsroom/sign-in");
        Assert.Equal(404, (await thief.PostAsync("/newsroom/join", ("key", link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..]), ("password", "hujan turun di Blora"))).Status);
    }

    [Fact]
    public async Task An_admin_who_is_disabled_does_not_come_back_by_an_invitation_of_his_own_or_an_older_link()
    {
        using var site = new TestSite();
        using var chief = await Staff.SignInAsync(site, "admin");
        using var leaving = await Staff.SignInAsync(site, "admin");
        var invited = Link(await leaving.PostAsync("/newsroom/people/invite", ("email", "saya.lagi@example.com"), ("role", "admin"), ("place", "")));
        var recovered = await LinkAsync(leaving, leaving);
        Assert.Equal(200, (await site.GetAsync(invited)).Status);

        Assert.Equal(302, (await chief.PostAsync($"/newsroom/people/{leaving.Id}/disable")).Status);
        Assert.Equal(404, (await site.GetAsync(invited)).Status);
        Assert.Equal(404, (await site.GetAsync(recovered)).Status);
    }

    [Fact]
    public async Task A_writer_cannot_change_the_words_of_what_an_editor_has_scheduled()
    {
        using var site = new TestSite();
        using var editor = await Staff.SignInAsync(site, "editor");
        using var contributor = await Staff.SignInAsync(site, "contributor");
        var story = await BeginAsync(contributor, site, "Panen garam", "story");
        Assert.Equal(302, (await editor.PostAsync($"/newsroom/stories/{story}/schedule", ("at", "2026-01-27T09:00"))).Status);

        Assert.Equal(403, (await contributor.PostAsync($"/newsroom/stories/{story}", ("version", "1"), ("headline", "Beli obat ini"), ("text", "Isi."))).Status);
        Assert.Equal(403, (await contributor.PostJsonAsync($"/newsroom/stories/{story}/autosave", new { version = 1, fields = new { headline = "Beli obat ini" }, body = new { version = 1, blocks = Array.Empty<object>() } })).Status);
        // Taken back, it is his again.
        Assert.Equal(302, (await editor.PostAsync($"/newsroom/stories/{story}/unschedule")).Status);
        Assert.Equal(302, (await contributor.PostAsync($"/newsroom/stories/{story}", ("version", "1"), ("headline", "Panen garam di Madura"), ("text", "Isi."))).Status);
    }

    [OnBothEngines]
    internal async Task Who_sells_and_contributes_cannot_publish_an_advertorial_as_a_story(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var admin = await Staff.SignInAsync(site, "admin");
        using var seller = await Staff.SignInAsync(site, "advertising");
        site.Do(act => act.SetMemberships(seller.Id, [new Membership("advertising", null, null), new Membership("contributor", null, null)]));

        // By the form that publishes, and by an autosave before it.
        var story = await BeginAsync(seller, site, "Obat mujarab", ArticleKind.Advertorial);
        Assert.Equal(403, (await seller.PostAsync($"/newsroom/stories/{story}/publish", ("version", "1"), ("kind", "story"), ("text", "Isi."))).Status);
        Assert.Equal(200, (await seller.PostJsonAsync($"/newsroom/stories/{story}/autosave", new { version = 1, fields = new { kind = "story" }, body = new { version = 1, blocks = Array.Empty<object>() } })).Status);
        Assert.Equal(403, (await seller.PostAsync($"/newsroom/stories/{story}/publish")).Status);
        Assert.Equal(403, (await seller.PostAsync($"/newsroom/stories/{story}/schedule", ("at", "2026-01-27T09:00"))).Status);
        Assert.Equal(0, site.Count("SELECT count(*) FROM publications") + site.Count("SELECT count(*) FROM releases"));
    }

    [Fact]
    public async Task An_editor_of_one_section_cannot_publish_into_another_where_he_only_contributes()
    {
        using var site = new TestSite();
        site.Draft("Lama", section: "Ekonomi");
        site.Draft("Lama juga", section: "Nasional");
        var title = site.Title.Id;
        long Section(string name) => site.Press.Titles.Sections(title).Single(section => section.Name == name).Id;
        using var admin = await Staff.SignInAsync(site, "admin");
        using var editor = await Staff.SignInAsync(site, "editor", title, Section("Ekonomi"));
        site.Do(act => act.SetMemberships(editor.Id, [new Membership("editor", title, Section("Ekonomi")), new Membership("contributor", title, Section("Nasional"))]));
        var begun = await editor.PostAsync("/newsroom/stories", ("section", $"{Section("Ekonomi")}"), ("headline", "Panen garam"));
        var story = long.Parse(begun.Location.Split('/')[^1], CultureInfo.InvariantCulture);

        Assert.Equal(403, (await editor.PostAsync($"/newsroom/stories/{story}/publish", ("version", "1"), ("section", $"{Section("Nasional")}"), ("text", "Isi."))).Status);
        Assert.Equal(0, site.Count("SELECT count(*) FROM publications"));
    }

    [Fact]
    public async Task A_story_or_request_is_given_to_nobody_who_works_elsewhere_or_does_not_exist()
    {
        using var site = new TestSite();
        var other = site.AddTitle("lain", "lain.example");
        using var editor = await Staff.SignInAsync(site, "editor");
        using var stranger = await Staff.SignInAsync(site, "reporter", other);
        var story = site.Story("Panen garam");
        foreach (var id in (string[])[$"{stranger.Id}", "999999", "-1", "x"])
        {
            Assert.Equal((id, 422), (id, (await editor.PostAsync($"/newsroom/stories/{story}/assign", ("assignee", id))).Status));
            Assert.Equal((id, 422), (id, (await editor.PostAsync($"/newsroom/stories/{story}/requests", ("kind", "koreksi"), ("askedBy", "Warga"), ("text", "Salah nama"), ("owner", id))).Status));
        }
    }

    private static async Task<long> BeginAsync(Staff staff, TestSite site, string headline, string kind)
    {
        site.Draft("Lama");
        var section = site.Press.Titles.Sections(site.Title.Id).First().Id;
        var begun = await staff.PostAsync("/newsroom/stories", ("section", $"{section}"), ("kind", kind), ("headline", headline));
        return long.Parse(begun.Location.Split('/')[^1], CultureInfo.InvariantCulture);
    }

    private static async Task<string> LinkAsync(Staff admin, Staff whose) => Link(await admin.PostAsync($"/newsroom/people/{whose.Id}/recover"));

    /// <summary>The link that a page shows once.</summary>
    private static string Link(TestSite.Answer page)
    {
        var at = page.Text.IndexOf("/newsroom/join?key=", StringComparison.Ordinal);
        Assert.True(at >= 0, $"{page.Status} {page.Text}");
        return page.Text[at..page.Text.IndexOfAny(['"', '<', '&', ' '], at)];
    }
}
