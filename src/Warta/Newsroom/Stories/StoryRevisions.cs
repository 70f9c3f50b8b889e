using System.Globalization;
using Warta.Content;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Newsroom;

/// <summary>A revision in a story's list.</summary>
/// <param name="LiveIn">The titles whose readers see it now.</param>
public sealed record RevisionLine(long Number, DateTimeOffset SavedAt, string By, string Headline, string Note, IReadOnlyList<string> LiveIn);

/// <summary>What readers of a title saw from when until when.</summary>
/// <param name="Until">Null for what they see now.</param>
/// <param name="EndVerb">Why it ended: "replaced", "withdrawn", "taken-down", "expired"; empty for what hasn't.</param>
public sealed record Sighted(string Title, long Number, DateTimeOffset From, DateTimeOffset? Until, string EndVerb);

/// <summary>A field of a story in two versions.</summary>
public sealed record FieldDiff(string Name, IReadOnlyList<DiffRun> Runs);

/// <summary>What a story was: its revisions, what readers saw when, any two compared, and the way back.</summary>
internal static class StoryRevisions
{
    private const int PerPage = 100;

    /// <summary>What a story is called and what it says. Where it stands and when it may go out are settings, and stay as they are.</summary>
    private static readonly string[] Words =
        [Writing.Kicker, Writing.Headline, Writing.Standfirst, Writing.SearchTitle, Writing.Tags, Writing.Bylines, Writing.DatelinePlace, Writing.DatelineCredit, Writing.Language, Writing.Lead];

    public static void Map(NewsroomRoutes.Map map)
    {
        map.Get("/stories/{id:long}/revisions", Stories.SignedIn, visit => Stories.Read(visit, (story, session) => List(visit, story, session)));
        map.Get("/stories/{id:long}/compare", Stories.SignedIn, visit => Stories.Read(visit, (story, session) => Compare(visit, story, session)));
        map.Post("/stories/{id:long}/restore/{number:long}", Stories.SignedIn, Restore);
    }

    private sealed record Row
    {
        public long Number { get; init; }
        public DateTimeOffset SavedAt { get; init; }
        public string SavedBy { get; init; } = "";
        public string Headline { get; init; } = "";
        public string Note { get; init; } = "";
    }

    private sealed record Stood
    {
        public long TitleId { get; init; }
        public long Number { get; init; }
        public DateTimeOffset FromAt { get; init; }
        public DateTimeOffset? UntilAt { get; init; }
        public string EndVerb { get; init; } = "";
    }

    private static Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult List(Visit visit, StoryInHand story, Session session)
    {
        var before = long.TryParse(visit.Request.Query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : long.MaxValue;
        var rows = session.Query<Row>("SELECT number, saved_at, saved_by, headline, note FROM revisions WHERE article_id = @Id AND number < @before ORDER BY number DESC LIMIT 101", new { story.Id, before });
        var stood = session.Query<Stood>("""
            SELECT p.title_id, r.number, p.from_at, CAST(NULL AS BIGINT) AS until_at, '' AS end_verb FROM publications p JOIN revisions r ON r.id = p.revision_id WHERE p.article_id = @Id
            UNION ALL
            SELECT h.title_id, r.number, h.from_at, h.until_at, h.end_verb FROM publication_history h JOIN revisions r ON r.id = h.revision_id WHERE h.article_id = @Id
            ORDER BY from_at DESC, title_id
            """, new { story.Id });
        var people = new Names(session, rows.Select(row => row.SavedBy));
        var titles = visit.Site.Titles;
        return Visit.Page<RevisionsPage>(200,
            ("Frame", visit.Frame()),
            ("Story", story),
            ("Title", titles.Title(story.TitleId)),
            ("MayWrite", story.MayWrite(visit.Me, titles)),
            ("IsAhead", Autosaves.Of(session, titles, story.Id).IsAhead),
            ("Lines", rows.Take(PerPage).Select(row => new RevisionLine(row.Number, row.SavedAt, people.Of(row.SavedBy), row.Headline, row.Note,
                stood.Where(s => s.Number == row.Number && s.UntilAt is null).Select(s => titles.Title(s.TitleId).Name).ToList())).ToList()),
            ("Older", rows.Count > PerPage ? rows[PerPage - 1].Number : 0L),
            ("Seen", stood.ConvertAll(s => new Sighted(titles.Title(s.TitleId).Name, s.Number, s.FromAt, s.UntilAt, s.EndVerb))));
    }

    private static IResult Compare(Visit visit, StoryInHand story, Session session)
    {
        var titles = visit.Site.Titles;
        var newest = session.Value<long>("SELECT max(number) FROM revisions WHERE article_id = @Id", new { story.Id });
        // Nothing is the working copy: what is written and no revision yet.
        var (older, newer) = (Asked("older") ?? Math.Max(1, newest - 1), Asked("newer"));
        if (older < 1 || older > newest || newer is < 1 || newer > newest) return NewsroomRoutes.NotThere(visit);
        if (newer < older) (older, newer) = (newer.Value, older);
        var (was, now) = (Autosaves.OfRevision(session, titles, story.Id, older), newer is { } number ? Autosaves.OfRevision(session, titles, story.Id, number) : Autosaves.Of(session, titles, story.Id).Writing);
        return Visit.Page<ComparePage>(200,
            ("Frame", visit.Frame()),
            ("Story", story),
            ("Older", older),
            ("Newer", newer),
            ("Newest", newest),
            ("Fields", Writing.Names.Where(name => was[name] != now[name]).Select(name => new FieldDiff(name, WordDiff.Of(Said(titles, name, was[name]), Said(titles, name, now[name])))).ToList()),
            ("Blocks", BodyDiff.Of(was.Body, now.Body)));

        long? Asked(string name) => long.TryParse(visit.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
    }

    private static string Said(TitleDirectory titles, string name, string value) => name switch
    {
        Writing.Section when long.TryParse(value, out var id) && titles.Titles.SelectMany(title => titles.Sections(title.Id)).FirstOrDefault(s => s.Id == id) is { } section => section.Name,
        Writing.NoAds or Writing.Unverified => value.Length > 0 ? "✓" : "",
        Writing.Lead => Picture.Read(value) is { } picture ? string.Join('\n', new[] { $"#{picture.Media}", picture.Alt, picture.Caption, picture.Credit }.Where(part => part.Length > 0)) : "",
        _ => value,
    };

    private static IResult Restore(Visit visit)
    {
        if (Stories.MayNotWrite(visit, out var story) is { } refusal) return refusal;
        var number = long.Parse(visit.Request.RouteValues["number"]!.ToString()!, CultureInfo.InvariantCulture);
        var (before, saved) = visit.Press.Run(visit.Actor, act =>
        {
            if (act.Sql.Value<long>("SELECT count(*) FROM revisions WHERE article_id = @Id AND number = @number", new { story.Id, number }) == 0) return (0, null);
            // What stands there now stays as a revision, whoever wrote it.
            act.SaveNewest(story.Id, visit.T($"sebelum revisi {number} dikembalikan", $"before revision {number} was restored"));
            var now = Autosaves.Of(act.Sql, act.Titles, story.Id);
            var was = Autosaves.OfRevision(act.Sql, act.Titles, story.Id, number);
            var restored = now.Writing.With(Words.Select(name => KeyValuePair.Create(name, was[name])), was.Body);
            return (now.Version.Revision, act.SaveWriting(story.Id, now.Version, restored, visit.T($"dikembalikan dari revisi {number}", $"restored from revision {number}")).Saved);
        });
        if (before == 0) return NewsroomRoutes.NotThere(visit);
        return visit.Go($"/newsroom/stories/{story.Id}", saved is null
            ? visit.T($"Naskah sudah sama dengan revisi {number}.", $"The story says the same as revision {number} already.")
            : visit.T($"Revisi {number} dikembalikan sebagai revisi {saved.Number}. Yang tadi tetap ada sebagai revisi {before}.", $"Revision {number} is back as revision {saved.Number}. What was there stays as revision {before}."),
            saved is null ? "" : $"/newsroom/stories/{story.Id}/restore/{before}");
    }
}
