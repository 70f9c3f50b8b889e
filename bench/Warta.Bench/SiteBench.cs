using System.ComponentModel;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Warta.Bench;

/// <summary>The site under load: wrk on one core, the server on the other, beside a bare Kestrel and nginx that send the same bytes.</summary>
internal sealed class SiteBench(Children children, SiteOptions options, SiteReport report)
{
    /// <summary>The archive whose pages the memory holds; Zipf over a larger one is set beside it.</summary>
    private const int Small = 10_000;

    // "≥" as it is.
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Seconds in which the compiler has seen all that matters.</summary>
    private const int Warming = 5;

    private const int MemoryMegabytes = 256, DiskMegabytes = 8192;
    private readonly Wrk _wrk = new(children);
    private Load? _zipfOfSmall;

    public static int Run(SiteOptions options)
    {
        if (!Wrk.IsHere)
        {
            Console.Error.WriteLine("wrk isn't installed here. Install Debian's package wrk.");
            return 1;
        }

        using var children = new Children();
        var report = new SiteReport();
        try
        {
            new SiteBench(children, options, report).Measure();
        }
        catch (Exception e) when (e is IOException or InvalidDataException or TimeoutException or Win32Exception or SocketException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }

        report.Close();
        if (options.Json) Console.WriteLine(JsonSerializer.Serialize(report.Json, Readable));
        return 0;
    }

    private void Measure()
    {
        if (!Cores.CanPin) Console.WriteLine("Server and load share their cores here (one core only, or no taskset): the figures say little.");
        var kept = Directory.CreateDirectory(Path.Combine(Archive.Checkout, "artifacts", "bench")).FullName;
        var schema = Path.GetFileNameWithoutExtension(Directory.GetFiles(Path.Combine(Archive.Checkout, "src", "Warta.Core", "Storage", "Migrations"), "main_*.sql").Max()!);
        foreach (var stories in options.Stories)
        {
            report.Stories = stories;
            Cores.Keep(onLoad: false);
            SiteReport.Head($"Archive of {stories:N0} stories");
            var archive = SyntheticArchive.Get(stories, options.Fresh, kept, schema, command => children.Run(["dotnet", Servers.Warta, .. command]));
            MeasureKept(archive, isFirst: stories == options.Stories[0]);
            if (options.Has("uncached")) Uncached(archive);
        }
    }

    /// <summary>All that is measured with the pages kept in memory and on disk.</summary>
    private void MeasureKept(SyntheticArchive archive, bool isFirst)
    {
        string[] parts = isFirst ? ["hot", "zipf", "disturbed", "visible", "beacons"] : ["zipf", "disturbed", "visible"];
        if (!parts.Any(options.Has)) return;
        // Most-read begins with nobody's reads, so that the checker knows who leads.
        foreach (var file in Directory.GetFiles(archive.Data, "reads.db*")) File.Delete(file);
        if (options.Has("zipf") || options.Has("disturbed")) Warm(archive);
        Cores.Keep(onLoad: true);
        var warta = Servers.StartWarta(children, archive.Data, isPinned: true, Keep(MemoryMegabytes, DiskMegabytes));
        if (isFirst && options.Has("hot")) Hot(warta, archive);
        if (options.Has("zipf")) Zipf(warta, archive);
        if (options.Has("disturbed")) Disturbed(warta, archive);
        if (options.Has("visible")) Visible(warta, archive);
        if (isFirst && options.Has("beacons")) Beacons(warta, archive);
        children.End(warta.Process);
    }

    /// <summary>Asks for every page once, with both cores, so that the disk holds them all; the server that is measured starts anew after that.</summary>
    private void Warm(SyntheticArchive archive)
    {
        SiteReport.Head("Every page once, so that the disk has them");
        var warta = Servers.StartWarta(children, archive.Data, isPinned: false, Keep(MemoryMegabytes, DiskMegabytes));
        report.Say("every page once", EachPage.Ask(warta.Port, archive.Addresses), "s");
        children.End(warta.Process);
    }

    private void Hot(Server warta, SyntheticArchive archive)
    {
        foreach (var (page, path) in new[] { ("article", archive.Addresses[0]), ("front", "/"), ("section", $"/{SyntheticArchive.Section.ToLowerInvariant()}") })
        {
            // An address that ends in a slash is no file's.
            var there = path == "/" ? "/front" : path;
            var limits = StartLimits($"hot {page}", warta, [(path, there)]);
            SiteReport.Head($"One {page} page");
            Compare($"hot {page}", 0.90, InTurns($"hot {page}", [warta, .. limits], (server, seconds) => _wrk.Page(server, server == warta ? path : there, seconds)));
            foreach (var limit in limits) children.Stop(limit.Process);
        }
    }

    private void Zipf(Server warta, SyntheticArchive archive)
    {
        var isSmall = archive.Addresses.Length <= Small;
        var limits = isSmall ? StartLimits("zipf", warta, archive.Addresses.Select(path => (path, path))) : [];
        SiteReport.Head("Pages by Zipf's law (s = 1)");
        // Until the memory is as full as it gets.
        if (!isSmall) _wrk.Zipf(warta, archive.AddressFile, options.Seconds);
        var before = PageCounts.Of(warta);
        var loads = InTurns("zipf", [warta, .. limits], (server, seconds) => _wrk.Zipf(server, archive.AddressFile, seconds));
        PageCounts.Say(report, "zipf", before, PageCounts.Of(warta));
        if (isSmall) Compare("zipf", 0.85, loads);
        if (isSmall) _zipfOfSmall = loads[0];
        else if (_zipfOfSmall is { } small) report.AtLeast($"zipf: of the rate over {Small:N0}", loads[0].PerSecond / small.PerSecond, 0.35, loads[0].IsVoid || small.IsVoid);
        foreach (var limit in limits) children.Stop(limit.Process);
    }

    private void Disturbed(Server warta, SyntheticArchive archive)
    {
        SiteReport.Head("The same while lists change every second and stories are published");
        var disturbance = new Disturbance(warta.Port, archive);
        var loads = InTurns("disturbed",
            ("Warta, undisturbed", seconds => _wrk.Zipf(warta, archive.AddressFile, seconds)),
            ("Warta, disturbed", seconds => disturbance.During(() => _wrk.Zipf(warta, archive.AddressFile, seconds))));
        var isVoid = loads.Exists(load => load.IsVoid);
        report.AtLeast("disturbed: of the undisturbed rate", loads[1].PerSecond / loads[0].PerSecond, 0.90, isVoid);
        report.Say("disturbed: of the undisturbed processor time", loads[1].CpuMicros / loads[0].CpuMicros, "times");
        report.Below("disturbed: p99", loads[1].P99Ms, 5, "ms", isVoid);
        report.Say("disturbed: lists changed", disturbance.Changes, "times");
        report.Say("disturbed: pages checked", disturbance.Samples, "pages");
        foreach (var (block, oldest) in disturbance.OldestMs) report.Below($"disturbed: oldest {block} seen", oldest, 1_000, "ms");
        report.None("disturbed: lists older than 1 s", disturbance.Violations);
    }

    private void Visible(Server warta, SyntheticArchive archive)
    {
        // Of fifty the slowest is their p99, of a hundred the slowest but one.
        var stories = options.Runs > 1 ? 100 : 50;
        SiteReport.Head($"From publishing to being seen, {stories} stories, under load");
        Console.WriteLine($"  {"",-22} {"half of them",14} {"p99",9}   from when the call was sent: half, p99");
        var seen = _wrk.Beside(warta, archive.Addresses[0], () => Visibility.Measure(warta.Port, archive.Token, stories));
        foreach (var (surface, times) in seen)
            Console.WriteLine($"  {surface,-22} {times.Returned.P50,11:N1} ms {times.Returned.P99,6:N1} ms {times.Sent.P50,38:N1} ms {times.Sent.P99,6:N1} ms");
        foreach (var (surface, times) in seen) report.Below($"visible: {surface}, p99", times.Returned.P99, 50, "ms");
    }

    private void Beacons(Server warta, SyntheticArchive archive)
    {
        SiteReport.Head("Beacons, beside a page");
        var loads = InTurns("beacons",
            ("Warta, one article", seconds => _wrk.Page(warta, archive.Addresses[0], seconds)),
            ("Warta, beacons", seconds => _wrk.Beacons(warta, archive.Addresses.Length, seconds)));
        report.AtLeast("beacons: of the page rate", loads[1].PerSecond / loads[0].PerSecond, 0.90, loads.Exists(load => load.IsVoid));
        report.Say("beacons: of the page's processor time", loads[1].CpuMicros / loads[0].CpuMicros, "times");
    }

    private void Uncached(SyntheticArchive archive)
    {
        Cores.Keep(onLoad: true);
        var warta = Servers.StartWarta(children, archive.Data, isPinned: true, Keep(0, 0));
        SiteReport.Head("Pages all alike, each made anew");
        var before = PageCounts.Of(warta);
        var load = InTurns("uncached", [warta], (server, seconds) => _wrk.Uniform(server, archive.AddressFile, seconds))[0];
        PageCounts.Say(report, "uncached", before, PageCounts.Of(warta));
        report.AtLeast("uncached: pages a second", load.PerSecond, 2_000, load.IsVoid);
        children.End(warta.Process);
    }

    private static string[] Keep(int memory, int disk) =>
        ["--page-memory", memory.ToString(CultureInfo.InvariantCulture), "--page-disk", disk.ToString(CultureInfo.InvariantCulture)];

    /// <summary>A bare Kestrel and nginx with these pages as Warta sends them with gzip.</summary>
    private List<Server> StartLimits(string name, Server warta, IEnumerable<(string Path, string As)> pages)
    {
        var www = Path.Combine(children.Folder, name.Replace(' ', '-'), "www");
        using (var connection = new Connection(warta.Port))
        {
            foreach (var (path, there) in pages)
            {
                var file = Path.Combine(www, there[1..] + ".gz");
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, connection.GetGzip(path));
            }
        }

        List<Server> limits = [Servers.StartKestrel(children, www, isPinned: true)];
        if (Servers.StartNginx(children, www, isGzip: true, isPinned: true) is { } nginx) limits.Add(nginx);
        else Console.WriteLine("  nginx isn't installed here, so it isn't compared with.");
        return limits;
    }

    private List<Load> InTurns(string scenario, IEnumerable<Server> servers, Func<Server, int, Load> load) =>
        InTurns(scenario, servers.Select(server => (server.Name, (Func<int, Load>)(seconds => load(server, seconds)))).ToArray());

    /// <summary>Each side's median run. They take turns, so that whatever else this machine does falls on all alike.</summary>
    private List<Load> InTurns(string scenario, params (string Name, Func<int, Load> Run)[] sides)
    {
        foreach (var side in sides) side.Run(Warming);
        var runs = sides.Select(_ => new List<Load>()).ToList();
        for (var run = 0; run < options.Runs; run++)
        {
            for (var side = 0; side < sides.Length; side++) runs[side].Add(sides[side].Run(options.Seconds));
        }

        SiteReport.Columns();
        return sides.Select((side, at) => report.Median(scenario, side.Name, runs[at])).ToList();
    }

    /// <summary>Warta's rate beside the others'.</summary>
    private void Compare(string scenario, double least, List<Load> loads)
    {
        report.AtLeast($"{scenario}: of bare Kestrel's rate", loads[0].PerSecond / loads[1].PerSecond, least, loads[0].IsVoid || loads[1].IsVoid);
        report.Say($"{scenario}: of bare Kestrel's processor time", loads[0].CpuMicros / loads[1].CpuMicros, "times");
        if (loads.Count > 2) report.Say($"{scenario}: of nginx's rate", loads[0].PerSecond / loads[2].PerSecond, "");
    }
}
