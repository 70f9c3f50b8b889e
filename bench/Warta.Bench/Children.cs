using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Warta.Bench;

/// <summary>The programs that are measured, and the folder they work in. However the bench ends, both are gone then.</summary>
internal sealed class Children : IDisposable
{
    private readonly List<Process> _running = [];
    private readonly List<PosixSignalRegistration> _signals = [];

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

    public Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder };
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("WARTA_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(variable);
        lock (_running)
        {
            var process = Process.Start(start)!;
            // Read, so that a full pipe never holds it up.
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            _running.Add(process);
            return process;
        }
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
