using Warta.Engines;
using Warta.Storage;
using Xunit;

namespace Warta.Cli;

/// <summary>Imports while <c>serve</c> holds the data folder: they run inside it, by the control socket.</summary>
public sealed class ImportIntoServerTests
{
    [OnBothEngines]
    public void An_import_runs_inside_the_server_and_the_page_shows_it_at_once(EngineKind engine)
    {
        var count = engine == EngineKind.Sqlite ? 2_000 : 700;
        using var newsroom = new Newsroom(engine);
        var file = GeneratedStories.Write(newsroom.PathOf("stories.jsonl"), count);
        using var alone = new Newsroom(engine);
        alone.Do("import", "ninjs", file);
        var server = newsroom.Serve();

        // By a path that is relative to where the command is typed.
        var done = newsroom.Run("import", "ninjs", "stories.jsonl");

        Assert.Equal(0, done.Exit);
        Assert.Contains($"{count:N0} items: {count:N0} added", done.Out);
        Assert.Contains("stories", done.Error);
        Assert.Contains("related", done.Error);
        Assert.Contains("tema", server.Get("/tag/tema-1"));
        Assert.Equal(0, server.Stop().Exit);
        var contents = Contents.Of(newsroom);
        contents.MustHold(count);
        contents.MustEqual(Contents.Of(alone));
    }

    [Fact]
    public void A_client_that_is_killed_stops_its_import_and_the_server_lives()
    {
        using var newsroom = new Newsroom();
        var file = GeneratedStories.WriteEndless(newsroom.PathOf("stories.jsonl"));
        var server = newsroom.Serve();
        var import = newsroom.Start("import", "ninjs", file);
        import.WaitFor(p => p.Error.Contains("stories"));

        import.Signal("KILL");
        import.Wait();

        Assert.Equal(200, server.Status("/healthz"));
        newsroom.Do("title", "list");
        Assert.Equal(200, server.Status("/"));
        Assert.Equal(0, server.Stop().Exit);
        var kept = Contents.Of(newsroom).Stories.Count;
        Assert.InRange(kept, 1, GeneratedStories.Endless - 300);
        GeneratedStories.Shorten(file, kept + 300);
        newsroom.Do("import", "ninjs", file);
        Contents.Of(newsroom).MustHold(kept + 300);
    }

    [Theory]
    [InlineData("KILL")]
    [InlineData("TERM")]
    public void A_server_that_ends_in_the_middle_lets_its_client_say_so_and_a_new_one_goes_on(string signal)
    {
        using var newsroom = new Newsroom();
        var file = GeneratedStories.WriteEndless(newsroom.PathOf("stories.jsonl"));
        var server = newsroom.Serve();
        var import = newsroom.Start("import", "ninjs", file);
        import.WaitFor(p => p.Error.Contains("stories"));

        server.Process.Signal(signal);
        server.Process.Wait();
        var done = import.Wait();

        Assert.Equal(1, done.Exit);
        Assert.Contains("The server stopped before the command was done. Start it again and repeat the command.", done.Error);
        newsroom.Serve();
        GeneratedStories.Shorten(file, 2_000);
        newsroom.Do("import", "ninjs", file);
        newsroom.Do("doctor");
    }
}
