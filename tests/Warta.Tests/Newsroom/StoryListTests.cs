using Warta.Content;
using Warta.Engines;
using Warta.Publishing;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Newsroom;

public class StoryListTests
{
    [OnBothEngines]
    internal async Task Stories_are_found_by_words_section_state_writer_and_day(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var anna = await Staff.SignInAsync(site, "editor", name: "Anna");
        using var budi = await Staff.SignInAsync(site, "reporter", name: "Budi");
        var live = site.Story("Harga beras naik", "Bulog menambah pasokan.", section: "Ekonomi");
        site.Clock.Now = site.Clock.Now.AddDays(1);
        var draft = site.Draft("Harga gula", section: "Olahraga");
        var down = site.Story("Sudah turun");
        site.Do(act => act.WithdrawStory(down));
        var gone = site.Story("Dicabut");
        site.Do(act => act.TakeDown(gone, "Keliru."));
        var later = site.Draft("Besok pagi");
        site.Do(act => act.Schedule(later, site.Title.Id, act.Now.AddDays(1)));
        site.Clock.Now = site.Clock.Now.AddMinutes(1);
        var form = await budi.GetAsync("/newsroom/stories/new");
        var own = StoryPageTests.IdOf((await budi.PostAsync("/newsroom/stories", ("section", form.Page.QuerySelector("option[value]")!.GetAttribute("value")!), ("headline", "Milik Budi"))).Location);
        var section = site.Press.Titles.Section(site.Title.Id, "ekonomi")!.Id;

        await Lists(anna, "", own, later, gone, down, draft, live);
        await Lists(anna, "?q=harga", draft, live);
        await Lists(anna, "?q=bulog+pasok", live);
        await Lists(anna, "?q=tidakada");
        await Lists(anna, "?q=%22%27+AND+*");
        await Lists(anna, $"?section={section}", own, live);
        await Lists(anna, $"?section={section}&q=gula");
        await Lists(anna, "?state=live", live);
        await Lists(anna, "?state=draft", own, draft);
        await Lists(anna, "?state=scheduled", later);
        await Lists(anna, "?state=withdrawn", down);
        await Lists(anna, "?state=taken-down", gone);
        await Lists(anna, $"?author={budi.Id}", own);
        await Lists(anna, "?mine=1");
        await Lists(anna, "?from=2026-01-26&to=2026-01-26", live);
        await Lists(budi, "?mine=1", own);
        // What others write and readers have never seen is none of his.
        await Lists(budi, "", own, down, live);
        Assert.Equal(400, (await anna.GetAsync("/newsroom/stories?from=kemarin")).Status);
        Assert.Equal(404, (await anna.GetAsync("/newsroom/stories?section=999")).Status);
        Assert.Equal(200, (await anna.GetAsync("/newsroom/stories?state='+OR+1=1--&after=x.y")).Status);

        site.Do(act => act.PurgeStory(live, "Putusan."));
        await Lists(anna, "?q=beras");
        await Lists(anna, "?q=bulog");
    }

    [OnBothEngines]
    internal async Task Pages_follow_each_other_without_gaps(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var anna = await Staff.SignInAsync(site, "editor");
        var ids = Enumerable.Range(1, 120).Select(i => site.Draft($"Naskah {i}", section: i % 2 == 0 ? "Ekonomi" : "Ekonomi/Bank")).ToList();

        foreach (var filter in new[] { "", "?q=naskah", $"?section={site.Press.Titles.Section(site.Title.Id, "ekonomi")!.Id}" })
        {
            var found = new List<long>();
            for (var address = "/newsroom/stories" + filter; address is not null;)
            {
                var page = await anna.GetAsync(address);
                found.AddRange(IdsOn(page));
                address = page.Page.QuerySelector(".pages a")?.GetAttribute("href");
            }

            Assert.Equal(ids.AsEnumerable().Reverse(), found);
        }
    }

    [OnBothEngines]
    internal void Stories_from_before_are_found_once_they_are_taken_in(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var story = site.Draft("Harga beras", "Isi.");
        site.Press.Database.Write(session =>
        {
            session.Execute("DELETE FROM desk_entries WHERE rowid = @story", new { story });
            session.Execute("INSERT INTO desk_pending (article_id) VALUES (@story)", new { story });
        });

        while (site.Press.IndexSomeForDesk())
        {
        }

        Assert.Equal(0, site.Count("SELECT count(*) FROM desk_pending"));
        Assert.Equal([story], site.Press.Database.Read(session => session.Query<long>(
            "SELECT rowid FROM desk_entries WHERE [[sqlite]]desk_entries MATCH @match[[/sqlite]][[postgres]]terms @@ CAST(@match AS tsquery)[[/postgres]]", new { match = DeskSearch.Match(session, "beras") })));
    }

    private static async Task Lists(Staff who, string filter, params long[] ids) => Assert.Equal(ids, IdsOn(await who.GetAsync("/newsroom/stories" + filter)));

    private static List<long> IdsOn(TestSite.Answer page)
    {
        Assert.Equal(200, page.Status);
        return page.Page.QuerySelectorAll("table.stories a.headline").Select(link => StoryPageTests.IdOf(link.GetAttribute("href")!)).ToList();
    }

    [OnBothEngines]
    internal async Task Imported_stories_are_found_by_their_text_too_and_each_once(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var own = site.Story("Panen raya di Demak", "Petani menyebut rendengan tahun ini istimewa.");
        var imported = site.Press.Run("test", act =>
        {
            var title = act.Titles.Default;
            var draft = new Draft { Uri = "urn:impor:1", TitleId = title.Id, SectionId = act.SectionNamed(title.Id, "Nasional"), Language = "id", Headline = "Musim tanam dimulai", Body = PlainTextMapper.FromPlainText("Petani menyebut rendengan datang lambat.").Body };
            var id = act.Save(null, draft).ArticleId;
            act.Publish(id, title.Id);
            return id;
        }, batch: true);
        using var editor = await Staff.SignInAsync(site, "editor");
        using var abroad = await Staff.SignInAsync(site, "photo-editor", site.AddTitle("lain", "lain.example"));

        await Lists(editor, "?q=rendengan", imported, own);
        await Lists(editor, "?q=rendengan+lambat", imported);
        await Lists(editor, "?q=panen+rendengan", own);
        await Lists(editor, "?q=rendengan+xyzzy");
        await Lists(abroad, "?q=rendengan");
    }
}
