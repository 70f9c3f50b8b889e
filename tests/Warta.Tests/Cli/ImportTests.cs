using System.Text.Json;
using Warta.Engines;
using Warta.Storage;
using Xunit;

namespace Warta.Cli;

public sealed class ImportTests
{
    [OnBothEngines]
    public void An_import_reports_what_it_did_and_a_second_one_changes_nothing(EngineKind engine)
    {
        using var newsroom = new Newsroom(engine);
        var file = GeneratedStories.Write(newsroom.PathOf("stories.jsonl"), 600);

        Assert.Contains("600 items: 600 added, 0 updated, 0 unchanged, 0 refused.", newsroom.Do("import", "ninjs", file));
        var first = Contents.Of(newsroom);
        first.MustHold(600);
        Assert.Contains("600 items: 0 added, 0 updated, 600 unchanged, 0 refused.", newsroom.Do("import", "ninjs", file));
        Contents.Of(newsroom).MustEqual(first);
        newsroom.Do("doctor");
    }

    [Fact]
    public void A_dry_run_says_what_would_happen_and_changes_nothing()
    {
        using var newsroom = new Newsroom();
        var file = GeneratedStories.Write(newsroom.PathOf("stories.jsonl"), 20);

        Assert.Contains("20 would be added", newsroom.Do("import", "ninjs", file, "--dry-run"));
        Assert.Empty(Contents.Of(newsroom).Stories);
    }

    [Fact]
    public void Json_tells_every_number_and_what_was_refused_and_dropped()
    {
        using var newsroom = new Newsroom();
        var file = GeneratedStories.Write(newsroom.PathOf("stories.jsonl"), 3);
        GeneratedStories.WriteOne(newsroom.PathOf("one.json"), "urn:one", "Sebuah judul", ("renditions", new object[] { new { href = "x.jpg" } }));
        File.AppendAllText(file, "{\"uri\":\"urn:without-headline\",\"body_text\":\"Isi\"}\nno json\n" + File.ReadAllText(newsroom.PathOf("one.json")) + "\n");

        using var report = JsonDocument.Parse(newsroom.Do("import", "ninjs", file, "--json"));

        var root = report.RootElement;
        Assert.Equal((6, 4, 2), (root.GetProperty("items").GetInt32(), root.GetProperty("added").GetInt32(), root.GetProperty("refused").GetInt32()));
        Assert.Equal([4, 5], root.GetProperty("refusals").EnumerateArray().Select(r => r.GetProperty("line").GetInt32()));
        Assert.Equal("urn:without-headline", root.GetProperty("refusals")[0].GetProperty("uri").GetString());
        Assert.Equal(1, root.GetProperty("picturesWaiting").GetInt32());
        Assert.False(root.GetProperty("stopped").GetBoolean());
        Assert.True(root.GetProperty("peakMegabytes").GetInt64() > 0);
    }

    [Fact]
    public void Stories_go_into_the_title_that_is_named()
    {
        using var newsroom = new Newsroom();
        newsroom.Do("title", "add", "sore", "--host", "sore.example.com");
        var file = GeneratedStories.Write(newsroom.PathOf("stories.jsonl"), 5);

        newsroom.Do("import", "ninjs", file, "--title", "sore");

        Assert.Equal(5, newsroom.Read(session => session.Value<long>("SELECT count(*) FROM publications p JOIN titles t ON t.id = p.title_id WHERE t.slug = 'sore'")));
        Assert.Contains("none", newsroom.Fails("import", "ninjs", file, "--title", "none"));
    }

    [Fact]
    public void A_folder_is_read_with_all_its_files_and_an_empty_one_is_a_failure()
    {
        using var newsroom = new Newsroom();
        Directory.CreateDirectory(newsroom.PathOf("in/below"));
        GeneratedStories.Write(newsroom.PathOf("in/stories.jsonl"), 5);
        GeneratedStories.WriteOne(newsroom.PathOf("in/below/one.json"), "urn:one", "Sebuah judul");

        Assert.Contains("6 items: 6 added", newsroom.Do("import", "ninjs", "in"));
        Directory.CreateDirectory(newsroom.PathOf("empty"));
        Assert.Contains("holds no .json", newsroom.Fails("import", "ninjs", "empty"));
        Assert.Equal($"There is no file or folder at {newsroom.PathOf("nowhere")}.", newsroom.Fails("import", "ninjs", "nowhere"));
    }

    [Fact]
    public void A_compressed_file_that_ends_early_keeps_what_came_before_and_fails()
    {
        using var newsroom = new Newsroom();
        var file = GeneratedStories.Write(newsroom.PathOf("stories.jsonl"), 400);
        using (var packed = new System.IO.Compression.GZipStream(File.Create(file + ".gz"), System.IO.Compression.CompressionLevel.Fastest)) packed.Write(File.ReadAllBytes(file));
        using (var cut = new FileStream(file + ".gz", FileMode.Open)) cut.SetLength(cut.Length / 2);

        Assert.Contains("stories.jsonl.gz", newsroom.Fails("import", "ninjs", file + ".gz"));
        Assert.InRange(Contents.Of(newsroom).Stories.Count, 50, 390);
        newsroom.Do("import", "ninjs", file);
        Contents.Of(newsroom).MustHold(400);
    }

    [OnBothEngines]
    public void Ctrl_C_stops_an_import_which_says_so_and_goes_on_when_run_again(EngineKind engine)
    {
        using var newsroom = new Newsroom(engine);
        var file = GeneratedStories.WriteEndless(newsroom.PathOf("stories.jsonl"));
        var import = newsroom.Start("import", "ninjs", file);
        import.WaitFor(p => p.Error.Contains("stories"));

        import.Signal("INT");
        var stopped = import.Wait();

        Assert.Equal(1, stopped.Exit);
        Assert.Contains("Stopped. Run the same command again to go on.", stopped.Error);
        var kept = Contents.Of(newsroom).Stories.Count;
        Assert.InRange(kept, 1, GeneratedStories.Endless - 300);
        GeneratedStories.Shorten(file, kept + 300);
        newsroom.Do("import", "ninjs", file);
        Contents.Of(newsroom).MustHold(kept + 300);
    }

    [Fact]
    public void A_command_waits_for_another_that_works_in_the_folder()
    {
        using var newsroom = new Newsroom();
        newsroom.Do("title", "list");
        var working = new DataFolder(newsroom.Data).TryLock();
        Assert.NotNull(working);

        var list = newsroom.Start("title", "list");
        // Long enough to come to the lock. On a machine where it isn't, less is proved and nothing fails.
        Thread.Sleep(1_500);
        Assert.False(list.HasExited, list.Out + list.Error);
        working.Dispose();

        var done = list.Wait();
        Assert.Equal(0, done.Exit);
        Assert.Contains("warta", done.Out);
    }
}
