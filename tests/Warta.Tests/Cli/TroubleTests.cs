using System.Diagnostics;
using Warta.Engines;
using Warta.Storage;
using Xunit;

namespace Warta.Cli;

/// <summary>Folders and databases that can't be used: each is one line that says what and what to do, and exit code 1.</summary>
public sealed class TroubleTests
{
    [Fact]
    public void A_data_folder_that_can_t_be_made_is_named()
    {
        using var newsroom = new Newsroom();
        File.WriteAllText(newsroom.PathOf("file"), "");

        foreach (var data in new[] { newsroom.PathOf("file"), newsroom.PathOf("file/below"), "/proc/warta" })
        {
            var done = WartaProcess.Start(["title", "list", "--data", data], newsroom.Folder).Wait();
            Assert.Equal((1, ""), (done.Exit, done.Out));
            Assert.Contains($"The data folder {data} can't be made", Assert.Single(done.Error.TrimEnd('\n').Split('\n')));
        }
    }

    [Mounted]
    public void A_data_folder_on_a_read_only_disk_is_named()
    {
        using var newsroom = new Newsroom();
        newsroom.Do("title", "list");
        using var disk = Disk.Mounted(newsroom.Data, "ro");

        Assert.Contains($"The data folder {newsroom.Data} can't be written", newsroom.Fails("title", "list"));
        Assert.Contains($"The data folder {newsroom.Data} can't be written", newsroom.Fails("serve"));
    }

    [Theory]
    [InlineData("warta.db", "title", "list")]
    [InlineData("warta.db", "serve")]
    [InlineData("reads.db", "serve")]
    public void A_file_that_is_no_database_is_named(string name, params string[] command)
    {
        using var newsroom = new Newsroom();
        Directory.CreateDirectory(newsroom.Data);
        File.WriteAllText(Path.Combine(newsroom.Data, name), string.Concat(Enumerable.Repeat("Ini bukan basis data. ", 100)));

        var said = newsroom.Fails(command);

        Assert.Contains($"{name} is not a database", said);
        Assert.Contains("--data", said);
    }

    [Fact]
    public void Another_program_s_database_is_left_alone()
    {
        using var newsroom = new Newsroom();
        Directory.CreateDirectory(newsroom.Data);
        using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(newsroom.Data, "warta.db")};Pooling=False"))
        {
            other.Open();
            using var make = other.CreateCommand();
            make.CommandText = "CREATE TABLE recipes (name TEXT)";
            make.ExecuteNonQuery();
        }

        Assert.Contains("is a SQLite database, but not Warta's", newsroom.Fails("title", "list"));
    }

    [OnBothEngines]
    public void A_database_that_a_newer_program_wrote_is_refused(EngineKind engine)
    {
        using var newsroom = new Newsroom(engine);
        newsroom.Do("title", "list");
        newsroom.Write(sql => sql.Execute("INSERT INTO schema_versions (schema_set, number, name) VALUES ('main', 9000, 'later')"));

        Assert.Contains("was written by a newer Warta (schema 9000", newsroom.Fails("title", "list"));
        Assert.Contains("was written by a newer Warta (schema 9000", newsroom.Fails("serve"));
    }

    [Fact]
    public void A_list_whose_size_is_wrong_is_counted_anew_by_doctor()
    {
        using var newsroom = new Newsroom();
        newsroom.Do("import", "ninjs", GeneratedStories.Write(newsroom.PathOf("stories.jsonl"), 3));
        newsroom.Write(sql => sql.Execute("UPDATE listing_sizes SET stories = 9 WHERE kind = 'title'"));

        Assert.Contains("1 lists held another number", newsroom.Do("doctor"));

        Assert.DoesNotContain("another number", newsroom.Do("doctor"));
        Assert.Equal(3, newsroom.Read(session => session.Value<long>("SELECT stories FROM listing_sizes WHERE kind = 'title'")));
    }

    [Fact]
    public void A_damaged_database_is_found_by_doctor()
    {
        using var newsroom = new Newsroom();
        newsroom.Do("import", "ninjs", GeneratedStories.Write(newsroom.PathOf("stories.jsonl"), 300));
        using (var file = new FileStream(Path.Combine(newsroom.Data, "warta.db"), FileMode.Open))
        {
            file.Position = file.Length / 2 / 4096 * 4096;
            file.Write(new byte[8192]);
        }

        var done = newsroom.Run("doctor");

        Assert.Equal(1, done.Exit);
        Assert.Contains("damaged", done.Out + done.Error);
    }

    [OnBothEngines]
    public void A_PostgreSQL_role_that_may_do_nothing_is_told_so_in_one_line(EngineKind engine)
    {
        if (engine == EngineKind.Sqlite) return;
        using var newsroom = new Newsroom();
        var name = $"warta_powerless_{Guid.NewGuid():n}";
        Query($"CREATE ROLE {name} LOGIN");
        try
        {
            var connection = new Npgsql.NpgsqlConnectionStringBuilder(Requirements.Postgres) { Username = name, Pooling = false }.ToString();
            var said = newsroom.Fails("title", "list", "--database", connection);
            Assert.Contains("PostgreSQL at", said);
            Assert.Contains("permission denied", said);
        }
        finally
        {
            Query($"DROP ROLE {name}");
        }

        static void Query(string sql)
        {
            using var connection = new Npgsql.NpgsqlConnection(Requirements.Postgres);
            connection.Open();
            using var command = new Npgsql.NpgsqlCommand(sql, connection);
            command.ExecuteNonQuery();
        }
    }

    [Mounted]
    public void A_full_disk_stops_an_import_with_a_line_and_it_goes_on_once_there_is_room()
    {
        using var newsroom = new Newsroom();
        var file = GeneratedStories.Write(newsroom.PathOf("stories.jsonl"), 3_000);
        Directory.CreateDirectory(newsroom.Data);
        using var disk = Disk.Mounted(newsroom.Data, "size=6m");

        var said = newsroom.Run("import", "ninjs", file);

        Assert.Equal(1, said.Exit);
        Assert.Contains($"The disk that holds {newsroom.Data}/warta.db is full", said.Error);
        disk.Remount("size=200m");
        newsroom.Do("import", "ninjs", file);
        newsroom.Do("doctor");
        Contents.Of(newsroom).MustHold(3_000);
    }
}

/// <summary>A test that mounts a small disk: as root on Linux. Elsewhere it is skipped, except in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MountedAttribute : FactAttribute
{
    public MountedAttribute() => Skip = Requirements.InCI || (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess) ? null : "Mounting a small disk takes root on Linux";
}

/// <summary>A small disk in memory.</summary>
internal sealed class Disk : IDisposable
{
    private readonly string _folder;

    private Disk(string folder) => _folder = folder;

    public static Disk Mounted(string folder, string options)
    {
        Run("mount", "-t", "tmpfs", "-o", options, "warta-test", folder);
        return new Disk(folder);
    }

    public void Remount(string options) => Run("mount", "-o", $"remount,{options}", _folder);

    public void Dispose() => Run("umount", "--lazy", _folder);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
