namespace Warta.Bench;

/// <summary>What <c>bin/bench site</c> was asked for.</summary>
internal sealed record SiteOptions
{
    public static readonly string[] Parts = ["hot", "zipf", "disturbed", "uncached", "visible", "beacons"];

    /// <summary>The archives, each by its number of stories, in order.</summary>
    public IReadOnlyList<int> Stories { get; init; } = [10_000, 1_000_000];
    public int Seconds { get; init; } = 15;
    public int Runs { get; init; } = 3;

    /// <summary>One of <see cref="Parts"/>; null for all.</summary>
    public string? Only { get; init; }
    public bool Fresh { get; init; }
    public bool Json { get; init; }

    public bool Has(string part) => Only is null || Only == part;

    /// <returns>The options, or the word that isn't understood.</returns>
    public static (SiteOptions? Options, string? Wrong) Read(IReadOnlyList<string> words)
    {
        var options = new SiteOptions();
        for (var i = 0; i < words.Count; i++)
        {
            var value = i + 1 < words.Count ? words[i + 1] : "";
            var read = words[i] switch
            {
                "--quick" => options with { Stories = [10_000], Seconds = 5, Runs = 1 },
                "--fresh" => options with { Fresh = true },
                "--json" => options with { Json = true },
                "--stories" when Numbers(value) is { } stories => options with { Stories = stories },
                "--seconds" when Number(value) is { } seconds => options with { Seconds = seconds },
                "--runs" when Number(value) is { } runs => options with { Runs = runs },
                "--only" when Parts.Contains(value) => options with { Only = value },
                _ => null,
            };
            if (read is null) return (null, words[i].StartsWith("--", StringComparison.Ordinal) && value.Length > 0 ? $"{words[i]} {value}" : words[i]);
            options = read;
            if (words[i] is "--stories" or "--seconds" or "--runs" or "--only") i++;
        }

        return (options, null);
    }

    private static int? Number(string text) => int.TryParse(text, out var number) && number is > 0 and <= 600 ? number : null;

    private static List<int>? Numbers(string text)
    {
        var numbers = text.Split(',').Select(part => int.TryParse(part, out var number) ? number : 0).Distinct().Order().ToList();
        return numbers.TrueForAll(number => number is >= 1_000 and <= 10_000_000) ? numbers : null;
    }
}
