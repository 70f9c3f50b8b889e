using Warta.Content;
using Warta.Engines;
using Warta.Publishing;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Newsroom;

public class StoryPreviewTests
{
    [OnBothEngines]
    internal async Task A_preview_is_the_readers_page_of_what_is_written_now(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var other = site.Story("Harga beras naik");
        var story = site.Draft("Naskah rahasia", "Satu.", with: draft => draft with { Body = new Body([.. draft.Body.Blocks, new ReadAlsoBlock("r", other)]) });
        using var anna = await Staff.SignInAsync(site, "editor");
        var address = $"/newsroom/stories/{story}";
        var (version, body) = StoryPageTests.Read(await anna.GetAsync(address));
        await StoryPageTests.AutosaveAsync(anna, address, version, StoryPageTests.With(body, 0, "Satu, belum revisi."), ("headline", "Judul baru"));

        var preview = await anna.GetAsync(address + "/preview");
        Assert.Equal(200, preview.Status);
        Assert.Equal("Judul baru", preview.Page.QuerySelector("article[data-article] h1")!.TextContent.Trim());
        Assert.Contains("Satu, belum revisi.", preview.Page.QuerySelector("[data-body]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(site.PathOf(other), preview.Page.QuerySelector("[data-block=read-also] a")!.GetAttribute("href"));
        Assert.Contains("noindex", preview.Page.QuerySelector("meta[name=robots]")!.GetAttribute("content"), StringComparison.Ordinal);
        Assert.Contains("no-store", preview.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", preview.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", preview.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain('\uFDD0', preview.Text);
        Assert.Equal(1, site.Count("SELECT count(*) FROM publications"));
    }

    [OnBothEngines]
    internal async Task Draft_by_id_and_preview_is_there_for_nobody_from_outside(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var story = site.Draft("Naskah rahasia", "Rahasia sekali.");
        using var contributor = await Staff.SignInAsync(site, "contributor");

        foreach (var path in new[] { $"/newsroom/stories/{story}", $"/newsroom/stories/{story}/preview", $"/newsroom/stories/{story}/revisions", $"/newsroom/stories/{story}/compare", "/newsroom/stories?q=rahasia" })
        {
            var anonymous = await site.GetAsync(path);
            Assert.Equal(302, anonymous.Status);
            Assert.DoesNotContain("ahasia sekali", anonymous.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Naskah rahasia", (await contributor.GetAsync(path)).Text, StringComparison.Ordinal);
        }

        foreach (var path in new[] { $"/newsroom/preview/{story}/", $"/newsroom/preview/{story}/abc", $"/api/v1/articles/{story}", $"/newsroom/preview/{story}/abc/media/{new string('a', 32)}/whole-640.webp" })
            Assert.Contains((await site.GetAsync(path)).Status, new[] { 404, 302 });
        Assert.Equal(404, (await site.GetAsync($"/newsroom/preview/{story}/abc")).Status);
    }

    [OnBothEngines]
    internal async Task Expired_or_foreign_preview_link_is_not_there(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var (story, other) = (site.Draft("Naskah pertama", "Satu."), site.Draft("Naskah kedua"));
        using var anna = await Staff.SignInAsync(site, "editor");
        await anna.GetAsync($"/newsroom/stories/{story}");
        var made = await anna.PostAsync($"/newsroom/stories/{story}/preview-links");
        var link = new Uri(made.Page.QuerySelector("input.link")!.GetAttribute("value")!).AbsolutePath;

        var shown = await site.GetAsync(link);
        Assert.Equal(200, shown.Status);
        Assert.Contains("Naskah pertama", shown.Text, StringComparison.Ordinal);
        Assert.Contains("no-store", shown.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Contains("noindex", shown.Header("X-Robots-Tag"), StringComparison.Ordinal);
        Assert.Equal(404, (await site.GetAsync(link.Replace($"/preview/{story}/", $"/preview/{other}/", StringComparison.Ordinal))).Status);

        site.Clock.Now = site.Clock.Now.AddDays(8);
        Assert.Equal(404, (await site.GetAsync(link)).Status);
        site.Clock.Now = site.Clock.Now.AddDays(-8);
        site.Do(act => act.Publish(story, site.Title.Id));
        site.Do(act => act.TakeDown(story, "Keliru."));
        Assert.Equal(404, (await site.GetAsync(link)).Status);
        site.Do(act => act.UndoTakedown(story));
        Assert.Equal(200, (await site.GetAsync(link)).Status);
        await anna.PostAsync($"/newsroom/stories/{story}/preview-links/end");
        Assert.Equal(404, (await site.GetAsync(link)).Status);
    }
}
