using Warta.Cli;
using Xunit;

namespace Warta.Bench;

public sealed class SyntheticArchiveTests
{
    [Fact]
    public void A_synthetic_archive_is_a_sound_newspaper_and_is_kept()
    {
        using var newsroom = new Cli.Newsroom();
        string Run(string[] command)
        {
            var done = newsroom.Keep(WartaProcess.Start(command, newsroom.Folder)).Wait();
            Assert.True(done.Exit == 0, $"{done.Error}{done.Out}");
            return done.Out;
        }

        var archive = SyntheticArchive.Get(300, fresh: false, newsroom.PathOf("kept"), "schema", Run);

        Assert.Equal(300, archive.Addresses.Distinct().Count());
        var doctor = Run(["doctor", "--data", archive.Data]);
        Assert.Contains("300 live stories", doctor);
        Assert.DoesNotContain("WRONG", doctor);
        Assert.Contains("every live story is in the search index", doctor);

        var server = Cli.Newsroom.Served.By(newsroom.Keep(WartaProcess.Start(["serve", "--data", archive.Data, "--urls", "http://127.0.0.1:0"], newsroom.Folder)));
        Assert.All(archive.Addresses.Take(20).Append("/").Append("/nasional"), address => Assert.Equal(200, server.Status(address)));
        Assert.Contains(archive.Addresses, address => server.Get(address) is var page && page.Contains("data-block=\"related\"") && page.Contains("data-block=\"latest\"") && page.Contains("Baca Juga"));
        server.Stop();

        var kept = SyntheticArchive.Get(300, fresh: false, newsroom.PathOf("kept"), "schema", _ => throw new InvalidOperationException("It is there already."));
        Assert.Equal(archive.Addresses, kept.Addresses);
        Assert.Equal(archive.Token, kept.Token);
    }
}
