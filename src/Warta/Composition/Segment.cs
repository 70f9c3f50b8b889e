using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Warta.Composition;

/// <summary>
/// A piece of a page, compressed once: its own text or a live block's. What is kept of it can be put behind any other segment to make one gzip member, with
/// nothing compressed again. The text itself is not kept: few ask for it uncompressed.
/// </summary>
public sealed class Segment
{
    private Segment(byte[] deflated, int length, uint crc, UInt128 hash)
    {
        Deflated = deflated;
        Length = length;
        Crc = crc;
        Hash = hash;
        Shift = Crc32.Shift(length);
    }

    /// <summary>No text.</summary>
    public static Segment Empty { get; } = Of("");

    /// <summary>Raw deflate that refers to nothing before it and ends on a byte, without the mark of a last block. Empty for an empty text.</summary>
    public byte[] Deflated { get; }

    /// <summary>Of the text, in bytes of UTF-8.</summary>
    public int Length { get; }

    /// <summary>CRC-32 of the text.</summary>
    public uint Crc { get; }

    /// <summary>x^(8·Length) modulo CRC-32's polynomial.</summary>
    public uint Shift { get; }

    /// <summary>The first half of the text's SHA-256.</summary>
    public UInt128 Hash { get; }

    /// <param name="level">
    /// Fastest takes a third of Optimal's time (12 KB of a story's page: 32 and 102 µs) for a third more bytes: right for the text of one page, which is made while
    /// a reader waits. What stands on every page is worth Optimal.
    /// </param>
    public static Segment Of(ReadOnlySpan<byte> utf8, CompressionLevel level = CompressionLevel.Fastest)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8, hash);
        return new Segment(Deflate(utf8, level), utf8.Length, Crc32.Of(utf8), BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    /// <summary>One that was kept elsewhere.</summary>
    internal static Segment Restore(byte[] deflated, int length, uint crc, UInt128 hash) => new(deflated, length, crc, hash);

    public static Segment Of(ReadOnlySpan<char> text, CompressionLevel level = CompressionLevel.Fastest)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var segment = Of(rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)), level);
        ArrayPool<byte>.Shared.Return(rented);
        return segment;
    }

    public void CopyTextTo(IBufferWriter<byte> writer)
    {
        using var inflater = new DeflateStream(new MemoryStream(Deflated, writable: false), CompressionMode.Decompress);
        // No further than the text: the run has no last block to end at.
        for (var left = Length; left > 0;)
        {
            var span = writer.GetSpan(Math.Min(left, 4096));
            var read = inflater.Read(span[..Math.Min(left, span.Length)]);
            if (read == 0) throw new InvalidDataException($"A segment of {Length} bytes ended {left} bytes early.");
            writer.Advance(read);
            left -= read;
        }
    }

    private static byte[] Deflate(ReadOnlySpan<byte> text, CompressionLevel level)
    {
        if (text.IsEmpty) return [];
        var run = new MemoryStream((text.Length / 2) + 64);
        using var deflater = new DeflateStream(run, level, leaveOpen: true);
        deflater.Write(text);
        // A sync flush: all is out, on a byte's border, and more may follow. Dispose would write the last block.
        deflater.Flush();
        return run.ToArray();
    }
}
