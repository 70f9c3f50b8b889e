using System.Buffers.Binary;

namespace Warta.Media;

/// <summary>What a picture's first bytes say of it, read by us before any decoder sees the file. Pixels as they are stored: a camera may have been held upright.</summary>
/// <param name="Format">"jpg", "png", "webp", "gif" or "avif".</param>
public sealed record ImageHeader(string Format, int Width, int Height)
{
    /// <summary>Larger than any camera makes; a bomb of 50,000 × 50,000 would need 7 GB.</summary>
    public const long MostPixels = 120_000_000;

    /// <summary>The format by the first bytes alone, whatever the file is called.</summary>
    /// <exception cref="MediaException">It is none that we know.</exception>
    public static string FormatOf(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "jpg"
        : file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "png"
        : file.StartsWith("RIFF"u8) && file.Length > 12 && file[8..].StartsWith("WEBP"u8) ? "webp"
        : file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8) ? "gif"
        : IsAvif(file) ? "avif"
        : IsSvg(file) ? throw new MediaException("SVG files aren't taken in: they can hold scripts. Send a JPEG, PNG, WebP, GIF or AVIF file.")
        : throw new MediaException("The file is no picture that Warta knows. Send a JPEG, PNG, WebP, GIF or AVIF file.");

    /// <exception cref="MediaException">It is no picture that we know, is damaged, or too large.</exception>
    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        var header = FormatOf(file) switch
        {
            "jpg" => Jpeg(file),
            "png" => Png(file),
            "webp" => WebP(file),
            "gif" => Gif(file),
            _ => Avif(file),
        };
        if (header is null || header.Width < 1 || header.Height < 1) throw new MediaException("The picture's beginning is damaged: it tells no size.");
        if ((long)header.Width * header.Height > MostPixels) throw new MediaException($"The picture has {header.Width:N0} × {header.Height:N0} pixels; at most {MostPixels / 1_000_000:N0} million fit. Make it smaller first.");
        return header;
    }

    private static bool IsSvg(ReadOnlySpan<byte> file) => file[..Math.Min(file.Length, 1_024)].IndexOf("<svg"u8) >= 0;

    private static ImageHeader? Png(ReadOnlySpan<byte> file) => file.Length < 24 || !file[12..].StartsWith("IHDR"u8) ? null
        : new ImageHeader("png", Size(BinaryPrimitives.ReadUInt32BigEndian(file[16..])), Size(BinaryPrimitives.ReadUInt32BigEndian(file[20..])));

    /// <summary>From marker to marker until the frame's (SOF0 to SOF15, but for tables and restarts among them).</summary>
    private static ImageHeader? Jpeg(ReadOnlySpan<byte> file)
    {
        var at = 2;
        while (at + 9 < file.Length)
        {
            if (file[at] != 0xFF) return null;
            var marker = file[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return new ImageHeader("jpg", BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]));
            // Pixels or the end, before any frame.
            if (marker is 0xD9 or 0xDA) return null;
            at += marker is 0x01 or (>= 0xD0 and <= 0xD7) ? 2 : 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }

        return null;
    }

    /// <summary>The three kinds of WebP: extended (VP8X), without loss (VP8L) and with loss (VP8 and a blank).</summary>
    private static ImageHeader? WebP(ReadOnlySpan<byte> file)
    {
        if (file.Length < 30) return null;
        var kind = file.Slice(12, 4);
        if (kind.SequenceEqual("VP8X"u8)) return new ImageHeader("webp", 1 + Int24(file[24..]), 1 + Int24(file[27..]));
        if (kind.SequenceEqual("VP8L"u8) && file[20] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(file[21..]);
            return new ImageHeader("webp", 1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
        }

        return kind.SequenceEqual("VP8 "u8) && file[23..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
            ? new ImageHeader("webp", BinaryPrimitives.ReadUInt16LittleEndian(file[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(file[28..]) & 0x3FFF)
            : null;
    }

    private static ImageHeader? Gif(ReadOnlySpan<byte> file) => file.Length < 10 ? null
        : new ImageHeader("gif", BinaryPrimitives.ReadUInt16LittleEndian(file[6..]), BinaryPrimitives.ReadUInt16LittleEndian(file[8..]));

    /// <summary>A file of boxes (ISO 14496-12) whose first says "avif" among its brands.</summary>
    private static bool IsAvif(ReadOnlySpan<byte> file)
    {
        if (!Next(ref file, out var type, out var brands) || !type.SequenceEqual("ftyp"u8)) return false;
        for (var at = 0; at + 4 <= brands.Length; at += 4)
        {
            // Between the first brand and the others stands a version.
            if (at != 4 && brands[at..].StartsWith("avif"u8)) return true;
        }

        return false;
    }

    /// <summary>The largest size that it tells: one put together of tiles tells theirs as well.</summary>
    private static ImageHeader? Avif(ReadOnlySpan<byte> file)
    {
        var meta = Inside(file, "meta"u8);
        var properties = Inside(Inside(meta.Length < 4 ? [] : meta[4..], "iprp"u8), "ipco"u8);
        ImageHeader? largest = null;
        while (Next(ref properties, out var type, out var size))
        {
            if (!type.SequenceEqual("ispe"u8) || size.Length < 12) continue;
            var header = new ImageHeader("avif", Size(BinaryPrimitives.ReadUInt32BigEndian(size[4..])), Size(BinaryPrimitives.ReadUInt32BigEndian(size[8..])));
            if (largest is null || (long)header.Width * header.Height > (long)largest.Width * largest.Height) largest = header;
        }

        return largest;
    }

    private static ReadOnlySpan<byte> Inside(ReadOnlySpan<byte> boxes, ReadOnlySpan<byte> wanted)
    {
        while (Next(ref boxes, out var type, out var content))
        {
            if (type.SequenceEqual(wanted)) return content;
        }

        return [];
    }

    private static bool Next(scoped ref ReadOnlySpan<byte> boxes, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> content)
    {
        type = content = [];
        if (boxes.Length < 8) return false;
        var length = (long)BinaryPrimitives.ReadUInt32BigEndian(boxes);
        // 0: up to the end. 1: a long one, which only the pixels may need; they stand last.
        if (length == 0) length = boxes.Length;
        if (length < 8) return false;
        type = boxes[4..8];
        content = boxes[8..(int)Math.Min(length, boxes.Length)];
        boxes = boxes[(int)Math.Min(length, boxes.Length)..];
        return true;
    }

    private static int Int24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;

    private static int Size(uint number) => number > int.MaxValue ? 0 : (int)number;
}
