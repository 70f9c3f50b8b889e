using Warta.Content;
using Warta.Engines;
using Warta.Publishing;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Newsroom;

public class DeskTests
{
    [OnBothEngines]
    internal async Task A_story_goes_from_its_writer_over_the_desk_to_readers(EngineKind engine)
    {
        using var site = new TestSite(engine);
        site.Story("Lama");
        using var reporter = await Staff.SignInAsync(site, "reporter", name: "Yusuf");
        using var editor = await Staff.SignInAsync(site, "editor", name: "Laksmi");
        var story = await Begin(reporter, "Panen garam di Madura");
        site.Do(act => act.Save(story, Articles.Newest(act.Sql, story).Draft with { Body = PlainTextMapper.FromPlainText("Garam mulai dipanen.\nHarganya naik.").Body }));

        await Do(reporter, story, "submit");
        Assert.Equal("submitted", StageOf(site, story));
        // It is the desk's now.
        Assert.Equal(403, (await Write(reporter, story, "Judul lain")).Status);
        var form = (await reporter.GetAsync($"/newsroom/stories/{story}")).Page.QuerySelector("form.story")!;
        Assert.DoesNotContain("Simpan revisi", form.TextContent);
        Assert.Null(form.QuerySelector("textarea[name=text]"));
        Assert.Equal(["Garam mulai dipanen.", "Harganya naik."], form.QuerySelectorAll("article.reading > p:not(.standfirst)").Select(p => p.TextContent));

        await Do(editor, story, "take");
        await Do(editor, story, "return", ("returnNote", "Tambah kutipan petani."));
        var returned = await reporter.GetAsync($"/newsroom/stories/{story}");
        Assert.Contains("Tambah kutipan petani.", returned.Page.QuerySelector(".returned-note")!.TextContent);
        Assert.Equal(302, (await Write(reporter, story, "Panen garam di Madura melimpah")).Status);
        await Do(reporter, story, "submit");
        await Do(editor, story, "take");
        await Do(editor, story, "ready");
        await Do(editor, story, "publish");

        Assert.Equal(1, site.Count("SELECT count(*) FROM publications WHERE article_id = @story", new { story }));
        var front = await site.GetAsync(site.PathOf(story));
        Assert.Equal("Panen garam di Madura melimpah", front.Page.QuerySelector("h1")!.TextContent.Trim());
        Assert.Equal(["submitted", "taken", "returned", "submitted", "taken", "approved", "published"], Verbs(site, story));
    }

    [OnBothEngines]
    internal async Task A_receipt_that_took_longer_than_a_second_says_so_in_the_readers_language(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var story = site.Story("Banjir");
        using var editor = await Staff.SignInAsync(site, "editor");
        var receipt = site.Press.Database.Read(session => Receipts.Of(session, story, 1))[0];
        Receipts.Finish(site.Press.Database, receipt.EventNumber, [new Surface("front", "warta", "/", 1_540, SurfaceState.Shown)], site.Clock.Now);

        Assert.Contains("dalam 1,5 detik", (await editor.GetAsync($"/newsroom/stories/{story}/receipts")).Page.QuerySelector("main")!.TextContent);
        site.Do(act => act.Sql.Run("UPDATE users SET language = 'en'"));
        Assert.Contains("in 1.5 s", (await editor.GetAsync($"/newsroom/stories/{story}/receipts")).Page.QuerySelector("main")!.TextContent);
    }

    [OnBothEngines]
    internal async Task Contributor_publishes_and_is_refused_which_the_audit_trail_says(EngineKind engine)
    {
        using var site = new TestSite(engine);
        site.Story("Lama");
        using var contributor = await Staff.SignInAsync(site, "contributor");
        var story = await Begin(contributor, "Saya terbitkan sendiri");

        foreach (var verb in (string[])["publish", "schedule", "take", "ready", "return", "assign", "withdraw", "takedown"])
            Assert.Equal((verb, 403), (verb, (await contributor.PostAsync($"/newsroom/stories/{story}/{verb}", ("at", "2026-02-01T09:00"), ("returnNote", "x"), ("reason", "x"))).Status));

        Assert.Equal(0, site.Count("SELECT count(*) FROM publications WHERE article_id = @story", new { story }));
        Assert.Equal(8, site.Count("SELECT count(*) FROM audit WHERE verb = 'refused' AND actor = @Actor AND article_id = @story", new { contributor.Actor, story }));
    }

    [Fact]
    public async Task A_stage_or_role_in_a_story_s_form_is_ignored()
    {
        using var site = new TestSite();
        site.Story("Lama");
        using var reporter = await Staff.SignInAsync(site, "reporter");
        var story = await Begin(reporter, "Naskah biasa");

        var answer = await Write(reporter, story, "Naskah biasa saja", ("stage", "ready"), ("role", "admin"), ("in", "1"), ("created_by", "user:lain@example.com"), ("done_at", "1"));

        Assert.Equal(302, answer.Status);
        Assert.Equal("draft", StageOf(site, story));
        Assert.Equal(0, site.Count("SELECT count(*) FROM publications WHERE article_id = @story", new { story }));
        Assert.Equal(1, site.Count("SELECT count(*) FROM articles WHERE id = @story AND created_by = @Actor", new { story, reporter.Actor }));
    }

    [Fact]
    public async Task Two_editors_who_take_one_story_are_told_apart()
    {
        using var site = new TestSite();
        site.Story("Lama");
        using var reporter = await Staff.SignInAsync(site, "reporter");
        using var first = await Staff.SignInAsync(site, "editor");
        using var second = await Staff.SignInAsync(site, "editor");
        var story = await Begin(reporter, "Direbut dua redaktur");
        await Do(reporter, story, "submit");

        await Do(first, story, "take");

        Assert.Equal(422, (await second.PostAsync($"/newsroom/stories/{story}/take")).Status);
        Assert.Equal(first.Id, site.Count("SELECT assignee FROM desk_stories WHERE article_id = @story", new { story }));
    }

    [Fact]
    public async Task What_was_done_is_undone_by_one_press()
    {
        using var site = new TestSite();
        site.Story("Lama");
        using var editor = await Staff.SignInAsync(site, "managing-editor");
        var story = await Begin(editor, "Diurungkan");
        await Do(editor, story, "ready");
        await Undo(editor, story);
        Assert.Equal("draft", StageOf(site, story));

        await Do(editor, story, "publish");
        var path = site.PathOf(story);
        Assert.Equal(200, (await site.GetAsync(path)).Status);
        await Do(editor, story, "withdraw");
        Assert.Equal(404, (await site.GetAsync(path)).Status);
        await Undo(editor, story);
        Assert.Equal(200, (await site.GetAsync(path)).Status);

        await Do(editor, story, "takedown", ("reason", "Nama korban tersebut."));
        Assert.Equal(410, (await site.GetAsync(path)).Status);
        await Undo(editor, story);
        Assert.Equal(200, (await site.GetAsync(path)).Status);
    }

    [OnBothEngines]
    internal async Task A_takedown_that_is_undone_brings_back_what_readers_saw_and_not_what_was_saved_since(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var story = site.Story("Yang tayang");
        using var editor = await Staff.SignInAsync(site, "managing-editor");
        await Do(editor, story, "takedown", ("reason", "Salah orang."));
        Assert.Equal(302, (await Write(editor, story, "Yang masih ditulis")).Status);

        await Do(editor, story, "takedown/undo");

        Assert.Equal("Yang tayang", (await site.GetAsync(site.PathOf(story))).Page.QuerySelector("h1")!.TextContent.Trim());
    }

    [OnBothEngines]
    internal async Task A_schedule_is_in_the_title_s_zone_and_goes_out_at_its_time(EngineKind engine)
    {
        using var site = new TestSite(engine);
        site.Story("Lama");
        using var editor = await Staff.SignInAsync(site, "editor");
        var story = await Begin(editor, "Tayang besok pagi");

        Assert.Equal(422, (await editor.PostAsync($"/newsroom/stories/{story}/schedule", ("at", "2026-01-26T09:59"))).Status);
        Assert.Equal(422, (await editor.PostAsync($"/newsroom/stories/{story}/schedule", ("at", "besok"))).Status);
        await Do(editor, story, "schedule", ("at", "2026-01-27T06:00"));
        Assert.Contains("Selasa, 27 Januari 2026 | 06:00 WIB", (await editor.GetAsync("/newsroom/scheduled")).Text);
        Assert.Equal(new DateTimeOffset(2026, 1, 26, 23, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), site.Count("SELECT release_at FROM releases WHERE article_id = @story", new { story }));

        site.Clock.Now = new DateTimeOffset(2026, 1, 26, 23, 0, 1, TimeSpan.Zero);
        site.Press.ReleaseDue();

        Assert.Equal(200, (await site.GetAsync(site.PathOf(story))).Status);
    }

    [Fact]
    public async Task Where_clocks_are_put_forward_an_hour_that_isn_t_there_is_refused_and_one_that_comes_twice_is_the_first()
    {
        using var site = new TestSite();
        site.Story("Lama");
        site.Set("timezone", "Europe/Amsterdam");
        using var editor = await Staff.SignInAsync(site, "editor");
        var story = await Begin(editor, "Jam musim panas");

        var gone = await editor.PostAsync($"/newsroom/stories/{story}/schedule", ("at", "2026-03-29T02:30"));
        Assert.Equal(422, gone.Status);
        Assert.Contains("02.30", gone.Text);
        await Do(editor, story, "schedule", ("at", "2026-10-25T02:30"));

        Assert.Equal(new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), site.Count("SELECT release_at FROM releases WHERE article_id = @story AND cancelled_at IS NULL", new { story }));
        Assert.Contains("dua kali", (await editor.GetAsync($"/newsroom/stories/{story}")).Text);
    }

    [Fact]
    public async Task A_story_without_a_headline_goes_neither_to_the_desk_nor_out()
    {
        using var site = new TestSite();
        site.Story("Lama");
        using var editor = await Staff.SignInAsync(site, "editor");
        var story = await Begin(editor, "");

        foreach (var verb in (string[])["submit", "ready", "publish"]) Assert.Equal((verb, 422), (verb, (await editor.PostAsync($"/newsroom/stories/{story}/{verb}")).Status));
        Assert.Equal(422, (await editor.PostAsync($"/newsroom/stories/{story}/schedule", ("at", "2026-01-27T06:00"))).Status);
    }

    [Fact]
    public async Task What_is_paid_is_published_by_who_may_sell_and_by_nobody_else_at_the_desk()
    {
        using var site = new TestSite();
        site.Story("Lama");
        using var seller = await Staff.SignInAsync(site, "advertising");
        using var editor = await Staff.SignInAsync(site, "editor");
        var paid = site.Draft("Promo bulan ini", with: draft => draft with { Kind = ArticleKind.Advertorial });
        var news = site.Draft("Berita");

        Assert.Equal(403, (await editor.PostAsync($"/newsroom/stories/{paid}/publish")).Status);
        Assert.Equal(403, (await seller.PostAsync($"/newsroom/stories/{news}/publish")).Status);
        await Do(seller, paid, "publish");

        Assert.Equal(1, site.Count("SELECT count(*) FROM publications WHERE article_id = @paid", new { paid }));
    }

    [Fact]
    public async Task An_update_without_a_word_leaves_the_time_readers_see()
    {
        using var site = new TestSite();
        var story = site.Story("Salah ketik");
        using var editor = await Staff.SignInAsync(site, "editor");
        var before = site.Count("SELECT updated_at FROM publications WHERE article_id = @story", new { story });
        site.Clock.Now += TimeSpan.FromHours(2);
        await Write(editor, story, "Tanpa salah ketik");
        await Do(editor, story, "publish", ("quiet", "1"));
        Assert.Equal(before, site.Count("SELECT updated_at FROM publications WHERE article_id = @story", new { story }));

        await Write(editor, story, "Dengan berita baru");
        await Do(editor, story, "publish");
        Assert.True(site.Count("SELECT updated_at FROM publications WHERE article_id = @story", new { story }) > before);
    }

    [Fact]
    public async Task The_board_shows_each_story_where_it_is_and_to_a_reporter_only_his_own()
    {
        using var site = new TestSite();
        site.Story("Lama");
        using var reporter = await Staff.SignInAsync(site, "reporter");
        using var other = await Staff.SignInAsync(site, "reporter");
        using var editor = await Staff.SignInAsync(site, "editor");
        var mine = await Begin(reporter, "Punya saya");
        var theirs = await Begin(other, "Punya orang lain");
        await Do(other, theirs, "submit");

        var board = (await editor.GetAsync("/newsroom")).Page;
        Assert.Equal([$"{mine}"], Cards(board, "draft"));
        Assert.Equal([$"{theirs}"], Cards(board, "submitted"));
        var own = (await reporter.GetAsync("/newsroom")).Page;
        Assert.Equal([$"{mine}"], Cards(own, "draft"));
        Assert.Empty(Cards(own, "submitted"));
        Assert.Equal([$"{mine}"], Cards((await reporter.GetAsync("/newsroom?whose=mine")).Page, "draft"));
        Assert.Empty(Cards((await editor.GetAsync("/newsroom?whose=mine")).Page, "draft"));
    }

    [OnBothEngines]
    internal async Task An_assignment_lets_somebody_write_and_a_passed_deadline_is_seen(EngineKind engine)
    {
        using var site = new TestSite(engine);
        site.Story("Lama");
        using var editor = await Staff.SignInAsync(site, "editor");
        using var reporter = await Staff.SignInAsync(site, "reporter");
        var story = await Begin(editor, "Liput sidang");
        Assert.Equal(403, (await reporter.GetAsync($"/newsroom/stories/{story}")).Status);

        await Do(editor, story, "assign", ("assignee", $"{reporter.Id}"), ("deadline", "2026-01-26T12:00"));

        Assert.Equal(302, (await Write(reporter, story, "Sidang ditunda")).Status);
        Assert.Equal([$"{story}"], Cards((await reporter.GetAsync("/newsroom?whose=mine")).Page, "draft"));
        Assert.Empty(Cards((await editor.GetAsync("/newsroom?late=1")).Page, "draft"));
        site.Clock.Now += TimeSpan.FromHours(3);
        Assert.Equal([$"{story}"], Cards((await editor.GetAsync("/newsroom?late=1")).Page, "draft"));
    }

    [Fact]
    public async Task A_purge_is_asked_twice_and_takes_the_newsroom_s_notes_along()
    {
        using var site = new TestSite();
        var story = site.Story("Nama seorang anak");
        using var admin = await Staff.SignInAsync(site, "admin");
        await admin.PostAsync($"/newsroom/stories/{story}/notes", ("said", "Anak itu bernama Budi."));

        Assert.Equal(422, (await admin.PostAsync($"/newsroom/stories/{story}/purge", ("reason", "Putusan"), ("headline", "Judul lain"))).Status);
        Assert.Equal(0, site.Count("SELECT count(*) FROM purges"));
        Assert.Equal(302, (await admin.PostAsync($"/newsroom/stories/{story}/purge", ("reason", "Putusan"), ("headline", "Nama seorang anak"))).Status);

        Assert.Equal(1, site.Count("SELECT count(*) FROM purges"));
        Assert.Equal(0, site.Count("SELECT count(*) FROM desk_notes"));
        Assert.Equal(404, (await admin.GetAsync($"/newsroom/stories/{story}")).Status);
    }

    private static async Task<long> Begin(Staff staff, string headline)
    {
        var section = staff.Site.Count("SELECT id FROM sections WHERE path = 'nasional'");
        var answer = await staff.PostAsync("/newsroom/stories", ("section", $"{section}"), ("headline", headline));
        Assert.Equal((302, true), (answer.Status, answer.Location.StartsWith("/newsroom/stories/", StringComparison.Ordinal)));
        return long.Parse(answer.Location.Split('/')[^1]);
    }

    private static async Task Do(Staff staff, long story, string verb, params (string, string)[] fields)
    {
        var answer = await staff.PostAsync($"/newsroom/stories/{story}/{verb}", fields);
        Assert.True(answer.Status == 302, $"{verb}: {answer.Status} {answer.Page.QuerySelector("main")?.TextContent}");
    }

    /// <summary>Presses the button beside what was just said.</summary>
    private static async Task Undo(Staff staff, long story)
    {
        var said = (await staff.GetAsync($"/newsroom/stories/{story}")).Page.QuerySelector(".said form")!;
        Assert.Equal(302, (await staff.PostAsync(said.GetAttribute("action")!)).Status);
    }

    private static async Task<TestSite.Answer> Write(Staff staff, long story, string headline, params (string, string)[] more)
    {
        var page = (await staff.GetAsync($"/newsroom/stories/{story}")).Page;
        var version = page.QuerySelector("input[name=version]")?.GetAttribute("value") ?? "0";
        return await staff.PostAsync($"/newsroom/stories/{story}", [("version", version), ("headline", headline), .. more]);
    }

    private static string StageOf(TestSite site, long story) => site.Press.Database.Read(session => DeskStory.Of(session, story).Stage);

    private static List<string> Verbs(TestSite site, long story) => site.Press.Database.Read(session => session.Query<string>("SELECT verb FROM audit WHERE article_id = @story AND verb NOT IN ('saved', 'refused') ORDER BY id", new { story }));

    private static List<string?> Cards(AngleSharp.Dom.IDocument board, string column) => board.QuerySelectorAll($"#{column} [data-card]").Select(card => card.GetAttribute("data-card")).ToList();
}
