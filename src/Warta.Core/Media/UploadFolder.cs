using System.Security.Cryptography;

namespace Warta.Media;

/// <summary>
/// Files on their way in, piece by piece. What has arrived stays there through lost networks and restarts, for a day. Each person has a folder; in it a file is named by the hash
/// and the length that it is to have, so nothing that anybody wrote becomes a name.
/// </summary>
public sealed class UploadFolder
{
    public const int LongestPiece = 1 << 20;

    private const int MostFiles = 50;
    private const long MostOfOne = 500L << 20, MostOfAll = 5L << 30;
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);
    private readonly Lock _writing = new();
    private readonly string _path;

    internal UploadFolder(string path) => _path = path;

    /// <summary>How far a file has come.</summary>
    /// <param name="Taken">False for a piece that doesn't begin where the last one ended.</param>
    public readonly record struct Progress(long Offset, long Size, bool Taken)
    {
        public bool IsWhole => Offset == Size;
    }

    /// <summary>A SHA-256 in hexadecimal; nothing else names an upload.</summary>
    public static bool IsKey(string key) => key.Length == 64 && key.All(char.IsAsciiHexDigitLower);

    /// <summary>Begins an upload, or finds how far it came.</summary>
    /// <exception cref="MediaException">It is too large, or too much is under way.</exception>
    public Progress Begin(long person, string key, long size, DateTimeOffset now)
    {
        if (size > MediaFolder.LargestFile) throw new MediaException($"The file has {size >> 20} MB; at most {MediaFolder.LargestFile >> 20} MB fit.");
        if (size < 1) throw new MediaException("The file is empty.");
        lock (_writing)
        {
            if (Find(person, key) is { } known && known.Size == size) return new Progress(known.File.Length, size, true);
            Remove(person, key);
            var own = Of(person);
            if (own.Count >= MostFiles || own.Sum(upload => upload.Size) + size > MostOfOne || All().Sum(upload => upload.Size) + size > MostOfAll)
                throw new TooMuchAtOnceException();
            Directory.CreateDirectory(FolderOf(person));
            var file = Path.Combine(FolderOf(person), $"{key}-{size}");
            File.WriteAllBytes(file, []);
            File.SetLastWriteTimeUtc(file, now.UtcDateTime);
            return new Progress(0, size, true);
        }
    }

    /// <summary>Adds a piece at its place. Null where nothing was begun under this key.</summary>
    /// <exception cref="MediaException">It reaches beyond the size that was told.</exception>
    public Progress? Add(long person, string key, long offset, ReadOnlySpan<byte> piece, DateTimeOffset now)
    {
        lock (_writing)
        {
            if (Find(person, key) is not { } upload) return null;
            var length = upload.File.Length;
            if (offset != length) return new Progress(length, upload.Size, false);
            if (length + piece.Length > upload.Size) throw new MediaException("The piece reaches beyond the end of the file.");
            using (var stream = new FileStream(upload.File.FullName, FileMode.Append, FileAccess.Write)) stream.Write(piece);
            File.SetLastWriteTimeUtc(upload.File.FullName, now.UtcDateTime);
            return new Progress(length + piece.Length, upload.Size, true);
        }
    }

    /// <summary>The whole file. Null where it isn't what its key says; then it is gone, and has to be sent again.</summary>
    public byte[]? Read(long person, string key)
    {
        byte[] file;
        lock (_writing)
        {
            if (Find(person, key) is not { } upload) return null;
            file = File.ReadAllBytes(upload.File.FullName);
        }

        if (Convert.ToHexStringLower(SHA256.HashData(file)) == key) return file;
        Remove(person, key);
        return null;
    }

    public void Remove(long person, string key)
    {
        lock (_writing)
        {
            foreach (var upload in Of(person).Where(upload => upload.Key == key)) upload.File.Delete();
        }
    }

    /// <summary>Removes what nobody goes on with.</summary>
    public void Tidy(DateTimeOffset now)
    {
        lock (_writing)
        {
            foreach (var upload in All().Where(upload => now - upload.File.LastWriteTimeUtc > Patience)) upload.File.Delete();
        }
    }

    private sealed record Upload(FileInfo File, string Key, long Size);

    private string FolderOf(long person) => Path.Combine(_path, person.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private Upload? Find(long person, string key) => Of(person).Find(upload => upload.Key == key);

    private List<Upload> Of(long person) => In(new DirectoryInfo(FolderOf(person)));

    private IEnumerable<Upload> All() => !Directory.Exists(_path) ? [] : new DirectoryInfo(_path).EnumerateDirectories().SelectMany(In);

    private static List<Upload> In(DirectoryInfo folder) => !folder.Exists ? [] : folder.EnumerateFiles()
        .Where(file => file.Name.Length > 65 && IsKey(file.Name[..64]))
        .Select(file => new Upload(file, file.Name[..64], long.Parse(file.Name[65..], System.Globalization.CultureInfo.InvariantCulture)))
        .ToList();
}
