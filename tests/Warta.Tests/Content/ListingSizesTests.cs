using Warta.Content;
using Warta.Engines;
using Warta.Publishing;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Content;

public sealed class ListingSizesTests
{
    [OnBothEngines]
    public void The_size_that_is_kept_of_a_list_is_its_size_whatever_happens(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var second = newsroom.AddTitle("daerah");
        long[] sections = [newsroom.Berita, newsroom.Section("Bola"), newsroom.Section("Bola/Liga 1"), newsroom.Section("Uang")];
        var random = new Random(11);
        var stories = Enumerable.Range(1, 12).Select(i => newsroom.Save(Draft(i, $"test:{i}"))).ToList();
        var (done, refused) = (0, 0);

        for (var i = 0; i < 150; i++)
        {
            newsroom.Clock.Pass(TimeSpan.FromMinutes(1));
            var story = stories[random.Next(stories.Count)];
            try
            {
                newsroom.Do(act => Something(act, story));
                done++;
            }
            catch (Exception e) when (e is PublishingException or ContentException)
            {
                // Such as taking down what was purged.
                refused++;
            }

            MustAgree(newsroom);
        }

        Assert.True(done > 50 && refused > 5, $"{done} done, {refused} refused");
        foreach (var story in newsroom.Query<long>("SELECT DISTINCT article_id FROM publications")) newsroom.Do(act => act.WithdrawStory(story));
        Assert.Equal(0, newsroom.Value<long>("SELECT count(*) FROM listing_sizes"));

        Draft Draft(int number, string uri) => newsroom.Draft($"Cerita {number}", "Isi.") with
        {
            Uri = uri,
            SectionId = sections[number % sections.Length],
            Tags = [$"tema {number % 3}", $"tema {number % 5}"],
            Bylines = [new Byline($"Penulis {number % 4}", Byline.Writer)],
        };

        void Something(Act act, long story)
        {
            switch (random.Next(12))
            {
                case 0: act.WithdrawStory(story); break;
                case 1: act.TakeDown(story, "Salah."); break;
                case 2: act.UndoTakedown(story); break;
                case 3: Move(act, "bola/liga-1", null); break;
                case 4: Move(act, "liga-1", "uang"); break;
                case 5: Move(act, "uang/liga-1", "bola"); break;
                case 6: act.Save(story, Draft(random.Next(60), $"test:{stories.IndexOf(story) + 1}")); act.Publish(story, newsroom.Title); break;
                case 7: act.Publish(story, second); break;
                case 8 when random.Next(8) == 0: act.PurgeStory(story, "Putusan."); break;
                default: act.Publish(story, newsroom.Title); break;
            }

            // What is rolled back is not counted either.
            if (random.Next(10) == 0) throw new ContentException("On second thoughts.");
        }

        void Move(Act act, string path, string? under)
        {
            if (act.Titles.Section(newsroom.Title, path) is not { } section || section.Path != path) throw new ContentException("It stands elsewhere.");
            act.Sql.MoveSection(section, under is null ? null : act.Titles.Section(newsroom.Title, under), act.Now);
            act.TitlesChanged();
        }
    }

    [OnBothEngines]
    public void A_size_that_is_wrong_is_found_and_counted_anew(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        newsroom.Publish("Satu", "Isi.");
        newsroom.Publish("Dua", "Isi.");
        newsroom.Do(act =>
        {
            act.Sql.Execute("UPDATE listing_sizes SET stories = 7 WHERE kind = 'title'");
            act.Sql.Execute("DELETE FROM listing_sizes WHERE kind = 'section'");
            act.Sql.Execute("INSERT INTO listing_sizes VALUES (1, 'tag', 5, 3)");
        });
        Assert.Equal(3, newsroom.Database.Read(Listings.Miscounted));

        newsroom.Do(act => Listings.Recount(act.Sql));

        MustAgree(newsroom);
        Assert.Equal(2, newsroom.Database.Read(session => Listings.Count(session, newsroom.Title, ListingKind.Title, 0)));
        Assert.Equal(2, newsroom.Database.Read(session => Listings.Sizes(session, newsroom.Title, ListingKind.Section))[newsroom.Berita]);
        Assert.Equal(0, newsroom.Database.Read(session => Listings.Count(session, newsroom.Title, ListingKind.Tag, 5)));
    }

    private static void MustAgree(TestNewsroom newsroom)
    {
        Assert.Equal(
            newsroom.Query<(long, string, long, long)>("SELECT title_id, kind, key_id, count(*) FROM listings GROUP BY title_id, kind, key_id ORDER BY title_id, kind, key_id"),
            newsroom.Query<(long, string, long, long)>("SELECT title_id, kind, key_id, stories FROM listing_sizes ORDER BY title_id, kind, key_id"));
        Assert.Equal(0, newsroom.Database.Read(Listings.Miscounted));
    }
}
