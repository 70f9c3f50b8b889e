using Microsoft.Playwright;
using Xunit;

namespace Warta.BrowserTests;

/// <summary>One browser for all tests of a class: <c>IClassFixture&lt;Chromium&gt;</c>. Each test opens a page of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    public const string IsMissing = "Chromium is not here: install it, or set WARTA_TEST_CHROMIUM to its path";

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Where the system's Chromium is; null where there is none.</summary>
    public static string? Path { get; } =
        new[] { Environment.GetEnvironmentVariable("WARTA_TEST_CHROMIUM"), "/usr/bin/chromium" }.FirstOrDefault(File.Exists);

    /// <summary>A page with cookies and a cache of its own. JavaScript may be off: every page for readers must do without.</summary>
    public Task<IPage> NewPageAsync(bool javaScript = true) =>
        NewPageAsync(new BrowserNewContextOptions { JavaScriptEnabled = javaScript });

    public async Task<IPage> NewPageAsync(BrowserNewContextOptions options) => await (await Browser.NewContextAsync(options)).NewPageAsync();

    public IBrowser Browser => browser ?? throw new InvalidOperationException(IsMissing);

    public async Task InitializeAsync()
    {
        if (Path is null)
            return;

        // The driver would fetch a browser of its own.
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-quic",
                // Pages count no read of a browser that says a program drives it.
                "--disable-blink-features=AutomationControlled",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
            await browser.CloseAsync();
        playwright?.Dispose();
    }
}
