using Warta.Content;

namespace Warta.Publishing;

/// <summary>
/// A picture whose file is still to come: its row is made with the story that an import brings, so the story is published once and shows the picture as soon as
/// <see cref="TakeInPicture.Arrive"/> has it. One source is one picture, however often it is imported.
/// </summary>
public static class AwaitPicture
{
    /// <param name="Source">An http address, or <c>file:</c> with a path and what tells the file from a later one of that name.</param>
    public sealed record Expected(string Source, string Alt, string Caption, string Credit, int FocusX = 50, int FocusY = 50);

    private const int LongestWords = 2_000;

    /// <returns>The picture's id.</returns>
    public static long Await(this Act act, Expected picture)
    {
        var (alt, caption, credit) = (Cut(picture.Alt), Cut(picture.Caption), Cut(picture.Credit));
        if (act.Sql.First<long?>("SELECT id FROM media WHERE source = @Source AND source <> '' AND purged_at IS NULL", new { picture.Source }) is not { } known)
        {
            return act.Sql.RunForId("""
                INSERT INTO media (hash, source, format, width, height, bytes, focus_x, focus_y, alt, caption, credit, usage_terms, created_at, created_by, failure)
                VALUES ('', @p1, '', 0, 0, 0, @p2, @p3, @p4, @p5, @p6, '', @p7, @p8, '')
                RETURNING id
                """, picture.Source, picture.FocusX, picture.FocusY, alt, caption, credit, act.Now, act.Actor);
        }

        if (alt.Length + caption.Length + credit.Length == 0) return known;
        if (act.Sql.Run("UPDATE media SET alt = @p1, caption = @p2, credit = @p3, worded = 0 WHERE id = @p4 AND (alt <> @p1 OR caption <> @p2 OR credit <> @p3)", alt, caption, credit, known) > 0) act.Sql.Touch(Keys.Media(known));
        return known;
    }

    private static string Cut(string words) => words.Length <= LongestWords ? words : CleanText.Of(words[..LongestWords]);
}
