using Microsoft.AspNetCore.Routing;
using Warta.Composition;
using Warta.Reader;
using Xunit;

namespace Warta.Newsroom;

public class DoorTests
{
    [Fact]
    public async Task CSRF_on_every_mutation_is_refused_and_changes_nothing()
    {
        using var site = new TestSite();
        using var admin = await Staff.SignInAsync(site, "admin");
        var story = site.Story("Banjir di Demak");
        var before = Everything();
        foreach (var (method, path) in NewsroomEndpoints.All(site).Where(endpoint => endpoint.Method == "POST").Select(endpoint => (endpoint.Method, NewsroomEndpoints.At(endpoint.Pattern, story, admin.Id))))
        {
            foreach (var headers in (((string, string)[] Headers, string Proof)[])[([], ""), ([], "x"), ([("Origin", "https://evil.example")], admin.Proof), ([("Origin", "null")], admin.Proof), ([("Sec-Fetch-Site", "cross-site")], admin.Proof), ([("Sec-Fetch-Site", "same-site")], admin.Proof)])
            {
                var answer = await admin.SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent([new("_form", headers.Proof)]), headers.Headers);
                Assert.True(answer.Status is 400 or 401, $"POST {path} from elsewhere was answered {answer.Status}");
            }

            Assert.Equal(before, Everything());
        }

        (long, long, long, long) Everything() => (site.Count("SELECT number FROM event_clock"), site.Count("SELECT count(*) FROM sessions"), site.Count("SELECT count(*) FROM users"), site.Count("SELECT count(*) FROM autosaves"));
    }

    [Fact]
    public async Task Nobody_who_is_not_signed_in_gets_past_the_door()
    {
        using var site = new TestSite();
        var story = site.Story("Banjir di Demak");
        foreach (var (method, pattern, needs) in NewsroomEndpoints.All(site).Where(endpoint => !endpoint.Needs.IsOpen))
        {
            var path = NewsroomEndpoints.At(pattern, story, 1);
            var answer = await site.SendAsync(method, path);
            Assert.True(answer.Status is 302 && answer.Location.StartsWith("/newsroom/sign-in?next=", StringComparison.Ordinal) || (method == "POST" && answer.Status == 401), $"{method} {path} was answered {answer.Status}");
        }
    }

    [Fact]
    public void Each_endpoint_of_the_newsroom_says_what_it_needs() =>
        Assert.Equal(["/newsroom/assets/{file}", "/newsroom/offline.js", "/newsroom/{**rest}"], NewsroomEndpoints.WithoutNeeds().Order(StringComparer.Ordinal));

    [Fact]
    public async Task Clickjacking_is_blocked_and_nothing_of_the_newsroom_is_kept_by_caches()
    {
        using var site = new TestSite();
        using var admin = await Staff.SignInAsync(site, "admin");
        var story = site.Story("Banjir di Demak");
        foreach (var path in NewsroomEndpoints.All(site).Where(endpoint => endpoint.Method == "GET").Select(endpoint => NewsroomEndpoints.At(endpoint.Pattern, story, admin.Id)))
        {
            var answer = await admin.GetAsync(path);
            Assert.True(answer.Header("Cache-Control")?.Contains("no-store", StringComparison.Ordinal) == true, path);
            Assert.True(answer.Header("X-Frame-Options") == "DENY", path);
            Assert.Contains("frame-ancestors 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
            // A preview is a reader's page, without any script.
            if (!path.Contains("/preview", StringComparison.Ordinal)) Assert.Contains("require-trusted-types-for 'script'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        }
    }

    [Fact]
    public async Task Cookies_over_TLS_are_bound_to_the_host_and_HSTS_is_sent_when_a_trusted_proxy_says_so()
    {
        using var site = new TestSite();
        (string, string)[] tls = [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "evil.example")];
        var untrusted = await site.SendAsync("GET", "/newsroom/sign-in", headers: tls);
        Assert.StartsWith("warta=", untrusted.Header("Set-Cookie"), StringComparison.Ordinal);
        Assert.Null(untrusted.Header("Strict-Transport-Security"));

        site.Site.Proxies = TrustedProxies.Read("127.0.0.1");
        var trusted = await site.SendAsync("GET", "/newsroom/sign-in", headers: tls);
        var cookie = trusted.Header("Set-Cookie")!.ToLowerInvariant();
        Assert.StartsWith("__host-warta=", cookie, StringComparison.Ordinal);
        foreach (var flag in (string[])["; secure", "; httponly", "; samesite=lax", "; path=/"]) Assert.Contains(flag, cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain=", cookie, StringComparison.Ordinal);
        Assert.Equal("max-age=31536000", trusted.Header("Strict-Transport-Security"));
        Assert.DoesNotContain("evil.example", trusted.Text, StringComparison.Ordinal);
        Assert.StartsWith("warta=", (await site.SendAsync("GET", "/newsroom/sign-in", headers: [("X-Forwarded-Proto", "http")])).Header("Set-Cookie"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_cookie_on_a_page_for_readers_never()
    {
        using var site = new TestSite();
        using var editor = await Staff.SignInAsync(site, "editor");
        var path = site.PathOf(site.Story("Banjir di Demak"));
        foreach (var page in (string[])["/", path, "/search?q=banjir", "/nasional", "/no-such-page", "/feed.xml", "/newsroomish"])
        {
            var answer = await editor.GetAsync(page);
            Assert.Null(answer.Header("Set-Cookie"));
            Assert.DoesNotContain(editor.Email, answer.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/newsroom/people/")]
    [InlineData("/NEWSROOM/people")]
    [InlineData("/newsroom/./people")]
    [InlineData("/newsroom/x/../people")]
    [InlineData("/newsroom/%70eople")]
    [InlineData("/newsroom//people")]
    [InlineData("/newsroom/people;x=1")]
    [InlineData("/newsroom/people/x.css")]
    public async Task Odd_spellings_of_an_address_get_the_same_verdict(string path)
    {
        using var site = new TestSite();
        using var reporter = await Staff.SignInAsync(site, "reporter");
        var line = await reporter.GetAsync(path);
        Assert.True(line.Status is 403 or 404, $"{line.Status}");
        Assert.Contains("no-store", line.Header("Cache-Control") ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_door_has_a_limiter_of_its_own_and_who_is_inside_is_not_held_up()
    {
        using var site = new TestSite();
        using var editor = await Staff.SignInAsync(site, "editor");
        var answers = await Task.WhenAll(Enumerable.Range(0, NewsroomLimits.KnocksAtOnce + 100).Select(_ => site.SendAsync("POST", "/newsroom/sign-in")));

        Assert.Contains(answers, answer => answer.Status == 503 && answer.Header("Retry-After") is not null);
        Assert.Equal(200, (await editor.GetAsync("/newsroom/account")).Status);
        Assert.Equal(302, (await editor.PostAsync("/newsroom/account", ("name", "Masih bisa"), ("language", ""))).Status);
    }
}

/// <summary>What the newsroom answers, as the server has mapped it.</summary>
internal static class NewsroomEndpoints
{
    public static List<(string Method, string Pattern, Needs Needs)> All(TestSite site) => site.Endpoints
        .Where(endpoint => endpoint.Metadata.GetMetadata<Needs>() is not null)
        .Select(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0], "/" + endpoint.RoutePattern.RawText!.Trim('/'), endpoint.Metadata.GetMetadata<Needs>()!))
        .OrderBy(endpoint => endpoint.Item2, StringComparer.Ordinal).ThenBy(endpoint => endpoint.Item1, StringComparer.Ordinal).ToList();

    public static List<string> WithoutNeeds()
    {
        using var site = new TestSite();
        return site.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<Needs>() is null && endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("newsroom", StringComparison.Ordinal)).Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')).ToList();
    }

    /// <summary>The address with something real in each hole.</summary>
    public static string At(string pattern, long story, long user) => System.Text.RegularExpressions.Regex.Replace(pattern, @"\{[^}]*\}", pattern.StartsWith("/newsroom/people", StringComparison.Ordinal) ? $"{user}" : $"{story}");
}
