using System.Text.Json;
using Warta.Engines;
using Warta.Storage;
using Xunit;

namespace Warta.Cli;

public sealed class DemoTests
{
    [OnBothEngines]
    public void The_demo_is_filled_once_and_its_readers_make_a_popular_list(EngineKind engine)
    {
        using var newsroom = new Newsroom(engine);
        var first = Demo(newsroom);
        Assert.True(Total(first) >= 55, $"{Total(first)} stories");
        Assert.Contains("Harian Warta", first.Get("/"));
        first.Until("/api/v1/popular", (_, list) => list.Contains("\"headline\""));
        var before = Total(first);
        Assert.Equal(0, first.Stop().Exit);
        var after = newsroom.Read(Sums);

        var second = Demo(newsroom);

        Assert.Equal(before, Total(second));
        Assert.Equal(0, second.Stop().Exit);
        Assert.Equal(after, newsroom.Read(Sums));
        newsroom.Do("doctor");
    }

    [Fact]
    public void A_name_that_was_given_to_the_demo_stays()
    {
        using var newsroom = new Newsroom();
        Demo(newsroom).Stop();
        newsroom.Do("title", "set", "warta", "name", "Koran Kami");

        Assert.Contains("Koran Kami", Demo(newsroom).Get("/"));
    }

    [Fact]
    public void The_demo_says_how_to_sign_in_and_keeps_the_password_to_its_owner()
    {
        using var newsroom = new Newsroom();
        var process = newsroom.Start("demo", "--urls", "http://127.0.0.1:0");
        process.WaitFor(p => p.Out.Contains("with the password ", StringComparison.Ordinal));
        var password = process.Out.Split("with the password ")[1].Split('\n')[0].Trim();
        Newsroom.Served.By(process).Stop();

        var file = Path.Combine(newsroom.Data, "demo-password");
        Assert.Equal(File.ReadAllText(file), password);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.DoesNotContain("newsroom/setup", process.Out);
        Assert.Contains("admin@warta.example", newsroom.Do("user", "list"));
    }

    private static Newsroom.Served Demo(Newsroom newsroom) => Newsroom.Served.By(newsroom.Start("demo", "--urls", "http://127.0.0.1:0"));

    private static int Total(Newsroom.Served server)
    {
        using var list = JsonDocument.Parse(server.Get("/api/v1/latest"));
        return list.RootElement.GetProperty("total").GetInt32();
    }

    private static (long, long, long, long) Sums(Session session) => (
        session.Value<long>("SELECT count(*) FROM articles"), session.Value<long>("SELECT count(*) FROM revisions"),
        session.Value<long>("SELECT count(*) FROM picks"), session.Value<long>("SELECT number FROM event_clock"));
}
