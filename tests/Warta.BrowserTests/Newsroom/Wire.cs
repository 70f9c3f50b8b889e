using System.Net;
using System.Net.Sockets;

namespace Warta.BrowserTests.Newsroom;

/// <summary>The network between a browser and the newsroom, which a test can cut. Its address stays when the server behind it is another.</summary>
internal sealed class Wire : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _open = [];
    private readonly Lock _lock = new();
    private bool _isCut;
    private long _left = long.MaxValue;

    public Wire(Func<Uri> server)
    {
        _listener.Start();
        _ = AcceptAsync(server);
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How often it broke off by itself.</summary>
    public int Breaks { get; private set; }

    /// <summary>Ends what is under way, and lets nothing through any more.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _isCut = true;
            foreach (var socket in _open) Close(socket);
            _open.Clear();
        }
    }

    public void Mend()
    {
        lock (_lock)
        {
            _isCut = false;
            _left = long.MaxValue;
        }
    }

    /// <summary>Breaks every time that so much has been sent towards the server.</summary>
    public void BreakEvery(long bytes)
    {
        lock (_lock) _left = _every = bytes;
    }

    private long _every = long.MaxValue;

    public void Dispose()
    {
        Cut();
        _listener.Dispose();
    }

    private async Task AcceptAsync(Func<Uri> server)
    {
        while (true)
        {
            Socket browser;
            try
            {
                browser = await _listener.AcceptSocketAsync();
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                return;
            }

            _ = CarryAsync(browser, server);
        }
    }

    private async Task CarryAsync(Socket browser, Func<Uri> server)
    {
        var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            lock (_lock)
            {
                if (_isCut)
                {
                    Close(browser);
                    return;
                }

                _open.AddRange([browser, far]);
            }

            await far.ConnectAsync(IPAddress.Loopback, server().Port);
            await Task.WhenAny(CopyAsync(browser, far, isUp: true), CopyAsync(far, browser, isUp: false));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
        }
        finally
        {
            lock (_lock) _open.RemoveAll(socket => socket == browser || socket == far);
            Close(browser);
            Close(far);
        }
    }

    private async Task CopyAsync(Socket from, Socket to, bool isUp)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReceiveAsync(buffer) is > 0 and var count)
        {
            if (isUp)
            {
                lock (_lock)
                {
                    if (_left != long.MaxValue && (_left -= count) <= 0)
                    {
                        _left = _every;
                        Breaks++;
                        return;
                    }
                }
            }

            for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
        }
    }

    private static void Close(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }
}
