using Warta.Storage;

namespace Warta.Publishing;

/// <summary>Where a story is on the desk.</summary>
public sealed record DeskStory
{
    public long ArticleId { get; init; }

    /// <summary>One of <see cref="Stage"/>.</summary>
    public string Stage { get; init; } = Publishing.Stage.Draft;

    /// <summary>The user who is to do what comes next; null: whoever comes.</summary>
    public long? Assignee { get; init; }
    public DateTimeOffset? DeadlineAt { get; init; }
    public DateTimeOffset? ChangedAt { get; init; }
    public string ChangedBy { get; init; } = "";

    /// <summary>Since when readers have it as it is; null while somebody works on it.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>A story that nobody has moved yet is a draft, or done where it came from elsewhere and is live.</summary>
    public static DeskStory Of(Session session, long articleId) =>
        session.First<DeskStory>("SELECT article_id, stage, assignee, deadline_at, changed_at, changed_by, done_at FROM desk_stories WHERE article_id = @articleId", new { articleId })
        ?? new DeskStory { ArticleId = articleId };
}

/// <summary>What somebody said about a story in the newsroom.</summary>
public sealed record DeskNote
{
    /// <summary>Said by the way.</summary>
    public const string Note = "note";

    /// <summary>Why it went back to its writer.</summary>
    public const string Returned = "returned";

    public string Kind { get; init; } = "";
    public string Text { get; init; } = "";
    public string Actor { get; init; } = "";
    public DateTimeOffset NotedAt { get; init; }

    /// <summary>Newest first.</summary>
    public static List<DeskNote> Of(Session session, long articleId) =>
        session.Query<DeskNote>("SELECT kind, text, actor, noted_at FROM desk_notes WHERE article_id = @articleId ORDER BY noted_at DESC, id DESC LIMIT 200", new { articleId });
}
