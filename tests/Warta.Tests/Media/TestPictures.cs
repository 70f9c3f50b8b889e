using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace Warta.Media;

/// <summary>Pictures made for tests, harmless and not.</summary>
internal static class TestPictures
{
    private static int _number;

    /// <summary>A PNG of stripes; each call's has a colour of its own, so no two are the same file.</summary>
    public static byte[] Png(int width = 400, int height = 300)
    {
        var tint = (byte)Interlocked.Increment(ref _number);
        var rows = new byte[height * (width * 3 + 1)];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = y * (width * 3 + 1) + 1 + x * 3;
                (rows[at], rows[at + 1], rows[at + 2]) = ((byte)(x * 255 / width), (byte)(y * 255 / height), tint);
            }
        }

        return Png(width, height, rows);
    }

    /// <summary>A PNG whose header claims a size that its pixels needn't have.</summary>
    public static byte[] Png(int width, int height, byte[] rows)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) deflate.Write(rows);
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(png, "IHDR", header);
        Chunk(png, "IDAT", packed.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    /// <summary>A picture in another format, made by vips of <see cref="Png(int, int)"/>.</summary>
    public static byte[] As(string format, int width, int height)
    {
        if (format == "png") return Png(width, height);
        var folder = Directory.CreateTempSubdirectory("warta-format-");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "in.png"), Png(width, height));
            using var vips = Process.Start(new ProcessStartInfo("vips", ["copy", "in.png", $"out.{format}"]) { WorkingDirectory = folder.FullName })!;
            vips.WaitForExit();
            return File.ReadAllBytes(Path.Combine(folder.FullName, $"out.{format}"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>An AVIF whose header claims a size and which holds no pixels.</summary>
    public static byte[] AvifClaiming(int width, int height)
    {
        var size = new byte[12];
        BinaryPrimitives.WriteInt32BigEndian(size.AsSpan(4), width);
        BinaryPrimitives.WriteInt32BigEndian(size.AsSpan(8), height);
        return [.. Box("ftyp", [.. "avif"u8, 0, 0, 0, 0, .. "mif1avif"u8]), .. Box("meta", [0, 0, 0, 0, .. Box("iprp", Box("ipco", Box("ispe", size)))]), .. Box("mdat", new byte[100])];

        static byte[] Box(string type, byte[] content)
        {
            var box = new byte[8 + content.Length];
            BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
            Encoding.ASCII.GetBytes(type, box.AsSpan(4));
            content.CopyTo(box, 8);
            return box;
        }
    }

    /// <summary>A JPEG as cameras write it: turned by a quarter, with a place and a name in its EXIF. Made by vips of <see cref="Png(int, int)"/>.</summary>
    public static byte[] JpegOfCamera(int width, int height)
    {
        var folder = Directory.CreateTempSubdirectory("warta-camera-");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "in.png"), Png(width, height));
            using var vips = Process.Start(new ProcessStartInfo("vips", ["copy", "in.png", "out.jpg[Q=90,strip]"]) { WorkingDirectory = folder.FullName })!;
            vips.WaitForExit();
            var jpeg = File.ReadAllBytes(Path.Combine(folder.FullName, "out.jpg"));
            var exif = Exif();
            return [.. jpeg[..2], 0xFF, 0xE1, (byte)((exif.Length + 2) >> 8), (byte)((exif.Length + 2) & 0xFF), .. exif, .. jpeg[2..]];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>EXIF with Orientation 6 (turn clockwise), Artist "Rahasia" and a GPS latitude.</summary>
    private static byte[] Exif()
    {
        using var exif = new MemoryStream();
        using var write = new BinaryWriter(exif);
        write.Write("Exif\0\0"u8);
        write.Write("II*\0"u8);
        write.Write(8);
        write.Write((short)3);
        Entry(0x0112, 3, 1, 6);
        Entry(0x013B, 2, 8, 50);
        Entry(0x8825, 4, 1, 58);
        write.Write(0);
        write.Write("Rahasia\0"u8);
        write.Write((short)2);
        Entry(0x0001, 2, 2, 'S');
        Entry(0x0002, 5, 3, 88);
        write.Write(0);
        foreach (var part in (int[])[6, 1, 12, 1, 34, 1]) write.Write(part);
        return exif.ToArray();

        void Entry(int tag, short type, int count, int value)
        {
            write.Write((ushort)tag);
            write.Write(type);
            write.Write(count);
            write.Write(value);
        }
    }

    private static void Chunk(MemoryStream png, string type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        png.Write(number);
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
        }

        return ~crc;
    }
}
