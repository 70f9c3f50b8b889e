using System.Text.Json;
using Microsoft.Playwright;
using Warta.Accounts;
using Xunit;

namespace Warta.BrowserTests.Newsroom;

/// <summary>Passkeys with Chromium's own virtual authenticator. What a forged answer meets stands in PasskeyTests.</summary>
public sealed class PasskeyInTheBrowserTests(Desk desk) : IClassFixture<Desk>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => desk.EndAsync();

    [BrowserFact]
    public async Task Passkey_is_added_named_signs_in_proves_and_is_removed()
    {
        var (page, _) = await WithKeyAsync("Sari");
        var form = page.Locator("form[action$='passkeys/name']");
        Assert.Equal("Laptop kantor", await form.Locator("[name=name]").InputValueAsync());
        await form.Locator("[name=name]").FillAsync("Laptop rumah");
        await form.Locator("button").First.ClickAsync();
        await page.WaitForSelectorAsync(".said");
        Assert.Equal("Laptop rumah", await form.Locator("[name=name]").InputValueAsync());

        await SignOutAsync(page);
        await SignInAsync(page);
        await page.WaitForSelectorAsync(".top");
        await page.GotoAsync(At("/newsroom/account"));
        Assert.StartsWith("sari", await page.InputValueAsync("[name=email]"), StringComparison.Ordinal);

        desk.Site.Clock.Now += TimeSpan.FromMinutes(16);
        await page.Locator("form[action$='passkeys/name'] button").Last.ClickAsync();
        await page.WaitForURLAsync("**/newsroom/prove**");
        await page.ClickAsync("form[data-passkey=get] button");
        await page.WaitForURLAsync("**/newsroom/account");
        await page.Locator("form[action$='passkeys/name'] button").Last.ClickAsync();
        await page.WaitForSelectorAsync(".said");
        Assert.Equal(0, await form.CountAsync());

        await SignOutAsync(page);
        await SignInAsync(page);
        await page.WaitForSelectorAsync(".said.error");
        Assert.Equal("Kunci sandi itu tidak dikenal di sini.", (await page.InnerTextAsync(".said")).Trim());
    }

    [BrowserFact]
    public async Task Passkey_of_a_removed_person_and_one_that_asked_nobody_open_nothing()
    {
        var (page, authenticator) = await WithKeyAsync("Tono");
        await SignOutAsync(page);

        // A page that lets the device ask nobody: the browser does as it is told, the server doesn't.
        await page.RouteAsync("**/newsroom/passkey-question", async route =>
        {
            var answer = await route.FetchAsync();
            var text = await answer.TextAsync();
            Assert.Contains("\"userVerification\":\"required\"", text, StringComparison.Ordinal);
            await route.FulfillAsync(new() { Response = answer, Body = text.Replace("\"userVerification\":\"required\"", "\"userVerification\":\"discouraged\"", StringComparison.Ordinal) });
        });
        await authenticator.VerifiesAsync(false);
        await SignInAsync(page);
        await page.WaitForSelectorAsync(".said.error");
        Assert.Equal("Kunci sandi itu tidak dikenal di sini.", (await page.InnerTextAsync(".said")).Trim());
        await page.UnrouteAllAsync();
        await authenticator.VerifiesAsync(true);

        desk.Site.Do(act => act.AddUser("pemred@example.com", "Ibu Pemred", [new Membership("admin", null, null)], ""));
        desk.Site.Do(act => act.Disable(Users.Find(act.Sql, desk.Site.Count("SELECT max(user_id) FROM passkeys"))!));
        await page.GotoAsync(At("/newsroom/sign-in"));
        await SignInAsync(page);
        await page.WaitForSelectorAsync(".said.error");
        Assert.Equal("Kunci sandi itu tidak dikenal di sini.", (await page.InnerTextAsync(".said")).Trim());
    }

    /// <summary>Somebody signed in by password who has just added a passkey.</summary>
    private async Task<(IPage Page, Authenticator Authenticator)> WithKeyAsync(string name)
    {
        var context = await desk.SignInAsync(name, "reporter");
        var page = context.Pages[0];
        // A passkey belongs to a name, which an address of numbers is not: the session's cookie comes along.
        var cookies = await context.CookiesAsync();
        await context.AddCookiesAsync(cookies.Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Domain = "localhost", Path = cookie.Path, HttpOnly = cookie.HttpOnly, SameSite = cookie.SameSite }));
        var authenticator = await Authenticator.PlugInAsync(page);
        await page.GotoAsync(At("/newsroom/account"));
        await page.FillAsync("form[data-passkey=create] [name=name]", "Laptop kantor");
        await page.ClickAsync("form[data-passkey=create] button");
        await page.WaitForSelectorAsync("form[action$='passkeys/name']");
        return (page, authenticator);
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.Locator("form[action='/newsroom/sign-out'] button").Last.ClickAsync();
        await page.WaitForURLAsync("**/newsroom/sign-in**");
    }

    private static Task SignInAsync(IPage page) => page.ClickAsync("form[data-passkey=get] button");

    private string At(string path) => desk.Wire.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + path;

    private sealed class Authenticator(ICDPSession session, string id)
    {
        public static async Task<Authenticator> PlugInAsync(IPage page)
        {
            var session = await page.Context.NewCDPSessionAsync(page);
            await session.SendAsync("WebAuthn.enable");
            var added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            });
            return new Authenticator(session, added!.Value.GetProperty("authenticatorId").GetString()!);
        }

        public Task<JsonElement?> VerifiesAsync(bool does) => session.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = id, ["isUserVerified"] = does });
    }
}
