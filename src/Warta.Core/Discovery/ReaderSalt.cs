using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Warta.Discovery;

/// <summary>
/// What stands for a reader while it is counted whether he has read a story before: a hash of address, browser and host under a salt that is in memory only and
/// is thrown away after a day. Then nobody, Warta included, can tell any more whose hash it was.
/// </summary>
public sealed class ReaderSalt
{
    public static readonly TimeSpan Lives = TimeSpan.FromDays(1);
    private const int MostAgent = 256, MostHost = 128;

    private readonly ulong _key0, _key1;

    public ReaderSalt(DateTimeOffset now)
    {
        Span<byte> key = stackalloc byte[16];
        RandomNumberGenerator.Fill(key);
        (_key0, _key1, EndsAt) = (BitConverter.ToUInt64(key), BitConverter.ToUInt64(key[8..]), now + Lives);
    }

    public DateTimeOffset EndsAt { get; }

    /// <summary>The reader, and the network that he reads from: an IPv4 /24 or an IPv6 /48.</summary>
    public (ulong Reader, ulong Network) Of(IPAddress? address, ReadOnlySpan<char> agent, ReadOnlySpan<char> host)
    {
        Span<byte> bytes = stackalloc byte[16 + 3 * (MostAgent + MostHost)];
        var from = Address(address, bytes);
        var network = SipHash.Of(_key0, _key1, bytes[..(from == 4 ? 3 : 6)]);
        var length = from;
        length += Encoding.UTF8.GetBytes(agent[..Math.Min(agent.Length, MostAgent)], bytes[length..]);
        length += Encoding.UTF8.GetBytes(host[..Math.Min(host.Length, MostHost)], bytes[length..]);
        return (SipHash.Of(_key0, _key1, bytes[..length]), network);
    }

    private static int Address(IPAddress? address, Span<byte> bytes)
    {
        if (address is null) return 4;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        address.TryWriteBytes(bytes, out var length);
        return address.AddressFamily == AddressFamily.InterNetwork ? 4 : length;
    }
}
