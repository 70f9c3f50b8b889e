using Warta.Engines;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Newsroom;

public class PasskeyTests
{
    [OnBothEngines]
    internal async Task Passkey_signs_in_by_itself_and_each_answer_is_good_for_once(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var user = await Staff.SignInAsync(site, "reporter");
        using var key = await AddAsync(user);
        using var browser = new Staff(site);

        var (question, credential) = await AnswerAsync(browser, key);
        var answer = await SendAsync(browser, question, credential, "/newsroom/account");

        Assert.Equal((302, "/newsroom/account"), (answer.Status, answer.Location));
        Assert.Contains(user.Email, (await browser.GetAsync("/newsroom/account")).Text, StringComparison.Ordinal);
        // The same answer again, the same to another question, and a question that nobody asked.
        using var thief = new Staff(site);
        await thief.GetAsync("/newsroom/sign-in");
        Assert.Equal(401, (await SendAsync(thief, question, credential)).Status);
        Assert.Equal(401, (await SendAsync(thief, (await AnswerAsync(thief, key)).Question, credential)).Status);
        Assert.Equal(401, (await SendAsync(thief, "x", credential)).Status);
        Assert.Equal(401, (await SendAsync(thief, "", "{}")).Status);
        Assert.StartsWith("/newsroom/sign-in", (await thief.GetAsync("/newsroom/account")).Location, StringComparison.Ordinal);
    }

    [OnBothEngines]
    internal async Task Passkey_is_refused_that_asked_nobody_or_is_too_late_or_speaks_of_another_place(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var user = await Staff.SignInAsync(site, "reporter");
        using var key = await AddAsync(user);
        using var browser = new Staff(site);

        key.Verifies = false;
        Assert.Equal(401, (await SignAsync(browser, key)).Status);
        key.Verifies = true;
        var home = key.Origin;
        foreach (var origin in (string[])["https://evil.example", home.Replace("http:", "https:", StringComparison.Ordinal), home + "0", "null"])
        {
            key.Origin = origin;
            Assert.Equal(401, (await SignAsync(browser, key)).Status);
        }

        key.Origin = home;
        var (question, credential) = await AnswerAsync(browser, key);
        site.Clock.Now += TimeSpan.FromMinutes(6);
        Assert.Equal(401, (await SendAsync(browser, question, credential)).Status);
        Assert.Equal(302, (await SignAsync(browser, key)).Status);
    }

    [OnBothEngines]
    internal async Task Passkey_of_somebody_who_is_removed_opens_nothing(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var admin = await Staff.SignInAsync(site, "admin");
        using var user = await Staff.SignInAsync(site, "reporter");
        using var key = await AddAsync(user);
        using var browser = new Staff(site);
        Assert.Equal(302, (await admin.PostAsync($"/newsroom/people/{user.Id}/disable")).Status);
        Assert.Equal(401, (await SignAsync(browser, key)).Status);
        Assert.Equal(302, (await admin.PostAsync($"/newsroom/people/{user.Id}/enable")).Status);
        Assert.Equal(302, (await SignAsync(browser, key)).Status);
    }

    [OnBothEngines]
    internal async Task Passkey_is_named_and_removed_by_its_owner_alone(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var user = await Staff.SignInAsync(site, "reporter");
        using var other = await Staff.SignInAsync(site, "admin");
        using var key = await AddAsync(user);
        var credential = (await user.GetAsync("/newsroom/account")).Page.QuerySelector("form[action$='passkeys/name'] [name=credential]")!.GetAttribute("value")!;
        foreach (var act in (string[])["name", "remove"])
            Assert.Equal(404, (await other.PostAsync("/newsroom/account/passkeys/" + act, ("credential", credential), ("name", "Milik orang lain"))).Status);

        Assert.Equal(302, (await user.PostAsync("/newsroom/account/passkeys/name", ("credential", credential), ("name", " Kunci\u202E biru "))).Status);
        Assert.Equal("Kunci biru", (await user.GetAsync("/newsroom/account")).Page.QuerySelector("form[action$='passkeys/name'] [name=name]")!.GetAttribute("value"));
        Assert.Equal(302, (await user.PostAsync("/newsroom/account/passkeys/remove", ("credential", credential))).Status);
        using var browser = new Staff(site);
        Assert.Equal(401, (await SignAsync(browser, key)).Status);
    }

    /// <summary>Nobody's key proves for another that it is he.</summary>
    [OnBothEngines]
    internal async Task Passkey_proves_who_is_signed_in_and_nobody_else(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var admin = await Staff.SignInAsync(site, "admin");
        using var user = await Staff.SignInAsync(site, "reporter");
        using var key = await AddAsync(user);
        using var own = await AddAsync(admin);
        site.Clock.Now += TimeSpan.FromMinutes(16);
        var (question, credential) = await AnswerAsync(admin, key);
        Assert.Equal(401, (await PostAsync(admin, "/newsroom/prove/passkey", question, credential, ("next", "/newsroom/people"))).Status);
        Assert.StartsWith("/newsroom/prove", (await admin.PostAsync("/newsroom/account/codes")).Location, StringComparison.Ordinal);

        (question, credential) = await AnswerAsync(admin, own);
        Assert.Equal("/newsroom/people", (await PostAsync(admin, "/newsroom/prove/passkey", question, credential, ("next", "/newsroom/people"))).Location);
        Assert.Equal(200, (await admin.PostAsync("/newsroom/account/codes")).Status);
    }

    private static async Task<SoftPasskey> AddAsync(Staff user)
    {
        var key = new SoftPasskey(user.Site.Address);
        var asked = (await user.PostAsync("/newsroom/passkey-question", ("for", "create"))).Json;
        var answer = await PostAsync(user, "/newsroom/account/passkeys", asked.GetProperty("question").GetString()!, key.Create(asked.GetProperty("options")), ("name", "Ponsel"));
        Assert.Equal((302, ""), (answer.Status, answer.Status == 302 ? "" : answer.Page.Body!.TextContent));
        return key;
    }

    private static async Task<(string Question, string Credential)> AnswerAsync(Staff browser, SoftPasskey key)
    {
        if (browser.Proof.Length == 0) await browser.GetAsync("/newsroom/sign-in");
        var asked = (await browser.PostAsync("/newsroom/passkey-question", ("for", "get"))).Json;
        return (asked.GetProperty("question").GetString()!, key.Sign(asked.GetProperty("options")));
    }

    private static async Task<TestSite.Answer> SignAsync(Staff browser, SoftPasskey key)
    {
        var (question, credential) = await AnswerAsync(browser, key);
        return await SendAsync(browser, question, credential);
    }

    private static Task<TestSite.Answer> SendAsync(Staff browser, string question, string credential, string next = "") => PostAsync(browser, "/newsroom/sign-in/passkey", question, credential, ("next", next));

    /// <summary>A browser says where the form came from.</summary>
    private static Task<TestSite.Answer> PostAsync(Staff browser, string path, string question, string credential, (string Name, string Value) more) => browser.SendAsync(HttpMethod.Post, path,
        new FormUrlEncodedContent([new("question", question), new("credential", credential), new(more.Name, more.Value), new("_form", browser.Proof)]), ("Origin", browser.Site.Address.GetLeftPart(UriPartial.Authority)));
}
