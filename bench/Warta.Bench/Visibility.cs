using System.Diagnostics;

namespace Warta.Bench;

/// <summary>How long a published story takes to stand where readers look for it.</summary>
internal static class Visibility
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10), Pause = TimeSpan.FromMilliseconds(100);
    private static readonly string[] Surfaces = ["article", "front", "section", "tag", "feed", "sitemap", "search"];

    /// <param name="Returned">From when the call that publishes had returned; a surface that had the story before that counts 0.</param>
    /// <param name="Sent">From when that call was sent.</param>
    public sealed record Times(Percentiles Returned, Percentiles Sent);

    /// <summary>Of times in ms.</summary>
    public sealed record Percentiles(double P50, double P99)
    {
        public static Percentiles Of(IEnumerable<double> times)
        {
            var sorted = times.Order().ToList();
            return new Percentiles(sorted[sorted.Count / 2], sorted[(int)Math.Ceiling(sorted.Count * 0.99) - 1]);
        }
    }

    /// <summary>Publishes one story after another, and asks every surface until it shows the story.</summary>
    public static List<(string Surface, Times Times)> Measure(int port, string token, int stories)
    {
        var times = Surfaces.Select(_ => new List<(double Returned, double Sent)>()).ToList();
        var connections = Surfaces.Select(_ => new Connection(port)).ToList();
        using var newsroom = new Connection(port);
        // Letters alone, which search never cuts.
        var mark = string.Concat(Guid.NewGuid().ToString("n").Take(8).Select(c => (char)('a' + Convert.ToInt32(c.ToString(), 16))));
        for (var i = 0; i < stories; i++)
        {
            // A word that stands in no other story.
            var word = $"kata{mark}{Letters(i)}";
            var id = NewStory.Save(newsroom, token, $"Kabar {word} terbit");
            var sent = Stopwatch.GetTimestamp();
            var path = NewStory.Publish(newsroom, token, id);
            var returned = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
            var seen = Surfaces.Select((surface, at) => Task.Factory.StartNew(() => Seen(connections[at], Address(surface, path, word), path, sent), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
            for (var at = 0; at < Surfaces.Length; at++)
            {
                var ms = seen[at].GetAwaiter().GetResult();
                times[at].Add((Math.Max(0, ms - returned), ms));
            }

            Thread.Sleep(Pause);
        }

        connections.ForEach(connection => connection.Dispose());
        return Surfaces.Select((surface, at) => (surface, new Times(Percentiles.Of(times[at].Select(t => t.Returned)), Percentiles.Of(times[at].Select(t => t.Sent))))).ToList();
    }

    /// <summary>Milliseconds from <paramref name="sent"/> until the answer that shows the story had arrived; the limit when none did.</summary>
    private static double Seen(Connection connection, string address, string path, long sent)
    {
        while (Stopwatch.GetElapsedTime(sent) < Limit)
        {
            var (status, text) = connection.GetText(address);
            // The bench has published so much in two days that it takes several files; the newest stories are in the first.
            if (text.Contains("<sitemapindex", StringComparison.Ordinal)) address = "/news-sitemap-1.xml";
            if (status == 200 && (address == path || text.Contains(path, StringComparison.Ordinal))) break;
            Thread.Sleep(1);
        }

        return Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
    }

    private static string Address(string surface, string path, string word) => surface switch
    {
        "article" => path,
        "front" => "/",
        "section" => $"/{SyntheticArchive.Section.ToLowerInvariant()}",
        "tag" => NewStory.TagPath,
        "feed" => "/rss.xml",
        "sitemap" => "/news-sitemap.xml",
        _ => $"/search?q={word}",
    };

    private static string Letters(int number) => string.Concat(number.ToString("000").Select(digit => (char)('a' + digit - '0')));
}
