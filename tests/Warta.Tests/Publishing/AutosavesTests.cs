using Warta.Content;
using Warta.Engines;
using Warta.Storage;
using Warta.Tests;
using Xunit;

namespace Warta.Publishing;

public class AutosavesTests
{
    private const string Anna = TestNewsroom.Anna, Budi = "budi@example.com";

    [OnBothEngines]
    internal void An_autosave_is_no_revision_and_readers_pages_hear_nothing_of_it(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var story = newsroom.Publish("Harga beras turun", "Satu.", "Dua.");
        var (events, audit) = (newsroom.Value<long>("SELECT number FROM event_clock"), newsroom.Value<long>("SELECT count(*) FROM audit"));

        var saved = Save(newsroom, story, Seen(newsroom, story), Anna, ("p1", "Satu, lagi."));

        Assert.False(saved.IsConflict || saved.IsMerged);
        Assert.Equal(1, newsroom.Value<long>("SELECT count(*) FROM revisions WHERE article_id = @story", new { story }));
        Assert.Equal((events, audit), (newsroom.Value<long>("SELECT number FROM event_clock"), newsroom.Value<long>("SELECT count(*) FROM audit")));
        Assert.Contains("Satu.", newsroom.Live(story)!.Body, StringComparison.Ordinal);
        var standing = Standing(newsroom, story);
        Assert.True(standing.IsAhead);
        Assert.Equal("Satu, lagi.", Bodies(standing.Writing)[0]);
    }

    [OnBothEngines]
    internal void Two_people_on_different_blocks_and_fields_both_stay(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var story = newsroom.Write("Harga beras turun", "Satu.", "Dua.");
        var seen = Seen(newsroom, story);

        Save(newsroom, story, seen, Anna, ("p1", "Satu, Anna."), ("headline", "Harga beras naik"));
        var second = Save(newsroom, story, seen, Budi, ("p2", "Dua, Budi."), ("kicker", "Pasar"));

        Assert.False(second.IsConflict);
        Assert.True(second.IsMerged);
        Assert.Equal(["Satu, Anna.", "Dua, Budi."], Bodies(second.Writing));
        Assert.Equal(("Harga beras naik", "Pasar"), (second.Writing["headline"], second.Writing["kicker"]));
        Assert.Equal(second.Version, Seen(newsroom, story));
    }

    [OnBothEngines]
    internal void Two_people_on_the_same_block_make_a_conflict_and_nothing_is_overwritten(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var story = newsroom.Write("Harga beras turun", "Satu.", "Dua.");
        var seen = Seen(newsroom, story);
        Save(newsroom, story, seen, Anna, ("p1", "Anna."), ("headline", "Judul Anna"));

        var second = Save(newsroom, story, seen, Budi, ("p1", "Budi."), ("p2", "Dua, Budi."), ("headline", "Judul Budi"));

        Assert.Equal(["p1"], second.Blocks);
        Assert.Equal(["headline"], second.Fields);
        Assert.Equal(Anna, second.By);
        Assert.Equal(["Anna.", "Dua, Budi."], Bodies(second.Writing));
        Assert.Equal(["Anna.", "Dua."], Bodies(Standing(newsroom, story).Writing));

        var settled = Save(newsroom, story, second.Version, Budi, second.Writing, ("p1", "Anna dan Budi."));
        Assert.False(settled.IsConflict || settled.IsMerged);
        Assert.Equal(["Anna dan Budi.", "Dua, Budi."], Bodies(Standing(newsroom, story).Writing));
    }

    [OnBothEngines]
    internal void The_same_text_from_both_is_no_conflict_and_no_new_version(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var story = newsroom.Write("Harga beras turun", "Satu.");
        var seen = Seen(newsroom, story);

        var first = Save(newsroom, story, seen, Anna, ("p1", "Sama."), ("headline", "Judul sama"));
        var second = Save(newsroom, story, seen, Budi, ("p1", "Sama."), ("headline", "Judul sama"));

        Assert.False(second.IsConflict || second.IsMerged);
        Assert.Equal(first.Version, second.Version);
    }

    [OnBothEngines]
    internal void A_revision_that_was_saved_elsewhere_is_put_together_with_what_is_being_written(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var story = newsroom.Write("Harga beras turun", "Satu.", "Dua.");
        var first = Save(newsroom, story, Seen(newsroom, story), Anna, ("p1", "Satu, Anna."));
        Revise(newsroom, story, draft => draft with { Kicker = "Dari API", Body = new Body(TestNewsroom.Paragraphs("Satu.", "Dua, API.")) });

        Assert.Equal(["Satu, Anna.", "Dua, API."], Bodies(Standing(newsroom, story).Writing));
        Assert.Equal(Standing(newsroom, story).Version, newsroom.Database.Read(session => Autosaves.VersionOf(session, newsroom.Press.Titles, story)));
        var next = Save(newsroom, story, first.Version, Anna, first.Writing, ("p1", "Satu, Anna, lagi."));

        Assert.False(next.IsConflict);
        Assert.True(next.IsMerged);
        Assert.Equal(["Satu, Anna, lagi.", "Dua, API."], Bodies(next.Writing));
        Assert.Equal("Dari API", next.Writing["kicker"]);
    }

    [OnBothEngines]
    internal void A_revision_saved_elsewhere_that_changes_the_same_is_never_overwritten_in_silence(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var story = newsroom.Write("Harga beras turun", "Satu.");
        var first = Save(newsroom, story, Seen(newsroom, story), Anna, ("p1", "Anna."));
        Revise(newsroom, story, draft => draft with { Body = new Body(TestNewsroom.Paragraphs("API.")) });

        var standing = Standing(newsroom, story);
        Assert.True(standing.IsParted);
        Assert.Equal(["Anna."], Bodies(standing.Writing));
        Assert.Throws<PublishingException>(() => newsroom.Do(act => act.SaveNewest(story)));

        var next = Save(newsroom, story, first.Version, Anna, first.Writing, ("p1", "Anna, lagi."));
        Assert.Equal(["p1"], next.Blocks);
        Assert.Equal(["API."], Bodies(next.Writing));
        var settled = Save(newsroom, story, next.Version, Anna, next.Writing, ("p1", "Anna dan API."));
        Assert.False(settled.IsConflict);
        Assert.False(Standing(newsroom, story).IsParted);
    }

    [OnBothEngines]
    internal void Saving_a_revision_while_another_writes_is_no_conflict_for_him(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var story = newsroom.Write("Harga beras turun", "Satu.", "Dua.");
        var mine = Save(newsroom, story, Seen(newsroom, story), Anna, ("p1", "Satu, Anna."));

        var (outcome, saved) = newsroom.Press.Run(Budi, act => act.SaveWriting(story, mine.Version, Changed(mine.Writing, ("p2", "Dua, Budi.")), "dirapikan"));
        var next = Save(newsroom, story, mine.Version, Anna, mine.Writing, ("p1", "Satu, Anna, lagi."));

        Assert.Equal(2, saved!.Number);
        Assert.False(outcome.IsConflict || next.IsConflict);
        Assert.Equal(["Satu, Anna, lagi.", "Dua, Budi."], Bodies(next.Writing));
        Assert.Equal("dirapikan", newsroom.Value<string>("SELECT note FROM revisions WHERE article_id = @story AND number = 2", new { story }));
        Assert.Equal(3, newsroom.Do(act => act.SaveNewest(story, "dari simpan otomatis"))!.Number);
        Assert.Null(newsroom.Do(act => act.SaveNewest(story)));
        Assert.False(Standing(newsroom, story).IsAhead);
    }

    [OnBothEngines]
    internal void A_writer_whose_version_is_long_gone_is_asked_rather_than_overwritten(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var story = newsroom.Write("Harga beras turun", "Satu.", "Dua.");
        var old = Save(newsroom, story, Seen(newsroom, story), Anna, ("p1", "Luring."));
        var now = old;
        for (var i = 0; i < 230; i++) now = Save(newsroom, story, now.Version, Budi, now.Writing, ("p1", $"Ketikan {i}."));

        Assert.InRange(newsroom.Value<long>("SELECT count(*) FROM autosaves WHERE article_id = @story", new { story }), 100, 200);
        var late = Save(newsroom, story, old.Version, Anna, old.Writing, ("p2", "Dua, Anna."));
        Assert.Equal(["p1"], late.Blocks);
        Assert.Equal(["Ketikan 229.", "Dua, Anna."], Bodies(late.Writing));
    }

    [OnBothEngines]
    internal void A_field_that_nobody_touched_keeps_what_a_form_cant_say(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var story = newsroom.Save(newsroom.Draft("Harga beras turun", "Satu.") with
        {
            Tags = ["beras, gula", "pasar"],
            Dateline = new Dateline("Jakarta", "ANTARA", DatelineOrder.CreditInBrackets),
            EmbargoedUntil = TestNewsroom.Start.AddSeconds(37),
            UsageTerms = "Hanya web",
        });
        var saved = Save(newsroom, story, Seen(newsroom, story), Anna, ("headline", "Harga beras naik"));
        newsroom.Do(act => act.SaveNewest(story));

        var (draft, _) = newsroom.Database.Read(session => Articles.Newest(session, story));
        Assert.Equal("Harga beras naik", draft.Headline);
        Assert.Equal(["beras, gula", "pasar"], draft.Tags);
        Assert.Equal(DatelineOrder.CreditInBrackets, draft.Dateline!.Order);
        Assert.Equal(TestNewsroom.Start.AddSeconds(37), draft.EmbargoedUntil);
        Assert.Equal("Hanya web", draft.UsageTerms);
        Assert.Equal(saved.Writing["tags"], Standing(newsroom, story).Writing["tags"]);
    }

    [OnBothEngines]
    internal void A_purge_erases_autosaves_and_a_takedown_doesnt(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var story = newsroom.Publish("Harga beras turun", "Satu.");
        Save(newsroom, story, Seen(newsroom, story), Anna, ("p1", "Rahasia."));

        newsroom.Do(act => act.TakeDown(story, "Keliru."));
        Assert.Equal(1, newsroom.Value<long>("SELECT count(*) FROM autosaves"));
        newsroom.Do(act => act.PurgeStory(story, "Putusan pengadilan."));

        Assert.Equal(0, newsroom.Value<long>("SELECT count(*) FROM autosaves"));
        Assert.Equal("", newsroom.Value<string>("SELECT worked_headline FROM articles WHERE id = @story", new { story }));
        Assert.Throws<PublishingException>(() => newsroom.Database.Write(sql => sql.Autosave(newsroom.Press.Titles, story, default, Standing(newsroom, story).Writing, Anna, newsroom.Press.Now)));
    }

    [OnBothEngines]
    internal void A_headline_of_nothing_is_untitled_and_shown_as_nothing(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var story = newsroom.Write("Tanpa judul", "Satu.");

        Assert.Equal("", Standing(newsroom, story).Writing["headline"]);
        Save(newsroom, story, Seen(newsroom, story), Anna, ("p1", "Dua."));
        newsroom.Do(act => act.SaveNewest(story));
        Assert.Equal("Tanpa judul", newsroom.Database.Read(session => Articles.Newest(session, story)).Draft.Headline);
        var e = Assert.Throws<PublishingException>(() => newsroom.Publish(story));
        Assert.Contains("headline", e.Message, StringComparison.Ordinal);
    }

    [OnBothEngines]
    internal void However_several_people_and_a_program_take_turns_nobodys_words_are_lost_and_none_is_asked_without_need(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var random = new Random(20260126);
        for (var round = 0; round < (engine == EngineKind.Sqlite ? 12 : 3); round++)
        {
            // Each writes in a paragraph and a field of his own; the program has the last ones.
            var story = newsroom.Write($"Cerita {round}", "Anna:", "Budi:", "Citra:", "API:");
            string[] actors = [Anna, Budi, "citra@example.com"], fields = ["kicker", "standfirst", "searchTitle"];
            var seen = actors.Select(_ => Seen(newsroom, story)).ToArray();
            var held = actors.Select(_ => Standing(newsroom, story).Writing).ToArray();
            var written = new List<string>[4].Select(_ => new List<string>()).ToArray();
            for (var turn = 0; turn < 60; turn++)
            {
                var who = random.Next(4);
                var word = $"kata{turn}";
                if (who == 3)
                {
                    if (random.Next(3) > 0) continue;
                    written[3].Add(word);
                    Revise(newsroom, story, draft => draft with { Body = new Body(draft.Body.Blocks.Select(block => block.Id == "p4" ? new ParagraphBlock("p4", $"{((ParagraphBlock)block).Text} {word}") : block).ToList()) });
                    continue;
                }

                var text = $"{held[who].Body.Blocks.OfType<ParagraphBlock>().First(block => block.Id == $"p{who + 1}").Text} {word}";
                written[who].Add(word);
                held[who] = Changed(held[who], ($"p{who + 1}", text), (fields[who], word));
                // Some of what is typed isn't sent at once.
                if (random.Next(3) == 0) continue;
                var outcome = random.Next(5) == 0
                    ? newsroom.Press.Run(actors[who], act => act.SaveWriting(story, seen[who], held[who], "")).Outcome
                    : newsroom.Database.Write(sql => sql.Autosave(newsroom.Press.Titles, story, seen[who], held[who], actors[who], newsroom.Press.Now));
                Assert.False(outcome.IsConflict, $"round {round}, turn {turn}: {string.Join(' ', outcome.Blocks.Concat(outcome.Fields))}");
                (seen[who], held[who]) = (outcome.Version, outcome.Writing);
            }

            for (var who = 0; who < 3; who++) newsroom.Database.Write(sql => sql.Autosave(newsroom.Press.Titles, story, seen[who], held[who], actors[who], newsroom.Press.Now));
            newsroom.Do(act => act.SaveNewest(story));
            var (draft, _) = newsroom.Database.Read(session => Articles.Newest(session, story));
            for (var who = 0; who < 4; who++)
                Assert.Equal(string.Join(' ', written[who].Prepend(((string[])["Anna:", "Budi:", "Citra:", "API:"])[who])), draft.Body.Blocks.OfType<ParagraphBlock>().First(block => block.Id == $"p{who + 1}").Text.ToString());
            Assert.Equal((written[0].LastOrDefault(""), written[1].LastOrDefault("")), (draft.Kicker, draft.Standfirst));
        }
    }

    private static Autosaves.Standing Standing(TestNewsroom newsroom, long story) => newsroom.Database.Read(session => Autosaves.Of(session, newsroom.Press.Titles, story));

    private static Autosaves.Version Seen(TestNewsroom newsroom, long story) => Standing(newsroom, story).Version;

    private static Autosaves.Outcome Save(TestNewsroom newsroom, long story, Autosaves.Version seen, string actor, params (string Name, string Text)[] changes) =>
        Save(newsroom, story, seen, actor, newsroom.Database.Read(session => Autosaves.At(session, newsroom.Press.Titles, story, seen)), changes);

    private static Autosaves.Outcome Save(TestNewsroom newsroom, long story, Autosaves.Version seen, string actor, Writing before, params (string Name, string Text)[] changes) =>
        newsroom.Database.Write(sql => sql.Autosave(newsroom.Press.Titles, story, seen, Changed(before, changes), actor, newsroom.Press.Now));

    private static Writing Changed(Writing before, params (string Name, string Text)[] changes) => before.With(
        changes.Where(change => Writing.Names.Contains(change.Name)).Select(change => KeyValuePair.Create(change.Name, change.Text)),
        new Body(before.Body.Blocks.Select(block => changes.FirstOrDefault(change => change.Name == block.Id) is { Text: { } text } ? new ParagraphBlock(block.Id, text) : block).ToList()));

    private static void Revise(TestNewsroom newsroom, long story, Func<Draft, Draft> change) => newsroom.Press.Run("token:api", act => act.Save(story, change(Articles.Newest(act.Sql, story).Draft)));

    private static List<string> Bodies(Writing writing) => writing.Body.Blocks.Select(block => ((ParagraphBlock)block).Text.ToString()).ToList();
}
