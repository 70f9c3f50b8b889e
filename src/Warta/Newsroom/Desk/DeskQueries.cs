using Warta.Accounts;
using Warta.Storage;

namespace Warta.Newsroom;

/// <summary>What the board asks of the database. Each column is read from its own end of an index, and no further than it is shown.</summary>
public static class DeskQueries
{
    /// <summary>A story as the board shows it.</summary>
    public sealed record Card
    {
        public long Id { get; init; }
        public string Stage { get; init; } = "";
        public long? Assignee { get; init; }
        public DateTimeOffset? DeadlineAt { get; init; }
        public DateTimeOffset ChangedAt { get; init; }
        public string Headline { get; init; } = "";
        public string CreatedBy { get; init; } = "";
        public long SectionId { get; init; }
        public long TitleId { get; init; }
        public string Kind { get; init; } = "";
        public long IsLive { get; init; }

        /// <summary>When it goes out, in the column of what is scheduled.</summary>
        public DateTimeOffset? ReleaseAt { get; init; }
    }

    /// <param name="Sections">Null: all.</param>
    /// <param name="Whose">"": everybody's, "mine": begun by or given to who looks.</param>
    /// <param name="IsLate">Only what should have been done by now.</param>
    public sealed record Filter(long? TitleId, IReadOnlyList<long>? Sections, string Whose, bool IsLate);

    private const string Columns = """
        d.article_id AS id, d.stage, d.assignee, d.deadline_at, d.changed_at, a.worked_headline AS headline, a.created_by, a.section_id, a.canonical_title_id AS title_id, a.kind,
            (SELECT count(*) FROM publications p WHERE p.article_id = a.id) AS is_live
        """;

    private const string Unscheduled = "NOT EXISTS (SELECT 1 FROM releases x WHERE x.article_id = d.article_id AND x.released_at IS NULL AND x.cancelled_at IS NULL)";

    public static List<Card> In(Session session, string stage, Filter filter, Person person, DateTimeOffset now, int count) => session.Query<Card>($"""
        SELECT {Columns}
        FROM desk_stories d CROSS JOIN articles a
        WHERE a.id = d.article_id AND d.done_at IS NULL AND d.stage = @stage AND {Unscheduled} {Where(filter, person)}
        ORDER BY d.changed_at DESC, d.article_id DESC
        LIMIT @count
        """, Arguments(session, filter, person, now, stage, count));

    public static List<Card> Scheduled(Session session, Filter filter, Person person, DateTimeOffset now, int count) => session.Query<Card>($"""
        SELECT a.id, 'scheduled' AS stage, d.assignee, d.deadline_at, r.scheduled_at AS changed_at, a.worked_headline AS headline, a.created_by, a.section_id, r.title_id, a.kind, r.release_at,
            (SELECT count(*) FROM publications p WHERE p.article_id = a.id) AS is_live
        FROM releases r CROSS JOIN articles a
        LEFT JOIN desk_stories d ON d.article_id = r.article_id
        WHERE a.id = r.article_id AND r.released_at IS NULL AND r.cancelled_at IS NULL {Where(filter, person)}
        ORDER BY r.release_at, r.id
        LIMIT @count
        """, Arguments(session, filter, person, now, "", count));

    /// <summary>What readers got last.</summary>
    public static List<Card> Out(Session session, Filter filter, Person person, DateTimeOffset now, int count) => session.Query<Card>($"""
        SELECT {Columns}
        FROM desk_stories d CROSS JOIN articles a
        WHERE a.id = d.article_id AND d.done_at IS NOT NULL AND EXISTS (SELECT 1 FROM publications p WHERE p.article_id = a.id) {Where(filter, person)}
        ORDER BY d.done_at DESC, d.article_id DESC
        LIMIT @count
        """, Arguments(session, filter, person, now, "", count));

    private static string Where(Filter filter, Person person) => string.Concat(
        filter.TitleId is null ? "" : " AND a.canonical_title_id = @title",
        filter.Sections is null ? "" : " AND a.section_id IN (SELECT id FROM [[ids:sections]] s)",
        filter.IsLate ? " AND d.deadline_at < @now" : "",
        filter.Whose == "mine" ? " AND (a.created_by = @actor OR d.assignee = @me)"
            : " AND (a.created_by = @actor OR d.assignee = @me OR a.canonical_title_id IN (SELECT id FROM [[ids:readable]] t))");

    private static object Arguments(Session session, Filter filter, Person person, DateTimeOffset now, string stage, int count) => new
    {
        stage,
        count,
        now,
        title = filter.TitleId ?? 0,
        sections = session.Ids(filter.Sections ?? []),
        actor = person.Actor,
        me = person.Id,
        readable = session.Ids(Readable(session, person)),
    };

    /// <summary>Titles whose stories he reads, whoever writes them.</summary>
    private static IEnumerable<long> Readable(Session session, Person person) => session.Query<long>("SELECT id FROM titles").Where(title => StoryInHand.MayReadAll(person, title));
}
