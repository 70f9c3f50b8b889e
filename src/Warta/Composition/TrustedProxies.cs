using System.Net;
using Warta.Storage;

namespace Warta.Composition;

/// <summary>The proxies and caches in front, whose word is taken for the address that a request came from.</summary>
public sealed class TrustedProxies(IReadOnlyList<IPNetwork> networks)
{
    public static readonly TrustedProxies None = new([]);

    /// <param name="text">Addresses and networks, separated by commas or spaces.</param>
    /// <exception cref="StorageException">One of them is none.</exception>
    public static TrustedProxies Read(string? text)
    {
        var networks = new List<IPNetwork>();
        foreach (var word in (text ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPNetwork.TryParse(word, out var network)) networks.Add(network);
            else if (IPAddress.TryParse(word, out var address)) networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else throw new StorageException($"trusted-proxies holds \"{word}\", which is no address or network. Give such as \"127.0.0.1 10.0.0.0/8 2001:db8::/32\".");
        }

        return networks.Count == 0 ? None : new TrustedProxies(networks);
    }

    /// <summary>Where a request comes from: the last address that no trusted proxy wrote of another one of them. What stands before it anybody may have made up.</summary>
    public IPAddress? AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (networks.Count == 0 || !IsTrusted(address)) return address;
        var hops = context.Request.Headers["X-Forwarded-For"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        for (var i = hops.Length - 1; i >= 0 && IsTrusted(address); i--)
        {
            if (!IPAddress.TryParse(hops[i], out var hop) && !(IPEndPoint.TryParse(hops[i], out var with) && (hop = with.Address) is not null)) break;
            address = hop;
        }

        return address;
    }

    /// <summary>Gives a request the address and the scheme that it had before the proxies. The host is never theirs to say.</summary>
    public void Unwrap(HttpContext context)
    {
        var (nearest, headers) = (context.Connection.RemoteIpAddress, context.Request.Headers);
        if (networks.Count == 0 || !IsTrusted(nearest)) return;
        context.Connection.RemoteIpAddress = AddressOf(context);
        // What the nearest proxy wrote stands last.
        if (headers["X-Forwarded-Proto"].ToString().Split(',')[^1].Trim().Equals("https", StringComparison.OrdinalIgnoreCase)) context.Request.Scheme = "https";
    }

    private bool IsTrusted(IPAddress? address)
    {
        if (address is null) return false;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        foreach (var network in networks)
        {
            if (network.Contains(address)) return true;
        }

        return false;
    }
}
