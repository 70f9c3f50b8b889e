using System.Buffers;
using System.Buffers.Binary;

namespace Warta.Composition;

/// <summary>
/// A page put together of segments, which it only refers to: made anew, in about a microsecond, whenever one of them changes. Its gzip form is one member: a
/// header, the segments' runs as they are, an empty last block, and the CRC and length of all the text.
/// </summary>
public sealed class Composed
{
    // Method 8 (deflate), no name, no time, so that the same page has the same bytes; 255: no system.
    private static readonly byte[] Header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

    // A last block, of fixed codes, with nothing in it.
    private static readonly byte[] LastBlock = [0x03, 0x00];

    private const int TrailerLength = 8;

    private readonly Segment[] segments;
    private readonly uint crc;

    public Composed(ReadOnlySpan<Segment> segments)
    {
        this.segments = segments.ToArray();
        GzipLength = Header.Length + LastBlock.Length + TrailerLength;
        var hash = (UInt128)segments.Length;
        foreach (var segment in segments)
        {
            TextLength += segment.Length;
            GzipLength += segment.Deflated.Length;
            crc = Crc32.Combine(crc, segment.Crc, segment.Shift);
            hash = Mix(hash, segment.Hash);
        }

        ETag = $"\"{hash:x32}\"";
        GzipETag = $"\"{hash:x32}-g\"";
    }

    public long GzipLength { get; }
    public long TextLength { get; }

    /// <summary>Of the text, quotes included. The same on every node and after a restart; the same text cut differently may have another.</summary>
    public string ETag { get; }

    public string GzipETag { get; }

    public void WriteGzip(IBufferWriter<byte> writer)
    {
        writer.Write(Header);
        foreach (var segment in segments) writer.Write(segment.Deflated);
        writer.Write(LastBlock);
        var trailer = writer.GetSpan(TrailerLength);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, crc);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], (uint)TextLength);
        writer.Advance(TrailerLength);
    }

    public void WriteText(IBufferWriter<byte> writer)
    {
        foreach (var segment in segments) segment.CopyTextTo(writer);
    }

    // The parts are halves of SHA-256, so all that a mix must do is to keep their order. The factor is any large odd number: the golden ratio's bits.
    private static UInt128 Mix(UInt128 hash, UInt128 next) => (hash * new UInt128(0x9E3779B97F4A7C15, 0xF39CC0605CEDC835)) + next;
}
