namespace Warta.Media;

/// <summary>
/// Makes a picture's files. It is decoded once, upright and no wider than the widest file, and all others are made of that one; nothing but pixels is
/// carried over, so neither is what a camera or an attacker wrote beside them.
/// </summary>
internal static class RenditionMaker
{
    private static readonly int[] WholeWidths = [320, 640, 960, 1280, 1920], WideWidths = [320, 640, 1280], SquareWidths = [160, 320];
    private const int TallestTimesWidest = 3, ShareWidth = 1200, ShareHeight = 630, HeaviestShare = 300_000;
    private const string Base = "base.png", Cut = "cut.png", Uncompressed = "[compression=0,strip]";

    /// <summary>The point in percent that no crop may lose.</summary>
    internal readonly record struct Focus(int X, int Y);

    /// <summary>What was made, and the picture's own size, upright.</summary>
    internal sealed record Made(int Width, int Height, IReadOnlyList<Rendition> Renditions);

    private readonly record struct Box(int X, int Y, int Width, int Height);

    /// <summary>WebP in every shape, and the share card's JPEG.</summary>
    public static Made WebP(string folder, string original, ImageHeader header, Focus focus)
    {
        var size = Decode(folder, original);
        var made = new List<Rendition>();
        Encode(folder, Base, size, Shape.Whole, WholeWidths, "webp", made);
        Encode(folder, Cut, CutTo(folder, size, focus, 16, 9), Shape.Wide, WideWidths, "webp", made);
        Encode(folder, Cut, CutTo(folder, size, focus, 1, 1), Shape.Square, SquareWidths, "webp", made);
        // A share card is shown large: one blown up from less than half would shame the paper.
        if (BoxOf(size, focus, ShareWidth, ShareHeight).Width * 2 >= ShareWidth) made.Add(Share(folder, size, focus));
        Remove(folder);
        var isTurned = size.Width > size.Height != header.Width > header.Height && header.Width != header.Height;
        return isTurned ? new Made(header.Height, header.Width, made) : new Made(header.Width, header.Height, made);
    }

    /// <summary>AVIF of the shapes that pages show large. It takes several times as long, so it is made later.</summary>
    public static IReadOnlyList<Rendition> Avif(string folder, string original, Focus focus)
    {
        var size = Decode(folder, original);
        var made = new List<Rendition>();
        Encode(folder, Base, size, Shape.Whole, WholeWidths, "avif", made);
        Encode(folder, Cut, CutTo(folder, size, focus, 16, 9), Shape.Wide, WideWidths, "avif", made);
        Remove(folder);
        return made;
    }

    private static Box Decode(string folder, string original)
    {
        var widest = WholeWidths[^1];
        Vips.Run(folder, "thumbnail", original, Base + Uncompressed, $"{widest}", "--height", $"{widest * TallestTimesWidest}", "--size", "down", "--export-profile", "srgb", "--fail-on", "error");
        var header = HeaderOf(Path.Combine(folder, Base));
        return new Box(0, 0, header.Width, header.Height);
    }

    private static Box CutTo(string folder, Box size, Focus focus, int width, int height)
    {
        var box = BoxOf(size, focus, width, height);
        Vips.Run(folder, "crop", Base, Cut + Uncompressed, $"{box.X}", $"{box.Y}", $"{box.Width}", $"{box.Height}");
        return box;
    }

    /// <summary>The largest box of a proportion within the picture, moved towards the focus as far as the edges allow.</summary>
    private static Box BoxOf(Box size, Focus focus, int width, int height)
    {
        var wide = (long)size.Width * height > (long)size.Height * width;
        var boxWidth = wide ? Math.Max(1, (int)((long)size.Height * width / height)) : size.Width;
        var boxHeight = wide ? size.Height : Math.Max(1, (int)((long)size.Width * height / width));
        return new Box(Place(size.Width, boxWidth, focus.X), Place(size.Height, boxHeight, focus.Y), boxWidth, boxHeight);

        static int Place(int all, int part, int percent) => Math.Clamp(all * percent / 100 - part / 2, 0, all - part);
    }

    private static void Encode(string folder, string source, Box size, string shape, int[] widths, string format, List<Rendition> made)
    {
        // The widest is the picture's own width where that is less; one that hardly differs from it isn't made.
        var widest = Math.Min(size.Width, widths[^1]);
        foreach (var width in widths.Where(w => w < widest * 0.9).Append(widest))
        {
            var height = Math.Max(1, (int)Math.Round(size.Height * (double)width / size.Width));
            // Tried on photographs: what AVIF gains beyond effort 1 costs eight times the time.
            var options = format == "webp" ? "[Q=78,effort=2,strip]" : "[Q=55,effort=1,strip]";
            Vips.Run(folder, "thumbnail", source, $"{shape}-{width}.{format}{options}", $"{width}", "--height", $"{height}", "--size", "force");
            made.Add(new Rendition(shape, width, height, format));
        }
    }

    private static Rendition Share(string folder, Box size, Focus focus)
    {
        CutTo(folder, size, focus, ShareWidth, ShareHeight);
        foreach (var quality in (int[])[82, 65, 45])
        {
            Vips.Run(folder, "thumbnail", Cut, $"{Shape.Share}-{ShareWidth}.jpg[Q={quality},optimize_coding,strip,background=255]", $"{ShareWidth}", "--height", $"{ShareHeight}", "--size", "force");
            if (new FileInfo(Path.Combine(folder, $"{Shape.Share}-{ShareWidth}.jpg")).Length <= HeaviestShare) break;
        }

        return new Rendition(Shape.Share, ShareWidth, ShareHeight, "jpg");
    }

    private static void Remove(string folder)
    {
        File.Delete(Path.Combine(folder, Base));
        File.Delete(Path.Combine(folder, Cut));
    }

    private static ImageHeader HeaderOf(string file)
    {
        using var stream = File.OpenRead(file);
        var start = new byte[64];
        return ImageHeader.Read(start.AsSpan(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)));
    }
}
