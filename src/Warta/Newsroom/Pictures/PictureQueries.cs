using Warta.Media;
using Warta.Storage;

namespace Warta.Newsroom;

/// <summary>What the newsroom asks about pictures.</summary>
internal static class PictureQueries
{
    /// <summary>A picture as the editor's dialog shows it.</summary>
    public sealed record Choice(long Id, string Preview, string Alt, string Caption, string Credit, DateTimeOffset? Expires);

    public static Choice? Item(Session session, long id) =>
        session.First<Row>("SELECT id, hash, focus_x, focus_y, alt, caption, credit, expires_at FROM media WHERE id = @id AND purged_at IS NULL", new { id })?.Choice;

    /// <summary>One of a picture's files.</summary>
    public sealed record Found(string Key, Rendition Rendition);

    /// <summary>The narrowest file of a shape that is at least this wide, or else the widest.</summary>
    public static Found? FileOf(Session session, long id, string shape, int width)
    {
        var files = session.Query<FileRow>("""
            SELECT m.hash, m.focus_x, m.focus_y, r.shape, r.width, r.height, r.format
            FROM media m
            JOIN renditions r ON r.media_id = m.id
            WHERE m.id = @id AND m.purged_at IS NULL AND r.shape = @shape AND r.format <> 'avif'
            ORDER BY r.width
            """, new { id, shape });
        return (files.Find(file => file.Width >= width) ?? files.LastOrDefault()) is { } file ? new Found(MediaFolder.KeyOf(file.Hash, file.FocusX, file.FocusY), new Rendition(file.Shape, file.Width, file.Height, file.Format)) : null;
    }

    private sealed record Row
    {
        public long Id { get; init; }
        public string Hash { get; init; } = "";
        public int FocusX { get; init; }
        public int FocusY { get; init; }
        public string Alt { get; init; } = "";
        public string Caption { get; init; } = "";
        public string Credit { get; init; } = "";
        public DateTimeOffset? ExpiresAt { get; init; }

        public Choice Choice => new(Id, PicturePreview.Address(Id, MediaFolder.KeyOf(Hash, FocusX, FocusY)), Alt, Caption, Credit, ExpiresAt);
    }

    private sealed record FileRow
    {
        public string Hash { get; init; } = "";
        public int FocusX { get; init; }
        public int FocusY { get; init; }
        public string Shape { get; init; } = "";
        public int Width { get; init; }
        public int Height { get; init; }
        public string Format { get; init; } = "";
    }
}
