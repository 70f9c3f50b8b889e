using System.Diagnostics;
using System.Text;
using Xunit;

namespace Warta.Cli;

internal sealed record Outcome(int Exit, string Out, string Error);

/// <summary>The built program as a process of its own.</summary>
internal sealed class WartaProcess : IDisposable
{
    /// <summary>Far more than anything takes: a slow machine must not fail a test.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "warta.dll");
    private readonly Process _process;
    private readonly StringBuilder _out = new(), _error = new();

    private WartaProcess(Process process) => _process = process;

    public int Id => _process.Id;
    public bool HasExited => _process.HasExited;
    public string Out => Text(_out);
    public string Error => Text(_error);

    /// <param name="prefix">A program that starts it in its turn, such as prlimit.</param>
    public static WartaProcess Start(IEnumerable<string> arguments, string workingFolder, IEnumerable<(string, string)>? environment = null, string? input = null, params string[] prefix)
    {
        string[] all = [.. prefix, "dotnet", Program, .. arguments];
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            WorkingDirectory = workingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var setting in Settings.All) start.Environment.Remove(setting.Variable);
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        var started = new WartaProcess(new Process { StartInfo = start });
        started._process.OutputDataReceived += (_, e) => Add(started._out, e.Data);
        started._process.ErrorDataReceived += (_, e) => Add(started._error, e.Data);
        started._process.Start();
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        if (input is not null) started._process.StandardInput.Write(input);
        started._process.StandardInput.Close();
        return started;
    }

    public Outcome Wait()
    {
        if (!_process.WaitForExit(Patience))
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"Still running after {Patience}. It said: {Out}{Error}");
        }

        // Without a limit, so that all of its output is here.
        _process.WaitForExit();
        return new Outcome(_process.ExitCode, Out, Error);
    }

    /// <summary>Waits until it has written what <paramref name="seen"/> looks for.</summary>
    public void WaitFor(Func<WartaProcess, bool> seen)
    {
        var clock = Stopwatch.StartNew();
        while (!seen(this))
        {
            Assert.False(HasExited, $"It ended with {(HasExited ? _process.ExitCode : 0)} and said: {Out}{Error}");
            Assert.True(clock.Elapsed < Patience, $"It didn't come within {Patience}. The program said: {Out}{Error}");
            Thread.Sleep(5);
        }
    }

    /// <param name="name">INT, TERM or KILL.</param>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, Id.ToString()]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        try
        {
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // It has just ended.
        }

        _process.Dispose();
    }

    private static void Add(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.Append(line).Append('\n');
    }

    private static string Text(StringBuilder text)
    {
        lock (text) return text.ToString();
    }
}
