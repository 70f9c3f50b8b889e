using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Warta.Bench;

/// <summary>One keep-alive connection that asks and waits, one request at a time, with as little of its own as can be.</summary>
internal sealed class Connection : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = (int)Limit.TotalMilliseconds };
    private readonly byte[] _buffer = new byte[256 << 10];

    public Connection(int port) => _socket.Connect(new IPEndPoint(IPAddress.Loopback, port));

    /// <summary>A port that nobody listened at a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <returns>Milliseconds from the first byte sent to the last one received.</returns>
    public double Time(byte[] request)
    {
        var began = Stopwatch.GetTimestamp();
        var (status, _, _) = Exchange(request);
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return status == 200 ? took : throw new InvalidDataException($"A request was answered with {status}: {Encoding.ASCII.GetString(request).Split("\r\n")[0]}");
    }

    public (int Status, byte[] Body) Get(string path)
    {
        var (status, at, length) = Exchange(Request(path));
        return (status, _body ?? _buffer.AsSpan(at, length).ToArray());
    }

    public static byte[] Request(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    private byte[]? _body;

    private (int Status, int At, int Length) Exchange(byte[] request)
    {
        _body = null;
        _socket.Send(request);
        var have = 0;
        int head;
        while ((head = _buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8)) < 0) have += Receive(have);
        var headers = Encoding.ASCII.GetString(_buffer, 0, head);
        var status = int.Parse(headers.AsSpan(9, 3));
        var at = head + 4;
        var label = headers.IndexOf("\r\nContent-Length:", StringComparison.OrdinalIgnoreCase);
        if (label < 0)
        {
            if (!headers.Contains("chunked", StringComparison.OrdinalIgnoreCase)) return (status, at, 0);
            _body = Chunked(ref have, at);
            return (status, at, _body.Length);
        }

        var number = headers.AsSpan(label + 17);
        var end = number.IndexOf('\r');
        var length = int.Parse(end < 0 ? number : number[..end]);
        if (at + length > _buffer.Length) throw new InvalidDataException($"A page of {length} bytes is more than this bench takes.");
        while (have < at + length) have += Receive(have);
        return (status, at, length);
    }

    private byte[] Chunked(ref int have, int at)
    {
        var body = new MemoryStream();
        while (true)
        {
            int end;
            while ((end = _buffer.AsSpan(at, have - at).IndexOf("\r\n"u8)) < 0) have += Receive(have);
            var size = Convert.ToInt32(Encoding.ASCII.GetString(_buffer, at, end), 16);
            while (have < at + end + 2 + size + 2) have += Receive(have);
            body.Write(_buffer, at + end + 2, size);
            at += end + 2 + size + 2;
            if (size == 0) return body.ToArray();
        }
    }

    private int Receive(int have)
    {
        var count = _socket.Receive(_buffer.AsSpan(have));
        return count > 0 ? count : throw new IOException("The server closed the connection.");
    }

    public void Dispose() => _socket.Dispose();
}
