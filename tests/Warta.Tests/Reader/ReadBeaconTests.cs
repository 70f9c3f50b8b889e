using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Warta.Reader;

public sealed class ReadBeaconTests : IDisposable
{
    private readonly TestSite _site = new();
    private int _readers;

    [Fact]
    public async Task Reads_move_the_most_read_list_at_once_and_survive_a_restart()
    {
        var (first, second) = (_site.Story("Pertama"), _site.Story("Kedua"));
        await SendAsync(first);
        Assert.Equal(["Pertama"], await PopularAsync());
        await SendAsync(second);
        await SendAsync(second, ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal(["Kedua", "Pertama"], await PopularAsync());

        _site.MostRead.Flush(_site.Clock.Now);
        _site.Restart();
        Assert.Equal(["Kedua", "Pertama"], await PopularAsync());
        await SendAsync(first);
        await SendAsync(first);
        Assert.Equal(["Pertama", "Kedua"], await PopularAsync());
    }

    [Fact]
    public async Task List_is_hidden_when_no_count_was_saved_for_35_minutes()
    {
        await SendAsync(_site.Story("Lama"));
        _site.Clock.Now += TimeSpan.FromMinutes(35);
        Assert.NotEmpty(await PopularAsync());
        _site.Clock.Now += TimeSpan.FromSeconds(1);
        Assert.Empty((await _site.GetAsync("/")).Page.QuerySelectorAll("[data-block=popular]"));
        Assert.Empty(await PopularAsync());
        _site.MostRead.Flush(_site.Clock.Now);
        Assert.Equal(["Lama"], await PopularAsync());
    }

    [Fact]
    public async Task What_is_no_readers_read_is_answered_alike_and_not_counted()
    {
        var live = _site.Story("Dibaca");
        var (draft, withdrawn) = (_site.Draft("Konsep"), _site.Story("Turun"));
        _site.Do(act => Publishing.Withdraw.WithdrawStory(act, withdrawn));
        var other = _site.AddTitle("lain", "lain.example");
        var elsewhere = _site.Story("Lain", titleId: other);

        await SendBareAsync(live);
        await SendAsync(live, ("Origin", "https://evil.example"));
        await SendAsync(live, ("Origin", "null"));
        await SendAsync(live, ("Sec-Fetch-Site", "cross-site"));
        await SendAsync(live, ("Sec-Fetch-Site", "same-site"));
        await SendAsync(live, ("Sec-Purpose", "prefetch;prerender"));
        await SendAsync(live, ("User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1)"));
        foreach (var id in (long[])[draft, withdrawn, elsewhere, 0, -1, 987654]) await SendAsync(id);
        foreach (var body in (string[])["", "x", "[]", "null", "{}", "{\"article\":null}", "{\"article\":1.5}", "{\"article\":99999999999999999999}", "{\"article\":\"\\ud800\"}", "{\"artikel\":1}", $"{{\"article\":{live}}}" + new string(' ', 1024), new string('[', 900)])
            Assert.Equal((body, 204), (body, (await _site.SendAsync("POST", "/_/read", body, headers: ("Sec-Fetch-Site", "same-origin"))).Status));

        _site.CountReads();
        Assert.Empty(_site.MostRead.Order(_site.Title.Id));
        Assert.Equal((0, 25, 0), (_site.Site.Reads.Counted, _site.Site.Reads.Refused, _site.Site.Reads.Dropped));
        await SendAsync(live);
        _site.CountReads();
        Assert.Equal([live], _site.MostRead.Order(_site.Title.Id));
    }

    [Fact]
    public async Task A_read_counts_only_in_the_title_of_the_host_that_it_was_sent_to()
    {
        var other = _site.AddTitle("lain", "lain.example");
        var (here, there) = (_site.Story("Di sini"), _site.Story("Di sana", titleId: other));
        foreach (var id in (long[])[here, there]) await _site.SendAsync("POST", "/_/read", new { article = id }, host: "lain.example", headers: ("Origin", "https://lain.example"));
        _site.CountReads();
        Assert.Empty(_site.MostRead.Order(_site.Title.Id));
        Assert.Equal([there], _site.MostRead.Order(other));
    }

    [Fact]
    public async Task A_beacon_may_come_in_pieces_and_one_that_breaks_off_counts_nothing()
    {
        var live = _site.Story("Dibaca");
        var body = $"{{\"kind\": [1, {{\"article\": 5}}], \"article\": {live}}}";
        Assert.StartsWith("HTTP/1.1 204", await SendSlowlyAsync(false, $"Content-Length: {body.Length}\r\n\r\n", body[..9], body[9..]));
        Assert.StartsWith("HTTP/1.1 204", await SendSlowlyAsync(false, "Transfer-Encoding: chunked\r\n\r\n", $"{body.Length:x}\r\n{body}", "\r\n0\r\n\r\n"));
        await SendSlowlyAsync(true, "Content-Length: 400\r\n\r\n", body);
        _site.CountReads();
        Assert.Equal(2, _site.Site.Reads.Counted);
        Assert.Contains("warta_reads_total{result=\"counted\"} 2\n", (await _site.GetAsync("/metrics")).Text);
    }

    [Fact]
    public async Task One_reader_counts_once_a_story_and_another_address_is_another_reader()
    {
        _site.Site.Proxies = Composition.TrustedProxies.Read("127.0.0.1");
        var (story, other) = (_site.Story("Dibaca"), _site.Story("Lain"));
        for (var i = 0; i < 5; i++) await SendAsync(story, ("User-Agent", "Firefox"), ("X-Forwarded-For", "203.0.113.7"));
        await SendAsync(other, ("User-Agent", "Firefox"), ("X-Forwarded-For", "203.0.113.7"));
        await SendAsync(story, ("User-Agent", "Firefox"), ("X-Forwarded-For", "198.51.100.1"));
        await SendAsync(story, ("User-Agent", "Firefox"), ("X-Forwarded-For", "9.9.9.9, 198.51.100.1"));
        _site.CountReads();
        Assert.Equal((3, 5, 0), (_site.Site.Reads.Counted, _site.Site.Reads.Repeated, _site.Site.Reads.Damped));
        Assert.Contains("warta_reads_total{result=\"repeated\"} 5\n", (await _site.GetAsync("/metrics")).Text);
    }

    [Fact]
    public async Task Beacon_is_only_for_POST() => Assert.Equal(404, (await _site.GetAsync("/_/read")).Status);

    public void Dispose() => _site.Dispose();

    /// <summary>A new reader's beacon, unless the headers say who it is.</summary>
    private Task SendAsync(long article, params (string Name, string Value)[] headers)
    {
        (string Name, string Value)[] usual = [("Origin", _site.Address.GetLeftPart(UriPartial.Authority)), ("User-Agent", $"Reader/{++_readers}")];
        return SendBareAsync(article, [.. usual.Where(header => headers.All(other => other.Name != header.Name)), .. headers]);
    }

    private async Task SendBareAsync(long article, params (string, string)[] headers)
    {
        var answer = await _site.SendAsync("POST", "/_/read", new { article }, headers: headers);
        Assert.Equal((204, ""), (answer.Status, answer.Text));
        Assert.Null(answer.Header("Set-Cookie"));
    }

    private async Task<string> SendSlowlyAsync(bool hangUp, params string[] pieces)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_site.Address.Host, _site.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /_/read HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nUser-Agent: Reader/{++_readers}\r\nConnection: close\r\n"));
        foreach (var piece in pieces)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(piece));
            await Task.Delay(50);
        }

        if (hangUp) return "";
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private async Task<List<string>> PopularAsync()
    {
        _site.CountReads();
        return (await _site.GetAsync("/")).Page.QuerySelectorAll("[data-block=popular] li > a").Select(a => a.TextContent).ToList();
    }
}
