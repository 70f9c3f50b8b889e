using Warta.Content;
using Warta.Engines;
using Warta.Publishing;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Publishing;

public sealed class PublishTests
{
    [OnBothEngines]
    public void A_published_story_is_live_listed_and_found(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = newsroom.Save(newsroom.Draft("Harga Beras Naik", "Pedagang mengeluh.") with { Tags = ["Beras", "Pasar"], Bylines = [new Byline("Siti Aminah", "writer")], Kicker = "Ekonomi", Standfirst = "Naik lagi." });
        var receipt = newsroom.Publish(article);
        Assert.Equal("/berita/2024/12/02/harga-beras-naik", receipt.Path);
        Assert.Equal(TestNewsroom.Start, receipt.FirstPublishedAt);

        var live = newsroom.Live(article)!;
        Assert.Equal(("Harga Beras Naik", "Ekonomi", "Naik lagi.", "berita", "Berita", 20241202L), (live.Headline, live.Kicker, live.Standfirst, live.SectionPath, live.SectionName, live.Day));
        Assert.Equal((TestNewsroom.Start, TestNewsroom.Start), (live.FirstPublishedAt, live.UpdatedAt));
        Assert.Equal([article], newsroom.Listed());
        Assert.Equal([article], newsroom.Listed(ListingKind.Section, newsroom.Berita));
        Assert.All(live.TagIds, tag => Assert.Equal([article], newsroom.Listed(ListingKind.Tag, tag)));
        Assert.Equal([article], newsroom.Listed(ListingKind.Author, live.BylineRefs.Single().Author));
        Assert.Equal([article], newsroom.Search("beras pedagang"));
    }

    [OnBothEngines]
    public void A_story_in_a_subsection_stands_in_the_section_above_too(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var league = newsroom.Section("Bola/Liga 1");
        var article = newsroom.Publish(newsroom.Draft("Persib Menang", "Isi") with { SectionId = league });
        Assert.Equal([article], newsroom.Listed(ListingKind.Section, league));
        Assert.Equal([article], newsroom.Listed(ListingKind.Section, newsroom.Section("Bola")));
        Assert.Equal("bola/liga-1", newsroom.Live(article)!.SectionPath);
    }

    [OnBothEngines]
    public void An_update_keeps_slug_and_first_publication_and_moves_the_old_row_to_history(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = newsroom.Publish("Gempa di Lombok", "Satu.");
        newsroom.Clock.Pass(TimeSpan.FromDays(1));
        newsroom.Save(newsroom.Draft("Gempa Besar di Lombok", "Dua."), article);
        Assert.Equal("Gempa di Lombok", newsroom.Live(article)!.Headline);

        newsroom.Publish(article);
        var live = newsroom.Live(article)!;
        Assert.Equal(("Gempa Besar di Lombok", "gempa-di-lombok", 20241202L), (live.Headline, live.Slug, live.Day));
        Assert.Equal((TestNewsroom.Start, newsroom.Clock.Now), (live.FirstPublishedAt, live.UpdatedAt));
        Assert.Equal(["replaced"], newsroom.Query<string>("SELECT end_verb FROM publication_history WHERE article_id = @article AND until_at = @Now AND slug = 'gempa-di-lombok'", new { article, newsroom.Clock.Now }));
        Assert.Equal([article], newsroom.Listed());
        Assert.Equal([article], newsroom.Search("besar"));
        Assert.Empty(newsroom.Search("satu"));
    }

    [OnBothEngines]
    public void Publishing_the_same_revision_again_does_not_touch_when_it_was_updated(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = newsroom.Publish("Gempa", "Satu.");
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        var updated = newsroom.Clock.Now;
        newsroom.Save(newsroom.Draft("Gempa", "Dua."), article);
        newsroom.Publish(article);
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        newsroom.Publish(article);
        Assert.Equal(updated, newsroom.Live(article)!.UpdatedAt);

        newsroom.Do(act => act.WithdrawStory(article));
        newsroom.Publish(article);
        Assert.Equal(updated, newsroom.Live(article)!.UpdatedAt);

        newsroom.Do(act => act.WithdrawStory(article));
        newsroom.Save(newsroom.Draft("Gempa", "Tiga."), article);
        newsroom.Publish(article);
        Assert.Equal(newsroom.Clock.Now, newsroom.Live(article)!.UpdatedAt);
    }

    [OnBothEngines]
    public void A_withdrawn_story_is_gone_and_comes_back_with_its_first_publication_slug_and_section(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = newsroom.Save(newsroom.Draft("Banjir Demak", "Isi"));
        newsroom.Section("Daerah");
        newsroom.Do(act => act.Publish(article, newsroom.Title, sectionPath: "daerah"));
        newsroom.Clock.Pass(TimeSpan.FromDays(2));
        Assert.Equal([newsroom.Title], newsroom.Do(act => act.WithdrawStory(article)));
        Assert.Null(newsroom.Live(article));
        Assert.Empty(newsroom.Listed());
        Assert.Empty(newsroom.Search("banjir"));
        Assert.Contains("nothing to withdraw", Assert.Throws<PublishingException>(() => newsroom.Do(act => act.WithdrawStory(article))).Message, StringComparison.Ordinal);

        newsroom.Clock.Pass(TimeSpan.FromDays(2));
        newsroom.Publish(article);
        var live = newsroom.Live(article)!;
        Assert.Equal((TestNewsroom.Start, "banjir-demak", "daerah"), (live.FirstPublishedAt, live.Slug, live.SectionPath));
        Assert.Equal([article], newsroom.Search("banjir"));
    }

    [OnBothEngines]
    public void A_story_withdrawn_from_one_of_two_titles_stays_in_the_other(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var second = newsroom.AddTitle("daerah");
        var article = newsroom.Publish("Banjir", "Isi");
        newsroom.Publish(article, second);
        Assert.Equal("berita", newsroom.Live(article, second)!.SectionPath);
        newsroom.Do(act => act.WithdrawStory(article, newsroom.Title));
        Assert.Null(newsroom.Live(article));
        Assert.NotNull(newsroom.Live(article, second));
        Assert.Empty(newsroom.Search("banjir"));
        Assert.Equal([article], newsroom.Find(new Warta.Search.StoryFilter { TitleId = second, Words = "banjir" }));
    }

    [OnBothEngines]
    public void Two_stories_of_one_headline_and_day_get_two_addresses(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var first = newsroom.Publish("Harga Emas Hari Ini", "Isi");
        var second = newsroom.Publish("Harga Emas Hari Ini", "Isi");
        var third = newsroom.Publish("Harga Emas, Hari Ini?", "Isi");
        newsroom.Clock.Pass(TimeSpan.FromDays(1));
        var tomorrow = newsroom.Publish("Harga Emas Hari Ini", "Isi");
        Assert.Equal(["harga-emas-hari-ini", "harga-emas-hari-ini-2", "harga-emas-hari-ini-3", "harga-emas-hari-ini"],
            new[] { first, second, third, tomorrow }.Select(id => newsroom.Live(id)!.Slug));
        Assert.Equal("berita", newsroom.Live(newsroom.Publish("🔥🔥", "Isi"))!.Slug);
    }

    [OnBothEngines]
    public void A_slug_given_away_is_never_given_to_another_story_of_that_day(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var first = newsroom.Publish("Judul", "Isi");
        newsroom.Do(act => act.TakeDown(first, "Salah orang."));
        Assert.Equal("judul-2", newsroom.Live(newsroom.Publish("Judul", "Isi"))!.Slug);
    }

    [OnBothEngines]
    public void A_day_in_an_address_is_the_day_of_the_titles_zone(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        newsroom.Clock.Now = new DateTimeOffset(2024, 12, 31, 17, 0, 0, TimeSpan.Zero);
        var article = newsroom.Publish("Tahun Baru", "Isi");
        Assert.Equal(20250101, newsroom.Live(article)!.Day);
    }

    [OnBothEngines]
    public void A_story_under_embargo_does_not_go_out(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = newsroom.Save(newsroom.Draft("Rahasia", "Isi") with { EmbargoedUntil = TestNewsroom.Start.AddHours(1) });
        var e = Assert.Throws<PublishingException>(() => newsroom.Publish(article));
        Assert.Contains("under embargo until 2024-12-02T11:15:00+07:00", e.Message, StringComparison.Ordinal);
        Assert.Contains("Schedule it", e.Message, StringComparison.Ordinal);
        Assert.Null(newsroom.Live(article));
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        newsroom.Publish(article);
        Assert.NotNull(newsroom.Live(article));
    }

    [OnBothEngines]
    public void An_expired_story_leaves_and_can_not_be_published(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = newsroom.Publish(newsroom.Draft("Diskon Sehari", "Isi") with { ExpiresAt = TestNewsroom.Start.AddDays(1) });
        Assert.Equal(0, newsroom.Press.ExpireDue());
        newsroom.Clock.Pass(TimeSpan.FromDays(1));
        Assert.Equal(1, newsroom.Press.ExpireDue());
        Assert.Equal(0, newsroom.Press.ExpireDue());
        Assert.Null(newsroom.Live(article));
        Assert.Empty(newsroom.Search("diskon"));
        Assert.Contains("expired at 2024-12-03T10:15:00+07:00", Assert.Throws<PublishingException>(() => newsroom.Publish(article)).Message, StringComparison.Ordinal);
    }

    [OnBothEngines]
    public void A_draft_that_can_not_be_kept_is_refused_with_the_reason(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        newsroom.Save(newsroom.Draft("Judul", "Isi") with { Uri = "test:taken" });
        Refused(d => d with { Headline = "  " }, "needs a headline");
        Refused(d => d with { Headline = new string('x', 501) }, "501 characters");
        Refused(d => d with { Standfirst = new string('x', 5001) }, "5001 characters");
        Refused(d => d with { Uri = "" }, "needs a uri");
        Refused(d => d with { Uri = "test:taken" }, "already");
        Refused(d => d with { Uri = "https://example.com/" + new string('ا', 1_500) }, "uri");
        Refused(d => d with { Kind = "column" }, "no kind");
        Refused(d => d with { Language = "Bahasa Indonesia" }, "no language tag");
        Refused(d => d with { Bylines = [new Byline("Siti", "boss")] }, "no role");
        Refused(d => d with { EmbargoedUntil = TestNewsroom.Start.AddDays(2), ExpiresAt = TestNewsroom.Start.AddDays(1) }, "expires before");
        Assert.Equal(1, newsroom.Value<long>("SELECT count(*) FROM articles"));

        void Refused(Func<Draft, Draft> change, string reason) =>
            Assert.Contains(reason, Assert.ThrowsAny<ContentException>(() => newsroom.Save(change(newsroom.Draft("Judul", "Isi")))).Message, StringComparison.Ordinal);
    }

    [OnBothEngines]
    public void What_does_not_exist_is_named(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        Assert.Throws<NoSuchArticleException>(() => newsroom.Publish(99));
        Assert.Throws<NoSuchArticleException>(() => newsroom.Save(newsroom.Draft("Judul", "Isi"), 99));
        Assert.Throws<NoSuchArticleException>(() => newsroom.Do(act => act.WithdrawStory(99)));
        Assert.Throws<NoSuchArticleException>(() => newsroom.Do(act => act.TakeDown(99, "Salah.")));
        Assert.Throws<NoSuchArticleException>(() => newsroom.Do(act => act.PurgeStory(99, "Salah.")));
        Assert.Throws<NoSuchArticleException>(() => newsroom.Do(act => act.Schedule(99, newsroom.Title, TestNewsroom.Start.AddDays(1))));
    }

    [OnBothEngines]
    public void Each_verb_writes_one_event_and_one_audit_row(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var a = newsroom.Save(newsroom.Draft("A", "Isi") with { ExpiresAt = TestNewsroom.Start.AddDays(9) });
        var b = newsroom.Write("B", "Isi");
        var known = newsroom.Value<long>("SELECT count(*) FROM events");
        Does("saved", () => newsroom.Write("C", "Isi"));
        Does("scheduled", () => newsroom.Do(act => act.Schedule(b, newsroom.Title, TestNewsroom.Start.AddMinutes(1))));
        newsroom.Clock.Pass(TimeSpan.FromMinutes(1));
        Does("published", () => newsroom.Press.ReleaseDue());
        Does("published", () => newsroom.Publish(a));
        Does("picks-set", () => newsroom.Do(act => act.ReplacePicks(newsroom.Title, 0, [new(a)])));
        Does("withdrawn", () => newsroom.Do(act => act.WithdrawStory(b)));
        Does("taken-down", () => newsroom.Do(act => act.TakeDown(a, "Salah.")));
        newsroom.Do(act => act.UndoTakedown(a));
        known = newsroom.Value<long>("SELECT count(*) FROM events");
        newsroom.Clock.Pass(TimeSpan.FromDays(9));
        Does("expired", () => newsroom.Press.ExpireDue());
        Does("purged", () => newsroom.Do(act => act.PurgeStory(a, "Putusan.")));
        Assert.Null(newsroom.Database.Read(AuditTrail.FirstEdited));

        void Does(string verb, Action act)
        {
            act();
            Assert.Equal((known + 1, known + 1, verb, verb), (
                newsroom.Value<long>("SELECT count(*) FROM events"), newsroom.Value<long>("SELECT count(*) FROM audit"),
                newsroom.Value<string>("SELECT kind FROM events ORDER BY number DESC LIMIT 1"), newsroom.Value<string>("SELECT verb FROM audit ORDER BY id DESC LIMIT 1")));
            known++;
        }
    }

    [OnBothEngines]
    public void A_refused_verb_leaves_no_event(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = newsroom.Write("A", "Isi");
        var (clock, events) = (newsroom.Value<long>("SELECT number FROM event_clock"), newsroom.Value<long>("SELECT count(*) FROM events"));
        Assert.Throws<PublishingException>(() => newsroom.Do(act => act.WithdrawStory(article)));
        Assert.Throws<ContentException>(() => newsroom.Do(act => act.Publish(article, newsroom.Title, sectionPath: "none")));
        Assert.Equal(clock, newsroom.Value<long>("SELECT number FROM event_clock"));
        Assert.Equal(events, newsroom.Value<long>("SELECT count(*) FROM events"));
    }

    [OnBothEngines]
    public void The_audit_trail_is_only_added_to_and_shows_an_edited_row_a_missing_one_and_a_cut_end(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = newsroom.Publish("A", "Isi");
        newsroom.Do(act => act.WithdrawStory(article));
        newsroom.Publish(article);
        var rows = newsroom.Query<long>("SELECT id FROM audit ORDER BY id");
        Assert.True(rows.Count >= 4);
        Assert.Null(newsroom.Database.Read(AuditTrail.FirstEdited));

        foreach (var change in (string[])["UPDATE audit SET actor = 'nobody'", "DELETE FROM audit", .. engine == EngineKind.Postgres ? ["TRUNCATE audit"] : Array.Empty<string>()])
            Assert.ThrowsAny<Exception>(() => newsroom.Database.Write(session => session.Execute(change)));
        Assert.Null(newsroom.Database.Read(AuditTrail.FirstEdited));

        // Who owns the database can do away with what guards it.
        newsroom.Database.Write(session => session.Execute(engine == EngineKind.Sqlite
            ? "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_shortened"
            : "DROP TRIGGER audit_is_not_changed ON audit"));
        newsroom.Database.Write(session => session.Run("UPDATE audit SET actor = 'nobody' WHERE id = @p1", rows[1]));
        Assert.Equal(rows[1], newsroom.Database.Read(AuditTrail.FirstEdited));
        newsroom.Database.Write(session => session.Run("UPDATE audit SET actor = @p1 WHERE id = @p2", TestNewsroom.Anna, rows[1]));
        Assert.Null(newsroom.Database.Read(AuditTrail.FirstEdited));

        newsroom.Database.Write(session => session.Run("DELETE FROM audit WHERE id = @p1", rows[^1]));
        Assert.Equal(rows[^1], newsroom.Database.Read(AuditTrail.FirstEdited));
        newsroom.Do(act => act.WithdrawStory(article));
        Assert.NotNull(newsroom.Database.Read(AuditTrail.FirstEdited));

        newsroom.Database.Write(session => session.Run("DELETE FROM audit WHERE id = @p1", rows[1]));
        Assert.Equal(rows[2], newsroom.Database.Read(AuditTrail.FirstEdited));
    }

    [OnBothEngines]
    public void A_story_saved_to_another_section_stands_there_once_it_is_published(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var sport = newsroom.Section("Olahraga");
        var article = newsroom.Publish("Atlet Desa Menang", "Satu.");
        newsroom.Save(newsroom.Draft("Atlet Desa Menang", "Dua.") with { SectionId = sport }, article);
        Assert.Equal("berita", newsroom.Live(article)!.SectionPath);

        Assert.Equal("/olahraga/2024/12/02/atlet-desa-menang", newsroom.Publish(article).Path);
        Assert.Empty(newsroom.Listed(ListingKind.Section, newsroom.Berita));
        Assert.Equal([article], newsroom.Listed(ListingKind.Section, sport));
    }

    [OnBothEngines]
    public void A_new_slug_keeps_the_old_one_for_the_same_story(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = newsroom.Publish("Jembatan Roboh", "Satu.");
        var receipt = newsroom.Do(act => act.Publish(article, newsroom.Title, slug: "jembatan-tidak-roboh"));
        Assert.Equal("/berita/2024/12/02/jembatan-tidak-roboh", receipt.Path);
        Assert.Equal(["jembatan-roboh", "jembatan-tidak-roboh"], newsroom.Query<string>("SELECT slug FROM slugs WHERE article_id = @article ORDER BY slug", new { article }));

        // It stays so at the next update, and nobody else gets the old one.
        newsroom.Publish(article);
        Assert.Equal("jembatan-tidak-roboh", newsroom.Live(article)!.Slug);
        Assert.Equal("jembatan-roboh-2", newsroom.Live(newsroom.Publish("Jembatan Roboh", "Lain."))!.Slug);
        var refused = Assert.Throws<ContentException>(() => newsroom.Do(act => act.Publish(article, newsroom.Title, slug: "Tidak Boleh")));
        Assert.Contains("Tidak Boleh", refused.Message, StringComparison.Ordinal);
    }

    [OnBothEngines]
    public void A_number_means_the_article_of_that_number_whatever_uri_another_one_chose(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var meant = newsroom.Publish("Yang Dimaksud", "Satu.");
        var other = newsroom.Save(newsroom.Draft("Pengecoh", "Dua.") with { Uri = meant.ToString() });
        Assert.Equal(meant, newsroom.Database.Read(session => Articles.ByUri(session, meant.ToString())));
        Assert.Equal(other, newsroom.Database.Read(session => Articles.ByUri(session, other.ToString())));
    }

    [OnBothEngines]
    public void A_headline_that_nobody_can_see_is_refused(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        foreach (var headline in (string[])["", " ", "\u200b", " \u00a0\u200b\u2060 "])
            Assert.Throws<ContentException>(() => newsroom.Save(newsroom.Draft(headline, "Isi.")));
        newsroom.Save(newsroom.Draft("!?", "Isi."));
    }

    [OnBothEngines]
    public void A_purged_story_says_so_to_whoever_would_bring_it_back(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = newsroom.Publish("Dihapus", "Isi.");
        newsroom.Do(act => act.PurgeStory(article, ""));
        Assert.Contains("purged", Assert.Throws<PublishingException>(() => newsroom.Publish(article)).Message, StringComparison.Ordinal);
        Assert.Contains("purged", Assert.Throws<PublishingException>(() => newsroom.Do(act => act.UndoTakedown(article))).Message, StringComparison.Ordinal);
    }
}
