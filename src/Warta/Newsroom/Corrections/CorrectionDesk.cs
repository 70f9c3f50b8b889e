using System.Globalization;
using Warta.Accounts;
using Warta.Content;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Newsroom;

/// <summary><i>Ralat, Koreksi, Hak Jawab</i>: what is issued on a story, and what was asked for, each request with an owner and a day.</summary>
internal static class CorrectionDesk
{
    private const int Most = 200;

    public static void Map(NewsroomRoutes.Map map)
    {
        map.Get("/requests", new Needs(Permission.Correct), visit => visit.Press.Database.Read(session => Board(visit, session)));
        map.Get("/stories/{id:long}/corrections", Stories.SignedIn, visit => Stories.Read(visit, (story, session) => MayCorrect(visit, story) ? Show(visit, session, story) : visit.Forbid(Permission.Correct, story.Id)));
        DeskMoves.Post(map, "/corrections", Permission.Correct, MayCorrect, (act, visit, story) =>
        {
            var id = act.Correct(story.Id, visit.Field("kind"), visit.Field("text"), visit.Field("link"), visit.Field("askedBy"));
            return new DeskMoves.Done(visit.T("Terbit di bawah berita dan di daftar ralat.", "It stands under the story and in the register."), $"/newsroom/stories/{story.Id}/corrections/withdraw?correction={id}", Here(story));
        }, saves: false);
        DeskMoves.Post(map, "/corrections/withdraw", Permission.Correct, MayCorrect, (act, visit, story) =>
        {
            var id = Number(visit, "correction");
            if (act.Sql.Value<long>("SELECT count(*) FROM corrections WHERE id = @id AND article_id = @story", new { id, story = story.Id }) == 0) throw new ContentException(visit.T("Ralat itu bukan milik berita ini.", "That correction isn't this story's."));
            act.WithdrawCorrection(id);
            if (act.Sql.First<long?>("SELECT id FROM correction_requests WHERE correction_id = @id", new { id }) is { } request) act.Reopen(request);
            return new DeskMoves.Done(visit.T("Ditarik. Riwayatnya tetap tersimpan.", "Withdrawn. It stays in the history."), "", Here(story));
        }, saves: false);
        DeskMoves.Post(map, "/requests", Permission.Correct, MayCorrect, (act, visit, story) =>
        {
            var title = act.Titles.Title(story.TitleId);
            act.Ask(story.Id, visit.Field("kind"), visit.Field("askedBy"), visit.Field("contact"), visit.Field("text"), DeskMoves.Colleague(act, visit, story, visit.Field("owner")).Id ?? visit.Me.Id,
                visit.Field("due") is { Length: > 0 } due ? Moments.ToCome(visit, due, title, out _) : null);
            return new DeskMoves.Done(visit.T("Permintaan dicatat.", "The request is noted."), "", Here(story));
        }, saves: false);
        DeskMoves.Post(map, "/requests/answer", Permission.Correct, MayCorrect, (act, visit, story) =>
        {
            var correction = act.Answer(Mine(act, visit, story), visit.Field("text"), visit.Field("link"));
            return new DeskMoves.Done(visit.T("Terbit, dan permintaan selesai.", "Issued, and the request is closed."), $"/newsroom/stories/{story.Id}/corrections/withdraw?correction={correction}", Here(story));
        }, saves: false);
        DeskMoves.Post(map, "/requests/decline", Permission.Correct, MayCorrect, (act, visit, story) =>
        {
            var request = Mine(act, visit, story);
            act.Decline(request, visit.Field("reason"));
            return new DeskMoves.Done(visit.T("Permintaan ditutup tanpa ralat.", "The request is closed without a correction."), $"/newsroom/stories/{story.Id}/requests/reopen?request={request}", Here(story));
        }, saves: false);
        DeskMoves.Post(map, "/requests/reopen", Permission.Correct, MayCorrect, (act, visit, story) =>
        {
            act.Reopen(Mine(act, visit, story));
            return new DeskMoves.Done(visit.T("Permintaan dibuka lagi.", "The request is open again."), "", Here(story));
        }, saves: false);
    }

    private static bool MayCorrect(Visit visit, StoryInHand story) => visit.Me.May(Permission.Correct, visit.Press.Titles, story.TitleId, story.SectionId);

    private static string Here(StoryInHand story) => $"/newsroom/stories/{story.Id}/corrections";

    private static long Number(Visit visit, string name) =>
        long.TryParse(visit.Field(name) is { Length: > 0 } sent ? sent : visit.Request.Query[name].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    /// <summary>The request that the form names, if it is this story's.</summary>
    private static long Mine(Act act, Visit visit, StoryInHand story)
    {
        var id = Number(visit, "request");
        return CorrectionRequest.Find(act.Sql, id)?.ArticleId == story.Id ? id : throw new ContentException(visit.T("Permintaan itu bukan tentang berita ini.", "That request isn't about this story."));
    }

    private static Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult Show(Visit visit, Session session, StoryInHand story) => Visit.Page<CorrectionsPage>(200,
        ("Frame", visit.Frame()),
        ("Story", story),
        ("Title", visit.Site.Titles.Title(story.TitleId)),
        ("Issued", Corrections.History(session, story.Id)),
        ("Requests", CorrectionRequest.Of(session, story.Id)),
        ("Staff", StoryDesk.StaffOf(session, story.TitleId)),
        ("Now", visit.Press.Now));

    private static Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult Board(Visit visit, Session session)
    {
        var (open, closed) = (CorrectionRequest.Open(session, Most), CorrectionRequest.Closed(session, 30));
        var stories = open.Concat(closed).Select(request => request.ArticleId).Distinct().Select(id => StoryInHand.Find(session, id)).OfType<StoryInHand>().Where(story => MayCorrect(visit, story)).ToDictionary(story => story.Id);
        var owners = session.Query<(long Id, string Name)>("SELECT u.id, u.name FROM [[ids:ids]] i CROSS JOIN users u WHERE u.id = i.id", new { ids = session.Ids(open.Select(request => request.Owner).OfType<long>().Distinct()) }).ToDictionary(row => row.Id, row => row.Name);
        return Visit.Page<RequestsPage>(200, ("Frame", visit.Frame()), ("Open", open.Where(request => stories.ContainsKey(request.ArticleId)).ToList()), ("Closed", closed.Where(request => stories.ContainsKey(request.ArticleId)).ToList()),
            ("Stories", stories), ("Owners", owners), ("Now", visit.Press.Now));
    }
}
