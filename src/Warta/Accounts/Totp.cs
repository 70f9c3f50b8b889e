using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Warta.Accounts;

/// <summary>Six-digit codes of an authenticator app (TOTP, RFC 6238: HMAC-SHA-1, steps of 30 seconds). A code counts for its step, the one before and the one after, and once.</summary>
public static class Totp
{
    private const int SecretBytes = 20, StepSeconds = 30, Digits = 6;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>160 random bits in Base32, as apps take them.</summary>
    public static string NewSecret() => Base32(RandomNumberGenerator.GetBytes(SecretBytes));

    public static bool IsSecret(string text) => text.Length == SecretBytes * 8 / 5 && text.All(Alphabet.Contains);

    /// <summary>What a QR code for an app holds.</summary>
    public static string Uri(string secret, string newsroom, string email) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(newsroom)}:{System.Uri.EscapeDataString(email)}?secret={secret}&issuer={System.Uri.EscapeDataString(newsroom)}";

    /// <summary>The step that the code belongs to; null for a wrong code, or one of a step that was used already.</summary>
    /// <param name="usedStep">The newest step that a code was taken for.</param>
    public static long? StepOf(string secret, string code, DateTimeOffset now, long usedStep)
    {
        var given = string.Concat(code.Where(char.IsAsciiDigit));
        if (given.Length != Digits) return null;
        var step = now.ToUnixTimeSeconds() / StepSeconds;
        for (var s = step - 1; s <= step + 1; s++)
        {
            if (s > usedStep && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(given), System.Text.Encoding.ASCII.GetBytes(Code(secret, s)))) return s;
        }

        return null;
    }

    /// <summary>The code of a step.</summary>
    public static string Code(string secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
        // RFC 4226's dynamic truncation: four bytes from where the last half-byte says, without the sign.
#pragma warning disable CA5350 // The RFC's, and the only one that all apps know; as a MAC it is sound.
        HMACSHA1.HashData(Bytes(secret), counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[19] & 15)..]) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static string Base32(byte[] bytes)
    {
        var text = new char[bytes.Length * 8 / 5];
        for (var i = 0; i < text.Length; i++)
        {
            var bit = i * 5;
            var pair = (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[bit / 8 + 1] : 0);
            text[i] = Alphabet[(pair >> (11 - bit % 8)) & 31];
        }

        return new string(text);
    }

    private static byte[] Bytes(string base32)
    {
        var bytes = new byte[base32.Length * 5 / 8];
        for (var i = 0; i < base32.Length; i++)
        {
            var value = Alphabet.IndexOf(base32[i], StringComparison.Ordinal) << 11 >> (i * 5 % 8);
            bytes[i * 5 / 8] |= (byte)(value >> 8);
            if (i * 5 / 8 + 1 < bytes.Length) bytes[i * 5 / 8 + 1] |= (byte)value;
        }

        return bytes;
    }
}
