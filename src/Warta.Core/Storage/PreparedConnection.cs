using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Warta.Storage;

/// <summary>
/// A SQLite connection that keeps the statements it has prepared, by their text: to prepare one takes longer than most of ours run. Not for several
/// threads at a time.
/// </summary>
internal sealed class PreparedConnection(string connectionString) : SqliteConnection(connectionString)
{
    /// <summary>More than Warta has queries, so that only those made up for one search leave.</summary>
    private const int Most = 300;

    private readonly Dictionary<string, Idle> _idle = [];
    private long _uses;

    private readonly record struct Idle(SqliteCommand Command, long UsedAt);

    public override void Open()
    {
        base.Open();
        KeepPlans(this);
    }

    /// <summary>
    /// Plans don't depend on the values given: else SQLite prepares a statement anew each time that its <c>LIMIT @count</c> is given one, and all is for
    /// nothing.
    /// </summary>
    internal static void KeepPlans(SqliteConnection connection) => raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _);

    /// <summary>How many statements wait for their next use.</summary>
    public int Prepared => _idle.Count;

    /// <summary>Runs a statement that returns nothing.</summary>
    public void Run(string sql)
    {
        using var command = new Statement(this) { CommandText = sql };
        command.ExecuteNonQuery();
    }

    protected override DbCommand CreateDbCommand() => new Statement(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var idle in _idle.Values) idle.Command.Dispose();
            _idle.Clear();
        }

        base.Dispose(disposing);
    }

    /// <summary>A command that is nobody else's until it is given back: a statement whose rows are still being read can't begin anew.</summary>
    private SqliteCommand Take(string sql)
    {
        if (_idle.Remove(sql, out var idle)) return idle.Command;
        var command = CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private void GiveBack(SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Transaction = null;
        if (State != ConnectionState.Open || !_idle.TryAdd(command.CommandText, new Idle(command, ++_uses)))
        {
            command.Dispose();
            return;
        }

        if (_idle.Count <= Most) return;
        var oldest = _idle.MinBy(idle => idle.Value.UsedAt).Key;
        _idle.Remove(oldest, out var least);
        least.Command.Dispose();
    }

    /// <summary>What Dapper takes for a command. It becomes a prepared one when it learns its text, and gives that back when it is disposed of.</summary>
    private sealed class Statement(PreparedConnection connection) : DbCommand
    {
        private SqliteCommand? _command;
        private bool _hasFailed;

        private SqliteCommand Command => _command ?? throw new InvalidOperationException("The command has no text.");

        [AllowNull]
        public override string CommandText
        {
            get => _command?.CommandText ?? "";
            set
            {
                Release();
                _command = connection.Take(value ?? "");
            }
        }

        public override int CommandTimeout { get => Command.CommandTimeout; set => Command.CommandTimeout = value; }

        public override CommandType CommandType { get => Command.CommandType; set => Command.CommandType = value; }

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection { get => connection; set => throw new NotSupportedException("A statement stays with its connection."); }

        protected override DbParameterCollection DbParameterCollection => Command.Parameters;

        protected override DbTransaction? DbTransaction { get => Command.Transaction; set => Command.Transaction = (SqliteTransaction?)value; }

        public override int ExecuteNonQuery() => Guarded(() => Command.ExecuteNonQuery());

        public override object? ExecuteScalar() => Guarded(() => Command.ExecuteScalar());

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Guarded(() => Command.ExecuteReader(behavior));

        public override void Prepare() => Command.Prepare();

        public override void Cancel() => Command.Cancel();

        protected override DbParameter CreateDbParameter() => new SqliteParameter();

        protected override void Dispose(bool disposing)
        {
            if (disposing) Release();
            base.Dispose(disposing);
        }

        private void Release()
        {
            if (_command is not { } command) return;
            _command = null;
            if (_hasFailed) command.Dispose();
            else connection.GiveBack(command);
        }

        /// <summary>A statement that failed isn't used again.</summary>
        private T Guarded<T>(Func<T> execute)
        {
            try
            {
                return execute();
            }
            catch
            {
                _hasFailed = true;
                throw;
            }
        }
    }
}
