using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Warta.BrowserTests;

/// <summary>The checkers that others wrote, as <c>checkers/package.json</c> names them; <c>bin/test</c> installs them with npm.</summary>
internal static class Checkers
{
    public const string AreMissing = "npm's checkers are not here: install Node.js with npm, and Java, and run bin/test";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static string? Folder { get; } = Environment.GetEnvironmentVariable("WARTA_TEST_CHECKERS") is { Length: > 0 } set && Directory.Exists(set) ? set : null;

    public static string File(params string[] path) => Path.Combine([Folder ?? throw new InvalidOperationException(AreMissing), .. path]);

    /// <summary>What the Nu HTML checker says against these pages, each named by its file.</summary>
    public static IReadOnlyList<string> Nu(IEnumerable<string> files)
    {
        var (_, _, says) = Run("java", ["-Xss4m", "-jar", File("node_modules", "vnu-jar", "build", "dist", "vnu.jar"), "--format", "json", "--Werror", .. files]);
        using var report = JsonDocument.Parse(says);
        return report.RootElement.GetProperty("messages").EnumerateArray()
            .Where(m => m.GetProperty("type").GetString() == "error" || (m.TryGetProperty("subType", out var sub) && sub.GetString() == "warning"))
            .Select(m => $"{Path.GetFileName(m.GetProperty("url").GetString())}:{(m.TryGetProperty("lastLine", out var line) ? line.GetInt32() : 0)} {m.GetProperty("message").GetString()} {(m.TryGetProperty("extract", out var extract) ? extract.GetString() : "")}")
            .ToList();
    }

    /// <summary>Lighthouse's scores for a page on a phone, 0 to 100, by category.</summary>
    /// <param name="failed">The audits that cost points.</param>
    public static IReadOnlyDictionary<string, int> Lighthouse(string url, out IReadOnlyList<string> failed)
    {
        var (exit, says, error) = Run("node",
        [
            File("node_modules", "lighthouse", "cli", "index.js"), url, "--quiet", "--output=json", "--output-path=stdout",
            "--only-categories=performance,accessibility,best-practices,seo",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync --disable-quic",
        ], ("CHROME_PATH", Chromium.Path!));
        Assert.True(exit == 0, error);
        using var report = JsonDocument.Parse(says);
        var root = report.RootElement;
        failed = root.GetProperty("audits").EnumerateObject()
            .Where(a => a.Value.GetProperty("score") is { ValueKind: JsonValueKind.Number } score && score.GetDouble() < 0.9)
            .Select(a => $"{a.Name}: {a.Value.GetProperty("title").GetString()}")
            .ToList();
        return root.GetProperty("categories").EnumerateObject().ToDictionary(c => c.Name, c => (int)Math.Round(c.Value.GetProperty("score").GetDouble() * 100));
    }

    public static JsonElement Feeds(IEnumerable<string> addresses)
    {
        var (exit, says, error) = Run("node", [File("feeds.mjs"), .. addresses]);
        Assert.True(exit == 0, error);
        return JsonDocument.Parse(says).RootElement;
    }

    private static (int Exit, string Out, string Error) Run(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = Folder };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} is still running after {Patience}.");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}

/// <summary>A test that needs a browser and the checkers. Without them it is skipped; in CI it runs, and fails for want of them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CheckerFactAttribute : FactAttribute
{
    public CheckerFactAttribute() =>
        Skip = Environment.GetEnvironmentVariable("CI") == "true" ? null
            : Chromium.Path is null ? Chromium.IsMissing
            : Checkers.Folder is null ? Checkers.AreMissing
            : null;
}
