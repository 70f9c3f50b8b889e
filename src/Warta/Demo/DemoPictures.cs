using Warta.Content;
using Warta.Media;
using Warta.Publishing;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Demo;

/// <summary>
/// The demonstration's pictures, drawn for its stories (<c>pictures/*.svg</c>) and turned into files beforehand (<c>pictures/render</c>): so it opens with all of them within
/// seconds, also on a machine without vips.
/// </summary>
internal static class DemoPictures
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "demo");
    private static readonly (int Width, int Height)[] Sizes = [(320, 180), (640, 360), (1280, 720)];

    /// <returns>Its number in the media store; null where its files are missing.</returns>
    public static long? TakeIn(Press press, string actor, DemoStory.DemoPicture picture)
    {
        if (File($"{picture.File}-1280.jpg") is not { } original) return null;
        // They are 16:9 as drawn, so the whole picture and the crop for lists are the same.
        var files = Sizes.SelectMany(size => new[] { Shape.Whole, Shape.Wide }.Select(shape => (Rendition: new Rendition(shape, size.Width, size.Height, "webp"), Name: $"{picture.File}-{size.Width}.webp")))
            .Append((new Rendition(Shape.Share, 1200, 630, "jpg"), $"{picture.File}-share.jpg"));
        return TakeIn(press, actor, original, files, picture);
    }

    /// <returns>The portrait's number in the media store; null where its files are missing.</returns>
    public static long? Portrait(Press press, string actor, string file) => File($"{file}-320.webp") is not { } original ? null : TakeIn(press, actor, original,
        [(new Rendition(Shape.Square, 160, 160, "webp"), $"{file}-160.webp"), (new Rendition(Shape.Square, 320, 320, "webp"), $"{file}-320.webp")], new DemoStory.DemoPicture(file, "", "", ""));

    /// <summary>An advertisement of the paper's own beside its pages, so that a slot is seen without loading anything from anybody.</summary>
    public static void AddHouseAd(Press press, DataFolder folder, string actor, Title title)
    {
        var file = Path.Combine(Folder, "house-ad.png");
        if (title.Slots.All(slot => slot.Name != "side") || title["ads.house"].Length > 0 || !System.IO.File.Exists(file)) return;
        var ad = new HouseAd("side", new TitleFiles(folder).TakeIn(title, file), "/kontak", "Halaman ini dibaca sampai habis. Tempatkan iklan Anda di sebelahnya. Hubungi kami.");
        press.Run(actor, act => act.Sql.SetTitle(title.Id, "ads.house", AdSlots.WriteHouse([ad])));
    }

    private static long? TakeIn(Press press, string actor, byte[] original, IEnumerable<(Rendition Rendition, string Name)> files, DemoStory.DemoPicture words)
    {
        var prepared = new List<MediaFolder.Prepared>();
        foreach (var (rendition, name) in files)
        {
            if (File(name) is { } bytes) prepared.Add(new MediaFolder.Prepared(rendition, bytes));
        }

        return press.TakeIn(actor, new TakeInPicture.NewPicture(original) { Alt = words.Alt, Caption = words.Caption, Credit = words.Credit }, prepared).Id;
    }

    private static byte[]? File(string name) => Path.Combine(Folder, name) is var path && System.IO.File.Exists(path) ? System.IO.File.ReadAllBytes(path) : null;
}
