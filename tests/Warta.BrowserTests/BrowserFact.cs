using Xunit;

namespace Warta.BrowserTests;

/// <summary>A test that needs a browser. Where there is no Chromium it is skipped; in CI it runs, and fails for want of one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() =>
        Skip = Chromium.Path is null && Environment.GetEnvironmentVariable("CI") != "true" ? Chromium.IsMissing : null;
}
