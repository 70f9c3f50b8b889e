using System.Globalization;
using Warta.Accounts;
using Warta.Content;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Newsroom;

/// <summary>A story as lists of the newsroom show it.</summary>
public sealed record StoryLine
{
    public long Id { get; init; }
    public string Headline { get; init; } = "";
    public string Kind { get; init; } = "";
    public long TitleId { get; init; }
    public long SectionId { get; init; }
    public DateTimeOffset WorkedAt { get; init; }
    public string WorkedBy { get; init; } = "";
    public string CreatedBy { get; init; } = "";
    public long Publications { get; init; }
    public long WasPublished { get; init; }
    public long Releases { get; init; }
    public long TakenDown { get; init; }

    /// <summary>Of the desk; empty for a story that nobody worked on here.</summary>
    public string Stage { get; init; } = "";

    /// <summary>Where readers stand to it, and before they do where the desk does.</summary>
    public string State => TakenDown > 0 ? StoryState.TakenDown : Publications > 0 ? StoryState.Live : Releases > 0 ? "scheduled" : WasPublished > 0 ? StoryState.Withdrawn : Stage.Length > 0 ? Stage : StoryState.Draft;
}

/// <summary>What a list of stories is narrowed to. Without words the last worked on stand first, with words the newest.</summary>
public sealed record StoryListFilter
{
    public const int PerPage = 50;

    public string Words { get; init; } = "";
    public long? TitleId { get; init; }
    public long? SectionId { get; init; }

    /// <summary>A <see cref="StoryLine.State"/>; empty for any.</summary>
    public string State { get; init; } = "";

    /// <summary>Who began it, as the log names him; empty for anybody.</summary>
    public string Author { get; init; } = "";

    /// <summary>Worked on from then on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Worked on before then.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The last of the page before: when it was worked on, and which it is.</summary>
    public (long WorkedAt, long Id)? After { get; init; }

    /// <summary>One more than a page, where there are more.</summary>
    public List<StoryLine> Find(Session session, TitleDirectory titles, Person person)
    {
        var sections = SectionId is { } section ? titles.Sections(titles.Section(section).TitleId).Where(s => titles.Lineage(s.Id).Any(above => above.Id == section)).Select(s => s.Id).ToList() : [];
        var match = Words.Length == 0 ? null : DeskSearch.Match(session, Words);
        if (Words.Length > 0 && match is null) return [];
        var arguments = new
        {
            TitleId,
            Author,
            From,
            To,
            at = After?.WorkedAt,
            id = After?.Id,
            match,
            me = person.Actor,
            myId = person.Id,
            State,
            first = sections.FirstOrDefault(),
            sections = session.Ids(sections),
            live = session.Ids(match is null ? [] : DeskSearch.Live(session, Words)),
            limit = PerPage + 1,
        };
        var where = Where(titles, person);
        if (match is not null) return session.Query<StoryLine>(ByWords(where + (sections.Count > 0 ? " AND a.section_id IN [[ids:sections]]" : "")), arguments);

        // One index leads, in the list's own order; a section with others in it is one such walk for each.
        var legs = sections.Count == 0 ? [Leg(where)] : sections.Select(id => Leg($"{where} AND a.section_id = {id.ToString(CultureInfo.InvariantCulture)}")).ToList();
        return session.Query<StoryLine>(legs.Count == 1 ? legs[0] : $"SELECT * FROM ({string.Join(" UNION ALL ", legs.Select(leg => $"SELECT * FROM ({leg}) leg"))}) legs ORDER BY worked_at DESC, id DESC LIMIT @limit", arguments);
    }

    private const string Columns = """
        SELECT a.id, a.worked_headline AS headline, a.kind, a.canonical_title_id AS title_id, a.section_id, a.worked_at, a.worked_by, a.created_by,
            (SELECT count(*) FROM publications p WHERE p.article_id = a.id) AS publications,
            (SELECT count(*) FROM publication_history h WHERE h.article_id = a.id) AS was_published,
            (SELECT count(*) FROM releases r WHERE r.article_id = a.id AND r.released_at IS NULL AND r.cancelled_at IS NULL) AS releases,
            (SELECT count(*) FROM takedowns t WHERE t.article_id = a.id AND t.undone_at IS NULL) AS taken_down,
            coalesce((SELECT d.stage FROM desk_stories d WHERE d.article_id = a.id), '') AS stage
        """;

    private string Leg(string where) => $"""
        {Columns}
        FROM articles a
        WHERE {where}{(After is null ? "" : " AND (a.worked_at, a.id) < (@at, @id)")}
        ORDER BY a.worked_at DESC, a.id DESC
        LIMIT @limit
        """;

    /// <summary>By the desk's own index, and by the readers' for the texts of what was imported.</summary>
    private string ByWords(string where) => $"""
        SELECT * FROM (
            SELECT * FROM ({ByOwnWords(where)}) own
            UNION
            SELECT * FROM ({Columns} FROM articles a WHERE a.id IN [[ids:live]]{(After is null ? "" : " AND a.id < @id")} AND {where} ORDER BY a.id DESC LIMIT @limit) live
        ) found
        ORDER BY id DESC
        LIMIT @limit
        """;

    private string ByOwnWords(string where) => $"""
        [[sqlite]]{Columns}
        FROM desk_entries e CROSS JOIN articles a ON a.id = e.rowid
        WHERE desk_entries MATCH @match{(After is null ? "" : " AND e.rowid < @id")} AND {where}
        ORDER BY e.rowid DESC
        LIMIT @limit[[/sqlite]]
        [[postgres]]WITH matching AS MATERIALIZED (SELECT rowid FROM desk_entries WHERE terms @@ CAST(@match AS tsquery){(After is null ? "" : " AND rowid < @id")})
        {Columns}
        FROM matching e JOIN articles a ON a.id = e.rowid
        WHERE {where}
        ORDER BY e.rowid DESC
        LIMIT @limit[[/postgres]]
        """;

    private string Where(TitleDirectory titles, Person person)
    {
        const string live = "EXISTS (SELECT 1 FROM publications p WHERE p.article_id = a.id)", gone = "EXISTS (SELECT 1 FROM takedowns t WHERE t.article_id = a.id AND t.undone_at IS NULL)",
            was = "EXISTS (SELECT 1 FROM publication_history h WHERE h.article_id = a.id)", waits = "EXISTS (SELECT 1 FROM releases r WHERE r.article_id = a.id AND r.released_at IS NULL AND r.cancelled_at IS NULL)";
        var conditions = new List<string>();
        if (TitleId is not null) conditions.Add("a.canonical_title_id = @TitleId");
        if (Author.Length > 0) conditions.Add("a.created_by = @Author");
        if (From is not null) conditions.Add("a.worked_at >= @From");
        if (To is not null) conditions.Add("a.worked_at < @To");
        // What most of an archive fails comes first.
        conditions.Add(State switch
        {
            StoryState.Live => live,
            StoryState.TakenDown => gone,
            "scheduled" => $"a.id IN (SELECT article_id FROM releases WHERE released_at IS NULL AND cancelled_at IS NULL) AND NOT {live} AND NOT {gone}",
            StoryState.Withdrawn => $"NOT {live} AND NOT {gone} AND {was} AND NOT {waits}",
            // One that nobody worked on here has no stage.
            StoryState.Draft => $"NOT {live} AND NOT {was} AND NOT {waits} AND NOT {gone} AND NOT EXISTS (SELECT 1 FROM desk_stories d WHERE d.article_id = a.id AND d.stage <> 'draft')",
            Stage.Returned or Stage.Submitted or Stage.Editing or Stage.Ready => $"NOT {live} AND NOT {was} AND NOT {waits} AND NOT {gone} AND EXISTS (SELECT 1 FROM desk_stories d WHERE d.article_id = a.id AND d.stage = @State)",
            _ => "",
        });

        conditions.Add("NOT EXISTS (SELECT 1 FROM purges g WHERE g.article_id = a.id)");

        // As StoryInHand.MayRead says of one.
        var all = titles.Titles.Where(title => StoryInHand.MayReadAll(person, title.Id)).ToList();
        if (all.Count < titles.Titles.Count || all.Exists(title => !person.May(Permission.WriteAny, title.Id) && !person.May(Permission.Advertorial, title.Id)))
        {
            var own = titles.Titles.Where(title => person.Memberships.Any(member => member.TitleId is null || member.TitleId == title.Id)).Select(title => title.Id);
            conditions.Add($"(a.created_by = @me OR EXISTS (SELECT 1 FROM desk_stories d WHERE d.article_id = a.id AND d.assignee = @myId){string.Concat(all.Select(title => $" OR (a.canonical_title_id = {Number(title.Id)}{(person.May(Permission.WriteAny, title.Id) || person.May(Permission.Advertorial, title.Id) ? "" : " AND a.kind = 'story'")})"))}"
                + $" OR (a.canonical_title_id IN ({string.Join(", ", own.Select(Number).DefaultIfEmpty("0"))}) AND ({live} OR {was}) AND NOT {gone}))");
        }

        return string.Join(" AND ", conditions.Where(condition => condition.Length > 0));
    }

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);
}

/// <summary>All stories that one may see, to search and to filter.</summary>
internal static class StoryList
{
    public static void Map(NewsroomRoutes.Map map) => map.Get("/stories", Stories.SignedIn, visit => visit.Press.Database.Read(session => Show(visit, session)));

    private static IResult Show(Visit visit, Session session)
    {
        var titles = visit.Site.Titles;
        var zone = visit.Title.Zone;
        var sectionId = Number("section");
        if (sectionId is { } given && titles.Titles.SelectMany(title => titles.Sections(title.Id)).All(section => section.Id != given)) return NewsroomRoutes.NotThere(visit);
        var isMine = Ask("mine") == "1";
        var author = isMine ? visit.Me.Actor : Number("author") is { } user && session.First<string>("SELECT email FROM users WHERE id = @user", new { user }) is { } email ? "user:" + email : "";
        if (Ask("from") is { Length: > 0 } from && Day(from) is null || Ask("to") is { Length: > 0 } to && Day(to) is null || (Ask("author").Length > 0 && !isMine && author.Length == 0))
            return visit.Refuse(400, visit.T("Saringan ini tidak dikenal", "That filter isn't known"), visit.T("Periksa tanggal, kanal, dan penulisnya.", "Check its dates, section and author."));
        var filter = new StoryListFilter
        {
            Words = Ask("q"),
            TitleId = Number("title"),
            SectionId = sectionId,
            State = Ask("state"),
            Author = author,
            From = Day(Ask("from")) is { } first ? Clock.Midnight(first, zone) : null,
            To = Day(Ask("to")) is { } last ? Clock.Midnight(last.AddDays(1), zone) : null,
            After = Ask("after").Split('.') is [var at, var id] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var when) && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (when, number) : null,
        };
        var lines = filter.Find(session, titles, visit.Me);
        var query = visit.Request.Query.Where(pair => pair.Key is not "after").Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}").ToList();
        var page = lines.Take(StoryListFilter.PerPage).ToList();
        return Visit.Page<StoriesPage>(200,
            ("Frame", visit.Frame()),
            ("Lines", page),
            ("Names", new Names(session, page.SelectMany(line => new[] { line.WorkedBy, line.CreatedBy }))),
            ("Titles", titles),
            ("Filter", filter),
            ("IsMine", isMine),
            ("AuthorId", Number("author") ?? 0),
            ("FromDay", Ask("from")),
            ("ToDay", Ask("to")),
            ("Authors", session.Query<(long Id, string Name)>("SELECT id, name FROM users ORDER BY name, id LIMIT 500").ConvertAll(row => KeyValuePair.Create(row.Id, row.Name))),
            ("Next", lines.Count > page.Count ? "/newsroom/stories?" + string.Join('&', query.Append($"after={page[^1].WorkedAt.ToUnixTimeMilliseconds()}.{page[^1].Id}")) : ""));

        string Ask(string name) => visit.Request.Query[name].ToString().Trim();
        long? Number(string name) => long.TryParse(Ask(name), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
        static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }
}
