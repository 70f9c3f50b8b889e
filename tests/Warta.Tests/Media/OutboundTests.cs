using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Warta.Media;

public sealed class OutboundTests
{
    [Theory]
    [InlineData("127.0.0.1"), InlineData("127.9.9.9"), InlineData("0.0.0.0"), InlineData("10.1.2.3"), InlineData("172.16.0.1"), InlineData("172.31.255.255"), InlineData("192.168.1.1")]
    [InlineData("169.254.169.254"), InlineData("100.64.0.1"), InlineData("192.0.0.8"), InlineData("192.0.2.1"), InlineData("198.18.0.1"), InlineData("198.51.100.7"), InlineData("203.0.113.9")]
    [InlineData("224.0.0.1"), InlineData("240.0.0.1"), InlineData("255.255.255.255")]
    [InlineData("::1"), InlineData("::"), InlineData("::ffff:127.0.0.1"), InlineData("::ffff:10.0.0.1"), InlineData("fe80::1"), InlineData("fc00::1"), InlineData("fd12:3456::1"), InlineData("ff02::1")]
    [InlineData("64:ff9b::7f00:1"), InlineData("2002:7f00:1::"), InlineData("2001::1"), InlineData("2001:db8::1")]
    public void Address_that_is_not_of_the_public_internet_is_refused(string address) => Assert.False(Outbound.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("93.184.215.14"), InlineData("8.8.8.8"), InlineData("172.32.0.1"), InlineData("100.128.0.1"), InlineData("2606:2800:21f:cb07::1"), InlineData("::ffff:8.8.8.8")]
    public void Address_of_the_public_internet_is_not(string address) => Assert.True(Outbound.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://127.0.0.1:{0}/"), InlineData("http://localhost:{0}/"), InlineData("http://2130706433:{0}/"), InlineData("http://0x7f.1:{0}/"), InlineData("http://0177.0.0.1:{0}/")]
    [InlineData("http://[::1]:{0}/"), InlineData("http://[::ffff:127.0.0.1]:{0}/"), InlineData("http://0.0.0.0:{0}/")]
    [InlineData("ftp://127.0.0.1:{0}/"), InlineData("file:///etc/passwd"), InlineData("gopher://127.0.0.1:{0}/"), InlineData("http://anna:pass@127.0.0.1:{0}/"), InlineData("kata"), InlineData("")]
    public void Nothing_of_this_machine_is_asked(string url)
    {
        using var server = new Answering((_, _) => "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        using var outbound = new Outbound();
        Assert.Throws<MediaException>(() => outbound.Get(string.Format(url, server.Port), 100, CancellationToken.None));
        Assert.Equal(0, server.Asked);
    }

    [Fact]
    public void Redirects_are_followed_three_times_and_checked_each_time()
    {
        using var inside = new Answering((_, _) => "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret");
        using var server = new Answering((path, port) => path switch
        {
            "/in" => $"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2:{inside.Port}/\r\nContent-Length: 0\r\n\r\n",
            "/file" => "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n",
            "/0" => "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
            _ => $"HTTP/1.1 302 Found\r\nLocation: /{int.Parse(path[1..]) - 1}\r\nContent-Length: 0\r\n\r\n",
        });
        using var outbound = Only("127.0.0.1");
        Assert.Equal("hi", Encoding.ASCII.GetString(outbound.Get(server.Url + "3", 100, CancellationToken.None)));
        Assert.Throws<MediaException>(() => outbound.Get(server.Url + "4", 100, CancellationToken.None));
        Assert.Throws<MediaException>(() => outbound.Get(server.Url + "in", 100, CancellationToken.None));
        Assert.Throws<MediaException>(() => outbound.Get(server.Url + "file", 100, CancellationToken.None));
        Assert.Equal(0, inside.Asked);
    }

    [Fact]
    public void Endless_and_slow_answers_are_cut_off()
    {
        using var server = new Answering((path, _) => path switch
        {
            "/claims" => "HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\n",
            "/endless" => "HTTP/1.1 200 OK\r\n\r\n" + new string('x', 100_000),
            "/404" => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
            _ => "HTTP/1.1 200 OK\r\n\r\nx",
        });
        using var outbound = Only("127.0.0.1");
        Assert.Contains("longer", Refusal("claims"));
        Assert.Contains("longer", Refusal("endless"));
        Assert.Contains("404", Refusal("404"));
        Assert.Contains("took longer", Refusal("slow"));

        string Refusal(string path) => Assert.Throws<MediaException>(() => outbound.Get(server.Url + path, 10_000, CancellationToken.None)).Message;
    }

    internal static Outbound Only(string address) => new(a => a.Equals(IPAddress.Parse(address)), TimeSpan.FromSeconds(3));

    /// <summary>A server that answers as it is told and keeps the connection open.</summary>
    internal sealed class Answering : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Any, 0);
        private readonly Func<string, int, byte[]> _answer;
        private int _asked;

        public Answering(Func<string, int, string> answer) : this((path, port) => Encoding.Latin1.GetBytes(answer(path, port)))
        {
        }

        public Answering(Func<string, int, byte[]> answer)
        {
            _answer = answer;
            _listener.Start();
            _ = Task.Run(AcceptAsync);
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
        public string Url => $"http://127.0.0.1:{Port}/";
        public int Asked => _asked;

        public void Dispose() => _listener.Dispose();

        private async Task AcceptAsync()
        {
            try
            {
                while (true) _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
            }
        }

        private async Task AnswerAsync(TcpClient client)
        {
            Interlocked.Increment(ref _asked);
            using var _ = client;
            try
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.Latin1, leaveOpen: true);
                while (await reader.ReadLineAsync() is { } line)
                {
                    var path = line.Split(' ')[1];
                    while (await reader.ReadLineAsync() is { Length: > 0 })
                    {
                    }

                    await client.GetStream().WriteAsync(_answer(path, Port));
                }
            }
            catch (IOException)
            {
            }
        }
    }
}
