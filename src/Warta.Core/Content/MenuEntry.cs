namespace Warta.Content;

/// <summary>One line of a title's menu: a section by its path, or a name with an address.</summary>
/// <param name="Section">Its path; null for a link.</param>
public sealed record MenuEntry(string? Section, string Name, string Url)
{
    private const int Most = 40;

    /// <summary>"nasional, bola/liga-1, Cek Fakta=/tag/cek-fakta" → the menu's lines in order.</summary>
    public static IReadOnlyList<MenuEntry> Read(string value) => Parts(value).Select(Entry).ToList();

    /// <summary>Null for a good menu, else what it should be.</summary>
    public static string? Check(string value) => Parts(value) is var parts && parts.Length <= Most && parts.Select(Entry).All(IsGood)
        ? null
        : $"at most {Most} paths of sections and NAME=ADDRESS with commas between: nasional, bola/liga-1, Cek Fakta=/tag/cek-fakta. An address is a path on this site or begins with https://";

    private static bool IsGood(MenuEntry entry) => entry.Section is { } path
        ? path.Split('/').All(part => part.Length > 0 && Slug.From(part) == part)
        : entry.Name.Length is > 0 and <= 60 && !entry.Name.Any(char.IsControl) && Links.IsAllowed(entry.Url) && (entry.Url[0] == '/' || entry.Url.StartsWith("http", StringComparison.OrdinalIgnoreCase));

    private static MenuEntry Entry(string part) => part.IndexOf('=') is >= 0 and var at
        ? new MenuEntry(null, part[..at].Trim(), part[(at + 1)..].Trim())
        : new MenuEntry(part.Trim('/'), "", "");

    private static string[] Parts(string value) => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
