using Microsoft.AspNetCore.Http.HttpResults;
using Warta.Accounts;
using Warta.Content;

namespace Warta.Newsroom;

/// <summary>The first admin by the link that serve prints, everybody else by an invitation; a forgotten password by a link too.</summary>
internal static class SettingUp
{
    public static void Map(NewsroomRoutes.Map map, SetUp setUp)
    {
        // Once there is a user this page isn't there any more.
        map.Get("/setup", Needs.Nothing, visit => setUp.Fits(visit.Request.Query["key"]) ? ShowSetUp(visit, "", 200) : NewsroomRoutes.NotThere(visit));
        map.Post("/setup", Needs.Nothing, visit => setUp.Fits(visit.Field("key")) ? First(visit) : NewsroomRoutes.NotThere(visit));
        map.Get("/join", Needs.Nothing, visit => Of(visit, visit.Request.Query["key"].ToString()) is { } invitation ? ShowJoin(visit, invitation, "", 200) : Void(visit));
        map.Post("/join", Needs.Nothing, visit => Of(visit, visit.Field("key")) is { } invitation ? Join(visit, invitation) : Void(visit));
    }

    private static IResult First(Visit visit)
    {
        try
        {
            var id = visit.Press.Run("set-up", act =>
            {
                // Two browsers with the link: one of them.
                if (act.Sql.Value<long>("SELECT count(*) FROM users") > 0) throw new ContentException(visit.T("Sudah ada yang lebih dulu.", "Somebody was faster."));
                return act.AddUser(visit.Field("email"), visit.Field("name"), [new Membership("admin", null, null)], Passwords.HashOf(visit.Field("password"), visit.Field("email").Split('@')[0], visit.Field("name")));
            });
            Door.Open(visit.Context, visit.Press, id, isWhole: true);
            return visit.Go("/newsroom", visit.T("Selamat datang. Sekarang undang redaksi Anda.", "Welcome. Now invite your newsroom."));
        }
        catch (ContentException e)
        {
            return ShowSetUp(visit, visit.Why(e), 422);
        }
    }

    private static IResult Join(Visit visit, Invitations.Invitation invitation)
    {
        try
        {
            var id = visit.Press.Run($"user:{invitation.Email}", act =>
            {
                var (email, name) = (invitation.Email, invitation.UserId is { } known ? Users.Find(act.Sql, known)!.Name : visit.Field("name"));
                var hash = Passwords.HashOf(visit.Field("password"), email.Split('@')[0], name);
                if (!act.Use(invitation)) throw new ContentException(visit.T("Tautan ini sudah dipakai.", "This link has been used."));
                if (invitation.UserId is not { } userId) return act.AddUser(email, name, [invitation.Membership], hash);
                act.Sql.Run("UPDATE users SET password_hash = @p1 WHERE id = @p2", hash, userId);
                act.EndAll(userId);
                act.Record("password-changed", null, null, new { email });
                return userId;
            });
            // Whoever has a second factor is still asked for it.
            var isWhole = !visit.Press.Database.Read(session => SecondFactor.IsWanted(session, id));
            Door.Open(visit.Context, visit.Press, id, isWhole);
            return visit.Go(isWhole ? "/newsroom" : "/newsroom/sign-in/code");
        }
        catch (ContentException e)
        {
            return ShowJoin(visit, invitation, visit.Why(e), 422);
        }
    }

    private static Invitations.Invitation? Of(Visit visit, string key) => visit.Press.Database.Read(session => Invitations.Find(session, key, visit.Press.Now));

    private static RazorComponentResult ShowSetUp(Visit visit, string said, int status) => Visit.Page<Join>(status, ("Frame", visit.Frame(said, said.Length > 0)),
        ("Heading", visit.T("Siapkan ruang redaksi", "Set up the newsroom")), ("Action", "/newsroom/setup"), ("Button", visit.T("Buat akun admin", "Make the admin's account")),
        ("Intro", visit.T("Akun pertama adalah admin semua terbitan. Yang lain Anda undang setelah ini.", "The first account is admin of all titles. You invite the others after this.")),
        ("Key", visit.Field("key") is { Length: > 0 } key ? key : visit.Request.Query["key"].ToString()), ("Email", visit.Field("email")), ("Name", visit.Field("name")), ("AsksEmail", true), ("AsksName", true));

    private static RazorComponentResult ShowJoin(Visit visit, Invitations.Invitation invitation, string said, int status)
    {
        var isNew = invitation.UserId is null;
        return Visit.Page<Join>(status, ("Frame", visit.Frame(said, said.Length > 0)),
            ("Heading", isNew ? visit.T("Selamat datang di redaksi", "Welcome to the newsroom") : visit.T("Kata sandi baru", "A new password")), ("Action", "/newsroom/join"),
            ("Button", isNew ? visit.T("Buat akun", "Make the account") : visit.T("Simpan kata sandi", "Save the password")), ("Intro", ""),
            ("Key", visit.Field("key") is { Length: > 0 } key ? key : visit.Request.Query["key"].ToString()), ("Email", invitation.Email), ("Name", visit.Field("name")), ("AsksName", isNew));
    }

    private static RazorComponentResult Void(Visit visit) => Visit.Page<Plain>(404, ("Frame", visit.Frame()), ("Heading", visit.T("Tautan ini tidak berlaku lagi", "This link is void")),
        ("Text", visit.T("Sudah dipakai, dibatalkan, atau lewat tujuh hari. Minta yang baru kepada admin redaksi.", "It was used, revoked, or is older than seven days. Ask an admin of the newsroom for a new one.")));
}
