using System.Diagnostics;
using System.Text.Json;

namespace Warta.Bench;

/// <summary>Import, start, memory and latency, in this order, each of the program as it is built for release.</summary>
internal static class MainBench
{
    private const int Starts = 5, Requests = 2_000, Round = 200, Warming = 300;
    private static readonly TimeSpan ImportLimit = TimeSpan.FromMinutes(30), Idle = TimeSpan.FromSeconds(10);

    private sealed record Latency(double MedianMs, double P99Ms)
    {
        public static Latency Of(List<double> times)
        {
            times.Sort();
            return new Latency(times[times.Count / 2], times[Math.Min(times.Count - 1, times.Count * 99 / 100)]);
        }
    }

    public static int Run(string? articles, bool json)
    {
        using var children = new Children();
        try
        {
            var figures = Measure(children, articles);
            if (json) Console.WriteLine(JsonSerializer.Serialize(figures, JsonSerializerOptions.Web));
            return 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or TimeoutException or System.ComponentModel.Win32Exception or System.Net.Sockets.SocketException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static SortedDictionary<string, object> Measure(Children children, string? articles)
    {
        var figures = new SortedDictionary<string, object>(StringComparer.Ordinal);
        var (file, name) = Archive.Find(articles, children.Folder);
        var data = Path.Combine(children.Folder, "data");

        Head($"Import of {name}");
        figures["archive"] = name;
        Import(children, file, data, figures);

        Head($"Start of a fresh process to its first 200, median of {Starts}");
        var paths = Paths(children, data);
        figures["startFrontMs"] = Show("front page", StartTimes(children, data, "/"), "ms");
        figures["startArticleMs"] = Show("article page", StartTimes(children, data, paths[0]), "ms");

        var (_, server, port) = Servers.StartWarta(children, data, isPinned: false);
        Thread.Sleep(Idle);
        Head("Resident memory of serve");
        figures["idleMegabytes"] = Show($"{Idle.TotalSeconds:N0} s after start, no request", Children.ResidentMegabytes(server), "MB");
        var random = new Random(1);
        using (var connection = new Connection(port))
        {
            for (var i = 0; i < 200; i++) connection.Time(Connection.Request(paths[random.Next(paths.Count)]));
        }

        figures["after200RequestsMegabytes"] = Show("after 200 requests", Children.ResidentMegabytes(server), "MB");
        Latencies(children, port, paths, random, figures);
        children.Stop(server);
        return figures;
    }

    private static void Import(Children children, string file, string data, SortedDictionary<string, object> figures)
    {
        var import = children.Start("dotnet", Servers.Warta, "import", "ninjs", file, "--data", data, "--json");
        var output = import.StandardOutput.ReadToEndAsync();
        if (!import.WaitForExit(ImportLimit)) throw new TimeoutException($"The import wasn't done after {ImportLimit}.");
        if (import.ExitCode != 0) throw new InvalidDataException($"The import ended with {import.ExitCode}: {output.Result}");
        using var report = JsonDocument.Parse(output.Result);
        children.Stop(import);
        var root = report.RootElement;
        figures["stories"] = Show("stories", root.GetProperty("items").GetDouble(), "");
        figures["storiesPerSecond"] = Show("stories a second", root.GetProperty("storiesPerSecond").GetDouble(), "/s");
        figures["relatedPerSecond"] = Show("related lists a second", root.GetProperty("relatedPerSecond").GetDouble(), "/s");
        figures["importPeakMegabytes"] = Show("peak memory", root.GetProperty("peakMegabytes").GetDouble(), "MB");
        figures["databaseMegabytes"] = Show("database", Directory.GetFiles(data, "warta.db*").Sum(f => new FileInfo(f).Length) / 1048576.0, "MB");
    }

    /// <summary>The address of every story, asked for by the API.</summary>
    private static List<string> Paths(Children children, string data)
    {
        var (_, server, port) = Servers.StartWarta(children, data, isPinned: false);
        var paths = new List<string>();
        using (var connection = new Connection(port))
        {
            for (string? next = "/api/v1/latest?limit=100"; next is not null;)
            {
                using var list = JsonDocument.Parse(connection.Get(next).Body);
                paths.AddRange(list.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("url").GetString()!));
                next = list.RootElement.GetProperty("next").GetString();
            }
        }

        children.Stop(server);
        return paths.Count > 0 ? paths : throw new InvalidDataException("The archive has no live story to ask for.");
    }

    private static double StartTimes(Children children, string data, string path)
    {
        var times = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            var clock = Stopwatch.StartNew();
            var (_, server, port) = Servers.StartWarta(children, data, isPinned: false);
            using (var connection = new Connection(port)) connection.Time(Connection.Request(path));
            times.Add(clock.Elapsed.TotalMilliseconds);
            children.Stop(server);
        }

        return Latency.Of(times).MedianMs;
    }

    private static void Latencies(Children children, int port, List<string> paths, Random random, SortedDictionary<string, object> figures)
    {
        using var warta = new Connection(port);
        var one = Connection.Request(paths[0]);
        var page = warta.Get(paths[0]).Body;
        var www = Directory.CreateDirectory(Path.Combine(children.Folder, "www")).FullName;
        File.WriteAllBytes(Path.Combine(www, "page.html"), page);

        var kestrel = Servers.StartKestrel(children, Path.Combine(www, "page.html"), isPinned: false);
        using var limit = new Connection(kestrel.Port);
        var nginx = Servers.StartNginx(children, www, isGzip: false, isPinned: false);
        using var file = nginx is null ? null : new Connection(nginx.Port);
        var fileRequest = Connection.Request("/page.html");

        Head($"Latency over one keep-alive connection, {Requests:N0} requests each, page of {page.Length:N0} bytes");
        for (var i = 0; i < Warming; i++)
        {
            warta.Time(Connection.Request(paths[random.Next(paths.Count)]));
            warta.Time(one);
            limit.Time(one);
            file?.Time(fileRequest);
        }

        var times = new Dictionary<string, List<double>> { ["many"] = [], ["one"] = [], ["kestrel"] = [], ["nginx"] = [] };
        // In turns, so that whatever else this machine does falls on all alike.
        for (var round = 0; round < Requests / Round; round++)
        {
            for (var i = 0; i < Round; i++) times["many"].Add(warta.Time(Connection.Request(paths[random.Next(paths.Count)])));
            for (var i = 0; i < Round; i++) times["one"].Add(warta.Time(one));
            for (var i = 0; i < Round; i++) times["kestrel"].Add(limit.Time(one));
            for (var i = 0; i < Round && file is not null; i++) times["nginx"].Add(file.Time(fileRequest));
        }

        Console.WriteLine($"  {"",-34} {"median",10} {"p99",10}   beside one article page");
        var own = Row("any of all article pages", "many", null);
        figures["articleAny"] = own;
        var page1 = Row("one article page", "one", null);
        figures["articleOne"] = page1;
        figures["kestrel"] = Row("the same bytes, bare Kestrel", "kestrel", page1);
        if (file is null) Console.WriteLine("  nginx isn't installed here, so it isn't compared with.");
        else figures["nginx"] = Row("the same bytes, nginx", "nginx", page1);

        foreach (var (key, to) in new[] { ("kestrel", "overKestrel"), ("nginx", "overNginx") })
        {
            if (figures.TryGetValue(key, out var found) && found is Latency base1) figures[to] = new { median = page1.MedianMs / base1.MedianMs, p99 = page1.P99Ms / base1.P99Ms };
        }

        children.Stop(kestrel.Process);
        if (nginx is not null) children.Stop(nginx.Process);

        Latency Row(string label, string which, Latency? beside)
        {
            var latency = Latency.Of(times[which]);
            Console.WriteLine($"  {label,-34} {latency.MedianMs,7:N3} ms {latency.P99Ms,7:N3} ms"
                + (beside is null ? "" : $"   it takes {beside.MedianMs / latency.MedianMs:N1} times this; p99 {beside.P99Ms / latency.P99Ms:N1} times"));
            return latency;
        }
    }

    private static void Head(string text) => Console.WriteLine($"\n{text}");

    private static double Show(string label, double value, string unit)
    {
        Console.WriteLine($"  {label,-34} {value,10:N0} {unit}");
        return Math.Round(value, 1);
    }
}
