using System.Text.Json;

namespace Warta.Bench;

/// <summary>What <c>bin/bench lists</c> is asked for.</summary>
/// <param name="Articles">Stories as ninjs, of which <paramref name="Gold"/> has the links; null: the shared ones.</param>
/// <param name="Gold">source_uri and target_uri in columns divided by tabs, with a heading.</param>
/// <param name="Reads">Reads per story per 15 minutes; null: the shared ones.</param>
internal sealed record ListsOptions(string? Articles, string? Gold, string? Reads, bool Scale, bool Json)
{
    /// <returns>What was asked, or the word that isn't understood.</returns>
    public static (ListsOptions? Asked, string? Wrong) Read(ReadOnlySpan<string> words)
    {
        var asked = new ListsOptions(null, null, null, false, false);
        for (var i = 0; i < words.Length; i++)
        {
            var value = i + 1 < words.Length ? words[i + 1] : null;
            switch (words[i])
            {
                case "--json": asked = asked with { Json = true }; continue;
                case "--scale": asked = asked with { Scale = true }; continue;
                case "--articles" when value is not null: asked = asked with { Articles = value }; break;
                case "--gold" when value is not null: asked = asked with { Gold = value }; break;
                case "--reads" when value is not null: asked = asked with { Reads = value }; break;
                default: return (null, words[i]);
            }

            i++;
        }

        return asked.Articles is null != asked.Gold is null ? (null, "--articles without --gold, or the other way round,") : (asked, null);
    }
}

/// <summary>The lists beside what editors and readers chose. The figures are of the product's own code.</summary>
internal static class ListsBench
{
    public static int Run(ListsOptions asked)
    {
        using var children = new Children();
        var figures = new SortedDictionary<string, object>(StringComparer.Ordinal);
        try
        {
            RelatedBench.Run(children, asked, figures);
            MostReadBench.Run(children, asked, figures);
            if (asked.Json) Console.WriteLine(JsonSerializer.Serialize(figures, JsonSerializerOptions.Web));
            return 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    /// <summary>A file of the shared data; null, and said so, where it isn't there.</summary>
    public static string? Shared(params string[] parts)
    {
        var path = Path.GetFullPath(Path.Combine([Archive.Checkout, "..", "shared", "data", .. parts]));
        if (File.Exists(path)) return path;
        Console.WriteLine($"{path} isn't here: left out.");
        return null;
    }
}
