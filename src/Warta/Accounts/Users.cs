using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Warta.Content;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Accounts;

/// <summary>The people of the newsroom.</summary>
public static class Users
{
    private const int ShortestPassword = 10, LongestPassword = 200;

    public sealed record User
    {
        public long Id { get; init; }
        public string Email { get; init; } = "";
        public string Name { get; init; } = "";
        public string Role { get; init; } = "";
        public long? TitleId { get; init; }
        public DateTimeOffset? DisabledAt { get; init; }
    }

    /// <param name="titleId">The only title this user works for; null for all.</param>
    /// <param name="password">Null: one is made up.</param>
    /// <returns>The password, where one was made up.</returns>
    /// <exception cref="ContentException">The e-mail is taken or none, there is no such role, or the password is too short.</exception>
    public static string? AddUser(this Act act, string email, string name, string role, long? titleId, string? password)
    {
        email = email.Trim().ToLowerInvariant();
        name = name.Trim();
        if (email.Length > 200 || !System.Net.Mail.MailAddress.TryCreate(email, out var address) || address.Address != email) throw new ContentException($"\"{email}\" is not an e-mail address.");
        if (name.Length is 0 or > 100) throw new ContentException("A user needs a name of 1 to 100 characters.");
        if (!Roles.IsRole(role)) throw new ContentException($"There is no role \"{role}\". Roles: {string.Join(", ", Roles.All)}.");
        if (act.Sql.Value<long>("SELECT count(*) FROM users WHERE email = @email", new { email }) > 0) throw new ContentException($"There is a user {email} already.");
        var made = password is null ? MadeUp() : null;
        act.Sql.Run("INSERT INTO users (email, name, role, title_id, password_hash, created_at) VALUES (@p1, @p2, @p3, @p4, @p5, @p6)", email, name, role, titleId, HashOf(password ?? made!), act.Now);
        act.Record("user-added", titleId, null, new { email, role });
        return made;
    }

    public static List<User> List(Session session) => session.Query<User>("SELECT id, email, name, role, title_id, disabled_at FROM users ORDER BY email");

    /// <exception cref="ContentException">There is no such user.</exception>
    public static void DisableUser(this Act act, string email)
    {
        if (act.Sql.Run("UPDATE users SET disabled_at = @p1 WHERE email = @p2 AND disabled_at IS NULL", act.Now, email.Trim().ToLowerInvariant()) == 0) throw new ContentException($"There is no active user {email}.");
        act.Record("user-disabled", null, null, new { email });
    }

    /// <summary>Gives a user a new password and makes the account active again.</summary>
    /// <returns>The password.</returns>
    /// <exception cref="ContentException">There is no such user.</exception>
    public static string ResetUser(this Act act, string email)
    {
        var password = MadeUp();
        if (act.Sql.Run("UPDATE users SET password_hash = @p1, disabled_at = NULL WHERE email = @p2", HashOf(password), email.Trim().ToLowerInvariant()) == 0) throw new ContentException($"There is no user {email}.");
        act.Record("user-reset", null, null, new { email });
        return password;
    }

    private static string HashOf(string password)
    {
        if (password.Length is < ShortestPassword or > LongestPassword) throw new ContentException($"The password has {password.Length} characters; give {ShortestPassword} to {LongestPassword}.");
        return new PasswordHasher<User>().HashPassword(new User(), password);
    }

    /// <summary>Twenty letters and digits that can't be mistaken for one another: about 99 bits.</summary>
    private static string MadeUp() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 20);
}
