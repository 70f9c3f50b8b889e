using Warta.Media;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Newsroom;

/// <summary>What the newsroom asks about pictures.</summary>
public static class PictureQueries
{
    private const string Columns = "m.id, m.hash, m.focus_x, m.focus_y, m.width, m.height, m.format, m.bytes, m.alt, m.caption, m.credit, m.usage_terms, m.expires_at, m.created_at, m.created_by";

    /// <summary>A picture as the editor's dialog shows it.</summary>
    public sealed record Choice(long Id, string Preview, string Alt, string Caption, string Credit, DateTimeOffset? Expires);

    /// <summary>Which pictures a list shows.</summary>
    /// <param name="Own">Only those that he took in; empty for everybody's.</param>
    public sealed record Asked(string Words, string Own, long Before, int Count, DateTimeOffset? ShownAt = null);

    public static Choice? Item(Session session, long id) => Sheet(session, id)?.Choice;

    /// <summary>One of a picture's files.</summary>
    public sealed record Found(string Key, Rendition Rendition);

    /// <summary>The narrowest file of a shape that is at least this wide, or else the widest. Crops that no page needs aren't made for every picture: then one that was.</summary>
    public static Found? FileOf(Session session, long id, string shape, int width)
    {
        if (shape is not (Shape.Whole or Shape.Wide or Shape.Square or Shape.Share)) return null;
        var files = session.Query<FileRow>("""
            SELECT m.hash, m.focus_x, m.focus_y, r.shape, r.width, r.height, r.format
            FROM media m
            JOIN renditions r ON r.media_id = m.id
            WHERE m.id = @id AND m.purged_at IS NULL AND r.format <> 'avif'
            ORDER BY r.width
            """, new { id });
        var made = ((string[])[shape, Shape.Whole, Shape.Wide, Shape.Square, Shape.Share]).FirstOrDefault(each => files.Exists(file => file.Shape == each));
        files.RemoveAll(file => file.Shape != made);
        return (files.Find(file => file.Width >= width) ?? files.LastOrDefault()) is { } file ? new Found(MediaFolder.KeyOf(file.Hash, file.FocusX, file.FocusY), new Rendition(file.Shape, file.Width, file.Height, file.Format)) : null;
    }

    /// <summary>The newest pictures that are asked for.</summary>
    public static List<PictureSheet> List(Session session, Asked asked) => Sheets(session, PictureWords.Find(session, new PictureWords.Wanted(asked.Words, asked.Before, asked.Count, asked.Own, asked.ShownAt)));

    /// <summary>Those whose licence ends next, from a moment on.</summary>
    /// <param name="after">The number of the last one at that moment that was shown already.</param>
    public static List<PictureSheet> Expiring(Session session, DateTimeOffset from, long after, int count) => session.Query<PictureSheet>($"""
        SELECT {Columns}
        FROM media m
        WHERE m.expires_at IS NOT NULL AND m.arrived_at IS NOT NULL AND m.purged_at IS NULL AND m.expires_at >= @from AND (m.expires_at > @from OR m.id > @after)
        ORDER BY m.expires_at, m.id
        LIMIT @count
        """, new { from, after, count });

    public static PictureSheet? Sheet(Session session, long id) => Sheets(session, [id]).FirstOrDefault();

    /// <summary>In how many live stories each is; as far as it matters.</summary>
    public static Dictionary<long, long> Uses(Session session, IEnumerable<long> ids) => session.Query<(long, long)>(
        "SELECT media_id, count(*) FROM media_uses WHERE media_id IN [[ids:ids]] GROUP BY media_id", new { ids = session.Ids(ids) }).ToDictionary(row => row.Item1, row => row.Item2);

    /// <summary>A story that names a picture in any revision.</summary>
    public sealed record Use
    {
        public long ArticleId { get; init; }
        public long TitleId { get; init; }
        public string Headline { get; init; } = "";

        /// <summary>In how many titles readers see it there now.</summary>
        public long Live { get; init; }
    }

    public static List<Use> UsesOf(Session session, long id, int count) => session.Query<Use>("""
        SELECT n.article_id, a.canonical_title_id AS title_id,
            coalesce((SELECT r.headline FROM revisions r WHERE r.article_id = n.article_id ORDER BY r.number DESC LIMIT 1), '') AS headline,
            (SELECT count(*) FROM media_uses u WHERE u.media_id = n.media_id AND u.article_id = n.article_id) AS live
        FROM media_mentions n
        JOIN articles a ON a.id = n.article_id
        WHERE n.media_id = @id
        ORDER BY n.article_id DESC
        LIMIT @count
        """, new { id, count });

    /// <summary>The titles whose readers see it.</summary>
    public static List<long> TitlesOf(Session session, long id) => session.Query<long>("SELECT DISTINCT title_id FROM media_uses WHERE media_id = @id", new { id });

    /// <summary>Whose portrait it is.</summary>
    public static List<string> PortraitOf(Session session, long id) => session.Query<string>("SELECT name FROM authors WHERE portrait_id = @id ORDER BY id", new { id });

    private static List<PictureSheet> Sheets(Session session, List<long> ids) => ids.Count == 0 ? [] : session.Query<PictureSheet>(
        $"SELECT {Columns} FROM media m WHERE m.id IN [[ids:ids]] AND m.arrived_at IS NOT NULL AND m.purged_at IS NULL", new { ids = session.Ids(ids) }).OrderByDescending(picture => picture.Id).ToList();

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

/// <summary>A picture with all that the newsroom knows of it.</summary>
public sealed record PictureSheet
{
    public long Id { get; init; }
    public string Hash { get; init; } = "";
    public int FocusX { get; init; }
    public int FocusY { get; init; }
    public int Width { get; init; }
    public int Height { get; init; }
    public string Format { get; init; } = "";
    public long Bytes { get; init; }
    public string Alt { get; init; } = "";
    public string Caption { get; init; } = "";
    public string Credit { get; init; } = "";
    public string UsageTerms { get; init; } = "";
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";

    /// <summary>The address of its preview.</summary>
    public string Preview(string shape = Shape.Whole, int width = 640) => PicturePreview.Address(Id, MediaFolder.KeyOf(Hash, FocusX, FocusY), shape, width);

    /// <summary>What it is called where nobody has said anything of it.</summary>
    public string Name => new[] { Caption, Alt }.FirstOrDefault(text => text.Length > 0) ?? $"#{Id}";

    public PictureQueries.Choice Choice => new(Id, Preview(), Alt, Caption, Credit, ExpiresAt);
}
