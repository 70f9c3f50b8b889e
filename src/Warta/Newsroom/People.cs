using Microsoft.AspNetCore.Http.HttpResults;
using Warta.Accounts;
using Warta.Content;
using Warta.Storage;

namespace Warta.Newsroom;

/// <summary>Who works here, and as what.</summary>
internal static class People
{
    private const string Here = "/newsroom/people";
    private const int FewAreSeen = 50;
    private static readonly Needs Look = new(Permission.ManagePeople), Change = new(Permission.ManagePeople, IsGrave: true);

    public static void Map(NewsroomRoutes.Map map)
    {
        map.Get("/people", Look, visit => Show(visit, ""));
        map.Post("/people/invite", Change, visit =>
        {
            var membership = Reach(visit, new Places(visit.Site.Titles).Read(visit.Field("role"), visit.Field("place")));
            return Show(visit, LinkOf(visit, visit.Press.Run(visit.Actor, act =>
            {
                // It voids the one before, which has to be his to void.
                if (Invitations.Waiting(act.Sql, visit.Field("email"), act.Now) is { } earlier) Reach(visit, earlier.Membership);
                return act.Invite(visit.Field("email"), membership);
            })));
        });
        map.Post("/people/resend", Change, visit => Waiting(visit) is { } invitation
            ? Show(visit, LinkOf(visit, visit.Press.Run(visit.Actor, act => act.Invite(invitation.Email, invitation.Membership))))
            : NewsroomRoutes.NotThere(visit));
        map.Post("/people/revoke", Change, visit =>
        {
            if (Waiting(visit) is not { } invitation) return NewsroomRoutes.NotThere(visit);
            visit.Press.Run(visit.Actor, act => act.RevokeInvitation(invitation.Id));
            return visit.Go(Here, visit.T("Undangan dibatalkan.", "The invitation is revoked."));
        });
        map.Get("/people/{id:long}", Look, visit => Of(visit) is { } user ? ShowOne(visit, user, "") : NewsroomRoutes.NotThere(visit));
        Post("/roles", (visit, user) => Set(visit, user, memberships => memberships.Append(Reach(visit, new Places(visit.Site.Titles).Read(visit.Field("role"), visit.Field("place")))).Distinct()));
        Post("/roles/remove", (visit, user) => Set(visit, user, memberships => memberships.Where((_, i) => $"{i}" != visit.Field("number"))));
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

    // From what he is in this transaction: somebody else may have changed it meanwhile.
    private static IResult Set(Visit visit, Users.User user, Func<IEnumerable<Membership>, IEnumerable<Membership>> change) =>
        Done(visit, user, act => act.SetMemberships(user.Id, change(Mine(visit, Users.Find(act.Sql, user.Id)!).Memberships).ToList()), visit.T("Peran berubah, dan berlaku saat ini juga.", "The roles are changed, and hold from this moment."));

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

    private static Invitations.Invitation? Waiting(Visit visit)
    {
        var invitation = long.TryParse(visit.Field("invitation"), out var id) ? visit.Press.Database.Read(session => Invitations.Find(session, id, visit.Press.Now)) : null;
        if (invitation is not null) Reach(visit, invitation.Membership);
        return invitation;
    }

    private static Users.User? Of(Visit visit) => long.TryParse((string?)visit.Request.RouteValues["id"], out var id) ? visit.Press.Database.Read(session => Users.Find(session, id)) : null;

    private static string LinkOf(Visit visit, string key) => $"{visit.Request.Scheme}://{visit.Request.Host}/newsroom/join?key={key}";

    private static RazorComponentResult Show(Visit visit, string link) => visit.Press.Database.Read(session => Visit.Page<PeoplePage>(200, ("Frame", visit.Frame()), ("Users", Sought(visit, session)), ("Words", Words(visit)), ("Role", Role(visit)), ("IsSearchable", Words(visit).Length > 0 || Role(visit).Length > 0 || session.Value<long>("SELECT count(*) FROM users") > FewAreSeen),
        ("Invitations", Invitations.Open(session, visit.Press.Now)), ("Places", new Places(visit.Site.Titles)), ("Link", link)));

    private static string Words(Visit visit) => visit.Request.Query["q"].ToString().Trim();
    private static string Role(Visit visit) => visit.Request.Query["role"].ToString();

    private static List<Users.User> Sought(Visit visit, Session session) => Users.List(session).FindAll(user =>
        (Words(visit).Length == 0 || user.Name.Contains(Words(visit), StringComparison.OrdinalIgnoreCase) || user.Email.Contains(Words(visit), StringComparison.OrdinalIgnoreCase))
        && (Role(visit) switch { "" => true, "disabled" => user.DisabledAt is not null, var role => user.Memberships.Any(member => member.Role == role) }));

    private static RazorComponentResult ShowOne(Visit visit, Users.User user, string link) => Visit.Page<PersonPage>(200, ("Frame", visit.Frame()), ("User", user), ("Places", new Places(visit.Site.Titles)), ("Link", link));
}
