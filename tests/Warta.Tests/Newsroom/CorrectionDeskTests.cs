using Warta.Engines;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Newsroom;

public class CorrectionDeskTests
{
    [OnBothEngines]
    internal async Task A_reply_that_is_asked_for_has_an_owner_and_a_day_and_ends_under_the_story(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var story = site.Story("Sengketa lahan");
        using var editor = await Staff.SignInAsync(site, "editor", name: "Laksmi");

        await Post(editor, $"/newsroom/stories/{story}/requests", ("kind", "hak-jawab"), ("askedBy", "PT Tanah Kita"), ("contact", "0812-0000"), ("text", "Kami punya izin."), ("owner", $"{editor.Id}"));
        var board = (await editor.GetAsync("/newsroom/requests")).Text;
        Assert.Contains("PT Tanah Kita", board);
        Assert.Contains("Laksmi", board);
        // Three days, unless somebody says otherwise; what is late is marked.
        Assert.Contains("29 Januari 2026", board);
        Assert.DoesNotContain("state late", board);
        site.Clock.Now += TimeSpan.FromDays(4);
        using var later = await Staff.SignInAsync(site, "editor");
        Assert.Contains("state late", (await later.GetAsync("/newsroom/requests")).Text);

        var request = site.Count("SELECT id FROM correction_requests");
        await Post(later, $"/newsroom/stories/{story}/requests/answer", ("request", $"{request}"), ("text", "PT Tanah Kita menyatakan punya izin."));

        var page = (await site.GetAsync(site.PathOf(story))).Text;
        Assert.Contains("PT Tanah Kita menyatakan punya izin.", page);
        Assert.DoesNotContain("0812-0000", page);
        Assert.Equal(0, site.Count("SELECT count(*) FROM correction_requests WHERE closed_at IS NULL"));
        Assert.Equal(422, (await later.PostAsync($"/newsroom/stories/{story}/requests/answer", ("request", $"{request}"), ("text", "Sekali lagi"))).Status);
    }

    [Fact]
    public async Task An_erratum_is_issued_and_taken_back_by_one_press()
    {
        using var site = new TestSite();
        var story = site.Story("Angka panen");
        using var editor = await Staff.SignInAsync(site, "editor");

        await Post(editor, $"/newsroom/stories/{story}/corrections", ("kind", "ralat"), ("text", "Tertulis 12 ton, seharusnya 21 ton."));
        Assert.Contains("seharusnya 21 ton", (await site.GetAsync(site.PathOf(story))).Text);
        var undo = (await editor.GetAsync($"/newsroom/stories/{story}/corrections")).Page.QuerySelector(".said form")!.GetAttribute("action")!;
        await Post(editor, undo);

        Assert.DoesNotContain("seharusnya 21 ton", (await site.GetAsync(site.PathOf(story))).Text);
    }

    [Fact]
    public async Task A_request_that_is_declined_says_why_and_can_be_opened_again()
    {
        using var site = new TestSite();
        var (story, other) = (site.Story("Berita"), site.Story("Berita lain"));
        using var editor = await Staff.SignInAsync(site, "editor");
        await Post(editor, $"/newsroom/stories/{story}/requests", ("kind", "koreksi"), ("askedBy", "Seorang pembaca"), ("text", "Salah."));
        var request = site.Count("SELECT id FROM correction_requests");

        Assert.Equal(422, (await editor.PostAsync($"/newsroom/stories/{story}/requests/decline", ("request", $"{request}"), ("reason", ""))).Status);
        Assert.Equal(422, (await editor.PostAsync($"/newsroom/stories/{other}/requests/decline", ("request", $"{request}"), ("reason", "Bukan"))).Status);
        await Post(editor, $"/newsroom/stories/{story}/requests/decline", ("request", $"{request}"), ("reason", "Sudah benar."));
        Assert.Equal(0, site.Count("SELECT count(*) FROM correction_requests WHERE closed_at IS NULL"));
        await Post(editor, $"/newsroom/stories/{story}/requests/reopen?request={request}");

        Assert.Equal(1, site.Count("SELECT count(*) FROM correction_requests WHERE closed_at IS NULL"));
    }

    [Fact]
    public async Task Who_asked_for_a_purged_story_s_correction_is_forgotten_with_it()
    {
        using var site = new TestSite();
        var story = site.Story("Nama lengkap");
        using var admin = await Staff.SignInAsync(site, "admin");
        await Post(admin, $"/newsroom/stories/{story}/requests", ("kind", "koreksi"), ("askedBy", "Budi"), ("contact", "budi@example.com"), ("text", "Hapus nama saya."));

        site.Do(act => Publishing.Purge.PurgeStory(act, story, "Putusan"));

        Assert.Equal(1, site.Count("SELECT count(*) FROM correction_requests WHERE asked_by = '' AND contact = '' AND text = ''"));
    }

    private static async Task Post(Staff staff, string path, params (string, string)[] fields)
    {
        var answer = await staff.PostAsync(path, fields);
        Assert.True(answer.Status == 302, $"{path}: {answer.Status} {answer.Page.QuerySelector("main")?.TextContent}");
    }
}
