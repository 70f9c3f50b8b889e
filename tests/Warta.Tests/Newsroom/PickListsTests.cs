using Warta.Discovery;
using Warta.Engines;
using Warta.Publishing;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Newsroom;

public class PickListsTests
{
    [OnBothEngines]
    internal async Task A_list_of_picks_is_changed_in_the_form_saved_as_one_and_put_back(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var (first, second, third) = (site.Story("Harga cabai turun"), site.Story("Kereta malam ke Blitar"), site.Story("Banjir surut di Demak"));
        site.Do(act => act.ReplacePicks(site.Title.Id, 0, [new(first), new(second)]));
        site.Clock.Now += TimeSpan.FromMinutes(1);
        using var editor = await Staff.SignInAsync(site, "editor");
        const string page = "/newsroom/manage/picks?title=warta&list=";
        var before = await editor.GetAsync(page);
        Assert.Equal(["Harga cabai turun", "Kereta malam ke Blitar"], Headlines(before));
        var set = before.Page.QuerySelector("input[name=set]")!.GetAttribute("value")!;

        var found = await editor.PostAsync(page, ("set", set), ("story", $"{first}"), ("story", $"{second}"), ("q", "banjir"), ("do", "search"));
        Assert.Contains($"add:{third}", found.Text, StringComparison.Ordinal);
        var added = await editor.PostAsync(page, ("set", set), ("story", $"{first}"), ("story", $"{second}"), ("do", $"add:{third}"));
        Assert.Equal(3, Headlines(added).Count);
        var moved = await editor.PostAsync(page, ("set", set), ("story", $"{first}"), ("story", $"{second}"), ("story", $"{third}"), ("do", $"up:{third}"));
        Assert.Equal(["Harga cabai turun", "Banjir surut di Demak", "Kereta malam ke Blitar"], Headlines(moved));
        Assert.Equal(2, Saved(site).Count);

        var saved = await editor.PostAsync(page, ("set", set), ("story", $"{third}"), ("story", $"{first}"), ("do", "save"));
        Assert.Equal(302, saved.Status);
        Assert.Equal([third, first], Saved(site));
        var undo = (await editor.GetAsync(saved.Location)).Page.QuerySelector(".said form")!.GetAttribute("action")!;
        site.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(302, (await editor.PostAsync(undo)).Status);
        Assert.Equal([first, second], Saved(site));
        Assert.Equal(422, (await editor.PostAsync(undo)).Status);
    }

    [Fact]
    public async Task Two_editors_who_save_a_list_at_once_hear_of_each_other()
    {
        using var site = new TestSite();
        var (first, second) = (site.Story("Satu"), site.Story("Dua"));
        using var editor = await Staff.SignInAsync(site, "editor");
        const string page = "/newsroom/manage/picks?title=warta&list=";
        site.Do(act => act.ReplacePicks(site.Title.Id, 0, [new(second)]));

        var refused = await editor.PostAsync(page, ("set", "0"), ("story", $"{first}"), ("do", "save"));
        Assert.Equal(422, refused.Status);
        Assert.Equal([second], Saved(site));
        Assert.Equal(302, (await editor.PostAsync(page, ("set", "0"), ("anyway", "1"), ("story", $"{first}"), ("do", "save"))).Status);
        Assert.Equal([first], Saved(site));
    }

    [Fact]
    public async Task The_page_says_which_stories_show_which_wait_and_which_are_not_live()
    {
        using var site = new TestSite();
        site.Set("picks.count", "1");
        var (shown, spare, draft) = (site.Story("Tampil"), site.Story("Cadangan"), site.Draft("Draf"));
        site.Do(act => act.ReplacePicks(site.Title.Id, 0, [new(draft), new(shown), new(spare)]));
        using var editor = await Staff.SignInAsync(site, "editor");

        var page = (await editor.GetAsync("/newsroom/manage/picks?title=warta&list=")).Page;

        Assert.Equal(["failed", "live", "reserve"], page.QuerySelectorAll(".ordered .state").Select(state => state.ClassList[1]));
        Assert.Single(page.QuerySelectorAll(".warning"));
    }

    [OnBothEngines]
    internal async Task The_front_is_led_by_the_first_live_story_of_its_list_and_by_the_first_pick_where_none_is(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var (old, pick, draft) = (site.Story("Berita lama", at: site.Clock.Now.AddDays(-3)), site.Story("Pilihan pertama"), site.Draft("Belum tayang"));
        site.Story("Terbaru");
        site.Do(act => act.ReplacePicks(site.Title.Id, 0, [new(pick)]));
        using var editor = await Staff.SignInAsync(site, "editor");

        Assert.Equal(302, (await editor.PostAsync("/newsroom/manage/picks?title=warta&list=front", ("set", "0"), ("story", $"{draft}"), ("story", $"{old}"), ("do", "save"))).Status);
        Assert.Contains("Berita lama", await LeadAsync(site), StringComparison.Ordinal);
        site.Do(act => act.ReplacePicks(site.Title.Id, Picks.Front, []));
        Assert.Contains("Pilihan pertama", await LeadAsync(site), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_editor_of_a_section_sets_its_list_and_no_other()
    {
        using var site = new TestSite();
        var story = site.Story("Gol di menit akhir", section: "Bola");
        site.Story("Lain", section: "Nasional");
        var bola = site.Press.Titles.Section(site.Title.Id, "bola")!.Id;
        using var editor = await Staff.SignInAsync(site, "editor", site.Title.Id, bola);

        Assert.Equal(302, (await editor.PostAsync("/newsroom/manage/picks?list=/bola", ("set", "0"), ("story", $"{story}"), ("do", "save"))).Status);
        foreach (var other in new[] { "", "front", "/nasional", "/nowhere" })
            Assert.Equal(403, (await editor.PostAsync($"/newsroom/manage/picks?list={other}", ("set", "0"), ("story", $"{story}"), ("do", "save"))).Status);
        Assert.Equal([story], site.Press.Database.Read(session => Picks.Current(session, site.Title.Id, bola, site.Clock.Now)).Select(p => p.ArticleId));
    }

    [Fact]
    public async Task An_editor_of_one_title_sets_nothing_at_another()
    {
        using var site = new TestSite();
        var other = site.AddTitle("kota", "kota.example.com");
        using var editor = await Staff.SignInAsync(site, "editor", other);
        using var reporter = await Staff.SignInAsync(site, "reporter");

        Assert.Equal(403, (await editor.PostAsync("/newsroom/manage/picks?title=warta&list=", ("set", "0"), ("do", "save"))).Status);
        Assert.Equal(302, (await editor.PostAsync("/newsroom/manage/picks?title=kota&list=", ("set", "0"), ("do", "save"))).Status);
        Assert.Equal("/newsroom/manage/picks?title=kota", (await editor.GetAsync("/newsroom/manage/picks")).Location);
        Assert.Equal(403, (await reporter.GetAsync("/newsroom/manage/picks")).Status);
    }

    private static List<string> Headlines(TestSite.Answer answer) => answer.Page.QuerySelectorAll(".ordered .headline").Select(e => e.TextContent).ToList();

    private static List<long> Saved(TestSite site) => site.Press.Database.Read(session => Picks.Current(session, site.Title.Id, 0, site.Clock.Now)).ConvertAll(p => p.ArticleId);

    private static async Task<string> LeadAsync(TestSite site) => (await site.GetAsync("/")).Page.QuerySelector("main article")!.TextContent;
}
