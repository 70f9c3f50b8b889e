using Warta.Content;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Accounts;

/// <summary>The people of the newsroom.</summary>
public static class Users
{
    public sealed record User
    {
        public long Id { get; init; }
        public string Email { get; init; } = "";
        public string Name { get; init; } = "";
        public string Language { get; init; } = "";
        public bool HasPassword { get; init; }
        public bool HasTotp { get; init; }
        public long Passkeys { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? DisabledAt { get; init; }

        /// <summary>When a browser of his was last heard of, to a few minutes; null where none is signed in.</summary>
        public DateTimeOffset? SeenAt { get; init; }
        public IReadOnlyList<Membership> Memberships { get; init; } = [];
    }

    private const string Columns = """
        u.id, u.email, u.name, u.language, u.created_at, u.disabled_at,
        CASE WHEN u.password_hash = '' THEN 0 ELSE 1 END AS has_password, CASE WHEN u.totp_secret IS NULL THEN 0 ELSE 1 END AS has_totp,
        (SELECT count(*) FROM passkeys k WHERE k.user_id = u.id) AS passkeys,
        (SELECT max(s.seen_at) FROM sessions s WHERE s.user_id = u.id AND s.stage = 'full') AS seen_at
        """;

    /// <param name="password">Null: one is made up.</param>
    /// <returns>The password, where one was made up.</returns>
    /// <exception cref="ContentException">The e-mail is taken or none, there is no such role, or the password won't do.</exception>
    public static string? AddUser(this Act act, string email, string name, Membership membership, string? password)
    {
        var made = password is null ? Passwords.MadeUp() : null;
        AddUser(act, email, name, [membership], Passwords.HashOf(password ?? made!, EmailOf(email).Split('@')[0], name));
        return made;
    }

    /// <param name="passwordHash">Empty for somebody who signs in with a passkey only.</param>
    /// <returns>The user's id.</returns>
    /// <exception cref="ContentException">The e-mail is taken or none, or there is no such role.</exception>
    public static long AddUser(this Act act, string email, string name, IReadOnlyList<Membership> memberships, string passwordHash)
    {
        (email, name) = (EmailOf(email), NameOf(name));
        if (act.Sql.Value<long>("SELECT count(*) FROM users WHERE email = @email", new { email }) > 0) throw new ContentException($"There is a user {email} already.");
        var id = act.Sql.RunForId("INSERT INTO users (email, name, language, password_hash, totp_step, created_at) VALUES (@p1, @p2, '', @p3, 0, @p4) RETURNING id", email, name, passwordHash, act.Now);
        Write(act, id, memberships);
        act.Record("user-added", null, null, new { email, roles = memberships.Select(m => m.Role) });
        return id;
    }

    public static List<User> List(Session session)
    {
        var memberships = session.Query<(long UserId, string Role, long? TitleId, long? SectionId)>("SELECT user_id, role, title_id, section_id FROM memberships ORDER BY id").ToLookup(row => row.UserId);
        return session.Query<User>($"SELECT {Columns} FROM users u ORDER BY u.email").ConvertAll(user => user with { Memberships = memberships[user.Id].Select(row => new Membership(row.Role, row.TitleId, row.SectionId)).ToList() });
    }

    public static User? Find(Session session, long id) =>
        session.First<User>($"SELECT {Columns} FROM users u WHERE u.id = @id", new { id }) is { } user ? user with { Memberships = MembershipsOf(session, id) } : null;

    /// <exception cref="ContentException">There is no such user.</exception>
    public static User Find(Session session, string email) =>
        session.First<long?>("SELECT id FROM users WHERE email = @email", new { email = email.Trim().ToLowerInvariant() }) is { } id ? Find(session, id)! : throw new ContentException($"There is no user {email}.");

    /// <summary>As the event log and the audit trail name somebody.</summary>
    public static string ActorOf(Session session, long id) => "user:" + session.First<string>("SELECT email FROM users WHERE id = @id", new { id });

    public static IReadOnlyList<Membership> MembershipsOf(Session session, long userId) =>
        session.Query<(string Role, long? TitleId, long? SectionId)>("SELECT role, title_id, section_id FROM memberships WHERE user_id = @userId ORDER BY id", new { userId })
            .ConvertAll(row => new Membership(row.Role, row.TitleId, row.SectionId));

    /// <summary>Gives somebody other work. It holds at his next request.</summary>
    /// <exception cref="ContentException">There is no such role, or nobody would be left who may invite people.</exception>
    public static void SetMemberships(this Act act, long userId, IReadOnlyList<Membership> memberships)
    {
        act.Sql.Run("DELETE FROM memberships WHERE user_id = @p1", userId);
        Write(act, userId, memberships);
        KeepAnAdmin(act);
        // Whoever made a link for the work that he had isn't to come in by it to more.
        VoidLinks(act, userId);
        act.Record("user-roles-set", null, null, new { user = userId, roles = memberships.Select(m => m.Role) });
    }

    /// <summary>Shuts somebody out, at once and everywhere; what he wrote stays.</summary>
    /// <exception cref="ContentException">Nobody would be left who may invite people.</exception>
    public static void Disable(this Act act, User user)
    {
        if (act.Sql.Run("UPDATE users SET disabled_at = @p1 WHERE id = @p2 AND disabled_at IS NULL", act.Now, user.Id) == 0) throw new ContentException($"{user.Email} is disabled already.");
        act.EndAll(user.Id);
        KeepAnAdmin(act);
        VoidLinks(act, user.Id);
        // He might come back by one that he made for himself.
        act.Sql.Run("UPDATE invitations SET revoked_at = @p1 WHERE invited_by = @p2 AND used_at IS NULL AND revoked_at IS NULL", act.Now, "user:" + user.Email);
        act.Record("user-disabled", null, null, new { email = user.Email });
    }

    public static void Enable(this Act act, User user)
    {
        act.Sql.Run("UPDATE users SET disabled_at = NULL WHERE id = @p1", user.Id);
        act.Record("user-enabled", null, null, new { email = user.Email });
    }

    /// <summary>Gives a user a new password, drops his second factor and his passkeys, and makes the account active again: for who is locked out.</summary>
    /// <returns>The password.</returns>
    public static string Reset(this Act act, User user)
    {
        var password = Passwords.MadeUp();
        act.Sql.Run("UPDATE users SET password_hash = @p1, totp_secret = NULL, disabled_at = NULL WHERE id = @p2", Passwords.HashOf(password), user.Id);
        act.Sql.Run("DELETE FROM recovery_codes WHERE user_id = @p1", user.Id);
        // Somebody else may have added one.
        act.Sql.Run("DELETE FROM passkeys WHERE user_id = @p1", user.Id);
        act.EndAll(user.Id);
        VoidLinks(act, user.Id);
        act.Record("user-reset", null, null, new { email = user.Email });
        return password;
    }

    /// <summary>Changes a password and signs the user out everywhere else.</summary>
    /// <param name="session">The hash of the session that stays.</param>
    /// <exception cref="ContentException">The password won't do.</exception>
    public static void SetPassword(this Act act, User user, string password, string session)
    {
        act.Sql.Run("UPDATE users SET password_hash = @p1 WHERE id = @p2", Passwords.HashOf(password, user.Email.Split('@')[0], user.Name), user.Id);
        act.EndAll(user.Id, session);
        VoidLinks(act, user.Id);
        act.Record("password-changed", null, null, new { email = user.Email });
    }

    /// <exception cref="ContentException">The name is empty, too long, or holds what is no text.</exception>
    public static void Describe(this Act act, long userId, string name, string language)
    {
        if (language is not ("" or "id" or "en")) throw new ContentException("The newsroom speaks id and en.");
        act.Sql.Run("UPDATE users SET name = @p1, language = @p2 WHERE id = @p3", NameOf(name), language, userId);
    }

    /// <summary>Gives a user another address to sign in with, and signs him out everywhere else. What is his stays his; what he did stays under the name he did it by.</summary>
    /// <param name="session">The hash of the session that stays.</param>
    /// <exception cref="ContentException">It is no e-mail address, or somebody has it.</exception>
    public static void ChangeEmail(this Act act, User user, string email, string session)
    {
        email = EmailOf(email);
        if (email == user.Email) return;
        if (act.Sql.Value<long>("SELECT count(*) FROM users WHERE email = @email", new { email }) > 0) throw new ContentException($"There is a user {email} already.");
        act.Sql.Run("UPDATE users SET email = @p1 WHERE id = @p2", email, user.Id);
        foreach (var table in (string[])["articles", "media"]) act.Sql.Run($"UPDATE {table} SET created_by = @p1 WHERE created_by = @p2", "user:" + email, "user:" + user.Email);
        // A link that was on its way to the old address.
        VoidLinks(act, user.Id);
        act.EndAll(user.Id, session);
        act.Record("email-changed", null, null, new { user = user.Id, from = user.Email, to = email });
    }

    /// <exception cref="ContentException">It is no e-mail address.</exception>
    public static string EmailOf(string email)
    {
        email = email.Trim().ToLowerInvariant();
        return email.Length <= 200 && System.Net.Mail.MailAddress.TryCreate(email, out var address) && address.Address == email ? email : throw new ContentException($"\"{email}\" is not an e-mail address.");
    }

    private static string NameOf(string name)
    {
        name = name.Trim();
        return name.Length is > 0 and <= 100 && !name.Any(char.IsControl) ? name : throw new ContentException("A user needs a name of 1 to 100 characters.");
    }

    private static void Write(Act act, long userId, IReadOnlyList<Membership> memberships)
    {
        if (memberships.Count == 0) throw new ContentException("Say what the person may do: at least one role.");
        foreach (var member in memberships.Distinct())
        {
            if (!Roles.IsRole(member.Role)) throw new ContentException($"There is no role \"{member.Role}\". Roles: {string.Join(", ", Roles.All)}.");
            act.Sql.Run("INSERT INTO memberships (user_id, role, title_id, section_id) VALUES (@p1, @p2, @p3, @p4)", userId, member.Role, member.TitleId, member.SectionId);
        }
    }

    /// <summary>Links by which his password could be set.</summary>
    private static void VoidLinks(Act act, long userId) => act.Sql.Run("UPDATE invitations SET revoked_at = @p1 WHERE user_id = @p2 AND used_at IS NULL AND revoked_at IS NULL", act.Now, userId);

    private static void KeepAnAdmin(Act act)
    {
        var left = act.Sql.Value<long>("SELECT count(*) FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.role = 'admin' AND m.title_id IS NULL AND m.section_id IS NULL AND u.disabled_at IS NULL");
        if (left == 0) throw new ContentException("Then nobody would be left who may invite people. Make somebody else admin of all titles first.");
    }
}
