using System.Globalization;
using System.Net;
using Warta.Composition;
using Warta.Discovery;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Discovery;

/// <summary>What somebody may try who wants a story to stand among the most read, and what must not look like that.</summary>
public sealed class HonestCountingTests : IDisposable
{
    private readonly TestNewsroom _newsroom = new(EngineKind.Sqlite);
    private readonly Database _reads;
    private readonly MostRead _mostRead;
    private readonly ReadTally _tally;
    private readonly List<long> _stories;
    private readonly Random _random = new(5);

    public HonestCountingTests()
    {
        _reads = _newsroom.OpenReads();
        _mostRead = new MostRead(_reads, "a", _newsroom.Clock.Now);
        _tally = new ReadTally(_newsroom.Database, _mostRead);
        _stories = Enumerable.Range(1, 30).Select(i => _newsroom.Publish($"Berita {i}", "Isi")).ToList();
    }

    [Fact]
    public void A_host_that_sends_100_000_beacons_is_one_reader()
    {
        for (var i = 0; i < 100_000; i++)
        {
            Read("203.0.113.7", "Mozilla/5.0", _stories[0]);
            if (i % 10_000 == 0) Fold();
        }

        Fold();
        Assert.Equal((1, 99_999, 0), (_tally.Counted, _tally.Repeated, _tally.Damped));
    }

    [Fact]
    public void Five_hundred_forged_browsers_of_one_network_do_not_get_a_story_among_the_first_ten()
    {
        Day(readers: 3_000, carrier: 0);
        for (var i = 0; i < 500; i++) Read($"203.0.113.{i % 250}", $"Forged/{i}", _stories[^1]);
        Fold();
        Assert.InRange(_tally.Damped, 480, 500);
        Assert.DoesNotContain(_stories[^1], _mostRead.Order(_newsroom.Title).Take(10));
    }

    [Fact]
    public void Without_damping_they_would_have()
    {
        Day(readers: 3_000, carrier: 0);
        for (var i = 0; i < 500; i++) Read($"203.{i / 200}.{i % 200}.7", $"Forged/{i}", _stories[^1]);
        Fold();
        Assert.Contains(_stories[^1], _mostRead.Order(_newsroom.Title).Take(10));
    }

    [Fact]
    public void A_carrier_with_four_in_ten_readers_behind_one_address_is_not_silenced()
    {
        var (sent, counted) = Day(readers: 5_000, carrier: 0.4);
        Assert.True(counted > 0.97 * sent, $"{counted} of {sent} reads counted, {_tally.Damped} damped");
    }

    [Fact]
    public void A_beacon_that_is_sent_again_adds_nothing()
    {
        for (var i = 0; i < 200; i++) Read($"10.{i}.0.1", "Mozilla/5.0", _stories[i % 10]);
        Fold();
        var counted = _tally.Counted;
        for (var i = 0; i < 200; i++) Read($"10.{i}.0.1", "Mozilla/5.0", _stories[i % 10]);
        Fold();
        Assert.Equal((counted, 200L), (_tally.Counted, _tally.Repeated));
    }

    [Fact]
    public void The_next_day_a_reader_is_a_stranger()
    {
        Read("203.0.113.7", "Mozilla/5.0", _stories[0]);
        Fold();
        _newsroom.Clock.Pass(ReaderSalt.Lives);
        Read("203.0.113.7", "Mozilla/5.0", _stories[0]);
        Fold();
        Assert.Equal(2, _tally.Counted);
        var address = IPAddress.Parse("203.0.113.7");
        Assert.NotEqual(new ReaderSalt(_newsroom.Clock.Now).Of(address, "a", "b").Reader, new ReaderSalt(_newsroom.Clock.Now).Of(address, "a", "b").Reader);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.200", true)]
    [InlineData("203.0.113.7", "203.0.114.7", false)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.9", true)]
    [InlineData("2001:db8:1:1::1", "2001:db8:1:ffff::9", true)]
    [InlineData("2001:db8:1:1::1", "2001:db8:2:1::1", false)]
    public void A_network_is_a_24_or_a_48(string one, string other, bool same)
    {
        var salt = new ReaderSalt(_newsroom.Clock.Now);
        var (a, b) = (salt.Of(IPAddress.Parse(one), "", ""), salt.Of(IPAddress.Parse(other), "", ""));
        Assert.Equal(same, a.Network == b.Network);
        Assert.NotEqual(a.Reader, b.Reader);
    }

    [Fact]
    public void Of_a_million_new_pairs_fewer_than_one_in_a_thousand_is_taken_for_an_old_one()
    {
        var seen = new SeenReads();
        var wrong = 0;
        for (var i = 0; i < 1_000_000; i++) wrong += seen.Add((ulong)_random.NextInt64(), 1 + i % 1_000) ? 0 : 1;
        Assert.InRange(wrong, 0, 1_000);
    }

    /// <summary>The first 16 of the vectors in the paper's reference: key 00 01 … 0f, input 00 01 02 ….</summary>
    [Fact]
    public void SipHash_gives_the_vectors_of_its_paper()
    {
        ulong[] expected = [0x726fdb47dd0e0e31, 0x74f839c593dc67fd, 0x0d6c8009d9a94f5a, 0x85676696d7fb7e2d, 0xcf2794e0277187b7, 0x18765564cd99a68d, 0xcbc9466e58fee3ce, 0xab0200f58b01d137,
            0x93f5f5799a932462, 0x9e0082df0ba9e4b0, 0x7a5dbbc594ddb9f3, 0xf4b32f46226bada7, 0x751e8fbc860ee5fb, 0x14ea5627c0843d90, 0xf723ca908e7af2ee, 0xa129ca6149be45e5];
        var bytes = Enumerable.Range(0, 16).Select(i => (byte)i).ToArray();
        Assert.Equal(expected, expected.Select((_, length) => SipHash.Of(0x0706050403020100, 0x0f0e0d0c0b0a0908, bytes.AsSpan(0, length))));
    }

    [Theory]
    [InlineData("127.0.0.1", "203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "1.1.1.1, 203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1 10.0.0.0/8", "1.1.1.1, 203.0.113.7, 10.2.3.4", "203.0.113.7")]
    [InlineData("127.0.0.1", "203.0.113.7:4711", "203.0.113.7")]
    [InlineData("127.0.0.1", "unknown", "127.0.0.1")]
    [InlineData("10.0.0.0/8", "203.0.113.7", "127.0.0.1")]
    [InlineData("", "203.0.113.7", "127.0.0.1")]
    public void The_address_is_the_last_that_no_trusted_proxy_has(string trusted, string forwarded, string expected)
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse("::ffff:127.0.0.1");
        context.Request.Headers["X-Forwarded-For"] = forwarded;
        Assert.Equal(IPAddress.Parse(expected), TrustedProxies.Read(trusted).AddressOf(context) is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : TrustedProxies.Read(trusted).AddressOf(context));
    }

    public void Dispose()
    {
        _reads.Dispose();
        _newsroom.Dispose();
    }

    /// <summary>A day's reads, the first stories most of all; a part of the readers comes from one address.</summary>
    private (long Sent, long Counted) Day(int readers, double carrier)
    {
        var sent = 0;
        for (var reader = 0; reader < readers; reader++)
        {
            var address = _random.NextDouble() < carrier ? "198.51.100.9" : new IPAddress(_random.NextInt64(1L << 32)).ToString();
            var agent = string.Create(CultureInfo.InvariantCulture, $"Browser/{reader}");
            foreach (var story in Enumerable.Range(0, 3).Select(_ => _stories[(int)(20 * Math.Pow(_random.NextDouble(), 2))]).Distinct())
            {
                Read(address, agent, story);
                sent++;
            }

            if (reader % 50 == 0) Fold();
            _newsroom.Clock.Pass(TimeSpan.FromSeconds(5));
        }

        Fold();
        return (sent, _tally.Counted);
    }

    private void Read(string address, string agent, long story)
    {
        var (reader, network) = _tally.Who(IPAddress.Parse(address), agent, "harian.example", _newsroom.Clock.Now);
        _tally.Add(new ReadReport(_newsroom.Title, story, reader, network));
    }

    private void Fold() => _tally.Fold(_newsroom.Clock.Now);
}
