using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Warta.Bench;

/// <summary>Import, start, memory and latency, in this order, each of the program as it is built for release.</summary>
internal static class MainBench
{
    private const int Starts = 5, Requests = 2_000, Round = 200, Warming = 300;
    private static readonly TimeSpan ImportLimit = TimeSpan.FromMinutes(30), StartLimit = TimeSpan.FromMinutes(2), Idle = TimeSpan.FromSeconds(10);

    /// <summary>Each wants a temporary folder, though none is used.</summary>
    private static readonly string[] NginxModules = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

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
        var warta = Path.Combine(Archive.Checkout, "artifacts", "bin", "Warta", "release", "warta.dll");
        if (!File.Exists(warta)) throw new FileNotFoundException($"{warta} isn't built. Run bin/bench, which builds it.");
        var (file, name) = Archive.Find(articles, children.Folder);
        var data = Path.Combine(children.Folder, "data");

        Head($"Import of {name}");
        figures["archive"] = name;
        Import(children, warta, file, data, figures);

        Head($"Start of a fresh process to its first 200, median of {Starts}");
        var paths = Paths(children, warta, data);
        figures["startFrontMs"] = Show("front page", StartTimes(children, warta, data, "/"), "ms");
        figures["startArticleMs"] = Show("article page", StartTimes(children, warta, data, paths[0]), "ms");

        var (server, port) = Serve(children, warta, data);
        WaitUntilOpen(port, server);
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

    private static void Import(Children children, string warta, string file, string data, SortedDictionary<string, object> figures)
    {
        var import = children.Start("dotnet", warta, "import", "ninjs", file, "--data", data, "--json");
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
    private static List<string> Paths(Children children, string warta, string data)
    {
        var (server, port) = Serve(children, warta, data);
        WaitUntilOpen(port, server);
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

    private static double StartTimes(Children children, string warta, string data, string path)
    {
        var times = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            var clock = Stopwatch.StartNew();
            var (server, port) = Serve(children, warta, data);
            WaitUntilOpen(port, server);
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

        var kestrel = children.Start("dotnet", typeof(MainBench).Assembly.Location, "kestrel", Path.Combine(www, "page.html"));
        var kestrelPort = new Uri(kestrel.StandardOutput.ReadLine() ?? throw new IOException("The bare Kestrel didn't start.")).Port;
        using var limit = new Connection(kestrelPort);
        var nginx = StartNginx(children, www, out var nginxPort);
        using var file = nginx is null ? null : new Connection(nginxPort);
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

        children.Stop(kestrel);
        if (nginx is not null) children.Stop(nginx);

        Latency Row(string label, string which, Latency? beside)
        {
            var latency = Latency.Of(times[which]);
            Console.WriteLine($"  {label,-34} {latency.MedianMs,7:N3} ms {latency.P99Ms,7:N3} ms"
                + (beside is null ? "" : $"   it takes {beside.MedianMs / latency.MedianMs:N1} times this; p99 {beside.P99Ms / latency.P99Ms:N1} times"));
            return latency;
        }
    }

    /// <summary>nginx on loopback with a configuration of its own; null where it isn't installed.</summary>
    private static Process? StartNginx(Children children, string www, out int port)
    {
        port = Connection.FreePort();
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Select(folder => Path.Combine(folder, "nginx")).FirstOrDefault(File.Exists);
        if (program is null) return null;
        var folder = Path.GetDirectoryName(www)!;
        var temporary = string.Concat(NginxModules.Select(kind => $"{kind}_temp_path {folder}/nginx-{kind}; "));
        var configuration = new StringBuilder()
            .AppendLine("daemon off; worker_processes 1; error_log stderr;")
            // As root its workers would be another user, whom our folder is closed to.
            .AppendLine(Environment.IsPrivilegedProcess ? "user root;" : "")
            .AppendLine($"pid {folder}/nginx.pid; events {{ }}")
            .AppendLine($"http {{ access_log off; sendfile on; keepalive_requests 1000000; default_type text/html; {temporary}")
            .AppendLine($"  server {{ listen 127.0.0.1:{port}; root {www}; }} }}");
        File.WriteAllText(Path.Combine(folder, "nginx.conf"), configuration.ToString());
        var nginx = children.Start(program, "-e", "stderr", "-p", folder, "-c", Path.Combine(folder, "nginx.conf"));
        WaitUntilOpen(port, nginx);
        return nginx;
    }

    private static (Process Server, int Port) Serve(Children children, string warta, string data)
    {
        var port = Connection.FreePort();
        return (children.Start("dotnet", warta, "serve", "--data", data, "--urls", $"http://127.0.0.1:{port}"), port);
    }

    private static void WaitUntilOpen(int port, Process server)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                new Connection(port).Dispose();
                return;
            }
            catch (System.Net.Sockets.SocketException)
            {
                if (server.HasExited) throw new IOException($"{server.StartInfo.FileName} {string.Join(' ', server.StartInfo.ArgumentList)} ended with {server.ExitCode} before it answered.");
                if (clock.Elapsed > StartLimit) throw new TimeoutException($"Nothing answered at port {port} within {StartLimit}.");
                Thread.Sleep(2);
            }
        }
    }

    private static void Head(string text) => Console.WriteLine($"\n{text}");

    private static double Show(string label, double value, string unit)
    {
        Console.WriteLine($"  {label,-34} {value,10:N0} {unit}");
        return Math.Round(value, 1);
    }
}
