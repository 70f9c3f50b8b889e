using System.Net;
using System.Net.Http.Json;
using AngleSharp.Html.Parser;
using Warta.Accounts;
using Warta.Reader;

namespace Warta.Newsroom;

/// <summary>Somebody of the newsroom at a browser without script: keeps cookies, follows no redirect by itself, and sends forms with the proof that the last page held.</summary>
internal sealed class Staff : IDisposable
{
    public const string Password = "kereta malam ke Blitar";
    private static readonly Lazy<string> Hash = new(() => Passwords.HashOf(Password));

    private readonly HttpClient _client;
    private readonly CookieContainer _cookies = new();

    public Staff(TestSite site)
    {
        Site = site;
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = site.Address };
    }

    public TestSite Site { get; }
    public long Id { get; private init; }
    public string Email { get; private init; } = "";

    /// <summary>As the event log and the audit trail name him.</summary>
    public string Actor => "user:" + Email;

    /// <summary>What the browser keeps for the newsroom; empty for nothing.</summary>
    public string Cookie
    {
        get => _cookies.GetCookies(Site.Address)["warta"]?.Value ?? "";
        set => _cookies.Add(Site.Address, new Cookie("warta", value, "/"));
    }

    /// <summary>What a form has to bring back.</summary>
    public string Proof { get; private set; } = "";

    /// <summary>Somebody of this role who has just signed in by the form. Each call makes another person.</summary>
    public static async Task<Staff> SignInAsync(TestSite site, string role, long? titleId = null, long? sectionId = null, string? name = null)
    {
        var number = site.Count("SELECT count(*) FROM users") + 1;
        var email = $"{role}{number}@example.com";
        var id = site.Press.Run("test", act => act.AddUser(email, name ?? $"{role} {number}", [new Membership(role, titleId, sectionId)], Hash.Value));
        var staff = new Staff(site) { Id = id, Email = email };
        await staff.GetAsync("/newsroom/sign-in");
        var answer = await staff.PostAsync("/newsroom/sign-in", ("email", email), ("password", Password));
        if (answer.Status != 302) throw new InvalidOperationException($"{email} can't sign in: {answer.Status} {answer.Text}");
        await staff.GetAsync("/newsroom/account");
        return staff;
    }

    /// <summary>Shows the form, then sends it.</summary>
    public async Task<TestSite.Answer> EnterAsync(string email, string password, string next = "")
    {
        await GetAsync("/newsroom/sign-in");
        return await PostAsync("/newsroom/sign-in", ("email", email), ("password", password), ("next", next));
    }

    public Task<TestSite.Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<TestSite.Answer> PostAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Append(("_form", Proof)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));

    /// <summary>As a script of ours sends.</summary>
    public Task<TestSite.Answer> PostJsonAsync(string path, object body) => SendAsync(HttpMethod.Post, path, JsonContent.Create(body), ("X-Form", Proof), ("Accept", "application/json"));

    public async Task<TestSite.Answer> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        // A site that was started anew is at another port.
        using var request = new HttpRequestMessage(method, new Uri(Site.Address, path)) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var response = await _client.SendAsync(request);
        var answer = new TestSite.Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response);
        if (response.Content.Headers.ContentType?.MediaType == "text/html" && new HtmlParser().ParseDocument(answer.Text).QuerySelector("input[name=_form]")?.GetAttribute("value") is { } proof) Proof = proof;
        return answer;
    }

    public void Dispose() => _client.Dispose();
}
