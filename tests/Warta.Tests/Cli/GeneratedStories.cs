using System.Text.Json;

namespace Warta.Cli;

/// <summary>Stories in ninjs, made of made-up words: the same seed gives the same file. Each is of one of some topics, so that stories have relatives.</summary>
internal static class GeneratedStories
{
    private static readonly string[] Syllables = ["ka", "ri", "mu", "lan", "to", "se", "bar", "ni", "gu", "pel", "dan", "wi", "tor", "ja", "mas", "ku", "len", "ba", "sir", "pa"];
    private static readonly string[] Sections = ["kota", "bola", "uang", "langit"];
    private static readonly DateTimeOffset First = new(2024, 3, 1, 6, 0, 0, TimeSpan.FromHours(7));

    public static string UriOf(int number) => $"urn:contoh:{number:D5}";

    /// <summary>One item; its number is in its headline, so no two have the same.</summary>
    public static Dictionary<string, object> Story(int number, Random random, string? body = null)
    {
        var topic = random.Next(60);
        var published = First.AddMinutes(random.Next(60 * 24 * 60));
        return new Dictionary<string, object>
        {
            ["uri"] = UriOf(number),
            ["type"] = "text",
            ["language"] = "id",
            ["headlines"] = new[] { new { role = "main", value = $"{Words(random, topic, 5)} {number}" } },
            ["bodies"] = new[] { new { contentType = "text/html", value = body ?? string.Concat(Enumerable.Range(0, 4).Select(_ => $"<p>{Words(random, topic, 30)}.</p>")) } },
            ["by"] = $"Penulis {(char)('A' + topic % 26)}",
            ["subjects"] = new object[] { new { rel = "section", name = Sections[topic % Sections.Length] }, new { rel = "keyword", name = $"tema {topic}" } },
            ["firstCreated"] = published.ToString("yyyy-MM-dd'T'HH:mm:sszzz"),
            ["versionCreated"] = published.ToString("yyyy-MM-dd'T'HH:mm:sszzz"),
        };
    }

    /// <summary>A JSON Lines file of stories, not in the order of their publication.</summary>
    public static string Write(string file, int count, int seed = 7)
    {
        var random = new Random(seed);
        File.WriteAllLines(file, Enumerable.Range(1, count).Select(number => JsonSerializer.Serialize(Story(number, random))));
        return file;
    }

    /// <summary>More stories than any machine imports before a signal reaches it.</summary>
    public const int Endless = 60_000;

    public static string WriteEndless(string file) => Write(file, Endless);

    /// <summary>Leaves the first stories of a file, so that an import of it can end.</summary>
    public static void Shorten(string file, int count)
    {
        var first = File.ReadLines(file).Take(count).ToList();
        File.WriteAllLines(file, first);
    }

    /// <summary>A file of one item with what a test wants of it.</summary>
    public static string WriteOne(string file, string uri, string headline, params (string Key, object Value)[] more)
    {
        var item = Story(1, new Random(1));
        item["uri"] = uri;
        item["headlines"] = new[] { new { role = "main", value = headline } };
        foreach (var (key, value) in more) item[key] = value;
        File.WriteAllText(file, JsonSerializer.Serialize(item));
        return file;
    }

    /// <summary>Two words in three are the topic's own.</summary>
    private static string Words(Random random, int topic, int count) =>
        string.Join(' ', Enumerable.Range(0, count).Select(_ => Word(random.Next(3) == 0 ? random.Next(400) : 1_000 + topic * 40 + random.Next(40))));

    private static string Word(int number) => Syllables[number % 20] + Syllables[number / 20 % 20] + Syllables[number / 400 % 20] + (number % 3 == 0 ? "n" : "");
}
