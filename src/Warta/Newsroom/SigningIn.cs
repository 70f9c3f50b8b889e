using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Warta.Accounts;

namespace Warta.Newsroom;

/// <summary>The way in: a password, then a code where the user wants one; or a passkey, which is both.</summary>
internal static class SigningIn
{
    public static void Map(NewsroomRoutes.Map map)
    {
        map.Get("/sign-in", Needs.Nothing, visit => visit.Person is not null ? visit.Go(visit.Request.Query["next"].ToString()) : Show(visit, "", 200));
        map.Post("/sign-in", Needs.Nothing, Password);
        map.Get("/sign-in/code", Needs.Nothing, visit => Door.Half(visit.Context, visit.Press) is null ? visit.Go("/newsroom/sign-in") : ShowCode(visit, "", 200));
        map.Post("/sign-in/code", Needs.Nothing, Code);
        map.Post("/sign-in/passkey", Needs.Nothing, Passkey);
        map.Post("/passkey-question", Needs.Nothing, Question);
        map.Get("/prove", new Needs(null), visit => ShowProve(visit, "", 200));
        map.Post("/prove", new Needs(null), Prove);
        map.Post("/prove/passkey", new Needs(null), Passkey);
        map.Post("/sign-out", new Needs(null), visit =>
        {
            visit.Press.Run(visit.Actor, act => act.End(visit.Me.Id, visit.Me.Session));
            Door.Close(visit.Context);
            return Results.Redirect("/newsroom/sign-in");
        });
    }

    private static IResult Password(Visit visit)
    {
        var email = visit.Field("email").Trim().ToLowerInvariant();
        var network = Throttle.NetworkOf(visit.Context.Connection.RemoteIpAddress);
        if (Waits(visit, email, network) is { } wait) return Show(visit, wait, 429);
        var (id, hash, disabled) = visit.Press.Database.Read(session => session.First<(long, string?, long?)>("SELECT id, password_hash, disabled_at FROM users WHERE email = @email", new { email }));
        // The same words and the same time whether the account isn't there, is disabled, or the password is wrong.
        if (!Passwords.Fits(hash, visit.Field("password"), out var isOld) || disabled is not null)
        {
            visit.Press.Run("newsroom", act => act.Fail(email, network));
            return Show(visit, visit.T("Surel atau kata sandi tidak cocok.", "The e-mail or the password isn't right."), 401);
        }

        var isWhole = visit.Press.Run($"user:{email}", act =>
        {
            act.Succeed(email, network);
            if (isOld) act.Sql.Run("UPDATE users SET password_hash = @p1 WHERE id = @p2", Passwords.Renewed(visit.Field("password")), id);
            return !SecondFactor.IsWanted(act.Sql, id);
        });
        Door.Open(visit.Context, visit.Press, id, isWhole);
        return isWhole ? visit.Go(visit.Field("next")) : visit.Go("/newsroom/sign-in/code?next=" + Uri.EscapeDataString(visit.Field("next")));
    }

    private static IResult Code(Visit visit)
    {
        if (Door.Half(visit.Context, visit.Press) is not { } userId) return visit.Go("/newsroom/sign-in", visit.T("Sesi habis waktunya. Masuk lagi.", "That took too long. Sign in again."));
        // From wherever: who comes so far knows the password, and a million codes are few.
        var account = $"code {userId}";
        var network = account;
        if (Waits(visit, account, network) is { } wait) return ShowCode(visit, wait, 429);
        var fits = visit.Press.Run(visit.Press.Database.Read(session => Users.ActorOf(session, userId)), act =>
        {
            var taken = act.TakeCode(userId, visit.Field("code"));
            if (taken) act.Succeed(account, network);
            else act.Fail(account, network);
            return taken;
        });
        if (!fits) return ShowCode(visit, visit.T("Kodenya tidak cocok. Tunggu kode berikutnya.", "The code isn't right. Wait for the next one."), 401);
        Door.Open(visit.Context, visit.Press, userId, isWhole: true);
        return visit.Go(visit.Field("next"));
    }

    /// <summary>What a passkey is to sign, for who is signed in or for anybody.</summary>
    private static async Task<IResult> Question(Visit visit)
    {
        var keys = visit.Context.RequestServices.GetRequiredService<IPasskeyHandler<Users.User>>();
        var isNew = visit.Field("for") == "create";
        if (isNew && visit.Person is null) return Results.StatusCode(StatusCodes.Status401Unauthorized);
        string options;
        string? state;
        if (isNew)
        {
            var made = await keys.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = $"{visit.Me.Id}", Name = visit.Me.Email, DisplayName = visit.Me.Name }, visit.Context);
            (options, state) = (made.CreationOptionsJson, made.AttestationState);
        }
        else
        {
            var made = await keys.MakeRequestOptionsAsync(null, visit.Context);
            (options, state) = (made.RequestOptionsJson, made.AssertionState);
        }

        var question = visit.Press.Run(visit.Actor, act => act.Ask(state ?? ""));
        return Results.Text($$"""{"question":"{{question}}","options":{{options}}}""", "application/json");
    }

    private static async Task<IResult> Passkey(Visit visit)
    {
        var isProof = visit.Person is not null;
        var keys = visit.Context.RequestServices.GetRequiredService<IPasskeyHandler<Users.User>>();
        var state = visit.Press.Run(visit.Actor, act => act.Answer(visit.Field("question")));
        var result = state is null ? null : await keys.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = visit.Context, CredentialJson = visit.Field("credential"), AssertionState = state });
        if (result is not { Succeeded: true, User: { DisabledAt: null } user, Passkey: { } passkey } || (isProof && user.Id != visit.Me.Id))
        {
            var no = visit.T("Kunci sandi itu tidak dikenal di sini.", "That passkey isn't known here.");
            return isProof ? ShowProve(visit, no, 401) : Show(visit, no, 401);
        }

        await new PasskeyStore(visit.Press).AddOrUpdatePasskeyAsync(user, passkey, CancellationToken.None);
        if (isProof) visit.Press.Run(visit.Actor, act => act.Prove(visit.Me.Session));
        else Door.Open(visit.Context, visit.Press, user.Id, isWhole: true);
        return visit.Go(visit.Field("next"));
    }

    private static IResult Prove(Visit visit)
    {
        var (email, network) = (visit.Me.Email, Throttle.NetworkOf(visit.Context.Connection.RemoteIpAddress));
        if (Waits(visit, email, network) is { } wait) return ShowProve(visit, wait, 429);
        var hash = visit.Press.Database.Read(session => session.First<string>("SELECT password_hash FROM users WHERE id = @Id", new { visit.Me.Id }));
        var fits = Passwords.Fits(hash, visit.Field("password"), out _);
        fits = visit.Press.Run(visit.Actor, act =>
        {
            var all = fits && (!SecondFactor.IsWanted(act.Sql, visit.Me.Id) || act.TakeCode(visit.Me.Id, visit.Field("code")));
            if (all)
            {
                act.Prove(visit.Me.Session);
                act.Succeed(email, network);
            }
            else act.Fail(email, network);
            return all;
        });
        return fits ? visit.Go(visit.Field("next")) : ShowProve(visit, visit.T("Tidak cocok.", "That isn't right."), 401);
    }

    internal static string? Waits(Visit visit, string account, string network)
    {
        var wait = visit.Press.Database.Read(session => Throttle.WaitFor(session, account, network, visit.Press.Now));
        if (wait == TimeSpan.Zero) return null;
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        visit.Context.Response.Headers.RetryAfter = $"{seconds}";
        return visit.T($"Terlalu banyak percobaan dari jaringan ini. Coba lagi dalam {seconds} detik.", $"Too many tries from this network. Try again in {seconds} seconds.");
    }

    private static RazorComponentResult Show(Visit visit, string said, int status) => Visit.Page<SignIn>(status, ("Frame", visit.Frame(said, said.Length > 0)), ("Email", visit.Field("email")), ("Next", Next(visit)));
    private static RazorComponentResult ShowCode(Visit visit, string said, int status) => Visit.Page<SecondStep>(status, ("Frame", visit.Frame(said, said.Length > 0)), ("Next", Next(visit)));
    private static RazorComponentResult ShowProve(Visit visit, string said, int status) => Visit.Page<Prove>(status, ("Frame", visit.Frame(said, said.Length > 0)), ("Next", Next(visit)),
        ("AsksCode", visit.Press.Database.Read(session => SecondFactor.IsWanted(session, visit.Me.Id))));

    private static string Next(Visit visit) => visit.Field("next") is { Length: > 0 } sent ? sent : visit.Request.Query["next"].ToString();
}
