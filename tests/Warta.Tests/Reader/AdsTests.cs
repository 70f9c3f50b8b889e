using System.Buffers.Binary;
using Warta.Content;
using Xunit;

namespace Warta.Reader;

public sealed class AdsTests : IDisposable
{
    private static readonly string Vendor = Vendors.Write([new Vendor { Name = "Contoh Iklan", Purpose = "ads", Script = "https://cdn.example.com/ads.js", Frame = ["https://ads.example.com"] }]);

    private readonly TestSite _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task A_slot_without_anything_to_show_prints_nothing()
    {
        var path = _site.PathOf(_site.Story("Tanpa iklan", Paragraphs(12)));
        _site.Set("ads.slots", "top middle side bottom story");
        foreach (var address in (string[])["/", "/nasional", path]) Assert.Empty((await _site.GetAsync(address)).Page.QuerySelectorAll("[data-ad]"));
        _site.Set("vendors", Vendor);
        Assert.Equal(["top", "middle", "bottom"], await SlotsAt("/"));
        Assert.Equal(["top", "side", "bottom"], await SlotsAt("/nasional"));
        Assert.Equal(["top", "story", "story", "side", "bottom"], await SlotsAt(path));
        _site.Set("ads.slots", "");
        Assert.Empty(await SlotsAt(path));
    }

    [Fact]
    public async Task A_slot_is_labelled_and_its_size_is_in_the_title_s_sheet()
    {
        _site.Set("vendors", Vendor);
        _site.Set("ads.slots", "top=728x90/320x50");
        var page = (await _site.GetAsync("/")).Page;
        var slot = page.QuerySelector("[data-ad=top]")!;
        Assert.Equal(("728x90", "320x50"), (slot.GetAttribute("data-desk"), slot.GetAttribute("data-phone")));
        Assert.Equal(("group", "Iklan"), (slot.ParentElement!.GetAttribute("role"), slot.ParentElement.GetAttribute("aria-label")));
        Assert.Equal("Iklan", slot.ParentElement.QuerySelector("p")!.TextContent);
        var sheet = await _site.GetAsync(page.QuerySelectorAll("link[rel=stylesheet]")[^1].GetAttribute("href")!);
        Assert.Contains(".ad-top{inline-size:320px}.ad-top>div{block-size:50px}", sheet.Text);
        Assert.Contains("@media (min-width:68rem){.ad-top{inline-size:728px}.ad-top>div{block-size:90px}}", sheet.Text);
        foreach (var (language, label) in new[] { ("en", "Advertisement"), ("ar", "إعلان") })
        {
            _site.Set("language", language);
            Assert.Equal(label, (await _site.GetAsync("/")).Page.QuerySelector("[data-ad=top]")!.ParentElement!.GetAttribute("aria-label"));
        }
    }

    [Fact]
    public async Task Stories_free_of_ads_advertorials_and_pages_of_duty_have_none()
    {
        _site.Set("vendors", Vendor);
        _site.Set("ads.slots", "top side story");
        var text = Paragraphs(12);
        Assert.Empty(await SlotsAt(_site.PathOf(_site.Story("Bebas iklan", text, with: d => d with { NoAds = true }))));
        var paid = _site.PathOf(_site.Story("Berbayar", text, with: d => d with { Kind = ArticleKind.Advertorial }));
        Assert.Empty(await SlotsAt(paid));
        _site.Set("ads.advertorials", "on");
        Assert.NotEmpty(await SlotsAt(paid));
        Assert.Empty(await SlotsAt("/tidak-ada"));
        var gone = _site.Story("Dicabut", text);
        var path = _site.PathOf(gone);
        _site.Do(act => Publishing.Takedown.TakeDown(act, gone, "Keliru."));
        Assert.Empty(await SlotsAt(path));
    }

    [Fact]
    public async Task A_section_may_be_without_ads_or_without_some_with_what_is_in_it()
    {
        _site.Set("vendors", Vendor);
        _site.Set("ads.slots", "top side story");
        var sad = _site.PathOf(_site.Story("Wafat", Paragraphs(12), "Obituari/Tokoh"));
        var partly = _site.PathOf(_site.Story("Sebagian", Paragraphs(12), "Nasional"));
        _site.Set("ads.off", "obituari nasional:top,side");
        Assert.Empty(await SlotsAt(sad));
        Assert.Empty(await SlotsAt("/obituari/tokoh"));
        Assert.Equal(["story", "story"], await SlotsAt(partly));
        Assert.Equal(["top"], await SlotsAt("/"));
    }

    [Theory]
    [InlineData("pppppppppppp", "ppp|pppppp|ppp")]
    [InlineData("ppppppp", "ppppppp")]
    [InlineData("ppphppppppppp", "ppphp|pppppp|pp")]
    [InlineData("pppfppphppp", "pppfp|pphppp")]
    [InlineData("hphphphphphpppp", "hphphphphphp|ppp")]
    [InlineData("hphphphphphphphp", "hphphphphphphphp")]
    [InlineData("ppppppppp", "ppp|pppppp")]
    [InlineData("pppppppppp", "ppp|ppppppp")]
    [InlineData("ppppppppppp", "ppp|pppppp|pp")]
    public async Task In_a_story_a_slot_stands_between_paragraphs_by_the_rule(string blocks, string expected)
    {
        _site.Set("vendors", Vendor);
        _site.Set("ads.slots", "story");
        var body = new Body(blocks.Select((kind, i) => kind switch
        {
            'h' => (Block)new HeadingBlock($"h{i}", 2, "Judul"),
            'f' => new FactBoxBlock($"f{i}", "Fakta", [new ParagraphBlock($"x{i}", "Isi kotak.")]),
            _ => new ParagraphBlock($"p{i}", $"Paragraf {i}."),
        }).ToList());
        var page = (await _site.GetAsync(_site.PathOf(_site.Story("Aturan", with: d => d with { Body = body })))).Page;
        Assert.Equal(expected, string.Concat(page.QuerySelector("[data-body]")!.Children.Select(e => e.LocalName switch { "p" => "p", "h2" => "h", "aside" => "f", _ => "|" })));
    }

    [Fact]
    public async Task The_rule_is_the_title_s_and_the_dateline_stays_before_the_first_paragraph()
    {
        _site.Set("vendors", Vendor);
        _site.Set("ads.slots", "story");
        _site.Set("ads.story.after", "1");
        _site.Set("ads.story.every", "2");
        _site.Set("ads.story.most", "2");
        var page = (await _site.GetAsync(_site.PathOf(_site.Story("Aturan lain", "JAKARTA, KOMPAS.com - Awal.\n" + Paragraphs(11))))).Page;
        var body = page.QuerySelector("[data-body]")!;
        Assert.Equal("p|pp|ppppppppp", string.Concat(body.Children.Select(e => e.LocalName == "p" ? "p" : "|")));
        Assert.Single(body.QuerySelectorAll("[data-dateline]"));
        Assert.NotNull(body.Children[0].QuerySelector("[data-dateline]"));
    }

    [Fact]
    public async Task An_ad_of_the_newspaper_s_own_shows_without_any_vendor()
    {
        Directory.CreateDirectory(_site.Folder.TitleFolder("warta"));
        await File.WriteAllBytesAsync(Path.Combine(_site.Folder.TitleFolder("warta"), "langganan.png"), Png(970, 250));
        _site.Set("ads.slots", "top side");
        _site.Set("ads.house", AdSlots.WriteHouse([new HouseAd("top", "langganan.png", "/langganan?a=1&b=2", "Berlangganan \"sekarang\"")]));
        var page = (await _site.GetAsync("/")).Page;
        var link = Assert.Single(page.QuerySelectorAll("[data-ad] a"));
        Assert.Equal("/langganan?a=1&b=2", link.GetAttribute("href"));
        var picture = link.QuerySelector("img")!;
        Assert.Equal(("Berlangganan \"sekarang\"", "970", "250"), (picture.GetAttribute("alt"), picture.GetAttribute("width"), picture.GetAttribute("height")));
        var sent = await _site.GetAsync(picture.GetAttribute("src")!);
        Assert.Equal((200, "image/png"), (sent.Status, sent.Header("Content-Type")));
        Assert.Contains("immutable", sent.Header("Cache-Control"));
    }

    [Theory]
    [InlineData("jahat.png", "<svg onload=alert(1)>")]
    [InlineData("jahat.svg", "<svg/>")]
    [InlineData("jahat.js", "alert(1)")]
    [InlineData("jahat.woff2", "wOFX")]
    public async Task A_title_s_file_is_served_only_if_it_is_what_its_name_says(string name, string content)
    {
        Directory.CreateDirectory(_site.Folder.TitleFolder("warta"));
        await File.WriteAllTextAsync(Path.Combine(_site.Folder.TitleFolder("warta"), name), content);
        Assert.Equal(404, (await _site.GetAsync("/assets/title/" + name)).Status);
        Assert.Equal(404, (await _site.GetAsync("/assets/title/..%2f..%2fwarta.db")).Status);
    }

    private async Task<IEnumerable<string?>> SlotsAt(string path) => (await _site.GetAsync(path)).Page.QuerySelectorAll("[data-ad]").Select(e => e.GetAttribute("data-ad"));

    private static string Paragraphs(int count) => string.Join('\n', Enumerable.Range(1, count).Select(i => $"Paragraf {i} tentang kabar hari ini."));

    /// <summary>The beginning of a PNG: as much as tells its size.</summary>
    internal static byte[] Png(int width, int height)
    {
        byte[] bytes = [0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, .. new byte[13]];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        return bytes;
    }
}
