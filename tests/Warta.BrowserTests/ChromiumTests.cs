using Xunit;

namespace Warta.BrowserTests;

public sealed class ChromiumTests(Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task The_browser_opens_a_page_and_reads_its_heading()
    {
        var page = await chromium.NewPageAsync();
        await page.GotoAsync("data:text/html,<h1>Selamat pagi</h1>");

        Assert.Equal("Selamat pagi", await page.Locator("h1").InnerTextAsync());
    }

    [BrowserFact]
    public async Task A_page_without_JavaScript_runs_none()
    {
        var page = await chromium.NewPageAsync(javaScript: false);
        await page.GotoAsync("data:text/html,<h1>tetap</h1><script>document.querySelector('h1').textContent = 'berubah'</script>");

        Assert.Equal("tetap", await page.Locator("h1").InnerTextAsync());
    }
}
