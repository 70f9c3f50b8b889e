using System.Net;
using Warta.Composition;
using Warta.Content;
using Warta.Engines;
using Warta.Media;
using Warta.Publishing;
using Warta.Storage;
using Warta.Themes;
using Xunit;

namespace Warta.Reader;

public sealed class PicturesTests
{
    [VipsOnBothEngines]
    public async Task Picture_is_public_while_a_live_story_shows_it(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var media = TakeIn(site);
        var story = site.Draft("Banjir surut", with: draft => draft with { Picture = new Picture(media, "Perahu karet", "Warga pulang", "Budi") });
        var url = UrlOf(site, media, Shape.Wide);
        Assert.Equal(404, (await site.GetAsync(url)).Status);

        site.Do(act => act.Publish(story, act.Titles.Default.Id));
        var answer = await site.GetAsync(url);
        Assert.Equal((200, "image/webp", "public, max-age=31536000, immutable", "nosniff"), (answer.Status, answer.Header("Content-Type"), answer.Header("Cache-Control"), answer.Header("X-Content-Type-Options")));
        var head = await site.SendAsync("HEAD", url);
        Assert.Equal((200, answer.Header("Content-Length"), ""), (head.Status, head.Header("Content-Length"), head.Text));
        Assert.Equal(405, (await site.SendAsync("POST", url)).Status);

        var card = Card(site, story).Picture!;
        Assert.Equal(("Perahu karet", "Warga pulang", "Budi", 1280, 720), (card.Alt, card.Caption, card.Credit, card.Width, card.Height));
        Assert.Contains(url + " 1280w", card.Srcset);
        Assert.EndsWith("wide-640.webp", card.Src);

        site.Do(act => act.TakeDown(story, "Keliru."));
        Assert.Equal(404, (await site.GetAsync(url)).Status);
        site.Do(act => act.UndoTakedown(story));
        Assert.Equal(200, (await site.GetAsync(url)).Status);
        site.Do(act => act.WithdrawStory(story));
        Assert.Equal(404, (await site.GetAsync(url)).Status);
    }

    [VipsFact]
    public async Task No_address_leads_out_of_the_folder_or_to_the_original()
    {
        using var site = new TestSite();
        var media = TakeIn(site);
        site.Story("Banjir surut", with: draft => draft with { Picture = new Picture(media) });
        var folder = UrlOf(site, media, Shape.Wide)[..^"wide-1280.webp".Length];
        foreach (var path in (string[])
        [
            folder + "original.png", folder + "wide-1281.webp", folder + "wide-1280.png", folder + "..%2f..%2f..%2fwarta.db", folder + "%2e%2e/%2e%2e/warta.db", folder,
            "/media/../warta.db", "/media/%2e%2e/warta.db", "/media/..%2fwarta.db/wide-320.webp", "/media/" + new string('0', 32) + "/wide-320.webp", folder.TrimEnd('/') + "-50x50/wide-1280.webp",
            folder + "wide-99999999999.webp", folder + "WIDE-1280.webp",
        ])
        {
            var status = await site.SendLineAsync($"GET {path} HTTP/1.1");
            // Asked for by its focus in words, the middle is the same picture.
            Assert.True(status is 404 or 400 || path.Contains("-50x50", StringComparison.Ordinal), $"{path} answered {status}");
        }
    }

    [VipsOnBothEngines]
    public async Task Expired_licence_hides_the_picture_everywhere(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var media = site.Press.TakeIn("test", new TakeInPicture.NewPicture(TestPictures.Png(800, 450)) { ExpiresAt = site.Clock.Now.AddHours(1) }).Id;
        var story = site.Story("Berlisensi", with: draft => draft with
        {
            Picture = new Picture(media),
            Body = new Body([new FigureBlock("f", new BodyImage("https://example.org/asal.jpg"), "Asal", InlineText.Empty, "", media)]),
        });
        var (url, page) = (UrlOf(site, media, Shape.Wide), site.PathOf(story));
        Assert.Equal(200, (await site.GetAsync(url)).Status);
        Assert.NotNull((await site.GetAsync(page)).Page.QuerySelector("[data-body] picture img[width='800'][height='450'][loading=lazy][decoding=async]"));
        site.Clock.Now += TimeSpan.FromHours(2);
        Assert.Equal(404, (await site.GetAsync(url)).Status);
        Assert.Null((await site.GetAsync(page)).Page.QuerySelector("[data-body] img"));
        Assert.DoesNotContain("asal.jpg", (await site.GetAsync(page)).Text);
        Assert.Null(Card(site, story).Picture);
    }

    [VipsFact]
    public async Task Portrait_is_public_and_stands_on_the_author_s_page()
    {
        using var site = new TestSite();
        var media = TakeIn(site);
        site.Story("Laporan Dewi", with: draft => draft with { Bylines = [new Byline("Dewi Sartika", Byline.Writer)] });
        var url = UrlOf(site, media, Shape.Square);
        Assert.Equal(HttpStatusCode.NotFound, (HttpStatusCode)(await site.GetAsync(url)).Status);
        site.Do(act => People.Describe(act.Sql, People.AuthorNamed(act.Sql, "Dewi Sartika"), media, "Wartawan sejak 2009."));
        Assert.Equal(200, (await site.GetAsync(url)).Status);
    }

    private static StoryCard Card(TestSite site, long story) => site.Press.Database.Read(session =>
    {
        var live = Addresses.Live(session, site.Title.Id, story)!;
        return new Cards(new Site(site.Press, site.MostRead, site.Themes, () => "http://localhost:5080"), site.Title, session, [live]).Of(live);
    });

    internal static long TakeIn(TestSite site) => site.Press.TakeIn("test", new TakeInPicture.NewPicture(TestPictures.Png(1_600, 1_000)) { Caption = "Milik gambar" }).Id;

    internal static string UrlOf(TestSite site, long media, string shape)
    {
        var item = site.Press.Database.Read(session => MediaItem.Read(session, [media], site.Clock.Now, shape)[media]);
        return item.UrlOf(item.Of(shape, "webp").Last());
    }
}
