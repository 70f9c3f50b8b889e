using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Warta.Accounts;
using Warta.Content;

namespace Warta.Newsroom;

/// <summary>What everybody may do to his own account. What opens it to others asks again who he is.</summary>
internal static class MyAccount
{
    private const string Here = "/newsroom/account";
    private static readonly Needs Me = new(null), Surely = new(null, IsGrave: true);

    public static void Map(NewsroomRoutes.Map map)
    {
        map.Get("/account", Me, visit => Show(visit, []));
        map.Post("/account", Me, visit =>
        {
            visit.Press.Run(visit.Actor, act => act.Describe(visit.Me.Id, visit.Field("name"), visit.Field("language")));
            return visit.Go(Here, visit.T("Tersimpan.", "Saved."));
        });
        map.Post("/account/email", Surely, Email);
        map.Post("/account/password", Me, Password);
        map.Post("/account/passkeys", Surely, AddPasskey);
        map.Post("/account/passkeys/name", Me, visit => visit.Press.Run(visit.Actor, act => PasskeyStore.Name(act, visit.Me.Id, visit.Field("credential"), NameOf(visit)))
            ? visit.Go(Here, visit.T("Kunci sandi berganti nama.", "The passkey has its new name."))
            : NewsroomRoutes.NotThere(visit));
        map.Post("/account/passkeys/remove", Surely, async visit =>
        {
            var credential = visit.Field("credential");
            if (visit.Press.Database.Read(session => PasskeyStore.Of(session, visit.Me.Id)).All(passkey => passkey.Credential != credential)) return NewsroomRoutes.NotThere(visit);
            await new PasskeyStore(visit.Press).RemovePasskeyAsync(Self(visit), Convert.FromHexString(credential), CancellationToken.None);
            return visit.Go(Here, visit.T("Kunci sandi dihapus.", "The passkey is removed."));
        });
        map.Post("/account/second-factor", Surely, visit => Show(visit, visit.Press.Run(visit.Actor, act => act.TurnOn(visit.Me.Id, visit.Field("secret"), visit.Field("code")))));
        map.Post("/account/second-factor/off", Surely, visit =>
        {
            visit.Press.Run(visit.Actor, act => act.TurnOff(visit.Me.Id));
            return visit.Go(Here, visit.T("Langkah kedua dimatikan.", "The second step is off."));
        });
        map.Post("/account/codes", Surely, visit => Show(visit, visit.Press.Run(visit.Actor, act => act.Renew(visit.Me.Id))));
        map.Post("/account/sessions/end", Me, visit =>
        {
            visit.Press.Run(visit.Actor, act => act.End(visit.Me.Id, visit.Field("session")));
            return visit.Go(Here, visit.T("Perangkat itu sudah dikeluarkan.", "That device is signed out."));
        });
        map.Post("/account/sessions/end-others", Me, visit =>
        {
            visit.Press.Run(visit.Actor, act => act.EndAll(visit.Me.Id, visit.Me.Session));
            return visit.Go(Here, visit.T("Semua perangkat lain sudah dikeluarkan.", "All other devices are signed out."));
        });
    }

    private static IResult Email(Visit visit)
    {
        // His address opens the account: besides the proof, the password that goes with it.
        if (!KnowsPassword(visit, "present", out var wait)) return wait ?? throw new ContentException(visit.T("Kata sandi sekarang tidak cocok.", "The present password isn't right."));
        visit.Press.Run(visit.Actor, act => act.ChangeEmail(Users.Find(act.Sql, visit.Me.Id)!, visit.Field("email"), visit.Me.Session));
        return visit.Go(Here, visit.T("Surel diganti; perangkat lain dikeluarkan.", "The e-mail address is changed; other devices are signed out."));
    }

    /// <summary>Whether the password is his, counted like those at the door. True for who has none: his passkey has spoken.</summary>
    private static bool KnowsPassword(Visit visit, string field, out IResult? wait)
    {
        wait = SigningIn.Waits(visit, visit.Me.Email, Throttle.NetworkOf(visit.Context.Connection.RemoteIpAddress)) is { } words ? visit.Refuse(429, visit.T("Sebentar", "One moment"), words) : null;
        if (wait is not null) return false;
        var hash = visit.Press.Database.Read(session => session.First<string>("SELECT password_hash FROM users WHERE id = @Id", new { visit.Me.Id }));
        if (string.IsNullOrEmpty(hash) || Passwords.Fits(hash, visit.Field(field), out _)) return true;
        visit.Press.Run(visit.Actor, act => act.Fail(visit.Me.Email, Throttle.NetworkOf(visit.Context.Connection.RemoteIpAddress)));
        return false;
    }

    private static IResult Password(Visit visit)
    {
        if (!KnowsPassword(visit, "present", out var wait)) return wait ?? throw new ContentException(visit.T("Kata sandi sekarang tidak cocok.", "The present password isn't right."));
        var hash = visit.Press.Database.Read(session => session.First<string>("SELECT password_hash FROM users WHERE id = @Id", new { visit.Me.Id }));
        // Without one, the passkey has to have spoken lately.
        if (string.IsNullOrEmpty(hash) && visit.Press.Now - visit.Me.ProvedAt > Sessions.Proof) return visit.Go("/newsroom/prove?next=" + Here);
        visit.Press.Run(visit.Actor, act => act.SetPassword(Self(visit), visit.Field("password"), visit.Me.Session));
        return visit.Go(Here, visit.T("Kata sandi diganti; perangkat lain dikeluarkan.", "The password is changed; other devices are signed out."));
    }

    private static async Task<IResult> AddPasskey(Visit visit)
    {
        var services = visit.Context.RequestServices;
        var state = visit.Press.Run(visit.Actor, act => act.Answer(visit.Field("question"))) ?? throw new ContentException(visit.T("Terlalu lama. Coba lagi.", "That took too long. Try again."));
        var result = await services.GetRequiredService<IPasskeyHandler<Users.User>>().PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = visit.Context, CredentialJson = visit.Field("credential"), AttestationState = state });
        if (!result.Succeeded) throw new ContentException(visit.T("Perangkat itu tidak memberi kunci sandi yang bisa dipakai.", "That device gave no passkey that can be used."));
        result.Passkey.Name = NameOf(visit);
        await new PasskeyStore(visit.Press).AddOrUpdatePasskeyAsync(Self(visit), result.Passkey, CancellationToken.None);
        return visit.Go(Here, visit.T("Kunci sandi ditambahkan.", "The passkey is added."));
    }

    private static string NameOf(Visit visit) => CleanText.Of(visit.Field("name")).Trim() is { Length: > 0 and <= 60 } name ? name : visit.T("Perangkat", "Device");

    private static Users.User Self(Visit visit) => visit.Press.Database.Read(session => Users.Find(session, visit.Me.Id))!;

    private static RazorComponentResult Show(Visit visit, IReadOnlyList<string> codes) => visit.Press.Database.Read(session => Visit.Page<AccountPage>(200, ("Frame", visit.Frame()), ("User", Users.Find(session, visit.Me.Id)),
        ("Sessions", Sessions.Of(session, visit.Me.Id, visit.Press.Now)), ("Passkeys", PasskeyStore.Of(session, visit.Me.Id)), ("Codes", codes), ("CodesLeft", RecoveryCodes.Left(session, visit.Me.Id)), ("NewSecret", Totp.NewSecret())));
}
