using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Warta.Content;
using Warta.Reader;
using Xunit;

namespace Warta.BrowserTests;

/// <summary>A host that isn't the newspaper's: another port of this machine. It writes down what is asked of it.</summary>
public sealed class Stranger : IDisposable
{
    private readonly WebApplication _app;

    public Stranger(Func<string> script)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.Run(context =>
        {
            Asked.Enqueue(context.Request.Path);
            context.Response.ContentType = "text/javascript";
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.AccessControlAllowOrigin = "*";
            return context.Response.WriteAsync(script());
        });
        _app.Start();
    }

    public ConcurrentQueue<string> Asked { get; } = new();
    public string Origin => _app.Urls.First();

    public void Dispose() => _app.DisposeAsync().AsTask().GetAwaiter().GetResult();
}

public sealed class ConsentTests : IClassFixture<Chromium>, IDisposable
{
    private readonly Chromium _chromium;
    private readonly TestSite _site = new();
    private readonly Stranger _outsider = new(() => "window.outsiderRan = true;");
    private readonly Stranger _vendor;
    private readonly string _story;

    public ConsentTests(Chromium chromium)
    {
        _chromium = chromium;
        // Fills its slot, and tries what the policy forbids.
        _vendor = new Stranger(() => $$"""
            (window.ran ??= []).push(new URL(document.currentScript.src).pathname);
            window.forbidden ??= [];
            addEventListener("securitypolicyviolation", (event) => window.forbidden.push(event.effectiveDirective));
            for (const slot of document.querySelectorAll("[data-ad]")) slot.append(Object.assign(document.createElement("p"), { textContent: "Iklan dari vendor" }));
            document.head.append(Object.assign(document.createElement("script"), { src: "{{_outsider.Origin}}/more.js" }));
            document.body.append(Object.assign(document.createElement("iframe"), { src: "{{_outsider.Origin}}/frame" }));
            document.body.append(Object.assign(document.createElement("img"), { src: "{{_outsider.Origin}}/pixel", alt: "" }));
            document.body.append(Object.assign(document.createElement("script"), { textContent: "window.inlineRan = true" }));
            fetch("{{_outsider.Origin}}/beacon").catch(() => {});
            """);
        _story = _site.PathOf(_site.Story("Kabar panjang", string.Join('\n', Enumerable.Range(1, 14).Select(i => $"Paragraf {i}: nelayan di pesisir utara menunggu ombak reda sebelum melaut lagi."))));
        _site.Set("ads.slots", "top side story bottom");
        _site.Set("vendors", Vendors.Write(
        [
            new Vendor { Name = "Contoh Iklan", Purpose = "ads", Script = _vendor.Origin + "/ads.js" },
            new Vendor { Name = "Contoh Ukur", Purpose = "analytics", Script = _vendor.Origin + "/count.js" },
            new Vendor { Name = "Contoh CMP", Purpose = "consent", Script = _vendor.Origin + "/cmp.js" },
        ]));
    }

    public void Dispose()
    {
        _vendor.Dispose();
        _outsider.Dispose();
        _site.Dispose();
    }

    [BrowserFact]
    public async Task Nothing_is_asked_of_a_vendor_before_a_reader_agrees_and_then_only_what_the_policy_allows()
    {
        var page = await OpenAsync();
        await Dialog(page).WaitForAsync();
        Assert.Empty(_vendor.Asked);
        var heading = await TopOfAsync(page, "h1");

        await page.GetByRole(AriaRole.Button, new() { Name = "Setuju" }).ClickAsync();
        // The consent manager runs first.
        await UntilAsync(page, "window.ran?.join() === '/cmp.js,/ads.js,/count.js'");
        Assert.Equal(3, _vendor.Asked.Count);
        Assert.Equal(heading, await TopOfAsync(page, "h1"));
        Assert.False(await Dialog(page).IsVisibleAsync());

        // What is chosen is remembered, without a cookie.
        await page.GotoAsync(At("/"));
        await UntilAsync(page, "window.ran?.length === 3 && ['connect-src', 'frame-src', 'img-src', 'script-src-elem'].every((d) => window.forbidden.includes(d))");
        Assert.False(await Dialog(page).IsVisibleAsync());
        Assert.Empty(await page.Context.CookiesAsync());
        Assert.Empty(_outsider.Asked);
        Assert.False(await page.EvaluateAsync<bool>("window.outsiderRan === true || window.inlineRan === true"));
    }

    [BrowserFact]
    public async Task A_refusal_holds_until_the_reader_changes_it_in_the_footer()
    {
        var page = await OpenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Tolak" }).ClickAsync();
        await page.GotoAsync(At("/"), new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.False(await Dialog(page).IsVisibleAsync());

        var settings = page.GetByRole(AriaRole.Button, new() { Name = "Pengaturan privasi" });
        await settings.ClickAsync();
        await Dialog(page).WaitForAsync();
        Assert.Equal("consent-heading", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Keyboard.PressAsync("Escape");
        Assert.False(await Dialog(page).IsVisibleAsync());
        Assert.True(await settings.EvaluateAsync<bool>("e => e === document.activeElement"));
        Assert.Empty(_vendor.Asked);

        // One purpose of two.
        await settings.ClickAsync();
        await page.GetByLabel("Pengukuran kunjungan").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Simpan pilihan" }).ClickAsync();
        await UntilAsync(page, "window.ran?.join() === '/cmp.js,/count.js'");

        // Refused again: the page comes anew, without them.
        _vendor.Asked.Clear();
        await settings.ClickAsync();
        Assert.True(await page.GetByLabel("Pengukuran kunjungan").IsCheckedAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Tolak" }).ClickAsync();
        await UntilAsync(page, "window.ran === undefined");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.Empty(_vendor.Asked);
    }

    [BrowserFact]
    public async Task New_vendors_are_asked_about_again()
    {
        var page = await OpenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Setuju" }).ClickAsync();
        await UntilAsync(page, "window.ran?.length === 3");
        _vendor.Asked.Clear();
        _site.Set("vendors", Vendors.Write([.. _site.Title.Vendors, new Vendor { Name = "Baru", Purpose = "ads", Script = _vendor.Origin + "/new.js" }]));
        await page.GotoAsync(At(_story), new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.True(await Dialog(page).IsVisibleAsync());
        Assert.Empty(_vendor.Asked);
    }

    [BrowserFact]
    public async Task Global_Privacy_Control_is_a_refusal()
    {
        var page = await _chromium.NewPageAsync();
        await page.AddInitScriptAsync("Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })");
        await page.GotoAsync(At(_story), new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.True(await page.Locator("[data-privacy]").IsVisibleAsync());
        Assert.Equal(0, await page.Locator("dialog").CountAsync());
        Assert.Empty(_vendor.Asked);
    }

    [BrowserFact]
    public async Task Without_JavaScript_nothing_is_asked_and_nothing_loads()
    {
        var page = await _chromium.NewPageAsync(javaScript: false);
        await page.GotoAsync(At(_story), new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.Equal(0, await page.Locator("dialog").CountAsync());
        Assert.False(await page.Locator("[data-privacy]").IsVisibleAsync());
        Assert.Empty(_vendor.Asked);
    }

    [BrowserFact]
    public async Task The_dialog_fits_a_phone_takes_no_focus_and_comes_second_by_keyboard()
    {
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            var page = await OpenAsync(new BrowserNewContextOptions { ViewportSize = new() { Width = 360, Height = 740 }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await Dialog(page).WaitForAsync();
            var box = (await Dialog(page).BoundingBoxAsync())!;
            Assert.True(box is { X: 0, Width: 360, Y: > 200 } && box.Y + box.Height <= 740, $"{box.X} {box.Y} {box.Width} {box.Height}");
            Assert.Equal(360, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            Assert.Equal("BODY", await page.EvaluateAsync<string>("document.activeElement.tagName"));
            await page.Keyboard.PressAsync("Tab");
            Assert.Equal("#content", await page.EvaluateAsync<string>("document.activeElement.getAttribute('href')"));
            await page.Keyboard.PressAsync("Tab");
            Assert.True(await page.EvaluateAsync<bool>("document.activeElement.closest('dialog') !== null"));
            // Refusing looks like agreeing.
            var looks = await page.Locator("dialog button").EvaluateAllAsync<string[]>("all => all.map((b) => { const s = getComputedStyle(b); return [s.color, s.backgroundColor, s.fontWeight, s.fontSize].join(); })");
            Assert.Single(looks.Distinct());
        }
    }

    [BrowserFact]
    public async Task Slots_keep_their_room_on_a_phone_and_a_desk()
    {
        foreach (var (width, top, story) in new[] { (360, (320, 100), (300, 250)), (1280, (970, 250), (336, 280)) })
        {
            var page = await OpenAsync(new BrowserNewContextOptions { ViewportSize = new() { Width = width, Height = 800 } });
            foreach (var (name, size) in new[] { ("top", top), ("story", story) })
            {
                var box = (await page.Locator($"[data-ad={name}]").First.BoundingBoxAsync())!;
                Assert.Equal((width, name, size), (width, name, ((int)box.Width, (int)box.Height)));
            }

            Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }

    private async Task<IPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        var page = await _chromium.NewPageAsync(options ?? new BrowserNewContextOptions());
        await page.GotoAsync(At(_story), new() { WaitUntil = WaitUntilState.NetworkIdle });
        return page;
    }

    /// <summary>Playwright's own waiting evaluates a text inside the page, which the policy forbids.</summary>
    private static async Task UntilAsync(IPage page, string condition)
    {
        for (var left = 200; ; left--)
        {
            try
            {
                if (await page.EvaluateAsync<bool>(condition)) return;
            }
            catch (PlaywrightException) when (left > 0)
            {
                // Between two pages.
            }

            Assert.True(left > 0, $"It never became true that {condition}");
            await Task.Delay(100);
        }
    }

    private string At(string path) => new Uri(_site.Address, path).AbsoluteUri;

    private static ILocator Dialog(IPage page) => page.GetByRole(AriaRole.Dialog);

    private static Task<double> TopOfAsync(IPage page, string selector) => page.EvaluateAsync<double>("s => document.querySelector(s).getBoundingClientRect().top", selector);
}
