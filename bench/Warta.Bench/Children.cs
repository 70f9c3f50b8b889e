using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Warta.Bench;

/// <summary>The programs that are measured, and the folder they work in. However the bench ends, both are gone then.</summary>
internal sealed class Children : IDisposable
{
    private readonly List<Process> _running = [];
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly ConcurrentDictionary<Process, string> _lastError = [];

    public Children()
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
        {
            _signals.Add(PosixSignalRegistration.Create(signal, _ =>
            {
                Dispose();
                Environment.Exit(130);
            }));
        }
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("warta-bench-").FullName;

    /// <param name="command">The program and its arguments.</param>
    public Process Start(params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder };
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("WARTA_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(variable);
        lock (_running)
        {
            var process = Process.Start(start)!;
            // Read to the end, so that a full pipe never holds it up.
            process.ErrorDataReceived += (_, said) => _lastError[process] = said.Data ?? _lastError.GetValueOrDefault(process, "");
            process.BeginErrorReadLine();
            _running.Add(process);
            return process;
        }
    }

    /// <summary>What a command prints that must succeed.</summary>
    public string Run(params string[] command)
    {
        var process = Start(command);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidDataException(EndOf(process));
        Stop(process);
        return output;
    }

    /// <summary>What to say of one that ended when it shouldn't have.</summary>
    public string EndOf(Process process) => $"{string.Join(' ', process.StartInfo.ArgumentList.Prepend(process.StartInfo.FileName))} ended with {process.ExitCode}. {_lastError.GetValueOrDefault(process)}";

    /// <summary>Lets it end by itself, as an operator does.</summary>
    public void End(Process process)
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString()])) kill.WaitForExit();
        process.WaitForExit(TimeSpan.FromSeconds(30));
        Stop(process);
    }

    public void Stop(Process process)
    {
        lock (_running) _running.Remove(process);
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>VmRSS in MB; 0 where there is no /proc.</summary>
    public static double ResidentMegabytes(Process process)
    {
        var status = $"/proc/{process.Id}/status";
        if (!File.Exists(status)) return 0;
        var line = File.ReadLines(status).First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024.0;
    }

    /// <summary>Processor time that it and the processes that it started have taken so far; 0 where there is no /proc.</summary>
    public static double CpuSeconds(Process process) => CpuSeconds(process.Id);

    private static double CpuSeconds(int id)
    {
        if (!File.Exists($"/proc/{id}/stat")) return 0;
        // After the name, which may hold anything and ends with the last bracket; a tick is 10 ms on every Linux that .NET runs on.
        var fields = File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var children = File.ReadAllText($"/proc/{id}/task/{id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (long.Parse(fields[11]) + long.Parse(fields[12])) / 100.0 + children.Sum(child => CpuSeconds(int.Parse(child)));
    }

    public void Dispose()
    {
        lock (_running)
        {
            foreach (var process in _running.ToList())
            {
                try
                {
                    Stop(process);
                }
                catch (InvalidOperationException)
                {
                    // It has just ended.
                }
            }

            if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        }
    }
}
