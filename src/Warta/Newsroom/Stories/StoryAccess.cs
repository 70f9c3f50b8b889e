using Warta.Accounts;
using Warta.Content;
using Warta.Storage;

namespace Warta.Newsroom;

/// <summary>A story as the newsroom handles it, and who may do what to it.</summary>
public sealed record StoryInHand
{
    public long Id { get; init; }
    public long TitleId { get; init; }
    public long SectionId { get; init; }
    public string Kind { get; init; } = "";
    public string CreatedBy { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public string Headline { get; init; } = "";
    public long Publications { get; init; }
    public long WasPublished { get; init; }
    public long IsTakenDown { get; init; }
    public long IsPurged { get; init; }
    public long IsScheduled { get; init; }

    /// <summary>One of <see cref="Stage"/>; empty for a story that came from elsewhere and was never worked on here.</summary>
    public string Stage { get; init; } = "";
    public long? Assignee { get; init; }

    public bool IsLive => Publications > 0;
    public bool IsAdvertorial => Kind == ArticleKind.Advertorial;

    public static StoryInHand? Find(Session session, long id) => session.First<StoryInHand>("""
        SELECT a.id, a.canonical_title_id AS title_id, a.section_id, a.kind, a.created_by, a.created_at, a.worked_headline AS headline,
            (SELECT count(*) FROM publications p WHERE p.article_id = a.id) AS publications,
            (SELECT count(*) FROM publication_history h WHERE h.article_id = a.id) AS was_published,
            (SELECT count(*) FROM takedowns t WHERE t.article_id = a.id AND t.undone_at IS NULL) AS is_taken_down,
            (SELECT count(*) FROM purges g WHERE g.article_id = a.id) AS is_purged,
            (SELECT count(*) FROM releases r WHERE r.article_id = a.id AND r.released_at IS NULL AND r.cancelled_at IS NULL) AS is_scheduled, coalesce(d.stage, '') AS stage, d.assignee
        FROM articles a LEFT JOIN desk_stories d ON d.article_id = a.id
        WHERE a.id = @id
        """, new { id });

    /// <summary>Whether somebody may begin or write stories of this kind there.</summary>
    /// <param name="isOwn">Stories of his own, as long as they are his.</param>
    public static bool MayWriteAt(Person person, TitleDirectory titles, long titleId, long sectionId, string kind, bool isOwn) => kind == ArticleKind.Advertorial
        ? person.May(Permission.Advertorial, titles, titleId, sectionId)
        : person.May(Permission.WriteAny, titles, titleId, sectionId) || (isOwn && person.May(Permission.WriteOwn, titles, titleId, sectionId));

    public bool MayWrite(Person person, TitleDirectory titles) => MayWriteAt(person, titles, TitleId, SectionId, Kind, IsHis(person));

    /// <summary>Begun by him or given to him, and not handed in: then it is the desk's, until it comes back. What an editor has scheduled goes out as the editor saw it.</summary>
    public bool IsHis(Person person) => (CreatedBy == person.Actor || Assignee == person.Id) && (Stage.Length == 0 || Publishing.Stage.IsWriters(Stage)) && !IsLive && IsScheduled == 0;

    /// <summary>Whether he may move it on the desk: an editor there, or whoever answers for what is paid.</summary>
    public bool MayHandle(Person person, TitleDirectory titles) => person.May(Permission.Edit, titles, TitleId, SectionId) || (IsAdvertorial && person.May(Permission.Advertorial, titles, TitleId, SectionId));

    /// <summary>Whether he may put it before readers, or take it from them. What is paid needs the one who may sell.</summary>
    public bool MayDo(Permission permission, Person person, TitleDirectory titles) => person.May(IsAdvertorial ? Permission.Advertorial : permission, titles, TitleId, SectionId);

    /// <summary>Who writes his own only reads his own and what readers could read; the desk, the photo desk and who keeps the books read all.</summary>
    public bool MayRead(Person person, TitleDirectory titles) => MayWrite(person, titles) || CreatedBy == person.Actor || Assignee == person.Id || (MayReadAll(person, TitleId) && (!IsAdvertorial || person.May(Permission.WriteAny, TitleId) || person.May(Permission.Advertorial, TitleId)))
        || (WasPublished + Publications > 0 && IsTakenDown == 0 && person.Memberships.Any(member => member.TitleId is null || member.TitleId == TitleId));

    public static bool MayReadAll(Person person, long titleId) => person.May(Permission.WriteAny, titleId) || person.May(Permission.ManagePictures, titleId) || person.May(Permission.Advertorial, titleId);
}
