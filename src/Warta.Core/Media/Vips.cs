using System.Diagnostics;
using System.Text;

namespace Warta.Media;

/// <summary>
/// Decodes and encodes pictures in a child process with little memory and little time: whatever a file does to the decoder, it does to the child. Loaders that
/// libvips itself doesn't trust (SVG, PDF, ImageMagick's) are off.
/// </summary>
internal static class Vips
{
    private const long MostMemory = 1L << 30, LargestFile = 256L << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>True where both programs are: vips (Debian's libvips-tools) and prlimit (util-linux, which every Debian has).</summary>
    public static bool IsHere => Find("vips") is not null && Find("prlimit") is not null;

    /// <summary>Runs <c>vips</c> in a folder; names among the arguments are of files in it.</summary>
    /// <exception cref="VipsMissingException">It isn't installed.</exception>
    /// <exception cref="MediaException">It failed, or was stopped.</exception>
    public static void Run(string folder, params string[] arguments)
    {
        if (Find("vips") is not { } vips || Find("prlimit") is not { } prlimit) throw new VipsMissingException();
        var start = new ProcessStartInfo(prlimit) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        // Nothing of our own environment: a setting there may be a secret.
        start.Environment.Clear();
        start.Environment["VIPS_CONCURRENCY"] = "1";
        start.Environment["VIPS_BLOCK_UNTRUSTED"] = "1";
        start.Environment["TMPDIR"] = folder;
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach (var limit in (string[])[$"--as={MostMemory}", $"--cpu={(int)Patience.TotalSeconds}", $"--fsize={LargestFile}", "--core=0", "--", vips]) start.ArgumentList.Add(limit);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var child = Process.Start(start)!;
        child.StandardInput.Close();
        var says = new StringBuilder();
        child.OutputDataReceived += (_, _) => { };
        child.ErrorDataReceived += (_, line) =>
        {
            lock (says)
            {
                if (says.Length < 1_000) says.AppendLine(line.Data);
            }
        };
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        if (!child.WaitForExit(Patience))
        {
            child.Kill(entireProcessTree: true);
            child.WaitForExit();
            throw new MediaException($"The picture couldn't be read within {Patience.TotalSeconds} seconds, so it isn't taken in.");
        }

        child.WaitForExit();
        if (child.ExitCode == 0) return;
        lock (says) throw new MediaException($"The picture can't be read: it is damaged, or needs too much memory. ({says.ToString().ReplaceLineEndings(" ").Trim()})");
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Where(folder => folder.Length > 0)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}
