using System.Reflection;

namespace Warta.Storage;

/// <summary>Brings a schema up to what this program knows: numbered texts, each applied once, all in one transaction.</summary>
internal sealed class Migrator(Database database, string set)
{
    public const string Main = "main", Reads = "reads";

    private sealed record Migration(long Number, string Name, string Sql);

    public void Migrate()
    {
        var known = Known(set);
        // The write lock of either engine makes this safe against a second program that starts at the same moment.
        database.Write(session =>
        {
            session.Execute("CREATE TABLE IF NOT EXISTS schema_versions (schema_set [[key]] NOT NULL, number [[int]] NOT NULL, name [[key]] NOT NULL, PRIMARY KEY (schema_set, number))[[strict]]");
            // Several people write migrations at a time: one with a lower number may come after one with a higher.
            var applied = session.Query<long>("SELECT number FROM schema_versions WHERE schema_set = @set", new { set }).ToHashSet();
            var newest = known[^1].Number;
            if (applied.DefaultIfEmpty().Max() is var last && last > newest)
                throw new StorageException($"This database was written by a newer Warta (schema {last}; this program knows up to {newest}). Run the newer version, or restore a backup made with this one.");
            foreach (var migration in known.Where(m => !applied.Contains(m.Number)))
            {
                session.Execute(migration.Sql);
                session.Execute("INSERT INTO schema_versions (schema_set, number, name) VALUES (@set, @Number, @Name)", new { set, migration.Number, migration.Name });
            }
        });
    }

    /// <summary>Files named like <c>main_0001_newspaper.sql</c>, in order.</summary>
    private static List<Migration> Known(string set)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"Migrations/{set}_";
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
                var label = name[prefix.Length..];
                return new Migration(long.Parse(label[..4]), label[5..], text.ReadToEnd());
            })
            .ToList();
    }
}
