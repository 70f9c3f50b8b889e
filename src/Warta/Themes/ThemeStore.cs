using System.Collections.Concurrent;
using Warta.Storage;

namespace Warta.Themes;

/// <summary>
/// The themes in use, by name. A theme in the data folder's <c>themes/</c> goes before the one that comes with Warta; a changed file takes effect within
/// a second, and a broken change leaves the last good version in place.
/// </summary>
public sealed class ThemeStore(DataFolder folder, string? overrideFolder, Action<string> warn)
{
    private readonly ConcurrentDictionary<string, Loaded> _themes = new();

    /// <summary>What a title adds to its theme.</summary>
    public TitleFiles Files { get; } = new(folder);

    private sealed record Loaded(Theme Theme, string Folder, DateTime Stamp);

    /// <exception cref="ThemeException">It is nowhere, or broken and never was whole.</exception>
    public Theme Get(string name) => _themes.GetOrAdd(name, n =>
    {
        var at = Locate(n) ?? throw new ThemeException($"There is no theme \"{n}\" in {folder.ThemesFolder} nor among Warta's own. Put it there, or set another with `warta title set SLUG theme warta`.");
        return new Loaded(new Theme(at), at, Stamp(at));
    }).Theme;

    /// <summary>Reads again what has changed on the disk.</summary>
    public void Refresh()
    {
        foreach (var (name, loaded) in _themes)
        {
            try
            {
                var at = Locate(name);
                if (at is null || (at == loaded.Folder && Stamp(at) == loaded.Stamp)) continue;
                // Taken now: a file that changes while we read makes the next look read again.
                var stamp = Stamp(at);
                try
                {
                    _themes[name] = new Loaded(new Theme(at), at, stamp);
                    warn($"Theme \"{name}\" was changed and is in use.");
                }
                catch (ThemeException e)
                {
                    _themes[name] = loaded with { Folder = at, Stamp = stamp };
                    warn($"Theme \"{name}\" has a mistake, so the last good version stays in use. {e.Message}");
                }
            }
            catch (IOException)
            {
                // Being written this moment; the next look will see it whole.
            }
        }
    }

    private string? Locate(string name) => new[] { overrideFolder, folder.ThemesFolder, Path.Combine(AppContext.BaseDirectory, "themes") }
        .Where(root => root is not null)
        .Select(root => Path.Combine(root!, name))
        .FirstOrDefault(Directory.Exists);

    private static DateTime Stamp(string folder) => new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Select(f => f.LastWriteTimeUtc).DefaultIfEmpty().Max();
}
