using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Warta.House;
using Warta.Publishing;
using Warta.Reader;
using Xunit;

namespace Warta.BrowserTests.Newsroom;

/// <summary>A newspaper's first day, from the link that serve prints to a story that is published, corrected, taken down and back; each person at a browser of his own.</summary>
public sealed partial class DayTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private const string Password = "perahu kertas di hulu";
    private readonly TestSite _site = new();
    private readonly List<IBrowserContext> _contexts = [];

    public void Dispose() => _site.Dispose();

    [EditorBrowserFact]
    public async Task A_day_in_the_newsroom()
    {
        _site.Site.Witness.Begin();
        var older = _site.Story("Pasar Induk Ramai Menjelang Libur", "Pedagang beras menambah pasokan.", at: _site.Clock.Now.AddHours(-3));
        var admin = await BrowserAsync(1360, 900);
        await admin.GotoAsync(At("/newsroom/setup?key=" + _site.SetUp.Secret));
        await admin.FillAsync("[name=email]", "dewi@example.com");
        await admin.FillAsync("[name=name]", "Dewi");
        await admin.FillAsync("[name=password]", Password);
        await admin.ClickAsync("button.main");
        await admin.WaitForURLAsync(At("/newsroom"));
        Assert.Equal(404, (await _site.GetAsync("/newsroom/setup?key=" + _site.SetUp.Secret)).Status);

        // The reporter is in the field, with a phone.
        var reporter = await JoinAsync(await InviteAsync(admin, "yusuf@example.com", "reporter"), "Yusuf", await BrowserAsync(375, 780, isPhone: true));
        await reporter.ClickAsync("a.write");
        await reporter.FillAsync("[name=headline]", "Jembatan Sungai Lamat Putus");
        await reporter.ClickAsync("button.main");
        await reporter.WaitForSelectorAsync(".taken-over #story-text");
        var story = long.Parse(StoryNumber().Match(reporter.Url).Groups[1].Value);
        await reporter.Locator("#story-text").ClickAsync();
        await reporter.Keyboard.TypeAsync("Jembatan gantung itu putus diterjang banjir, Senin pagi.");
        await reporter.SetInputFilesAsync("input[type=file][multiple]", Checkout.Path("src", "Warta", "Demo", "pictures", "05-1280.jpg"));
        var figure = reporter.Locator("#story-text figure");
        await figure.GetByLabel("Teks alternatif").FillAsync("Jembatan yang putus");
        await Assertions.Expect(figure.Locator("img")).ToHaveAttributeAsync("src", new Regex("/newsroom/pictures/"), new() { Timeout = 60_000 });
        await ToEndAsync(reporter);
        await reporter.Keyboard.PressAsync("Enter");
        await reporter.Keyboard.TypeAsync("/baca");
        await reporter.Keyboard.PressAsync("Enter");
        await reporter.GetByRole(AriaRole.Combobox, new() { Name = "Cari naskah" }).FillAsync("pasar induk");
        await reporter.GetByRole(AriaRole.Option, new() { Name = "Pasar Induk Ramai" }).ClickAsync();
        await StateAsync(reporter, "saved");

        // The network goes, the writing doesn't.
        await reporter.Context.SetOfflineAsync(true);
        await ToEndAsync(reporter);
        await reporter.Keyboard.TypeAsync("Tidak ada korban jiwa.");
        await StateAsync(reporter, "offline");
        await ShootAsync(reporter, "hari-1-luring");
        await reporter.Context.SetOfflineAsync(false);
        await StateAsync(reporter, "saved");
        await reporter.ClickAsync("[formaction$='/submit']");
        await reporter.WaitForURLAsync(At("/newsroom"));
        Assert.Contains("masuk desk", await reporter.Locator(".said").InnerTextAsync());

        // The editor at the desk sends it back, and it comes again.
        var editor = await JoinAsync(await InviteAsync(admin, "laksmi@example.com", "editor"), "Laksmi", await BrowserAsync(1360, 900));
        await editor.GotoAsync(At("/newsroom"));
        await ShootAsync(editor, "hari-2-meja");
        await editor.ClickAsync($"[data-card='{story}'] button");
        await editor.GotoAsync(At($"/newsroom/stories/{story}"));
        await editor.WaitForSelectorAsync(".taken-over #story-text");
        Assert.Contains("Tidak ada korban jiwa.", await editor.InnerTextAsync("#story-text"));
        await editor.ClickAsync("summary:has-text('Kembalikan')");
        await editor.FillAsync("[name=returnNote]", "Siapa yang bilang tidak ada korban?");
        await editor.ClickAsync("[formaction$='/return']");
        await editor.WaitForSelectorAsync(".said");
        await reporter.GotoAsync(At($"/newsroom/stories/{story}"));
        await reporter.WaitForSelectorAsync(".taken-over #story-text");
        Assert.Contains("Siapa yang bilang", await reporter.Locator(".returned-note").InnerTextAsync());
        await ToEndAsync(reporter);
        await reporter.Keyboard.TypeAsync(" Hal itu dikatakan Kepala Desa Lamat.");
        await StateAsync(reporter, "saved");
        await reporter.ClickAsync("[formaction$='/submit']");
        await reporter.WaitForURLAsync(At("/newsroom"));

        // Edited, approved, scheduled; out at its time, with a receipt.
        await editor.GotoAsync(At("/newsroom"));
        await editor.ClickAsync($"[data-card='{story}'] button");
        await editor.GotoAsync(At($"/newsroom/stories/{story}"));
        await editor.WaitForSelectorAsync(".taken-over #story-text");
        await editor.FillAsync("[name=headline]", "Jembatan Sungai Lamat Putus Diterjang Banjir");
        await StateAsync(editor, "saved");
        await editor.ClickAsync("[formaction$='/ready']");
        await editor.WaitForSelectorAsync(".said");
        await editor.WaitForSelectorAsync(".taken-over #story-text");
        await ShootAsync(editor, "hari-3-siap-tayang");
        await editor.ClickAsync("summary:has-text('Jadwalkan')");
        await editor.FillAsync("[name=at]", "2026-01-26T11:30");
        Assert.Contains("26 Januari 2026", await editor.Locator("[data-moment]").InnerTextAsync());
        await editor.ClickAsync("[formaction$='/schedule']");
        await editor.WaitForSelectorAsync(".said:has-text('11:30 WIB')");
        _site.Clock.Now = new DateTimeOffset(2026, 1, 26, 4, 30, 1, TimeSpan.Zero);
        _site.Press.ReleaseDue();
        var path = _site.PathOf(story);
        var page = await _site.GetAsync(path);
        Assert.Contains("Hal itu dikatakan Kepala Desa Lamat.", page.Text);
        Assert.Contains(_site.PathOf(older), page.Page.QuerySelector("[data-block=read-also] a")!.GetAttribute("href")!);
        await editor.GotoAsync(At($"/newsroom/stories/{story}/receipts"));
        await Assertions.Expect(editor.Locator("main")).ToContainTextAsync(new Regex("Tayang di \\d+ permukaan"), new() { Timeout = 30_000 });
        await ShootAsync(editor, "hari-4-jejak-tayang");

        // Put right in the open; then taken down, and back.
        await editor.GotoAsync(At($"/newsroom/stories/{story}/corrections"));
        await editor.FillAsync("form[action$='/corrections'] [name=text]", "Tertulis Senin pagi, seharusnya Minggu malam.");
        await editor.ClickAsync("form[action$='/corrections'] button.main");
        await editor.WaitForSelectorAsync(".said");
        Assert.Contains("seharusnya Minggu malam", (await _site.GetAsync(path)).Text);
        await admin.GotoAsync(At($"/newsroom/stories/{story}"));
        await admin.WaitForSelectorAsync(".taken-over #story-text");
        await admin.ClickAsync("summary:has-text('Cabut Berita')");
        await admin.FillAsync("[name=reason]", "Keluarga meminta.");
        await admin.ClickAsync("[formaction$='/takedown']");
        await admin.WaitForSelectorAsync(".said form");
        Assert.Equal(410, (await _site.GetAsync(path)).Status);
        await admin.ClickAsync(".said form button");
        await admin.WaitForSelectorAsync(".said:has-text('Pencabutan dibatalkan')");
        Assert.Contains("Hal itu dikatakan Kepala Desa Lamat.", (await _site.GetAsync(path)).Text);
        await EndAsync();
    }

    [EditorBrowserFact]
    public async Task The_same_by_keyboard_alone()
    {
        _site.Story("Lama", at: _site.Clock.Now.AddHours(-3));
        var page = await BrowserAsync(1360, 900);
        await page.GotoAsync(At("/newsroom/setup?key=" + _site.SetUp.Secret));
        // The first field has the cursor.
        await page.Keyboard.TypeAsync("dewi@example.com");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("Dewi");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(At("/newsroom"));

        await TabToAsync(page, "a.write");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(At("/newsroom/stories/new"));
        await TabToAsync(page, "main [name=headline]");
        await page.Keyboard.TypeAsync("Ditulis tanpa tetikus");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".taken-over #story-text");
        var story = long.Parse(StoryNumber().Match(page.Url).Groups[1].Value);
        await TabToAsync(page, "#story-text");
        await page.Keyboard.TypeAsync("Satu paragraf.");
        await StateAsync(page, "saved");
        await TabToAsync(page, "[formaction$='/ready']");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".said");
        await page.WaitForSelectorAsync(".taken-over #story-text");
        await TabToAsync(page, "[formaction$='/publish']");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(At($"/newsroom/stories/{story}/receipts"));
        var path = _site.PathOf(story);
        Assert.Equal(200, (await _site.GetAsync(path)).Status);

        await page.GotoAsync(At($"/newsroom/stories/{story}/corrections"));
        await TabToAsync(page, "form[action$='/corrections'] [name=text]");
        await page.Keyboard.TypeAsync("Satu kata keliru.");
        await TabToAsync(page, "form[action$='/corrections'] button");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".said");
        Assert.Contains("Satu kata keliru.", (await _site.GetAsync(path)).Text);

        await page.GotoAsync(At($"/newsroom/stories/{story}"));
        await page.WaitForSelectorAsync(".taken-over #story-text");
        await TabToAsync(page, "details:has([name=reason]) summary");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "[name=reason]");
        await page.Keyboard.TypeAsync("Salah orang.");
        await TabToAsync(page, "[formaction$='/takedown']");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".said form");
        Assert.Equal(410, (await _site.GetAsync(path)).Status);
        await TabToAsync(page, ".said form button");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".said:has-text('Pencabutan dibatalkan')");
        Assert.Equal(200, (await _site.GetAsync(path)).Status);
        await EndAsync();
    }

    private string At(string path) => new Uri(_site.Address, path).ToString().TrimEnd('/');

    private async Task<IPage> BrowserAsync(int width, int height, bool isPhone = false)
    {
        var context = await chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, IsMobile = isPhone, HasTouch = isPhone, TimezoneId = "Asia/Jakarta", Locale = "id-ID" });
        _contexts.Add(context);
        return await context.NewPageAsync();
    }

    private async Task<string> InviteAsync(IPage admin, string email, string role)
    {
        await admin.GotoAsync(At("/newsroom/people"));
        await admin.FillAsync("form[action$='/invite'] [name=email]", email);
        await admin.SelectOptionAsync("form[action$='/invite'] [name=role]", role);
        await admin.ClickAsync("form[action$='/invite'] button");
        return await admin.InputValueAsync("input.link");
    }

    private async Task<IPage> JoinAsync(string link, string name, IPage page)
    {
        await page.GotoAsync(link);
        await page.FillAsync("[name=name]", name);
        await page.FillAsync("[name=password]", Password);
        await page.ClickAsync("button.main");
        await page.WaitForURLAsync(At("/newsroom"));
        return page;
    }

    private static async Task ToEndAsync(IPage page)
    {
        await page.FocusAsync("#story-text");
        await page.WaitForTimeoutAsync(60);
        await page.Keyboard.PressAsync("Control+End");
        await page.WaitForTimeoutAsync(60);
    }

    private static async Task StateAsync(IPage page, string state) => await page.WaitForSelectorAsync($"[data-status][data-state={state}]", new() { Timeout = 30_000 });

    /// <summary>Presses Tab until the cursor is there, as a person without a mouse does.</summary>
    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var i = 0; i < 120; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) ?? false", selector)) return;
        }

        Assert.Fail($"{selector} isn't reached by Tab.");
    }

    private static async Task ShootAsync(IPage page, string name) => await page.ScreenshotAsync(new() { Path = Checkout.Path("artifacts", "shots", name + ".png") });

    private async Task EndAsync()
    {
        foreach (var context in _contexts) await context.CloseAsync();
    }

    [GeneratedRegex("/stories/(\\d+)")]
    private static partial Regex StoryNumber();
}
