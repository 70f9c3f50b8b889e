using Warta.Content;

namespace Warta.Publishing;

/// <summary>
/// Moves a story on the desk. Each move says from where: whoever comes second, to a story that somebody else has moved already, is told so.
/// </summary>
public static class MoveStory
{
    private const int LongestNote = 4_000;

    /// <summary>Hands a story in (<i>Kirim ke desk</i>).</summary>
    /// <exception cref="PublishingException">It has gone to the desk already, or has no headline yet.</exception>
    public static void Submit(this Act act, long articleId)
    {
        MustHaveHeadline(act, articleId);
        Move(act, articleId, [Stage.Draft, Stage.Returned], Stage.Submitted, "submitted");
    }

    /// <summary>Takes back what was handed in, as long as nobody at the desk has begun.</summary>
    /// <exception cref="PublishingException">Somebody has.</exception>
    public static void Recall(this Act act, long articleId) => Move(act, articleId, [Stage.Submitted], Stage.Draft, "recalled");

    /// <summary>An editor takes a story in hand (<i>Ambil</i>).</summary>
    /// <exception cref="PublishingException">Somebody was faster.</exception>
    public static void Take(this Act act, long articleId, long userId)
    {
        Move(act, articleId, [Stage.Submitted, Stage.Ready], Stage.Editing, "taken");
        act.Sql.Run("UPDATE desk_stories SET assignee = @p1 WHERE article_id = @p2", userId, articleId);
    }

    /// <summary>Gives a story back to its writer (<i>Kembalikan</i>).</summary>
    /// <exception cref="ContentException">It doesn't say why.</exception>
    /// <exception cref="PublishingException">It isn't at the desk.</exception>
    public static void Return(this Act act, long articleId, string note)
    {
        note = NoteOf(note);
        if (note.Length == 0) throw new ContentException("Say what the writer is to do: a story goes back with a note.");
        Move(act, articleId, [Stage.Submitted, Stage.Editing, Stage.Ready], Stage.Returned, "returned");
        act.Sql.Run("UPDATE desk_stories SET assignee = NULL WHERE article_id = @p1", articleId);
        Write(act, articleId, DeskNote.Returned, note);
    }

    /// <summary>Says that a story is good to go out (<i>Siap Tayang</i>).</summary>
    /// <exception cref="PublishingException">It is already, or has no headline yet.</exception>
    public static void Approve(this Act act, long articleId)
    {
        MustHaveHeadline(act, articleId);
        Move(act, articleId, [Stage.Draft, Stage.Returned, Stage.Submitted, Stage.Editing], Stage.Ready, "approved");
    }

    /// <summary>Puts a story back where it was: the undo of any move.</summary>
    /// <param name="from">Where it is now.</param>
    /// <exception cref="PublishingException">It is there no longer.</exception>
    public static void MoveBack(this Act act, long articleId, string from, string to) => Move(act, articleId, [from], Stage.All.Contains(to) ? to : throw new ContentException($"\"{to}\" is no stage."), "moved-back");

    /// <summary>Says who is to work on a story, and by when.</summary>
    /// <param name="userId">Null: nobody in particular.</param>
    public static void Assign(this Act act, long articleId, long? userId, DateTimeOffset? deadline)
    {
        Articles.MustExist(act.Sql, articleId);
        act.Sql.Run("""
            INSERT INTO desk_stories (article_id, stage, assignee, deadline_at, changed_at, changed_by) VALUES (@p1, 'draft', @p2, @p3, @p4, @p5)
            ON CONFLICT (article_id) DO UPDATE SET assignee = excluded.assignee, deadline_at = excluded.deadline_at
            """, articleId, userId, deadline, act.Now, act.Actor);
        act.Record("assigned", null, articleId, new { user = userId, deadline = deadline?.ToUnixTimeMilliseconds() });
    }

    /// <summary>Says something about a story to the newsroom.</summary>
    /// <exception cref="ContentException">It says nothing, or too much.</exception>
    public static void AddNote(this Act act, long articleId, string text)
    {
        Articles.MustExist(act.Sql, articleId);
        text = NoteOf(text);
        if (text.Length == 0) throw new ContentException("The note is empty.");
        Write(act, articleId, DeskNote.Note, text);
        act.Record("noted", null, articleId);
    }

    /// <summary>A story that was begun here stands on the board from its first word; one that readers have comes back to the board when it is worked on.</summary>
    internal static void Begin(Act act, long articleId, bool isNew)
    {
        if (act.IsBatch) return;
        if (isNew) act.Sql.Run("INSERT INTO desk_stories (article_id, stage, changed_at, changed_by) VALUES (@p1, 'draft', @p2, @p3) ON CONFLICT DO NOTHING", articleId, act.Now, act.Actor);
        else
        {
            act.Sql.Run("""
                INSERT INTO desk_stories (article_id, stage, changed_at, changed_by) VALUES (@p1, 'editing', @p2, @p3)
                ON CONFLICT (article_id) DO UPDATE SET stage = 'editing', done_at = NULL, changed_at = excluded.changed_at, changed_by = excluded.changed_by WHERE desk_stories.done_at IS NOT NULL
                """, articleId, act.Now, act.Actor);
        }
    }

    /// <summary>Readers have it.</summary>
    internal static void Finish(Act act, long articleId)
    {
        if (!act.IsBatch) act.Sql.Run("UPDATE desk_stories SET stage = 'ready', done_at = @p1, deadline_at = NULL, changed_at = @p1, changed_by = @p2 WHERE article_id = @p3", act.Now, act.Actor, articleId);
    }

    private static void Move(Act act, long articleId, IReadOnlyList<string> from, string to, string verb)
    {
        Articles.MustExist(act.Sql, articleId);
        var story = DeskStory.Of(act.Sql, articleId);
        if (!from.Contains(story.Stage)) throw new PublishingException("Somebody has moved the story meanwhile. Look where it is now.");
        act.Sql.Run("""
            INSERT INTO desk_stories (article_id, stage, changed_at, changed_by) VALUES (@p1, @p2, @p3, @p4)
            ON CONFLICT (article_id) DO UPDATE SET stage = excluded.stage, changed_at = excluded.changed_at, changed_by = excluded.changed_by, done_at = NULL
            """, articleId, to, act.Now, act.Actor);
        act.Record(verb, null, articleId, new { from = story.Stage, to });
    }

    private static void Write(Act act, long articleId, string kind, string text) =>
        act.Sql.Run("INSERT INTO desk_notes (article_id, kind, text, actor, noted_at) VALUES (@p1, @p2, @p3, @p4, @p5)", articleId, kind, text, act.Actor, act.Now);

    private static string NoteOf(string text)
    {
        text = string.Join('\n', text.Split('\n').Select(line => CleanText.Of(line))).Trim();
        return text.Length <= LongestNote ? text : throw new ContentException($"The note has {text.Length} characters; at most {LongestNote} fit.");
    }

    private static void MustHaveHeadline(Act act, long articleId)
    {
        var headline = act.Sql.First<string>("SELECT headline FROM revisions WHERE article_id = @articleId ORDER BY number DESC LIMIT 1", new { articleId }) ?? throw new NoSuchArticleException(articleId.ToString());
        if (Writing.IsUntitled(headline)) throw new PublishingException("The story has no headline yet. Give it one first.");
    }
}
