namespace Warta.Exchange;

/// <summary>Where an import's pictures lie: at an http address, or in the folder of the file that names them, and never outside it.</summary>
internal static class PictureSource
{
    private const string FilePrefix = "file:";
    private const int Longest = 2_000;

    /// <param name="folder">The folder of the file that names the picture.</param>
    /// <returns>What <see cref="Publishing.AwaitPicture"/> knows it by; null for what may not be read: an absolute path, a way out of the folder, another scheme.</returns>
    public static string? Of(string href, string folder)
    {
        if (href.Length is 0 or > Longest || href.Contains('\0')) return null;
        if (IsUrl(href)) return Uri.TryCreate(href, UriKind.Absolute, out var url) ? url.AbsoluteUri : null;
        if (href.Contains("://", StringComparison.Ordinal) || href.StartsWith("//", StringComparison.Ordinal)) return null;
        var path = PathIn(folder, Uri.UnescapeDataString(href));
        if (path is null) return null;
        // Tomorrow's delivery may have another picture under the same name.
        var file = new FileInfo(path);
        return $"{FilePrefix}{path}?{(file.Exists ? $"{file.Length}-{file.LastWriteTimeUtc.Ticks}" : "")}";
    }

    public static bool IsUrl(string source) => source.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || source.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>The path of a source that is a file.</summary>
    public static string PathOf(string source) => source[FilePrefix.Length..source.LastIndexOf('?')];

    /// <summary>Null where the path leaves the folder, by name or by a link on the way.</summary>
    private static string? PathIn(string folder, string href)
    {
        if (href.Contains('\0')) return null;
        var root = Path.GetFullPath(folder);
        var path = Path.GetFullPath(href, root);
        if (Path.IsPathRooted(href) || !path.StartsWith(root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return null;
        for (var at = path; at.Length > root.Length; at = Path.GetDirectoryName(at)!)
        {
            if (new FileInfo(at).LinkTarget is not null) return null;
        }

        return path;
    }
}
