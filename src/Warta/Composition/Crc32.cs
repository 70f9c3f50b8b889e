using System.Buffers.Binary;

namespace Warta.Composition;

/// <summary>
/// The CRC-32 that gzip asks for (IEEE 802.3), and what it is of two texts put together. A text is a polynomial over GF(2) and its CRC the remainder modulo P; to
/// put B behind A is to multiply A by x^(8·|B|) and add B. So crc(AB) = crc(A)·x^(8·|B|) + crc(B) modulo P: one multiplication, whatever the texts' lengths. The
/// ones that gzip turns over at both ends of a text cancel out in this sum.
/// </summary>
/// <remarks>Written the way round that the bits travel: the highest bit is the coefficient of x^0.</remarks>
internal static class Crc32
{
    private const uint P = 0xEDB88320;

    /// <summary>x^0: the shift of an empty text.</summary>
    public const uint One = 1u << 31;

    // Tables[256 * n + b] is the remainder of byte b with n bytes of zeros behind it, so eight bytes take eight look-ups that don't wait for each other.
    private static readonly uint[] Tables = MakeTables();

    // Powers[k] is x^(8·2^k).
    private static readonly uint[] Powers = MakePowers();

    public static uint Of(ReadOnlySpan<byte> text)
    {
        var tables = Tables.AsSpan(0, 8 * 256);
        var crc = ~0u;
        for (; text.Length >= 8; text = text[8..])
        {
            var eight = BinaryPrimitives.ReadUInt64LittleEndian(text) ^ crc;
            crc = tables[(7 * 256) + (byte)eight]
                ^ tables[(6 * 256) + (byte)(eight >> 8)]
                ^ tables[(5 * 256) + (byte)(eight >> 16)]
                ^ tables[(4 * 256) + (byte)(eight >> 24)]
                ^ tables[(3 * 256) + (byte)(eight >> 32)]
                ^ tables[(2 * 256) + (byte)(eight >> 40)]
                ^ tables[256 + (byte)(eight >> 48)]
                ^ tables[(byte)(eight >> 56)];
        }

        foreach (var b in text) crc = (crc >> 8) ^ tables[(byte)(crc ^ b)];
        return ~crc;
    }

    /// <summary>x^(8·length) modulo P: what the CRC of all that stands before a text is multiplied by.</summary>
    public static uint Shift(int length)
    {
        var shift = One;
        for (var k = 0; length >> k != 0; k++)
            if ((length >> k & 1) != 0) shift = Multiply(shift, Powers[k]);
        return shift;
    }

    /// <param name="shift">Of the second text.</param>
    public static uint Combine(uint first, uint second, uint shift) => Multiply(first, shift) ^ second;

    private static uint Multiply(uint a, uint b)
    {
        var product = 0u;
        for (; a != 0; a <<= 1)
        {
            product ^= b & (uint)((int)a >> 31);
            b = TimesX(b);
        }

        return product;
    }

    private static uint TimesX(uint a) => (a >> 1) ^ (P & (0 - (a & 1)));

    private static uint[] MakeTables()
    {
        var tables = new uint[8 * 256];
        for (var i = 0u; i < 256; i++)
        {
            var remainder = i;
            for (var bit = 0; bit < 8; bit++) remainder = TimesX(remainder);
            tables[i] = remainder;
        }

        for (var i = 256; i < tables.Length; i++) tables[i] = (tables[i - 256] >> 8) ^ tables[(byte)tables[i - 256]];
        return tables;
    }

    private static uint[] MakePowers()
    {
        var powers = new uint[31];
        powers[0] = One >> 8;
        for (var k = 1; k < powers.Length; k++) powers[k] = Multiply(powers[k - 1], powers[k - 1]);
        return powers;
    }
}
