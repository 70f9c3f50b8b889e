using Warta.Content;
using Warta.Engines;
using Warta.Publishing;
using Warta.Search;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Search;

/// <summary>What a search finds, in which order, and what it forgets.</summary>
public sealed class FoundStoriesTests
{
    [OnBothEngines]
    public void Words_of_one_stem_find_each_other_and_the_very_word_goes_first(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var like = newsroom.Publish("Memukul Gong Tanda Panen", "Isi.");
        var very = newsroom.Publish("Pukulan Gong Tanda Panen", "Isi.");
        var english = newsroom.Publish(newsroom.Draft("Ports are running late", "Text.") with { Language = "en" });
        var arabic = newsroom.Publish(newsroom.Draft("سفينة المكتبة", "نص.") with { Language = "ar" });
        Assert.Equal([very, like], newsroom.Find(Ranked(newsroom, "pukulan gong")));
        Assert.Equal([like, very], newsroom.Find(Ranked(newsroom, "memukul gong")));
        Assert.Equal([english], newsroom.Search("run port"));
        Assert.Equal([arabic], newsroom.Search("مكتبة"));
    }

    [OnBothEngines]
    public void Phrases_stand_word_for_word_and_a_minus_keeps_out(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var phrase = newsroom.Publish("Kabut Asap di Riau", "Isi.");
        var apart = newsroom.Publish("Asap dan Kabut di Jambi", "Isi.");
        var across = newsroom.Publish("Kabut", "Asap tebal.");
        Assert.Equal([across, apart, phrase], newsroom.Search("kabut asap"));
        Assert.Equal([phrase], newsroom.Search("\"kabut asap\""));
        Assert.Equal([across, phrase], newsroom.Search("kabut asap -jambi"));
        Assert.Equal([across, apart], newsroom.Search("kabut -\"kabut asap\""));
        Assert.Empty(newsroom.Search("\"kabut asap di jambi\""));
    }

    [OnBothEngines]
    public void Filters_hold_before_the_newest_two_thousand_are_taken(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var sport = newsroom.Section("Bola");
        var old = newsroom.Publish(newsroom.Draft("Polisi Lama", "Isi.") with { SectionId = sport, Tags = ["Arsip"], Bylines = [new Byline("Rini", "writer")], Language = "en" });
        newsroom.Clock.Pass(TimeSpan.FromDays(1));
        newsroom.Press.Run("import", act =>
        {
            for (var i = 0; i < SearchIndex.MostCandidates + 5; i++) act.Publish(act.Save(null, newsroom.Draft($"Polisi {i}", "Isi.")).ArticleId, newsroom.Title, new PublishRevision.Times(act.Now.AddSeconds(-i)));
        }, batch: true);
        var (tag, author) = newsroom.Database.Read(session => (People.Tag(session, "arsip")!.Id, People.Author(session, "rini")!.Id));
        var polisi = Ranked(newsroom, "polisi");
        Assert.DoesNotContain(old, newsroom.Find(polisi));
        foreach (var narrowed in new[] { polisi with { SectionId = sport }, polisi with { TagId = tag }, polisi with { AuthorId = author }, polisi with { Language = "en-GB" }, polisi with { From = TestNewsroom.Start, To = TestNewsroom.Start.AddMilliseconds(1) } })
            Assert.Equal([old], newsroom.Find(narrowed));
        Assert.Empty(newsroom.Find(polisi with { From = TestNewsroom.Start.AddMilliseconds(1), To = TestNewsroom.Start.AddHours(1) }));
        Assert.Empty(newsroom.Find(polisi with { SectionId = -1 }));

        var found = newsroom.Database.Read(session => polisi.Find(session, newsroom.Press.Search, 20, SearchIndex.MostCandidates - 20));
        Assert.Equal(20, found.Stories.Count);
        Assert.True(found.IsCapped);
    }

    [OnBothEngines]
    public void A_mistyped_word_is_mended_unless_it_is_quoted(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var story = newsroom.Publish("Presiden Berkunjung", "Pemerintah daerah menyambut.");
        StoryFilter.Found Find(string words) => newsroom.Database.Read(session => Ranked(newsroom, words).Find(session, newsroom.Press.Search, 10, 0));
        foreach (var slip in new[] { "presiiden", "prseiden", "presidem", "pemreintha", "rpesiden" })
        {
            var found = Find(slip);
            Assert.Equal([story], found.Stories.Select(s => s.ArticleId));
            Assert.True(found.IsMended, slip);
        }

        Assert.Equal("menyambut presiden -raja", Find("menyambut prseiden -raja").Query!.Text);
        Assert.False(Find("presiden").IsMended);
        Assert.Empty(Find("\"prseiden\"").Stories);
        Assert.Empty(Find("prsdn").Stories);
        Assert.Empty(Find(WordQuery.Of("prseiden").Exactly).Stories);
    }

    [OnBothEngines]
    public void When_no_story_holds_all_the_words_those_with_most_are_shown(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var most = newsroom.Publish("Harga Beras di Pasar Induk", "Isi.");
        var some = newsroom.Publish("Harga Emas", "Isi.");
        var found = newsroom.Database.Read(session => Ranked(newsroom, "harga beras pasar kecipir").Find(session, newsroom.Press.Search, 10, 0));
        Assert.Equal([most], found.Stories.Select(s => s.ArticleId));
        Assert.True(found.IsPartial);
        Assert.DoesNotContain(some, found.Stories.Select(s => s.ArticleId));
        Assert.Empty(newsroom.Search("emas kecipir"));
        Assert.Empty(newsroom.Search("satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"));
    }

    [OnBothEngines]
    public void What_is_withdrawn_taken_down_or_expired_leaves_search(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var second = newsroom.AddTitle("sore");
        var article = newsroom.Publish("Gerhana Cincin", "Isi.");
        newsroom.Do(act => act.Publish(article, second));
        newsroom.Do(act => act.WithdrawStory(article, newsroom.Title));
        Assert.Empty(newsroom.Search("gerhana"));
        Assert.Equal([article], newsroom.Find(new StoryFilter { TitleId = second, Words = "gerhana" }));
        newsroom.Do(act => act.TakeDown(article, "Alasan"));
        Assert.Empty(newsroom.Find(new StoryFilter { TitleId = second, Words = "gerhana" }));
        Assert.Equal(0, newsroom.Value<long>("SELECT count(*) FROM search_stories"));
        Assert.Equal(0, newsroom.Value<long>("SELECT count(*) FROM search_entries"));
    }

    [OnBothEngines]
    public void A_revision_is_found_by_its_new_words_and_no_longer_by_the_old(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var draft = newsroom.Draft("Gerhana Matahari", "Isi.");
        var article = newsroom.Publish(draft);
        newsroom.Save(draft with { Headline = "Purnama Raya" }, article);
        Assert.Equal([article], newsroom.Search("gerhana"));
        newsroom.Publish(article);
        Assert.Empty(newsroom.Search("gerhana"));
        Assert.Equal([article], newsroom.Search("purnama"));
    }

    [OnBothEngines]
    public void A_purge_erases_a_storys_words_from_every_table_of_search(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        newsroom.Publish("Nama Keluarga Dirahasiakan", "Isi.");
        var draft = newsroom.Draft("Warkatawati Dirahasiakan", "Tinggal di Sindangkalangon.");
        var article = newsroom.Publish(draft);
        newsroom.Save(draft with { Headline = "Dirahasiakan" }, article);
        newsroom.Publish(article);
        newsroom.Do(act => act.PurgeStory(article, "Putusan"));
        Assert.Equal(1, newsroom.Value<long>("SELECT count(*) FROM search_stories"));
        Assert.Equal(1, newsroom.Value<long>("SELECT count(*) FROM search_entries"));
        var words = newsroom.Query<string>("SELECT word FROM search_words");
        Assert.Contains("dirahasiakan", words);
        Assert.DoesNotContain("warkatawati", words);
        Assert.DoesNotContain("sindangkalangon", words);
    }

    [OnBothEngines]
    public void An_index_of_an_earlier_version_is_built_anew_in_batches(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var stories = Enumerable.Range(0, 300).Select(i => newsroom.Publish(newsroom.Draft($"Berita gempa {i}", "Isi.") with { Tags = ["Bencana"] })).Reverse().ToList();
        newsroom.Database.Write(session =>
        {
            session.Execute("DELETE FROM search_entries");
            session.Execute("DELETE FROM search_stories");
            session.Execute("DELETE FROM search_words");
            session.Execute("UPDATE search_version SET version = 0");
        });
        newsroom.Restart();
        var press = Press.Open(newsroom.Database, newsroom.Clock);
        Assert.Empty(newsroom.Search("gempa"));
        Assert.Equal(300, newsroom.Database.Read(IndexForSearch.WaitingForSearch));
        Assert.Equal(50, press.IndexSomeForSearch());
        Assert.Equal(250, newsroom.Search("gempa").Count);
        newsroom.Do(act => act.WithdrawStory(stories[^1]));
        Assert.Equal(0, press.IndexSomeForSearch());
        Assert.Null(press.IndexSomeForSearch());
        Assert.Equal(stories.SkipLast(1), newsroom.Search("gempa bencana"));
        Assert.Equal(stories.SkipLast(1), newsroom.Search("gemap"));
        Press.Open(newsroom.Database, newsroom.Clock);
        Assert.Equal(0, newsroom.Database.Read(IndexForSearch.WaitingForSearch));
    }

    [Fact]
    public void Both_engines_rank_alike()
    {
        if (Requirements.Postgres is null) return;
        string[] words = ["harga", "beras", "naik", "pasar", "polisi", "menangkap", "tangkapan", "banjir", "rob", "demak", "yang", "di", "pemerintah", "kebijakan", "bijak", "running", "كتاب"];
        string[] queries = ["harga beras", "polisi tangkap", "banjir rob demak", "kebijakan pemerintah", "\"harga beras\"", "harga -naik", "yang di", "hrga beras pemreintah", "harga banjir polisi demak", "run", "كتاب", "pasar"];
        var answers = Enum.GetValues<EngineKind>().Select(engine =>
        {
            using var newsroom = new TestNewsroom(engine);
            var random = new Random(7);
            for (var i = 0; i < 120; i++)
            {
                newsroom.Publish(newsroom.Draft(Some(random, 4), Some(random, 40), Some(random, 20)) with { Standfirst = i % 3 == 0 ? Some(random, 8) : "", Kicker = i % 5 == 0 ? Some(random, 1) : "", Language = i % 7 == 0 ? "en" : "id" });
                newsroom.Clock.Pass(TimeSpan.FromHours(i % 9));
            }

            return queries.SelectMany(query => new[] { true, false }.Select(ranked => $"{query} {ranked} {string.Join(',', newsroom.Find(Ranked(newsroom, query) with { ByRelevance = ranked }))}")).ToList();
        }).ToList();
        Assert.Equal(answers[0], answers[1]);
        Assert.DoesNotContain(answers[0], answer => answer.EndsWith(' '));

        string Some(Random random, int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => words[random.Next(words.Length)]));
    }

    private static StoryFilter Ranked(TestNewsroom newsroom, string words) => new() { TitleId = newsroom.Title, Words = words, ByRelevance = true };
}
