using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Warta.Storage;

/// <summary>
/// SQLite in WAL mode. One connection does every commit and every checkpoint (the bundled 3.50 has a WAL-reset bug with two checkpointers);
/// readers are read-only connections. Automatic checkpoints are off: <see cref="Tidy"/> does them when idle, a commit when the log passes 64 MB.
/// </summary>
internal sealed class SqliteDatabase : Database
{
    /// <summary>"WRTA": tells our files from other programs' databases.</summary>
    private const int ApplicationId = 0x57525441;
    private const long WalLimit = 64L << 20;
    private const int NotADatabase = 26, Corrupt = 11, Full = 13, CannotOpen = 14, ReadOnly = 8, Busy = 5, IoError = 10;

    private readonly string _file;
    private readonly SqliteConnection _writer;
    private readonly StatementCache _statements = new();
    private readonly Lock _writing = new();
    private readonly ConcurrentBag<PreparedConnection> _readers = [];
    private bool _unchecked;
    private volatile bool _disposed;

    public SqliteDatabase(string file, bool durable) : base(Dialect.Sqlite)
    {
        _file = file;
        _writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        Guarded(() =>
        {
            _writer.Open();
            Claim();
            // A data folder is one process's (its lock says so), so nobody else checkpoints.
            Pragma(_writer, $"""
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = {(durable ? "FULL" : "NORMAL")};
                PRAGMA wal_autocheckpoint = 0;
                PRAGMA foreign_keys = ON;
                -- What is deleted is overwritten, so that a purge leaves nothing in free pages.
                PRAGMA secure_delete = ON;
                PRAGMA cache_size = -32768;
                PRAGMA temp_store = MEMORY;
                PRAGMA busy_timeout = 5000;
                """);
            return 0;
        });
    }

    public override T Read<T>(Func<Session, T> work) => Guarded(() =>
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var connection = _readers.TryTake(out var idle) ? idle : OpenReader();
        var isSound = false;
        try
        {
            connection.Run("BEGIN");
            try
            {
                return work(new Session(connection, null, Dialect));
            }
            finally
            {
                connection.Run("ROLLBACK");
                isSound = true;
            }
        }
        finally
        {
            if (isSound) _readers.Add(connection);
            else connection.Dispose();
        }
    });

    public override T Write<T>(Func<WriteSession, T> work) => Guarded(() =>
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            T result;
            using (var transaction = _writer.BeginTransaction())
            {
                result = work(new WriteSession(_writer, transaction, Dialect, _statements));
                transaction.Commit();
            }

            _unchecked = true;
            if (WalLength() > WalLimit) Checkpoint("TRUNCATE");
            return result;
        }
    });

    public override void Tidy()
    {
        // Between two commits of a busy writer there is no idle moment worth waiting for.
        if (!_unchecked || _disposed || !_writing.TryEnter()) return;
        try
        {
            if (!_disposed) Checkpoint("PASSIVE");
        }
        finally
        {
            _writing.Exit();
        }
    }

    public override long Size() => new[] { _file, _file + "-wal" }.Where(File.Exists).Sum(file => new FileInfo(file).Length);

    public override void Dispose()
    {
        lock (_writing)
        {
            if (_disposed) return;
            _disposed = true;
            _statements.Dispose();
            while (_readers.TryTake(out var reader)) reader.Dispose();
            try
            {
                if (_unchecked) Checkpoint("TRUNCATE");
            }
            catch (SqliteException)
            {
                // The log stays beside the file, and is read at the next start: nothing is lost.
            }

            _writer.Dispose();
        }
    }

    private PreparedConnection OpenReader()
    {
        var reader = new PreparedConnection(new SqliteConnectionStringBuilder { DataSource = _file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        reader.Open();
        Pragma(reader, "PRAGMA query_only = ON; PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY; PRAGMA busy_timeout = 5000;");
        return reader;
    }

    /// <summary>Marks a new file as ours; refuses another program's.</summary>
    private void Claim()
    {
        var id = Scalar("PRAGMA application_id");
        if (id == ApplicationId) return;
        if (id != 0 || Scalar("SELECT count(*) FROM sqlite_master") != 0)
            throw new StorageException($"{_file} is a SQLite database, but not Warta's. Choose another data folder with --data.");
        Pragma(_writer, $"PRAGMA application_id = {ApplicationId};");
    }

    private long Scalar(string sql)
    {
        using var command = _writer.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar());
    }

    private void Checkpoint(string mode)
    {
        Pragma(_writer, $"PRAGMA wal_checkpoint({mode});");
        _unchecked = false;
    }

    private long WalLength() => new FileInfo(_file + "-wal") is { Exists: true } wal ? wal.Length : 0;

    private static void Pragma(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw e.SqliteErrorCode switch
            {
                NotADatabase => new StorageException($"{_file} is not a database. Move it away, or choose another data folder with --data.", e),
                Corrupt => new StorageException($"{_file} is damaged ({e.Message}). Keep the folder as it is, and go on from a copy of it (docs/operate.md).", e),
                Full => new StorageException($"The disk that holds {_file} is full: nothing of this change was saved. Free some space and try again.", e),
                CannotOpen => new StorageException($"{_file} can't be opened. Check that the folder exists and that this user may write in it.", e),
                ReadOnly => new StorageException($"{_file} is read-only. Give this user the right to write in its folder.", e),
                Busy => new StorageException($"{_file} is in use by another program. Close it and try again.", e),
                IoError => new StorageException($"Reading or writing {_file} failed ({e.Message}): nothing of this change was saved. Check the disk.", e),
                _ => e,
            };
        }
    }
}
