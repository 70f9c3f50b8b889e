using Microsoft.Playwright;
using Warta.Discovery;
using Warta.Publishing;
using Warta.Reader;
using Xunit;

namespace Warta.BrowserTests;

/// <summary>A page that stays open keeps its lists as they are now, without a word too many to the server and without anything moving.</summary>
public sealed class LiveRefreshTests(Chromium chromium, Paper paper) : IClassFixture<Chromium>, IClassFixture<Paper>
{
    private const string Blocks = "[...document.querySelectorAll('[data-live]')].filter(b => !b.hidden).map(b => b.dataset.block + ': ' + [...b.querySelector('ol, ul').children].map(i => i.dataset.id + ' ' + i.querySelector('a').textContent).join(', '))";
    private const string Ids = "[...document.querySelectorAll('[data-live] [data-id]')].map(item => item.dataset.id)";
    private readonly Random _random = new(5);

    private TestSite Site => paper.Site;

    [BrowserFact]
    public async Task A_new_pick_is_shown_within_two_intervals()
    {
        Site.Set("live.seconds", "2");
        var page = await chromium.NewPageAsync();
        await page.GotoAsync(paper.At(Site.PathOf(paper.Article)));
        Site.Do(act => act.ReplacePicks(Site.Title.Id, 0, [new Picks.Pick(paper.Other)]));
        await Assertions.Expect(page.Locator($"[data-block=picks] li.fresh[data-id='{paper.Other}']")).ToHaveCountAsync(1, new() { Timeout = 5_000 });
    }

    [BrowserFact]
    public async Task Whatever_changes_an_open_page_shows_what_a_reload_would_no_story_twice_and_never_its_own()
    {
        Site.Set("live.seconds", "1");
        var ids = All();
        var own = ids[3];
        var open = new List<(IPage Page, string Path)>();
        foreach (var path in (string[])["/", Site.PathOf(own), Site.PathOf(ids[10])])
        {
            var page = await chromium.NewPageAsync();
            await page.GotoAsync(paper.At(path));
            open.Add((page, path));
        }

        var reloaded = await chromium.NewPageAsync(javaScript: false);
        for (var round = 0; round < 6; round++)
        {
            Site.Do(act => act.ReplacePicks(Site.Title.Id, 0, Some(ids, 1 + _random.Next(6)).Append(own).Distinct().Select(id => new Picks.Pick(id)).ToList()));
            foreach (var id in Some(ids, 4).Append(own)) Site.Read(id, 1 << round << _random.Next(4));
            if (round % 2 == 1) Site.Story($"Kabar baru {round}");
            foreach (var (page, path) in open)
            {
                await reloaded.GotoAsync(paper.At(path));
                var now = await reloaded.EvaluateAsync<string[]>(Blocks);
                var shown = await Until(page, Blocks, now);
                // What a front shows large stays as it was when it came, and what its lists leave out with it.
                if (path != "/") Assert.Equal((path, round, string.Join('\n', now)), (path, round, string.Join('\n', shown)));
                var stories = await page.EvaluateAsync<string[]>(Ids);
                Assert.Equal(stories.Distinct(), stories);
                if (path == Site.PathOf(own)) Assert.DoesNotContain(own.ToString(), stories);
            }
        }
    }

    [BrowserFact]
    public async Task A_list_that_has_not_changed_costs_no_body()
    {
        Site.Set("live.seconds", "1");
        var page = await chromium.NewPageAsync();
        var answers = new List<IResponse>();
        page.Response += (_, response) =>
        {
            if (response.Url.Contains("/_/live/", StringComparison.Ordinal)) lock (answers) answers.Add(response);
        };
        await page.GotoAsync(paper.At("/"));
        await Task.Delay(4_000);
        lock (answers)
        {
            Assert.InRange(answers.Count, 6, 15);
            Assert.All(answers, answer => Assert.Equal((answer.Url, 304), (answer.Url, answer.Status)));
            answers.Clear();
        }

        Site.Do(act => act.ReplacePicks(Site.Title.Id, 0, [new Picks.Pick(paper.Article)]));
        await Task.Delay(4_000);
        // Each list once, with what follows further down; then there is nothing new again.
        lock (answers) Assert.InRange(answers.Count(answer => answer.Status == 200), 1, 3);
    }

    [BrowserFact]
    public async Task A_hidden_page_asks_once_a_minute_and_at_once_when_it_is_looked_at_again()
    {
        Site.Set("live.seconds", "1");
        var page = await chromium.NewPageAsync();
        await page.AddInitScriptAsync("""
            let isHidden = false;
            Object.defineProperty(document, "hidden", { get: () => isHidden });
            window.hide = (value) => { isHidden = value; document.dispatchEvent(new Event("visibilitychange")); };
            """);
        var asked = 0;
        page.Request += (_, request) =>
        {
            if (request.Url.Contains("/_/live/", StringComparison.Ordinal)) Interlocked.Increment(ref asked);
        };
        await page.GotoAsync(paper.At("/"));
        await page.EvaluateAsync("hide(true)");
        await Task.Delay(500);
        var before = Volatile.Read(ref asked);
        await Task.Delay(4_000);
        Assert.Equal(before, Volatile.Read(ref asked));
        var asks = page.WaitForRequestAsync("**/_/live/**", new() { Timeout = 700 });
        await page.EvaluateAsync("hide(false)");
        await asks;
    }

    [BrowserFact]
    public async Task The_server_says_how_often_to_ask_and_may_end_it()
    {
        Site.Set("live.seconds", "1");
        var page = await chromium.NewPageAsync();
        await page.GotoAsync(paper.At("/"));
        Site.Set("live.seconds", "0");
        await Task.Delay(4_000);
        var asked = 0;
        page.Request += (_, request) => Interlocked.Increment(ref asked);
        await Task.Delay(3_000);
        Assert.Equal(0, Volatile.Read(ref asked));
    }

    [BrowserFact]
    public Task Nothing_moves_for_a_phones_reader_in_the_middle_of_a_story() => NothingMoves(360, "p:nth-of-type(20)");

    [BrowserFact]
    public Task Nothing_moves_for_a_phones_reader_who_looks_at_the_most_read() => NothingMoves(360, "[data-block=popular]");

    [BrowserFact]
    public Task Nothing_moves_for_a_phones_reader_who_looks_at_the_latest() => NothingMoves(360, "[data-block=latest]");

    [BrowserFact]
    public Task Nothing_moves_on_a_wide_screen_with_the_lists_beside_the_story() => NothingMoves(1280, "p:nth-of-type(3)");

    [BrowserFact]
    public Task Nothing_moves_on_a_wide_screen_below_the_first_list() => NothingMoves(1280, "[data-block=picks]");

    private async Task NothingMoves(int width, string place)
    {
        Site.Set("live.seconds", "1");
        var story = Site.Story("Yang dibaca", string.Join('\n', Enumerable.Range(1, 40).Select(i => $"Paragraf {i}: nelayan di pesisir utara menunggu ombak reda sebelum melaut lagi, sudah tiga hari.")));
        var others = Enumerable.Range(0, 12).Select(i => Site.Story(string.Join(' ', Enumerable.Repeat("Ombak", 1 + i % 4 * 7)) + $" {i}")).ToList();
        for (var i = 0; i < others.Count; i++) Site.Read(others[i], 2_000 + 100 * i);
        Site.Do(act => act.ReplacePicks(Site.Title.Id, 0, others.Take(3).Select(id => new Picks.Pick(id)).ToList()));
        var page = await chromium.NewPageAsync(new BrowserNewContextOptions { ViewportSize = new() { Width = width, Height = 740 } });
        await page.GotoAsync(paper.At(Site.PathOf(story)));
        await page.EvaluateAsync($"document.documentElement.style.scrollBehavior = 'auto'; document.querySelector('{place}').scrollIntoView({{ block: 'center' }})");
        await Task.Delay(300);
        await page.EvaluateAsync("window.moved = []; new PerformanceObserver(list => list.getEntries().forEach(e => moved.push(e.value + ' ' + e.sources.map(s => s.node?.parentElement?.outerHTML.slice(0, 80)).join(' | ')))).observe({ type: 'layout-shift' })");

        var seen = new HashSet<string>();
        for (var round = 0; round < 4; round++)
        {
            foreach (var id in Some(others, 5)) Site.Read(id, 3_000 << round);
            Site.Do(act => act.ReplacePicks(Site.Title.Id, 0, Some(others, 3).Select(id => new Picks.Pick(id)).ToList()));
            Site.Story(string.Join(' ', Enumerable.Repeat("Perahu", 1 + round * 6)));
            await Task.Delay(2_500);
            seen.Add(string.Join('\n', await page.EvaluateAsync<string[]>(Blocks)));
        }

        Assert.True(seen.Count >= 3, "The lists were to change.");
        Assert.Empty(await page.EvaluateAsync<string[]>("moved"));
    }

    private List<long> All() => Site.Press.Database.Read(session => session.Query<long>("SELECT article_id FROM publications WHERE title_id = @Id ORDER BY article_id", new { Site.Title.Id })).ToList();

    private List<long> Some(List<long> ids, int count) => ids.OrderBy(_ => _random.Next()).Take(count).ToList();

    /// <summary>What an open page shows, when it shows what is wanted or will not.</summary>
    private static async Task<string[]> Until(IPage page, string script, string[] wanted)
    {
        for (var tries = 0; ; tries++)
        {
            var shown = await page.EvaluateAsync<string[]>(script);
            if (shown.SequenceEqual(wanted) || tries == 40) return shown;
            await Task.Delay(250);
        }
    }
}
