using System.Diagnostics;

namespace Warta.Bench;

/// <summary>One core for the server, another for the load and this program. Where there is no taskset, or one core only, everything runs anywhere and the report says so.</summary>
internal static class Cores
{
    private const string Server = "0", Load = "1";

    public static bool CanPin { get; } = Environment.ProcessorCount > 1 && Find("taskset") is not null;

    public static string[] OnServer(params string[] command) => On(Server, command);

    public static string[] OnLoad(params string[] command) => On(Load, command);

    /// <summary>Keeps this process on the load's core, or lets it run on both again.</summary>
    public static void Keep(bool onLoad)
    {
        if (!CanPin) return;
        using var taskset = Process.Start(new ProcessStartInfo("taskset", ["-a", "-p", "-c", onLoad ? Load : $"{Server},{Load}", Environment.ProcessId.ToString()]) { RedirectStandardOutput = true })!;
        taskset.StandardOutput.ReadToEnd();
        taskset.WaitForExit();
    }

    /// <summary>The program on the PATH or where Debian puts those of the system; null when it isn't installed.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string[] On(string core, string[] command) => CanPin ? ["taskset", "-c", core, .. command] : command;
}
