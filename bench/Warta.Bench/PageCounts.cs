using System.Globalization;
using System.Text.RegularExpressions;

namespace Warta.Bench;

/// <summary>Where a server's pages came from, as its metrics say: memory, disk, a render, or old bytes while a render runs.</summary>
internal static partial class PageCounts
{
    /// <summary>By where from; empty where the server doesn't say.</summary>
    public static Dictionary<string, double> Of(Server server)
    {
        using var connection = new Connection(server.Port);
        var (status, text) = connection.GetText("/metrics");
        return status != 200 ? [] : Lines().Matches(text).ToDictionary(match => match.Groups["from"].Value, match => double.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture));
    }

    public static void Say(SiteReport report, string scenario, Dictionary<string, double> before, Dictionary<string, double> after)
    {
        var counts = after.ToDictionary(count => count.Key, count => count.Value - before.GetValueOrDefault(count.Key));
        var all = counts.Values.Sum();
        foreach (var (from, count) in counts.Where(_ => all > 0)) report.Say($"{scenario}: pages from {from}", 100 * count / all, "%");
    }

    [GeneratedRegex("^warta_pages_total\\{from=\"(?<from>\\w+)\"\\} (?<count>[0-9.e+]+)", RegexOptions.Multiline)]
    private static partial Regex Lines();
}
