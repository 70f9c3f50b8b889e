using System.Net;
using System.Net.Sockets;

namespace Warta.Media;

/// <summary>
/// Fetches what a foreign text names, without letting it reach into our own network: only http and https, only to addresses of the public internet, and
/// the address that was checked is the one that is connected to, so a name that changes its mind between look-up and connection gains nothing. Each redirect is
/// checked anew. Slow and endless answers are cut off.
/// </summary>
public sealed class Outbound : IDisposable
{
    private const int MostRedirects = 3;
    private readonly HttpClient _client;
    private readonly TimeSpan _patience;

    public Outbound() : this(IsPublic, TimeSpan.FromSeconds(20))
    {
    }

    /// <param name="mayConnect">Which addresses may be connected to. Tests have only their own machine.</param>
    internal Outbound(Func<IPAddress, bool> mayConnect, TimeSpan patience)
    {
        _patience = patience;
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 32,
            ConnectCallback = async (context, stop) =>
            {
                var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, stop);
                if (Array.Find(addresses, a => mayConnect(a)) is not { } address) throw new MediaException($"{context.DnsEndPoint.Host} is no address on the public internet, so nothing is fetched from there.");
                var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), stop);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        });
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("Warta");
    }

    /// <exception cref="MediaException">It can't or mustn't be fetched, is larger than <paramref name="mostBytes"/>, or takes too long.</exception>
    public byte[] Get(string url, int mostBytes, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(_patience);
        try
        {
            return GetAsync(url, mostBytes, patience.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new MediaException($"The answer took longer than {_patience.TotalSeconds:0} seconds.");
        }
        catch (HttpRequestException e)
        {
            throw e.InnerException as MediaException ?? new MediaException($"It can't be fetched: {e.Message}");
        }
        catch (IOException e)
        {
            throw new MediaException($"The connection broke: {e.Message}");
        }
    }

    /// <summary>True for an address on the public internet: not this machine, a private or link-local network (and a cloud's metadata), nor one set aside for anything else.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var b = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !(b[0] is 0 or 10 or 127 or >= 224
                || (b[0] == 100 && b[1] is >= 64 and < 128)
                || (b[0] == 169 && b[1] == 254)
                || (b[0] == 172 && b[1] is >= 16 and < 32)
                || (b[0] == 192 && ((b[1] == 0 && b[2] is 0 or 2) || (b[1] == 88 && b[2] == 99) || b[1] == 168))
                || (b[0] == 198 && (b[1] is 18 or 19 || (b[1] == 51 && b[2] == 100)))
                || (b[0] == 203 && b[1] == 0 && b[2] == 113));
        }

        // 2000::/3 is all that is given out; in it, Teredo, documentation and 6to4 lead elsewhere.
        return address.AddressFamily == AddressFamily.InterNetworkV6 && (b[0] & 0xE0) == 0x20
            && !(b[0] == 0x20 && b[1] == 0x02)
            && !(b[0] == 0x20 && b[1] == 0x01 && ((b[2] == 0 && b[3] == 0) || (b[2] == 0x0D && b[3] == 0xB8)));
    }

    public void Dispose() => _client.Dispose();

    private async Task<byte[]> GetAsync(string url, int mostBytes, CancellationToken stop)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)) throw new MediaException("It is no address.");
        for (var hop = 0; ; hop++)
        {
            if (address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0) throw new MediaException("Only plain http and https addresses are fetched.");
            using var answer = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, stop);
            if ((int)answer.StatusCode is >= 300 and < 400 && answer.Headers.Location is { } location)
            {
                if (hop == MostRedirects) throw new MediaException($"It leads on more than {MostRedirects} times.");
                address = new Uri(address, location);
                continue;
            }

            if (!answer.IsSuccessStatusCode) throw new MediaException($"The answer was {(int)answer.StatusCode}.");
            if (answer.Content.Headers.ContentLength > mostBytes) throw TooLong();
            await using var body = await answer.Content.ReadAsStreamAsync(stop);
            using var bytes = new MemoryStream();
            var part = new byte[64 << 10];
            for (int read; (read = await body.ReadAsync(part, stop)) > 0;)
            {
                if (bytes.Length + read > mostBytes) throw TooLong();
                bytes.Write(part, 0, read);
            }

            return bytes.ToArray();
        }

        MediaException TooLong() => new($"It is longer than {mostBytes >> 20} MB.");
    }
}
