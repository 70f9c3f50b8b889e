using System.Text.Json;
using Microsoft.Playwright;
using Warta.Content;
using Warta.House;
using Warta.Publishing;
using Xunit;

namespace Warta.BrowserTests.Newsroom;

/// <summary>The newsroom's screens, on a phone and on a desk, light and dark: kept as pictures to be looked at, and read by axe.</summary>
public sealed class ScreensTests(Desk desk) : IClassFixture<Desk>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => desk.EndAsync();

    [EditorCheckerFact]
    public async Task Axe_finds_no_violation_on_any_main_screen_and_none_is_wider_than_its_window()
    {
        var axe = await File.ReadAllTextAsync(Checkers.File("node_modules", "axe-core", "axe.min.js"));
        var live = Fill();
        var violations = new List<string>();
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            foreach (var (device, width) in ((string, int)[])[("telepon", 360), ("meja", 1440)])
            {
                var context = await desk.SignInAsync("Rina", "admin", new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 }, HasTouch = width < 500, IsMobile = width < 500 });
                var page = context.Pages[0];
                foreach (var path in Screens(live))
                {
                    var answer = await page.GotoAsync(desk.Wire.Address + path);
                    Assert.Equal((path, 200), (path, answer!.Status));
                    await page.WaitForTimeoutAsync(150);
                    await page.ScreenshotAsync(new() { Path = Checkout.Path("artifacts", "shots", $"{path.Trim('/').Replace('/', '-').Replace("newsroom-", "", StringComparison.Ordinal)}-{device}-{(scheme == ColorScheme.Dark ? "gelap" : "terang")}.png"), FullPage = true });
                    if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is var wide && wide > width) violations.Add($"{path} on {width}: {wide} wide");
                    await page.EvaluateAsync(axe + "; undefined");
                    var found = await page.EvaluateAsync<JsonElement>("() => axe.run().then(result => result.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target} ${n.failureSummary}`)))");
                    violations.AddRange(found.EnumerateArray().Select(v => $"{path} {device} {scheme}: {v.GetString()}"));
                }
            }
        }

        Assert.True(violations.Count == 0, string.Join('\n', violations.Distinct()));
    }

    [EditorBrowserFact]
    public async Task On_a_phone_filters_leave_the_room_to_the_stories_and_stages_stand_side_by_side()
    {
        var context = await desk.SignInAsync("Rina", "editor", new() { ViewportSize = new() { Width = 360, Height = 740 }, HasTouch = true, IsMobile = true });
        var page = context.Pages[0];
        foreach (var (path, isOpen) in new[] { ("/newsroom/stories", false), ("/newsroom/stories?mine=1", true), ("/newsroom", false), ("/newsroom?late=1", true) })
        {
            await page.GotoAsync(desk.Wire.Address + path);
            Assert.Equal((path, isOpen), (path, await page.Locator(".fold").EvaluateAsync<bool>("fold => fold.open")));
        }

        Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('.stages a')].every((a, i, all) => i === 0 || all[i - 1].getBoundingClientRect().right <= a.getBoundingClientRect().left)"));
        // A box is no wider than its tick, and its words stand beside it.
        Assert.True(await page.Locator(".fold [type=checkbox]").EvaluateAsync<bool>("box => box.getBoundingClientRect().width < 30"));
    }

    private static IEnumerable<string> Screens(long live) =>
    [
        "/newsroom", "/newsroom/stories", "/newsroom/stories/new", $"/newsroom/stories/{live}/revisions", $"/newsroom/stories/{live}/receipts", $"/newsroom/stories/{live}/corrections", $"/newsroom/stories/{live}/purge",
        "/newsroom/scheduled", "/newsroom/requests", "/newsroom/pictures", "/newsroom/people", "/newsroom/account", "/newsroom/audit", "/newsroom/manage", "/newsroom/manage/picks", "/newsroom/manage/sections",
        "/newsroom/manage/menu", "/newsroom/manage/tags", "/newsroom/manage/authors", "/newsroom/manage/redirects", "/newsroom/manage/pages", "/newsroom/manage/settings", "/newsroom/manage/tokens",
    ];

    private long Fill()
    {
        var site = desk.Site;
        var live = site.Story("Air surut di Demak", with: draft => draft with { Tags = ["Banjir"], Bylines = [new Byline("Yusuf Maulana", Byline.Writer)] });
        site.Do(act => act.Correct(live, CorrectionKind.Erratum, "Tertulis 12, seharusnya 21."));
        site.Do(act => act.Ask(live, "hak-jawab", "PT Tanah Kita", "", "Kami punya izin.", null, null));
        var stages = new (string Headline, Action<Act, long> Move)[]
        {
            ("Harga gula naik menjelang panen", (act, id) => act.Submit(id)),
            ("Pelabuhan baru dibuka tahun depan", (act, id) => act.Approve(id)),
            ("Wawancara dengan penjaga mercusuar", (act, id) => { act.Submit(id); act.Return(id, "Tambah latar."); }),
            ("Festival layang-layang kembali digelar", (act, id) => act.Schedule(id, site.Title.Id, site.Clock.Now.AddDays(1))),
        };
        foreach (var (headline, move) in stages)
        {
            var id = site.Draft(headline);
            site.Do(act => move(act, id));
        }

        site.Do(act => act.ReplacePicks(site.Title.Id, 0, [new(live)]));
        return live;
    }
}
