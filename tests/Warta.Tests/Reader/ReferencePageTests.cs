using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Warta.Discovery;
using Warta.Engines;
using Warta.Exchange.Ninjs;
using Warta.House;
using Warta.Publishing;
using Warta.Storage;
using Xunit;
using Xunit.Sdk;

namespace Warta.Reader;

/// <summary>
/// The page that started it: an article of 2 December 2024 as a reader sees it on 26 January 2026. Its text stands beside the repository; the bodies of
/// the other stories are written here, so that they share more or fewer words with it.
/// </summary>
public sealed class ReferencePageTests
{
    private static readonly string Reference = Path.GetFullPath(Checkout.Path("..", "shared", "reference-page.txt"));
    private const string Headline = "Lewat Telepon, Putin dan Pezeshkian Nyatakan Dukungan untuk Al-Assad";
    private static readonly string[] Headings = ["Berita Terkait", "Terpopuler", "Pilihan", "Terkini"];
    private static readonly string[] Names = ["related", "popular", "picks", "latest"];

    // From many words of the article to few.
    private static readonly string[] RelatedBodies =
    [
        "Kremlin lewat juru bicara Dmitry Peskov menyatakan kondisi kawasan tak membaik. Presiden Rusia Vladimir Putin dan Presiden Iran Masoud Pezeshkian berbicara melalui telepon tentang konflik Suriah, koordinasi dengan Turki dan dukungan kepada pemerintah al-Assad. Putin menilai langkah-langkah untuk memulihkan stabilitas dan kedaulatan negara itu diperlukan setelah serangan oposisi di Aleppo.",
        "Iran dan Turki mendorong stabilitas kawasan. Presiden Iran Masoud Pezeshkian menegaskan dukungan bagi pemerintah Suriah, sementara oposisi melancarkan serangan terbaru dan militan bergerak di wilayah Aleppo. Presiden Rusia Vladimir Putin dan Pezeshkian berbicara melalui percakapan telepon tentang koordinasi dengan Turki; Kremlin lewat Dmitry Peskov mengikuti situasi itu.",
        "Pertemuan itu membahas bantuan militer, logistik dan operasi strategis. Juru bicara Kremlin, Dmitry Peskov, menyebut Presiden Rusia Vladimir Putin mengikuti situasi dan berbicara melalui percakapan telepon dengan Presiden Iran Masoud Pezeshkian, yang menegaskan komitmennya untuk memulihkan stabilitas kawasan pada hari yang sama.",
        "Kapal selam itu terlihat pada hari yang sama. Juru bicara Kremlin, Dmitry Peskov, menyebut situasi terkendali; Rusia belum memberi pernyataan resmi, sementara Presiden Vladimir Putin dijadwalkan berbicara melalui telepon dengan Presiden Iran Masoud Pezeshkian.",
        "Ratusan orang bersenjata menyeberang perbatasan pada malam hari, kata warga desa. Mereka datang dengan truk, membawa senapan dan perbekalan, lalu menghilang di jalan berdebu menuju kota tua yang sudah lama kosong ditinggalkan penduduknya. Seorang petani melihat lampu kendaraan berbaris panjang sampai subuh, sedangkan anaknya menghitung lebih dari empat puluh kendaraan. Pasar tutup, sekolah libur, listrik padam, dan keluarga-keluarga mengungsi ke rumah kerabat di lembah sebelah.",
    ];

    [ReferencePageOnBothEngines]
    public async Task The_reference_page_comes_out_as_it_stands(EngineKind engine)
    {
        var (text, blocks) = Read(Reference);
        using var site = new TestSite(engine);
        Fill(site, text, blocks);
        var article = site.Press.Database.Read(session => Articles.ByUri(session, "urn:page"));

        var answer = await site.GetAsync(site.PathOf(article));
        Assert.Equal(200, answer.Status);
        var page = answer.Page;
        var lists = page.QuerySelectorAll("[data-block]").Where(e => Names.Contains(e.GetAttribute("data-block"))).ToList();
        Assert.Equal(Names, lists.Select(l => l.GetAttribute("data-block")));
        for (var i = 0; i < lists.Count; i++)
        {
            Assert.Equal(Headings[i], lists[i].QuerySelector("h2")!.TextContent);
            Assert.Equal(blocks[i], lists[i].QuerySelectorAll("ol > li > a, ul > li > a").Select(a => a.TextContent));
            foreach (var link in lists[i].QuerySelectorAll("li > a")) Assert.Equal(200, (await site.GetAsync(link.GetAttribute("href")!)).Status);
        }

        await ItsTextIsWhole(site, page, answer.Text, text);
        Assert.All(lists[0].QuerySelectorAll("time"), time => Assert.True(
            DateTimeOffset.Parse(time.GetAttribute("datetime")!) <= DateTimeOffset.Parse(page.QuerySelector("article header ~ .signature time")!.GetAttribute("datetime")!)));
    }

    private static async Task ItsTextIsWhole(TestSite site, IHtmlDocument page, string html, List<string> text)
    {
        var body = page.QuerySelector("article[data-article] [data-body]")!;
        Assert.Equal("Suara.com", body.QuerySelector("[data-dateline]")!.TextContent.Trim(' ', '-'));
        Assert.Equal(1, html.Split("Suara.com -").Length - 1 + html.Split("Suara.com</span> -").Length - 1);
        Assert.Equal(text.Select(Plain), body.Children.Select(child => Plain(child.TextContent)));
        Assert.Equal(2, text.Count(line => line.StartsWith('“')));
        Assert.All(text.Where(line => line.StartsWith('“')), quote => Assert.Contains(quote, body.TextContent));

        var at = text.FindIndex(line => line.StartsWith("Baca Juga:", StringComparison.Ordinal));
        var readAlso = body.Children[at];
        var link = (IHtmlAnchorElement)Assert.Single(readAlso.Children);
        Assert.Equal($"<p data-block=\"read-also\">Baca Juga: <a href=\"{link.GetAttribute("href")}\">{link.TextContent}</a></p>", readAlso.OuterHtml);
        Assert.Equal(Plain(text[at - 1]), Plain(readAlso.PreviousElementSibling!.TextContent));
        var target = await site.GetAsync(link.GetAttribute("href")!);
        Assert.Equal(200, target.Status);
        Assert.Equal(link.TextContent, target.Page.QuerySelector("h1")!.TextContent);
    }

    /// <summary>The order of arrival must not matter: the article comes first, its related stories last.</summary>
    private static void Fill(TestSite site, List<string> text, List<List<string>> blocks)
    {
        var items = new List<object> { Item("urn:page", Headline, string.Join('\n', text), "News", "2024-12-02T20:15:00+07:00") };
        items.AddRange(blocks[3].Select((headline, i) => Item($"urn:latest:{i}", headline, "Kabar hari ini dari ibu kota.", "News", $"2026-01-26T09:{50 - i:00}:00+07:00")));
        items.AddRange(blocks[1].Select((headline, i) => Item($"urn:popular:{i}", headline, "Ulasan gawai dan gim.", "Tekno", $"2026-01-25T{20 - i}:00:00+07:00")));
        items.AddRange(blocks[2].Select((headline, i) => Item($"urn:pick:{i}", headline, "Laporan dari lantai bursa.", "Bisnis", $"2026-01-26T{8 - i:00}:00:00+07:00")));
        items.AddRange(blocks[0].Select((headline, i) => Item($"urn:related:{i}", headline, RelatedBodies[i], "News", $"2024-12-02T{18 - i}:00:00+07:00")));
        var file = Path.Combine(site.Folder.Path, "page.jsonl");
        File.WriteAllLines(file, items.Select(item => JsonSerializer.Serialize(item)));
        var report = new NinjsImport(site.Press, site.Title.Id).Run(file, null, CancellationToken.None);
        Assert.Equal((items.Count, 0, 0), (report.Added, report.Refused, report.PendingReadAlsos));

        long Id(string uri) => site.Press.Database.Read(session => Articles.ByUri(session, uri));
        for (var i = 0; i < blocks[1].Count; i++) site.Read(Id($"urn:popular:{i}"), 10 - i);
        site.Do(act => act.ReplacePicks(site.Title.Id, 0, Enumerable.Range(0, blocks[2].Count).Select(i => new Picks.Pick(Id($"urn:pick:{i}"))).ToList()));
    }

    private static object Item(string uri, string headline, string text, string section, string at) => new
    {
        uri,
        type = "text",
        language = "id",
        headlines = new[] { new { role = "main", value = headline } },
        bodies = new[] { new { contentType = "text/plain", value = text } },
        subjects = new[] { new { rel = "section", name = section } },
        firstCreated = at,
        versionCreated = at,
    };

    private static (List<string> Text, List<List<string>> Blocks) Read(string file)
    {
        var text = new List<string>();
        var blocks = new List<List<string>>();
        foreach (var line in File.ReadLines(file).Select(l => l.Trim()))
        {
            if (blocks.Count < Headings.Length && line == Headings[blocks.Count]) blocks.Add([]);
            else if (blocks.Count == 0) text.Add(line);
            else if (line.TrimStart('-', ' ') is { Length: > 0 } headline) blocks[^1].Add(headline);
        }

        Assert.Equal([5, 5, 5, 10], blocks.Select(b => b.Count));
        return (text, blocks);
    }

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [AttributeUsage(AttributeTargets.Method)]
    [XunitTestCaseDiscoverer("Warta.Engines.OnBothEnginesDiscoverer", "Warta.Tests")]
    private sealed class ReferencePageOnBothEnginesAttribute : OnBothEnginesAttribute
    {
        public ReferencePageOnBothEnginesAttribute() => Skip = File.Exists(Reference) || Requirements.InCI ? null : $"The reference page is not here: put it in {Reference}";
    }
}
