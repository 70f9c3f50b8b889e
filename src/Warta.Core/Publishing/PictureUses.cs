using Warta.Content;
using Warta.Media;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>Which stories have a picture, and which show it: readers may have the file of no other.</summary>
internal static class PictureUses
{
    private const int LongestWords = 2_000;

    /// <exception cref="ContentException">The draft names a picture that isn't there, or says too much of one.</exception>
    public static void Check(Session session, Draft draft)
    {
        if (draft.Picture is { } lead && Math.Max(lead.Alt.Length, Math.Max(lead.Caption.Length, lead.Credit.Length)) > LongestWords) throw new ContentException($"A picture's alternative text, caption and credit have room for {LongestWords:N0} characters each.");
        var ids = IdsOf(draft.Picture, draft.Body);
        if (ids.Count == 0) return;
        var known = session.Query<long>("SELECT id FROM media WHERE id IN [[ids:ids]] AND purged_at IS NULL", new { ids = session.Ids(ids) });
        if (ids.Except(known).FirstOrDefault() is var unknown and not 0) throw new ContentException($"There is no picture {unknown}. Send its file first; the answer names its id.");
    }

    public static void Mention(WriteSession session, long articleId, Draft draft)
    {
        foreach (var media in IdsOf(draft.Picture, draft.Body))
            session.Run("INSERT INTO media_mentions (media_id, article_id) VALUES (@p1, @p2) ON CONFLICT DO NOTHING", media, articleId);
    }

    public static void Show(WriteSession session, long titleId, long articleId, Picture? lead, Body body)
    {
        foreach (var media in IdsOf(lead, body))
            session.Run("INSERT INTO media_uses (media_id, title_id, article_id) VALUES (@p1, @p2, @p3) ON CONFLICT DO NOTHING", media, titleId, articleId);
    }

    /// <summary>Erases the words and files of those pictures of a story that no other story has had, in any revision. Files that another picture shares stay.</summary>
    public static void Purge(Act act, long articleId)
    {
        var sql = act.Sql;
        var own = sql.Query<File>("""
            SELECT m.id, m.hash, m.focus_x, m.focus_y
            FROM media_mentions n
            JOIN media m ON m.id = n.media_id
            WHERE n.article_id = @articleId
              AND NOT EXISTS (SELECT 1 FROM media_mentions o WHERE o.media_id = n.media_id AND o.article_id <> n.article_id)
              AND NOT EXISTS (SELECT 1 FROM authors a WHERE a.portrait_id = n.media_id)
            """, new { articleId });
        // Their other files and focuses, and the words that they had.
        var before = own.SelectMany(file => sql.Query<File>("SELECT DISTINCT media_id AS id, hash, focus_x, focus_y FROM media_history WHERE media_id = @Id", new { file.Id })).ToList();
        foreach (var file in own)
        {
            sql.Run("UPDATE media_history SET alt = '', caption = '', credit = '', usage_terms = '' WHERE media_id = @p1", file.Id);
            sql.Run("UPDATE media SET source = '', alt = '', caption = '', credit = '', usage_terms = '', failure = '', purged_at = @p1 WHERE id = @p2", act.Now, file.Id);
            sql.Run("DELETE FROM renditions WHERE media_id = @p1", file.Id);
            sql.Run("DELETE FROM media_words WHERE media_id = @p1", file.Id);
            sql.Touch(Keys.Media(file.Id), Change.Erased);
        }

        sql.Run("DELETE FROM media_mentions WHERE article_id = @p1", articleId);
        foreach (var file in own.Concat(before).Where(file => file.Hash.Length > 0 && !IsShared(sql, file)))
            act.AfterCommit.Add(() => act.Press.Media.Erase(MediaFolder.KeyOf(file.Hash, file.FocusX, file.FocusY)));
    }

    /// <summary>Erases the files of purged pictures that a crash kept from going.</summary>
    public static void ErasePurged(Press press)
    {
        foreach (var key in press.Database.Read(session => session.Query<File>("""
            SELECT id, hash, focus_x, focus_y FROM media WHERE purged_at IS NOT NULL AND hash <> ''
            UNION
            SELECT h.media_id, h.hash, h.focus_x, h.focus_y FROM media m JOIN media_history h ON h.media_id = m.id WHERE m.purged_at IS NOT NULL
            """)
            .Where(file => press.Media.Has(MediaFolder.KeyOf(file.Hash, file.FocusX, file.FocusY)) && !IsShared(session, file)).ToList()))
        {
            press.Media.Erase(MediaFolder.KeyOf(key.Hash, key.FocusX, key.FocusY));
        }
    }

    private static bool IsShared(Session session, File file) => session.Value<long>(
        "SELECT count(*) FROM media WHERE hash = @Hash AND focus_x = @FocusX AND focus_y = @FocusY AND purged_at IS NULL", new { file.Hash, file.FocusX, file.FocusY }) > 0
        || session.Value<long>("SELECT count(*) FROM media_history h JOIN media m ON m.id = h.media_id WHERE h.hash = @Hash AND h.focus_x = @FocusX AND h.focus_y = @FocusY AND m.purged_at IS NULL", new { file.Hash, file.FocusX, file.FocusY }) > 0;

    private static List<long> IdsOf(Picture? lead, Body body) => body.Figures.Select(figure => figure.Media).Append(lead?.Media).OfType<long>().Distinct().ToList();

    private sealed record File
    {
        public long Id { get; init; }
        public string Hash { get; init; } = "";
        public int FocusX { get; init; }
        public int FocusY { get; init; }
    }
}
