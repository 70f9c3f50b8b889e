using System.Globalization;
using Warta.Accounts;
using Warta.Content;
using Warta.Publishing;

namespace Warta.Newsroom;

/// <summary>What puts a story before readers and takes it from them: <i>Tayangkan, Jadwalkan, Turunkan</i>.</summary>
internal static class DeskPublishing
{
    public static void Map(NewsroomRoutes.Map map)
    {
        DeskMoves.Post(map, "/publish", Permission.Publish, (visit, story) => story.MayDo(Permission.Publish, visit.Me, visit.Press.Titles), Publish);
        DeskMoves.Post(map, "/schedule", Permission.Publish, (visit, story) => story.MayDo(Permission.Publish, visit.Me, visit.Press.Titles), Schedule);
        DeskMoves.Post(map, "/unschedule", Permission.Publish, (visit, story) => story.MayDo(Permission.Publish, visit.Me, visit.Press.Titles), (act, visit, story) =>
        {
            act.Unschedule(story.Id);
            return new DeskMoves.Done(visit.T("Jadwal dibatalkan.", "The schedule is taken back."));
        }, saves: false);
        DeskMoves.Post(map, "/withdraw", Permission.Withdraw, (visit, story) => story.MayDo(Permission.Withdraw, visit.Me, visit.Press.Titles), (act, visit, story) =>
        {
            var titles = act.WithdrawStory(story.Id);
            return new DeskMoves.Done(visit.T("Berita diturunkan. Pembaca tidak melihatnya lagi.", "The story is withdrawn. Readers don't see it any more."), titles.Count == 0 ? "" : $"/newsroom/stories/{story.Id}/bring-back?in={string.Join(',', titles)}");
        }, saves: false);
        DeskMoves.Post(map, "/bring-back", Permission.Publish, (visit, story) => story.MayDo(Permission.Publish, visit.Me, visit.Press.Titles), (act, visit, story) =>
        {
            act.BringBack(story.Id, Titles(visit, act, story, visit.Request.Query["in"].ToString().Split(',')));
            return new DeskMoves.Done(visit.T("Tayang lagi.", "Live again."));
        }, saves: false);
    }

    private static DeskMoves.Done Publish(Act act, Visit visit, StoryInHand story)
    {
        MustHaveHeadline(act, visit, story);
        var isQuiet = visit.Field("quiet").Length > 0;
        foreach (var titleId in Titles(visit, act, story, visit.Form["in"]))
        {
            var updated = isQuiet ? act.Sql.Time("SELECT updated_at FROM publications WHERE article_id = @Id AND title_id = @titleId", new { story.Id, titleId }) : null;
            act.Publish(story.Id, titleId, updated is null ? null : new PublishRevision.Times(UpdatedAt: updated), null, Slug(visit));
        }

        return new DeskMoves.Done(story.IsLive ? visit.T("Pembaruan tayang.", "The update is live.") : visit.T("Tayang.", "Live."), story.IsLive ? "" : $"/newsroom/stories/{story.Id}/withdraw", $"/newsroom/stories/{story.Id}/receipts");
    }

    private static DeskMoves.Done Schedule(Act act, Visit visit, StoryInHand story)
    {
        MustHaveHeadline(act, visit, story);
        var title = act.Titles.Title(story.TitleId);
        var at = Moments.ToCome(visit, visit.Field("at"), title, out var said);
        foreach (var titleId in Titles(visit, act, story, visit.Form["in"])) act.Schedule(story.Id, titleId, at);
        return new DeskMoves.Done(visit.T("Terjadwal untuk ", "Scheduled for ") + Clock.InWords(at, title.Zone, visit.Language) + "." + said, $"/newsroom/stories/{story.Id}/unschedule");
    }

    /// <summary>The titles that the form names, else the story's own; each has to be one where he may publish.</summary>
    private static List<long> Titles(Visit visit, Act act, StoryInHand story, IEnumerable<string?> given)
    {
        var ids = given.Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0).Distinct().ToList();
        if (ids.Count == 0) return [story.TitleId];
        return ids.TrueForAll(id => MayIn(visit.Me, act.Titles, story, id)) ? ids : throw new ContentException(visit.T("Anda tidak boleh menayangkan di salah satu terbitan itu.", "You may not publish in one of those titles."));
    }

    /// <summary>In another title than its own a story has no section yet: who may publish it there has the whole title.</summary>
    public static bool MayIn(Person person, TitleDirectory titles, StoryInHand story, long titleId) => titleId == story.TitleId
        ? story.MayDo(Permission.Publish, person, titles)
        : titles.Titles.Any(title => title.Id == titleId) && person.May(story.IsAdvertorial ? Permission.Advertorial : Permission.Publish, titles, titleId, null);

    private static string? Slug(Visit visit) => visit.Field("slug").Trim() is { Length: > 0 } slug ? slug : null;

    private static void MustHaveHeadline(Act act, Visit visit, StoryInHand story)
    {
        var headline = act.Sql.First<string>("SELECT headline FROM revisions WHERE article_id = @Id ORDER BY number DESC LIMIT 1", new { story.Id }) ?? "";
        if (Writing.IsUntitled(headline)) throw new ContentException(visit.T("Naskah ini belum berjudul. Beri judul dulu.", "The story has no headline yet. Give it one first."));
    }
}
