using Warta.Content;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Accounts;

/// <summary>Links that let somebody in once: to make an account with the work that it was given, or to set a new password.</summary>
public static class Invitations
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public sealed record Invitation
    {
        public long Id { get; init; }

        /// <summary>Whose password it sets; null for a newcomer.</summary>
        public long? UserId { get; init; }
        public string Email { get; init; } = "";
        public string Role { get; init; } = "";
        public long? TitleId { get; init; }
        public long? SectionId { get; init; }
        public string InvitedBy { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset ExpiresAt { get; init; }

        public Membership Membership => new(Role, TitleId, SectionId);
    }

    private const string Columns = "id, user_id, email, role, title_id, section_id, invited_by, created_at, expires_at";
    private const string IsOpen = "used_at IS NULL AND revoked_at IS NULL AND expires_at > @now";

    /// <summary>Invites a newcomer. An earlier invitation of the same address is void.</summary>
    /// <returns>What the link holds; it is shown only now.</returns>
    /// <exception cref="ContentException">The address is taken or none, or there is no such role.</exception>
    public static string Invite(this Act act, string email, Membership membership)
    {
        email = Users.EmailOf(email);
        if (!Roles.IsRole(membership.Role)) throw new ContentException($"There is no role \"{membership.Role}\". Roles: {string.Join(", ", Roles.All)}.");
        if (act.Sql.Value<long>("SELECT count(*) FROM users WHERE email = @email", new { email }) > 0) throw new ContentException($"There is a user {email} already.");
        return Add(act, null, email, membership);
    }

    /// <summary>A link by which a known user sets a new password. Those before are void.</summary>
    public static string Recover(this Act act, Users.User user) => Add(act, user.Id, user.Email, user.Memberships is [var first, ..] ? first : new Membership("reporter", null, null));

    public static Invitation? Find(Session session, string secret, DateTimeOffset now) =>
        session.First<Invitation>($"SELECT {Columns} FROM invitations WHERE hash = @hash AND {IsOpen}", new { hash = Secret.HashOf(secret), now });

    public static List<Invitation> Open(Session session, DateTimeOffset now) =>
        session.Query<Invitation>($"SELECT {Columns} FROM invitations WHERE user_id IS NULL AND {IsOpen} ORDER BY created_at DESC, id DESC", new { now });

    /// <summary>An invitation of a newcomer that waits.</summary>
    public static Invitation? Find(Session session, long id, DateTimeOffset now) =>
        session.First<Invitation>($"SELECT {Columns} FROM invitations WHERE id = @id AND user_id IS NULL AND {IsOpen}", new { id, now });

    /// <summary>The one that waits for an address.</summary>
    public static Invitation? Waiting(Session session, string email, DateTimeOffset now) =>
        session.First<Invitation>($"SELECT {Columns} FROM invitations WHERE email = @email AND user_id IS NULL AND {IsOpen}", new { email = email.Trim().ToLowerInvariant(), now });

    public static void RevokeInvitation(this Act act, long id)
    {
        if (act.Sql.Run("UPDATE invitations SET revoked_at = @p1 WHERE id = @p2 AND used_at IS NULL", act.Now, id) > 0) act.Record("invitation-revoked", null, null, new { invitation = id });
    }

    /// <summary>Uses it up. False where somebody was faster.</summary>
    public static bool Use(this Act act, Invitation invitation) =>
        act.Sql.Run("UPDATE invitations SET used_at = @p1 WHERE id = @p2 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > @p1", act.Now, invitation.Id) > 0;

    private static string Add(Act act, long? userId, string email, Membership membership)
    {
        act.Sql.Run("UPDATE invitations SET revoked_at = @p1 WHERE email = @p2 AND used_at IS NULL AND revoked_at IS NULL", act.Now, email);
        var secret = Secret.New();
        act.Sql.Run("INSERT INTO invitations (hash, user_id, email, role, title_id, section_id, invited_by, created_at, expires_at) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9)",
            Secret.HashOf(secret), userId, email, membership.Role, membership.TitleId, membership.SectionId, act.Actor, act.Now, act.Now + Lifetime);
        act.Record(userId is null ? "invited" : "recovery-link-made", null, null, new { email, role = membership.Role });
        return secret;
    }
}
