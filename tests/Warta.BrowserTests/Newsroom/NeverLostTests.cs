using Microsoft.Playwright;
using Warta.Content;
using Warta.Media;
using Xunit;

namespace Warta.BrowserTests.Newsroom;

/// <summary>Nothing that anyone types is lost, whatever happens to his network, his tab, his session, or the server; and no colleague's word is.</summary>
public sealed class NeverLostTests(Desk desk) : IClassFixture<Desk>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => desk.EndAsync();

    [EditorBrowserFact]
    public async Task What_is_written_is_there_after_a_reload()
    {
        var (paper, story) = await OneAsync();
        await paper.ToEndAsync();
        await paper.Keyboard.TypeAsync(" Air surut pagi ini.");
        await paper.Page.FillAsync("[name=headline]", "Banjir surut di Demak");
        await paper.SavedAsync();
        await paper.ReloadAsync();

        Assert.Equal("Satu.\nDua.\nTiga. Air surut pagi ini.", desk.Text(story));
        Assert.EndsWith("Tiga. Air surut pagi ini.", await paper.Text.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("Banjir surut di Demak", await paper.Page.InputValueAsync("[name=headline]"));
        Assert.Equal(0, await paper.Page.Locator(".offer").CountAsync());
        Assert.Empty(paper.Complaints);
    }

    [EditorBrowserFact]
    public async Task A_page_that_is_left_at_once_has_sent_or_kept_what_was_written()
    {
        var (paper, story) = await OneAsync();
        await paper.ToEndAsync();
        await paper.Keyboard.TypeAsync(" Terakhir.");
        await paper.Page.GotoAsync("about:blank");
        await paper.LoadAsync();
        await paper.Page.WaitForFunctionAsync("() => document.querySelector('#story-text').innerText.includes('Terakhir.') || document.querySelector('.offer')");
        if (await paper.Page.Locator(".offer").CountAsync() > 0) await paper.Page.ClickAsync(".offer button.main");
        await paper.SavedIfNeededAsync(() => desk.Text(story).EndsWith("Tiga. Terakhir.", StringComparison.Ordinal));
    }

    [EditorBrowserFact]
    public async Task A_page_that_is_left_at_once_without_a_network_has_kept_what_was_written()
    {
        var (paper, story) = await OneAsync();
        desk.Wire.Cut();
        await paper.ToEndAsync();
        await paper.Keyboard.TypeAsync(" Terakhir.");
        await paper.Page.GotoAsync("about:blank");
        desk.Wire.Mend();
        await paper.LoadAsync();
        await paper.Page.GetByRole(AriaRole.Button, new() { Name = "Pulihkan" }).ClickAsync();
        await paper.SavedIfNeededAsync(() => desk.Text(story).EndsWith("Tiga. Terakhir.", StringComparison.Ordinal));
    }

    [EditorBrowserFact]
    public async Task Words_are_kept_even_where_the_browsers_database_undoes_what_a_page_wrote_as_it_went()
    {
        var (paper, story) = await OneAsync();
        var next = await desk.OpenAsync(paper.Page.Context, story, inNewTab: true);
        desk.Wire.Cut();
        await paper.Page.EvaluateAsync("() => { IDBObjectStore.prototype.put = () => { throw new DOMException('The page is gone.', 'AbortError'); }; }");
        await paper.ToEndAsync();
        await paper.Keyboard.TypeAsync(" Terakhir.");
        await paper.Page.GotoAsync("about:blank");
        // A page that is open already hears of it; so does one that is opened later.
        await next.Page.GetByRole(AriaRole.Button, new() { Name = "Pulihkan" }).WaitForAsync();
        desk.Wire.Mend();
        await next.ReloadAsync();
        await next.Page.GetByRole(AriaRole.Button, new() { Name = "Pulihkan" }).ClickAsync();
        await next.SavedIfNeededAsync(() => desk.Text(story).EndsWith("Tiga. Terakhir.", StringComparison.Ordinal));
        Assert.Equal(0, await next.Page.EvaluateAsync<int>("Object.keys(localStorage).filter(name => name.startsWith('warta-last:')).length"));
    }

    [EditorBrowserFact]
    public async Task What_a_colleague_writes_comes_to_whoever_only_looks()
    {
        var (rina, story) = await OneAsync();
        var budi = await desk.OpenAsync(await desk.SignInAsync("Budi"), story);
        await rina.ToEndOfAsync("Dua.");
        await rina.Keyboard.TypeAsync(" Oleh Rina.");
        await rina.SavedAsync();
        await budi.Page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
        await Assertions.Expect(budi.Text).ToContainTextAsync("Dua. Oleh Rina.");
        // He wrote nothing, and nothing was kept in his name.
        await budi.StateAsync("saved");
        Assert.Equal(1, desk.Site.Count($"SELECT count(*) FROM autosaves WHERE article_id = {story}"));
    }

    [EditorBrowserFact]
    public async Task Without_a_network_writing_goes_on_and_is_sent_when_it_is_back()
    {
        var (paper, story) = await OneAsync();
        desk.Wire.Cut();
        await paper.ToEndAsync();
        await paper.Keyboard.TypeAsync(" Ditulis di lapangan.");
        await paper.StateAsync("offline");
        Assert.Contains("tersimpan di peramban ini", await paper.Status.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("Satu.\nDua.\nTiga.", desk.Text(story));

        desk.Wire.Mend();
        await paper.StateAsync("saved");
        Assert.Equal("Satu.\nDua.\nTiga. Ditulis di lapangan.", desk.Text(story));
    }

    [EditorBrowserFact]
    public async Task Without_a_network_the_story_opens_again_with_what_was_written()
    {
        var (paper, story) = await OneAsync();
        await WorkerAsync(paper);
        await paper.ToEndAsync();
        await paper.Keyboard.TypeAsync(" Sampai di server.");
        await paper.SavedAsync();
        desk.Wire.Cut();
        await paper.Keyboard.TypeAsync(" Hanya di sini.");
        await paper.StateAsync("offline");
        await paper.ReloadAsync();

        // The page is an old one; what this browser had is newer, and is there.
        await Assertions.Expect(paper.Text).ToContainTextAsync("Tiga. Sampai di server. Hanya di sini.");
        await paper.ToEndAsync();
        await paper.Keyboard.TypeAsync(" Lagi.");
        desk.Wire.Mend();
        await paper.StateAsync("saved");
        Assert.Equal("Satu.\nDua.\nTiga. Sampai di server. Hanya di sini. Lagi.", desk.Text(story));
    }

    [EditorBrowserFact]
    public async Task A_killed_tab_leaves_its_words_to_the_next_which_offers_them()
    {
        var (paper, story) = await OneAsync();
        desk.Wire.Cut();
        await paper.ToEndAsync();
        await paper.Keyboard.TypeAsync(" Sebelum mati.");
        await paper.StateAsync("offline");
        await CrashAsync(paper.Page);
        desk.Wire.Mend();

        var next = await desk.OpenAsync(paper.Page.Context, story, inNewTab: true);
        await next.Page.WaitForSelectorAsync(".offer");
        Assert.Equal("Satu.\nDua.\nTiga.", desk.Text(story));
        await next.ShootAsync("pulihkan");
        await next.Page.GetByRole(AriaRole.Button, new() { Name = "Pulihkan" }).ClickAsync();
        await Assertions.Expect(next.Text).ToContainTextAsync("Tiga. Sebelum mati.");
        await next.SavedAsync();
        Assert.Equal("Satu.\nDua.\nTiga. Sebelum mati.", desk.Text(story));
        await next.ReloadAsync();
        await next.Page.WaitForTimeoutAsync(1_000);
        Assert.Equal(0, await next.Page.Locator(".offer").CountAsync());
    }

    [EditorBrowserFact]
    public async Task A_killed_tab_leaves_its_pictures_and_their_words_to_the_next()
    {
        var (paper, story) = await OneAsync();
        desk.Wire.Cut();
        await paper.ToEndOfAsync("Satu.");
        await paper.Page.SetInputFilesAsync("input[type=file][multiple]", new FilePayload { Name = "banjir.png", MimeType = "image/png", Buffer = TestPictures.Png(640, 480) });
        var figure = paper.Page.Locator("#story-text figure");
        await figure.GetByLabel("Teks alternatif").FillAsync("Perahu");
        await figure.GetByLabel("Keterangan gambar").FillAsync("Warga pulang.");
        await paper.UntilAsync("""
            () => new Promise(done => {
                const open = indexedDB.open('warta-pictures', 1);
                open.onsuccess = () => open.result.transaction('drafts').objectStore('drafts').getAll().onsuccess = found => done(found.target.result.some(one => one.caption === 'Warga pulang.'));
            })
            """);
        await CrashAsync(paper.Page);
        desk.Wire.Mend();

        var next = await desk.OpenAsync(paper.Page.Context, story, inNewTab: true);
        await next.Page.GetByRole(AriaRole.Button, new() { Name = "Pasang lagi" }).WaitForAsync();
        await next.ShootAsync("pulihkan-gambar");
        // What is thrown away comes back too.
        await next.Page.Locator(".offer").GetByRole(AriaRole.Button, new() { Name = "Buang" }).ClickAsync();
        await next.Page.Locator(".offer").GetByRole(AriaRole.Button, new() { Name = "Urungkan" }).ClickAsync();
        await next.Page.GetByRole(AriaRole.Button, new() { Name = "Pasang lagi" }).ClickAsync();
        await next.SavedIfNeededAsync(() => desk.Writing(story).Body.Blocks.OfType<FigureBlock>().Any());
        var block = desk.Writing(story).Body.Blocks.OfType<FigureBlock>().Single();
        Assert.Equal(("Perahu", "Warga pulang.", 1), (block.Alt, block.Caption?.ToString(), desk.Writing(story).Body.Blocks.ToList().IndexOf(block)));
        await next.ReloadAsync();
        await next.Page.WaitForTimeoutAsync(1_000);
        Assert.Equal(0, await next.Page.Locator(".offer").CountAsync());
    }

    [EditorBrowserFact]
    public async Task Words_of_long_ago_never_come_over_newer_ones_by_themselves()
    {
        var (paper, story) = await OneAsync();
        desk.Wire.Cut();
        await paper.ToEndAsync();
        await paper.Keyboard.TypeAsync(" Lama.");
        await paper.StateAsync("offline");
        await CrashAsync(paper.Page);
        desk.Wire.Mend();
        var budi = await desk.OpenAsync(await desk.SignInAsync("Budi"), story);
        await budi.ToEndAsync();
        await budi.Keyboard.TypeAsync(" Baru.");
        await budi.SavedAsync();

        var next = await desk.OpenAsync(paper.Page.Context, story, inNewTab: true);
        await next.Page.WaitForSelectorAsync(".offer");
        await next.Page.WaitForTimeoutAsync(500);
        Assert.EndsWith("Tiga. Baru.", await next.Text.InnerTextAsync(), StringComparison.Ordinal);
        await next.Page.GetByRole(AriaRole.Button, new() { Name = "Pulihkan" }).ClickAsync();
        var dialog = next.Page.Locator("dialog");
        Assert.Contains("Tiga. Lama.", await dialog.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Tiga. Baru.", await dialog.InnerTextAsync(), StringComparison.Ordinal);
        await next.ShootAsync("pulihkan-berdampingan");
        await dialog.GetByLabel("Keduanya").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Pakai pilihan ini" }).ClickAsync();
        await next.SavedAsync();
        Assert.Equal("Satu.\nDua.\nTiga. Baru.\nTiga. Lama.", desk.Text(story));
    }

    [EditorBrowserFact]
    public async Task An_ended_session_says_so_and_goes_on_after_signing_in_elsewhere()
    {
        var context = await desk.SignInAsync("Rina");
        var email = desk.Site.Press.Database.Read(session => session.Value<string>("SELECT max(email) FROM users WHERE name = 'Rina'"))!;
        var story = Draft();
        var paper = await desk.OpenAsync(context, story);
        desk.Site.Do(act => act.Sql.Run("DELETE FROM sessions"));
        await paper.ToEndAsync();
        await paper.Keyboard.TypeAsync(" Sesi habis.");
        await paper.StateAsync("signed-out");
        Assert.Contains("tersimpan di peramban ini", await paper.Status.InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await paper.Page.GetByRole(AriaRole.Link, new() { Name = "Masuk lagi" }).IsVisibleAsync());

        await desk.SignInAsync(await context.NewPageAsync(), email);
        await paper.StateAsync("saved");
        Assert.Equal("Satu.\nDua.\nTiga. Sesi habis.", desk.Text(story));
    }

    [EditorBrowserFact]
    public async Task A_server_that_starts_again_is_only_waited_for()
    {
        var (paper, story) = await OneAsync();
        desk.Site.Restart();
        await paper.ToEndAsync();
        await paper.Keyboard.TypeAsync(" Sesudahnya.");
        await paper.StateAsync("saved");
        await paper.SavedIfNeededAsync(() => desk.Text(story).EndsWith("Tiga. Sesudahnya.", StringComparison.Ordinal));
    }

    [EditorBrowserFact]
    public async Task Two_tabs_of_one_person_merge()
    {
        var (one, story) = await OneAsync();
        var other = await desk.OpenAsync(one.Page.Context, story, inNewTab: true);
        await one.ToEndOfAsync("Satu.");
        await one.Keyboard.TypeAsync(" Tab pertama.");
        await one.SavedAsync();
        await other.ToEndOfAsync("Tiga.");
        await other.Keyboard.TypeAsync(" Tab kedua.");
        await other.SavedAsync();

        Assert.Equal("Satu. Tab pertama.\nDua.\nTiga. Tab kedua.", desk.Text(story));
        await Assertions.Expect(other.Text).ToContainTextAsync("Satu. Tab pertama.");
    }

    [EditorBrowserFact]
    public async Task Two_people_on_different_blocks_both_stay_and_see_each_other()
    {
        var (siti, story) = await OneAsync();
        var budi = await desk.OpenAsync(await desk.SignInAsync("Budi"), story);
        await Assertions.Expect(budi.Page.Locator("[data-presence]")).ToContainTextAsync("Rina");
        await siti.ToEndOfAsync("Satu.");
        await siti.Keyboard.TypeAsync(" Oleh Rina.");
        await siti.SavedAsync();
        await budi.ToEndOfAsync("Dua.");
        await budi.Keyboard.TypeAsync(" Oleh Budi.");
        await budi.SavedAsync();
        await Assertions.Expect(budi.Text).ToContainTextAsync("Satu. Oleh Rina.");
        // His cursor is where it was.
        await budi.Keyboard.TypeAsync(" Lagi.");
        await budi.SavedAsync();

        Assert.Equal("Satu. Oleh Rina.\nDua. Oleh Budi. Lagi.\nTiga.", desk.Text(story));
    }

    [EditorBrowserFact]
    public async Task Two_people_on_the_same_block_choose_side_by_side_by_keyboard()
    {
        var (rina, story) = await OneAsync();
        var budi = await desk.OpenAsync(await desk.SignInAsync("Budi"), story);
        // Else hers might come to his page before he writes.
        await budi.Page.Context.RouteAsync("**/presence", route => route.AbortAsync());
        await rina.ToEndOfAsync("Dua.");
        await rina.Keyboard.TypeAsync(" Oleh Rina.");
        await rina.SavedAsync();
        await budi.ToEndOfAsync("Dua.");
        await budi.Keyboard.TypeAsync(" Oleh Budi.");
        await budi.StateAsync("conflict");
        var dialog = budi.Page.Locator("dialog");
        await dialog.WaitForAsync();
        await budi.ShootAsync("bentrok");
        Assert.Equal("Satu.\nDua. Oleh Rina.\nTiga.", desk.Text(story));
        Assert.Contains("Tulisan Rina", await dialog.InnerTextAsync(), StringComparison.Ordinal);

        // Put off, it stays to be done.
        await budi.Keyboard.PressAsync("Escape");
        Assert.Equal(0, await dialog.CountAsync());
        await budi.Page.GetByRole(AriaRole.Button, new() { Name = "Pilih sekarang" }).FocusAsync();
        await budi.Keyboard.PressAsync("Enter");
        await dialog.WaitForAsync();
        await dialog.Locator("input").First.FocusAsync();
        await budi.Keyboard.PressAsync("Space");
        await budi.Keyboard.PressAsync("ArrowDown");
        await budi.Keyboard.PressAsync("ArrowDown");
        await budi.Keyboard.PressAsync("Tab");
        await budi.Keyboard.PressAsync("Enter");
        await budi.SavedAsync();
        Assert.Equal("Satu.\nDua. Oleh Rina.\nDua. Oleh Budi.\nTiga.", desk.Text(story));
        Assert.Empty(budi.Complaints);
    }

    private long Draft() => desk.Site.Draft("Banjir di Demak", with: draft => draft with { Body = new Body([new ParagraphBlock("a", "Satu."), new ParagraphBlock("b", "Dua."), new ParagraphBlock("c", "Tiga.")]) });

    private async Task<(Paper Paper, long Story)> OneAsync()
    {
        var story = Draft();
        return (await desk.OpenAsync(await desk.SignInAsync("Rina"), story), story);
    }

    private static async Task CrashAsync(IPage page)
    {
        var crashed = new TaskCompletionSource();
        page.Crash += (_, _) => crashed.TrySetResult();
        var devtools = await page.Context.NewCDPSessionAsync(page);
        _ = devtools.SendAsync("Page.crash").ContinueWith(task => task.Exception, TaskScheduler.Default);
        await crashed.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>Until the worker has the page and what it needs.</summary>
    private static async Task WorkerAsync(Paper paper) => await paper.UntilAsync("""
        async () => {
            if (!(await navigator.serviceWorker.getRegistration('/newsroom/'))?.active) return false;
            const [pages, files] = [await caches.open('pages'), await caches.open('files')];
            return Boolean(await pages.match(location.pathname)) && (await files.keys()).some((file) => file.url.includes('editor.js')) && (await files.keys()).some((file) => file.url.includes('editor.css'));
        }
        """);
}
