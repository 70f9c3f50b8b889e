using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Accounts;

/// <summary>Passkeys as ASP.NET Core Identity's WebAuthn code wants them kept. Of its store of users it needs no more than to find one.</summary>
public sealed class PasskeyStore(Press press) : IUserPasskeyStore<Users.User>
{
    private sealed record Kept(byte[] PublicKey, uint SignCount, string[]? Transports, bool IsUserVerified, bool IsBackupEligible, bool IsBackedUp, byte[] Attestation, byte[] Client);

    private sealed record Row
    {
        public string Credential { get; init; } = "";
        public string Name { get; init; } = "";
        public string Data { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
    }

    /// <summary>A passkey as its user sees it in the list.</summary>
    public sealed record Listed
    {
        public string Credential { get; init; } = "";
        public string Name { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? UsedAt { get; init; }
    }

    /// <returns>Whether he has such a passkey.</returns>
    public static bool Name(Act act, long userId, string credential, string name)
    {
        if (act.Sql.Run("UPDATE passkeys SET name = @p1 WHERE credential = @p2 AND user_id = @p3", name, credential, userId) == 0) return false;
        act.Record("passkey-named", null, null, new { name });
        return true;
    }

    public static List<Listed> Of(Session session, long userId) => session.Query<Listed>("SELECT credential, name, created_at, used_at FROM passkeys WHERE user_id = @userId ORDER BY created_at, credential", new { userId });

    private const string Columns = "credential, name, data, created_at";

    public Task AddOrUpdatePasskeyAsync(Users.User user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var data = JsonSerializer.Serialize(new Kept(passkey.PublicKey, passkey.SignCount, passkey.Transports, passkey.IsUserVerified, passkey.IsBackupEligible, passkey.IsBackedUp, passkey.AttestationObject, passkey.ClientDataJson));
        press.Run("user:" + user.Email, act =>
        {
            var known = act.Sql.Run("UPDATE passkeys SET data = @p1, used_at = @p2 WHERE credential = @p3 AND user_id = @p4", data, act.Now, IdOf(passkey.CredentialId), user.Id);
            if (known > 0) return;
            act.Sql.Run("INSERT INTO passkeys (credential, user_id, name, data, created_at) VALUES (@p1, @p2, @p3, @p4, @p5)", IdOf(passkey.CredentialId), user.Id, passkey.Name ?? "", data, passkey.CreatedAt);
            act.Record("passkey-added", null, null, new { email = user.Email, name = passkey.Name });
        });
        return Task.CompletedTask;
    }

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Users.User user, CancellationToken cancellationToken) => Task.FromResult<IList<UserPasskeyInfo>>(
        press.Database.Read(session => session.Query<Row>($"SELECT {Columns} FROM passkeys WHERE user_id = @Id ORDER BY created_at, credential", new { user.Id })).ConvertAll(Info));

    public Task<Users.User?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => Task.FromResult(press.Database.Read(session =>
        session.First<long?>("SELECT user_id FROM passkeys WHERE credential = @credential", new { credential = IdOf(credentialId) }) is { } id ? Users.Find(session, id) : null));

    public Task<UserPasskeyInfo?> FindPasskeyAsync(Users.User user, byte[] credentialId, CancellationToken cancellationToken) => Task.FromResult(press.Database.Read(session =>
        session.First<Row>($"SELECT {Columns} FROM passkeys WHERE credential = @credential AND user_id = @Id", new { credential = IdOf(credentialId), user.Id }) is { } row ? Info(row) : null));

    public Task RemovePasskeyAsync(Users.User user, byte[] credentialId, CancellationToken cancellationToken)
    {
        press.Run("user:" + user.Email, act =>
        {
            if (act.Sql.Run("DELETE FROM passkeys WHERE credential = @p1 AND user_id = @p2", IdOf(credentialId), user.Id) > 0) act.Record("passkey-removed", null, null, new { email = user.Email });
        });
        return Task.CompletedTask;
    }

    public Task<string> GetUserIdAsync(Users.User user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
    public Task<string?> GetUserNameAsync(Users.User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);
    public Task<string?> GetNormalizedUserNameAsync(Users.User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);
    public Task<Users.User?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(long.TryParse(userId, out var id) ? press.Database.Read(session => Users.Find(session, id)) : null);
    public Task<Users.User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Task.FromResult<Users.User?>(null);

    // Users are made and changed by Users, never through Identity, whose UserManager would rename them whenever a passkey is kept: write to this store itself.
    public Task SetUserNameAsync(Users.User user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task SetNormalizedUserNameAsync(Users.User user, string? normalizedName, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> CreateAsync(Users.User user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> UpdateAsync(Users.User user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Success);
    public Task<IdentityResult> DeleteAsync(Users.User user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private static string IdOf(byte[] credential) => Convert.ToHexStringLower(credential);

    private static UserPasskeyInfo Info(Row row)
    {
        var kept = JsonSerializer.Deserialize<Kept>(row.Data)!;
        return new UserPasskeyInfo(Convert.FromHexString(row.Credential), kept.PublicKey, row.CreatedAt, kept.SignCount, kept.Transports, kept.IsUserVerified, kept.IsBackupEligible, kept.IsBackedUp, kept.Attestation, kept.Client) { Name = row.Name };
    }
}
