using Warta.Content;
using Warta.Discovery;
using Warta.Exchange.Ninjs;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Demo;

/// <summary>The demonstration newsroom, written and drawn for Warta: its stories are some hours or days old whenever it is first opened.</summary>
internal static class DemoPaper
{
    private const string Actor = "demo";

    /// <summary>Brings in what isn't there yet. A second start changes nothing, one that was cut short is completed, and what was changed since stays.</summary>
    public static void Fill(Press press, DataFolder folder)
    {
        var stories = DemoStory.All();
        foreach (var title in DemoTitles.All) AddTitle(press, title);
        var known = press.Database.Read(session => session.Query<string>("SELECT uri FROM articles WHERE uri IN [[texts:uris]]", new { uris = session.Texts(stories.Select(s => s.Uri)) })).ToHashSet();
        foreach (var title in DemoTitles.All) Import(press, title, stories.Where(s => s.Title == title.Slug && !known.Contains(s.Uri)).ToList());
        foreach (var story in stories) Edit(press, story);
        DemoPeople.Describe(press, Actor);
        DemoStaff.Add(press, folder, Actor);
        foreach (var title in DemoTitles.All) Furnish(press, folder, title, stories);
        DemoDesk.Fill(press);
    }

    /// <summary>A paper that has its name already is left as it is.</summary>
    private static void AddTitle(Press press, DemoTitles.DemoTitle demo)
    {
        var isNew = press.Titles.Titles.All(t => t.Slug != demo.Slug);
        if (!isNew && press.Titles.Title(demo.Slug).Name != "Warta") return;
        press.Run(Actor, act =>
        {
            if (isNew) act.Record("title-added", act.Sql.AddTitle(demo.Slug, demo.Host, act.Now), null);
            else act.Sql.AddHost(act.Titles.Title(demo.Slug).Id, demo.Host);
            act.TitlesChanged();
            var id = act.Titles.Title(demo.Slug).Id;
            foreach (var (key, value) in demo.Settings) act.Sql.SetTitle(id, key, value);
            act.Record("title-set", id, null);
        });
    }

    private static void Import(Press press, DemoTitles.DemoTitle demo, List<DemoStory> stories)
    {
        if (stories.Count == 0) return;
        var byUri = stories.ToDictionary(s => s.Uri);
        var pictures = stories.Where(s => s.Picture is not null).ToDictionary(s => s.Uri, s => DemoPictures.TakeIn(press, Actor, s.Picture!));
        var file = Path.Combine(Path.GetTempPath(), $"warta-demo-{Guid.NewGuid():n}.jsonl");
        try
        {
            File.WriteAllLines(file, stories.Select(s => s.Dated(press.Now)));
            new NinjsImport(press, press.Titles.Title(demo.Slug).Id) { Complete = draft => byUri[draft.Uri].Complete(draft, pictures.GetValueOrDefault(draft.Uri)) }.Run(file, null, CancellationToken.None);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>What befell a story after it was published, unless it has befallen it before.</summary>
    private static void Edit(Press press, DemoStory story)
    {
        if (story is { AlsoIn: [], Correction: "", Takedown: "" }) return;
        press.Run(Actor, act =>
        {
            var id = Articles.ByUri(act.Sql, story.Uri);
            foreach (var titleId in story.AlsoIn.Select(slug => act.Titles.Title(slug).Id))
            {
                if (!Has("SELECT count(*) FROM slugs WHERE article_id = @id AND title_id = @titleId", titleId)) act.Publish(id, titleId, new PublishRevision.Times(act.Now - story.Age));
            }

            if (story.Correction.Length > 0 && !Has("SELECT count(*) FROM corrections WHERE article_id = @id")) act.Correct(id, CorrectionKind.Erratum, story.Correction);
            if (story.Takedown.Length > 0 && !Has("SELECT count(*) FROM takedowns WHERE article_id = @id")) act.TakeDown(id, story.Takedown);

            bool Has(string count, long titleId = 0) => act.Sql.Value<long>(count, new { id, titleId }) > 0;
        });
    }

    /// <summary>What needs the stories: the menu, the picks, the standing pages that link here and there, and an advertisement of the paper's own.</summary>
    private static void Furnish(Press press, DataFolder folder, DemoTitles.DemoTitle demo, List<DemoStory> stories)
    {
        var title = press.Titles.Title(demo.Slug);
        DemoPeople.AddPages(press, Actor, title);
        if (title["menu"].Length == 0) press.Run(Actor, act => act.Sql.SetTitle(title.Id, "menu", demo.Menu));
        DemoPictures.AddHouseAd(press, folder, Actor, title);
        press.Run(Actor, act =>
        {
            if (act.Sql.Value<long>("SELECT count(*) FROM picks WHERE title_id = @Id", new { title.Id }) > 0) return;
            var byNumber = stories.ToDictionary(s => s.Number, s => s.Uri);
            var picks = demo.Picks.Select(number => Articles.ByUri(act.Sql, byNumber[number])).Select(id => new Picks.Pick(id)).ToList();
            act.ReplacePicks(title.Id, 0, picks);
        });
    }
}
