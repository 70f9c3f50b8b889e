using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Warta.Storage;

namespace Warta.Composition;

/// <summary>A page as it is kept: its own segments, the holes between them, what it was made of, and when.</summary>
public sealed class KeptPage
{
    private const byte Format = 1;
    private readonly Segment[] _own;
    private readonly Hole[] _holes;
    private readonly Key[] _keys;
    private Shown? _shown;
    private Composed? _withIncludes;
    private long _checkedAt = -1;

    private sealed record Shown(LiveSet? Set, Segment Date, Segment? Strip, Composed Composed);

    private KeptPage(PageKey key, int status, Segment[] own, Hole[] holes, LivePlan plan, Key[] keys)
    {
        (Key, Status, _own, _holes, Plan, _keys) = (key, status, own, holes, plan, keys);
        Bytes = 1_500 + 2L * key.Path.Length + 8L * keys.Length + own.Sum(segment => segment.Deflated.Length + 160L);
    }

    public PageKey Key { get; }
    public int Status { get; }
    public LivePlan Plan { get; }
    public IReadOnlyList<Key> Keys => _keys;

    /// <summary>The event after which it was rendered.</summary>
    public required long Position { get; init; }

    /// <summary>Of the masthead that it was rendered with.</summary>
    public required UInt128 Around { get; init; }

    /// <summary>See <see cref="Reading"/>.</summary>
    public required DateTimeOffset NotAfter { get; init; }
    public required DateTimeOffset GoneAfter { get; init; }

    /// <summary>What it costs to make it again, in microseconds.</summary>
    public required int Cost { get; init; }
    public required DateTimeOffset RenderedAt { get; init; }

    /// <summary>Roughly, in memory, with all that refers to it.</summary>
    public long Bytes { get; }

    /// <summary>How often it was asked for; counted without a lock, so a few may be missing.</summary>
    internal int Uses { get; set; }

    /// <summary>See <see cref="PageMemory"/>.</summary>
    internal double Inflation { get; set; }
    internal int Place { get; set; } = -1;
    internal bool IsOnDisk { get; set; }
    internal LiveSlot? Slot { get; set; }

    /// <summary>When it was first found to be out of date.</summary>
    internal DateTimeOffset? StaleSince { get; set; }

    public static KeptPage Of(PageKey key, Page page, Reading reading, long position, UInt128 around, DateTimeOffset now, TimeSpan took)
    {
        var (texts, holes) = Holes.Split(page.Html);
        return new KeptPage(key, page.Status, texts.ToArray(), holes.ToArray(), page.Plan!, reading.Keys.ToArray())
        {
            Position = position,
            Around = around,
            NotAfter = reading.NotAfter,
            GoneAfter = reading.GoneAfter,
            Cost = (int)took.TotalMicroseconds,
            RenderedAt = now,
        };
    }

    /// <summary>Whether it shows what a page rendered now would.</summary>
    internal bool IsCurrent(Freshness freshness, Surroundings around, DateTimeOffset now)
    {
        if (now >= NotAfter || now >= GoneAfter || !around.Mastheads.TryGetValue(Key.TitleId, out var masthead) || masthead.Hash != Around) return false;
        // What was current stays so until something is touched, whatever it is.
        var version = freshness.Version;
        if (Volatile.Read(ref _checkedAt) == version) return true;
        if (!freshness.IsCurrent(_keys, Position)) return false;
        Volatile.Write(ref _checkedAt, version);
        return true;
    }

    /// <summary>Whether it shows something that must not be seen any more.</summary>
    internal bool IsGone(Freshness freshness, DateTimeOffset now) => now >= GoneAfter || freshness.IsGone(_keys, Position);

    /// <summary>The page with its holes filled.</summary>
    internal Composed Fill(LiveSet? set, Segment date, Segment? strip)
    {
        var shown = _shown;
        if (shown is not null && ReferenceEquals(shown.Set, set) && ReferenceEquals(shown.Date, date) && ReferenceEquals(shown.Strip, strip)) return shown.Composed;
        var choice = set?.For(Plan);
        var segments = new Segment[_own.Length + _holes.Length];
        for (var i = 0; i < _own.Length; i++)
        {
            segments[2 * i] = _own[i];
            if (i == _holes.Length) break;
            segments[2 * i + 1] = _holes[i] switch
            {
                Hole.Date => date,
                Hole.Strip => strip ?? Segment.Empty,
                var list => choice?.Of(list) ?? Segment.Empty,
            };
        }

        var composed = new Composed(segments);
        _shown = new Shown(set, date, strip, composed);
        return composed;
    }

    /// <summary>The page for a cache that fills its holes.</summary>
    public Composed WithIncludes => _withIncludes ??= new Composed([.. _own.SelectMany((own, i) => i == _holes.Length ? [own] : new[] { own, Segment.Of($"<esi:include src=\"{Includes.Address(_holes[i], Plan)}\"/>") })]);

    internal byte[] Write()
    {
        var stream = new MemoryStream((int)Bytes);
        using var writer = new BinaryWriter(stream);
        writer.Write(Format);
        writer.Write(Key.TitleId);
        writer.Write(Key.Path);
        writer.Write(Key.Number);
        writer.Write(Status);
        writer.Write(Position);
        Write(writer, Around);
        writer.Write(NotAfter.ToUnixTimeMilliseconds());
        writer.Write(GoneAfter.ToUnixTimeMilliseconds());
        writer.Write(RenderedAt.ToUnixTimeMilliseconds());
        writer.Write(Cost);
        writer.Write(Plan.Context.TitleId);
        writer.Write(Plan.Context.Channel);
        writer.Write(Plan.Context.Language);
        foreach (var ids in new[] { Plan.Less, Plan.PicksLess, Plan.LatestLess })
        {
            writer.Write(ids.Count);
            foreach (var id in ids) writer.Write(id);
        }

        writer.Write(_keys.Length);
        writer.Write(MemoryMarshal.AsBytes<Key>(_keys));
        writer.Write(_holes.Length);
        foreach (var hole in _holes) writer.Write((byte)hole);
        foreach (var segment in _own)
        {
            writer.Write(segment.Deflated.Length);
            writer.Write(segment.Length);
            writer.Write(segment.Crc);
            Write(writer, segment.Hash);
            writer.Write(segment.Deflated);
        }

        return stream.ToArray();
    }

    /// <summary>Null for what another version wrote, or for another page whose hash happens to be this one's.</summary>
    internal static KeptPage? Read(PageKey key, byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        if (reader.ReadByte() != Format || new PageKey(reader.ReadInt64(), reader.ReadString(), reader.ReadInt64()) != key) return null;
        var (status, position, around) = (reader.ReadInt32(), reader.ReadInt64(), ReadHash(reader));
        var (notAfter, goneAfter, renderedAt, cost) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt32());
        var context = new LiveContext(reader.ReadInt64(), reader.ReadString(), reader.ReadString());
        var plan = new LivePlan { Context = context, Less = Ids(), PicksLess = Ids(), LatestLess = Ids() };
        var keys = MemoryMarshal.Cast<byte, Key>(reader.ReadBytes(8 * reader.ReadInt32())).ToArray();
        var holes = reader.ReadBytes(reader.ReadInt32()).Select(hole => (Hole)hole).ToArray();
        var own = new Segment[holes.Length + 1];
        for (var i = 0; i < own.Length; i++)
        {
            var (run, length, crc, hash) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadUInt32(), ReadHash(reader));
            own[i] = Segment.Restore(reader.ReadBytes(run), length, crc, hash);
        }

        return new KeptPage(key, status, own, holes, plan, keys)
        {
            Position = position,
            Around = around,
            NotAfter = DateTimeOffset.FromUnixTimeMilliseconds(notAfter),
            GoneAfter = DateTimeOffset.FromUnixTimeMilliseconds(goneAfter),
            RenderedAt = DateTimeOffset.FromUnixTimeMilliseconds(renderedAt),
            Cost = cost,
            IsOnDisk = true,
        };

        long[] Ids()
        {
            var ids = new long[reader.ReadInt32()];
            for (var i = 0; i < ids.Length; i++) ids[i] = reader.ReadInt64();
            return ids;
        }
    }

    private static void Write(BinaryWriter writer, UInt128 hash)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, hash);
        writer.Write(bytes);
    }

    private static UInt128 ReadHash(BinaryReader reader)
    {
        Span<byte> bytes = stackalloc byte[16];
        reader.BaseStream.ReadExactly(bytes);
        return BinaryPrimitives.ReadUInt128LittleEndian(bytes);
    }
}
