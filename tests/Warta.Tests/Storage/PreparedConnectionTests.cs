using Microsoft.Data.Sqlite;
using SQLitePCL;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Storage;

public sealed class PreparedConnectionTests : IDisposable
{
    private const string Numbers = "SELECT value FROM json_each(@list)";
    private readonly PreparedConnection _connection = new("Data Source=:memory:");
    private readonly Session _session;

    public PreparedConnectionTests()
    {
        _connection.Open();
        _connection.Handle!.enable_sqlite3_next_stmt(true);
        _session = new Session(_connection, null, Dialect.Sqlite);
    }

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void A_statement_is_prepared_once_and_takes_new_values_each_time()
    {
        const string sql = "SELECT coalesce(@text, 'none')";
        foreach (var text in new[] { "a", null, "b", null, "" }) Assert.Equal(text ?? "none", _session.Value<string>(sql, new { text }));
        Assert.Equal(1, _connection.Prepared);
    }

    [Fact]
    public void A_statement_with_a_limit_is_not_prepared_anew_for_each_value()
    {
        _connection.Run("CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT)");
        _connection.Run("INSERT INTO words VALUES (1, 'a'), (2, 'b'), (3, 'c')");
        for (var count = 0; count <= 3; count++) Assert.Equal(count, _session.Query<long>("SELECT id FROM words ORDER BY id LIMIT @count OFFSET @skip", new { count, skip = 0 }).Count);

        const int reprepared = 5; // SQLITE_STMTSTATUS_REPREPARE
        var statements = 0;
        for (var statement = raw.sqlite3_next_stmt(_connection.Handle, null); statement is not null; statement = raw.sqlite3_next_stmt(_connection.Handle, statement), statements++)
            Assert.Equal(0, raw.sqlite3_stmt_status(statement, reprepared, 0));
        Assert.True(statements > 0);
    }

    [Fact]
    public void A_value_of_the_last_time_never_stands_in_for_a_missing_one()
    {
        Assert.Equal(7, _session.Value<long>("SELECT @number", new { number = 7 }));
        Assert.Throws<InvalidOperationException>(() => _session.Value<long>("SELECT @number"));
        Assert.Equal(8, _session.Value<long>("SELECT @number", new { number = 8 }));
    }

    [Fact]
    public void A_statement_runs_inside_its_own_rows()
    {
        var pairs = new List<(long, long)>();
        foreach (var outer in _session.Stream<long>(Numbers, new { list = "[1,2]" }))
        {
            foreach (var inner in _session.Stream<long>(Numbers, new { list = "[3,4]" })) pairs.Add((outer, inner));
        }

        Assert.Equal([(1, 3), (1, 4), (2, 3), (2, 4)], pairs);
        Assert.Equal(1, _connection.Prepared);
    }

    [Fact]
    public void Rows_that_nobody_read_to_the_end_are_forgotten()
    {
        Assert.Equal(1, _session.Stream<long>(Numbers, new { list = "[1,2,3]" }).First());
        Assert.Equal(4, _session.First<long>(Numbers, new { list = "[4,5]" }));
        Assert.Equal([6, 7], _session.Query<long>(Numbers, new { list = "[6,7]" }));
    }

    [Fact]
    public void A_statement_that_failed_does_its_work_the_next_time()
    {
        Assert.Throws<SqliteException>(() => _session.Query<long>(Numbers, new { list = "no json" }));
        Assert.Throws<SqliteException>(() => _session.Query<long>("SELECT * FROM later"));
        Assert.Equal([1], _session.Query<long>(Numbers, new { list = "[1]" }));
        _connection.Run("CREATE TABLE later (id INTEGER)");
        Assert.Empty(_session.Query<long>("SELECT * FROM later"));
    }

    [Fact]
    public void A_table_that_has_changed_since_is_seen_as_it_is()
    {
        _connection.Run("CREATE TABLE words (id INTEGER)");
        _connection.Run("INSERT INTO words VALUES (1)");
        Assert.Equal(1, Assert.Single(_session.Query<(long, string)>("SELECT id, 'x' AS word FROM words")).Item1);
        _connection.Run("ALTER TABLE words ADD COLUMN word TEXT NOT NULL DEFAULT 'y'");
        Assert.Equal((1, "x"), Assert.Single(_session.Query<(long, string)>("SELECT id, 'x' AS word FROM words")));
    }

    [Fact]
    public void The_least_used_leave_when_there_are_too_many()
    {
        for (var i = 0; i < 1_000; i++)
        {
            Assert.Equal(i, _session.Value<long>($"SELECT {i}"));
            Assert.Equal(-1, _session.Value<long>("SELECT -1"));
        }

        Assert.Equal(300, _connection.Prepared);
    }
}
