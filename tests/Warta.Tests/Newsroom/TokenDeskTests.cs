using Warta.Accounts;
using Warta.Engines;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Newsroom;

public class TokenDeskTests
{
    [OnBothEngines]
    internal async Task A_token_is_shown_once_good_for_its_title_and_worthless_when_revoked(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var kota = site.AddTitle("kota", "kota.example.com", ("name", "Kota"));
        using var admin = await Staff.SignInAsync(site, "admin");

        var made = await admin.PostAsync("/newsroom/manage/tokens?title=kota", ("name", "aplikasi"), ("role", "admin"), ("scope", "title"));
        var token = made.Page.QuerySelector("input.link")!.GetAttribute("value")!;
        Assert.DoesNotContain(token, (await admin.GetAsync("/newsroom/manage/tokens?title=kota")).Text, StringComparison.Ordinal);
        var draft = new { headline = "Taman kota dibuka", text = "Isi." };
        Assert.Equal(201, (await Call(site, token, "POST", "/api/v1/articles", draft)).Status);
        Assert.Equal(1, site.Count("SELECT count(*) FROM articles WHERE canonical_title_id = @kota", new { kota }));

        await admin.PostAsync("/newsroom/manage/tokens/revoke?title=kota", ("name", "aplikasi"));
        Assert.Equal(401, (await Call(site, token, "POST", "/api/v1/articles", draft)).Status);
    }

    [Fact]
    public async Task A_token_beyond_its_scope_is_refused_and_the_audit_trail_says_so()
    {
        using var site = new TestSite();
        var kota = site.AddTitle("kota", "kota.example.com");
        var (theirs, own) = (site.Story("Milik warta"), site.Story("Milik kota", titleId: kota));
        site.Do(act => Publishing.PublishRevision.Publish(act, own, site.Title.Id));
        var token = site.Press.Run("test", act => act.AddToken("kota", "admin", kota));

        Assert.Equal(403, (await Call(site, token, "POST", "/api/v1/articles", new { headline = "Judul", text = "Isi.", title = "warta" })).Status);
        Assert.Equal(403, (await Call(site, token, "POST", $"/api/v1/articles/{theirs}/takedown", new { reason = "Salah" })).Status);
        Assert.Equal(403, (await Call(site, token, "POST", $"/api/v1/articles/{theirs}/publish", new { title = "kota" })).Status);
        Assert.Equal(403, (await Call(site, token, "PUT", "/api/v1/picks", new { picks = new[] { theirs }, title = "warta" })).Status);
        Assert.Equal(403, (await Call(site, token, "GET", $"/api/v1/articles/{theirs}/revisions", null)).Status);
        Assert.Equal(403, (await Call(site, token, "GET", "/api/v1/popular/exclusions", null)).Status);
        // Live in another title too: what happens to it there isn't this token's to say.
        Assert.Equal(403, (await Call(site, token, "POST", $"/api/v1/articles/{own}/purge", new { reason = "Salah" })).Status);
        Assert.Equal(7, site.Count("SELECT count(*) FROM audit WHERE verb = 'refused' AND actor = 'token:kota'"));
        Assert.Equal(200, (await Call(site, token, "POST", $"/api/v1/articles/{own}/withdraw", new { })).Status);
        Assert.Equal(1, site.Count("SELECT count(*) FROM publications WHERE article_id = @own", new { own }));
    }

    [Fact]
    public async Task Who_looks_after_one_title_makes_tokens_for_that_one_only_and_an_editor_none()
    {
        using var site = new TestSite();
        var kota = site.AddTitle("kota", "kota.example.com");
        using var admin = await Staff.SignInAsync(site, "admin", kota);
        using var editor = await Staff.SignInAsync(site, "managing-editor");

        Assert.Equal(403, (await admin.PostAsync("/newsroom/manage/tokens?title=kota", ("name", "a"), ("role", "admin"), ("scope", "all"))).Status);
        Assert.Equal(403, (await admin.PostAsync("/newsroom/manage/tokens?title=warta", ("name", "a"), ("role", "admin"), ("scope", "title"))).Status);
        Assert.Equal(403, (await editor.PostAsync("/newsroom/manage/tokens", ("name", "a"), ("role", "admin"), ("scope", "title"))).Status);
        Assert.Equal(0, site.Count("SELECT count(*) FROM tokens"));
        site.Press.Run("test", act => act.AddToken("semua", "reporter"));
        Assert.Equal(404, (await admin.PostAsync("/newsroom/manage/tokens/revoke?title=kota", ("name", "semua"))).Status);
    }

    [Fact]
    public async Task Making_a_token_asks_again_who_it_is()
    {
        using var site = new TestSite();
        using var admin = await Staff.SignInAsync(site, "admin");
        site.Clock.Now += Sessions.Proof + TimeSpan.FromMinutes(1);

        Assert.StartsWith("/newsroom/prove", (await admin.PostAsync("/newsroom/manage/tokens", ("name", "a"), ("role", "admin"), ("scope", "title"))).Location, StringComparison.Ordinal);
        Assert.Equal(0, site.Count("SELECT count(*) FROM tokens"));
    }

    private static Task<TestSite.Answer> Call(TestSite site, string token, string method, string path, object? body) => site.SendAsync(method, path, body, headers: ("Authorization", "Bearer " + token));
}
