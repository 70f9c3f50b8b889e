using Warta.Content;
using Xunit;

namespace Warta.Reader;

public sealed class VendorPagesTests : IDisposable
{
    private readonly TestSite _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Only_the_title_s_own_pages_allow_its_vendors_hosts()
    {
        var other = _site.AddTitle("pesisir", "pesisir.example.com");
        _site.Story("Kabar pesisir", titleId: other);
        var path = _site.PathOf(_site.Story("Kabar"));
        _site.Set("vendors", Vendors.Write([
            new Vendor { Name = "Iklan", Purpose = "ads", Script = "https://cdn.example.com/ads.js", ScriptHosts = ["https://a.example.com"], Frame = ["https://frame.example.com"] },
            new Vendor { Name = "Ukur", Purpose = "analytics", Script = "https://cdn.example.com/a.js", Connect = ["https://b.example.com"], Style = ["https://c.example.com"], Img = ["https://d.example.com"] },
        ]));
        const string open = "default-src 'self'; img-src 'self' https: data: https://d.example.com; script-src 'self' https://a.example.com https://cdn.example.com; style-src 'self' https://c.example.com; "
            + "connect-src 'self' https://b.example.com; frame-src https://frame.example.com; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
        const string strict = "default-src 'self'; img-src 'self' https: data:; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
        foreach (var address in (string[])["/", "/nasional", path, "/search?q=kabar", "/tidak-ada"]) Assert.Equal((address, open), (address, await PolicyAt(address)));
        foreach (var address in (string[])["/api/v1/articles", "/api/v1/articles/0", "/_/live/latest", "/healthz", "/assets/warta.css"]) Assert.Equal((address, strict), (address, await PolicyAt(address)));
        Assert.Equal(strict, await PolicyAt("/", "pesisir.example.com"));
        _site.Set("vendors", "");
        Assert.Equal(strict, await PolicyAt("/"));
    }

    [Fact]
    public async Task The_question_stands_inert_in_the_page_and_changes_with_the_vendors()
    {
        Assert.DoesNotContain("consent", (await _site.GetAsync("/")).Text);
        _site.Set("vendors", Vendors.Write([new Vendor { Name = "Ukur <b>", Purpose = "analytics", Script = "https://cdn.example.com/a.js" }, new Vendor { Name = "CMP", Purpose = "consent", Script = "https://cmp.example.com/c.js" }]));
        var page = (await _site.GetAsync("/")).Page;
        var first = page.QuerySelector("template#consent")!;
        Assert.DoesNotContain(page.QuerySelectorAll("script, link, img, iframe"), e => (e.GetAttribute("src") ?? e.GetAttribute("href") ?? "").Contains("example.com", StringComparison.Ordinal));
        var inside = ((AngleSharp.Html.Dom.IHtmlTemplateElement)first).Content;
        Assert.Equal(["https://cmp.example.com/c.js", "https://cdn.example.com/a.js"], inside.QuerySelectorAll("[data-vendor]").Select(e => e.GetAttribute("data-vendor")));
        Assert.Equal(["analytics"], inside.QuerySelectorAll("input").Select(e => e.GetAttribute("value")));
        Assert.Equal(["Tolak", "Setuju", "Simpan pilihan"], inside.QuerySelectorAll("button").Select(e => e.TextContent));
        Assert.Contains("Ukur <b>", inside.TextContent);
        Assert.True(page.QuerySelector("[data-privacy]")!.HasAttribute("hidden"));
        foreach (var file in (string[])["data-module", "data-css"]) Assert.Equal(200, (await _site.GetAsync(first.GetAttribute(file)!)).Status);

        _site.Set("vendors", Vendors.Write([new Vendor { Name = "Ukur", Purpose = "analytics", Script = "https://cdn.example.com/b.js" }]));
        Assert.NotEqual(first.GetAttribute("data-version"), (await _site.GetAsync("/")).Page.QuerySelector("template#consent")!.GetAttribute("data-version"));
        // A consent manager alone has nothing to ask for.
        _site.Set("vendors", Vendors.Write([new Vendor { Name = "CMP", Purpose = "consent", Script = "https://cmp.example.com/c.js" }]));
        Assert.Null((await _site.GetAsync("/")).Page.QuerySelector("template#consent"));
    }

    private async Task<string?> PolicyAt(string path, string? host = null) => (await _site.GetAsync(path, host)).Header("Content-Security-Policy");
}
