using Warta.Content;
using Warta.Media;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>
/// Changes a picture that is in the house: its words and licence, its focus, its file. It keeps its number, so every story that shows it shows the new one; how it stood before is
/// kept, and can be had back.
/// </summary>
public static class ChangePicture
{
    private const int LongestWords = 2_000;

    /// <summary>What is said of a picture.</summary>
    /// <param name="ExpiresAt">The end of its licence: from then on it is shown nowhere.</param>
    public sealed record Words(string Alt, string Caption, string Credit, string UsageTerms, DateTimeOffset? ExpiresAt);

    /// <returns>The number of how it stood, for <see cref="RestorePicture"/>; null where nothing is new.</returns>
    /// <exception cref="ContentException">There is no such picture, or its words are too long.</exception>
    public static long? DescribePicture(this Act act, long mediaId, Words words)
    {
        if (new[] { words.Alt, words.Caption, words.Credit, words.UsageTerms }.Any(text => text.Length > LongestWords)) throw new ContentException($"A picture's alternative text, caption, credit and terms have room for {LongestWords:N0} characters each.");
        var state = Of(act.Sql, mediaId);
        if (words == state.Words) return null;
        var before = Keep(act, state);
        Put(act, state, state with { Alt = words.Alt, Caption = words.Caption, Credit = words.Credit, UsageTerms = words.UsageTerms, ExpiresAt = words.ExpiresAt }, "picture-described");
        return before;
    }

    /// <summary>From now on it is shown nowhere, until somebody moves the end of its licence.</summary>
    /// <exception cref="ContentException">There is no such picture.</exception>
    public static long? RetirePicture(this Act act, long mediaId)
    {
        var state = Of(act.Sql, mediaId);
        if (state.ExpiresAt <= act.Now) return null;
        var before = Keep(act, state);
        Put(act, state, state with { ExpiresAt = act.Now }, "picture-retired");
        return before;
    }

    /// <summary>Moves the point that no crop may lose. The crops are made anew, and have new addresses.</summary>
    /// <exception cref="ContentException">There is no such picture, or the focus is outside it.</exception>
    public static long? RefocusPicture(this Press press, string actor, long mediaId, int x, int y)
    {
        if (x is < 0 or > 100 || y is < 0 or > 100) throw new ContentException("The focus is a point in percent from the left and the top: two numbers from 0 to 100.");
        var state = press.Database.Read(session => Of(session, mediaId));
        return state.FocusX == x && state.FocusY == y ? null
            : Remake(press, actor, state, press.Media.ReadOriginal(state.Key, state.Format), x, y, "picture-refocused", state => state);
    }

    /// <summary>Puts another file in place of a picture's own. The middle is its focus until somebody says otherwise.</summary>
    /// <exception cref="MediaException">It is no picture, or too large; or vips is missing.</exception>
    /// <exception cref="ContentException">There is no such picture, or the file was purged here.</exception>
    public static long? ReplacePicture(this Press press, string actor, long mediaId, byte[] file)
    {
        var state = press.Database.Read(session =>
        {
            TakeInPicture.PictureOf(session, MediaFolder.HashOf(file));
            return Of(session, mediaId);
        });
        return state.Hash == MediaFolder.HashOf(file) ? null : Remake(press, actor, state, file, 50, 50, "picture-replaced", state => state);
    }

    /// <summary>Brings a picture back to how it stood.</summary>
    /// <param name="before">As the change that is taken back returned it.</param>
    /// <exception cref="ContentException">There is no such picture, or it was changed again since.</exception>
    public static void RestorePicture(this Press press, string actor, long mediaId, long before)
    {
        var (state, was) = press.Database.Read(session => (Of(session, mediaId), Before(session, mediaId, before)));
        if (was.Key == state.Key) press.Run(actor, act => Put(act, Newest(act.Sql), Words(Of(act.Sql, mediaId)), "picture-restored"));
        else Remake(press, actor, state, press.Media.ReadOriginal(was.Key, was.Format), was.FocusX, was.FocusY, "picture-restored", Words, sql => Newest(sql));

        State Newest(WriteSession sql)
        {
            Before(sql, mediaId, before);
            var current = Of(sql, mediaId);
            sql.Run("DELETE FROM media_history WHERE id = @p1", before);
            return current;
        }

        State Words(State current) => current with { Alt = was.Alt, Caption = was.Caption, Credit = was.Credit, UsageTerms = was.UsageTerms, ExpiresAt = was.ExpiresAt };
    }

    /// <summary>A picture as it stands, or stood.</summary>
    internal sealed record State
    {
        public long Id { get; init; }
        public string Hash { get; init; } = "";
        public string Format { get; init; } = "";
        public int Width { get; init; }
        public int Height { get; init; }
        public long Bytes { get; init; }
        public int FocusX { get; init; }
        public int FocusY { get; init; }
        public string Alt { get; init; } = "";
        public string Caption { get; init; } = "";
        public string Credit { get; init; } = "";
        public string UsageTerms { get; init; } = "";
        public DateTimeOffset? ExpiresAt { get; init; }

        public string Key => MediaFolder.KeyOf(Hash, FocusX, FocusY);
        public Words Words => new(Alt, Caption, Credit, UsageTerms, ExpiresAt);
    }

    private const string Columns = "hash, format, width, height, bytes, focus_x, focus_y, alt, caption, credit, usage_terms, expires_at";

    private static State Of(Session session, long mediaId) =>
        session.First<State>($"SELECT id, {Columns} FROM media WHERE id = @mediaId AND arrived_at IS NOT NULL AND purged_at IS NULL", new { mediaId }) ?? throw new ContentException($"There is no picture {mediaId}.");

    private static State Before(Session session, long mediaId, long before) =>
        session.First<State>($"SELECT media_id AS id, {Columns} FROM media_history WHERE id = (SELECT max(id) FROM media_history WHERE media_id = @mediaId) AND id = @before", new { mediaId, before })
        ?? throw new ContentException("The picture has been changed again since, so this can't be taken back.");

    private static long Keep(Act act, State state) => act.Sql.RunForId($"""
        INSERT INTO media_history (media_id, {Columns}, until_at, until_by)
        SELECT id, {Columns}, @p1, @p2 FROM media WHERE id = @p3
        RETURNING id
        """, act.Now, act.Actor, state.Id);

    /// <summary>Its files are made and on the disk before the transaction; nobody waits for the database meanwhile.</summary>
    private static long? Remake(Press press, string actor, State seen, byte[] file, int x, int y, string verb, Func<State, State> words, Func<WriteSession, State>? take = null)
    {
        var stored = press.Media.Store(file, x, y);
        return press.Run(actor, act =>
        {
            var state = take?.Invoke(act.Sql) ?? Of(act.Sql, seen.Id);
            if (state.Key != seen.Key) throw new ContentException("The picture was changed by somebody else meanwhile. Look at it again.");
            var before = take is null ? Keep(act, state) : (long?)null;
            act.Sql.Run("DELETE FROM renditions WHERE media_id = @p1", state.Id);
            TakeInPicture.Keep(act.Sql, state.Id, stored.Renditions);
            act.Sql.Run("UPDATE media SET hash = @p1, format = @p2, width = @p3, height = @p4, bytes = @p5, focus_x = @p6, focus_y = @p7, avif_at = NULL WHERE id = @p8",
                stored.Hash, stored.Original.Format, stored.Width, stored.Height, stored.Bytes, x, y, state.Id);
            // Nobody is to see the old one where the new one belongs.
            act.Sql.Touch(Keys.Media(state.Id), Change.Gone);
            Put(act, state, words(state), verb);
            return before;
        });
    }

    private static void Put(Act act, State before, State after, string verb)
    {
        var (wasGone, isGone) = (before.ExpiresAt <= act.Now, after.ExpiresAt <= act.Now);
        act.Sql.Run("UPDATE media SET alt = @p1, caption = @p2, credit = @p3, usage_terms = @p4, expires_at = @p5, expired_at = @p6 WHERE id = @p7",
            after.Alt, after.Caption, after.Credit, after.UsageTerms, after.ExpiresAt, isGone ? act.Now : null, after.Id);
        PictureWords.Keep(act.Sql, after.Id, after.Alt, after.Caption, after.Credit);
        act.Sql.Touch(Keys.Media(after.Id), isGone && !wasGone ? Change.Gone : Change.Updated);
        act.Record(verb, null, null, new { media = after.Id });
        if (isGone != wasGone) act.NotePicture(after.Id, isGone ? ExpirePictures.Gone : ExpirePictures.Back);
    }
}
