using System.Diagnostics;
using System.Net.Sockets;
using Warta.Engines;
using Warta.Storage;
using Xunit;

namespace Warta.Cli;

public sealed class ServeTests
{
    [OnBothEngines]
    public void A_new_newsroom_serves_at_once(EngineKind engine)
    {
        using var newsroom = new Newsroom(engine);

        var server = newsroom.Serve();

        Assert.Equal(200, server.Status("/"));
        Assert.Equal("ok", server.Get("/healthz"));
        Assert.Equal("ready", server.Get("/readyz"));
        Assert.Equal("", server.Process.Error);
        Assert.Equal(0, server.Stop().Exit);
    }

    [Fact]
    public void A_second_server_on_the_same_folder_is_refused_and_the_first_stays()
    {
        using var newsroom = new Newsroom();
        var server = newsroom.Serve();

        var said = newsroom.Fails("serve", "--urls", "http://127.0.0.1:0");

        Assert.Contains($"Another warta process works in {newsroom.Data}.", said);
        Assert.Equal(200, server.Status("/"));
        newsroom.Do("title", "list");
    }

    [Fact]
    public void A_port_in_use_is_named_in_one_line()
    {
        using var newsroom = new Newsroom();
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://127.0.0.1:{((System.Net.IPEndPoint)taken.LocalEndpoint).Port}";

        var done = newsroom.Run("serve", "--urls", url);

        Assert.Equal((1, ""), (done.Exit, done.Out));
        Assert.Equal($"{url} is in use by another program. Stop it, or choose another address with --urls http://localhost:PORT.\n", done.Error);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("http://192.0.2.1:5080")]
    [InlineData("https://127.0.0.1:0")]
    public void An_address_that_can_t_be_listened_at_is_named_in_one_line(string url)
    {
        using var newsroom = new Newsroom();

        var done = newsroom.Run("serve", "--urls", url);

        Assert.Equal((1, ""), (done.Exit, done.Out));
        Assert.StartsWith($"Can't listen at {url}: ", Assert.Single(done.Error.TrimEnd('\n').Split('\n')));
    }

    [OnBothEngines]
    public void Sigterm_ends_it_in_time_and_keeps_the_read_counts(EngineKind engine)
    {
        using var newsroom = new Newsroom(engine);
        newsroom.Do("import", "ninjs", GeneratedStories.WriteOne(newsroom.PathOf("one.json"), "urn:one", "Yang dibaca orang"));
        var server = newsroom.Serve();
        var id = IdOf(server, "urn:one");
        for (var i = 0; i < 3; i++) Assert.Equal(204, (int)server.Send("/_/read", HttpMethod.Post, $"{{\"article\":{id}}}").StatusCode);

        var clock = Stopwatch.StartNew();
        Assert.Equal(0, server.Stop().Exit);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"It took {clock.Elapsed}");

        Assert.Contains("Yang dibaca orang", newsroom.Serve().Get("/popular"));
    }

    [Fact]
    public void A_server_that_was_killed_starts_again()
    {
        using var newsroom = new Newsroom();
        newsroom.Do("import", "ninjs", GeneratedStories.Write(newsroom.PathOf("stories.jsonl"), 50));
        newsroom.Serve().KillAtOnce();
        Assert.True(File.Exists(Path.Combine(newsroom.Data, "control.sock")));

        // Nobody listens at the socket that it left.
        newsroom.Do("title", "set", "warta", "name", "Harian Uji");
        var again = newsroom.Serve();

        Assert.Contains("Harian Uji", again.Get("/"));
        newsroom.Do("doctor");
        Assert.Equal(0, again.Stop().Exit);
        Assert.False(File.Exists(Path.Combine(newsroom.Data, "control.sock")));
    }

    [Fact]
    public void Only_this_user_may_open_the_control_socket()
    {
        using var newsroom = new Newsroom();
        newsroom.Serve();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(newsroom.Data, "control.sock")));
    }

    [Fact]
    public void A_deep_data_folder_has_its_socket_elsewhere_and_commands_find_it()
    {
        using var newsroom = new Newsroom(data: string.Join('/', Enumerable.Repeat("sebuah-folder-yang-dalam", 6)));
        var server = newsroom.Serve();
        var socket = new DataFolder(newsroom.Data).ControlSocket;

        newsroom.Do("title", "set", "warta", "name", "Harian Dalam");

        Assert.Contains("Harian Dalam", server.Get("/"));
        Assert.False(socket.StartsWith(newsroom.Data, StringComparison.Ordinal));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(socket));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(socket)!));
        Assert.Equal(0, server.Stop().Exit);
        Directory.Delete(Path.GetDirectoryName(socket)!);
    }

    [OnBothEngines]
    public void What_was_due_while_it_was_down_goes_out_at_start_and_is_marked_late(EngineKind engine)
    {
        using var newsroom = new Newsroom(engine);
        newsroom.Do("import", "ninjs", GeneratedStories.WriteOne(newsroom.PathOf("one.json"), "urn:one", "Terbit terlambat", ("pubStatus", "withheld")));
        newsroom.Do("schedule", "urn:one", "2026-01-26T09:00:00+07:00");
        Assert.Contains("1 scheduled stories are overdue", newsroom.Do("doctor"));

        var server = newsroom.Serve();

        server.Until("/", (_, page) => page.Contains("Terbit terlambat"));
        server.Process.WaitFor(p => p.Out.Contains("late."));
        server.Stop();
        Assert.True(newsroom.Read(session => session.Value<long>("SELECT late_ms FROM releases")) > 60_000);
    }

    [Fact]
    public void A_story_that_expired_while_it_was_down_is_gone_before_the_first_answer()
    {
        using var newsroom = new Newsroom();
        newsroom.Do("import", "ninjs", GeneratedStories.WriteOne(newsroom.PathOf("one.json"), "urn:one", "Sudah lewat waktunya", ("expires", "2199-01-01T00:00:00+07:00")));
        newsroom.Write(sql =>
        {
            sql.Execute("UPDATE publications SET expires_at = first_published_at + 1");
            sql.Execute("UPDATE articles SET expires_at = 1");
        });

        var server = newsroom.Serve();

        Assert.DoesNotContain("Sudah lewat waktunya", server.Get("/"));
        Assert.Equal(404, (int)server.Send("/api/v1/articles/1").StatusCode);
    }

    private static long IdOf(Newsroom.Served server, string uri)
    {
        using var list = System.Text.Json.JsonDocument.Parse(server.Get($"/api/v1/articles?uri={uri}"));
        return list.RootElement.GetProperty("items")[0].GetProperty("id").GetInt64();
    }
}
