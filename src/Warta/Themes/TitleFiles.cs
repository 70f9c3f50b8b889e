using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Warta.Content;
using Warta.Storage;

namespace Warta.Themes;

/// <summary>
/// A title's own files in the data folder's <c>titles/SLUG/</c>: its logo, fonts and advertisements. Readers find them under <c>/assets/title/</c>. Only what
/// a browser can't run is served: PNG, WebP and WOFF2, known by their first bytes.
/// </summary>
public sealed class TitleFiles(DataFolder folder)
{
    private const int Largest = 2 << 20;
    private readonly ConcurrentDictionary<string, (DateTime Stamp, long Length, File? File)> _known = new();

    /// <param name="Width">In pixels; 0 for a font.</param>
    public sealed record File(byte[] Bytes, string ContentType, string Url, int Width, int Height);

    /// <summary>Null when the title has no such file, or when it isn't what its name says.</summary>
    public File? Find(Title title, string name)
    {
        if (!TitleFile.IsPicture(name) && !TitleFile.IsFont(name)) return null;
        var info = new FileInfo(Path.Combine(folder.TitleFolder(title.Slug), name));
        if (!info.Exists || info.Length > Largest) return null;
        if (_known.TryGetValue(info.FullName, out var known) && known.Stamp == info.LastWriteTimeUtc && known.Length == info.Length) return known.File;
        var file = Read(System.IO.File.ReadAllBytes(info.FullName), name);
        _known[info.FullName] = (info.LastWriteTimeUtc, info.Length, file);
        return file;
    }

    /// <summary>Copies a file to the title's own, under its name in lower case.</summary>
    /// <returns>The name to set.</returns>
    /// <exception cref="ContentException">It is no PNG, WebP or WOFF2, or too large.</exception>
    public string TakeIn(Title title, string path)
    {
        var name = Path.GetFileName(path).ToLowerInvariant().Replace(' ', '-');
        if (!TitleFile.IsPicture(name) && !TitleFile.IsFont(name)) throw new ContentException($"{path} can't be a title's file: its name must be letters, digits and hyphens and end in .png, .webp or .woff2.");
        if (new FileInfo(path).Length > Largest) throw new ContentException($"{path} is larger than {Largest >> 20} MB. Make it smaller: every reader loads it.");
        var bytes = System.IO.File.ReadAllBytes(path);
        if (Read(bytes, name) is null) throw new ContentException($"{path} is not what its name says: its content is no PNG, WebP or WOFF2.");
        var target = folder.TitleFolder(title.Slug);
        Directory.CreateDirectory(target);
        var beside = Path.Combine(target, $".{name}.new");
        System.IO.File.WriteAllBytes(beside, bytes);
        System.IO.File.Move(beside, Path.Combine(target, name), overwrite: true);
        return name;
    }

    private static File? Read(byte[] bytes, string name)
    {
        var (type, width, height) = Path.GetExtension(name) switch
        {
            ".png" when PngSize(bytes) is var (w, h) => ("image/png", w, h),
            ".webp" when WebpSize(bytes) is var (w, h) => ("image/webp", w, h),
            ".woff2" when bytes.AsSpan().StartsWith("wOF2"u8) => ("font/woff2", 0, 0),
            _ => ("", 0, 0),
        };
        return type.Length == 0 ? null : new File(bytes, type, $"/assets/title/{name}?v={Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]}", width, height);
    }

    /// <summary>The IHDR chunk stands first (PNG, 5.6).</summary>
    private static (int, int)? PngSize(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 24 && bytes[0] == 0x89 && bytes[1..].StartsWith("PNG\r\n\x1a\n"u8) && bytes[12..].StartsWith("IHDR"u8)
            ? Sized(BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]))
            : null;

    /// <summary>WebP's three kinds of first chunk (RFC 9649, 2.5 to 2.7).</summary>
    private static (int, int)? WebpSize(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 30 || !bytes.StartsWith("RIFF"u8) || !bytes[8..].StartsWith("WEBP"u8)) return null;
        var chunk = bytes[12..];
        if (chunk.StartsWith("VP8X"u8)) return Sized(1 + (bytes[24] | bytes[25] << 8 | bytes[26] << 16), 1 + (bytes[27] | bytes[28] << 8 | bytes[29] << 16));
        if (chunk.StartsWith("VP8L"u8) && bytes[20] == 0x2F && BinaryPrimitives.ReadInt32LittleEndian(bytes[21..]) is var bits) return Sized(1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF));
        if (chunk.StartsWith("VP8 "u8)) return Sized(BinaryPrimitives.ReadUInt16LittleEndian(bytes[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]) & 0x3FFF);
        return null;
    }

    private static (int, int)? Sized(int width, int height) => width is > 0 and <= 10_000 && height is > 0 and <= 10_000 ? (width, height) : null;
}
