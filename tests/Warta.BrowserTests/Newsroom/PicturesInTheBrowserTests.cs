using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Playwright;
using Warta.Accounts;
using Warta.Content;
using Warta.House;
using Warta.Media;
using Warta.Publishing;
using Warta.Reader;
using Xunit;

namespace Warta.BrowserTests.Newsroom;

/// <summary>Taking in pictures and describing them with a hand on the mouse, and without one.</summary>
public sealed class PicturesInTheBrowserTests(Chromium chromium, PicturesInTheBrowserTests.House house) : IClassFixture<Chromium>, IClassFixture<PicturesInTheBrowserTests.House>
{
    private const string Here = "/newsroom/pictures";

    [BrowserFact]
    public async Task Picture_comes_in_through_a_network_that_breaks()
    {
        var page = await SignInAsync();
        await page.GotoAsync(house.At(Here));
        var breaks = 0;
        await page.RouteAsync("**/newsroom/uploads/**", async route =>
        {
            if (route.Request.Url.EndsWith("offset=0", StringComparison.Ordinal) || Interlocked.Increment(ref breaks) > 2) await route.ContinueAsync();
            else await route.AbortAsync("connectionreset");
        });
        var before = house.Site.Count("SELECT count(*) FROM media");
        await page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "banjir.png", MimeType = "image/png", Buffer = Noise(800, 600) });

        await page.WaitForSelectorAsync(".sending a", new() { Timeout = 30_000 });
        Assert.True(breaks > 2, $"{breaks} breaks");
        Assert.Equal(before + 1, house.Site.Count("SELECT count(*) FROM media"));
        await page.ClickAsync(".sending a");
        Assert.Equal(1, await page.Locator(".focus img").CountAsync());
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('.focus img').complete && document.querySelector('.focus img').naturalWidth > 0 || new Promise(r => document.querySelector('.focus img').onload = () => r(true))"));
    }

    [BrowserFact]
    public async Task Pictures_come_in_by_drop_and_by_paste_and_a_refusal_says_why()
    {
        var page = await SignInAsync();
        await page.GotoAsync(house.At(Here));
        await GiveAsync(page, "drop", "foto.png", TestPictures.Png(320, 240));
        await page.WaitForSelectorAsync(".sending li:nth-child(1) a");
        await GiveAsync(page, "paste", "tempel.png", TestPictures.Png(300, 240));
        await page.WaitForSelectorAsync(".sending li:nth-child(2) a");
        await GiveAsync(page, "drop", "gambar.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>                                  </svg>"u8.ToArray());
        await page.WaitForSelectorAsync(".sending li:nth-child(3) .warning");
        Assert.Contains("SVG", await page.InnerTextAsync(".sending li:nth-child(3)"), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Focus_moves_by_a_click_and_by_the_arrow_keys()
    {
        var id = house.TakeIn("Perahu karet", 1_200);
        var page = await SignInAsync();
        await page.GotoAsync(house.At($"{Here}/{id}"));
        var box = (await page.Locator(".focus img").BoundingBoxAsync())!;
        await page.Locator(".focus img").ClickAsync(new() { Position = new() { X = box.Width / 4, Y = box.Height * 3 / 4 } });
        Assert.Equal(("25", "75"), (await page.InputValueAsync("[name=x]"), await page.InputValueAsync("[name=y]")));
        foreach (var key in (string[])["ArrowLeft", "ArrowUp", "Shift+ArrowRight"]) await page.Keyboard.PressAsync(key);
        Assert.Equal(("34", "74"), (await page.InputValueAsync("[name=x]"), await page.InputValueAsync("[name=y]")));
        Assert.Contains("%", await page.EvaluateAsync<string>("document.querySelector('.crops .square img').style.objectPosition"), StringComparison.Ordinal);
        await page.ClickAsync("[data-focus-form] button");
        await page.WaitForSelectorAsync(".said");
        Assert.Equal((34, 74), house.Site.Press.Database.Read(session => session.First<(int, int)>("SELECT focus_x, focus_y FROM media WHERE id = @id", new { id })));
        await page.ClickAsync(".said button");
        await page.WaitForSelectorAsync(".said:not(:has(button))");
        Assert.Equal(("50", "50"), (await page.InputValueAsync("[name=x]"), await page.InputValueAsync("[name=y]")));
    }

    [BrowserFact]
    public async Task Pages_fit_a_phone_and_are_kept_as_pictures_in_both_colours()
    {
        var id = house.TakeIn("Perahu karet menolong warga di Kampung Melayu, Jakarta Timur", 1_300, house.Site.Clock.Now.AddDays(3));
        house.Site.Story("Banjir merendam Kampung Melayu, ratusan warga mengungsi", with: draft => draft with { Picture = new Picture(id) });
        for (var i = 0; i < 8; i++) house.TakeIn(i % 3 == 0 ? "" : $"Warga mengungsi, foto {i}", 400);
        var axe = Checkers.Folder is null ? null : await File.ReadAllTextAsync(Checkers.File("node_modules", "axe-core", "axe.min.js"));
        foreach (var (scheme, width) in new[] { (ColorScheme.Light, 1360), (ColorScheme.Dark, 1360), (ColorScheme.Light, 360), (ColorScheme.Dark, 360) })
        {
            var page = await SignInAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
            foreach (var (name, path) in new[] { ("list", Here), ("expiring", Here + "?show=expiring"), ("nothing", Here + "?q=tidakada"), ("one", $"{Here}/{id}") })
            {
                await page.GotoAsync(house.At(path), new() { WaitUntil = WaitUntilState.NetworkIdle });
                await page.ScreenshotAsync(new() { Path = Checkout.Path("artifacts", "shots", $"pictures-{name}-{scheme}-{width}.png".ToLowerInvariant()), FullPage = true });
                Assert.Equal((name, width, 0), (name, width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")));
                if (axe is null) continue;
                await page.EvaluateAsync(axe + "; undefined");
                var found = await page.EvaluateAsync<JsonElement>("() => axe.run().then(result => result.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target} ${n.failureSummary}`)))");
                Assert.Equal((name, scheme, ""), (name, scheme, string.Join('\n', found.EnumerateArray().Select(v => v.GetString()))));
            }
        }
    }

    private async Task<IPage> SignInAsync(BrowserNewContextOptions? options = null)
    {
        var page = await chromium.NewPageAsync(options ?? new() { ViewportSize = new() { Width = 1360, Height = 900 } });
        page.PageError += (_, error) => Assert.Fail(error);
        await page.GotoAsync(house.At("/newsroom/sign-in"));
        await page.FillAsync("[name=email]", House.Email);
        await page.FillAsync("[name=password]", House.Password);
        await page.PressAsync("[name=password]", "Enter");
        await page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal));
        return page;
    }

    private static Task<JsonElement?> GiveAsync(IPage page, string how, string name, byte[] file) => page.EvaluateAsync("""
        ([how, name, base64]) => {
            const data = new DataTransfer();
            data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
            document.body.dispatchEvent(how === 'drop' ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }) : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        }
        """, new[] { how, name, Convert.ToBase64String(file) });

    private static byte[] Noise(int width, int height)
    {
        var rows = new byte[height * (width * 3 + 1)];
        RandomNumberGenerator.Fill(rows);
        for (var y = 0; y < height; y++) rows[y * (width * 3 + 1)] = 0;
        return TestPictures.Png(width, height, rows);
    }

    /// <summary>A site with a photo editor.</summary>
    public sealed class House : IDisposable
    {
        public const string Email = "foto@example.com", Password = "kereta malam ke Blitar";

        public House() => Site.Do(act => act.AddUser(Email, "Rani Foto", [new Membership("photo-editor", null, null)], Passwords.HashOf(Password)));

        public TestSite Site { get; } = new();

        public string At(string path) => new Uri(Site.Address, path).ToString();

        public long TakeIn(string alt, int width, DateTimeOffset? expires = null) =>
            Site.Press.TakeIn("user:" + Email, new TakeInPicture.NewPicture(TestPictures.Png(width, width * 2 / 3)) { Alt = alt, Caption = alt, Credit = alt.Length > 0 ? "Antara/Budi" : "", ExpiresAt = expires }).Id;

        public void Dispose() => Site.Dispose();
    }
}
