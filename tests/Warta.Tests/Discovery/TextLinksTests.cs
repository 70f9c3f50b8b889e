using Warta.Content;
using Warta.Discovery;
using Warta.Engines;
using Warta.Publishing;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Discovery;

public sealed class TextLinksTests
{
    [OnBothEngines]
    public void A_link_in_a_paragraph_knows_its_target_by_path_host_old_slug_and_uri(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        newsroom.Do(act => act.Sql.SetTitle(newsroom.Title, "url", "https://harian.example"));
        var target = newsroom.Publish(newsroom.Draft("Judul Lama", "Isi") with { Uri = "https://lama.example/berita/7?id=7" });
        newsroom.Do(act => act.Publish(target, newsroom.Title, slug: "judul-baru"));
        foreach (var href in (string[])["/berita/2024/12/02/judul-lama", "/lain/2024/12/02/judul-baru", "https://harian.example/berita/2024/12/02/judul-lama#b-2", "https://lama.example/berita/7?id=7", "https://lama.example/berita/7?id=7#x"])
            Assert.Equal(target, Assert.Single(Links(newsroom, Linking(newsroom, href))).TargetId);
    }

    [OnBothEngines]
    public void Links_that_lead_to_no_story_are_let_be(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        newsroom.Do(act => act.SectionNamed(newsroom.Title, "Liputan 6"));
        foreach (var href in (string[])["/berita", "/tag/covid-19", "/liputan-6", "mailto:a@example.com", "/", "/search?q=a-1", "/author/agus-2", "https://lain.example/2024/12/02/x"])
            Assert.Empty(Links(newsroom, Linking(newsroom, href)));
        Assert.Equal(1, newsroom.Value<long>("SELECT count(*) FROM text_links"));
        Assert.Equal(1, newsroom.Database.Read(session => LinkInventory.ExternalCount(session, newsroom.Title)));
    }

    [OnBothEngines]
    public void A_link_whose_story_is_unknown_waits_for_it(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var byPath = Linking(newsroom, "/berita/2024/12/02/yang-dinanti");
        var byUri = Linking(newsroom, "https://lama.example/dinanti");
        Assert.Equal([(LinkState.Pending, byPath)], Inventory(newsroom, LinkState.Pending));
        var target = newsroom.Publish(newsroom.Draft("Yang dinanti", "Isi") with { Uri = "https://lama.example/dinanti" });
        Assert.All(new[] { byPath, byUri }, id => Assert.Equal(target, Assert.Single(Links(newsroom, id)).TargetId));
        Assert.Empty(Inventory(newsroom, LinkState.Pending));
    }

    [OnBothEngines]
    public void The_inventory_tells_what_has_become_of_each_target(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        long Target(string headline) => newsroom.Publish(headline, "Isi");
        var (live, moved, withdrawn, down, purged) = (Target("Hidup"), Target("Pindah"), Target("Ditarik"), Target("Dicabut"), Target("Dihapus"));
        var draft = newsroom.Write("Konsep", "Isi");
        string Path(string slug) => "/berita/2024/12/02/" + slug;
        var story = newsroom.Publish(newsroom.Draft("Penaut", [Linked("p1", Path("hidup"), Path("pindah"), Path("ditarik"), Path("dicabut"), Path("dihapus"), Path("entah"), "https://lain.example/"),
            new ReadAlsoBlock("r1", live), new ReadAlsoBlock("r2", withdrawn), new ReadAlsoBlock("r3", draft), new ReadAlsoBlock("r4", null, "Entah apa")]));
        newsroom.Do(act => act.Publish(moved, newsroom.Title, slug: "alamat-baru"));
        newsroom.Do(act => act.WithdrawStory(withdrawn));
        newsroom.Do(act => act.TakeDown(down, "Salah."));
        var all = newsroom.Database.Read(session => LinkInventory.Page(session, newsroom.Press.Titles, newsroom.Title, LinkState.All, null, 100, 0));
        Assert.Equal(["p1.0 live", "p1.1 moved", "p1.2 withdrawn", "p1.3 taken-down", "p1.4 live", "p1.5 pending", "p1.6 external", "r1.0 live", "r2.0 withdrawn", "r3.0 pending", "r4.0 pending"],
            all.ConvertAll(l => $"{l.BlockId}.{l.Number} {l.State}"));
        foreach (var state in LinkState.All)
        {
            var some = newsroom.Database.Read(session => LinkInventory.Page(session, newsroom.Press.Titles, newsroom.Title, [state], null, 100, 0)).ConvertAll(l => l.Id);
            Assert.Equal(all.Where(l => l.State == state).Select(l => l.Id), some);
            Assert.Equal(some, newsroom.Database.Read(session => LinkInventory.Page(session, newsroom.Press.Titles, newsroom.Title, [state], story, 100, 0)).ConvertAll(l => l.Id));
        }

        Assert.Equal(all.Skip(3).Take(2).Select(l => l.Id), newsroom.Database.Read(session => LinkInventory.Page(session, newsroom.Press.Titles, newsroom.Title, LinkState.All, null, 2, 3)).Select(l => l.Id));
        newsroom.Do(act => act.WithdrawStory(story));
        Assert.Empty(newsroom.Database.Read(session => LinkInventory.Page(session, newsroom.Press.Titles, newsroom.Title, LinkState.All, null, 100, 0)));
        _ = purged;
    }

    [OnBothEngines]
    public void A_purge_leaves_no_address_of_the_story_in_others(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var purged = newsroom.Publish("Nama yang dihapus", "Isi");
        var story = Linking(newsroom, "/berita/2024/12/02/nama-yang-dihapus");
        newsroom.Do(act => act.PurgeStory(purged, "Hukum."));
        Assert.DoesNotContain("nama-yang-dihapus", newsroom.Live(story)!.Body);
        Assert.Contains("tautan 0", newsroom.Live(story)!.Body);
        Assert.Equal(0, newsroom.Value<long>("SELECT count(*) FROM text_links"));
    }

    [OnBothEngines]
    public void A_newer_version_supersedes_the_target_of_an_older_link(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var text = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"kata{(char)('a' + i % 26)}{(char)('a' + i / 26)}"));
        var first = newsroom.Publish("Versi satu", text);
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        var before = newsroom.Publish(newsroom.Draft("Penaut lama", [.. TestNewsroom.Paragraphs("Isi."), new ReadAlsoBlock("r", first)]));
        Assert.Empty(Inventory(newsroom, LinkState.Superseded));
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        var second = newsroom.Publish("Versi dua", text);
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        // Who links to the first version when there is a second has chosen it.
        newsroom.Publish(newsroom.Draft("Penaut baru", [.. TestNewsroom.Paragraphs("Isi."), new ReadAlsoBlock("r", first)]));
        Assert.Equal([(LinkState.Superseded, before)], Inventory(newsroom, LinkState.Superseded));
        var link = newsroom.Database.Read(session => LinkInventory.Page(session, newsroom.Press.Titles, newsroom.Title, [LinkState.Superseded], null, 1, 0))[0];
        Assert.Equal(second, link.Successor!.ArticleId);
        newsroom.Do(act => act.Repair(newsroom.Title, link.Id, second));
        Assert.Empty(Inventory(newsroom, LinkState.Superseded));
    }

    [OnBothEngines]
    public void A_repair_is_a_new_revision_that_goes_out_without_a_new_time(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var (old, better) = (newsroom.Publish("Lama", "Isi"), newsroom.Publish("Lebih baik", "Isi"));
        var story = newsroom.Publish(newsroom.Draft("Penaut", [Linked("p1", "/berita/2024/12/02/lama", "/berita/2024/12/02/lama"), new ReadAlsoBlock("r1", old)]));
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        newsroom.Do(act => act.WithdrawStory(old));
        var updated = newsroom.Live(story)!.UpdatedAt;

        Assert.True(newsroom.Do(act => act.Repair(newsroom.Title, $"{story}.p1.1", better)).IsPublished);
        Assert.True(newsroom.Do(act => act.Repair(newsroom.Title, $"{story}.r1.0", better)).IsPublished);
        Assert.True(newsroom.Do(act => act.Repair(newsroom.Title, $"{story}.p1.0", null)).IsPublished);
        Assert.Equal(updated, newsroom.Live(story)!.UpdatedAt);
        var link = Assert.Single(Links(newsroom, story));
        Assert.Equal((better, "/berita/2024/12/02/lebih-baik"), (link.TargetId!.Value, link.Href));
        Assert.Contains("tautan 0", newsroom.Live(story)!.Body);
        Assert.Equal([(LinkState.Live, story), (LinkState.Live, story)], Inventory(newsroom, [.. LinkState.All]));
        newsroom.Do(act => act.Repair(newsroom.Title, $"{story}.r1.0", null));
        Assert.DoesNotContain("read-also", newsroom.Live(story)!.Body);

        // What is being written isn't published by the way.
        newsroom.Save(newsroom.Draft("Penaut", [Linked("p1", "/berita/2024/12/02/lebih-baik", "https://lain.example/")]), story);
        var id = Assert.Single(Links(newsroom, story)).TargetId;
        Assert.Equal(better, id);
        Assert.Throws<PublishingException>(() => newsroom.Do(act => act.Repair(newsroom.Title, $"{story}.p1.0", old)));
        Assert.Throws<NoSuchLinkException>(() => newsroom.Do(act => act.Repair(newsroom.Title, $"{story}.p9.0", better)));
    }

    [OnBothEngines]
    public void Stories_from_before_are_gone_through_in_batches(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var target = newsroom.Publish("Sasaran", "Isi");
        var linking = Enumerable.Range(0, 30).Select(_ => Linking(newsroom, "/berita/2024/12/02/sasaran")).ToList();
        newsroom.Database.Write(session =>
        {
            session.Run("DELETE FROM text_links");
            session.Run("UPDATE links_noted SET article_id = 0");
        });
        Assert.True(newsroom.Press.NoteSomeLinks());
        Assert.InRange(newsroom.Value<long>("SELECT count(*) FROM text_links"), 1, 29);
        newsroom.Restart();
        while (newsroom.Press.NoteSomeLinks())
        {
        }

        Assert.All(linking, id => Assert.Equal(target, Assert.Single(Links(newsroom, id)).TargetId));
        Assert.False(newsroom.Press.NoteSomeLinks());
    }

    private static ParagraphBlock Linked(string id, params string[] hrefs) =>
        new(id, new InlineText(hrefs.SelectMany((href, i) => new[] { new TextSpan($"tautan {i}", Href: href), new TextSpan(" dan ") })));

    private static long Linking(TestNewsroom newsroom, string href) => newsroom.Publish(newsroom.Draft("Penaut", [Linked("p1", href)]));

    private static List<TextLinks.Row> Links(TestNewsroom newsroom, long article) => newsroom.Database.Read(session => TextLinks.Of(session, article));

    private static List<(string State, long Article)> Inventory(TestNewsroom newsroom, params string[] states) =>
        newsroom.Database.Read(session => LinkInventory.Page(session, newsroom.Press.Titles, newsroom.Title, states, null, 100, 0)).ConvertAll(l => (l.State, l.ArticleId));
}
