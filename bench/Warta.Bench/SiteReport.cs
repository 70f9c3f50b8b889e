namespace Warta.Bench;

/// <summary>The figures of <c>bin/bench site</c>: each printed as it comes, with its aim and whether that is met, and all of them in the JSON at the end.</summary>
internal sealed class SiteReport
{
    public sealed record Row(int Stories, string Scenario, string Server, Load Load);

    /// <param name="Met">Null when a void run stands behind it.</param>
    public sealed record Aim(int Stories, string What, double Value, string Wanted, bool? Met);

    /// <summary>A server that is asked as fast as it can answer has this much of its core, when it is alone there.</summary>
    private const double Alone = 0.85;

    private readonly List<Row> _rows = [];
    private readonly List<Aim> _aims = [];
    private readonly SortedDictionary<string, double> _others = new(StringComparer.Ordinal);

    /// <summary>Which archive the figures are of from here on.</summary>
    public int Stories { get; set; }

    /// <summary>The aims once more, and whether the machine let them be measured.</summary>
    public void Close()
    {
        Head("Aims");
        foreach (var aim in _aims) Console.WriteLine($"  {Verdict(aim.Met),-8} {aim.Stories,10:N0} stories: {aim.What}: {aim.Value:0.##} (aim {aim.Wanted})");
        if (_rows.Count(row => row.Load.Core < Alone) is > 0 and var disturbed)
            Console.WriteLine($"In {disturbed} of {_rows.Count} measurements the server had less than {Alone:P0} of its core: others used this machine, and rates and times in ms say little. Compare µs CPU.");
    }

    public object Json => new
    {
        cores = Environment.ProcessorCount,
        pinned = Cores.CanPin,
        loads = _rows.Select(row => new
        {
            row.Stories,
            row.Scenario,
            row.Server,
            perSecond = Math.Round(row.Load.PerSecond),
            p50Ms = row.Load.P50Ms,
            p99Ms = row.Load.P99Ms,
            p999Ms = row.Load.P999Ms,
            cpuMicros = Math.Round(row.Load.CpuMicros, 1),
            core = Math.Round(row.Load.Core, 3),
            megabytes = Math.Round(row.Load.Megabytes),
            wrkCpu = Math.Round(row.Load.WrkCpu, 3),
            row.Load.Errors,
            isVoid = row.Load.IsVoid,
        }),
        others = _others,
        aims = _aims,
    };

    public static void Head(string text) => Console.WriteLine($"\n{text}");

    public static void Columns() => Console.WriteLine($"  {"",-22} {"req/s",9} {"p50 ms",8} {"p99 ms",8} {"p99.9 ms",9} {"µs CPU",8} {"core",6} {"MB",6} {"wrk",6}");

    /// <summary>The run in the middle by its rate; void ones count only where all are.</summary>
    public Load Median(string scenario, string server, IReadOnlyList<Load> runs)
    {
        var good = runs.Where(run => !run.IsVoid).ToList();
        var sorted = (good.Count > 0 ? good : runs).OrderBy(run => run.PerSecond).ToList();
        var load = sorted[sorted.Count / 2];
        _rows.Add(new Row(Stories, scenario, server, load));
        Console.WriteLine($"  {server,-22} {load.PerSecond,9:N0} {load.P50Ms,8:N2} {load.P99Ms,8:N2} {load.P999Ms,9:N2} {load.CpuMicros,8:N1} {load.Core,6:P0} {load.Megabytes,6:N0} {load.WrkCpu,6:P0}"
            + (load.Errors > 0 ? $"  void: {load.Errors:N0} answers were errors or came too late" : load.IsVoid ? "  void: wrk was the limit" : ""));
        return load;
    }

    public void AtLeast(string what, double value, double least, bool isVoid = false) => Add(what, value, $"≥ {least:0.##}", isVoid ? null : value >= least);

    public void Below(string what, double value, double limit, string unit, bool isVoid = false) => Add(what, value, $"< {limit:0.##} {unit}", isVoid ? null : value < limit);

    public void None(string what, int count) => Add(what, count, "none", count == 0);

    /// <summary>A figure without an aim.</summary>
    public void Say(string what, double value, string unit)
    {
        _others[$"{Stories} {what}"] = Math.Round(value, 3);
        Console.WriteLine($"  {what,-48} {(value < 10 ? $"{value:0.00}" : $"{value:N0}"),10} {unit}");
    }

    private void Add(string what, double value, string wanted, bool? met)
    {
        _aims.Add(new Aim(Stories, what, Math.Round(value, 3), wanted, met));
        Console.WriteLine($"  {what,-48} {value,10:0.00}   aim {wanted,-10} {Verdict(met)}");
    }

    private static string Verdict(bool? met) => met switch { true => "met", false => "NOT MET", null => "void" };
}
