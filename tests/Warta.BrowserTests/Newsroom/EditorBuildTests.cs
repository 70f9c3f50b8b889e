using System.Diagnostics;
using System.IO.Compression;
using Warta.House;
using Warta.Newsroom;
using Xunit;

namespace Warta.BrowserTests.Newsroom;

/// <summary>The story editor's own checks, which need Node.js and no browser, and the weight of what is sent.</summary>
public sealed class EditorBuildTests
{
    private const int Heaviest = 300 * 1024;

    [EditorFact]
    public void Its_types_are_right() => Assert.Equal((0, ""), Npm("run", "--silent", "check"));

    [EditorFact]
    public void Its_own_tests_pass()
    {
        var (exit, says) = Npm("test");
        Assert.True(exit == 0, says);
    }

    [EditorFact]
    public void What_is_sent_weighs_300_KB_at_most()
    {
        using var stream = typeof(NewsroomAssets).Assembly.GetManifestResourceStream("newsroom/editor.js")!;
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal, leaveOpen: true)) stream.CopyTo(gzip);
        Assert.InRange(zipped.Length, 20 * 1024, Heaviest);
    }

    private static (int Exit, string Says) Npm(params string[] arguments)
    {
        var start = new ProcessStartInfo("npm", arguments) { WorkingDirectory = Checkout.Path("editor"), RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        var complaints = error.Result.Split('\n').Where(line => !line.StartsWith("npm warn", StringComparison.Ordinal));
        return (process.ExitCode, (output.Result + string.Join('\n', complaints)).Trim());
    }
}

/// <summary>A test of the story editor. Where Warta was built without it (no Node.js) it is skipped; in CI it runs, and fails for want of it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EditorFactAttribute : FactAttribute
{
    public const string IsMissing = "Warta was built without its story editor: install Node.js with npm, and build again";

    public EditorFactAttribute() =>
        Skip = NewsroomAssets.Has("editor.js") && Directory.Exists(Checkout.Path("editor", "node_modules")) || Environment.GetEnvironmentVariable("CI") == "true" ? null : IsMissing;
}

/// <summary>A test of the story editor in a browser.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EditorBrowserFactAttribute : FactAttribute
{
    public EditorBrowserFactAttribute() =>
        Skip = Environment.GetEnvironmentVariable("CI") == "true" ? null : Chromium.Path is null ? Chromium.IsMissing : NewsroomAssets.Has("editor.js") ? null : EditorFactAttribute.IsMissing;
}
