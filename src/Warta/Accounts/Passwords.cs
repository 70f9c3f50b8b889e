using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Warta.Content;

namespace Warta.Accounts;

/// <summary>Passwords as ASP.NET Core Identity hashes them (PBKDF2 with HMAC-SHA-512). Long ones are welcome, and no kind of character is asked for: NIST SP 800-63B.</summary>
public static class Passwords
{
    private const int Shortest = 10, LongestAllowed = 200;

    // Those that fill the lists of leaked ones and are long enough, in English and in Indonesian; and what the keyboard suggests.
    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "1234567890", "0123456789", "0987654321", "12345678910", "123456789a", "1q2w3e4r5t", "qwertyuiop", "qwerty12345", "qwerty123456", "asdfghjkl1", "password12", "password123", "password1234", "passw0rd123",
        "iloveyou123", "administrator", "admin12345", "admin123456", "letmein1234", "welcome1234", "changeme123", "sayangku123", "bismillah1", "bismillah123", "indonesia1", "indonesia123", "jakarta123", "rahasia123", "katasandi123",
        "katasandi1", "sandi12345", "aku cinta kamu", "akucintakamu", "merdeka1945", "garuda12345", "surabaya123", "bandung1234", "doraemon123", "persib1933", "persija1928", "redaksi123", "wartawan123", "jurnalis123",
    };

    private static readonly PasswordHasher<string> Hasher = new();

    // Checked where there is no such user, so that the answer takes as long.
    private static readonly string Nobodys = Hasher.HashPassword("", Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));

    /// <exception cref="ContentException">It is too short, too long, or one that everybody tries first.</exception>
    public static string HashOf(string password, params ReadOnlySpan<string> own)
    {
        if (password.Length is < Shortest or > LongestAllowed) throw new ContentException($"The password has {password.Length} characters; give {Shortest} to {LongestAllowed}.");
        if (Common.Contains(password) || password.Distinct().Count() < 4) throw new ContentException("This password is among the first that anybody tries. Take a longer one: three or four words that don't belong together are easy to keep in mind.");
        foreach (var word in own)
        {
            if (word.Length > 0 && password.Contains(word, StringComparison.OrdinalIgnoreCase) && password.Length - word.Length < 6) throw new ContentException("The password is little more than your name or e-mail address. Take another.");
        }

        return Hasher.HashPassword("", password);
    }

    /// <param name="hash">Null where there is no such user, empty where he has no password: it takes as long, and is false.</param>
    /// <param name="isOld">The hash is to be made anew, with today's strength.</param>
    public static bool Fits(string? hash, string password, out bool isOld)
    {
        var result = password.Length > LongestAllowed ? PasswordVerificationResult.Failed : Hasher.VerifyHashedPassword("", string.IsNullOrEmpty(hash) ? Nobodys : hash, password);
        isOld = result == PasswordVerificationResult.SuccessRehashNeeded;
        return !string.IsNullOrEmpty(hash) && result != PasswordVerificationResult.Failed;
    }

    /// <summary>The hash of a password that is right, with the strength of today.</summary>
    public static string Renewed(string password) => Hasher.HashPassword("", password);

    /// <summary>Twenty letters and digits that can't be mistaken for one another: about 99 bits.</summary>
    public static string MadeUp() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 20);
}
