using System.Data;
using System.Data.Common;
using Dapper;

namespace Warta.Storage;

/// <summary>A conversation with the database in one transaction: every read in it sees the same moment.</summary>
public class Session(DbConnection connection, DbTransaction? transaction, Dialect dialect)
{
    public Dialect Dialect => dialect;

    /// <summary>Where it is written down what this conversation reads; null when nobody keeps what he makes of it.</summary>
    public Reading? Reading { get; set; }

    /// <summary>What follows depends on this.</summary>
    public void Note(Key key) => Reading?.Keys.Add(key);

    /// <summary>All rows, in memory: no reader stays open behind the caller's back.</summary>
    public List<T> Query<T>(string sql, object? arguments = null) =>
        connection.Query<T>(dialect.Fill(sql), arguments, transaction).AsList();

    /// <summary>Rows one by one, for passes over more than memory should hold.</summary>
    public IEnumerable<T> Stream<T>(string sql, object? arguments = null) =>
        connection.Query<T>(dialect.Fill(sql), arguments, transaction, buffered: false);

    public T? First<T>(string sql, object? arguments = null) =>
        connection.QueryFirstOrDefault<T>(dialect.Fill(sql), arguments, transaction);

    public T Value<T>(string sql, object? arguments = null) =>
        connection.ExecuteScalar<T>(dialect.Fill(sql), arguments, transaction)!;

    /// <summary>One moment, or null. Dapper hands a lone NULL to the type handler, which has nothing to make of it.</summary>
    public DateTimeOffset? Time(string sql, object? arguments = null) =>
        First<long?>(sql, arguments) is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;

    /// <summary>A list of ids, to pass as the parameter that <c>[[ids:…]]</c> names.</summary>
    public object Ids(IEnumerable<long> ids) => dialect.Ids(ids);

    /// <summary>A list of texts, to pass as the parameter that <c>[[texts:…]]</c> names.</summary>
    public object Texts(IEnumerable<string> texts) => dialect.Texts(texts);

    protected DbConnection Connection => connection;
    protected DbTransaction? Transaction => transaction;
}

/// <summary>A transaction that may change things. Its commit belongs to <see cref="Database.Write{T}"/>.</summary>
public sealed class WriteSession(DbConnection connection, DbTransaction transaction, Dialect dialect, StatementCache statements)
    : Session(connection, transaction, dialect)
{
    /// <summary>What this transaction changes.</summary>
    public IReadOnlyDictionary<Key, Change> Touched => _touched;

    private readonly Dictionary<Key, Change> _touched = [];

    /// <summary>Says that a thing changes here; the gravest change counts.</summary>
    public void Touch(Key key, Change change = Change.Updated)
    {
        if (!_touched.TryGetValue(key, out var known) || known < change) _touched[key] = change;
    }

    /// <summary>Runs a statement and tells how many rows it touched. With a list of argument sets, once for each.</summary>
    public int Execute(string sql, object? arguments = null) =>
        Connection.Execute(Dialect.Fill(sql), arguments, Transaction);

    /// <summary>Runs a statement that a bulk load repeats, prepared once per connection. Values stand in the order of @1, @2, …</summary>
    public int Run(string sql, params ReadOnlySpan<object?> values) => Bound(sql, values).ExecuteNonQuery();

    /// <summary>Like <see cref="Run"/>, for an INSERT … RETURNING id.</summary>
    public long RunForId(string sql, params ReadOnlySpan<object?> values) => (long)Bound(sql, values).ExecuteScalar()!;

    private DbCommand Bound(string sql, ReadOnlySpan<object?> values)
    {
        var command = statements.Get(Connection, Dialect.Fill(sql), values);
        command.Transaction = Transaction;
        return command;
    }
}

/// <summary>Prepared commands of one connection, by their text. Not for several threads: it belongs to the single writer.</summary>
public sealed class StatementCache : IDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = [];

    public DbCommand Get(DbConnection connection, string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = "@p" + (i + 1);
                command.Parameters.Add(parameter);
            }

            _commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.Parameters[i];
            switch (values[i])
            {
                case null:
                    // PostgreSQL wants to know the type of a NULL as well; the parameter keeps that of its last value.
                    parameter.Value = DBNull.Value;
                    break;
                case DateTimeOffset time:
                    parameter.DbType = DbType.Int64;
                    parameter.Value = time.ToUnixTimeMilliseconds();
                    break;
                case long number:
                    parameter.DbType = DbType.Int64;
                    parameter.Value = number;
                    break;
                case int number:
                    parameter.DbType = DbType.Int64;
                    parameter.Value = (long)number;
                    break;
                case bool yes:
                    parameter.DbType = DbType.Int64;
                    parameter.Value = yes ? 1L : 0L;
                    break;
                case double number:
                    parameter.DbType = DbType.Double;
                    parameter.Value = number;
                    break;
                case string text:
                    parameter.DbType = DbType.String;
                    parameter.Value = text;
                    break;
                case byte[] bytes:
                    parameter.DbType = DbType.Binary;
                    parameter.Value = bytes;
                    break;
                case var other:
                    throw new ArgumentException($"A {other.GetType().Name} has no column type in Warta's schema.");
            }
        }

        return command;
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
        _commands.Clear();
    }
}
