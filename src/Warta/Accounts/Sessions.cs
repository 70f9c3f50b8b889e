using Warta.Publishing;
using Warta.Storage;

namespace Warta.Accounts;

/// <summary>
/// Who is signed in, and where. A session is a row, looked up at every request, so ending it or disabling its user holds at once. What the cookie
/// holds is known to the browser alone; each step of signing in makes a new one.
/// </summary>
public static class Sessions
{
    /// <summary>One that nobody used for so long has ended.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromDays(3);

    /// <summary>However much it is used, after this one signs in again.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>The second factor has to follow the first within this.</summary>
    public static readonly TimeSpan SecondFactor = TimeSpan.FromMinutes(10);

    /// <summary>How long who has just shown who he is may do what is grave.</summary>
    public static readonly TimeSpan Proof = TimeSpan.FromMinutes(15);

    /// <summary>The time of use is written no more often than this: a page isn't worth a write.</summary>
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    private const int LongestAgent = 300;

    /// <summary>A session as its user sees it in the list.</summary>
    public sealed record Listed
    {
        public string Hash { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset SeenAt { get; init; }
        public string Address { get; init; } = "";
        public string Agent { get; init; } = "";
    }

    private sealed record Row
    {
        public long UserId { get; init; }
        public string Email { get; init; } = "";
        public string Name { get; init; } = "";
        public string Language { get; init; } = "";
        public DateTimeOffset SeenAt { get; init; }
        public DateTimeOffset ProvedAt { get; init; }
    }

    /// <param name="isWhole">False while the second factor is still wanted.</param>
    /// <returns>What the cookie is to hold.</returns>
    public static string Begin(this Act act, long userId, bool isWhole, string address, string agent)
    {
        var secret = Secret.New();
        act.Sql.Run("INSERT INTO sessions (hash, user_id, stage, created_at, seen_at, proved_at, address, agent) VALUES (@p1, @p2, @p3, @p4, @p4, @p4, @p5, @p6)",
            Secret.HashOf(secret), userId, isWhole ? "full" : "second", act.Now, address, agent.Length > LongestAgent ? agent[..LongestAgent] : agent);
        if (isWhole) act.Record("signed-in", null, null, new { user = userId });
        return secret;
    }

    /// <summary>Whose session it is, with what he may do as of now; null where it has ended, or its user is disabled.</summary>
    /// <param name="mark">Says that it is time to write that it was used: <see cref="Mark"/>.</param>
    public static Person? Find(Session session, string secret, DateTimeOffset now, out bool mark)
    {
        mark = false;
        var hash = Secret.HashOf(secret);
        var row = session.First<Row>("""
            SELECT s.user_id, u.email, u.name, u.language, s.seen_at, s.proved_at
            FROM sessions s JOIN users u ON u.id = s.user_id
            WHERE s.hash = @hash AND s.stage = 'full' AND s.seen_at > @idle AND s.created_at > @oldest AND u.disabled_at IS NULL
            """, new { hash, idle = now - Idle, oldest = now - Longest });
        if (row is null) return null;
        mark = row.SeenAt < now - SeenEvery;
        return new Person
        {
            Id = row.UserId,
            Email = row.Email,
            Name = row.Name,
            Language = row.Language,
            Memberships = Users.MembershipsOf(session, row.UserId),
            Session = hash,
            ProvedAt = row.ProvedAt,
        };
    }

    /// <summary>Who has given a password and owes the second factor; null for anyone else.</summary>
    public static long? Half(Session session, string secret, DateTimeOffset now) => session.First<long?>("""
        SELECT s.user_id FROM sessions s JOIN users u ON u.id = s.user_id
        WHERE s.hash = @hash AND s.stage = 'second' AND s.created_at > @oldest AND u.disabled_at IS NULL
        """, new { hash = Secret.HashOf(secret), oldest = now - SecondFactor });

    public static void Mark(this Act act, string hash) => act.Sql.Run("UPDATE sessions SET seen_at = @p1 WHERE hash = @p2", act.Now, hash);

    /// <summary>He has just shown again who he is.</summary>
    public static void Prove(this Act act, string hash) => act.Sql.Run("UPDATE sessions SET proved_at = @p1, seen_at = @p1 WHERE hash = @p2", act.Now, hash);

    public static List<Listed> Of(Session session, long userId, DateTimeOffset now) => session.Query<Listed>("""
        SELECT hash, created_at, seen_at, address, agent FROM sessions
        WHERE user_id = @userId AND stage = 'full' AND seen_at > @idle AND created_at > @oldest
        ORDER BY seen_at DESC, hash
        """, new { userId, idle = now - Idle, oldest = now - Longest });

    /// <summary>Signs one browser of a user out.</summary>
    public static void End(this Act act, long userId, string hash)
    {
        if (act.Sql.Run("DELETE FROM sessions WHERE hash = @p1 AND user_id = @p2", hash, userId) > 0) act.Record("signed-out", null, null, new { user = userId });
    }

    /// <summary>Signs a user out everywhere, or everywhere else.</summary>
    public static void EndAll(this Act act, long userId, string except = "") =>
        act.Sql.Run("DELETE FROM sessions WHERE user_id = @p1 AND hash <> @p2", userId, except);

    /// <summary>Forgets those that have ended by themselves.</summary>
    public static void Tidy(Press press)
    {
        var now = press.Now;
        if (press.Database.Read(session => session.Value<long>("SELECT count(*) FROM sessions WHERE seen_at <= @idle", new { idle = now - Idle })) == 0) return;
        press.Run("timetable", act => act.Sql.Run("DELETE FROM sessions WHERE seen_at <= @p1", now - Idle));
    }
}
