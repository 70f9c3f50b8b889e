using System.Text;
using Warta.Content;
using Warta.Discovery;
using Warta.Engines;
using Warta.Publishing;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Publishing;

public sealed class PurgeTests
{
    [OnBothEngines]
    public void A_purged_storys_words_are_nowhere_in_the_database(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        Block[] body = [new ParagraphBlock("p1", "Menurut Xylokarpus, zirkonium itu ada."), new ReadAlsoBlock("r1", null, "Quetzalkoatl Pulang")];
        var draft = newsroom.Draft("Vantablakula Ditangkap", body) with
        {
            Uri = "https://example.com/vantablakula",
            Kicker = "Wolframitka",
            Standfirst = "Jacarandaxis kemarin.",
            Dateline = new Dateline("Pulau Hxortilo", null),
            UsageTerms = "Untuk Gnomidrux saja",
            CopyrightHolder = "Brexilonta",
        };
        string[] words = ["vantablakula", "xylokarpus", "zirkonium", "wolframitka", "jacarandaxis", "hxortilo", "gnomidrux", "brexilonta", "quetzalkoatl", "pertamaxoid"];
        for (var i = 0; i < 30; i++) newsroom.Publish($"Berita lain {i}", "Sesuatu terjadi di kota ini hari ini.");
        var asking = newsroom.Publish(newsroom.Draft("Lihat", new ParagraphBlock("p1", "Isi."), new ReadAlsoBlock("r1", null, "Vantablakula ditangkap!")));
        var article = newsroom.Publish(draft with { Headline = "Pertamaxoid" });
        newsroom.Save(draft, article);
        newsroom.Publish(article);
        newsroom.Save(draft with { EmbargoedUntil = newsroom.Clock.Now.AddDays(9) }, article);
        newsroom.Do(act => act.Sql.Run("INSERT INTO releases (title_id, article_id, release_at, actor, scheduled_at) VALUES (@p1, @p2, @p3, 'x', @p3)", newsroom.Title, article, newsroom.Clock.Now));
        Assert.Single(newsroom.Press.ReleaseDue());
        newsroom.Do(act => act.TakeDown(article, "Nama Vantablakula keliru."));
        for (var i = 0; i < 30; i++) newsroom.Publish($"Berita lagi {i}", "Sesuatu terjadi di kota lain hari ini.");
        Assert.Equal(words.Order(), Left(newsroom, words).Order());

        newsroom.Do(act => act.PurgeStory(article, "Putusan pengadilan."));
        Assert.Empty(Left(newsroom, words));
        Assert.Equal("Putusan pengadilan.", newsroom.Value<string>("SELECT reason FROM purges"));
        Assert.NotNull(newsroom.Live(asking));
    }

    [OnBothEngines]
    public void The_old_address_of_a_purged_story_is_still_known(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = newsroom.Publish("Nama Orang", "Isi");
        newsroom.Do(act => act.PurgeStory(article, "Putusan."));
        Assert.Null(newsroom.Live(article));
        Assert.Equal(article, newsroom.Value<long>("SELECT article_id FROM slugs WHERE title_id = @Title AND slug = @slug AND day = 20241202", new { newsroom.Title, slug = Purge.Hash("nama-orang") }));
        Assert.Equal(0, newsroom.Value<long>("SELECT count(*) FROM slugs WHERE slug = 'nama-orang'"));
    }

    [OnBothEngines]
    public void A_purged_story_does_not_come_back(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var draft = newsroom.Draft("Nama Orang", "Isi");
        var article = newsroom.Publish(draft);
        newsroom.Do(act => act.TakeDown(article, "Dulu."));
        newsroom.Do(act => act.PurgeStory(article, "Putusan."));
        Assert.True(newsroom.Database.Read(session => Purge.IsPurged(session, draft.Uri)));
        Assert.False(newsroom.Database.Read(session => Purge.IsPurged(session, "test:other")));
        Assert.Throws<PublishingException>(() => newsroom.Publish(article));
        Assert.Throws<PublishingException>(() => newsroom.Do(act => act.UndoTakedown(article)));
        Assert.Throws<PublishingException>(() => newsroom.Do(act => act.Schedule(article, newsroom.Title, newsroom.Clock.Now.AddDays(1))));
        Assert.Throws<PublishingException>(() => newsroom.Save(draft, article));
        Assert.Contains("already", Assert.Throws<PublishingException>(() => newsroom.Do(act => act.PurgeStory(article, "Lagi."))).Message, StringComparison.Ordinal);
    }

    [OnBothEngines]
    public void Other_stories_keep_their_words_and_their_place_in_search(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var purged = newsroom.Publish("Harga Emas Naik", "Harga emas di pasar naik tajam.");
        var other = newsroom.Publish("Harga Emas Turun", "Harga emas di pasar turun tajam.");
        newsroom.Do(act => act.PurgeStory(purged, "Putusan."));
        Assert.Equal([other], newsroom.Search("harga emas"));
        Assert.Empty(newsroom.Database.Read(session => Related.Of(session, newsroom.Title, other).ToList()));
    }

    /// <summary>Those of the words that still stand somewhere: in the bytes of SQLite's file, in any column of PostgreSQL's tables.</summary>
    private static List<string> Left(TestNewsroom newsroom, string[] words)
    {
        string all;
        if (newsroom.Engine == EngineKind.Sqlite)
        {
            newsroom.Restart();
            newsroom.Database.Dispose();
            var file = newsroom.Folder.DatabaseFile(Migrator.Main);
            Assert.False(File.Exists(file + "-wal") && new FileInfo(file + "-wal").Length > 0);
            all = Encoding.Latin1.GetString(File.ReadAllBytes(file));
            newsroom.Restart();
        }
        else
        {
            var tables = newsroom.Query<string>("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
            all = string.Join('\n', tables.SelectMany(table => newsroom.Query<string>($"SELECT t::text FROM {table} t")));
        }

        return words.Where(word => all.Contains(word, StringComparison.OrdinalIgnoreCase)).ToList();
    }
}
