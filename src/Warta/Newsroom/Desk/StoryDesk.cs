using Warta.Accounts;
using Warta.Content;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Newsroom;

/// <summary>What a story's page needs to know to say what can be done with it, by whoever looks.</summary>
public sealed record StoryDesk
{
    public required DeskStory Desk { get; init; }

    /// <summary>One of <see cref="Stage"/>, or of the states in <see cref="StageWords"/>.</summary>
    public required string State { get; init; }
    public string AssigneeName { get; init; } = "";
    public IReadOnlyList<Said> Notes { get; init; } = [];
    public IReadOnlyList<Release> Releases { get; init; } = [];

    /// <summary>Where he may publish it; the story's own title first.</summary>
    public IReadOnlyList<Title> Titles { get; init; } = [];

    /// <summary>Of those, where it is live.</summary>
    public IReadOnlySet<long> LiveIn { get; init; } = new HashSet<long>();
    public bool MayHandle { get; init; }
    public bool MayHandIn { get; init; }
    public bool MayRecall { get; init; }
    public bool MayPublish { get; init; }
    public bool MayWithdraw { get; init; }
    public bool MayCorrect { get; init; }
    public bool MayTakeDown { get; init; }
    public bool MayPurge { get; init; }

    /// <summary>Who can be given the story.</summary>
    public IReadOnlyList<(long Id, string Name)> Staff { get; init; } = [];

    /// <summary>What an editor would look at before it goes out.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The last part of the address that it would get.</summary>
    public string Slug { get; init; } = "";

    public sealed record Said(string Kind, string Text, string By, DateTimeOffset At);

    public sealed record Release
    {
        public long TitleId { get; init; }
        public DateTimeOffset ReleaseAt { get; init; }
        public string? Failure { get; init; }
    }

    internal static StoryDesk Of(Visit visit, Session session, StoryInHand story, Autosaves.Standing standing)
    {
        var (me, titles) = (visit.Me, visit.Site.Titles);
        var desk = DeskStory.Of(session, story.Id);
        var notes = DeskNote.Of(session, story.Id);
        var names = new Names(session, notes.Select(note => note.Actor));
        var releases = session.Query<Release>("SELECT title_id, release_at, failure FROM releases WHERE article_id = @Id AND cancelled_at IS NULL AND (released_at IS NULL OR failure IS NOT NULL) ORDER BY release_at DESC LIMIT 10", new { story.Id });
        var mayHandle = story.MayHandle(me, titles);
        var publishable = titles.Titles.Where(title => DeskPublishing.MayIn(me, titles, story, title.Id)).OrderBy(title => title.Id != story.TitleId).ToList();
        return new StoryDesk
        {
            Desk = desk,
            State = StateOf(story, desk, releases.Exists(release => release.Failure is null)),
            AssigneeName = desk.Assignee is { } assignee ? Users.Find(session, assignee)?.Name ?? "" : "",
            Notes = notes.ConvertAll(note => new Said(note.Kind, note.Text, names.Of(note.Actor), note.NotedAt)),
            Releases = releases,
            Titles = publishable,
            LiveIn = session.Query<long>("SELECT title_id FROM publications WHERE article_id = @Id", new { story.Id }).ToHashSet(),
            MayHandle = mayHandle,
            MayHandIn = story.IsTakenDown == 0 && Stage.IsWriters(desk.Stage) && !story.IsLive && (story.MayWrite(me, titles) || mayHandle),
            MayRecall = desk.Stage == Stage.Submitted && desk.DoneAt is null && story.CreatedBy == me.Actor,
            MayPublish = publishable.Count > 0 && story.IsTakenDown == 0,
            MayWithdraw = story.IsLive && story.MayDo(Permission.Withdraw, me, titles),
            MayCorrect = story.IsLive && me.May(Permission.Correct, titles, story.TitleId, story.SectionId),
            MayTakeDown = me.May(Permission.Takedown, titles, story.TitleId, story.SectionId),
            MayPurge = me.May(Permission.Purge, titles, story.TitleId, story.SectionId),
            Staff = mayHandle ? StaffOf(session, story.TitleId) : [],
            Warnings = publishable.Count > 0 || mayHandle ? Checklist.Of(visit, session, story, standing.Writing) : [],
            Slug = Content.Slug.From(standing.Writing[Writing.Headline]),
        };
    }

    public static string StateOf(StoryInHand story, DeskStory desk, bool isScheduled) => story.IsTakenDown > 0 ? StageWords.TakenDown
        : isScheduled ? StageWords.Scheduled
        : story.IsLive ? StageWords.Live
        : story.WasPublished > 0 && desk.Stage == Stage.Editing ? StageWords.Withdrawn
        : desk.Stage;

    /// <summary>Those who work for a title.</summary>
    internal static List<(long Id, string Name)> StaffOf(Session session, long titleId) => session.Query<(long Id, string Name)>("""
        SELECT u.id, u.name FROM users u
        WHERE u.disabled_at IS NULL AND EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND (m.title_id IS NULL OR m.title_id = @titleId))
        ORDER BY u.name, u.id
        """, new { titleId });
}
