using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Warta.Bench;

/// <summary>One keep-alive connection that asks and waits, one request at a time, with as little of its own as can be.</summary>
internal sealed class Connection : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = (int)Limit.TotalMilliseconds };
    private byte[] _buffer = new byte[256 << 10];

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

    public (int Status, byte[] Body) Get(string path) => Send(Request(path));

    public (int Status, byte[] Body) Send(byte[] request)
    {
        var (status, at, length) = Exchange(request);
        return (status, _body ?? _buffer.AsSpan(at, length).ToArray());
    }

    /// <summary>The text of an address, asked for as browsers do.</summary>
    public (int Status, string Text) GetText(string path)
    {
        var (status, body) = Send(GzipRequest(path));
        if (!_isGzip) return (status, Encoding.UTF8.GetString(body));
        using var text = new StreamReader(new GZipStream(new MemoryStream(body), CompressionMode.Decompress));
        return (status, text.ReadToEnd());
    }

    /// <summary>A page's bytes as they come with gzip.</summary>
    public byte[] GetGzip(string path)
    {
        var (status, body) = Send(GzipRequest(path));
        return status == 200 && _isGzip ? body : throw new InvalidDataException($"{path} was answered with {status}, {(_isGzip ? "with" : "without")} gzip.");
    }

    public static byte[] Request(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    public static byte[] GzipRequest(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n");

    /// <param name="token">For the API; null where none is asked for.</param>
    public static byte[] Request(string method, string path, string json, string? token) => Encoding.UTF8.GetBytes(
        $"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{(token is null ? "" : $"Authorization: Bearer {token}\r\n")}Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    /// <param name="agent">Each is another reader.</param>
    public static byte[] Beacon(long story, string agent)
    {
        var json = $$"""{"article":{{story}}}""";
        return Encoding.ASCII.GetBytes($"POST /_/read HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nUser-Agent: {agent}\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}");
    }

    private byte[]? _body;
    private bool _isGzip;

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
        _isGzip = headers.Contains("\r\nContent-Encoding: gzip", StringComparison.OrdinalIgnoreCase);
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
        if (have == _buffer.Length) Array.Resize(ref _buffer, have * 2);
        var count = _socket.Receive(_buffer.AsSpan(have));
        return count > 0 ? count : throw new IOException("The server closed the connection.");
    }

    public void Dispose() => _socket.Dispose();
}
