using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Warta.Bench;

/// <summary>A database on a PostgreSQL server that holds what an archive's SQLite file holds. It is dropped at the end.</summary>
internal sealed class PostgresCopy : IDisposable
{
    private readonly string _server, _name = $"warta_bench_{Environment.ProcessId}";

    public PostgresCopy(string server)
    {
        _server = server;
        Connection = new NpgsqlConnectionStringBuilder(server) { Database = _name }.ConnectionString;
        Run(server, $"CREATE DATABASE {_name} ENCODING 'UTF8' TEMPLATE template0");
    }

    public string Connection { get; }

    /// <summary>Copies every table that both have. For that the server's user has to be allowed to switch off foreign keys.</summary>
    public void Fill(string file)
    {
        using var from = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        using var to = new NpgsqlConnection(Connection);
        from.Open();
        to.Open();
        Run(to, "SET session_replication_role = replica");
        var tables = Names(to, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT IN ('desk_entries', 'search_entries')")
            .Intersect(Names(from, "SELECT name FROM sqlite_master WHERE type = 'table'")).ToList();
        Run(to, $"TRUNCATE {string.Join(", ", tables)} CASCADE");
        foreach (var table in tables) Copy(from, to, table);
        // What SQLite keeps of these words can't be read back.
        Run(to, "INSERT INTO desk_entries (rowid, terms) SELECT article_id, to_tsvector('simple', headline || ' ' || standfirst) FROM revisions");
        foreach (var table in Names(to, "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'id' AND is_identity = 'YES'"))
            Run(to, $"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM {table}))");
        Run(to, "ANALYZE");
    }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        Run(_server, $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
    }

    private static void Copy(SqliteConnection from, NpgsqlConnection to, string table)
    {
        var types = new Dictionary<string, NpgsqlDbType>();
        using (var command = new NpgsqlCommand($"SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}' AND is_generated = 'NEVER'", to))
        using (var columns = command.ExecuteReader())
            while (columns.Read())
                types[columns.GetString(0)] = columns.GetString(1) switch { "bigint" => NpgsqlDbType.Bigint, "bytea" => NpgsqlDbType.Bytea, "double precision" => NpgsqlDbType.Double, "integer" => NpgsqlDbType.Integer, _ => NpgsqlDbType.Text };
        var names = string.Join(", ", types.Keys);
        using var select = from.CreateCommand();
        select.CommandText = $"SELECT {names} FROM {table}";
        using var rows = select.ExecuteReader();
        using var writer = to.BeginBinaryImport($"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)");
        var kinds = types.Values.ToList();
        while (rows.Read())
        {
            writer.StartRow();
            for (var i = 0; i < kinds.Count; i++)
            {
                if (rows.IsDBNull(i)) writer.WriteNull();
                else if (kinds[i] == NpgsqlDbType.Bigint) writer.Write(rows.GetInt64(i), kinds[i]);
                else if (kinds[i] == NpgsqlDbType.Integer) writer.Write(rows.GetInt32(i), kinds[i]);
                else if (kinds[i] == NpgsqlDbType.Double) writer.Write(rows.GetDouble(i), kinds[i]);
                else if (kinds[i] == NpgsqlDbType.Bytea) writer.Write(rows.GetFieldValue<byte[]>(i), kinds[i]);
                else writer.Write(rows.GetString(i), kinds[i]);
            }
        }

        writer.Complete();
    }

    private static List<string> Names(System.Data.Common.DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var names = new List<string>();
        while (rows.Read()) names.Add(rows.GetString(0));
        return names;
    }

    private static void Run(string server, string sql)
    {
        using var connection = new NpgsqlConnection(server);
        connection.Open();
        Run(connection, sql);
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.ExecuteNonQuery();
    }
}
