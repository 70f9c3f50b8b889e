namespace Warta.Storage;

/// <summary>
/// The folder that holds a newsroom: databases, settings, media, themes. One process at a time works in it; <see cref="TryLock"/> says whether
/// that is this one.
/// </summary>
public sealed class DataFolder
{
    /// <exception cref="StorageException">The folder can't be made or written.</exception>
    public DataFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The data folder {Path} can't be made ({e.Message}). Give this user the right to write there, or choose another with --data.", e);
        }
    }

    public string Path { get; }
    public string SettingsFile => System.IO.Path.Combine(Path, "warta.json");
    /// <summary>A title's own files: logo, fonts, advertisements.</summary>
    public string TitleFolder(string slug) => System.IO.Path.Combine(Path, "titles", slug);

    public string ThemesFolder => System.IO.Path.Combine(Path, "themes");

    /// <summary>
    /// Where the running server listens for commands. A Unix socket's path has room for about 100 bytes, so a deep data folder gets a short one
    /// in a folder of this user's own under the temporary directory.
    /// </summary>
    public string ControlSocket
    {
        get
        {
            var beside = System.IO.Path.Combine(Path, "control.sock");
            if (System.Text.Encoding.UTF8.GetByteCount(beside) <= 100) return beside;
            var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Path)))[..16];
            return System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"warta-{Environment.UserName}-{hash}", "control.sock");
        }
    }

    public string DatabaseFile(string set) => System.IO.Path.Combine(Path, set == Migrator.Main ? "warta.db" : set + ".db");

    /// <summary>The right to work in this folder until disposed, or null when another process has it.</summary>
    /// <exception cref="StorageException">The folder can't be written.</exception>
    public IDisposable? TryLock()
    {
        var file = System.IO.Path.Combine(Path, "warta.lock");
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StorageException($"The data folder {Path} can't be written ({e.Message}). Give this user the right to write there, or choose another with --data.", e);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException) && !IsReadOnlyFileSystem(e))
        {
            return null;
        }
        catch (IOException e)
        {
            throw new StorageException($"The data folder {Path} can't be written ({e.Message}). Give this user the right to write there, or choose another with --data.", e);
        }
    }

    private static bool IsReadOnlyFileSystem(IOException e) => e.Message.Contains("Read-only", StringComparison.OrdinalIgnoreCase) || e.Message.Contains("No space", StringComparison.OrdinalIgnoreCase);
}
