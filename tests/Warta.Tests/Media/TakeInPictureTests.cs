using Warta.Content;
using Warta.Engines;
using Warta.Publishing;
using Warta.Storage;
using Warta.Tests;
using Xunit;

namespace Warta.Media;

public sealed class TakeInPictureTests
{
    [VipsOnBothEngines]
    public void Files_are_there_in_every_shape_with_the_size_that_is_told(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var id = newsroom.Press.TakeIn(TestNewsroom.Anna, new TakeInPicture.NewPicture(TestPictures.Png(2_400, 1_600)) { Alt = "Garis" }).Id;
        Assert.True(newsroom.Press.MakeAvif());
        Assert.False(newsroom.Press.MakeAvif());
        var item = newsroom.Database.Read(session => MediaItem.Read(session, [id], newsroom.Clock.Now, Shape.Whole, Shape.Wide, Shape.Square, Shape.Share)[id]);
        Assert.Equal((2_400, 1_600, "Garis"), (item.Width, item.Height, item.Alt));
        int[] whole = [320, 640, 960, 1280, 1920], wide = [320, 640, 1280];
        Assert.Equal(whole, item.Of(Shape.Whole, "webp").Select(r => r.Width));
        Assert.Equal(whole, item.Of(Shape.Whole, "avif").Select(r => r.Width));
        Assert.Equal(wide, item.Of(Shape.Wide, "webp").Select(r => r.Width));
        Assert.Equal(wide, item.Of(Shape.Wide, "avif").Select(r => r.Width));
        Assert.Equal([160, 320], item.Of(Shape.Square, "webp").Select(r => r.Width));
        Assert.Equal([(1200, 630)], item.Of(Shape.Share, "jpg").Select(r => (r.Width, r.Height)));
        foreach (var rendition in item.Renditions)
        {
            var file = File.ReadAllBytes(newsroom.Press.Media.FileOf(item.Key, MediaFolder.NameOf(rendition)));
            if (rendition.Format != "avif") Assert.Equal(new ImageHeader(rendition.Format, rendition.Width, rendition.Height), ImageHeader.Read(file));
            if (rendition.Shape == Shape.Share) Assert.InRange(file.Length, 1, 300_000);
        }

        Assert.All(item.Of(Shape.Wide, "webp"), r => Assert.Equal(16 / 9.0, r.Width / (double)r.Height, 0.01));
        Assert.StartsWith($"/media/{item.Key}/wide-320.webp 320w, ", item.Srcset(Shape.Wide, "webp"));
    }

    [VipsFact]
    public void No_file_is_larger_than_the_picture_and_the_smallest_picture_is_taken_in()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        foreach (var (width, height) in ((int, int)[])[(700, 500), (1, 1), (300, 2_000), (2_000, 100)])
        {
            var id = newsroom.Press.TakeIn(TestNewsroom.Anna, new TakeInPicture.NewPicture(TestPictures.Png(width, height))).Id;
            Assert.Equal(0, newsroom.Value<long>("SELECT count(*) FROM renditions r JOIN media m ON m.id = r.media_id WHERE m.id = @id AND r.shape <> 'share' AND (r.width > m.width OR r.height > m.height)", new { id }));
            Assert.Equal((width, height), newsroom.Query<(int, int)>("SELECT width, height FROM media WHERE id = @id", new { id })[0]);
        }
    }

    [VipsFact]
    public void Crop_keeps_the_focus()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        var file = TestPictures.Png(400, 1_200);
        var (top, bottom) = (WideOf(newsroom, file, 0), WideOf(newsroom, file, 100));
        Assert.NotEqual(top, bottom);
        Assert.Equal(2, newsroom.Value<long>("SELECT count(*) FROM media"));

        static byte[] WideOf(TestNewsroom newsroom, byte[] file, int y)
        {
            var id = newsroom.Press.TakeIn(TestNewsroom.Anna, new TakeInPicture.NewPicture(file) { FocusY = y }).Id;
            var item = newsroom.Database.Read(session => MediaItem.Read(session, [id], newsroom.Clock.Now, Shape.Wide)[id]);
            return File.ReadAllBytes(newsroom.Press.Media.FileOf(item.Key, MediaFolder.NameOf(item.Renditions[^1])));
        }
    }

    [VipsOnBothEngines]
    public void File_that_is_here_already_keeps_its_number(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var file = TestPictures.Png();
        var first = newsroom.Press.TakeIn(TestNewsroom.Anna, new TakeInPicture.NewPicture(file) { Caption = "Satu" });
        var again = newsroom.Press.TakeIn(TestNewsroom.Anna, new TakeInPicture.NewPicture(file) { Caption = "Dua" });
        Assert.Equal((first.Id, true, false), (again.Id, first.IsNew, again.IsNew));
        Assert.Equal("Satu", newsroom.Value<string>("SELECT caption FROM media"));
        Assert.Single(newsroom.Press.Media.Keys());
    }

    [OnBothEngines]
    public void Picture_with_its_files_made_needs_no_vips_but_files_that_are_what_they_say(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var (file, small) = (TestPictures.Png(640, 360), TestPictures.Png(320, 180));
        var picture = new TakeInPicture.NewPicture(file);
        Assert.Throws<MediaException>(() => newsroom.Press.TakeIn(TestNewsroom.Anna, picture, [new(new Rendition(Shape.Wide, 640, 360, "png"), small)]));
        Assert.Throws<MediaException>(() => newsroom.Press.TakeIn(TestNewsroom.Anna, picture, [new(new Rendition(Shape.Wide, 320, 180, "webp"), small)]));
        Assert.Throws<MediaException>(() => newsroom.Press.TakeIn(TestNewsroom.Anna, picture, [new(new Rendition(Shape.Wide, 320, 180, "avif"), small)]));
        var id = newsroom.Press.TakeIn(TestNewsroom.Anna, picture, [new(new Rendition(Shape.Wide, 320, 180, "webp"), WebP(320, 180))]).Id;
        Assert.Equal(["wide"], newsroom.Query<string>("SELECT shape FROM renditions WHERE media_id = @id", new { id }));
    }

    [VipsOnBothEngines]
    public void Purge_erases_pictures_that_only_its_story_had(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var (own, shared, drafted) = (TakeIn(), TakeIn(), TakeIn());
        var story = newsroom.Publish(newsroom.Draft("Dengan gambar", new FigureBlock("f", null, "", InlineText.Empty, "", shared), new GalleryBlock("g", [new FigureBlock("h", null, "", InlineText.Empty, "", drafted)])) with { Picture = new Picture(own, "Wajah", "Si Anu") });
        newsroom.Publish(newsroom.Draft("Lain", "Isi.") with { Picture = new Picture(shared) });
        newsroom.Save(newsroom.Draft("Konsep", "Isi.") with { Picture = new Picture(drafted) });
        Assert.Equal(4, newsroom.Value<long>("SELECT count(*) FROM media_uses"));

        newsroom.Do(act => act.PurgeStory(story, "Putusan"));
        Assert.Equal(["", "Kap", "Kap"], newsroom.Query<string>("SELECT caption FROM media ORDER BY id"));
        Assert.Equal(0, newsroom.Value<long>("SELECT count(*) FROM renditions WHERE media_id = @own", new { own }));
        Assert.Equal(2, newsroom.Press.Media.Keys().Count());
        Assert.Equal([""], newsroom.Query<string>("SELECT picture FROM revisions WHERE article_id = @story", new { story }));
        Assert.Equal(1, newsroom.Value<long>("SELECT count(*) FROM media_uses"));

        long TakeIn() => newsroom.Press.TakeIn(TestNewsroom.Anna, new TakeInPicture.NewPicture(TestPictures.Png(64, 48)) { Caption = "Kap" }).Id;
    }

    [VipsFact]
    public void Purged_file_may_not_come_back_and_what_a_crash_left_of_it_is_erased_later()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        var file = TestPictures.Png(64, 48);
        var id = newsroom.Press.TakeIn(TestNewsroom.Anna, new TakeInPicture.NewPicture(file)).Id;
        var story = newsroom.Publish(newsroom.Draft("Dengan gambar", "Isi.") with { Picture = new Picture(id) });
        newsroom.Do(act => act.PurgeStory(story, ""));
        Assert.Throws<PurgedPictureException>(() => newsroom.Press.TakeIn(TestNewsroom.Anna, new TakeInPicture.NewPicture(file) { FocusX = 10 }));

        newsroom.Press.Media.Store(file, 50, 50);
        newsroom.Press.TidyPictures();
        Assert.Empty(newsroom.Press.Media.Keys());
    }

    [OnBothEngines]
    public void Draft_may_not_name_a_picture_that_is_not_there(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        Assert.Contains("no picture 7", Assert.Throws<ContentException>(() => newsroom.Save(newsroom.Draft("Kosong", "Isi.") with { Picture = new Picture(7) })).Message);
        Assert.Contains("no picture 8", Assert.Throws<ContentException>(() => newsroom.Save(newsroom.Draft("Kosong", new FigureBlock("f", null, "", InlineText.Empty, "", 8)))).Message);
    }

    /// <summary>The first bytes of a WebP without loss; nothing decodes it here.</summary>
    private static byte[] WebP(int width, int height) => [.. "RIFF"u8, .. new byte[4], .. "WEBPVP8L"u8, .. new byte[4], 0x2F, .. BitConverter.GetBytes((uint)(width - 1) | (uint)(height - 1) << 14), .. new byte[8]];
}
