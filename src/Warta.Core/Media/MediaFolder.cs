using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Warta.Storage;

namespace Warta.Media;

/// <summary>
/// The files of pictures: a folder for each, named by its content and focus, with the original and what was made of it. A folder appears whole or not at all: it is
/// filled elsewhere, forced to the disk, and then given its name; its row is written after that. So there is no row without its files.
/// </summary>
public sealed class MediaFolder
{
    public const int LargestFile = 30 << 20;

    private const string Original = "original";
    private static readonly TimeSpan LongestWork = TimeSpan.FromHours(1);
    private readonly Lock _naming = new();

    public MediaFolder(DataFolder folder) => (Path, Uploads) = (System.IO.Path.Combine(folder.Path, "media"), new UploadFolder(System.IO.Path.Combine(folder.Path, "uploads")));

    public string Path { get; }

    /// <summary>Files that aren't whole yet.</summary>
    public UploadFolder Uploads { get; }

    /// <summary>False where uploads must be refused.</summary>
    public static bool CanMake => Vips.IsHere;

    /// <summary>A picture's files on the disk, before it has a row.</summary>
    public sealed record Stored(string Hash, ImageHeader Original, long Bytes, int Width, int Height, IReadOnlyList<(Rendition Rendition, long Bytes)> Renditions);

    /// <summary>A file that was made beforehand.</summary>
    public sealed record Prepared(Rendition Rendition, byte[] File);

    public static string HashOf(ReadOnlySpan<byte> file) => Convert.ToHexStringLower(SHA256.HashData(file))[..32];

    /// <summary>The name of a picture's folder, and of it in addresses. A picture with another focus has other crops, and so another name.</summary>
    public static string KeyOf(string hash, int focusX, int focusY) => focusX == 50 && focusY == 50 ? hash : $"{hash}-{focusX}x{focusY}";

    public string FileOf(string key, string name) => System.IO.Path.Combine(FolderOf(key), name);

    public static string NameOf(Rendition rendition) => $"{rendition.Shape}-{rendition.Width}.{rendition.Format}";

    /// <summary>Checks a file, makes its renditions and keeps them.</summary>
    /// <exception cref="MediaException">It is no picture, or too large; or vips is missing.</exception>
    public Stored Store(byte[] file, int focusX, int focusY)
    {
        var header = Checked(file);
        if (!CanMake) throw new VipsMissingException();
        return Keep(file, header, focusX, focusY, folder => RenditionMaker.WebP(folder, OriginalName(header), header, new RenditionMaker.Focus(focusX, focusY)));
    }

    /// <summary>Keeps a picture with the files that were made of it elsewhere by somebody we trust: nothing is decoded, but each must be what it says.</summary>
    /// <exception cref="MediaException">A file is no picture, or of another size or format.</exception>
    public Stored StorePrepared(byte[] file, IReadOnlyList<Prepared> renditions, int focusX, int focusY)
    {
        var header = Checked(file);
        foreach (var (rendition, bytes) in renditions)
        {
            var isWhatItSays = rendition.Format == "avif"
                ? bytes.Length > 12 && bytes.AsSpan(4, 8).SequenceEqual("ftypavif"u8)
                : ImageHeader.Read(bytes) == new ImageHeader(rendition.Format, rendition.Width, rendition.Height);
            if (!isWhatItSays) throw new MediaException($"The file for {NameOf(rendition)} isn't that: it is another format or size.");
        }

        return Keep(file, header, focusX, focusY, folder =>
        {
            foreach (var (rendition, bytes) in renditions) File.WriteAllBytes(System.IO.Path.Combine(folder, NameOf(rendition)), bytes);
            return new RenditionMaker.Made(header.Width, header.Height, renditions.Select(p => p.Rendition).ToList());
        });
    }

    /// <summary>Makes the AVIF files of a picture that is kept already.</summary>
    public IReadOnlyList<(Rendition Rendition, long Bytes)> StoreAvif(string key, string format, int focusX, int focusY)
    {
        var home = FolderOf(key);
        var work = NewFolder();
        try
        {
            var original = $"{Original}.{format}";
            File.Copy(System.IO.Path.Combine(home, original), System.IO.Path.Combine(work, original));
            var made = RenditionMaker.Avif(work, original, new RenditionMaker.Focus(focusX, focusY)).Select(r => (r, Sync(System.IO.Path.Combine(work, NameOf(r))))).ToList();
            foreach (var (rendition, _) in made) File.Move(System.IO.Path.Combine(work, NameOf(rendition)), System.IO.Path.Combine(home, NameOf(rendition)), overwrite: true);
            SyncFolder(home);
            return made;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>The file as it was sent.</summary>
    /// <exception cref="MediaException">It is lost.</exception>
    public byte[] ReadOriginal(string key, string format)
    {
        var file = FileOf(key, $"{Original}.{format}");
        return File.Exists(file) ? File.ReadAllBytes(file) : throw new MediaException("The picture's own file is lost; only what was made of it is left. Send it again.");
    }

    public bool Has(string key) => Directory.Exists(FolderOf(key));

    public void Erase(string key)
    {
        if (!Has(key)) return;
        Directory.Delete(FolderOf(key), recursive: true);
        SyncFolder(System.IO.Path.GetDirectoryName(FolderOf(key))!);
    }

    /// <summary>The pictures that have a folder.</summary>
    public IEnumerable<string> Keys() => !Directory.Exists(Path) ? [] :
        Directory.EnumerateDirectories(Path).Where(folder => System.IO.Path.GetFileName(folder).Length == 2).SelectMany(Directory.EnumerateDirectories).Select(folder => System.IO.Path.GetFileName(folder)!);

    /// <summary>Removes what a crash left in the midst of work.</summary>
    public void Tidy(DateTimeOffset now)
    {
        Uploads.Tidy(now);
        var incoming = new DirectoryInfo(System.IO.Path.Combine(Path, Incoming));
        if (!incoming.Exists) return;
        foreach (var left in incoming.EnumerateDirectories().Where(folder => now - folder.LastWriteTimeUtc > LongestWork)) left.Delete(recursive: true);
    }

    private const string Incoming = ".incoming";

    private static ImageHeader Checked(byte[] file) => file.Length <= LargestFile ? ImageHeader.Read(file)
        : throw new MediaException($"The file has {file.Length >> 20} MB; at most {LargestFile >> 20} MB fit.");

    private static string OriginalName(ImageHeader header) => $"{Original}.{header.Format}";

    private string FolderOf(string key) => System.IO.Path.Combine(Path, key[..2], key);

    private string NewFolder()
    {
        var folder = System.IO.Path.Combine(Path, Incoming, Guid.NewGuid().ToString("n"));
        Directory.CreateDirectory(folder);
        return folder;
    }

    private Stored Keep(byte[] file, ImageHeader header, int focusX, int focusY, Func<string, RenditionMaker.Made> make)
    {
        var hash = HashOf(file);
        var work = NewFolder();
        try
        {
            File.WriteAllBytes(System.IO.Path.Combine(work, OriginalName(header)), file);
            var made = make(work);
            Sync(System.IO.Path.Combine(work, OriginalName(header)));
            var renditions = made.Renditions.Select(r => (r, Sync(System.IO.Path.Combine(work, NameOf(r))))).ToList();
            SyncFolder(work);
            Name(work, FolderOf(KeyOf(hash, focusX, focusY)));
            return new Stored(hash, header, file.Length, made.Width, made.Height, renditions);
        }
        finally
        {
            if (Directory.Exists(work)) Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>Whoever comes second finds the folder there, whole; what it lacks of the second's files is added.</summary>
    private void Name(string work, string home)
    {
        lock (_naming)
        {
            var above = System.IO.Path.GetDirectoryName(home)!;
            if (Directory.Exists(home))
            {
                foreach (var file in Directory.EnumerateFiles(work))
                {
                    var target = System.IO.Path.Combine(home, System.IO.Path.GetFileName(file));
                    if (!File.Exists(target)) File.Move(file, target);
                }

                SyncFolder(home);
                return;
            }

            Directory.CreateDirectory(above);
            Directory.Move(work, home);
            SyncFolder(above);
            SyncFolder(Path);
        }
    }

    /// <returns>The file's length.</returns>
    private static long Sync(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
        return stream.Length;
    }

    /// <summary>A file's name is in its folder, which has to reach the disk as well. .NET opens no folders.</summary>
    private static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = OpenFile(folder, 0);
        if (handle < 0) return;
        _ = SyncFile(handle);
        _ = CloseFile(handle);
    }

    [DllImport("libc", EntryPoint = "open", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int OpenFile([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int SyncFile(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int CloseFile(int handle);
}
