using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Warta.Composition;

/// <summary>
/// A page on the disk: a head (mark, number of tags, payload's length, key, payload's hash, tags, the head's own hash) and the payload. With a hash of its own the head
/// holds although the payload is damaged or erased, so that whatever follows can still be found.
/// </summary>
internal static class PageRecord
{
    private const ulong Mark = 0x31_6567_6150_7457;
    private const int TagsAt = 40, Fixed = TagsAt + sizeof(ulong);

    public static long LengthOf(int tags, int payload) => Fixed + sizeof(ulong) * (long)tags + payload;

    public static void Write(Span<byte> record, UInt128 key, ReadOnlySpan<ulong> tags, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(record, Mark);
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], tags.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record[12..], payload.Length);
        BinaryPrimitives.WriteUInt128LittleEndian(record[16..], key);
        BinaryPrimitives.WriteUInt64LittleEndian(record[32..], HashOf(payload));
        MemoryMarshal.AsBytes(tags).CopyTo(record[TagsAt..]);
        var hashAt = TagsAt + sizeof(ulong) * tags.Length;
        BinaryPrimitives.WriteUInt64LittleEndian(record[hashAt..], HashOf(record[..hashAt]));
        payload.CopyTo(record[(hashAt + sizeof(ulong))..]);
    }

    /// <returns>How long the head says it is; null where there is none.</returns>
    public static long? LengthOfHead(ReadOnlySpan<byte> record)
    {
        if (record.Length < Fixed || BinaryPrimitives.ReadUInt64LittleEndian(record) != Mark) return null;
        var tags = BinaryPrimitives.ReadInt32LittleEndian(record[8..]);
        return tags < 0 ? null : LengthOf(tags, 0);
    }

    /// <returns>Null where it is damaged.</returns>
    public static PageHead? Read(ReadOnlySpan<byte> head)
    {
        var payload = BinaryPrimitives.ReadInt32LittleEndian(head[12..]);
        if (payload < 0 || HashOf(head[..^sizeof(ulong)]) != BinaryPrimitives.ReadUInt64LittleEndian(head[^sizeof(ulong)..])) return null;
        return new PageHead(head.Length, payload, BinaryPrimitives.ReadUInt128LittleEndian(head[16..]), BinaryPrimitives.ReadUInt64LittleEndian(head[32..]));
    }

    public static ReadOnlySpan<ulong> TagsOf(ReadOnlySpan<byte> head) => MemoryMarshal.Cast<byte, ulong>(head[TagsAt..^sizeof(ulong)]);

    /// <summary>The beginning of its SHA-256.</summary>
    public static ulong HashOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}

internal readonly record struct PageHead(int HeadLength, int PayloadLength, UInt128 Key, ulong PayloadHash)
{
    public long Length => (long)HeadLength + PayloadLength;
}

/// <summary>A file doesn't hold what was written to it.</summary>
internal sealed class PageDamagedException(string path, long at) : Exception($"{path} at byte {at}");
