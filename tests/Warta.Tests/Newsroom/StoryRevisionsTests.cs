using Warta.Content;
using Warta.Engines;
using Warta.Publishing;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Newsroom;

public class StoryRevisionsTests
{
    [OnBothEngines]
    internal async Task Revisions_say_who_when_why_and_what_readers_saw(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var anna = await Staff.SignInAsync(site, "editor", name: "Anna");
        var story = site.Story("Harga beras turun", "Satu.\nDua.");
        site.Clock.Now = site.Clock.Now.AddHours(2);
        var address = $"/newsroom/stories/{story}";
        await StoryPageTests.SaveAsync(anna, address, await anna.GetAsync(address), ("headline", "Harga beras naik"), ("note", "angka dari Bulog"));
        site.Do(act => act.Publish(story, site.Title.Id));
        site.Clock.Now = site.Clock.Now.AddHours(1);
        site.Do(act => act.WithdrawStory(story));

        var page = await anna.GetAsync(address + "/revisions");
        var rows = page.Page.QuerySelectorAll("form table tbody tr").Select(row => row.TextContent).ToList();
        Assert.Equal(2, rows.Count);
        Assert.Contains("Anna", rows[0], StringComparison.Ordinal);
        Assert.Contains("angka dari Bulog", rows[0], StringComparison.Ordinal);
        var seen = page.Page.QuerySelectorAll("section table tbody tr").Select(row => string.Join('|', row.QuerySelectorAll("td").Skip(1).Select(cell => cell.TextContent.Trim()))).ToList();
        Assert.Equal(["2|Senin, 26 Januari 2026 | 12:00 WIB|Senin, 26 Januari 2026 | 13:00 WIB (diturunkan)", "1|Senin, 26 Januari 2026 | 10:00 WIB|Senin, 26 Januari 2026 | 12:00 WIB (diperbarui)"], seen);
    }

    [OnBothEngines]
    internal async Task Any_two_are_compared_word_by_word_and_the_working_copy_too(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var anna = await Staff.SignInAsync(site, "editor");
        var story = site.Draft("Harga beras turun", "Beras turun tajam.\nTetap.");
        site.Revise(story, draft => draft with { Headline = "Harga beras naik", Body = new Body([((ParagraphBlock)draft.Body.Blocks[0]) with { Text = "Beras naik tajam." }, draft.Body.Blocks[1], new ParagraphBlock("baru", "<b>Baru</b>.")]) });
        var address = $"/newsroom/stories/{story}";

        var page = (await anna.GetAsync(address + "/compare?older=1&newer=2")).Page;
        Assert.Equal(["turun", "turun"], page.QuerySelectorAll(".compared del").Select(del => del.TextContent));
        Assert.Equal(["naik", "naik", "<b>Baru</b>."], page.QuerySelectorAll(".compared ins").Select(ins => ins.TextContent));
        Assert.Equal("Beras turunnaik tajam.", page.QuerySelector(".changed p")!.TextContent);

        var (version, body) = StoryPageTests.Read(await anna.GetAsync(address));
        await StoryPageTests.AutosaveAsync(anna, address, version, StoryPageTests.With(body, 1, "Tetap juga."));
        Assert.Equal("juga", (await anna.GetAsync(address + "/compare?older=2")).Page.QuerySelector(".compared .changed ins")!.TextContent.Trim());
        Assert.Equal(404, (await anna.GetAsync(address + "/compare?older=1&newer=9")).Status);
    }

    [OnBothEngines]
    internal async Task Restoring_loses_nothing_and_can_be_undone(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var anna = await Staff.SignInAsync(site, "editor");
        using var contributor = await Staff.SignInAsync(site, "contributor");
        var story = site.Story("Pertama", "Satu.");
        site.Revise(story, draft => draft with { Headline = "Kedua", Body = new Body([new ParagraphBlock("a", "Dua.")]) });
        var address = $"/newsroom/stories/{story}";
        var (version, body) = StoryPageTests.Read(await anna.GetAsync(address));
        await StoryPageTests.AutosaveAsync(anna, address, version, StoryPageTests.With(body, 0, "Tiga, belum revisi."));

        Assert.Equal(403, (await contributor.PostAsync(address + "/restore/1")).Status);
        Assert.Equal(302, (await anna.PostAsync(address + "/restore/1")).Status);
        var page = await anna.GetAsync(address);
        Assert.Equal(("Pertama", "Satu."), (StoryPageTests.Control(page, "headline"), StoryPageTests.Control(page, "text")));
        Assert.Equal(4, site.Count("SELECT count(*) FROM revisions WHERE article_id = @story", new { story }));
        Assert.Equal("Kedua", site.Press.Database.Read(session => Composition.Addresses.Live(session, site.Title.Id, story))!.Headline);

        var undo = page.Page.QuerySelector(".said form")!.GetAttribute("action")!;
        Assert.Equal(address + "/restore/3", undo);
        await anna.PostAsync(undo);
        Assert.Equal("Tiga, belum revisi.", StoryPageTests.Control(await anna.GetAsync(address), "text"));
        Assert.Equal(404, (await anna.PostAsync(address + "/restore/99")).Status);
    }
}
