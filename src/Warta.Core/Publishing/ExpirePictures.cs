using Warta.Content;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>
/// Carries out the end of pictures' licences. Pages know it beforehand and never show one a moment longer; this tells what has no such foresight (caches in front), and writes it down: in the
/// audit trail, and a receipt for each story that showed it.
/// </summary>
public static class ExpirePictures
{
    /// <summary>What a story's receipt says where a picture has gone from it, or come back to it.</summary>
    public const string Gone = "picture-gone", Back = "picture-back";

    private const int AtOnce = 100, MostReceipts = 50;

    /// <returns>How many pictures went.</returns>
    public static int ExpireDuePictures(this Press press)
    {
        const string due = "SELECT id FROM media WHERE expires_at IS NOT NULL AND expires_at <= @Now AND expired_at IS NULL AND purged_at IS NULL ORDER BY expires_at LIMIT @AtOnce";
        if (press.Database.Read(session => session.Query<long>(due, new { press.Now, AtOnce })).Count == 0) return 0;
        return press.Run("timetable", act =>
        {
            var pictures = act.Sql.Query<long>(due, new { act.Now, AtOnce });
            foreach (var id in pictures)
            {
                act.Sql.Run("UPDATE media SET expired_at = @p1 WHERE id = @p2", act.Now, id);
                act.Sql.Touch(Keys.Media(id), Change.Gone);
                act.Record("picture-expired", null, null, new { media = id });
                act.NotePicture(id, Gone);
            }

            return pictures.Count;
        });
    }

    /// <summary>A receipt for each story where readers see the difference; of a picture that very many show, for the newest of them.</summary>
    internal static void NotePicture(this Act act, long mediaId, string verb)
    {
        foreach (var (titleId, articleId) in act.Sql.Query<(long, long)>("SELECT title_id, article_id FROM media_uses WHERE media_id = @mediaId ORDER BY article_id DESC, title_id LIMIT @MostReceipts", new { mediaId, MostReceipts }))
            act.Record(verb, titleId, articleId, new { media = mediaId });
    }
}
