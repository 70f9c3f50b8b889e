using Microsoft.AspNetCore.Http.HttpResults;
using Warta.Accounts;
using Warta.Content;

namespace Warta.Newsroom;

/// <summary>Who works here, and as what.</summary>
internal static class People
{
    private const string Here = "/newsroom/people";
    private static readonly Needs Look = new(Permission.ManagePeople), Change = new(Permission.ManagePeople, IsGrave: true);

    public static void Map(NewsroomRoutes.Map map)
    {
        map.Get("/people", Look, visit => Show(visit, ""));
        map.Post("/people/invite", Change, visit =>
        {
            var membership = Reach(visit, new Places(visit.Site.Titles).Read(visit.Field("role"), visit.Field("place")));
            return Show(visit, LinkOf(visit, visit.Press.Run(visit.Actor, act => act.Invite(visit.Field("email"), membership))));
        });
        map.Post("/people/revoke", Change, visit =>
        {
            visit.Press.Run(visit.Actor, act => act.RevokeInvitation(long.TryParse(visit.Field("invitation"), out var id) ? id : 0));
            return visit.Go(Here, visit.T("Undangan dibatalkan.", "The invitation is revoked."));
        });
        map.Get("/people/{id:long}", Look, visit => Of(visit) is { } user ? ShowOne(visit, user, "") : NewsroomRoutes.NotThere(visit));
        Post("/roles", (visit, user) => Set(visit, user, user.Memberships.Append(Reach(visit, new Places(visit.Site.Titles).Read(visit.Field("role"), visit.Field("place")))).Distinct().ToList()));
        Post("/roles/remove", (visit, user) => Set(visit, user, user.Memberships.Where((_, i) => $"{i}" != visit.Field("number")).ToList()));
        Post("/recover", (visit, user) => ShowOne(visit, user, LinkOf(visit, visit.Press.Run(visit.Actor, act => act.Recover(user)))));
        Post("/sign-out", (visit, user) => Done(visit, user, act => act.EndAll(user.Id), visit.T("Ia dikeluarkan dari semua perangkat.", "Signed out everywhere.")));
        Post("/disable", (visit, user) => Done(visit, user, act => act.Disable(user), visit.T("Dinonaktifkan, dan dikeluarkan saat ini juga.", "Disabled, and signed out this moment.")));
        Post("/enable", (visit, user) => Done(visit, user, act => act.Enable(user), visit.T("Aktif lagi.", "Active again.")));

        void Post(string what, Func<Visit, Users.User, IResult> work) => map.Post("/people/{id:long}" + what, Change, visit => Of(visit) is not { } user ? NewsroomRoutes.NotThere(visit) : work(visit, Mine(visit, user)));
    }

    private static IResult Done(Visit visit, Users.User user, Action<Publishing.Act> work, string said)
    {
        visit.Press.Run(visit.Actor, work);
        return visit.Go($"{Here}/{user.Id}", said);
    }

    private static IResult Set(Visit visit, Users.User user, IReadOnlyList<Membership> memberships) =>
        Done(visit, user, act => act.SetMemberships(user.Id, memberships), visit.T("Peran berubah, dan berlaku saat ini juga.", "The roles are changed, and hold from this moment."));

    /// <summary>Who is admin of one title gives work there only.</summary>
    private static Membership Reach(Visit visit, Membership membership) =>
        visit.Me.May(Permission.ManagePeople) || (membership.TitleId is { } title && visit.Me.May(Permission.ManagePeople, visit.Site.Titles, title, membership.SectionId)) ? membership
            : throw new ContentException(visit.T("Anda hanya dapat memberi peran di terbitan Anda sendiri.", "You can only give roles at your own title."));

    /// <summary>And changes nobody who works elsewhere too.</summary>
    private static Users.User Mine(Visit visit, Users.User user)
    {
        foreach (var membership in user.Memberships) Reach(visit, membership);
        return user;
    }

    private static Users.User? Of(Visit visit) => long.TryParse((string?)visit.Request.RouteValues["id"], out var id) ? visit.Press.Database.Read(session => Users.Find(session, id)) : null;

    private static string LinkOf(Visit visit, string key) => $"{visit.Request.Scheme}://{visit.Request.Host}/newsroom/join?key={key}";

    private static RazorComponentResult Show(Visit visit, string link) => visit.Press.Database.Read(session => Visit.Page<PeoplePage>(200, ("Frame", visit.Frame()), ("Users", Users.List(session)),
        ("Invitations", Invitations.Open(session, visit.Press.Now)), ("Places", new Places(visit.Site.Titles)), ("Link", link)));

    private static RazorComponentResult ShowOne(Visit visit, Users.User user, string link) => Visit.Page<PersonPage>(200, ("Frame", visit.Frame()), ("User", user), ("Places", new Places(visit.Site.Titles)), ("Link", link));
}
