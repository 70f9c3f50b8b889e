using Warta.Content;
using Warta.Discovery;
using Warta.Engines;
using Warta.Publishing;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Discovery;

public sealed class RelatedTests
{
    private const string Quake = "Gempa bumi magnitudo enam mengguncang Lombok dan merusak ratusan rumah warga.";
    private const string Gold = "Harga emas Antam di pasar Jakarta naik seribu rupiah setiap gram.";

    [OnBothEngines]
    public void Related_stories_are_earlier_ones_on_the_same_matter(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var articles = Spread(newsroom, TimeSpan.FromHours(1), Quake, Gold, Quake, Gold, Quake);
        Assert.Equal([articles[2], articles[0]], Of(newsroom, articles[4]));
        Assert.Equal([articles[1]], Of(newsroom, articles[3]));
        Assert.Empty(Of(newsroom, articles[0]));
        newsroom.Restart();
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        Assert.Equal([articles[4], articles[2], articles[0]], Of(newsroom, newsroom.Publish("Gempa", Quake)));
    }

    [OnBothEngines]
    public void A_new_story_enters_the_lists_of_its_neighbours_and_says_that_they_changed(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var articles = Spread(newsroom, TimeSpan.FromHours(1), Matter(1), Gold, Matter(2));
        Assert.Equal([articles[2]], Of(newsroom, articles[0]));
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        Commit? commit = null;
        newsroom.Press.Committed = done => commit = done;
        var later = newsroom.Publish("Gempa lagi", Matter(3));
        Assert.Equal([articles[2], later], Of(newsroom, articles[0]).Order());
        Assert.Equal([articles[0], later], Of(newsroom, articles[2]).Order());
        Assert.Empty(Of(newsroom, articles[1]));
        Assert.Equal([articles[0], articles[2], later], commit!.Touched.Keys.Intersect([.. articles.Append(later).Select(Keys.Article)]).Select(key => articles.Append(later).Single(id => Keys.Article(id) == key)).Order());
    }

    [OnBothEngines]
    public void A_new_story_enters_twenty_lists_at_most_and_leads_none_that_has_earlier_stories_as_like(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var articles = Spread(newsroom, TimeSpan.FromMinutes(10), Enumerable.Range(1, 30).Select(Matter).ToArray());
        newsroom.Clock.Pass(TimeSpan.FromMinutes(10));
        var changed = 0;
        newsroom.Press.Committed = commit => changed = commit.Touched.Keys.Count(articles.ConvertAll(Keys.Article).Contains);
        var last = newsroom.Publish("Gempa", Matter(31));
        Assert.InRange(changed, 1, 20);
        Assert.DoesNotContain(last, articles[20..].Select(id => Of(newsroom, id)[0]));
        Assert.All(articles, id => Assert.InRange(Of(newsroom, id).Count, 1, Related.Kept));
    }

    [OnBothEngines]
    public void The_same_wire_story_stands_once_in_a_list_and_its_copy_takes_its_place_when_it_is_gone(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        const string wire = "Menteri Raharjo meresmikan bendungan Wanasari di Garut pada Senin pagi bersama bupati, petani dan pengusaha setempat. Bendungan itu mengairi sawah seluas dua ribu hektare.";
        var first = newsroom.Publish("Raharjo resmikan bendungan Wanasari", wire);
        newsroom.Clock.Pass(TimeSpan.FromMinutes(20));
        var copy = newsroom.Publish("Raharjo resmikan bendungan Wanasari", wire + " (antara)");
        newsroom.Clock.Pass(TimeSpan.FromMinutes(20));
        var other = newsroom.Publish("Petani Garut menagih ganti rugi", "Petani Garut menagih ganti rugi lahan kepada Menteri Raharjo sebelum bendungan baru dibangun lagi tahun depan.");
        newsroom.Clock.Pass(TimeSpan.FromMinutes(20));
        var reader = newsroom.Publish("Bendungan Wanasari retak", "Dinding bendungan Wanasari di Garut retak. Menteri Raharjo dan petani memeriksa pintu air yang rusak kemarin.");
        Assert.Equal(3, Of(newsroom, reader).Count);
        Assert.Equal(1, Of(newsroom, reader).Take(2).Count(id => id == first || id == copy));
        newsroom.Do(act => act.WithdrawStory(Of(newsroom, reader).First(id => id == first || id == copy)));
        Assert.Equal(1, Of(newsroom, reader).Count(id => id == first || id == copy));
        // A copy doesn't enter the list of the story that it repeats.
        Assert.DoesNotContain(copy, Of(newsroom, first));
        Assert.Contains(other, Of(newsroom, reader));
    }

    [OnBothEngines]
    public void A_name_of_two_words_likens_more_than_its_words_apart(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var texts = new[]
        {
            "The council heard Maria Stone on the harbour budget, and the vote was put off until spring.",
            "The council heard that Maria likes gardens of stone, and the vote was put off until autumn.",
            "كشف الوزير خالد منصور عن خطة جديدة لميناء الإسكندرية بعد اجتماع طويل.",
            "افتتح المتحف معرضا جديدا للخزف في القاهرة مساء أمس.",
        };
        var articles = Spread(newsroom, TimeSpan.FromMinutes(1), texts);
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        Assert.Equal([articles[0], articles[1]], Of(newsroom, newsroom.Publish("Harbour", "Maria Stone spoke again at the docks.")));
        Assert.Equal(articles[2], Of(newsroom, newsroom.Publish("ميناء الإسكندرية", "قال الوزير خالد منصور إن الميناء سيتوسع."))[0]);
    }

    [OnBothEngines]
    public void The_same_section_and_the_same_writer_weigh(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var sport = newsroom.Section("Olahraga");
        var articles = new[] { sport, newsroom.Berita }.Select((section, i) =>
        {
            var id = newsroom.Publish(newsroom.Draft($"Stadion {i}", "Stadion Wijaya direnovasi tahun depan.") with { SectionId = section });
            newsroom.Clock.Pass(TimeSpan.FromMinutes(5));
            return id;
        }).ToList();
        Assert.Equal(articles[0], Of(newsroom, newsroom.Publish(newsroom.Draft("Renovasi", "Renovasi stadion Wijaya mahal.") with { SectionId = sport }))[0]);
        newsroom.Clock.Pass(TimeSpan.FromDays(30));
        var writers = new[] { "Dewi", "Budi" }.Select(name =>
        {
            var id = newsroom.Publish(newsroom.Draft($"Pasar {name}", $"Pasar Kranggan ramai menjelang lebaran{name}.") with { Bylines = [new Byline(name, Byline.Writer)] });
            newsroom.Clock.Pass(TimeSpan.FromMinutes(5));
            return id;
        }).ToList();
        Assert.Equal(writers[0], Of(newsroom, newsroom.Publish(newsroom.Draft("Pasar sepi", "Pasar Kranggan sepi sesudah hari raya.") with { Bylines = [new Byline("Dewi", Byline.Writer)] }))[0]);
    }

    [OnBothEngines]
    public void Background_is_older_and_the_longer_text_comes_first(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var articles = Spread(newsroom, TimeSpan.FromMinutes(5), Matter(1), Matter(2) + string.Concat(Enumerable.Range(0, 80).Select(i => $" penjelasan{i}")), Gold);
        newsroom.Clock.Pass(TimeSpan.FromDays(20));
        var recent = newsroom.Publish("Kemarin", Matter(3));
        newsroom.Clock.Pass(TimeSpan.FromDays(1));
        var article = newsroom.Publish("Hari ini", Matter(4));
        Assert.Equal(recent, Of(newsroom, article)[0]);
        Assert.Equal([articles[1], articles[0]], Background(newsroom, article));
        Assert.Empty(Background(newsroom, articles[0]));
        newsroom.Do(act => act.TakeDown(articles[1], "Salah."));
        Assert.Equal([articles[0]], Background(newsroom, article));
        newsroom.Do(act => act.PurgeStory(article, "Putusan."));
        Assert.Equal(0, newsroom.Value<long>("SELECT count(*) FROM background WHERE article_id = @article", new { article }));
    }

    [OnBothEngines]
    public void Nearness_in_time_weighs(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var articles = Spread(newsroom, TimeSpan.FromDays(30), Gold, Quake + " Pengungsi tinggal di tenda.", Quake);
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        // The older one has more words in common; the newer one is a month nearer.
        Assert.Equal([articles[2], articles[1]], Of(newsroom, newsroom.Publish("Gempa lagi", Quake + " Pengungsi tinggal di tenda.")).Where(id => id != articles[0]));
    }

    [OnBothEngines]
    public void A_target_that_is_gone_vanishes_and_comes_back_with_it(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var articles = Spread(newsroom, TimeSpan.FromHours(1), Quake, Quake, Quake);
        newsroom.Do(act => act.TakeDown(articles[1], "Salah."));
        Assert.Equal([articles[0]], Of(newsroom, articles[2]));
        newsroom.Do(act => act.UndoTakedown(articles[1]));
        Assert.Equal([articles[1], articles[0]], Of(newsroom, articles[2]));
        newsroom.Do(act => act.WithdrawStory(articles[0]));
        Assert.Equal([articles[1]], Of(newsroom, articles[2]));
        newsroom.Do(act => act.PurgeStory(articles[1], "Putusan."));
        Assert.Empty(Of(newsroom, articles[2]));
    }

    [OnBothEngines]
    public void Related_stories_are_live_in_the_same_title_and_no_advertorials(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var second = newsroom.AddTitle("daerah");
        var first = newsroom.Publish("Gempa", Quake);
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        newsroom.Publish(newsroom.Draft("Iklan Gempa", Quake) with { Kind = "advertorial" });
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        var article = newsroom.Publish("Gempa susulan", Quake);
        newsroom.Publish(article, second);
        Assert.Equal([first], Of(newsroom, article));
        Assert.Empty(Of(newsroom, article, second));
    }

    [OnBothEngines]
    public void A_refused_act_leaves_nothing_of_its_story_behind(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var first = newsroom.Publish("Gempa", Quake);
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        Assert.Throws<InvalidTimeZoneException>(() => newsroom.Do(act =>
        {
            act.Publish(act.Save(null, newsroom.Draft("Gempa batal", Quake)).ArticleId, newsroom.Title);
            throw new InvalidTimeZoneException();
        }));
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        Assert.Equal([first], Of(newsroom, newsroom.Publish("Gempa susulan", Quake)));
    }

    [OnBothEngines]
    public void A_story_that_another_process_published_is_found(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        newsroom.Publish("Emas", Gold);
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        var other = new Press(newsroom.Database, newsroom.Clock);
        var theirs = other.Run("bob@example.com", act =>
        {
            var id = act.Save(null, newsroom.Draft("Gempa", Quake)).ArticleId;
            act.Publish(id, newsroom.Title);
            return id;
        });
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        Assert.Equal([theirs], Of(newsroom, newsroom.Publish("Gempa susulan", Quake)));
    }

    [OnBothEngines]
    public void The_second_pass_finds_what_publishing_one_by_one_finds(EngineKind engine)
    {
        string[] matters = ["gempa lombok rumah rusak", "harga emas antam gram", "timnas menang gol piala", "banjir demak rob warga", "pemilu suara partai calon"];
        var texts = Enumerable.Range(0, 40).Select(i => $"{matters[i * 7 % 5]} {matters[i * 7 % 5]} kejadian kata{i % 11} hal{i % 13} {string.Join(' ', Enumerable.Range(0, 12).Select(word => $"sendiri{i}{(char)('a' + word)}"))}").ToList();
        var found = new[] { false, true }.Select(batch =>
        {
            using var newsroom = new TestNewsroom(engine);
            var articles = new List<long>();
            foreach (var text in texts)
            {
                articles.Add(newsroom.Press.Run("import", act =>
                {
                    var id = act.Save(null, newsroom.Draft($"Berita {text[..5]}", text)).ArticleId;
                    act.Publish(id, newsroom.Title);
                    return id;
                }, batch));
                newsroom.Clock.Pass(TimeSpan.FromHours(3));
            }

            if (batch)
            {
                Assert.Equal(40, newsroom.Database.Read(Related.PendingCount));
                Assert.Equal(40, newsroom.Press.FindRelatedChunk());
                Assert.Equal(0, newsroom.Press.FindRelatedChunk());
            }

            return articles.ConvertAll(id => Of(newsroom, id).Take(5).Select(target => articles.IndexOf(target)).ToList());
        }).ToList();
        // Not the very same: the second pass knows from the first story on how rare each word is.
        foreach (var lists in found) Assert.All(lists.Skip(25), (list, i) => Assert.All(list, target => Assert.Equal((i + 25) * 7 % 5, target * 7 % 5)));
    }

    [OnBothEngines]
    public void A_chunk_of_the_second_pass_is_one_event(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        newsroom.Press.Run("import", act => act.Publish(act.Save(null, newsroom.Draft("Gempa", Quake)).ArticleId, newsroom.Title), batch: true);
        var before = newsroom.Value<long>("SELECT count(*) FROM events");
        newsroom.Press.FindRelatedChunk();
        Assert.Equal(before + 1, newsroom.Value<long>("SELECT count(*) FROM events"));
        Assert.Contains("articles", newsroom.Value<string>("SELECT data FROM events ORDER BY number DESC LIMIT 1"), StringComparison.Ordinal);
    }

    [OnBothEngines]
    public void Stories_near_to_an_unpublished_text_are_found_with_the_words_they_share(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var articles = Spread(newsroom, TimeSpan.FromHours(1), Quake, Gold, Quake, Gold);
        newsroom.Do(act => act.TakeDown(articles[0], "Salah."));
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        var probe = new Probe(0, "id", "Lombok berduka", "Ratusan rumah warga Lombok rusak.", newsroom.Clock.Now, newsroom.Berita, []);
        foreach (var related in (Related[])[newsroom.Press.Related, new Related()])
        {
            var near = newsroom.Database.Read(session => related.Near(session, probe, 5));
            Assert.Equal([articles[2]], near.Select(n => n.ArticleId));
            Assert.Equal(["Lombok", "Ratusan", "rumah", "warga"], near[0].Shared.Order(StringComparer.Ordinal));
            Assert.Empty(newsroom.Database.Read(session => related.Near(session, probe with { ArticleId = articles[2] }, 5)));
            Assert.Empty(newsroom.Database.Read(session => related.Near(session, probe with { Text = "", Headline = "" }, 5)));
        }
    }

    [OnBothEngines]
    public void What_a_rolled_back_writer_wrote_is_near_to_nothing(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var first = newsroom.Publish("Gempa", Quake);
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        Assert.Throws<InvalidTimeZoneException>(() => newsroom.Do(act =>
        {
            act.Publish(act.Save(null, newsroom.Draft("Gempa batal", Quake)).ArticleId, newsroom.Title);
            // The other thread reads what stood before.
            Assert.Equal([first], Task.Run(() => Near()).GetAwaiter().GetResult());
            throw new InvalidTimeZoneException();
        }));
        Assert.Equal([first], Near());
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        var second = newsroom.Publish("Gempa susulan", Quake);
        Assert.Equal([second, first], Near());

        IEnumerable<long> Near() => newsroom.Database.Read(session => newsroom.Press.Related.Near(session, new Probe(0, "id", "", Quake, newsroom.Clock.Now + TimeSpan.FromMinutes(1), newsroom.Berita, []), 5)).Select(n => n.ArticleId);
    }

    private static List<long> Spread(TestNewsroom newsroom, TimeSpan apart, params string[] texts) => texts.Select((text, i) =>
    {
        if (i > 0) newsroom.Clock.Pass(apart);
        return newsroom.Publish($"Judul{i}", text);
    }).ToList();

    /// <summary>Stories on one matter that no one would call copies.</summary>
    private static string Matter(int number) => $"Gempa bumi mengguncang Lombok. Warga{number} dan petugas{number * 7 % 11} mencari{number * 3 % 5} korban{number} antara reruntuhan{number * 5 % 13} bersama relawan{number}.";

    private static List<long> Background(TestNewsroom newsroom, long article) =>
        newsroom.Database.Read(session => Related.BackgroundOf(session, newsroom.Title, article).Select(s => s.ArticleId).ToList());

    private static List<long> Of(TestNewsroom newsroom, long article, long? title = null) =>
        newsroom.Database.Read(session => Related.Of(session, title ?? newsroom.Title, article).Select(s => s.ArticleId).ToList());
}
