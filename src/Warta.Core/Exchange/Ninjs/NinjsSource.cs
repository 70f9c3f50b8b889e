using System.Buffers;
using System.IO.Compression;

namespace Warta.Exchange.Ninjs;

/// <summary>
/// The items of a file, folder or JSON Lines file as bytes, one at a time: memory stays flat however large the file is. A line beyond
/// <see cref="LongestItem"/> is passed over without being held.
/// </summary>
internal static class NinjsSource
{
    public const int LongestItem = 8 << 20;

    /// <param name="Bytes">One item's JSON; empty when <c>Problem</c> says why there is none.</param>
    /// <param name="Position">Bytes of the file read so far, as it stands on the disk.</param>
    public readonly record struct Item(string File, long Line, ReadOnlyMemory<byte> Bytes, string? Problem, long Position);

    /// <summary>The files that a path names, in order: itself, or those in a folder.</summary>
    /// <exception cref="FileNotFoundException">There is nothing at the path.</exception>
    public static IReadOnlyList<FileInfo> Files(string path)
    {
        if (System.IO.Directory.Exists(path))
        {
            return new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories)
                .Where(f => f.Name.EndsWith(".json", StringComparison.Ordinal) || f.Name.EndsWith(".jsonl", StringComparison.Ordinal) || f.Name.EndsWith(".jsonl.gz", StringComparison.Ordinal))
                .OrderBy(f => f.FullName, StringComparer.Ordinal)
                .ToList();
        }

        return File.Exists(path) ? [new FileInfo(path)] : throw new FileNotFoundException($"There is no file or folder at {path}.");
    }

    /// <exception cref="InvalidDataException">The compressed data is damaged or ends early.</exception>
    public static IEnumerable<Item> Items(FileInfo file) =>
        file.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? Single(file) : Lines(file);

    private static IEnumerable<Item> Single(FileInfo file)
    {
        yield return file.Length > LongestItem
            ? new Item(file.Name, 1, default, TooLong, file.Length)
            : new Item(file.Name, 1, File.ReadAllBytes(file.FullName), null, file.Length);
    }

    private static IEnumerable<Item> Lines(FileInfo file)
    {
        using var raw = file.OpenRead();
        var compressed = file.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        using var stream = compressed ? new GZipStream(raw, CompressionMode.Decompress) : (Stream)raw;
        var buffer = ArrayPool<byte>.Shared.Rent(256 << 10);
        var held = new ArrayBufferWriter<byte>(64 << 10);
        long line = 0, total = 0;
        var skipping = false;
        try
        {
            int read;
            while ((read = stream.Read(buffer)) > 0)
            {
                total += read;
                var start = 0;
                while (start < read)
                {
                    var end = Array.IndexOf(buffer, (byte)'\n', start, read - start);
                    var part = buffer.AsSpan(start, (end < 0 ? read : end) - start);
                    skipping |= held.WrittenCount + part.Length > LongestItem;
                    if (!skipping) held.Write(part);
                    if (end < 0) break;
                    line++;
                    start = end + 1;
                    if (skipping || !IsBlank(held.WrittenSpan)) yield return Take(raw.Position);
                    Reset();
                }
            }

            if (compressed && EndsEarly(file, total, held.WrittenSpan)) throw new InvalidDataException($"{file.Name} ends early, after line {line}: it was cut off. What came before is kept; import the whole file again to go on.");
            if (skipping || !IsBlank(held.WrittenSpan))
            {
                line++;
                yield return Take(raw.Position);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        Item Take(long position) => skipping
            ? new Item(file.Name, line, default, TooLong, position)
            : new Item(file.Name, line, held.WrittenSpan.ToArray(), null, position);

        void Reset()
        {
            skipping = false;
            // One giant must not hold its memory for the rest of the run.
            if (held.Capacity > 1 << 20) held = new ArrayBufferWriter<byte>(64 << 10);
            else held.ResetWrittenCount();
        }
    }

    private static string TooLong => $"the item is longer than {LongestItem >> 20} MB; no story is";

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r"u8) < 0;

    /// <summary>
    /// .NET reads a cut-off gzip file to its end without a word. Two signs together tell: the length in the last four bytes (RFC 1952) isn't what came
    /// out (nor is it in a file of several members), and the last line isn't whole.
    /// </summary>
    private static bool EndsEarly(FileInfo file, long unpacked, ReadOnlySpan<byte> tail)
    {
        using var stream = file.OpenRead();
        if (stream.Length < 18) return true;
        stream.Seek(-4, SeekOrigin.End);
        Span<byte> length = stackalloc byte[4];
        stream.ReadExactly(length);
        if (System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(length) == (uint)unpacked || IsBlank(tail)) return false;
        try
        {
            var json = new System.Text.Json.Utf8JsonReader(tail);
            while (json.Read())
            {
            }

            return false;
        }
        catch (System.Text.Json.JsonException)
        {
            return true;
        }
    }
}
