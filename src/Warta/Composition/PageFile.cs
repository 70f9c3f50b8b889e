using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Warta.Composition;

/// <summary>One file of the page store's disk: records one behind another and, once it is full, an index beside it. One thread writes; any number read.</summary>
internal sealed class PageFile(string folder, long number) : IDisposable
{
    public const int MostBytes = 1 << OffsetBits;
    private const int OffsetBits = 26, ReadAtOnce = 16 << 10;
    private static readonly byte[] Zeros = new byte[64 << 10];

    private readonly string _indexPath = System.IO.Path.Combine(folder, $"{number:D10}.index");
    private SafeFileHandle? _file;

    // Until it is sealed.
    private List<Place>? _places;
    private HashSet<ulong>? _tags;

    public string Path { get; } = System.IO.Path.Combine(folder, $"{number:D10}.pages");
    public long Number => number;
    public long Length { get; private set; }
    public long IndexLength { get; private set; }
    public long IndexLengthWhenSealed => PageIndex.LengthOf(_places!.Count, _tags!.Count);

    /// <summary>Records that are still the newest of their keys. The owner counts.</summary>
    public int Live { get; set; }

    public static long NumberOf(ulong place) => (long)(place >> OffsetBits);

    public static ulong FirstPlaceOf(long number) => (ulong)number << OffsetBits;

    /// <summary>The files of a folder, the oldest first.</summary>
    public static List<long> Numbers(string folder) =>
        Directory.GetFiles(folder, "*.pages").Select(path => long.TryParse(System.IO.Path.GetFileNameWithoutExtension(path), out var number) ? number : 0).Where(number => number > 0).Order().ToList();

    /// <summary>What a crash has left behind.</summary>
    /// <param name="all">Count everything as such.</param>
    public static IEnumerable<string> Strays(string folder, bool all) =>
        Directory.GetFiles(folder, "*.index.tmp").Concat(Directory.GetFiles(folder, "*.index").Where(path => all || !File.Exists(System.IO.Path.ChangeExtension(path, ".pages")))).Concat(all ? Directory.GetFiles(folder, "*.pages") : []);

    public void Create()
    {
        _file = File.OpenHandle(Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
        (_places, _tags) = ([], []);
    }

    /// <param name="isLast">It will be written to again.</param>
    /// <returns>The places of its records, in the order they were written.</returns>
    public IReadOnlyList<Place> Open(bool isLast)
    {
        _file = File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        Length = RandomAccess.GetLength(_file);
        if (PageIndex.Read(_indexPath, Length) is not var (places, tags))
        {
            Scan();
            var scanned = _places!;
            if (!isLast && Length > 0) Seal();
            return scanned;
        }

        if (!isLast) IndexLength = PageIndex.LengthOf(places.Length, tags.Length);
        else
        {
            (_places, _tags) = ([.. places], [.. tags]);
            File.Delete(_indexPath);
        }

        return places;
    }

    /// <returns>The record's place.</returns>
    public ulong Append(UInt128 key, ReadOnlySpan<ulong> tags, ReadOnlySpan<byte> payload)
    {
        // First, as even a record that is written by half must be found when it is to be erased.
        foreach (var tag in tags) _tags!.Add(tag);
        var length = (int)PageRecord.LengthOf(tags.Length, payload.Length);
        var record = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            PageRecord.Write(record.AsSpan(0, length), key, tags, payload);
            RandomAccess.Write(_file!, record.AsSpan(0, length), Length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(record);
        }

        var place = FirstPlaceOf(number) | (ulong)Length;
        _places!.Add(new Place((ulong)key, place));
        Length += length;
        return place;
    }

    /// <returns>Null for another page's, and for one that was erased.</returns>
    /// <exception cref="PageDamagedException"/>
    public byte[]? Read(ulong place, UInt128 key)
    {
        var at = (long)(place & (MostBytes - 1));
        var buffer = ArrayPool<byte>.Shared.Rent(ReadAtOnce);
        try
        {
            if (ReadHead(at, ref buffer, out var read) is not { } head) throw new PageDamagedException(Path, at);
            if (head.Key != key) return null;
            var payload = GC.AllocateUninitializedArray<byte>(head.PayloadLength);
            var there = Math.Min(read - head.HeadLength, payload.Length);
            buffer.AsSpan(head.HeadLength, there).CopyTo(payload);
            Fill(payload.AsSpan(there), at + head.HeadLength + there);
            if (PageRecord.HashOf(payload) == head.PayloadHash) return payload;
            return payload.AsSpan().ContainsAnyExcept((byte)0) ? throw new PageDamagedException(Path, at) : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Overwrites the payloads of all records with a tag. The heads stay, so that it can be done again should a crash come between.</summary>
    /// <exception cref="PageDamagedException">Not every record could be found.</exception>
    public int Erase(ulong tag, Action<UInt128, ulong> forget)
    {
        if (!(_tags?.Contains(tag) ?? PageIndex.MayHave(_indexPath, tag))) return 0;
        // A write that failed may have left words behind the last record.
        RandomAccess.SetLength(_file!, Length);
        var erased = 0;
        var end = Walk((at, head, tags) =>
        {
            if (!tags.Contains(tag)) return;
            forget(head.Key, FirstPlaceOf(number) | (ulong)at);
            Zero(at + head.HeadLength, head.PayloadLength);
            erased++;
        });
        RandomAccess.FlushToDisk(_file!);
        return end == Length ? erased : throw new PageDamagedException(Path, end);
    }

    /// <summary>Overwrites everything.</summary>
    public void Overwrite()
    {
        Zero(0, RandomAccess.GetLength(_file!));
        RandomAccess.FlushToDisk(_file!);
    }

    public void Seal()
    {
        RandomAccess.SetLength(_file!, Length);
        PageIndex.Write(_indexPath, Length, _places!, _tags!);
        IndexLength = IndexLengthWhenSealed;
        (_places, _tags) = (null, null);
    }

    /// <summary>Whoever is reading it can finish.</summary>
    public void Delete()
    {
        File.Delete(Path);
        File.Delete(_indexPath);
        Dispose();
    }

    public void Dispose() => _file?.Dispose();

    // What stands behind the first record that was written by half is lost: it was written later.
    private void Scan()
    {
        (_places, _tags) = ([], []);
        var end = Walk((at, head, tags) =>
        {
            _places.Add(new Place((ulong)head.Key, FirstPlaceOf(number) | (ulong)at));
            foreach (var tag in tags) _tags.Add(tag);
        });
        if (end == Length) return;
        RandomAccess.SetLength(_file!, end);
        Length = end;
    }

    private delegate void Visit(long at, PageHead head, ReadOnlySpan<ulong> tags);

    /// <returns>Where it had to stop.</returns>
    private long Walk(Visit visit)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ReadAtOnce / 4);
        try
        {
            var at = 0L;
            while (ReadHead(at, ref buffer, out _) is { } head)
            {
                visit(at, head, PageRecord.TagsOf(buffer.AsSpan(0, head.HeadLength)));
                at += head.Length;
            }

            return at;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // With as much of what follows as comes along.
    private PageHead? ReadHead(long at, ref byte[] buffer, out int read)
    {
        read = ReadAt(buffer, at);
        if (PageRecord.LengthOfHead(buffer.AsSpan(0, read)) is not { } length || at + length > Length) return null;
        if (length > buffer.Length)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent((int)length);
            read = ReadAt(buffer, at);
        }

        if (read < length || PageRecord.Read(buffer.AsSpan(0, (int)length)) is not { } head) return null;
        return at + head.Length <= Length ? head : null;
    }

    private int ReadAt(Span<byte> buffer, long at)
    {
        var read = 0;
        while (read < buffer.Length && RandomAccess.Read(_file!, buffer[read..], at + read) is > 0 and var more) read += more;
        return read;
    }

    private void Fill(Span<byte> buffer, long at)
    {
        if (buffer.Length > 0 && ReadAt(buffer, at) < buffer.Length) throw new PageDamagedException(Path, at);
    }

    private void Zero(long at, long length)
    {
        for (var end = at + length; at < end; at += Zeros.Length) RandomAccess.Write(_file!, Zeros.AsSpan(0, (int)Math.Min(Zeros.Length, end - at)), at);
    }
}
