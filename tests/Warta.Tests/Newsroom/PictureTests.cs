using System.Globalization;
using System.Net.Http.Headers;
using Warta.Content;
using Warta.Engines;
using Warta.Media;
using Warta.Publishing;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Newsroom;

public class PictureTests
{
    private const string Here = "/newsroom/pictures";

    [VipsOnBothEngines]
    internal async Task Form_without_script_takes_in_several_files_and_says_which_it_refuses(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var reporter = await Staff.SignInAsync(site, "reporter");

        var two = await PostFilesAsync(reporter, Here, TestPictures.Png(), TestPictures.As("gif", 300, 200));
        Assert.Equal(302, two.Status);
        Assert.Equal(2, (await reporter.GetAsync(Here)).Page.QuerySelectorAll(".pictures > li").Length);
        var refused = await PostFilesAsync(reporter, Here, TestPictures.Png(), "<svg onload=alert(1)>"u8.ToArray());
        Assert.Equal(422, refused.Status);
        Assert.Contains("SVG", refused.Text, StringComparison.Ordinal);
        Assert.Equal(3, site.Count("SELECT count(*) FROM media"));
        var one = TestPictures.Png();
        Assert.Equal($"{Here}/4", (await PostFilesAsync(reporter, Here, one)).Location);
        Assert.Equal($"{Here}/4", (await PostFilesAsync(reporter, Here, one)).Location);
        Assert.Equal(422, (await PostFilesAsync(reporter, Here)).Status);
    }

    [VipsOnBothEngines]
    internal async Task Pictures_are_found_by_their_words_their_beginnings_and_their_stems(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var reporter = await Staff.SignInAsync(site, "reporter");
        using var colleague = await Staff.SignInAsync(site, "reporter");
        var flood = TakeIn(site, reporter.Actor, caption: "Banjir di Kampung Melayu", credit: "Antara/Budi Santoso");
        var boat = TakeIn(site, colleague.Actor, alt: "Perahu karet menolong warga kebanjiran");
        var gone = TakeIn(site, reporter.Actor, caption: "Banjir lama", expires: site.Clock.Now.AddDays(-1));

        Assert.Equal([gone, boat, flood], await FoundAsync(reporter, "banjir"));
        Assert.Equal([boat], await FoundAsync(reporter, "warga perah"));
        Assert.Equal([flood], await FoundAsync(reporter, "budi"));
        Assert.Equal([flood], await FoundAsync(reporter, "BANJIR kampung"));
        Assert.Empty(await FoundAsync(reporter, "gempa"));
        Assert.Empty(await FoundAsync(reporter, "!!!"));
        Assert.Equal([gone, boat, flood], await FoundAsync(reporter, ""));
        Assert.Equal([gone, flood], await FoundAsync(reporter, "banjir", "&show=mine"));
        Assert.Equal([flood], await FoundAsync(reporter, "", $"&before={boat}"));

        // The editor is offered what may be shown.
        var offered = (await reporter.GetAsync(Here + "?format=json&q=banjir")).Json;
        Assert.Equal([boat, flood], offered.EnumerateArray().Select(item => item.GetProperty("id").GetInt64()));
        Assert.Equal(200, (await reporter.GetAsync(offered[0].GetProperty("preview").GetString()!)).Status);
        Assert.Equal("Antara/Budi Santoso", offered[1].GetProperty("credit").GetString());

        // Changed words are found at once; those of before are not.
        await DescribeAsync(reporter, flood, caption: "Gempa di Cianjur");
        Assert.Equal([flood], await FoundAsync(reporter, "gempa"));
        Assert.Equal([gone, boat], await FoundAsync(reporter, "banjir"));
    }

    [VipsOnBothEngines]
    internal async Task Words_from_before_and_from_imports_are_cut_in_the_background(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var reporter = await Staff.SignInAsync(site, "reporter");
        var id = TakeIn(site, reporter.Actor, caption: "Banjir");
        site.Press.Database.Write(sql => sql.Execute("DELETE FROM media_words") + sql.Execute("UPDATE media SET worded = 0"));

        Assert.Empty(await FoundAsync(reporter, "banjir"));
        Assert.True(site.Press.KeepSomePictureWords());
        Assert.Equal([id], await FoundAsync(reporter, "banjir"));
        Assert.False(site.Press.KeepSomePictureWords());
    }

    /// <summary>The licence ends at the minute that the form said, in the title's zone, everywhere; moving it brings the picture back.</summary>
    [VipsOnBothEngines]
    internal async Task Licence_that_ends_takes_the_picture_down_everywhere_at_the_minute_and_extending_it_brings_it_back(EngineKind engine)
    {
        using var site = new TestSite(engine, witnessed: true);
        using var photo = await Staff.SignInAsync(site, "photo-editor");
        var (lead, figure) = (TakeIn(site, photo.Actor, alt: "Perahu", size: 1_200), TakeIn(site, photo.Actor, alt: "Posko", size: 1_300));
        var story = site.Story("Banjir merendam kampung", with: draft => draft with { Picture = new Picture(lead), Body = new Body([.. draft.Body.Blocks, new FigureBlock("f1", null, "", InlineText.Empty, Media: figure)]) });
        var surfaces = new[] { site.PathOf(story), "/", "/nasional", "/rss.xml", "/atom.xml", "/feed.json", $"/api/v1/articles/{story}", "/api/v1/latest", "/_/live/latest" };
        var files = new[] { lead, figure }.Select(id => (Folder: FolderOf(site, id), File: FileOf(site, id))).ToList();
        var shownBefore = await ShowingAsync(site, surfaces, files[0].Folder);
        Assert.Contains(site.PathOf(story), shownBefore);
        Assert.Contains("/", shownBefore);
        Assert.Contains("/rss.xml", shownBefore);
        Assert.Contains($"/api/v1/articles/{story}", shownBefore);

        // 11:30 WIB is 04:30 UTC.
        foreach (var id in new[] { lead, figure }) Assert.Equal(302, (await DescribeAsync(photo, id, alt: "Perahu", expires: "2026-01-26T11:30")).Status);
        Assert.Equal(2, (await photo.GetAsync($"{Here}?show=expiring")).Page.QuerySelectorAll(".pictures > li").Length);
        await ShowingAsync(site, surfaces, files[0].Folder);
        Assert.Contains("max-age=5400", (await site.GetAsync(files[0].File)).Header("Cache-Control"), StringComparison.Ordinal);
        site.Clock.Now = new DateTimeOffset(2026, 1, 26, 4, 29, 59, TimeSpan.Zero);
        Assert.Equal(0, site.Press.ExpireDuePictures());
        Assert.Equal(shownBefore, await ShowingAsync(site, surfaces, files[0].Folder));
        Assert.Equal(200, (await site.GetAsync(files[0].File)).Status);

        // Even before the Timetable has come to it.
        site.Clock.Now = site.Clock.Now.AddSeconds(1);
        foreach (var (folder, file) in files)
        {
            Assert.Empty(await ShowingAsync(site, surfaces, folder));
            Assert.Equal(404, (await site.GetAsync(file)).Status);
        }

        Assert.Equal(200, (await site.GetAsync(site.PathOf(story))).Status);
        Assert.Equal(2, site.Press.ExpireDuePictures());
        Assert.Equal(0, site.Press.ExpireDuePictures());
        Assert.Equal(2, site.Count("SELECT count(*) FROM audit WHERE verb = 'picture-expired'"));
        var receipt = await ReceiptAsync(site, story);
        Assert.Equal(ExpirePictures.Gone, receipt.Verb);
        Assert.True(receipt.IsRemoval);
        Assert.Contains(receipt.Surfaces, surface => surface.Name == "picture");
        Assert.All(receipt.Surfaces, surface => Assert.Equal(SurfaceState.Gone, surface.State));

        // It can be looked at, and had back.
        Assert.Equal(200, (await photo.GetAsync($"{Here}/{lead}/preview")).Status);
        Assert.Empty((await photo.GetAsync(Here + "?format=json")).Json.EnumerateArray());
        Assert.Equal(302, (await DescribeAsync(photo, lead, alt: "Perahu", expires: "2026-02-26T11:30")).Status);
        Assert.Equal(shownBefore, await ShowingAsync(site, surfaces, files[0].Folder));
        Assert.Equal(200, (await site.GetAsync(files[0].File)).Status);
        receipt = await ReceiptAsync(site, story);
        Assert.Equal(ExpirePictures.Back, receipt.Verb);
        Assert.All(receipt.Surfaces, surface => Assert.Equal(SurfaceState.Shown, surface.State));
        site.Clock.Now = new DateTimeOffset(2026, 2, 26, 4, 30, 0, TimeSpan.Zero);
        Assert.Empty(await ShowingAsync(site, surfaces, files[0].Folder));
        Assert.Equal(1, site.Press.ExpireDuePictures());
    }

    [VipsOnBothEngines]
    internal async Task Retired_picture_is_gone_at_once_and_undo_brings_it_back(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var photo = await Staff.SignInAsync(site, "photo-editor");
        var id = TakeIn(site, photo.Actor);
        var story = site.Story("Banjir", with: draft => draft with { Picture = new Picture(id) });
        var (folder, file) = (FolderOf(site, id), FileOf(site, id));
        Assert.NotEmpty(await ShowingAsync(site, [site.PathOf(story), "/"], folder));

        Assert.Equal(302, (await photo.PostAsync($"{Here}/{id}/retire")).Status);
        Assert.Empty(await ShowingAsync(site, [site.PathOf(story), "/"], folder));
        Assert.Equal(404, (await site.GetAsync(file)).Status);
        var undo = (await photo.GetAsync($"{Here}/{id}")).Page.QuerySelector(".said form")!.GetAttribute("action")!;
        Assert.Equal(302, (await photo.PostAsync(undo)).Status);
        Assert.NotEmpty(await ShowingAsync(site, [site.PathOf(story), "/"], folder));
        // Once is enough.
        Assert.Equal(422, (await photo.PostAsync(undo)).Status);
    }

    [VipsOnBothEngines]
    internal async Task A_picture_of_which_a_crop_was_never_made_shows_in_the_newsroom_all_the_same(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var photo = await Staff.SignInAsync(site, "photo-editor");
        var id = TakeIn(site, photo.Actor);
        site.Do(act => act.Sql.Run("DELETE FROM renditions WHERE media_id = @p1 AND shape = 'square'", id));

        Assert.Equal(200, (await photo.GetAsync($"{Here}/{id}/preview?shape=square&width=320")).Status);
        Assert.Equal(404, (await photo.GetAsync($"{Here}/{id}/preview?shape=round")).Status);
    }

    [VipsOnBothEngines]
    internal async Task Moved_focus_makes_new_crops_and_nobody_sees_the_old_ones(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var photo = await Staff.SignInAsync(site, "photo-editor");
        var id = TakeIn(site, photo.Actor, size: 1_300);
        var story = site.Story("Banjir", with: draft => draft with { Picture = new Picture(id) });
        var (folder, file) = (FolderOf(site, id), FileOf(site, id));
        var crop = await BytesAsync(photo, $"{Here}/{id}/preview?shape=square");

        Assert.Equal(302, (await photo.PostAsync($"{Here}/{id}/focus", ("x", "5"), ("y", "90"))).Status);
        var moved = FolderOf(site, id);
        Assert.EndsWith("-5x90/", moved, StringComparison.Ordinal);
        Assert.Empty(await ShowingAsync(site, [site.PathOf(story), "/"], folder));
        Assert.Equal(2, (await ShowingAsync(site, [site.PathOf(story), "/"], moved)).Count);
        Assert.Equal(404, (await site.GetAsync(file)).Status);
        Assert.Equal(200, (await site.GetAsync(FileOf(site, id))).Status);
        Assert.NotEqual(crop, await BytesAsync(photo, $"{Here}/{id}/preview?shape=square"));
        while (site.Press.MakeAvif()) { }
        Assert.True(site.Count("SELECT count(*) FROM renditions WHERE media_id = @id AND format = 'avif'", new { id }) > 0);

        var undo = (await photo.GetAsync($"{Here}/{id}")).Page.QuerySelector(".said form")!.GetAttribute("action")!;
        Assert.Equal(302, (await photo.PostAsync(undo)).Status);
        Assert.Equal(folder, FolderOf(site, id));
        Assert.Equal(crop, await BytesAsync(photo, $"{Here}/{id}/preview?shape=square"));
        foreach (var bad in new[] { ("-1", "5"), ("101", "5"), ("kiri", "5"), ("", "") }) Assert.Equal(422, (await photo.PostAsync($"{Here}/{id}/focus", ("x", bad.Item1), ("y", bad.Item2))).Status);
    }

    [VipsOnBothEngines]
    internal async Task Replaced_file_is_new_in_every_story_under_the_same_number_and_a_purge_erases_the_old_one_too(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var photo = await Staff.SignInAsync(site, "photo-editor");
        var id = TakeIn(site, photo.Actor, caption: "Warga");
        var old = FolderOf(site, id);
        var story = site.Story("Banjir", with: draft => draft with { Picture = new Picture(id) });
        Assert.NotEmpty(await ShowingAsync(site, [site.PathOf(story)], old));
        var file = FileOf(site, id);

        Assert.Equal(302, (await PostFilesAsync(photo, $"{Here}/{id}/file", TestPictures.Png(800, 500))).Status);
        var now = FolderOf(site, id);
        Assert.NotEqual(old, now);
        Assert.Empty(await ShowingAsync(site, [site.PathOf(story)], old));
        Assert.NotEmpty(await ShowingAsync(site, [site.PathOf(story)], now));
        Assert.Equal(404, (await site.GetAsync(file)).Status);
        Assert.Equal((800, 500, "Warga"), site.Press.Database.Read(session => session.First<(int, int, string)>("SELECT width, height, caption FROM media WHERE id = @id", new { id })));
        Assert.Equal(422, (await PostFilesAsync(photo, $"{Here}/{id}/file", "<svg/>"u8.ToArray())).Status);
        Assert.True(site.Press.Media.Has(Key(old)));

        site.Do(act => act.PurgeStory(story, "putusan"));
        Assert.Empty(site.Press.Media.Keys());
        Assert.Equal(0, site.Count("SELECT count(*) FROM media_words"));
        Assert.Equal(0, site.Count("SELECT count(*) FROM media_history WHERE caption <> ''"));
        Assert.Equal(404, (await photo.GetAsync($"{Here}/{id}/preview")).Status);
        Assert.Equal(404, (await photo.GetAsync($"{Here}/{id}")).Status);
    }

    [VipsFact]
    public async Task Own_pictures_are_changed_until_readers_see_them_and_others_only_by_a_photo_editor()
    {
        using var site = new TestSite(EngineKind.Sqlite);
        using var reporter = await Staff.SignInAsync(site, "reporter");
        using var colleague = await Staff.SignInAsync(site, "reporter");
        using var editor = await Staff.SignInAsync(site, "editor");
        using var photo = await Staff.SignInAsync(site, "photo-editor");
        var (own, editors) = (TakeIn(site, reporter.Actor), TakeIn(site, editor.Actor));

        Assert.Equal(302, (await DescribeAsync(reporter, own, alt: "Perahu")).Status);
        foreach (var what in new[] { "", "/focus", "/retire", "/undo", "/file" })
        {
            Assert.Equal(403, (await colleague.PostAsync($"{Here}/{own}{what}")).Status);
            Assert.Equal(403, (await editor.PostAsync($"{Here}/{own}{what}")).Status);
        }

        Assert.Equal(10, site.Count("SELECT count(*) FROM audit WHERE verb = 'refused'"));
        site.Story("Banjir", with: draft => draft with { Picture = new Picture(own) });
        site.Story("Surut", with: draft => draft with { Picture = new Picture(editors) });
        // What readers see is changed by those who may publish.
        Assert.Equal(403, (await DescribeAsync(reporter, own, alt: "Lain")).Status);
        Assert.Equal(403, (await reporter.PostAsync($"{Here}/{own}/retire")).Status);
        Assert.Equal(302, (await DescribeAsync(editor, editors, alt: "Posko")).Status);
        Assert.Equal(302, (await DescribeAsync(photo, own, alt: "Dari redaktur foto")).Status);
        Assert.Empty((await reporter.GetAsync($"{Here}/{own}")).Page.QuerySelectorAll(".beside form"));
        Assert.Contains("Dari redaktur foto", (await reporter.GetAsync($"{Here}/{own}")).Text, StringComparison.Ordinal);
    }

    /// <summary>FIELD: script in every field → text.</summary>
    [VipsFact]
    public async Task Script_in_every_field_of_a_picture_is_text()
    {
        const string script = "\"'><script>alert(1)</script>";
        using var site = new TestSite(EngineKind.Sqlite);
        using var photo = await Staff.SignInAsync(site, "photo-editor");
        var id = TakeIn(site, photo.Actor);
        Assert.Equal(302, (await photo.PostAsync($"{Here}/{id}", ("alt", script), ("caption", script), ("credit", script), ("terms", script), ("expires", ""))).Status);
        site.Story("Banjir" + script, with: draft => draft with { Picture = new Picture(id) });

        foreach (var path in new[] { $"{Here}/{id}", Here, Here + "?q=" + Uri.EscapeDataString(script), Here + "?show=" + Uri.EscapeDataString(script) })
        {
            var answer = await photo.GetAsync(path);
            Assert.Equal(200, answer.Status);
            Assert.DoesNotContain("<script>alert", answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal(script, (await photo.GetAsync(Here + "?format=json")).Json[0].GetProperty("alt").GetString());
    }

    [VipsFact]
    public async Task Page_of_a_picture_asks_for_alternative_text_and_says_where_it_is_used()
    {
        using var site = new TestSite(EngineKind.Sqlite);
        using var photo = await Staff.SignInAsync(site, "photo-editor");
        using var editor = await Staff.SignInAsync(site, "editor");
        var id = TakeIn(site, photo.Actor);
        var draft = site.Draft("Rahasia di meja", with: draft => draft with { Picture = new Picture(id) });
        var story = site.Story("Banjir di muka umum", with: draft => draft with { Picture = new Picture(id) });

        var page = await photo.GetAsync($"{Here}/{id}");
        Assert.NotNull(page.Page.QuerySelector(".warning"));
        Assert.Contains("Banjir di muka umum", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Rahasia di meja", page.Text, StringComparison.Ordinal);
        Assert.Contains($"#{draft}", page.Text, StringComparison.Ordinal);
        Assert.Contains("Rahasia di meja", (await editor.GetAsync($"{Here}/{id}")).Text, StringComparison.Ordinal);
        Assert.Equal($"/newsroom/stories/{story}", page.Page.QuerySelector("a.headline")!.GetAttribute("href"));
        Assert.Contains("2000", (await photo.PostAsync($"{Here}/{id}", ("alt", new string('x', 2_001)))).Text, StringComparison.Ordinal);
        Assert.Equal(422, (await DescribeAsync(photo, id, expires: "besok")).Status);
        Assert.Equal(404, (await photo.GetAsync($"{Here}/999")).Status);
        foreach (var shape in new[] { "original", "../whole", "whole-320.webp", "%2e%2e" }) Assert.Equal(404, (await photo.GetAsync($"{Here}/{id}/preview?shape={shape}")).Status);
    }

    private static long TakeIn(TestSite site, string actor, string alt = "", string caption = "", string credit = "", DateTimeOffset? expires = null, int size = 400) =>
        site.Press.TakeIn(actor, new TakeInPicture.NewPicture(TestPictures.Png(size, size * 3 / 4)) { Alt = alt, Caption = caption, Credit = credit, ExpiresAt = expires }).Id;

    private static Task<TestSite.Answer> DescribeAsync(Staff staff, long id, string alt = "", string caption = "", string expires = "") =>
        staff.PostAsync($"{Here}/{id}", ("alt", alt), ("caption", caption), ("credit", ""), ("terms", ""), ("expires", expires));

    private static async Task<long[]> FoundAsync(Staff staff, string words, string more = "") =>
        (await staff.GetAsync($"{Here}?q={Uri.EscapeDataString(words)}{more}")).Page.QuerySelectorAll(".pictures a").Select(link => long.Parse(link.GetAttribute("href")!.Split('/')[^1], CultureInfo.InvariantCulture)).ToArray();

    private static async Task<List<string>> ShowingAsync(TestSite site, IEnumerable<string> paths, string folder)
    {
        var showing = new List<string>();
        foreach (var path in paths)
        {
            if ((await site.GetAsync(path)).Text.Contains(folder, StringComparison.Ordinal)) showing.Add(path);
        }

        return showing;
    }

    private static async Task<Receipt> ReceiptAsync(TestSite site, long story)
    {
        for (var tries = 0; ; tries++)
        {
            var receipt = site.Press.Database.Read(session => Receipts.Of(session, story, 1))[0];
            if (receipt.FinishedAt is not null || tries == 200) return receipt;
            await Task.Delay(50);
        }
    }

    private static string FolderOf(TestSite site, long id) => site.Press.Database.Read(session => MediaItem.Read(session, [id], DateTimeOffset.MinValue, Shape.Whole))[id] is var item ? $"/media/{item.Key}/" : "";

    private static string FileOf(TestSite site, long id) => site.Press.Database.Read(session => MediaItem.Read(session, [id], DateTimeOffset.MinValue, Shape.Whole))[id] is var item ? item.UrlOf(item.Renditions[0]) : "";

    private static string Key(string folder) => folder.Split('/')[2];

    private static async Task<byte[]> BytesAsync(Staff staff, string path) => await (await staff.GetAsync(path)).Raw.Content.ReadAsByteArrayAsync();

    private static Task<TestSite.Answer> PostFilesAsync(Staff staff, string path, params byte[][] files)
    {
        var form = new MultipartFormDataContent { { new StringContent(staff.Proof), "_form" } };
        foreach (var file in files)
        {
            var content = new ByteArrayContent(file);
            content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            form.Add(content, "file", "../../foto.jpg");
        }

        return staff.SendAsync(HttpMethod.Post, path, form);
    }
}
