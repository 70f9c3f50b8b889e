using System.Security.Cryptography;
using System.Text;

namespace Warta.Accounts;

/// <summary>Random words that open something. Only their hashes are kept; they hold so much chance that a fast hash is enough.</summary>
public static class Secret
{
    /// <summary>256 random bits, as they may stand in an address.</summary>
    public static string New() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
