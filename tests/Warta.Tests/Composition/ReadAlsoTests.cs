using Warta.Content;
using Warta.Publishing;
using Warta.Reader;
using Xunit;

namespace Warta.Composition;

public sealed class ReadAlsoTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task It_follows_its_targets_headline_section_and_slug()
    {
        var target = site.Story("Tujuan awal");
        var page = site.PathOf(Linking("Penunjuk", target));
        Assert.Equal(("Tujuan awal", site.PathOf(target)), await LinkAsync(page));

        site.Revise(target, d => d with { Headline = "Tujuan <b>baru</b>" }, section: "Daerah");
        Assert.Equal(("Tujuan <b>baru</b>", site.PathOf(target)), await LinkAsync(page));
        site.Do(act => act.WithdrawStory(target));
        Assert.Null(await LinkAsync(page));
        site.Revise(target, d => d with { Headline = "Slug lain" });
        site.Do(act => act.Publish(target, site.Title.Id, slug: "slug-lain"));
        var link = await LinkAsync(page);
        Assert.Equal("Slug lain", link!.Value.Headline);
        Assert.EndsWith("/slug-lain", link.Value.Url);
        Assert.Equal(200, (await site.GetAsync(link.Value.Url)).Status);
    }

    [Fact]
    public async Task It_goes_from_every_page_with_a_takedown_and_comes_back_with_its_undoing()
    {
        var target = site.Story("Akan dicabut");
        var pages = Enumerable.Range(1, 3).Select(i => site.PathOf(Linking($"Perujuk {i}", target))).ToList();
        site.Do(act => act.TakeDown(target, "Keliru."));
        foreach (var page in pages) Assert.DoesNotContain("Akan dicabut", (await site.GetAsync(page)).Text);
        site.Do(act => act.UndoTakedown(target));
        foreach (var page in pages) Assert.Equal(("Akan dicabut", site.PathOf(target)), await LinkAsync(page));
        site.Do(act => act.PurgeStory(target, ""));
        foreach (var page in pages) Assert.Null(await LinkAsync(page));
    }

    [Fact]
    public async Task Pending_one_is_hidden_until_its_story_is_there()
    {
        var page = site.PathOf(site.Story("Menunggu", "Paragraf.\nBaca Juga: Belum ada kabar\nBaca Juga\nPenutup."));
        Assert.DoesNotContain("Belum ada kabar", (await site.GetAsync(page)).Text);
        Assert.DoesNotContain("Baca Juga", (await site.GetAsync(page)).Page.QuerySelector("[data-body]")!.TextContent);
        var target = site.Draft("Belum Ada Kabar");
        Assert.Null(await LinkAsync(page));
        site.Do(act => act.Publish(target, site.Title.Id));
        Assert.Equal(("Belum Ada Kabar", site.PathOf(target)), await LinkAsync(page));
    }

    private long Linking(string headline, long target) =>
        site.Story(headline, with: d => d with { Body = new Body([new ParagraphBlock("p", "Isi."), new ReadAlsoBlock("r", target)]) });

    private async Task<(string Headline, string Url)?> LinkAsync(string page)
    {
        var link = (await site.GetAsync(page)).Page.QuerySelector("p[data-block=read-also] a");
        return link is null ? null : (link.TextContent, link.GetAttribute("href")!);
    }
}
