using Xunit;

namespace Warta.Tests.Content;

/// <summary>The folder of texts to measure with, beside the repository: <c>../shared/data</c>. Not every machine has it.</summary>
internal static class SharedData
{
    public static string? Folder { get; } = Above("shared/data");

    /// <summary>The first folder of this name on the way up from where the tests run.</summary>
    public static string? Above(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, name);
            if (Path.Exists(path))
                return path;
        }
        return null;
    }
}

/// <summary>A test that needs one of the shared files; where it is absent the test shows as skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string file)
    {
        if (SharedData.Folder is null || !File.Exists(Path.Combine(SharedData.Folder, file)))
            Skip = $"shared/data/{file} is not beside the repository.";
    }
}
