using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace Warta.BrowserTests;

/// <summary>The demonstration against what others wrote to judge pages with.</summary>
[Collection(Demonstration.Name)]
public sealed class CheckedByOthersTests(Chromium chromium, DemoSite demo)
{
    private const int LeastScore = 98, LighthouseTries = 3;

    [CheckerFact]
    public void The_Nu_checker_finds_nothing_on_any_kind_of_page()
    {
        var folder = Directory.CreateTempSubdirectory("warta-pages-");
        try
        {
            var files = demo.Kinds.Select((kind, n) =>
            {
                var name = $"{n:00}-{kind.Host}{kind.Path.Replace('/', '_').Replace('?', '_')}";
                var file = Path.Combine(folder.FullName, name[..Math.Min(name.Length, 80)] + ".html");
                File.WriteAllText(file, demo.Get(kind.Path, kind.Host).Text);
                return file;
            }).ToList();

            Assert.Equal([], Checkers.Nu(files));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [CheckerFact]
    public async Task Axe_finds_no_violation_on_any_kind_of_page_in_light_dark_and_right_to_left()
    {
        var axe = await File.ReadAllTextAsync(Checkers.File("node_modules", "axe-core", "axe.min.js"));
        var violations = new List<string>();
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            var page = await chromium.NewPageAsync(new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new() { Width = scheme == ColorScheme.Light ? 1280 : 390, Height = 900 } });
            foreach (var (host, path) in demo.Kinds)
            {
                await page.GotoAsync(demo.At(path, host));
                // As the checker's own call, so that the page's policy against inline scripts doesn't matter.
                await page.EvaluateAsync(axe + "; undefined");
                var found = await page.EvaluateAsync<JsonElement>("() => axe.run().then(result => result.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target} ${n.failureSummary}`)))");
                violations.AddRange(found.EnumerateArray().Select(v => $"{scheme} {host}{path} {v.GetString()}"));
            }

            await page.Context.CloseAsync();
        }

        Assert.Equal([], violations);
    }

    /// <summary>Its performance score moves with how busy the machine is, so the best of three counts.</summary>
    [CheckerFact]
    public void Lighthouse_gives_front_and_article_98_or_more_in_everything()
    {
        foreach (var path in (string[])["/", demo.Stories(DemoSite.National).First()])
        {
            var best = new Dictionary<string, int>();
            IReadOnlyList<string> failed = [];
            for (var attempt = 0; attempt < LighthouseTries && (best.Count == 0 || best.Values.Min() < LeastScore); attempt++)
            {
                foreach (var (category, score) in Checkers.Lighthouse(demo.At(path), out failed)) best[category] = Math.Max(score, best.GetValueOrDefault(category));
            }

            Assert.True(best.Values.Min() >= LeastScore, $"{path}: {string.Join(", ", best)}. {string.Join("; ", failed)}");
        }
    }

    [CheckerFact]
    public void Two_parsers_read_the_same_stories_in_every_feed()
    {
        var section = DemoSite.Links(demo.Page("/"), ".bar a[href]").First(href => href.Length > 1 && href.StartsWith('/'));
        string[] paths = ["/rss.xml", "/atom.xml", "/feed.json", section + "/rss.xml", section + "/atom.xml", section + "/feed.json"];
        var feeds = Checkers.Feeds(paths.Select(path => demo.At(path)).Append(demo.At("/rss.xml") + "|" + DemoSite.Regional)).EnumerateArray().ToList();

        Assert.Equal(7 + 5, feeds.Count);
        var known = demo.Stories(DemoSite.National).Concat(demo.Stories(DemoSite.Regional)).ToHashSet();
        foreach (var feed in feeds)
        {
            var items = feed.GetProperty("items").EnumerateArray().ToList();
            Assert.True(items.Count >= 3, $"{feed.GetProperty("address")} read by {feed.GetProperty("parser")} has {items.Count} stories");
            Assert.NotEmpty(feed.GetProperty("title").GetString()!);
            Assert.All(items, item =>
            {
                Assert.NotEmpty(item.GetProperty("title").GetString()!);
                Assert.Contains(new Uri(item.GetProperty("link").GetString()!).AbsolutePath, known);
                Assert.True(item.GetProperty("length").GetInt32() > 100, item.ToString());
                Assert.NotEmpty(item.GetProperty("published").ToString());
            });
        }

        Assert.All(feeds.GroupBy(f => f.GetProperty("address").GetString()), readings => Assert.Single(readings.Select(r => string.Join('\n', r.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("link").GetString()))).Distinct()));
    }
}
