using System.Text.Json;

namespace Warta.Bench;

/// <summary>The stories that are imported.</summary>
internal static class Archive
{
    /// <summary>As many as the shared archive holds.</summary>
    private const int MadeUp = 22_000;

    private static readonly string[] Syllables = ["ka", "ri", "mu", "lan", "to", "se", "bar", "ni", "gu", "pel", "dan", "wi", "tor", "ja", "mas", "ku", "len", "ba", "sir", "pa"];

    /// <summary>The checkout that this program was built in.</summary>
    public static string Checkout
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
                if (File.Exists(Path.Combine(folder.FullName, "Warta.slnx"))) return folder.FullName;
            throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Warta.slnx: run bin/bench of a checkout.");
        }
    }

    /// <returns>The file, and what it is called in the report.</returns>
    public static (string File, string Name) Find(string? given, string folder)
    {
        if (given is not null) return File.Exists(given) ? (Path.GetFullPath(given), Path.GetFileName(given)) : throw new FileNotFoundException($"There is no file at {given}.");
        var shared = Path.GetFullPath(Path.Combine(Checkout, "..", "shared", "data", "id-clickid-2019", "articles.ninjs.jsonl.gz"));
        if (File.Exists(shared)) return (shared, "shared/data/id-clickid-2019");
        var made = Path.Combine(folder, "made-up.jsonl");
        Write(made);
        return (made, $"{MadeUp:N0} made-up stories (the shared archive isn't here)");
    }

    private static void Write(string file)
    {
        var random = new Random(2019);
        var first = new DateTimeOffset(2019, 6, 1, 0, 0, 0, TimeSpan.FromHours(7));
        File.WriteAllLines(file, Enumerable.Range(1, MadeUp).Select(number =>
        {
            var topic = random.Next(500);
            return JsonSerializer.Serialize(new
            {
                uri = $"urn:bench:{number}",
                type = "text",
                language = "id",
                headlines = new[] { new { role = "main", value = $"{Words(random, topic, 7)} {number}" } },
                bodies = new[] { new { contentType = "text/html", value = string.Concat(Enumerable.Range(0, 10).Select(_ => $"<p>{Words(random, topic, 30)}.</p>")) } },
                subjects = new[] { new { rel = "section", name = $"kanal {topic % 12}" } },
                firstCreated = first.AddMinutes(number * 6).ToString("yyyy-MM-dd'T'HH:mm:sszzz"),
                versionCreated = first.AddMinutes(number * 6).ToString("yyyy-MM-dd'T'HH:mm:sszzz"),
            });
        }));
    }

    private static string Words(Random random, int topic, int count) =>
        string.Join(' ', Enumerable.Range(0, count).Select(_ => random.Next(4) > 0 ? Word((int)(8_000 * Math.Pow(random.NextDouble(), 3))) : Word(topic * 16 + random.Next(60))));

    private static string Word(int number) => Syllables[number % 20] + Syllables[number / 20 % 20] + Syllables[number / 400 % 20];
}
