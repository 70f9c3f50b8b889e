using Warta.Content;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Accounts;

/// <summary>The authenticator app of a user: set up by a code that it shows, asked for after the password.</summary>
public static class SecondFactor
{
    private sealed record Row
    {
        public string? TotpSecret { get; init; }
        public long TotpStep { get; init; }
    }

    /// <summary>Whether the password alone isn't enough.</summary>
    public static bool IsWanted(Session session, long userId) => session.Value<long>("SELECT count(*) FROM users WHERE id = @userId AND totp_secret IS NOT NULL", new { userId }) > 0;

    /// <summary>Takes a code of the app, or one of the recovery codes. Each counts once.</summary>
    public static bool TakeCode(this Act act, long userId, string code)
    {
        var row = act.Sql.First<Row>("SELECT totp_secret, totp_step FROM users WHERE id = @userId", new { userId });
        if (row?.TotpSecret is null) return false;
        if (Totp.StepOf(row.TotpSecret, code, act.Now, row.TotpStep) is not { } step) return act.Use(userId, code);
        // Two requests with one code: the second changes nothing.
        return act.Sql.Run("UPDATE users SET totp_step = @p1 WHERE id = @p2 AND totp_step < @p1", step, userId) > 0;
    }

    /// <summary>Begins to ask for the app's codes, once it has shown a right one.</summary>
    /// <returns>New recovery codes; they are shown only now.</returns>
    /// <exception cref="ContentException">The code is wrong.</exception>
    public static IReadOnlyList<string> TurnOn(this Act act, long userId, string secret, string code)
    {
        if (!Totp.IsSecret(secret) || Totp.StepOf(secret, code, act.Now, 0) is not { } step) throw new ContentException("That isn't the code that the app shows now. Check the phone's clock, and try the next one.");
        act.Sql.Run("UPDATE users SET totp_secret = @p1, totp_step = @p2 WHERE id = @p3", secret, step, userId);
        act.Record("second-factor-on", null, null, new { user = userId });
        return act.Renew(userId);
    }

    public static void TurnOff(this Act act, long userId)
    {
        act.Sql.Run("UPDATE users SET totp_secret = NULL WHERE id = @p1", userId);
        act.Sql.Run("DELETE FROM recovery_codes WHERE user_id = @p1", userId);
        act.Record("second-factor-off", null, null, new { user = userId });
    }
}
