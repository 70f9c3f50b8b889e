using System.Security.Cryptography;
using System.Text;
using Warta.Storage;

namespace Warta.Accounts;

/// <summary>The one-time link by which the first admin makes an account. It lives in the memory of the process that printed it, and is worth nothing once there is a user.</summary>
public sealed class SetUp(Database database)
{
    private readonly string _secret = Accounts.Secret.New();
    private bool _isDone;

    public string Secret => _secret;

    /// <summary>Nobody can sign in yet.</summary>
    public bool IsOpen
    {
        get
        {
            if (_isDone) return false;
            _isDone = database.Read(session => session.Value<long>("SELECT count(*) FROM users")) > 0;
            return !_isDone;
        }
    }

    public bool Fits(string? secret) => secret is not null && IsOpen && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(_secret));
}
