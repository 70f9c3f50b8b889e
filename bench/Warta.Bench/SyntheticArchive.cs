using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Warta.Bench;

/// <summary>
/// A newspaper of made-up stories, written straight into a fresh database: an import of a million would take an hour. As the site shows them they are
/// stories like any other, without pictures; for search they aren't there. Kept for the next run, as it is costly to make.
/// </summary>
internal sealed class SyntheticArchive
{
    /// <summary>Of what is written here: another number, and what is kept is made anew.</summary>
    private const int Version = 3;

    private const int TagCount = 500, AuthorCount = 200, RelatedCount = 5, TagsOfStory = 3, Paragraphs = 7, Commit = 50_000;

    private static readonly string[] Sections = ["Nasional", "Ekonomi", "Bola", "Olahraga", "Hiburan", "Teknologi", "Otomotif", "Kesehatan", "Wisata", "Daerah", "Internasional", "Opini"];
    private static readonly TimeSpan Zone = TimeSpan.FromHours(7), Between = TimeSpan.FromMinutes(10);

    private SyntheticArchive(string folder)
    {
        Data = Path.Combine(folder, "data");
        AddressFile = Path.Combine(folder, "addresses.txt");
        Token = File.ReadAllText(Path.Combine(folder, "token")).Trim();
        Addresses = File.ReadAllLines(AddressFile);
    }

    public string Data { get; }

    /// <summary>Every story's path, a line each, in an order that says nothing of its age: what is read most lies anywhere in the database.</summary>
    public string AddressFile { get; }
    public string[] Addresses { get; }

    /// <summary>Of an admin, for the API.</summary>
    public string Token { get; }

    /// <summary>The section that the bench's own stories are published in.</summary>
    public static string Section => Sections[0];

    /// <summary>The archive of an earlier run, or a new one.</summary>
    /// <param name="run">Runs a command of Warta and gives what it prints.</param>
    public static SyntheticArchive Get(int stories, bool fresh, string kept, string schema, Func<string[], string> run)
    {
        var folder = Path.Combine(kept, $"{stories}-{schema}-v{Version}");
        if (!fresh && Directory.Exists(folder)) return new SyntheticArchive(folder);
        // Those of an earlier schema are of no use any more, and large.
        foreach (var old in Directory.Exists(kept) ? Directory.GetDirectories(kept, $"{stories}-*") : []) Directory.Delete(old, recursive: true);
        var part = folder + ".part";
        var data = Path.Combine(part, "data");
        Directory.CreateDirectory(part);
        File.WriteAllText(Path.Combine(part, "token"), run(["token", "add", "bench", "--role", "admin", "--data", data]));
        // Else pages name the port that they were made at, and are no use at the next one.
        run(["title", "set", "warta", "url", "http://localhost", "--data", data]);
        var clock = Stopwatch.StartNew();
        Console.WriteLine($"Making an archive of {stories:N0} stories, which is kept in {folder}");
        var addresses = Fill(Path.Combine(data, "warta.db"), stories);
        new Random(1).Shuffle(addresses);
        File.WriteAllLines(Path.Combine(part, "addresses.txt"), addresses);
        Directory.Move(part, folder);
        Console.WriteLine($"  {"made in",-34} {clock.Elapsed.TotalSeconds,10:N0} s, {new FileInfo(Path.Combine(folder, "data", "warta.db")).Length >> 20:N0} MB");
        return new SyntheticArchive(folder);
    }

    private static string[] Fill(string file, int stories)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        // If this is cut short, the file is thrown away.
        Run(connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -1000000; PRAGMA temp_store = MEMORY;");
        var addresses = new Writer(connection, stories).Write();
        Run(connection, "PRAGMA journal_mode = WAL");
        return addresses;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Value(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar());
    }

    /// <summary>Writes what publishing a story writes, but for the search index and what related stories are found by.</summary>
    private sealed class Writer(SqliteConnection connection, int stories)
    {
        private readonly Random _random = new(2026);
        private readonly Dictionary<string, SqliteCommand> _commands = [];
        private readonly HashSet<string> _slugsOfDay = [];
        private readonly StringBuilder _body = new();
        private readonly long _now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

        public string[] Write()
        {
            var text = new MadeUpText(_random);
            var addresses = new string[stories];
            var title = Value(connection, "SELECT min(id) FROM titles");
            Run(connection, "BEGIN");
            for (var i = 1; i <= Sections.Length; i++) Insert("sections", ("id", i), ("title_id", title), ("path", Sections[i - 1].ToLowerInvariant()), ("name", Sections[i - 1]), ("created_at", _now));
            for (var i = 1; i <= TagCount; i++) Insert("tags", ("id", i), ("slug", $"topik-{i}"), ("name", $"Topik {text.Name()} {i}"));
            for (var i = 1; i <= AuthorCount; i++) Insert("authors", ("id", i), ("slug", $"penulis-{i}"), ("name", $"{text.Name()} {text.Name()}"));
            Run(connection, "UPDATE event_clock SET number = number + 1");
            var eventNumber = Value(connection, "SELECT number FROM event_clock");
            Insert("events", ("number", eventNumber), ("kind", "imported"), ("title_id", title), ("actor", "bench"), ("data", "{}"), ("happened_at", _now));

            var today = 0L;
            var first = DateTimeOffset.FromUnixTimeMilliseconds(_now).ToOffset(Zone) - TimeSpan.FromHours(1) - (stories - 1) * Between;
            for (var id = 1; id <= stories; id++)
            {
                var published = first + (id - 1) * Between;
                var day = published.Year * 10_000L + published.Month * 100 + published.Day;
                if (day != today) _slugsOfDay.Clear();
                today = day;
                addresses[id - 1] = Story(text, id, title, eventNumber, published.ToUnixTimeMilliseconds(), day);
                if (id % Commit == 0) Run(connection, "COMMIT; BEGIN");
                if (id % 100_000 == 0) Console.WriteLine($"  {id:N0} stories");
            }

            Run(connection, "COMMIT");
            foreach (var command in _commands.Values) command.Dispose();
            return addresses;
        }

        private string Story(MadeUpText text, long id, long title, long eventNumber, long published, long day)
        {
            var headline = text.Headline();
            var slug = headline.ToLowerInvariant().Replace(' ', '-');
            if (!_slugsOfDay.Add(slug)) _slugsOfDay.Add(slug += $"-{id}");
            var section = 1 + _random.Next(Sections.Length);
            var author = 1 + _random.Next(AuthorCount);
            // Few tags are on most stories.
            var tags = Enumerable.Range(0, TagsOfStory).Select(_ => 1 + (int)(TagCount * Math.Pow(_random.NextDouble(), 2))).Distinct().ToList();
            var target = id == 1 ? 0 : 1 + _random.NextInt64(id - 1);

            Insert("articles", ("id", id), ("uri", $"urn:bench:{id:0000000}"), ("kind", "story"), ("canonical_title_id", title), ("section_id", section), ("headline_key", headline.ToLowerInvariant()), ("version", 1),
                ("no_ads", 0), ("usage_terms", ""), ("copyright_holder", ""), ("source_hash", ""), ("created_at", published), ("created_by", $"user:penulis{author}@example.com"), ("worked_at", published), ("worked_by", $"user:penulis{author}@example.com"), ("worked_headline", headline));
            var standfirst = text.Paragraph(16);
            Insert("desk_entries", ("rowid", id), ("terms", $"{headline} {standfirst}".ToLowerInvariant()));
            Insert("revisions", ("id", id), ("article_id", id), ("number", 1), ("language", "id"), ("kicker", ""), ("headline", headline), ("standfirst", standfirst), ("dateline", ""),
                ("bylines", $$"""[{"author":{{author}},"role":"writer"}]"""), ("tags", $"[{string.Join(',', tags)}]"), ("saved_at", published), ("saved_by", "bench"), ("body", Body(text, target)));
            Insert("publications", ("title_id", title), ("article_id", id), ("revision_id", id), ("section_id", section), ("slug", slug), ("day", day), ("first_published_at", published), ("updated_at", published),
                ("from_at", published), ("actor", "bench"), ("event_number", eventNumber));
            Insert("slugs", ("title_id", title), ("slug", slug), ("day", day), ("article_id", id), ("from_at", published));
            List("title", 0);
            List("section", section);
            List("author", author);
            foreach (var tag in tags) List("tag", tag);
            if (target > 0) Insert("read_alsos", ("article_id", id), ("block_id", "baca"), ("target_id", target), ("wanted", ""), ("wanted_key", ""), ("wanted_uri", ""));
            var related = Enumerable.Range(0, RelatedCount).Select(_ => 1 + _random.NextInt64(id)).Where(other => other != id).Distinct().ToList();
            for (var i = 0; i < related.Count; i++) Insert("related", ("title_id", title), ("article_id", id), ("position", i + 1), ("target_id", related[i]), ("score", 1.0 / (i + 1)));
            return $"/{Sections[section - 1].ToLowerInvariant()}/{day / 10_000:0000}/{day / 100 % 100:00}/{day % 100:00}/{slug}";

            void List(string kind, long key) => Insert("listings", ("title_id", title), ("kind", kind), ("key_id", key), ("first_published_at", published), ("article_id", id));
        }

        private string Body(MadeUpText text, long readAlso)
        {
            _body.Clear().Append("{\"version\":1,\"blocks\":[");
            for (var i = 1; i <= Paragraphs; i++)
            {
                _body.Append(i == 1 ? "" : ",").Append($$"""{"id":"p{{i}}","type":"paragraph","text":"{{text.Paragraph(30 + _random.Next(25))}}"}""");
                if (i == 3 && readAlso > 0) _body.Append(',').Append($$"""{"id":"baca","type":"read-also","article":{{readAlso}}}""");
            }

            return _body.Append("]}").ToString();
        }

        private void Insert(string table, params ReadOnlySpan<(string Column, object Value)> row)
        {
            if (!_commands.TryGetValue(table, out var command))
            {
                var columns = new List<string>(row.Length);
                _commands[table] = command = connection.CreateCommand();
                foreach (var (column, value) in row)
                {
                    columns.Add(column);
                    command.Parameters.Add(new SqliteParameter("@" + column, value));
                }

                command.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(c => "@" + c))})";
                command.Prepare();
            }

            for (var i = 0; i < row.Length; i++) command.Parameters[i].Value = row[i].Value;
            command.ExecuteNonQuery();
        }
    }
}
