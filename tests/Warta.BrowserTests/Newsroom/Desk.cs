using Microsoft.Playwright;
using Warta.Accounts;
using Warta.Content;
using Warta.House;
using Warta.Publishing;
using Warta.Reader;
using Xunit;

namespace Warta.BrowserTests.Newsroom;

/// <summary>A newsroom with people who write in it, each at a browser of his own.</summary>
public sealed class Desk : IAsyncLifetime, IDisposable
{
    private const string Password = "kereta malam ke Blitar";
    private static readonly Lazy<string> Hash = new(() => Passwords.HashOf(Password));
    private readonly List<IBrowserContext> _contexts = [];

    public Desk() => Wire = new(() => Site.Address);

    internal Wire Wire { get; }
    public Chromium Chromium { get; } = new();
    public TestSite Site { get; } = new();

    public Task InitializeAsync() => Chromium.InitializeAsync();

    /// <summary>A context in which somebody of this role is signed in.</summary>
    public async Task<IBrowserContext> SignInAsync(string name, string role = "editor", BrowserNewContextOptions? options = null)
    {
        var email = $"{name.ToLowerInvariant()}.{Site.Count("SELECT count(*) FROM users")}@example.com";
        Site.Do(act => act.AddUser(email, name, [new Membership(role, null, null)], Hash.Value));
        var context = await Chromium.Browser.NewContextAsync(options ?? new() { ViewportSize = new() { Width = 1360, Height = 900 } });
        _contexts.Add(context);
        await SignInAsync(await context.NewPageAsync(), email);
        return context;
    }

    public async Task SignInAsync(IPage page, string email)
    {
        await page.GotoAsync(Wire.Address + "/newsroom/sign-in");
        await page.FillAsync("[name=email]", email);
        await page.FillAsync("[name=password]", Password);
        await page.PressAsync("[name=password]", "Enter");
        await page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal));
    }

    public string AddressOf(long story) => $"{Wire.Address}/newsroom/stories/{story}";

    /// <summary>The story page with its editor, in the context's first page or another one.</summary>
    public async Task<Paper> OpenAsync(IBrowserContext context, long story, bool inNewTab = false)
    {
        var page = inNewTab ? await context.NewPageAsync() : context.Pages[0];
        var paper = new Paper(this, page, story);
        await paper.LoadAsync();
        return paper;
    }

    /// <summary>What the server has of a story.</summary>
    internal Writing Writing(long story) => Site.Press.Database.Read(session => Autosaves.Of(session, Site.Press.Titles, story)).Writing;

    public string Text(long story) => string.Join('\n', Writing(story).Body.Blocks.Select(block => BodyRenderer.PlainText(new Body([block]))));

    /// <summary>Every test begins with a whole network, and leaves nobody at his browser.</summary>
    public async Task EndAsync()
    {
        Wire.Mend();
        foreach (var context in _contexts) await context.CloseAsync();
        _contexts.Clear();
    }

    public async Task DisposeAsync()
    {
        await EndAsync();
        await Chromium.DisposeAsync();
    }

    public void Dispose()
    {
        Wire.Dispose();
        Site.Dispose();
    }
}

/// <summary>A story open in the editor.</summary>
public sealed class Paper
{
    private static readonly string[] Expected = ["Failed to load resource", "Applying inline style violates", "Executing inline event handler violates"];

    private readonly Desk _desk;
    private readonly long _story;
    private readonly List<string> _complaints = [];

    public Paper(Desk desk, IPage page, long story)
    {
        (_desk, Page, _story) = (desk, page, story);
        page.PageError += (_, error) => _complaints.Add(error);
        page.Console += (_, message) =>
        {
            // The browser's own word for a network that is cut or an answer that isn't 200, and for what it didn't run of a pasted page, is none of ours.
            if (message.Type == "error" && !Expected.Any(text => message.Text.StartsWith(text, StringComparison.Ordinal))) _complaints.Add(message.Text);
        };
    }

    public IPage Page { get; }
    public IReadOnlyList<string> Complaints => _complaints;
    public ILocator Text => Page.Locator("#story-text");
    public ILocator Status => Page.Locator("[data-status]");
    public IKeyboard Keyboard => Page.Keyboard;

    public async Task LoadAsync()
    {
        await Page.GotoAsync(_desk.AddressOf(_story));
        await ReadyAsync();
    }

    public async Task ReloadAsync()
    {
        await Page.ReloadAsync();
        await ReadyAsync();
    }

    public Task ReadyAsync() => Page.WaitForSelectorAsync(".taken-over #story-text");

    /// <summary>The cursor at the end of the text.</summary>
    public async Task ToEndAsync()
    {
        await Text.FocusAsync();
        // The editor puts its own cursor there a moment after it is focused; no person is quicker.
        await Page.WaitForTimeoutAsync(60);
        await Keyboard.PressAsync("Control+End");
        await Page.WaitForTimeoutAsync(60);
    }

    /// <summary>The cursor at the end of this paragraph.</summary>
    public async Task ToEndOfAsync(string text)
    {
        await Text.Locator("p", new() { HasText = text }).First.ClickAsync();
        await Keyboard.PressAsync("End");
    }

    public async Task StateAsync(string state) => await Page.WaitForSelectorAsync($"[data-status][data-state={state}]", new() { Timeout = 20_000 });

    /// <summary>Until the server has what is written.</summary>
    public async Task SavedAsync()
    {
        await Keyboard.PressAsync("Control+s");
        await Page.WaitForFunctionAsync("() => document.querySelector('[data-status]').dataset.state === 'saved' && /\\d/.test(document.querySelector('[data-status]').textContent)", null, new() { Timeout = 20_000 });
    }

    /// <summary>Until the server has it; asks for no more than that.</summary>
    public async Task SavedIfNeededAsync(Func<bool> isThere)
    {
        for (var i = 0; i < 100 && !isThere(); i++) await Page.WaitForTimeoutAsync(100);
        Assert.True(isThere(), await Status.InnerTextAsync());
    }

    /// <summary>Until the page says that it is so, by a promise; Playwright's own waiting takes a promise for a yes.</summary>
    public async Task UntilAsync(string function)
    {
        for (var i = 0; i < 300; i++)
        {
            if (await Page.EvaluateAsync<bool>(function)) return;
            await Page.WaitForTimeoutAsync(100);
        }

        Assert.Fail("It never came: " + function);
    }

    public Task PasteAsync(string html, string text) => Page.EvaluateAsync("""
        ([html, text]) => {
            const data = new DataTransfer();
            if (html) data.setData('text/html', html);
            data.setData('text/plain', text);
            document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        }
        """, new[] { html, text });

    /// <summary>Kept where the run's other output is, to be looked at.</summary>
    public async Task<string> ShootAsync(string name, bool whole = false)
    {
        var path = Checkout.Path("artifacts", "shots", name + ".png");
        await Page.ScreenshotAsync(new() { Path = path, FullPage = whole });
        return path;
    }
}
