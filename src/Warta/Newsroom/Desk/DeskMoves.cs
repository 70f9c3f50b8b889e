using System.Globalization;
using Warta.Accounts;
using Warta.Content;
using Warta.Publishing;

namespace Warta.Newsroom;

/// <summary>What moves a story on the desk. A move from the story's own page saves what was written there first, so that nobody hands in other words than he sees.</summary>
internal static class DeskMoves
{
    /// <param name="Undo">An address that takes it back; empty for what can't be.</param>
    /// <param name="To">Where to go on; empty: back to where it was asked.</param>
    internal sealed record Done(string Said, string Undo = "", string To = "");

    public static void Map(NewsroomRoutes.Map map)
    {
        Post(map, "/submit", Permission.WriteOwn, MayHandIn, (act, visit, story) =>
        {
            act.Submit(story.Id);
            return new Done(visit.T("Naskah masuk desk.", "The story is at the desk."), Back(story, Stage.Submitted), story.MayHandle(visit.Me, act.Titles) ? "" : "/newsroom");
        });
        Post(map, "/recall", Permission.WriteOwn, (visit, story) => story.CreatedBy == visit.Me.Actor || MayHandle(visit, story), (act, visit, story) =>
        {
            act.Recall(story.Id);
            return new Done(visit.T("Naskah kembali menjadi draf Anda.", "The story is your draft again."), Back(story, Stage.Draft));
        });
        Post(map, "/take", Permission.Edit, MayHandle, (act, visit, story) =>
        {
            act.Take(story.Id, visit.Me.Id);
            return new Done(visit.T("Naskah di tangan Anda.", "The story is in your hands."), Back(story, Stage.Editing));
        });
        Post(map, "/return", Permission.Edit, MayHandle, (act, visit, story) =>
        {
            act.Return(story.Id, visit.Field("returnNote"));
            return new Done(visit.T("Naskah dikembalikan kepada penulisnya.", "The story has gone back to its writer."), Back(story, Stage.Returned));
        });
        Post(map, "/ready", Permission.Edit, MayHandle, (act, visit, story) =>
        {
            act.Approve(story.Id);
            return new Done(visit.T("Siap tayang.", "Ready."), Back(story, Stage.Ready));
        });
        Post(map, "/move-back", Permission.WriteOwn, (visit, story) => MayHandle(visit, story) || MayMoveBack(visit, story), (act, visit, story) =>
        {
            act.MoveBack(story.Id, visit.Request.Query["from"].ToString(), visit.Request.Query["to"].ToString());
            return new Done(visit.T("Diurungkan.", "Undone."));
        }, saves: false);
        Post(map, "/assign", Permission.Edit, MayHandle, (act, visit, story) =>
        {
            var title = act.Titles.Title(story.TitleId);
            var (user, name) = Colleague(act, visit, story, visit.Field("assignee"));
            act.Assign(story.Id, user, visit.Field("deadline") is { Length: > 0 } local ? Moments.ToCome(visit, local, title, out _) : null);
            return new Done(user is null ? visit.T("Tugas disimpan.", "The assignment is saved.") : visit.T($"Ditugaskan kepada {name}.", $"Given to {name}."));
        });
        Post(map, "/notes", Permission.WriteOwn, (visit, story) => story.MayRead(visit.Me, visit.Press.Titles), (act, visit, story) =>
        {
            act.AddNote(story.Id, visit.Field("said"));
            return new Done(visit.T("Catatan ditambahkan.", "The note is added."), "", $"/newsroom/stories/{story.Id}#notes");
        }, saves: false);
    }

    /// <param name="named">The permission that a refusal names.</param>
    /// <param name="saves">What was written on the story's page becomes a revision first.</param>
    internal static void Post(NewsroomRoutes.Map map, string verb, Permission named, Func<Visit, StoryInHand, bool> may, Func<Act, Visit, StoryInHand, Done> work, bool saves = true) =>
        map.Post("/stories/{id:long}" + verb, Stories.SignedIn, visit =>
        {
            if (visit.Press.Database.Read(session => StoryInHand.Find(session, Stories.IdOf(visit))) is not { IsPurged: 0 } story) return NewsroomRoutes.NotThere(visit);
            if (!may(visit, story)) return visit.Forbid(named, story.Id);
            var sent = saves && story.MayWrite(visit.Me, visit.Press.Titles) ? Stories.Sent(visit, story) : null;
            if (sent is { } written && Stories.MayNotBecome(visit, story, written.Mine) is { } no) return no;
            var (done, conflict) = (default(Done), default(Autosaves.Outcome));
            try
            {
                (done, conflict) = visit.Press.Run<(Done?, Autosaves.Outcome?)>(visit.Actor, Work);
            }
            catch (NotHisException)
            {
                return visit.Forbid(named, story.Id);
            }

            if (conflict is not null) return StoryConflict.Page(visit, story, sent!.Value.Seen, sent.Value.Mine, conflict);
            return visit.Go(done!.To.Length > 0 ? done.To : visit.Field("back") is { Length: > 0 } back ? back : $"/newsroom/stories/{story.Id}", done.Said, done.Undo);

            (Done?, Autosaves.Outcome?) Work(Act act)
            {
                if (sent is { } mine && act.SaveWriting(story.Id, mine.Seen, mine.Mine, visit.Field("note")).Outcome is { IsConflict: true } outcome) return (null, outcome);
                // From the board nobody has a text before him: what was written last is what is meant.
                if (saves && sent is null) act.SaveNewest(story.Id);
                // What was just saved may stand in another section, or be of another kind, and there it may not be his to move.
                var now = StoryInHand.Find(act.Sql, story.Id)!;
                return may(visit, now) ? (work(act, visit, now), null) : throw new NotHisException();
            }
        });

    private sealed class NotHisException : Exception;

    /// <summary>Somebody of the title, whom the form names; nobody where it names none.</summary>
    /// <exception cref="ContentException">He doesn't work there.</exception>
    internal static (long? Id, string Name) Colleague(Act act, Visit visit, StoryInHand story, string given)
    {
        if (given.Length == 0) return (null, "");
        return long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && StoryDesk.StaffOf(act.Sql, story.TitleId).Find(user => user.Id == id) is { Id: > 0 } known ? known
            : throw new ContentException(visit.T("Ia tidak bekerja di terbitan ini.", "That person doesn't work for this title."));
    }

    private static bool MayHandle(Visit visit, StoryInHand story) => story.MayHandle(visit.Me, visit.Press.Titles);

    private static bool MayHandIn(Visit visit, StoryInHand story) => story.MayWrite(visit.Me, visit.Press.Titles) || MayHandle(visit, story);

    /// <summary>Writers take back what they handed in, and hand in again.</summary>
    private static bool MayMoveBack(Visit visit, StoryInHand story) => story.CreatedBy == visit.Me.Actor
        && story.Stage is Stage.Submitted or Stage.Draft or Stage.Returned && visit.Request.Query["to"].ToString() is Stage.Submitted or Stage.Draft or Stage.Returned;

    private static string Back(StoryInHand story, string now) => $"/newsroom/stories/{story.Id}/move-back?from={now}&to={(story.Stage.Length > 0 ? story.Stage : Stage.Draft)}";
}
