using System.Diagnostics;
using Warta.Engines;
using Warta.Storage;
using Xunit;

namespace Warta.Cli;

/// <summary>kill -9, at any moment: the next run completes what was begun.</summary>
public sealed class KilledImportTests
{
    [OnBothEngines]
    public void An_import_killed_at_any_moment_is_completed_by_the_next_one(EngineKind engine)
    {
        // PostgreSQL rolls back by itself whatever was open: a few kills show that we leave it to.
        var (stories, kills) = engine == EngineKind.Sqlite ? (300, 8) : (300, 2);
        using var files = new Newsroom(engine);
        var file = GeneratedStories.Write(files.PathOf("stories.jsonl"), stories);
        var undisturbed = Undisturbed(files, file, stories, out var took);
        var random = new Random(25);

        for (var killed = 0; killed < kills;)
        {
            using var newsroom = new Newsroom(engine);
            // One in each part of the way, from before its first batch until after its last.
            var moment = took * ((killed + random.NextDouble()) / kills);
            var import = newsroom.Start("import", "ninjs", file);
            import.WaitFor(p => p.HasExited || Directory.Exists(newsroom.Data));
            Thread.Sleep(moment);
            import.Signal("KILL");
            if (import.Wait().Exit != 0) killed++;
            // It was faster this time; that doesn't count.
            else took = moment;

            newsroom.Do("import", "ninjs", file);
            newsroom.Do("doctor");
            var contents = Contents.Of(newsroom);
            contents.MustHold(stories);
            contents.MustEqual(undisturbed);
        }
    }

    private static Contents Undisturbed(Newsroom newsroom, string file, int stories, out TimeSpan took)
    {
        var import = newsroom.Start("import", "ninjs", file);
        import.WaitFor(p => Directory.Exists(newsroom.Data));
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, import.Wait().Exit);
        took = clock.Elapsed;
        var contents = Contents.Of(newsroom);
        contents.MustHold(stories);
        return contents;
    }
}
