using Warta.House;
using Xunit;

namespace Warta.Engines;

/// <summary>Files that are too large, or not ours, to be in the repository: the folder <c>shared/data</c> beside it.</summary>
public static class SharedData
{
    private static string Root => System.IO.Path.GetFullPath(Checkout.Path("..", "shared", "data"));

    private static string Missing => $"The shared test data is not here: put it in {Root}";

    /// <summary>Why tests that need the data are skipped; null when they run (in CI they always do, and fail by their missing file).</summary>
    public static string? SkipReason => Directory.Exists(Root) || Requirements.InCI ? null : Missing;

    /// <summary>The full path of a file or folder: <c>SharedData.Path("ninjs", "3.0")</c>.</summary>
    /// <exception cref="DirectoryNotFoundException">The data is not here.</exception>
    public static string Path(params string[] parts) =>
        Directory.Exists(Root) ? System.IO.Path.Combine([Root, .. parts]) : throw new DirectoryNotFoundException(Missing);
}

/// <summary>A fact about a file of <see cref="SharedData"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute() => Skip = SharedData.SkipReason;
}

/// <summary>A theory about files of <see cref="SharedData"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute() => Skip = SharedData.SkipReason;
}
