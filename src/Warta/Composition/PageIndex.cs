using System.Runtime.InteropServices;

namespace Warta.Composition;

/// <summary>
/// What lies beside a full file of pages, so that nobody has to read the file: how long it was, where its records are, which tags they have (in order), and the hash of
/// all this. Where it is missing or doesn't fit, the file itself says.
/// </summary>
internal static class PageIndex
{
    private const long Mark = 0x31_7865_646E_4957;
    private const int PlacesAt = 4 * sizeof(long), PlaceBytes = 2 * sizeof(ulong);

    public static long LengthOf(int places, int tags) => PlacesAt + PlaceBytes * (long)places + sizeof(ulong) * (tags + 1L);

    public static void Write(string path, long fileLength, List<Place> places, HashSet<ulong> tags)
    {
        var bytes = new byte[LengthOf(places.Count, tags.Count)];
        ReadOnlySpan<long> head = [Mark, fileLength, places.Count, tags.Count];
        head.CopyTo(MemoryMarshal.Cast<byte, long>(bytes.AsSpan()));
        CollectionsMarshal.AsSpan(places).CopyTo(MemoryMarshal.Cast<byte, Place>(bytes.AsSpan(PlacesAt, PlaceBytes * places.Count)));
        var sorted = tags.Order().ToArray();
        MemoryMarshal.AsBytes<ulong>(sorted).CopyTo(bytes.AsSpan(PlacesAt + PlaceBytes * places.Count));
        MemoryMarshal.Write(bytes.AsSpan(^sizeof(ulong)..), PageRecord.HashOf(bytes.AsSpan(..^sizeof(ulong))));
        File.WriteAllBytes(path + ".tmp", bytes);
        File.Move(path + ".tmp", path, overwrite: true);
    }

    /// <returns>Null where it doesn't fit.</returns>
    public static (Place[] Places, ulong[] Tags)? Read(string path, long fileLength)
    {
        if (!File.Exists(path)) return null;
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < LengthOf(0, 0) || PageRecord.HashOf(bytes.AsSpan(..^sizeof(ulong))) != MemoryMarshal.Read<ulong>(bytes.AsSpan(^sizeof(ulong)..))) return null;
        var head = MemoryMarshal.Cast<byte, long>(bytes.AsSpan(0, PlacesAt));
        if (head[0] != Mark || head[1] != fileLength) return null;
        var tagsAt = PlacesAt + PlaceBytes * (int)head[2];
        return (MemoryMarshal.Cast<byte, Place>(bytes.AsSpan(PlacesAt..tagsAt)).ToArray(), MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan(tagsAt..^sizeof(ulong))).ToArray());
    }

    /// <summary>Whether a record of the file has a tag. It reads a few words of the tags only: after a start the log's erasures are asked for again, one by one.</summary>
    public static bool MayHave(string path, ulong tag)
    {
        if (!File.Exists(path)) return true;
        using var file = File.OpenHandle(path);
        Span<long> head = stackalloc long[PlacesAt / sizeof(long)];
        RandomAccess.Read(file, MemoryMarshal.AsBytes(head), 0);
        if (head[0] != Mark || LengthOf((int)head[2], (int)head[3]) != RandomAccess.GetLength(file)) return true;
        var tagsAt = PlacesAt + PlaceBytes * head[2];
        Span<ulong> middle = stackalloc ulong[1];
        long low = 0, high = head[3] - 1;
        while (low <= high)
        {
            var at = (low + high) / 2;
            RandomAccess.Read(file, MemoryMarshal.AsBytes(middle), tagsAt + sizeof(ulong) * at);
            if (middle[0] == tag) return true;
            if (middle[0] < tag) low = at + 1;
            else high = at - 1;
        }

        return false;
    }
}
