using System.Globalization;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Newsroom;

/// <summary>The desk's board: what is on its way, by where it is. The newsroom's front.</summary>
public static class DeskBoard
{
    private const int PerColumn = 30;

    internal static void Map(NewsroomRoutes.Map map)
    {
        map.Get("", Stories.SignedIn, Show);
        // A few bytes that say whether it is worth to look again.
        map.Get("/desk/number", Stories.SignedIn, visit => Results.Text(visit.Press.Database.Read(session => session.Value<long>("SELECT number FROM event_clock")).ToString(CultureInfo.InvariantCulture)));
        map.Get("/scheduled", Stories.SignedIn, Scheduled);
    }

    /// <param name="Name">In the newsroom's words.</param>
    /// <param name="IsCut">There are more than are shown.</param>
    public sealed record Column(string State, string Name, IReadOnlyList<DeskQueries.Card> Cards, bool IsCut, string Empty);

    private static IResult Show(Visit visit)
    {
        var (filter, query) = FilterOf(visit);
        return visit.Press.Database.Read(session =>
        {
            var (me, now) = (visit.Me, visit.Press.Now);
            List<Column> columns =
            [
                Make(Stage.Draft, [.. In(Stage.Returned), .. In(Stage.Draft)], visit.T("Belum ada draf. Mulai dengan Tulis.", "No drafts. Begin with Write.")),
                Make(Stage.Submitted, In(Stage.Submitted), visit.T("Tidak ada yang menunggu desk.", "Nothing waits for the desk.")),
                Make(Stage.Editing, In(Stage.Editing), visit.T("Tidak ada yang sedang disunting.", "Nothing is being edited.")),
                Make(Stage.Ready, In(Stage.Ready), visit.T("Belum ada yang siap tayang.", "Nothing is ready yet.")),
                Make(StageWords.Scheduled, DeskQueries.Scheduled(session, filter, me, now, PerColumn + 1), visit.T("Tidak ada yang terjadwal.", "Nothing is scheduled.")),
                Make(StageWords.Live, DeskQueries.Out(session, filter, me, now, 15), visit.T("Yang tayang muncul di sini.", "What goes live stands here.")),
            ];
            var cards = columns.SelectMany(column => column.Cards).ToList();
            return Visit.Page<BoardPage>(200,
                ("Frame", visit.Frame()),
                ("Columns", columns),
                ("Query", query),
                ("Titles", visit.Site.Titles),
                ("Names", new Names(session, cards.Select(card => card.CreatedBy))),
                ("Staff", StaffOf(session, cards)),
                ("Now", now),
                ("Number", session.Value<long>("SELECT number FROM event_clock")),
                ("MayHandle", (Func<DeskQueries.Card, bool>)(card => me.May(Accounts.Permission.Edit, visit.Site.Titles, card.TitleId, card.SectionId))));

            List<DeskQueries.Card> In(string stage) => DeskQueries.In(session, stage, filter, me, now, PerColumn + 1);
            Column Make(string state, List<DeskQueries.Card> all, string empty) => new(state, StageWords.Of(state, visit.Language == "en"), all.Take(PerColumn).ToList(), all.Count > PerColumn, empty);
        });
    }

    private static IResult Scheduled(Visit visit) => visit.Press.Database.Read(session =>
    {
        var (filter, _) = FilterOf(visit);
        var failed = session.Query<ScheduledPage.Failed>("""
            SELECT r.article_id AS id, r.title_id, r.release_at, r.failure, a.worked_headline AS headline
            FROM releases r JOIN articles a ON a.id = r.article_id
            WHERE r.failure IS NOT NULL AND r.cancelled_at IS NULL AND r.release_at > @since
                AND NOT EXISTS (SELECT 1 FROM publications p WHERE p.article_id = r.article_id AND p.title_id = r.title_id)
            ORDER BY r.release_at DESC LIMIT 50
            """, new { since = visit.Press.Now - TimeSpan.FromDays(7) }).Where(one => StoryInHand.MayReadAll(visit.Me, one.TitleId)).ToList();
        return Visit.Page<ScheduledPage>(200, ("Frame", visit.Frame()), ("Cards", DeskQueries.Scheduled(session, filter, visit.Me, visit.Press.Now, 200)), ("Failures", failed), ("Titles", visit.Site.Titles));
    });

    private static Dictionary<long, string> StaffOf(Session session, List<DeskQueries.Card> cards) => session.Query<(long Id, string Name)>("SELECT u.id, u.name FROM [[ids:ids]] i CROSS JOIN users u WHERE u.id = i.id",
        new { ids = session.Ids(cards.Select(card => card.Assignee).OfType<long>().Distinct()) }).ToDictionary(row => row.Id, row => row.Name);

    /// <summary>What the board's form asks for, as its fields show it again.</summary>
    public sealed record Asked(string Title, string Section, string Whose, bool IsLate);

    private static (DeskQueries.Filter Filter, Asked Query) FilterOf(Visit visit)
    {
        var titles = visit.Site.Titles;
        var query = visit.Request.Query;
        var title = titles.Titles.FirstOrDefault(one => one.Slug == query["title"]);
        var section = long.TryParse(query["section"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? titles.Titles.SelectMany(one => titles.Sections(one.Id)).FirstOrDefault(one => one.Id == id) : null;
        // A section holds the ones below it.
        var sections = section is null ? null : titles.Sections(section.TitleId).Where(one => titles.Lineage(one.Id).Any(line => line.Id == section.Id)).Select(one => one.Id).ToList();
        var whose = query["whose"] == "mine" ? "mine" : "";
        var isLate = query["late"] == "1";
        return (new DeskQueries.Filter(title?.Id, sections, whose, isLate), new Asked(title?.Slug ?? "", section is null ? "" : $"{section.Id}", whose, isLate));
    }
}
