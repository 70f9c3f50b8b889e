using Microsoft.Playwright;
using Xunit;

namespace Warta.BrowserTests;

/// <summary>The demonstration as a crawler, and as a reader without script, goes through it.</summary>
[Collection(Demonstration.Name)]
public sealed class CrawlTests(Chromium chromium, DemoSite demo)
{
    [BrowserFact]
    public void No_link_inside_the_demonstration_is_broken()
    {
        var broken = new List<string>();
        foreach (var host in (string[])[DemoSite.National, DemoSite.Regional, DemoSite.Arabic])
        {
            var queue = new Queue<(string Path, string From)>([("/", "")]);
            var seen = new HashSet<string> { "/" };
            while (queue.TryDequeue(out var link))
            {
                var (status, text) = demo.Get(link.Path, host);
                if (status != 200) broken.Add($"{host}{link.Path} answers {status}, linked at {link.From}");
                if (status != 200 || !text.StartsWith("<!doctype html>", StringComparison.OrdinalIgnoreCase)) continue;
                foreach (var target in Targets(text, host))
                {
                    if (seen.Add(target)) queue.Enqueue((target, link.Path));
                }
            }

            Assert.True(seen.Count > 20, $"{host} has only {seen.Count} addresses");
        }

        Assert.Equal([], broken);
    }

    [BrowserFact]
    public async Task Pages_show_the_same_with_and_without_JavaScript()
    {
        var (with, without) = (await chromium.NewPageAsync(), await chromium.NewPageAsync(javaScript: false));
        // What the module may change is what live blocks show, and the button that copies is its own.
        await with.RouteAsync("**/_/live/**", route => route.AbortAsync());
        // Between two looks the readers change what is most read.
        foreach (var (host, path) in demo.Kinds.Where(kind => kind.Path != "/popular"))
        {
            await with.GotoAsync(demo.At(path, host));
            await without.GotoAsync(demo.At(path, host));
            foreach (var page in (IPage[])[with, without]) await page.EvaluateAsync("() => document.querySelectorAll('[data-block=popular], [data-block=latest], [data-copy], .demo').forEach(block => block.remove())");
            var (plain, scripted) = (await without.InnerTextAsync("body"), await with.InnerTextAsync("body"));
            Assert.Equal((path, ""), (path, string.Join(" | ", plain.Split('\n').Except(scripted.Split('\n')).Concat(scripted.Split('\n').Except(plain.Split('\n'))))));
        }
    }

    private IEnumerable<string> Targets(string html, string host)
    {
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);
        var links = page.QuerySelectorAll("a[href], link[href]").Select(e => e.GetAttribute("href")!)
            .Concat(page.QuerySelectorAll("img[src], script[src]").Select(e => e.GetAttribute("src")!))
            .Concat(page.QuerySelectorAll("[srcset]").SelectMany(e => e.GetAttribute("srcset")!.Split(',').Select(part => part.Trim().Split(' ')[0])));
        var root = new Uri($"http://{host}:{demo.Port}/");
        foreach (var link in links)
        {
            if (Uri.TryCreate(root, link, out var target) && target.Authority == root.Authority && target.Scheme == "http") yield return target.PathAndQuery;
        }
    }
}
