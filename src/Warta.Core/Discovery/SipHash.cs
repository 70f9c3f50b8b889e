using System.Buffers.Binary;
using System.Numerics;

namespace Warta.Discovery;

/// <summary>SipHash-2-4 (Aumasson, Bernstein 2012): a hash that nobody can foretell or undo without its 16-byte key.</summary>
internal static class SipHash
{
    public static ulong Of(ulong key0, ulong key1, ReadOnlySpan<byte> bytes)
    {
        var (v0, v1, v2, v3) = (key0 ^ 0x736f6d6570736575, key1 ^ 0x646f72616e646f6d, key0 ^ 0x6c7967656e657261, key1 ^ 0x7465646279746573);
        var last = (ulong)bytes.Length << 56;
        for (; bytes.Length >= 8; bytes = bytes[8..]) Take(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        for (var i = 0; i < bytes.Length; i++) last |= (ulong)bytes[i] << (8 * i);
        Take(last);
        v2 ^= 0xff;
        for (var i = 0; i < 4; i++) Round();
        return v0 ^ v1 ^ v2 ^ v3;

        void Take(ulong word)
        {
            v3 ^= word;
            Round();
            Round();
            v0 ^= word;
        }

        void Round()
        {
            v0 += v1;
            v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
            v0 = BitOperations.RotateLeft(v0, 32);
            v2 += v3;
            v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
            v2 = BitOperations.RotateLeft(v2, 32);
        }
    }
}
