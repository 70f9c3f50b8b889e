using Warta.Accounts;
using Warta.Composition;
using Warta.Content;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Newsroom;

/// <summary>What follows a publication: its receipts (<i>Jejak Tayang</i>), the takedown (<i>Cabut Berita</i>) and its undo, and for the few who may, the purge.</summary>
internal static class AfterPublishing
{
    private const int MostReceipts = 30;

    public static void Map(NewsroomRoutes.Map map)
    {
        map.Get("/stories/{id:long}/receipts", Stories.SignedIn, visit => Stories.Read(visit, (story, session) => Show(visit, session, story)));
        DeskMoves.Post(map, "/takedown", Permission.Takedown, MayTakeDown, (act, visit, story) =>
        {
            act.TakeDown(story.Id, visit.Field("reason"));
            return new DeskMoves.Done(visit.T("Berita dicabut di semua tempat. Alamatnya menjawab 410 dengan alasan Anda.", "The story is taken down everywhere. Its address answers 410 with your reason."), $"/newsroom/stories/{story.Id}/takedown/undo", $"/newsroom/stories/{story.Id}/receipts");
        }, saves: false);
        DeskMoves.Post(map, "/takedown/undo", Permission.Takedown, MayTakeDown, (act, visit, story) =>
        {
            act.UndoTakedown(story.Id);
            return new DeskMoves.Done(visit.T("Pencabutan dibatalkan: berita tayang lagi seperti semula.", "The takedown is undone: the story is live again as it was."), "", $"/newsroom/stories/{story.Id}/receipts");
        }, saves: false);
        var grave = new Needs(Permission.Purge, IsGrave: true);
        map.Get("/stories/{id:long}/purge", grave, visit => Stories.Read(visit, (story, _) => MayPurge(visit, story) ? Ask(visit, story, "") : visit.Forbid(Permission.Purge, story.Id)));
        map.Post("/stories/{id:long}/purge", grave, Purge);
    }

    private static bool MayTakeDown(Visit visit, StoryInHand story) => visit.Me.May(Permission.Takedown, visit.Press.Titles, story.TitleId, story.SectionId);

    private static bool MayPurge(Visit visit, StoryInHand story) => visit.Me.May(Permission.Purge, visit.Press.Titles, story.TitleId, story.SectionId);

    private static Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult Show(Visit visit, Session session, StoryInHand story)
    {
        var receipts = Receipts.Of(session, story.Id, MostReceipts);
        // Asked by a browser without script: it looks again by itself as long as something is still to come.
        if (receipts.Exists(receipt => ReceiptJson.StateOf(receipt, visit.Press.Now) == "pending")) visit.Context.Response.Headers["Refresh"] = "1";
        return Visit.Page<ReceiptsPage>(200, ("Frame", visit.Frame()), ("Story", story), ("Receipts", receipts), ("Titles", visit.Site.Titles), ("Now", visit.Press.Now), ("Places", StoryPlaces.Of(session, visit.Site, story.Id)));
    }

    private static Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult Ask(Visit visit, StoryInHand story, string said) =>
        Visit.Page<PurgePage>(said.Length == 0 ? 200 : 422, ("Frame", visit.Frame(said, isError: true)), ("Story", story), ("Reason", visit.Field("reason")));

    private static IResult Purge(Visit visit)
    {
        if (visit.Press.Database.Read(session => StoryInHand.Find(session, Stories.IdOf(visit))) is not { IsPurged: 0 } story) return NewsroomRoutes.NotThere(visit);
        if (!MayPurge(visit, story)) return visit.Forbid(Permission.Purge, story.Id);
        // Asked twice: the headline, typed, is the second yes.
        if (CleanText.Of(visit.Field("headline")) != CleanText.Of(story.Headline)) return Ask(visit, story, visit.T("Judulnya tidak sama. Ketik persis seperti tertulis.", "That isn't its headline. Type it just as it stands."));
        if (visit.Field("reason").Trim().Length == 0) return Ask(visit, story, visit.T("Tulis alasannya: hanya itu yang tersisa.", "Give the reason: it is all that stays."));
        visit.Press.Run(visit.Actor, act => act.PurgeStory(story.Id, visit.Field("reason")));
        return visit.Go("/newsroom/stories", visit.T("Naskah dihapus untuk selamanya. Yang tersisa: siapa, kapan, dan mengapa.", "The story is erased for good. What stays: who, when, and why."));
    }
}
