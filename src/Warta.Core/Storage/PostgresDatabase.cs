using Npgsql;

namespace Warta.Storage;

/// <summary>PostgreSQL. Writers take one advisory lock first, so commits happen in the order of the event clock, as on SQLite.</summary>
internal sealed class PostgresDatabase : Database
{
    /// <summary>"WRTA" as a number: the key of our advisory locks.</summary>
    internal const long LockKey = 0x57525441;
    private readonly NpgsqlDataSource _source;
    private readonly string _where;

    public PostgresDatabase(string connection) : base(Dialect.Postgres)
    {
        try
        {
            var builder = new NpgsqlDataSourceBuilder(connection);
            builder.ConnectionStringBuilder.ApplicationName ??= "warta";
            builder.ConnectionStringBuilder.MaxAutoPrepare = 100;
            _where = $"{builder.ConnectionStringBuilder.Host}/{builder.ConnectionStringBuilder.Database}";
            _source = builder.Build();
        }
        catch (ArgumentException e)
        {
            throw new StorageException($"--database is not a PostgreSQL connection string ({e.Message}). Example: Host=localhost;Username=warta;Database=warta", e);
        }
    }

    public override T Read<T>(Func<Session, T> work) => Guarded(() =>
    {
        using var connection = _source.OpenConnection();
        using var transaction = connection.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);
        return work(new Session(connection, transaction, Dialect));
    });

    public override T Write<T>(Func<WriteSession, T> work) => Guarded(() =>
    {
        using var connection = _source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        using var statements = new StatementCache();
        var session = new WriteSession(connection, transaction, Dialect, statements);
        session.Execute("SELECT pg_advisory_xact_lock(@LockKey)", new { LockKey });
        var result = work(session);
        transaction.Commit();
        return result;
    });

    public override long Size() => Read(session => session.Value<long>("SELECT pg_database_size(current_database())"));

    public override void Dispose() => _source.Dispose();

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DiskFull)
        {
            throw new StorageException($"The database server's disk is full ({_where}): nothing of this change was saved. Free some space and try again.", e);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InvalidCatalogName)
        {
            throw new StorageException($"PostgreSQL at {_where} refused the connection: {e.MessageText}. Check --database.", e);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new StorageException($"PostgreSQL at {_where} doesn't let this user work there: {e.MessageText}. Make the user the database's owner, or check --database.", e);
        }
        catch (PostgresException e) when (e.SqlState[..2] is "08" or "53" or "57" or "58" || e.SqlState == PostgresErrorCodes.ObjectNotInPrerequisiteState)
        {
            // Lost connections, want of connections or memory, an operator's stop or his closed door, the server's own disk.
            throw new StorageException($"PostgreSQL at {_where} can't go on ({e.MessageText}): nothing of this change was saved. Look into its log and try again.", e);
        }
        catch (NpgsqlException e) when (e is not PostgresException)
        {
            throw new StorageException($"PostgreSQL at {_where} can't be reached ({e.Message}). Check that it runs and that --database is right.", e);
        }
    }
}
