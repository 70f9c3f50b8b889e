using System.Security.Cryptography;
using System.Text;
using Warta.Content;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Accounts;

/// <summary>Keys for programs that use the API. Only a hash is kept: a token is shown once, when it is made.</summary>
public static class Tokens
{
    private const string Prefix = "warta_";

    public sealed record Bearer
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public string Role { get; init; } = "";

        /// <summary>The only title that it is good for; null for all.</summary>
        public long? TitleId { get; init; }
        public DateTimeOffset? UsedAt { get; init; }

        /// <summary>As the event log and the audit trail name it.</summary>
        public string Actor => "token:" + Name;
    }

    /// <summary>A token as those see it who look after them.</summary>
    public sealed record Known
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public string Role { get; init; } = "";
        public long? TitleId { get; init; }
        public DateTimeOffset CreatedAt { get; init; }

        /// <summary>To ten minutes; null for one that never was.</summary>
        public DateTimeOffset? UsedAt { get; init; }
    }

    private static readonly TimeSpan Noted = TimeSpan.FromMinutes(10);

    /// <summary>Those that are good, by name.</summary>
    public static List<Known> List(Session session) => session.Query<Known>("SELECT id, name, role, title_id, created_at, used_at FROM tokens WHERE revoked_at IS NULL ORDER BY name");

    /// <param name="titleId">The only title that it is good for; null for all.</param>
    /// <returns>The token itself.</returns>
    /// <exception cref="ContentException">The name is taken, or there is no such role.</exception>
    public static string AddToken(this Act act, string name, string role, long? titleId = null)
    {
        name = name.Trim();
        if (name.Length is 0 or > 100 || name.Any(char.IsControl)) throw new ContentException("A token needs a name of 1 to 100 characters.");
        if (!Roles.IsRole(role)) throw new ContentException($"There is no role \"{role}\". Roles: {string.Join(", ", Roles.All)}.");
        if (act.Sql.Value<long>("SELECT count(*) FROM tokens WHERE name = @name AND revoked_at IS NULL", new { name }) > 0) throw new ContentException($"There is a token \"{name}\" already. Revoke it first, or choose another name.");
        var token = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        act.Sql.Run("INSERT INTO tokens (name, role, hash, created_at, title_id) VALUES (@p1, @p2, @p3, @p4, @p5)", name, role, HashOf(token), act.Now, titleId);
        act.Record("token-added", titleId, null, new { name, role });
        return token;
    }

    /// <exception cref="ContentException">There is no such token.</exception>
    public static void RevokeToken(this Act act, string name)
    {
        if (act.Sql.Run("UPDATE tokens SET revoked_at = @p1 WHERE name = @p2 AND revoked_at IS NULL", act.Now, name) == 0) throw new ContentException($"There is no token \"{name}\".");
        act.Record("token-revoked", null, null, new { name });
    }

    /// <summary>Whose token it is; null for one that is unknown or revoked.</summary>
    public static Bearer? Find(Session session, string token) => token.StartsWith(Prefix, StringComparison.Ordinal)
        ? session.First<Bearer>("SELECT id, name, role, title_id, used_at FROM tokens WHERE hash = @hash AND revoked_at IS NULL", new { hash = HashOf(token) })
        : null;

    /// <summary>Writes down, now and then, that a token is in use.</summary>
    public static void NoteUse(Press press, Bearer bearer)
    {
        if (press.Now - bearer.UsedAt < Noted) return;
        press.Database.Write(session => session.Run("UPDATE tokens SET used_at = @p1 WHERE id = @p2", press.Now, bearer.Id));
    }

    // Tokens are 192 random bits: a fast hash is enough.
    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
