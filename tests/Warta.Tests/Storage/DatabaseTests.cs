using Microsoft.Data.Sqlite;
using Warta.Engines;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Storage;

public sealed class DatabaseTests
{
    [OnBothEngines]
    public void Migrations_are_applied_once(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        newsroom.Restart();
        newsroom.Restart();
        using var reads = newsroom.OpenReads();
        Assert.Equal(Written("main"), newsroom.Value<long>("SELECT count(*) FROM schema_versions WHERE schema_set = 'main'"));
        Assert.Equal(Written("reads"), reads.Read(session => session.Value<long>("SELECT count(*) FROM schema_versions WHERE schema_set = 'reads'")));
        Assert.Equal(1, newsroom.Value<long>("SELECT count(*) FROM titles"));

        static int Written(string set) => typeof(Database).Assembly.GetManifestResourceNames().Count(name => name.StartsWith($"Migrations/{set}_", StringComparison.Ordinal));
    }

    [OnBothEngines]
    public void A_database_newer_than_the_program_is_refused(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        newsroom.Database.Write(session => session.Execute("INSERT INTO schema_versions (schema_set, number, name) VALUES ('main', 9000, 'later')"));
        var e = Assert.Throws<StorageException>(() => Database.Open(newsroom.Folder, newsroom.Connection, Migrator.Main));
        Assert.Contains("newer Warta (schema 9000", e.Message, StringComparison.Ordinal);
        Assert.Contains("Run the newer version", e.Message, StringComparison.Ordinal);
    }

    [OnBothEngines]
    public void A_write_that_throws_leaves_nothing(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        Assert.Throws<InvalidTimeZoneException>(() => newsroom.Database.Write(session =>
        {
            session.Execute("UPDATE title_hosts SET host = 'x'");
            session.Run("INSERT INTO title_hosts (host, title_id) VALUES (@p1, @p2)", "a.example.com", newsroom.Title);
            throw new InvalidTimeZoneException();
        }));
        Assert.Equal(0, newsroom.Value<long>("SELECT count(*) FROM title_hosts"));

        // And the next write begins afresh.
        newsroom.Database.Write(session => session.Run("INSERT INTO title_hosts (host, title_id) VALUES (@p1, @p2)", "b.example.com", newsroom.Title));
        Assert.Equal("b.example.com", newsroom.Value<string>("SELECT host FROM title_hosts"));
    }

    [OnBothEngines]
    public void A_read_sees_one_moment_while_others_write(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        newsroom.Database.Read(session =>
        {
            Assert.Equal(1, session.Value<long>("SELECT count(*) FROM titles"));
            Task.Run(() => newsroom.AddTitle("lain")).GetAwaiter().GetResult();
            Assert.Equal(1, session.Value<long>("SELECT count(*) FROM titles"));
            return 0;
        });
        Assert.Equal(2, newsroom.Value<long>("SELECT count(*) FROM titles"));
    }

    [OnBothEngines]
    public async Task Event_numbers_commit_in_order_under_eight_writers(EngineKind engine)
    {
        const int writers = 8, acts = 15;
        using var newsroom = new TestNewsroom(engine);
        var before = newsroom.Value<long>("SELECT number FROM event_clock");
        using var done = new CancellationTokenSource();

        // Whoever follows the log by its highest number must never find a lower one later.
        var follower = Task.Run(() =>
        {
            var seen = before;
            var holes = 0;
            while (!done.IsCancellationRequested)
            {
                var numbers = newsroom.Query<long>("SELECT number FROM events WHERE number > @seen ORDER BY number", new { seen });
                foreach (var number in numbers)
                {
                    if (number != seen + 1) holes++;
                    seen = number;
                }
            }

            return holes;
        });
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < acts; i++) newsroom.Press.Run($"writer {writer}", act => act.Record("tested", null, null));
        })));
        await done.CancelAsync();
        Assert.Equal(0, await follower);
        Assert.Equal(before + writers * acts, newsroom.Value<long>("SELECT number FROM event_clock"));
        Assert.Equal(writers * acts, newsroom.Value<long>("SELECT count(*) FROM events WHERE kind = 'tested'"));
    }

    [OnBothEngines]
    public void Times_and_yes_and_no_survive_the_journey(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var before1970 = new DateTimeOffset(1931, 5, 17, 1, 2, 3, 4, TimeSpan.Zero);
        newsroom.Database.Write(session => session.Run("UPDATE titles SET created_at = @p1", before1970));
        Assert.Equal(before1970, newsroom.Database.Read(session => session.Time("SELECT created_at FROM titles")));
        Assert.Null(newsroom.Database.Read(session => session.Time("SELECT max(created_at) FROM titles WHERE slug = 'none'")));
        Assert.Equal(1, newsroom.Value<long>("SELECT count(*) FROM titles WHERE created_at = @before1970", new { before1970 }));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        newsroom.Database.Dispose();
        File.WriteAllText(newsroom.Folder.DatabaseFile(Migrator.Main), string.Concat(Enumerable.Repeat("This is a letter to the editor.\n", 200)));
        var e = Assert.Throws<StorageException>(() => Database.Open(newsroom.Folder, null, Migrator.Main));
        Assert.Contains("is not a database", e.Message, StringComparison.Ordinal);
        Assert.Contains("--data", e.Message, StringComparison.Ordinal);
        Assert.StartsWith("This is a letter", File.ReadAllText(newsroom.Folder.DatabaseFile(Migrator.Main)), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_programs_database_is_refused_and_left_as_it_is()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        var file = newsroom.Folder.DatabaseFile(Migrator.Reads);
        using (var other = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "CREATE TABLE bookmarks (url TEXT)";
            command.ExecuteNonQuery();
        }

        var before = File.ReadAllBytes(file);
        var e = Assert.Throws<StorageException>(() => Database.Open(newsroom.Folder, null, Migrator.Reads));
        Assert.Contains("but not Warta's", e.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(file));
    }

    [Fact]
    public void A_damaged_database_is_a_sentence_about_the_backup()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        newsroom.Publish("Judul", "Isi");
        newsroom.Database.Dispose();
        var file = newsroom.Folder.DatabaseFile(Migrator.Main);
        var bytes = File.ReadAllBytes(file);
        bytes.AsSpan(4096).Fill(0xAB);
        File.WriteAllBytes(file, bytes);
        var e = Assert.Throws<StorageException>(() => Database.Open(newsroom.Folder, null, Migrator.Main));
        Assert.Contains("docs/operate.md", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_data_folder_under_a_file_is_refused()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        var e = Assert.Throws<StorageException>(() => new DataFolder(Path.Combine(newsroom.Folder.DatabaseFile(Migrator.Main), "data")));
        Assert.Contains("can't be made", e.Message, StringComparison.Ordinal);
        Assert.Contains("--data", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_the_databases_place_is_refused()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        Directory.CreateDirectory(newsroom.Folder.DatabaseFile(Migrator.Reads));
        var e = Assert.Throws<StorageException>(() => Database.Open(newsroom.Folder, null, Migrator.Reads));
        Assert.Contains("can't be opened", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_read_only_database_is_refused()
    {
        // Root may write everything: there is nothing to see, and a skipped test would fail in CI.
        if (Environment.IsPrivilegedProcess) return;
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        newsroom.Database.Dispose();
        var file = newsroom.Folder.DatabaseFile(Migrator.Main);
        File.SetAttributes(file, FileAttributes.ReadOnly);
        try
        {
            var e = Assert.Throws<StorageException>(() => Database.Open(newsroom.Folder, null, Migrator.Main));
            Assert.Contains("read-only", e.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }
    }

    [Theory]
    [InlineData("Username=warta;Database=warta")]
    [InlineData("Host=localhost;Colour=red")]
    [InlineData("what?")]
    public void What_is_no_connection_string_is_refused_with_an_example(string connection)
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        var e = Assert.Throws<StorageException>(() => Database.Open(newsroom.Folder, connection, Migrator.Main));
        Assert.Contains("Example: Host=localhost", e.Message, StringComparison.Ordinal);
        Assert.False(Database.IsConnectionString(connection));
    }

    [Fact]
    public void A_server_that_does_not_answer_is_named()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        var e = Assert.Throws<StorageException>(() => Database.Open(newsroom.Folder, "Host=127.0.0.1;Port=1;Username=warta;Database=koran", Migrator.Main));
        Assert.Contains("127.0.0.1/koran can't be reached", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_data_folder_has_one_holder_at_a_time()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        using (var first = newsroom.Folder.TryLock())
        {
            Assert.NotNull(first);
            Assert.Null(newsroom.Folder.TryLock());
            Assert.Null(new DataFolder(newsroom.Folder.Path).TryLock());
        }

        using var again = newsroom.Folder.TryLock();
        Assert.NotNull(again);
    }

    [Fact]
    public void A_control_socket_has_a_path_that_fits_however_deep_the_folder()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        Assert.Equal(Path.Combine(newsroom.Folder.Path, "control.sock"), newsroom.Folder.ControlSocket);
        var deep = new DataFolder(Path.Combine(newsroom.Folder.Path, new string('x', 80), new string('y', 80)));
        Assert.True(deep.ControlSocket.Length <= 100);
        Assert.NotEqual(deep.ControlSocket, new DataFolder(Path.Combine(deep.Path, "z")).ControlSocket);
    }

    [Fact]
    public void A_bulk_load_keeps_the_write_ahead_log_below_80_MB()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        var wal = newsroom.Folder.DatabaseFile(Migrator.Main) + "-wal";
        var value = new string('x', 400_000);
        long longest = 0;
        newsroom.Database.Write(session => session.Execute("CREATE TABLE load (number INTEGER PRIMARY KEY, value TEXT NOT NULL)"));
        for (var i = 0; i < 20; i++)
        {
            newsroom.Database.Write(session =>
            {
                for (var n = 0; n < 25; n++) session.Run("INSERT INTO load (value) VALUES (@p1)", value);
            });
            longest = Math.Max(longest, new FileInfo(wal).Length);
        }

        Assert.InRange(longest, 1, 80 << 20);
        Assert.True(newsroom.Database.Size() > 150 << 20);
    }

    [Fact]
    public void Tidying_between_writes_lets_the_write_ahead_log_start_over()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        var wal = newsroom.Folder.DatabaseFile(Migrator.Main) + "-wal";
        var value = new string('x', 1 << 20);
        newsroom.Database.Write(session => session.Execute("CREATE TABLE load (number INTEGER PRIMARY KEY, value TEXT NOT NULL)"));
        for (var i = 0; i < 20; i++)
        {
            newsroom.Database.Write(session => session.Run("INSERT INTO load (value) VALUES (@p1)", value));
            newsroom.Database.Tidy();
        }

        Assert.InRange(new FileInfo(wal).Length, 1, 4 << 20);
    }
}
