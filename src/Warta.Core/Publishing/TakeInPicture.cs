using Warta.Content;
using Warta.Media;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>
/// Takes a picture into the house. Its files are made and on the disk before the transaction that writes its row: making them takes a second or
/// two, and nobody waits for the database meanwhile.
/// </summary>
public static class TakeInPicture
{
    private const int LongestWords = 2_000;

    /// <summary>A picture as it is handed in. The focus is a point in percent from the left and the top, which no crop may lose.</summary>
    public sealed record NewPicture(byte[] File)
    {
        public string Alt { get; init; } = "";
        public string Caption { get; init; } = "";
        public string Credit { get; init; } = "";
        public string UsageTerms { get; init; } = "";
        public int FocusX { get; init; } = 50;
        public int FocusY { get; init; } = 50;

        /// <summary>The end of its licence: from then on it is shown nowhere.</summary>
        public DateTimeOffset? ExpiresAt { get; init; }
    }

    /// <param name="IsNew">False for a file that was here already: its words stay as they are.</param>
    public sealed record Taken(long Id, bool IsNew);

    /// <param name="prepared">Its renditions where they have been made elsewhere by somebody we trust; else they are made here.</param>
    /// <exception cref="MediaException">It is no picture, or too large; or vips is missing.</exception>
    /// <exception cref="ContentException">Its words are too long, or its focus is outside the picture.</exception>
    /// <exception cref="PublishingException">It was purged here.</exception>
    public static Taken TakeIn(this Press press, string actor, NewPicture picture, IReadOnlyList<MediaFolder.Prepared>? prepared = null)
    {
        Check(picture);
        var hash = MediaFolder.HashOf(picture.File);
        if (press.Database.Read(session => Known(session, hash, picture.FocusX, picture.FocusY)) is { } known) return new Taken(known.Id, false);
        var stored = prepared is null ? press.Media.Store(picture.File, picture.FocusX, picture.FocusY) : press.Media.StorePrepared(picture.File, prepared, picture.FocusX, picture.FocusY);
        return press.Run(actor, act =>
        {
            // Somebody may have been faster with the same file.
            if (Known(act.Sql, hash, picture.FocusX, picture.FocusY) is { } meanwhile) return new Taken(meanwhile.Id, false);
            var id = act.Sql.RunForId("""
                INSERT INTO media (hash, source, format, width, height, bytes, focus_x, focus_y, alt, caption, credit, usage_terms, expires_at, created_at, created_by, arrived_at, failure, avif_at)
                VALUES (@p1, '', @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p13, '', @p15)
                RETURNING id
                """, hash, stored.Original.Format, stored.Width, stored.Height, stored.Bytes, picture.FocusX, picture.FocusY, picture.Alt, picture.Caption, picture.Credit,
                // What was prepared is all that is wanted.
                picture.UsageTerms, picture.ExpiresAt, act.Now, act.Actor, prepared is null ? null : act.Now);
            Keep(act.Sql, id, stored.Renditions);
            PictureWords.Keep(act.Sql, id, picture.Alt, picture.Caption, picture.Credit);
            act.Record("picture-taken-in", null, null, new { media = id });
            return new Taken(id, true);
        });
    }

    /// <summary>The newest picture made of this file, whatever its focus; null where there is none.</summary>
    /// <exception cref="PublishingException">The file was purged, and is no other picture's.</exception>
    public static long? PictureOf(Session session, string hash) => KnownAll(session, hash).FindLast(row => row.PurgedAt is null)?.Id;

    /// <summary>The file of a picture that an import has made a row for. Nothing happens when the picture was purged meanwhile.</summary>
    /// <exception cref="MediaException">It is no picture, or too large; or vips is missing.</exception>
    /// <exception cref="PublishingException">It was purged here.</exception>
    public static void Arrive(this Press press, long mediaId, byte[] file)
    {
        if (press.Database.Read(session => session.First<Row>("SELECT id, hash, focus_x, focus_y FROM media WHERE id = @mediaId AND arrived_at IS NULL AND purged_at IS NULL", new { mediaId })) is not { } row) return;
        var hash = MediaFolder.HashOf(file);
        var known = press.Database.Read(session => Known(session, hash, row.FocusX, row.FocusY));
        var stored = known is null ? press.Media.Store(file, row.FocusX, row.FocusY) : null;
        press.Run("import", act =>
        {
            const string arrived = "UPDATE media SET hash = @p1, format = @p2, width = @p3, height = @p4, bytes = @p5, arrived_at = @p6, avif_at = @p7, failure = '' WHERE id = @p8 AND arrived_at IS NULL AND purged_at IS NULL";
            var twin = known is null ? null : Known(act.Sql, hash, row.FocusX, row.FocusY);
            if (known is not null && twin is null) throw new MediaException("The picture was purged while it arrived.");
            var isAwaited = stored is not null
                ? act.Sql.Run(arrived, hash, stored.Original.Format, stored.Width, stored.Height, stored.Bytes, act.Now, null, mediaId)
                : act.Sql.Run(arrived, hash, twin!.Format, twin.Width, twin.Height, twin.Bytes, act.Now, twin.AvifAt, mediaId);
            if (isAwaited == 0) return;
            act.Sql.Touch(Keys.Media(mediaId));
            if (stored is not null) Keep(act.Sql, mediaId, stored.Renditions);
            else act.Sql.Run("INSERT INTO renditions (media_id, shape, width, format, height, bytes) SELECT @p1, shape, width, format, height, bytes FROM renditions WHERE media_id = @p2", mediaId, twin!.Id);
        }, batch: true);
    }

    /// <summary>Makes the AVIF files of one picture that lacks them. One that can't be encoded goes without.</summary>
    /// <returns>False when there is nothing to do, or no vips to do it with.</returns>
    public static bool MakeAvif(this Press press)
    {
        if (!MediaFolder.CanMake) return false;
        if (press.Database.Read(session => session.First<Row>("SELECT id, hash, focus_x, focus_y, format FROM media WHERE avif_at IS NULL AND arrived_at IS NOT NULL AND purged_at IS NULL ORDER BY id LIMIT 1")) is not { } row) return false;
        IReadOnlyList<(Rendition, long)> made = [];
        try
        {
            made = press.Media.StoreAvif(MediaFolder.KeyOf(row.Hash, row.FocusX, row.FocusY), row.Format, row.FocusX, row.FocusY);
        }
        catch (Exception e) when (e is MediaException or IOException)
        {
            // WebP does for every browser; the doctor sees a missing original.
        }

        press.Run("timetable", act =>
        {
            // With another file or focus since, it waits for its own.
            if (act.Sql.Run("UPDATE media SET avif_at = @p1 WHERE id = @p2 AND purged_at IS NULL AND hash = @p3 AND focus_x = @p4 AND focus_y = @p5", act.Now, row.Id, row.Hash, row.FocusX, row.FocusY) == 0) return;
            Keep(act.Sql, row.Id, made);
            act.Sql.Touch(Keys.Media(row.Id));
        });
        return true;
    }

    /// <summary>Removes files that no row has any more: a purge's, and what a crash left.</summary>
    public static void TidyPictures(this Press press)
    {
        PictureUses.ErasePurged(press);
        press.Media.Tidy(press.Now);
    }

    internal static void Keep(WriteSession session, long mediaId, IReadOnlyList<(Rendition Rendition, long Bytes)> renditions)
    {
        foreach (var (r, bytes) in renditions)
            session.Run("INSERT INTO renditions (media_id, shape, width, format, height, bytes) VALUES (@p1, @p2, @p3, @p4, @p5, @p6) ON CONFLICT DO NOTHING", mediaId, r.Shape, r.Width, r.Format, r.Height, bytes);
    }

    /// <summary>The picture with this file and focus.</summary>
    /// <exception cref="PublishingException">The file was purged, and is no other picture's.</exception>
    private static Row? Known(Session session, string hash, int focusX, int focusY) =>
        KnownAll(session, hash).Find(row => row.PurgedAt is null && row.FocusX == focusX && row.FocusY == focusY);

    private static List<Row> KnownAll(Session session, string hash)
    {
        var all = session.Query<Row>("SELECT id, hash, focus_x, focus_y, format, width, height, bytes, avif_at, purged_at FROM media WHERE hash = @hash ORDER BY id", new { hash });
        var isPurged = all.Count > 0 ? all.TrueForAll(row => row.PurgedAt is not null)
            : session.Value<long>("SELECT count(*) FROM media_history h JOIN media m ON m.id = h.media_id WHERE h.hash = @hash AND m.purged_at IS NOT NULL", new { hash }) > 0;
        return isPurged ? throw new PurgedPictureException() : all;
    }

    private static void Check(NewPicture picture)
    {
        if (picture.FocusX is < 0 or > 100 || picture.FocusY is < 0 or > 100) throw new ContentException("The focus is a point in percent from the left and the top: two numbers from 0 to 100.");
        if (new[] { picture.Alt, picture.Caption, picture.Credit, picture.UsageTerms }.Any(words => words.Length > LongestWords)) throw new ContentException($"A picture's alternative text, caption, credit and terms have room for {LongestWords:N0} characters each.");
    }

    private sealed record Row
    {
        public long Id { get; init; }
        public string Hash { get; init; } = "";
        public int FocusX { get; init; }
        public int FocusY { get; init; }
        public string Format { get; init; } = "";
        public int Width { get; init; }
        public int Height { get; init; }
        public long Bytes { get; init; }
        public DateTimeOffset? AvifAt { get; init; }
        public DateTimeOffset? PurgedAt { get; init; }
    }
}
