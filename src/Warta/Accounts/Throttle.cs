using System.Net;
using System.Net.Sockets;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Accounts;

/// <summary>
/// Slows down who guesses passwords, without locking anybody out: failures count for an account as seen from one network (a /24 of IPv4, a /48 of IPv6) and for
/// a network over all accounts. Who guesses from elsewhere never delays the owner at his desk. The second step is the exception: who comes so far knows the password.
/// </summary>
public static class Throttle
{
    private const int FreePerAccount = 5, FreePerNetwork = 30, LongestKey = 200;
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1), LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>The network that an address belongs to.</summary>
    public static string NetworkOf(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        var kept = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 6;
        bytes.AsSpan(kept).Clear();
        return new IPAddress(bytes) + (kept == 3 ? "/24" : "/48");
    }

    /// <summary>How long is still to be waited before another try; zero for at once.</summary>
    public static TimeSpan WaitFor(Session session, string account, string network, DateTimeOffset now)
    {
        var (own, all) = (Row(session, account, network), Row(session, "", network));
        return TimeSpan.FromTicks(Math.Max(Left(own, FreePerAccount, now).Ticks, Left(all, FreePerNetwork, now).Ticks));
    }

    public static void Fail(this Act act, string account, string network)
    {
        // Once, when it begins: a trail that grows with every guess helps the one who guesses.
        if (Row(act.Sql, "", network) is var all && all.Failures == FreePerNetwork - 1 && all.LastAt >= (act.Now - Forgotten).ToUnixTimeMilliseconds()) act.Record("sign-in-slowed", null, null, new { network });
        foreach (var key in (string[])[KeyOf(account), ""])
        {
            act.Sql.Run("""
                INSERT INTO sign_in_failures (account, network, failures, last_at) VALUES (@p1, @p2, 1, @p3)
                ON CONFLICT (account, network) DO UPDATE SET
                    failures = CASE WHEN sign_in_failures.last_at < @p4 THEN 1 ELSE sign_in_failures.failures + 1 END, last_at = excluded.last_at
                """, key, network, act.Now, act.Now - Forgotten);
        }
    }

    public static void Succeed(this Act act, string account, string network) =>
        act.Sql.Run("DELETE FROM sign_in_failures WHERE account = @p1 AND network = @p2", KeyOf(account), network);

    public static void Tidy(Press press) => press.Run("timetable", act => act.Sql.Run("DELETE FROM sign_in_failures WHERE last_at < @p1", act.Now - Forgotten));

    private static (long Failures, long LastAt) Row(Session session, string account, string network) =>
        session.First<(long, long)>("SELECT failures, last_at FROM sign_in_failures WHERE account = @account AND network = @network", new { account = KeyOf(account), network });

    /// <summary>What strangers send for an address may be longer than a row of an index.</summary>
    private static string KeyOf(string account) => account.Length <= LongestKey ? account : Secret.HashOf(account);

    /// <summary>Doubles with each failure beyond the free ones, from a second to a quarter of an hour.</summary>
    private static TimeSpan Left((long Failures, long LastAt) row, int free, DateTimeOffset now)
    {
        if (row.Failures < free) return TimeSpan.Zero;
        var wait = Math.Min(LongestWait.TotalSeconds, Math.Pow(2, Math.Min(20, row.Failures - free)));
        var left = DateTimeOffset.FromUnixTimeMilliseconds(row.LastAt).AddSeconds(wait) - now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
