using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Warta.Bench;

/// <summary>What one server did in one run.</summary>
/// <param name="CpuMicros">Of the server's processor time, for each request.</param>
/// <param name="Core">How much of its core the server had. Less than all, with wrk below its limit: others used the machine.</param>
/// <param name="WrkCpu">wrk's own share of its core: above <see cref="Wrk.Busiest"/> it was wrk that was measured.</param>
/// <param name="Errors">Answers of 400 and above, broken connections, and answers that took more than ten seconds.</param>
internal sealed record Load(double PerSecond, double P50Ms, double P99Ms, double P999Ms, double CpuMicros, double Core, double Megabytes, double WrkCpu, long Errors)
{
    public bool IsVoid => WrkCpu > Wrk.Busiest || Errors > 0;
}

/// <summary>The load: wrk with 64 keep-alive connections, each asking for the next page when it has the last.</summary>
internal sealed class Wrk(Children children)
{
    public const double Busiest = 0.90;
    private const int Connections = 64;

    /// <summary>A load stops by itself, also when nobody is left to stop it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);

    private const string Head = """
        local threads = {}

        function setup(thread)
          table.insert(threads, thread)
        end

        -- The last that init does; what it has read and made before is no part of the load.
        function ready()
          began = os.clock()
          io.write("ready\n")
          io.flush()
        end

        function done(summary, latency, requests)
          local failed = summary.errors
          io.write(string.format('\n{"requests":%.0f,"micros":%.0f,"cpu":%.3f,"p50":%.1f,"p99":%.1f,"p999":%.1f,"errors":%.0f}\n',
            summary.requests, summary.duration, os.clock() - threads[1]:get("began"), latency:percentile(50), latency:percentile(99), latency:percentile(99.9),
            failed.connect + failed.read + failed.write + failed.status + failed.timeout))
        end

        wrk.headers["Host"] = "localhost"
        wrk.headers["Accept-Encoding"] = "gzip"

        """;

    private const string One = """
        function init(args)
          ready()
        end
        """;

    private const string Lines = """
        local requests, count = {}, 0

        function init(args)
          math.randomseed(tonumber(args[2]))
          for line in io.lines(args[1]) do
            count = count + 1
            requests[count] = wrk.format("GET", line)
          end
          ready()
        end

        """;

    // A draw of 1/x by the inverse of its integral, kept with the probability that makes it exact: p(x)/q(x) falls from 1/ln 2 at x = 1 towards 1.
    private const string ZipfDraw = """
        local log, exp, floor, random = math.log, math.exp, math.floor, math.random

        function request()
          while true do
            local rank = floor(exp(random() * log(count + 1)))
            if rank <= count and random() * rank * log(1 + 1 / rank) <= log(2) then return requests[rank] end
          end
        end
        """;

    private const string UniformDraw = """
        function request()
          return requests[math.random(count)]
        end
        """;

    private const string BeaconDraw = """
        local requests, count = {}, 0

        function init(args)
          math.randomseed(tonumber(args[2]))
          count = tonumber(args[1])
          for article = 1, count do
            requests[article] = wrk.format("POST", "/_/read", {["Host"] = "localhost", ["Content-Type"] = "application/json", ["Origin"] = "http://localhost"}, '{"article":' .. article .. '}')
          end
          ready()
        end

        function request()
          return requests[math.random(count)]
        end
        """;

    private int _seed;

    public static bool IsHere => Cores.Find("wrk") is not null;

    /// <summary>One page, again and again.</summary>
    public Load Page(Server server, string path, int seconds) => Run(server, One, path, seconds);

    /// <summary>The pages of a file's lines: the first one most, the n-th 1/n as often (Zipf, s = 1), each draw a fresh one.</summary>
    public Load Zipf(Server server, string file, int seconds) => Run(server, Lines + ZipfDraw, "/", seconds, file);

    /// <summary>The pages of a file's lines, all alike.</summary>
    public Load Uniform(Server server, string file, int seconds) => Run(server, Lines + UniformDraw, "/", seconds, file);

    /// <summary>Beacons for the stories 1 to <paramref name="stories"/>.</summary>
    public Load Beacons(Server server, int stories, int seconds) => Run(server, BeaconDraw, "/", seconds, stories.ToString(CultureInfo.InvariantCulture));

    /// <summary>Does some work while one page is asked for again and again.</summary>
    public T Beside<T>(Server server, string path, Func<T> work)
    {
        var wrk = Start(server, One, path, (int)Longest.TotalSeconds, "");
        try
        {
            return work();
        }
        finally
        {
            children.Stop(wrk);
        }
    }

    private Load Run(Server server, string script, string path, int seconds, string argument = "")
    {
        var wrk = Start(server, script, path, seconds, argument);
        while (wrk.StandardOutput.ReadLine() is { } line && line != "ready")
        {
            // What it says of itself.
        }

        var cpu = Children.CpuSeconds(server.Process);
        var output = wrk.StandardOutput.ReadToEnd();
        children.Stop(wrk);
        cpu = Children.CpuSeconds(server.Process) - cpu;
        var last = output.TrimEnd().Split('\n')[^1];
        if (!last.StartsWith('{')) throw new InvalidDataException($"wrk gave no figures: {output}");
        using var json = JsonDocument.Parse(last);
        double Figure(string name) => json.RootElement.GetProperty(name).GetDouble();
        var (requests, time) = (Figure("requests"), Figure("micros") / 1e6);
        return new Load(requests / time, Figure("p50") / 1e3, Figure("p99") / 1e3, Figure("p999") / 1e3, requests > 0 ? cpu * 1e6 / requests : 0, cpu / time, Children.ResidentMegabytes(server.Process), Figure("cpu") / time, (long)Figure("errors"));
    }

    private Process Start(Server server, string script, string path, int seconds, string argument)
    {
        var file = Path.Combine(children.Folder, "load.lua");
        File.WriteAllText(file, Head + script);
        return children.Start(Cores.OnLoad("wrk", "-t1", $"-c{Connections}", $"-d{seconds}s", "--timeout", "10s", "-s", file, $"http://127.0.0.1:{server.Port}{path}", argument, (++_seed).ToString(CultureInfo.InvariantCulture)));
    }
}
