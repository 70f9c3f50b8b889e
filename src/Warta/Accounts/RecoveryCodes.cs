using System.Security.Cryptography;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Accounts;

/// <summary>Ten codes that each stand in once for the second factor, for who has lost his phone.</summary>
public static class RecoveryCodes
{
    private const int Count = 10;

    /// <summary>New ones in place of those before; shown only now.</summary>
    public static IReadOnlyList<string> Renew(this Act act, long userId)
    {
        act.Sql.Run("DELETE FROM recovery_codes WHERE user_id = @p1", userId);
        // 12 of 31 letters and digits that can't be mistaken: 59 bits each.
        var codes = Enumerable.Range(0, Count).Select(_ => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 12)).ToList();
        foreach (var code in codes) act.Sql.Run("INSERT INTO recovery_codes (user_id, hash) VALUES (@p1, @p2)", userId, Secret.HashOf(code));
        return codes.ConvertAll(code => $"{code[..4]}-{code[4..8]}-{code[8..]}");
    }

    /// <summary>Uses one up. False where it isn't one.</summary>
    public static bool Use(this Act act, long userId, string code)
    {
        var plain = string.Concat(code.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));
        if (act.Sql.Run("DELETE FROM recovery_codes WHERE user_id = @p1 AND hash = @p2", userId, Secret.HashOf(plain)) == 0) return false;
        act.Record("recovery-code-used", null, null, new { user = userId });
        return true;
    }

    public static long Left(Session session, long userId) => session.Value<long>("SELECT count(*) FROM recovery_codes WHERE user_id = @userId", new { userId });
}
