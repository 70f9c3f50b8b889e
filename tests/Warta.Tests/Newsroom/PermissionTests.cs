using System.Text;
using Warta.Accounts;
using Warta.Engines;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Newsroom;

/// <summary>Who gets through where: each endpoint × role × title × section, played with requests, against a table that people have read.</summary>
public class PermissionTests
{
    private static readonly (char Letter, string Role)[] Cast =
        [('C', "contributor"), ('R', "reporter"), ('P', "photo-editor"), ('A', "advertising"), ('E', "editor"), ('M', "managing-editor"), ('X', "admin")];

    // These end the session of who asks.
    private static readonly string[] NotPlayed = ["POST /newsroom/sign-out"];

    [Fact]
    public async Task Every_endpoint_lets_in_whom_the_table_says_and_nobody_else()
    {
        using var site = new TestSite();
        var story = site.Draft("Banjir di Demak", section: "Nasional");
        site.Draft("Panen raya", section: "Ekonomi");
        var other = site.AddTitle("lain", "lain.example");
        var title = site.Title.Id;
        long Section(string name) => site.Press.Titles.Sections(title).Single(section => section.Name == name).Id;
        var places = new (long?, long?)[] { (null, null), (title, null), (title, Section("Nasional")), (title, Section("Ekonomi")), (other, null) };
        var people = new List<List<(char Letter, Staff Staff)>>();
        foreach (var (titleId, sectionId) in places)
        {
            people.Add([]);
            foreach (var (letter, role) in Cast) people[^1].Add((letter, await Staff.SignInAsync(site, role, titleId, sectionId)));
        }

        var (played, broken) = (new List<string>(), new HashSet<string>());
        foreach (var (method, pattern, needs) in NewsroomEndpoints.All(site))
        {
            var name = $"{method} {pattern}";
            if (needs.IsOpen) played.Add($"{name} | everybody");
            else if (NotPlayed.Contains(name)) played.Add($"{name} | whoever is signed in");
            else
            {
                var line = new StringBuilder($"{name} |");
                foreach (var group in people)
                {
                    line.Append(' ');
                    foreach (var (letter, staff) in group) line.Append(await Passes(site, broken, staff, method, pattern) ? letter : '.');
                }

                played.Add(line.ToString());
            }
        }

        foreach (var (_, staff) in people.SelectMany(group => group)) staff.Dispose();
        var table = PermissionTable.Lines;
        var wrong = played.Where(line => !table.Contains(line)).ToList();
        var gone = table.Where(line => !played.Any(p => p.Split('|')[0] == line.Split('|')[0])).ToList();
        Assert.True(wrong.Count == 0 && gone.Count == 0,
            $"{string.Join('\n', broken)}{(broken.Count > 0 ? "\n" : "")}{(wrong.Count > 0 ? $"The newsroom answers these otherwise than tests/Warta.Tests/Newsroom/PermissionTable.cs says, or they aren't in it. Read each line: if that is whom it should let in, put it into the table.\n{string.Join('\n', wrong)}\n" : "")}{(gone.Count > 0 ? $"These are in the table and no longer mapped: take them out.\n{string.Join('\n', gone)}" : "")}");
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    /// <summary>Through is whoever isn't refused: that a form lacks a field, or a picture isn't there, comes after.</summary>
    private static async Task<bool> Passes(TestSite site, HashSet<string> broken, Staff staff, string method, string pattern)
    {
        // Of nobody among them, in the section of the second place; new each time, for what one has done another shall not find.
        var story = method == "GET" ? 1 : site.Draft("Banjir di Demak", section: "Nasional");
        var path = NewsroomEndpoints.At(pattern, story, staff.Id);
        if (pattern == "/newsroom/people/{id:long}" || pattern.StartsWith("/newsroom/people/{id:long}/", StringComparison.Ordinal))
        {
            var user = site.Press.Run("test", act => act.AddUser($"u{site.Count("SELECT count(*) FROM users")}@example.com", "Seseorang", [new Membership("reporter", site.Title.Id, null)], ""));
            path = NewsroomEndpoints.At(pattern, story, user);
        }

        var section = site.Press.Titles.Sections(site.Title.Id).Single(s => s.Name == "Nasional").Id;
        var answer = method == "GET" ? await staff.GetAsync(path) : await staff.PostAsync(path, ("place", $"{site.Title.Id}/{section}"), ("section", $"{section}"), ("headline", "Judul"));
        if (answer.Status >= 500) broken.Add($"{method} {pattern} {answer.Status}");
        return answer.Status != 403 && !answer.Location.StartsWith("/newsroom/sign-in", StringComparison.Ordinal);
    }

    [Fact]
    public void What_each_role_may_is_written_once_and_what_is_not_listed_is_denied()
    {
        Permission[] own = [Permission.WriteOwn, Permission.AddPictures];
        Permission[] desk = [.. own, Permission.WriteAny, Permission.Edit, Permission.Publish, Permission.Withdraw, Permission.Correct, Permission.SetPicks];
        var expected = new Dictionary<string, Permission[]>
        {
            ["contributor"] = own,
            ["reporter"] = own,
            ["photo-editor"] = [.. own, Permission.ManagePictures],
            ["advertising"] = [Permission.Advertorial, Permission.AddPictures],
            ["editor"] = desk,
            ["managing-editor"] = [.. desk, Permission.Advertorial, Permission.ManagePictures, Permission.Takedown, Permission.ManageContent, Permission.ReadAudit],
            ["admin"] = Enum.GetValues<Permission>(),
        };
        Assert.Equal(expected.Keys.Order(), Roles.All.Order());
        foreach (var role in Roles.All)
        {
            foreach (var permission in Enum.GetValues<Permission>()) Assert.True(expected[role].Contains(permission) == Roles.May(role, permission), $"{role} {permission}");
        }

        Assert.All(Enum.GetValues<Permission>(), permission => Assert.False(Roles.May("publisher", permission) || Roles.May("", permission) || Roles.May("Admin", permission)));
    }

    [OnBothEngines]
    internal async Task Admin_of_one_title_gives_no_work_elsewhere_and_touches_nobody_who_works_elsewhere(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var other = site.AddTitle("lain", "lain.example");
        using var chief = await Staff.SignInAsync(site, "admin");
        using var local = await Staff.SignInAsync(site, "admin", site.Title.Id);
        using var abroad = await Staff.SignInAsync(site, "reporter", other);
        using var here = await Staff.SignInAsync(site, "reporter", site.Title.Id);
        await chief.PostAsync("/newsroom/people/invite", ("email", "chief-invites@example.com"), ("role", "editor"), ("place", $"{other}"));
        var foreign = (await chief.GetAsync("/newsroom/people")).Page.QuerySelector("input[name=invitation]")!.GetAttribute("value")!;
        var memberships = site.Count("SELECT count(*) FROM memberships");

        foreach (var place in (string[])["", $"{other}", "999", $"{site.Title.Id}/999"])
        {
            Assert.Equal(422, (await local.PostAsync("/newsroom/people/invite", ("email", "new@example.com"), ("role", "admin"), ("place", place))).Status);
            Assert.Equal(422, (await local.PostAsync($"/newsroom/people/{local.Id}/roles", ("role", "admin"), ("place", place))).Status);
            Assert.Equal(422, (await local.PostAsync($"/newsroom/people/{here.Id}/roles", ("role", "admin"), ("place", place))).Status);
        }

        foreach (var whom in (long[])[chief.Id, abroad.Id])
        {
            foreach (var what in (string[])["roles", "roles/remove", "recover", "sign-out", "disable", "enable"])
                Assert.Equal(422, (await local.PostAsync($"/newsroom/people/{whom}/{what}", ("role", "reporter"), ("place", $"{site.Title.Id}"), ("number", "0"))).Status);
        }

        Assert.Equal(422, (await local.PostAsync("/newsroom/people/revoke", ("invitation", foreign))).Status);
        Assert.Equal(422, (await local.PostAsync("/newsroom/people/resend", ("invitation", foreign))).Status);
        Assert.Equal(422, (await local.PostAsync("/newsroom/people/invite", ("email", "chief-invites@example.com"), ("role", "reporter"), ("place", $"{site.Title.Id}"))).Status);
        Assert.Equal((memberships, 1), (site.Count("SELECT count(*) FROM memberships"), site.Count("SELECT count(*) FROM invitations WHERE revoked_at IS NULL")));
        Assert.Equal(200, (await chief.GetAsync("/newsroom/account")).Status);
        Assert.Equal(302, (await local.PostAsync($"/newsroom/people/{here.Id}/roles", ("role", "editor"), ("place", $"{site.Title.Id}"))).Status);
    }

    [OnBothEngines]
    internal async Task Last_admin_of_all_titles_stays_admin(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var chief = await Staff.SignInAsync(site, "admin");
        await chief.PostAsync($"/newsroom/people/{chief.Id}/roles", ("role", "editor"), ("place", ""));
        Assert.Equal(422, (await chief.PostAsync($"/newsroom/people/{chief.Id}/roles/remove", ("number", "0"))).Status);
        Assert.Equal(422, (await chief.PostAsync($"/newsroom/people/{chief.Id}/disable")).Status);
        Assert.Equal(200, (await chief.GetAsync("/newsroom/people")).Status);

        using var second = await Staff.SignInAsync(site, "admin");
        Assert.Equal(302, (await second.PostAsync($"/newsroom/people/{chief.Id}/disable")).Status);
        Assert.Equal(422, (await second.PostAsync($"/newsroom/people/{second.Id}/disable")).Status);
    }

    [OnBothEngines]
    internal async Task People_are_found_by_name_and_role_when_they_are_many(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var chief = await Staff.SignInAsync(site, "admin");
        Assert.Null((await chief.GetAsync("/newsroom/people")).Page.QuerySelector("input[name=q]"));
        site.Do(act => Enumerable.Range(0, 55).ToList().ForEach(i => act.AddUser($"p{i}@example.com", $"Orang {i}", [new Membership(i % 2 == 0 ? "reporter" : "editor", null, null)], "")));
        Assert.NotNull((await chief.GetAsync("/newsroom/people")).Page.QuerySelector("input[name=q]"));
        Assert.Single((await chief.GetAsync("/newsroom/people?q=ORANG+17&role=editor")).Page.QuerySelectorAll("table tbody tr"));
        Assert.Empty((await chief.GetAsync("/newsroom/people?q=orang+17&role=reporter")).Page.QuerySelectorAll("table tbody tr"));
        Assert.Equal(200, (await chief.GetAsync("/newsroom/people?q=%27%22%3Cscript%3E&role=%27")).Status);
    }
}
