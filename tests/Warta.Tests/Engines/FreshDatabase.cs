using Npgsql;
using Warta.Storage;

namespace Warta.Engines;

/// <summary>Empty databases with the newest schema. It is built once for each engine and copied: to build it anew takes longer than most tests.</summary>
internal static class FreshDatabase
{
    private static readonly string[] Sets = ["main", "reads"];

    private static readonly Lazy<string> Files = new(() =>
    {
        var path = Directory.CreateTempSubdirectory("warta-fresh-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(path, recursive: true);
        Migrate(path, null);
        return path;
    });

    private static readonly Lazy<string> Template = new(() =>
    {
        var name = $"warta_fresh_{Guid.NewGuid():n}";
        OnServer($"CREATE DATABASE {name}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Drop(name);
        var path = Directory.CreateTempSubdirectory("warta-fresh-").FullName;
        // A database that somebody is connected to can't be copied.
        Migrate(path, To(name, b => b.Pooling = false));
        Directory.Delete(path, recursive: true);
        return name;
    });

    /// <summary>Puts SQLite's files into a data folder.</summary>
    public static void CopyTo(DataFolder folder, params string[] sets)
    {
        foreach (var set in sets)
        {
            var file = folder.DatabaseFile(set);
            File.Copy(Path.Combine(Files.Value, Path.GetFileName(file)), file);
        }
    }

    /// <summary>Makes a PostgreSQL database of this name.</summary>
    /// <returns>How to connect to it.</returns>
    public static string Make(string name)
    {
        OnServer($"CREATE DATABASE {name} TEMPLATE {Template.Value}");
        return To(name, b => b.MaxPoolSize = 20);
    }

    public static void Drop(string name) => OnServer($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    private static void Migrate(string path, string? connection)
    {
        var folder = new DataFolder(path);
        foreach (var set in Sets)
        {
            using var database = Database.Open(folder, connection, set);
            database.Tidy();
        }
    }

    private static string To(string name, Action<NpgsqlConnectionStringBuilder> with)
    {
        var builder = new NpgsqlConnectionStringBuilder(Requirements.Postgres) { Database = name };
        with(builder);
        return builder.ToString();
    }

    private static void OnServer(string sql)
    {
        using var connection = new NpgsqlConnection(Requirements.Postgres);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
