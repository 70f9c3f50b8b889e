using Warta.Publishing;

namespace Warta.Accounts;

/// <summary>What was asked of a passkey, until the answer comes: in the database, for another node may be given the answer.</summary>
public static class Challenges
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <returns>What the browser brings back with its answer.</returns>
    public static string Ask(this Act act, string state)
    {
        var secret = Secret.New();
        act.Sql.Run("DELETE FROM passkey_challenges WHERE created_at < @p1", act.Now - Lifetime);
        act.Sql.Run("INSERT INTO passkey_challenges (hash, state, created_at) VALUES (@p1, @p2, @p3)", Secret.HashOf(secret), state, act.Now);
        return secret;
    }

    /// <summary>What was asked; null when that is too long ago, or was answered already.</summary>
    public static string? Answer(this Act act, string secret)
    {
        var hash = Secret.HashOf(secret);
        var state = act.Sql.First<string>("SELECT state FROM passkey_challenges WHERE hash = @hash AND created_at >= @oldest", new { hash, oldest = act.Now - Lifetime });
        act.Sql.Run("DELETE FROM passkey_challenges WHERE hash = @p1", hash);
        return state;
    }
}
