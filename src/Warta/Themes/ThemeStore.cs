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

    /// <summary>Runs after a theme was changed.</summary>
    public Action? Changed { get; set; }

    /// <summary>What a title adds to its theme.</summary>
    public TitleFiles Files { get; } = new(folder);

    private sealed record Loaded(Theme Theme, IReadOnlyList<string> Folders, DateTime Stamp);

    /// <exception cref="ThemeException">It is nowhere, or broken and never was whole.</exception>
    public Theme Get(string name) => _themes.GetOrAdd(name, n =>
    {
        var folders = FoldersOf(n);
        return new Loaded(new Theme(folders), folders, Stamp(folders));
    }).Theme;

    /// <summary>Reads again what has changed on the disk.</summary>
    public void Refresh()
    {
        foreach (var (name, loaded) in _themes)
        {
            try
            {
                if (Locations(name).Count == 0) continue;
                // Taken now: a file that changes while we read makes the next look read again.
                var (folders, stamp) = (loaded.Folders, Stamp(loaded.Folders));
                try
                {
                    folders = FoldersOf(name);
                    stamp = Stamp(folders);
                    if (folders.SequenceEqual(loaded.Folders) && stamp == loaded.Stamp) continue;
                    _themes[name] = new Loaded(new Theme(folders), folders, stamp);
                    warn($"Theme \"{name}\" was changed and is in use.");
                    Changed?.Invoke();
                }
                catch (ThemeException e) when (!folders.SequenceEqual(loaded.Folders) || stamp != loaded.Stamp)
                {
                    _themes[name] = loaded with { Folders = folders, Stamp = stamp };
                    warn($"Theme \"{name}\" has a mistake, so the last good version stays in use. {e.Message}");
                }
                catch (ThemeException)
                {
                    // Said already.
                }
            }
            catch (IOException)
            {
                // Being written this moment; the next look will see it whole.
            }
        }
    }

    /// <summary>
    /// The folders that a theme is made of: its own, then that of the theme that it is based on, and so on. A theme may be based on one of its own
    /// name: the next in the order of places, which is how a newsroom changes one file of Warta's own.
    /// </summary>
    /// <exception cref="ThemeException">A theme isn't there, or its theme.json can't be read.</exception>
    private List<string> FoldersOf(string name)
    {
        var folders = new List<string>();
        for (var wanted = name; wanted is not null; wanted = Theme.BasedOn(folders[^1]))
        {
            var next = Locations(wanted).FirstOrDefault(at => !folders.Contains(at));
            if (next is null && folders.Count > 0) throw new ThemeException($"{folders[^1]} is based on the theme \"{wanted}\", which {(Locations(wanted).Count > 0 ? "is based on it in its turn" : "isn't there")}.");
            folders.Add(next ?? throw new ThemeException($"There is no theme \"{wanted}\" in {folder.ThemesFolder} nor among Warta's own. Put it there, or set another with `warta title set SLUG theme warta`."));
        }

        return folders;
    }

    /// <summary>Every theme that there is a folder of, by name.</summary>
    public IReadOnlyList<string> Names() => Roots.Where(Directory.Exists).SelectMany(root => Directory.EnumerateDirectories(root)).Select(at => Path.GetFileName(at)).Where(name => Content.Slug.From(name) == name).Distinct().Order(StringComparer.Ordinal).ToList();

    private IEnumerable<string> Roots => new[] { overrideFolder, folder.ThemesFolder, Path.Combine(AppContext.BaseDirectory, "themes") }.OfType<string>();

    private List<string> Locations(string name) => Roots
        .Select(root => Path.Combine(root, name))
        .Where(Directory.Exists)
        .ToList();

    private static DateTime Stamp(IEnumerable<string> folders) =>
        folders.SelectMany(folder => new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)).Select(f => f.LastWriteTimeUtc).DefaultIfEmpty().Max();
}
