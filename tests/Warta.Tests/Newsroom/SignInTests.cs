using System.Globalization;
using Warta.Accounts;
using Warta.Engines;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Newsroom;

public class SignInTests
{
    private const string Another = "tiga ekor kuda nil";

    [OnBothEngines]
    internal async Task Who_signs_in_gets_in_and_who_signs_out_is_out_at_once(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var editor = await Staff.SignInAsync(site, "editor");

        Assert.Equal(200, (await editor.GetAsync("/newsroom/account")).Status);
        Assert.Equal(302, (await editor.PostAsync("/newsroom/sign-out")).Status);

        await IsOut(editor);
    }

    [OnBothEngines]
    internal async Task Set_up_page_works_once_and_after_install_is_404(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var first = new Staff(site);
        var link = "/newsroom/setup?key=" + site.SetUp.Secret;
        Assert.Equal(404, (await first.GetAsync("/newsroom/setup?key=guess")).Status);
        Assert.Equal(200, (await first.GetAsync(link)).Status);
        (string, string)[] form = [("key", site.SetUp.Secret), ("email", "Ibu@Example.com"), ("name", "Ibu Pemred"), ("password", Another)];
        Assert.Equal(422, (await first.PostAsync("/newsroom/setup", [.. form[..3], ("password", "password123")])).Status);

        Assert.Equal("/newsroom", (await first.PostAsync("/newsroom/setup", form)).Location);
        Assert.Contains("Ibu Pemred", (await first.GetAsync("/newsroom/people")).Text, StringComparison.Ordinal);

        using var second = new Staff(site);
        await second.GetAsync("/newsroom/sign-in");
        Assert.Equal(404, (await second.GetAsync(link)).Status);
        Assert.Equal(404, (await second.PostAsync("/newsroom/setup", form)).Status);
        Assert.Equal(1, site.Count("SELECT count(*) FROM users"));
        site.Restart();
        Assert.Equal(404, (await second.GetAsync("/newsroom/setup?key=" + site.SetUp.Secret)).Status);
    }

    [OnBothEngines]
    internal async Task Invitation_makes_the_account_it_says_once_and_mass_assigned_role_is_ignored(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var admin = await Staff.SignInAsync(site, "admin");
        var key = await Invite(admin, "sari@example.com", "reporter", $"{site.Title.Id}");

        using var sari = new Staff(site);
        Assert.Equal(404, (await sari.GetAsync("/newsroom/join?key=guess")).Status);
        Assert.Contains("sari@example.com", (await sari.GetAsync("/newsroom/join?key=" + key)).Text, StringComparison.Ordinal);
        (string, string)[] form = [("key", key), ("name", "Sari Dewi"), ("password", Another), ("role", "admin"), ("email", "admin@example.com"), ("place", "")];
        Assert.Equal(302, (await sari.PostAsync("/newsroom/join", form)).Status);

        Assert.Equal(200, (await sari.GetAsync("/newsroom/account")).Status);
        Assert.Equal(403, (await sari.GetAsync("/newsroom/people")).Status);
        Assert.Equal([new Membership("reporter", site.Title.Id, null)], site.Press.Database.Read(session => Users.Find(session, "sari@example.com").Memberships));
        using var second = new Staff(site);
        Assert.Equal(404, (await second.GetAsync("/newsroom/join?key=" + key)).Status);
        await second.GetAsync("/newsroom/sign-in");
        Assert.Equal(404, (await second.PostAsync("/newsroom/join", form)).Status);
    }

    [OnBothEngines]
    internal async Task Invitation_ends_after_a_week_when_revoked_and_when_a_new_link_is_made(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var admin = await Staff.SignInAsync(site, "admin");
        using var guest = new Staff(site);
        var old = await Invite(admin, "a@example.com", "reporter", "");
        var page = (await admin.GetAsync("/newsroom/people")).Page;
        var id = page.QuerySelector("input[name=invitation]")!.GetAttribute("value")!;

        var renewed = KeyIn(await admin.PostAsync("/newsroom/people/resend", ("invitation", id)));
        Assert.Equal(404, (await guest.GetAsync("/newsroom/join?key=" + old)).Status);
        Assert.Equal(200, (await guest.GetAsync("/newsroom/join?key=" + renewed)).Status);

        id = (await admin.GetAsync("/newsroom/people")).Page.QuerySelector("input[name=invitation]")!.GetAttribute("value")!;
        await admin.PostAsync("/newsroom/people/revoke", ("invitation", id));
        Assert.Equal(404, (await guest.GetAsync("/newsroom/join?key=" + renewed)).Status);

        var late = await Invite(admin, "b@example.com", "reporter", "");
        site.Clock.Now += Invitations.Lifetime;
        Assert.Equal(404, (await guest.GetAsync("/newsroom/join?key=" + late)).Status);
    }

    [OnBothEngines]
    internal async Task Code_of_the_app_is_asked_for_counts_once_and_a_recovery_code_stands_in_once(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var user = await Staff.SignInAsync(site, "reporter");
        var secret = (await user.GetAsync("/newsroom/account")).Page.QuerySelector("input[name=secret]")!.GetAttribute("value")!;
        Assert.Equal(422, (await user.PostAsync("/newsroom/account/second-factor", ("secret", secret), ("code", "000000"))).Status);
        Assert.Equal(422, (await user.PostAsync("/newsroom/account/second-factor", ("secret", ""), ("code", Totp.Code("", Step(site))))).Status);
        var on = await user.PostAsync("/newsroom/account/second-factor", ("secret", secret), ("code", Totp.Code(secret, Step(site))));
        var codes = on.Page.QuerySelectorAll("ul.codes code").Select(code => code.TextContent).ToList();
        Assert.Equal(10, codes.Distinct().Count());
        Assert.DoesNotContain(codes[0], (await user.GetAsync("/newsroom/account")).Text, StringComparison.Ordinal);

        using var browser = new Staff(site);
        Assert.StartsWith("/newsroom/sign-in/code", (await browser.EnterAsync(user.Email, Staff.Password)).Location, StringComparison.Ordinal);
        await IsOut(browser);
        var half = browser.Cookie;
        await browser.GetAsync("/newsroom/sign-in/code");
        Assert.Equal(401, (await browser.PostAsync("/newsroom/sign-in/code", ("code", Totp.Code(secret, Step(site))))).Status);
        site.Clock.Now += TimeSpan.FromSeconds(30);
        Assert.Equal(302, (await browser.PostAsync("/newsroom/sign-in/code", ("code", Totp.Code(secret, Step(site))))).Status);
        Assert.Equal(200, (await browser.GetAsync("/newsroom/account")).Status);
        Assert.NotEqual(half, browser.Cookie);

        foreach (var expected in (int[])[302, 401])
        {
            using var phoneless = new Staff(site);
            await phoneless.EnterAsync(user.Email, Staff.Password);
            await phoneless.GetAsync("/newsroom/sign-in/code");
            Assert.Equal(expected, (await phoneless.PostAsync("/newsroom/sign-in/code", ("code", codes[3].ToUpperInvariant()))).Status);
        }
    }

    [OnBothEngines]
    internal async Task Half_a_sign_in_ends_after_ten_minutes_and_guessed_codes_are_limited_from_wherever(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var user = await Staff.SignInAsync(site, "reporter");
        var secret = Totp.NewSecret();
        site.Do(act => act.TurnOn(user.Id, secret, Totp.Code(secret, Step(site))));
        using var thief = new Staff(site);
        await thief.EnterAsync(user.Email, Staff.Password);
        await thief.GetAsync("/newsroom/sign-in/code");
        for (var i = 0; i < 5; i++) Assert.Equal(401, (await thief.PostAsync("/newsroom/sign-in/code", ("code", "123456"))).Status);
        site.Site.Proxies = Composition.TrustedProxies.Read("127.0.0.1");
        var elsewhere = await thief.SendAsync(HttpMethod.Post, "/newsroom/sign-in/code", new FormUrlEncodedContent([new("code", "123456"), new("_form", thief.Proof)]), ("X-Forwarded-For", "203.0.113.9"));
        Assert.Equal(429, elsewhere.Status);

        site.Clock.Now += TimeSpan.FromMinutes(11);
        Assert.Equal("/newsroom/sign-in", (await thief.PostAsync("/newsroom/sign-in/code", ("code", Totp.Code(secret, Step(site))))).Location);
    }

    [Theory]
    // RFC 6238, appendix B, SHA-1, the last six digits.
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_RFC_6238(long second, string code) => Assert.Equal(code, Totp.Code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", second / 30));

    [OnBothEngines]
    internal async Task Sessions_are_listed_and_one_or_all_others_end_at_once(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var desk = await Staff.SignInAsync(site, "editor");
        using var phone = new Staff(site);
        using var tablet = new Staff(site);
        await phone.EnterAsync(desk.Email, Staff.Password);
        await tablet.EnterAsync(desk.Email, Staff.Password);
        var page = (await desk.GetAsync("/newsroom/account")).Page;
        var others = page.QuerySelectorAll("input[name=session]").Select(input => input.GetAttribute("value")!).ToList();
        Assert.Equal(2, others.Count);
        Assert.DoesNotContain(phone.Cookie, others);

        await desk.PostAsync("/newsroom/account/sessions/end", ("session", Secret.HashOf(phone.Cookie)));
        await IsOut(phone);
        Assert.Equal(200, (await tablet.GetAsync("/newsroom/account")).Status);
        await desk.PostAsync("/newsroom/account/sessions/end-others");
        await IsOut(tablet);
        Assert.Equal(200, (await desk.GetAsync("/newsroom/account")).Status);

        // Nobody ends another's.
        using var foreign = await Staff.SignInAsync(site, "reporter");
        await foreign.PostAsync("/newsroom/account/sessions/end", ("session", Secret.HashOf(desk.Cookie)));
        Assert.Equal(200, (await desk.GetAsync("/newsroom/account")).Status);
    }

    [OnBothEngines]
    internal async Task Disabled_users_session_is_dead_on_the_next_request_and_a_changed_role_holds_there(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var admin = await Staff.SignInAsync(site, "admin");
        using var user = await Staff.SignInAsync(site, "managing-editor");
        Assert.Equal(200, (await user.GetAsync("/newsroom/audit")).Status);
        await admin.PostAsync($"/newsroom/people/{user.Id}/roles", ("role", "reporter"), ("place", ""));
        await admin.PostAsync($"/newsroom/people/{user.Id}/roles/remove", ("number", "0"));
        Assert.Equal(403, (await user.GetAsync("/newsroom/audit")).Status);

        Assert.Equal(302, (await admin.PostAsync($"/newsroom/people/{user.Id}/disable")).Status);
        await IsOut(user);
        Assert.Equal(401, (await user.EnterAsync(user.Email, Staff.Password)).Status);
        await admin.PostAsync($"/newsroom/people/{user.Id}/enable");
        Assert.Equal(302, (await user.EnterAsync(user.Email, Staff.Password)).Status);
    }

    [OnBothEngines]
    internal async Task Sessions_end_when_idle_and_in_any_case_after_a_month(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var idle = await Staff.SignInAsync(site, "editor");
        using var busy = await Staff.SignInAsync(site, "editor");
        for (var day = 0; day < 29; day++)
        {
            site.Clock.Now += TimeSpan.FromDays(1);
            Assert.Equal(200, (await busy.GetAsync("/newsroom/account")).Status);
            if (day == 3) await IsOut(idle);
        }

        site.Clock.Now += TimeSpan.FromDays(1);
        await IsOut(busy);
    }

    [OnBothEngines]
    internal async Task Session_fixation_gets_a_new_id_at_login(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var user = await Staff.SignInAsync(site, "editor");
        using var victim = new Staff(site) { Cookie = "planted-by-somebody" };
        await victim.GetAsync("/newsroom/sign-in");
        Assert.Equal("planted-by-somebody", victim.Cookie);
        await victim.PostAsync("/newsroom/sign-in", ("email", user.Email), ("password", Staff.Password));
        var first = victim.Cookie;
        Assert.NotEqual("planted-by-somebody", first);

        // Signing in over a session ends that one.
        await victim.EnterAsync(user.Email, Staff.Password);
        await victim.GetAsync("/newsroom/account");
        await victim.PostAsync("/newsroom/sign-in", ("email", user.Email), ("password", Staff.Password));
        Assert.NotEqual(first, victim.Cookie);
        using var old = new Staff(site) { Cookie = first };
        await IsOut(old);
        using var planted = new Staff(site) { Cookie = "planted-by-somebody" };
        await IsOut(planted);
    }

    [OnBothEngines]
    internal async Task Locked_out_users_come_back_by_command_and_by_link_and_old_sessions_end(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var admin = await Staff.SignInAsync(site, "admin");
        using var user = await Staff.SignInAsync(site, "editor");
        var secret = Totp.NewSecret();
        site.Do(act => act.TurnOn(user.Id, secret, Totp.Code(secret, Step(site))));
        var password = site.Press.Run("command", act => act.Reset(Users.Find(act.Sql, user.Email)));
        await IsOut(user);
        Assert.Equal("/newsroom", (await user.EnterAsync(user.Email, password)).Location);

        var key = KeyIn(await admin.PostAsync($"/newsroom/people/{user.Id}/recover"));
        using var browser = new Staff(site);
        await browser.GetAsync("/newsroom/join?key=" + key);
        Assert.Equal(302, (await browser.PostAsync("/newsroom/join", ("key", key), ("password", Another))).Status);
        await IsOut(user);
        Assert.Equal(404, (await browser.GetAsync("/newsroom/join?key=" + key)).Status);
        Assert.Equal(302, (await user.EnterAsync(user.Email, Another)).Status);
    }

    [OnBothEngines]
    internal async Task Guessing_from_one_network_slows_it_down_and_never_locks_the_owner_out_elsewhere(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var owner = await Staff.SignInAsync(site, "editor");
        site.Site.Proxies = Composition.TrustedProxies.Read("127.0.0.1");
        using var thief = new Staff(site);
        await thief.GetAsync("/newsroom/sign-in");
        for (var i = 0; i < 5; i++) Assert.Equal(401, (await From(thief, $"203.0.113.{i}", owner.Email, "salah sama sekali")).Status);

        var slowed = await From(thief, "203.0.113.77", owner.Email, Staff.Password);
        Assert.Equal(429, slowed.Status);
        Assert.NotNull(slowed.Header("Retry-After"));
        using var elsewhere = new Staff(site);
        await elsewhere.GetAsync("/newsroom/sign-in");
        Assert.Equal(302, (await From(elsewhere, "198.51.100.4", owner.Email, Staff.Password)).Status);
        site.Clock.Now += TimeSpan.FromSeconds(int.Parse(slowed.Header("Retry-After")!, CultureInfo.InvariantCulture));
        Assert.Equal(302, (await From(thief, "203.0.113.77", owner.Email, Staff.Password)).Status);
    }

    [OnBothEngines]
    internal async Task Password_spraying_over_many_accounts_is_limited_per_network_and_the_audit_trail_says_so(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var owner = await Staff.SignInAsync(site, "editor");
        using var sprayer = new Staff(site);
        await sprayer.GetAsync("/newsroom/sign-in");
        for (var i = 0; i < 30; i++) Assert.Equal(401, (await sprayer.PostAsync("/newsroom/sign-in", ("email", $"nobody{i}@example.com"), ("password", "indonesia1945"))).Status);

        Assert.Equal(429, (await sprayer.PostAsync("/newsroom/sign-in", ("email", owner.Email), ("password", "indonesia1945"))).Status);
        Assert.Equal(1, site.Count("SELECT count(*) FROM audit WHERE verb = 'sign-in-slowed'"));
        Assert.Equal(200, (await owner.GetAsync("/newsroom/account")).Status);
    }

    [OnBothEngines]
    internal async Task User_enumeration_finds_the_same_text_and_the_same_work(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var admin = await Staff.SignInAsync(site, "admin");
        using var owner = await Staff.SignInAsync(site, "editor");
        using var disabled = await Staff.SignInAsync(site, "reporter");
        site.Do(act => act.Disable(Users.Find(act.Sql, disabled.Email)));
        var answers = new List<(int, string, long)>();
        foreach (var email in (string[])[owner.Email, disabled.Email, "nobody@example.com", "' OR 1=1 --"])
        {
            using var guest = new Staff(site);
            await guest.GetAsync("/newsroom/sign-in");
            var clock = site.Count("SELECT count(*) FROM sign_in_failures");
            var answer = await guest.PostAsync("/newsroom/sign-in", ("email", email), ("password", "salah sama sekali"));
            // The first one begins the network's own count too.
            answers.Add((answer.Status, answer.Page.QuerySelector(".said")!.TextContent.Trim(), site.Count("SELECT count(*) FROM sign_in_failures") - clock - (answers.Count == 0 ? 1 : 0)));
        }

        Assert.Equal([(401, answers[0].Item2, 1)], answers.Distinct());

        // The time is the hash's: without it a missing account would answer in a tenth of it.
        var (known, unknown) = (Time(owner.Email), Time("nobody@example.com"));
        Assert.InRange(unknown / known, 0.25, 4);

        double Time(string email) => Enumerable.Range(0, 9).Select(_ =>
        {
            var hash = site.Press.Database.Read(session => session.First<string>("SELECT password_hash FROM users WHERE email = @email", new { email }));
            var from = System.Diagnostics.Stopwatch.GetTimestamp();
            Assert.False(Passwords.Fits(hash, "salah sama sekali", out var _));
            return System.Diagnostics.Stopwatch.GetElapsedTime(from).TotalMilliseconds;
        }).Order().ElementAt(4);
    }

    [Fact]
    public async Task Open_redirect_after_login_leads_to_a_local_page_only()
    {
        using var site = new TestSite();
        using var user = await Staff.SignInAsync(site, "editor");
        Assert.Equal("/newsroom/account", (await user.EnterAsync(user.Email, Staff.Password, "/newsroom/account")).Location);
        foreach (var next in (string[])["https://evil.example/", "//evil.example", "/\\evil.example", "/newsroom//evil.example", "/newsroom\\evil", "javascript:alert(1)", "/newsroom\r\nX: y", "/", "\t//evil.example", "https:/newsroom"])
        {
            using var browser = new Staff(site);
            Assert.Equal("/newsroom", (await browser.EnterAsync(user.Email, Staff.Password, next)).Location);
        }
    }

    [OnBothEngines]
    internal async Task What_is_grave_asks_again_after_a_quarter_of_an_hour(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var admin = await Staff.SignInAsync(site, "admin");
        site.Clock.Now += TimeSpan.FromMinutes(16);
        foreach (var path in (string[])["/people/invite", "/account/email", "/account/second-factor", "/account/second-factor/off", "/account/codes", "/account/passkeys", $"/people/{admin.Id}/recover"])
            Assert.StartsWith("/newsroom/prove", (await admin.PostAsync("/newsroom" + path, ("email", "x@example.com"), ("role", "admin"), ("place", ""))).Location, StringComparison.Ordinal);
        Assert.Equal(0, site.Count("SELECT count(*) FROM invitations"));

        Assert.Equal(401, (await admin.PostAsync("/newsroom/prove", ("password", "salah sama sekali"))).Status);
        Assert.Equal("/newsroom/people", (await admin.PostAsync("/newsroom/prove", ("password", Staff.Password), ("next", "/newsroom/people"))).Location);
        await Invite(admin, "x@example.com", "reporter", "");
    }

    [OnBothEngines]
    internal async Task Changed_email_signs_in_keeps_ones_stories_and_ends_other_sessions(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var user = await Staff.SignInAsync(site, "reporter");
        using var other = new Staff(site);
        await other.EnterAsync(user.Email, Staff.Password);
        using var colleague = await Staff.SignInAsync(site, "reporter");
        var story = site.Draft("Milik saya");
        site.Do(act => act.Sql.Run("UPDATE articles SET created_by = @p1 WHERE id = @p2", user.Actor, story));

        Assert.Equal(422, (await user.PostAsync("/newsroom/account/email", ("email", "baru@example.com"), ("present", "bukan sandinya"))).Status);
        Assert.Equal(422, (await user.PostAsync("/newsroom/account/email", ("email", colleague.Email), ("present", Staff.Password))).Status);
        Assert.Equal("/newsroom/account", (await user.PostAsync("/newsroom/account/email", ("email", "Baru@example.com"), ("present", Staff.Password))).Location);

        await IsOut(other);
        Assert.Equal(200, (await user.GetAsync($"/newsroom/stories/{story}")).Status);
        Assert.Equal(401, (await other.EnterAsync(user.Email, Staff.Password)).Status);
        Assert.Equal(302, (await other.EnterAsync("baru@example.com", Staff.Password)).Status);
    }

    private static long Step(TestSite site) => site.Clock.Now.ToUnixTimeSeconds() / 30;

    private static async Task IsOut(Staff staff)
    {
        var answer = await staff.GetAsync("/newsroom/account");
        Assert.Equal(302, answer.Status);
        Assert.StartsWith("/newsroom/sign-in", answer.Location, StringComparison.Ordinal);
    }

    private static async Task<string> Invite(Staff admin, string email, string role, string place) =>
        KeyIn(await admin.PostAsync("/newsroom/people/invite", ("email", email), ("role", role), ("place", place)));

    private static string KeyIn(TestSite.Answer answer)
    {
        Assert.Equal(200, answer.Status);
        return answer.Page.QuerySelector("input.link")!.GetAttribute("value")!.Split("key=")[1];
    }

    private static Task<TestSite.Answer> From(Staff staff, string address, string email, string password) => staff.SendAsync(HttpMethod.Post, "/newsroom/sign-in",
        new FormUrlEncodedContent([new("email", email), new("password", password), new("_form", staff.Proof)]), ("X-Forwarded-For", address));
}
