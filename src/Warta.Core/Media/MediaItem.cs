using Warta.Storage;

namespace Warta.Media;

/// <summary>One of the files made of a picture.</summary>
/// <param name="Format">Its file's ending: "webp", "avif" or "jpg".</param>
public sealed record Rendition(string Shape, int Width, int Height, string Format);

/// <summary>What a rendition shows of its picture; the column <c>renditions.shape</c>.</summary>
public static class Shape
{
    /// <summary>All of it, 16:9, 1:1, and 1200 × 630 as JPEG for share cards.</summary>
    public const string Whole = "whole", Wide = "wide", Square = "square", Share = "share";
}

/// <summary>A picture that pages may show, with those of its files that were asked for.</summary>
public sealed record MediaItem
{
    public long Id { get; init; }

    /// <summary>Names the picture in its files' addresses.</summary>
    public string Key { get; init; } = "";

    /// <summary>Its file hasn't come yet: an import goes on fetching.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>The picture's own size in pixels, upright.</summary>
    public int Width { get; init; }
    public int Height { get; init; }
    public string Alt { get; init; } = "";
    public string Caption { get; init; } = "";
    public string Credit { get; init; } = "";

    /// <summary>By shape, format and width, the narrowest first.</summary>
    public IReadOnlyList<Rendition> Renditions { get; init; } = [];

    /// <summary>From the site's root.</summary>
    public string UrlOf(Rendition rendition) => $"/media/{Key}/{rendition.Shape}-{rendition.Width}.{rendition.Format}";

    public IEnumerable<Rendition> Of(string shape, string format) => Renditions.Where(r => r.Shape == shape && r.Format == format);

    /// <summary>Address and width of each file of a shape, as <c>srcset</c> has it; empty where there are none.</summary>
    public string Srcset(string shape, string format) => string.Join(", ", Of(shape, format).Select(r => $"{UrlOf(r)} {r.Width}w"));

    /// <summary>The pictures of these ids that may be shown now: neither purged nor past their licence. All are read at once.</summary>
    /// <param name="shapes">The shapes whose files are wanted.</param>
    public static IReadOnlyDictionary<long, MediaItem> Read(Session session, IEnumerable<long> ids, DateTimeOffset now, params string[] shapes)
    {
        var wanted = ids.Distinct().ToList();
        if (wanted.Count == 0) return new Dictionary<long, MediaItem>();
        foreach (var id in wanted) session.Note(Content.Keys.Media(id));
        var found = session.Query<Row>("""
            SELECT m.expires_at, m.id, m.hash, m.focus_x, m.focus_y, m.arrived_at, m.width, m.height, m.alt, m.caption, m.credit, coalesce(r.shape, '') AS shape, coalesce(r.width, 0) AS file_width, coalesce(r.height, 0) AS file_height, coalesce(r.format, '') AS format
            FROM media m
            LEFT JOIN renditions r ON r.media_id = m.id AND r.shape IN [[texts:shapes]]
            WHERE m.id IN [[ids:ids]] AND m.purged_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > @now)
            """, new { ids = session.Ids(wanted), now, shapes = session.Texts(shapes) });
        foreach (var row in found)
        {
            if (row.ExpiresAt is { } end) session.Reading?.GoneAt(end);
        }

        return found
            .GroupBy(row => row.Id)
            .ToDictionary(rows => rows.Key, rows => rows.First().Item() with
            {
                Renditions = rows.Where(row => row.Shape.Length > 0).Select(row => new Rendition(row.Shape, row.FileWidth, row.FileHeight, row.Format)).OrderBy(r => r.Shape, StringComparer.Ordinal).ThenBy(r => r.Format, StringComparer.Ordinal).ThenBy(r => r.Width).ToList(),
            });
    }

    /// <summary>The folders that pictures have, or had before they were changed.</summary>
    public static IEnumerable<string> Keys(Session session) => session.Query<Row>("SELECT hash, focus_x, focus_y FROM media WHERE arrived_at IS NOT NULL AND purged_at IS NULL UNION SELECT h.hash, h.focus_x, h.focus_y FROM media_history h JOIN media m ON m.id = h.media_id WHERE m.purged_at IS NULL").Select(row => MediaFolder.KeyOf(row.Hash, row.FocusX, row.FocusY));

    private sealed record Row
    {
        public long Id { get; init; }
        public string Hash { get; init; } = "";
        public int FocusX { get; init; }
        public int FocusY { get; init; }
        public DateTimeOffset? ArrivedAt { get; init; }
        public DateTimeOffset? ExpiresAt { get; init; }
        public int Width { get; init; }
        public int Height { get; init; }
        public string Alt { get; init; } = "";
        public string Caption { get; init; } = "";
        public string Credit { get; init; } = "";
        public string Shape { get; init; } = "";
        public int FileWidth { get; init; }
        public int FileHeight { get; init; }
        public string Format { get; init; } = "";

        public MediaItem Item() => new() { Id = Id, Key = MediaFolder.KeyOf(Hash, FocusX, FocusY), IsAwaited = ArrivedAt is null, Width = Width, Height = Height, Alt = Alt, Caption = Caption, Credit = Credit };
    }
}
