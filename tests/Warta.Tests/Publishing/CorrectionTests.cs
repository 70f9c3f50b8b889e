using Warta.Content;
using Warta.Engines;
using Warta.Publishing;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Publishing;

public sealed class CorrectionTests
{
    [OnBothEngines]
    public void A_correction_stands_on_its_story_and_in_the_register_of_each_title_where_that_is_live(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var other = newsroom.AddTitle("sore");
        var article = newsroom.Publish("Harga beras", "Harganya Rp 15.000.");
        newsroom.Publish(article, other);
        newsroom.Clock.Pass(TimeSpan.FromHours(2));
        var number = newsroom.Do(act => act.Correct(article, "ralat", " Semula tertulis\u0000 Rp 15.000.\r\n\r\n  Yang benar Rp 14.500. "));

        var correction = Assert.Single(Of(newsroom, article));
        Assert.Equal((number, CorrectionKind.Erratum, newsroom.Clock.Now), (correction.Id, correction.Kind, correction.IssuedAt));
        Assert.Equal(["Semula tertulis Rp 15.000.", "Yang benar Rp 14.500."], correction.Paragraphs);
        foreach (var title in (long[])[newsroom.Title, other])
        {
            Assert.Equal((article, newsroom.Clock.Now), (newsroom.Live(article, title)!.ArticleId, newsroom.Live(article, title)!.UpdatedAt));
            var entry = Assert.Single(Register(newsroom, title));
            Assert.Equal((number, "Harga beras", title), (entry.Correction.Id, entry.Story.Headline, entry.Story.TitleId));
        }

        Assert.Empty(Register(newsroom, newsroom.AddTitle("malam")));
        Assert.Equal(2, newsroom.Value<long>("SELECT count(*) FROM publication_history WHERE article_id = @article AND end_verb = 'corrected' AND updated_at < until_at", new { article }));
        Assert.Equal(1, newsroom.Value<long>("SELECT count(*) FROM audit WHERE verb = 'corrected' AND actor = @Anna AND article_id = @article", new { TestNewsroom.Anna, article }));
        Assert.DoesNotContain("14.500", newsroom.Value<string>("SELECT detail FROM audit WHERE verb = 'corrected'"), StringComparison.Ordinal);
        Assert.Equal(1, newsroom.Value<long>("SELECT count(*) FROM events e JOIN publications p ON p.event_number = e.number WHERE e.kind = 'corrected' AND p.title_id = @other", new { other }));
        Assert.Equal([article], newsroom.Search("beras"));
        Assert.Contains(article, newsroom.Listed());
    }

    [OnBothEngines]
    public void A_correction_withdrawn_is_off_the_story_and_stays_in_the_history(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = newsroom.Publish("Harga beras", "Isi.");
        var number = newsroom.Do(act => act.Correct(article, "koreksi", "Keliru orang.", askedBy: "Bu Tini"));
        newsroom.Clock.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(article, newsroom.Do(act => act.WithdrawCorrection(number)));

        Assert.Empty(Of(newsroom, article));
        Assert.Empty(Register(newsroom, newsroom.Title));
        Assert.Equal(newsroom.Clock.Now, newsroom.Live(article)!.UpdatedAt);
        Assert.Equal(("Keliru orang.", newsroom.Clock.Now), newsroom.Database.Read(session => Corrections.History(session, article)).Select(c => (c.Text, c.WithdrawnAt!.Value)).Single());
        Assert.Throws<PublishingException>(() => newsroom.Do(act => act.WithdrawCorrection(number)));
        Assert.Throws<PublishingException>(() => newsroom.Do(act => act.WithdrawCorrection(987)));
    }

    [OnBothEngines]
    public void A_correction_that_says_too_little_or_too_much_is_refused(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = newsroom.Publish("Harga beras", "Isi.");
        Refused("no kind of correction", act => act.Correct(article, "maaf", "x"));
        Refused("needs a text", act => act.Correct(article, "ralat", " \n\u200b ... \t"));
        Refused("10001 characters", act => act.Correct(article, "ralat", new string('x', 10_001)));
        Refused("An erratum is our own", act => act.Correct(article, "ralat", "x", askedBy: "Budi"));
        Refused("whose reply", act => act.Correct(article, "hak-jawab", "x", askedBy: " "));
        Refused("201 characters", act => act.Correct(article, "reply", "x", askedBy: new string('x', 201)));
        Refused("story that it stands on", act => act.Correct(article, "ralat", "x", article.ToString()));
        foreach (var link in (string[])["javascript:alert(1)", "java\tscript:alert(1)", "//evil.example", "data:text/html,x", "mailto:a@b.c", "987654", "tidak-ada", "https://user@evil.example/"])
            Refused("neither a story here nor an address", act => act.Correct(article, "ralat", "x", link));
        Assert.Throws<NoSuchArticleException>(() => newsroom.Do(act => act.Correct(987, "ralat", "x")));
        var draft = newsroom.Write("Konsep", "Isi.");
        Assert.Throws<PublishingException>(() => newsroom.Do(act => act.Correct(draft, "ralat", "x")));
        Assert.Empty(Of(newsroom, article));
        Assert.Equal(TestNewsroom.Start, newsroom.Live(article)!.UpdatedAt);

        void Refused(string says, Action<Act> work) => Assert.Contains(says, Assert.Throws<ContentException>(() => newsroom.Do(work)).Message, StringComparison.Ordinal);
    }

    [OnBothEngines]
    public void A_correction_leads_on_to_a_story_while_that_is_live(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = newsroom.Publish("Yang salah", "Isi.");
        var draft = newsroom.Draft("Yang benar", "Isi.") with { Uri = "https://example.com/benar" };
        var right = newsroom.Publish(draft);
        newsroom.Do(act => act.Correct(article, "ralat", "Lihat berita yang benar.", draft.Uri));
        newsroom.Do(act => act.Correct(article, "ralat", "Lihat juga.", "https://example.com/lain"));

        Assert.Equal([(right, ""), ((long?)null, "https://example.com/lain")], Of(newsroom, article).Select(c => (c.LinkArticleId, c.Link)));
        Assert.Equal("Yang benar", Linked().Values.Single().Headline);
        newsroom.Do(act => act.WithdrawStory(right));
        Assert.Empty(Linked());

        IReadOnlyDictionary<long, Story> Linked() => newsroom.Database.Read(session => Corrections.Linked(session, newsroom.Title, Corrections.Of(session, article)));
    }

    [OnBothEngines]
    public void A_story_that_is_gone_takes_its_corrections_out_of_the_register_and_a_purge_erases_their_words(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = newsroom.Publish("Harga beras", "Isi.");
        newsroom.Do(act => act.Correct(article, "hak-jawab", "Saya tidak pernah berkata begitu.", "https://example.com/bantahan", "Pak Xylokarpus"));
        newsroom.Do(act => act.TakeDown(article, "Keliru."));
        Assert.Empty(Register(newsroom, newsroom.Title));
        newsroom.Do(act => act.UndoTakedown(article));
        Assert.Single(Register(newsroom, newsroom.Title));
        newsroom.Do(act => act.PurgeStory(article, "Putusan."));
        Assert.Empty(Register(newsroom, newsroom.Title));
        Assert.Equal("", newsroom.Value<string>("SELECT text || link || asked_by FROM corrections"));
    }

    [OnBothEngines]
    public void An_import_s_version_does_not_turn_back_the_time_of_a_correction(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var draft = newsroom.Draft("Harga beras", "Isi.");
        var article = newsroom.Publish(draft);
        newsroom.Clock.Pass(TimeSpan.FromHours(3));
        newsroom.Do(act => act.Correct(article, "ralat", "Keliru."));
        var corrected = newsroom.Clock.Now;
        newsroom.Save(draft with { Standfirst = "Baru." }, article);
        newsroom.Do(act => act.Publish(article, newsroom.Title, new PublishRevision.Times(UpdatedAt: TestNewsroom.Start.AddHours(1))));
        Assert.Equal(corrected, newsroom.Live(article)!.UpdatedAt);
    }

    [OnBothEngines]
    public void The_mark_of_an_unverified_story_comes_and_goes_with_a_revision(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var draft = newsroom.Draft("Kabar", "Isi.");
        var article = newsroom.Publish(draft with { IsUnverified = true });
        Assert.True(newsroom.Live(article)!.IsUnverified);
        Assert.Throws<PublishingException>(() => newsroom.Do(act => act.Mark(article, true)));
        newsroom.Do(act => act.Mark(article, false));
        Assert.False(newsroom.Live(article)!.IsUnverified);
        newsroom.Do(act => act.Mark(article, true));
        Assert.True(newsroom.Live(article)!.IsUnverified);

        newsroom.Save(draft with { Headline = "Belum selesai" }, article);
        Assert.Throws<PublishingException>(() => newsroom.Do(act => act.Mark(article, true)));
        Assert.Equal("Kabar", newsroom.Live(article)!.Headline);
    }

    private static List<Correction> Of(TestNewsroom newsroom, long article) => newsroom.Database.Read(session => Corrections.Of(session, article));

    private static List<Corrections.Entry> Register(TestNewsroom newsroom, long title)
    {
        var register = newsroom.Database.Read(session => Corrections.Register(session, title, newsroom.Clock.Now, 20, 0));
        Assert.Equal(register.Count, newsroom.Database.Read(session => Corrections.Count(session, title, newsroom.Clock.Now)));
        return register;
    }
}
