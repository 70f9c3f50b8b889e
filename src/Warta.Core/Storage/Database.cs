using Npgsql;

namespace Warta.Storage;

/// <summary>
/// A database with its schema: SQLite in the data folder, or PostgreSQL. Reads run many at a time, each in a snapshot of its own; writes run one
/// at a time, each in one transaction. Calls block their thread: SQLite has no other way, and a page needs a handful of queries of microseconds
/// (docs/decisions/0003-blocking-storage.md).
/// </summary>
public abstract class Database : IDisposable
{
    protected Database(Dialect dialect)
    {
        TypeHandlers.Register();
        Dialect = dialect;
    }

    public Dialect Dialect { get; }
    public EngineKind Engine => Dialect.Engine;

    /// <summary>Reads at one moment: whatever is committed meanwhile is not seen.</summary>
    /// <exception cref="StorageException">The database is gone, full or damaged.</exception>
    public abstract T Read<T>(Func<Session, T> work);

    /// <summary>One transaction: all of it or, if <paramref name="work"/> throws, nothing.</summary>
    /// <exception cref="StorageException">The database is gone, full, read-only or damaged; nothing was kept.</exception>
    public abstract T Write<T>(Func<WriteSession, T> work);

    public void Write(Action<WriteSession> work) => Write(session =>
    {
        work(session);
        return 0;
    });

    /// <summary>Moves what the write-ahead log holds into the database file when nothing is being written. Nothing to do on PostgreSQL.</summary>
    public virtual void Tidy()
    {
    }

    /// <summary>Bytes on disk.</summary>
    public abstract long Size();

    /// <summary>Opens the schema <paramref name="set"/> ("main" or "reads"), creating or migrating it under a lock.</summary>
    /// <param name="folder">The data folder; the SQLite file stands in it.</param>
    /// <param name="connection">A PostgreSQL connection string; null for SQLite.</param>
    /// <exception cref="StorageException">It can't be opened, is no Warta database, or is newer than this program.</exception>
    public static Database Open(DataFolder folder, string? connection, string set)
    {
        Database database = connection is null
            ? new SqliteDatabase(folder.DatabaseFile(set), durable: set == Migrator.Main)
            : new PostgresDatabase(connection);
        try
        {
            new Migrator(database, set).Migrate();
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>True for what can be a PostgreSQL connection string: at least a host.</summary>
    public static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public abstract void Dispose();
}
