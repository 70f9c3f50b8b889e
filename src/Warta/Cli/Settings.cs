using System.Text.Json;
using Warta.Storage;

namespace Warta.Cli;

/// <summary>Settings of the program: a flag goes before <c>WARTA_…</c> in the environment, and that before <c>warta.json</c> in the data folder.</summary>
public static class Settings
{
    /// <summary>Key in warta.json, variable in the environment, default, meaning.</summary>
    public static readonly IReadOnlyList<(string Key, string Variable, string Default, string Meaning)> All =
    [
        ("data", "WARTA_DATA", "./warta-data", "the data folder (not in warta.json, which stands in it)"),
        ("database", "WARTA_DATABASE", "", "a PostgreSQL connection string; without one, SQLite in the data folder"),
        ("urls", "WARTA_URLS", "http://localhost:5080", "where serve and demo listen, separated by semicolons"),
        ("page-memory", "WARTA_PAGE_MEMORY", "256", "megabytes of memory for pages that are kept"),
        ("page-disk", "WARTA_PAGE_DISK", "8192", "megabytes of disk, in the data folder's pages/, for kept pages that memory has no room for; 0 for none"),
        ("purge", "WARTA_PURGE", "", "the cache in front that is told what has changed: \"varnish http://HOST:PORT\", \"fastly SERVICE TOKEN\" or \"cloudflare ZONE TOKEN\""),
        ("trusted-proxies", "WARTA_TRUSTED_PROXIES", "", "addresses and networks of the proxies in front, whose X-Forwarded-For (and, for the newsroom, X-Forwarded-Proto) is believed: \"127.0.0.1 10.0.0.0/8\""),
        ("themes", "WARTA_THEMES", "", "a folder of themes that goes before the data folder's and Warta's own"),
    ];

    public static DataFolder Folder(string? flag) => new(Given(flag) ?? Given(Environment.GetEnvironmentVariable("WARTA_DATA")) ?? "warta-data");

    /// <exception cref="StorageException">warta.json is no JSON object of texts.</exception>
    public static string? Get(DataFolder folder, string key, string? flag)
    {
        var setting = All.First(s => s.Key == key);
        return Given(flag) ?? Given(Environment.GetEnvironmentVariable(setting.Variable)) ?? Given(InFile(folder, key)) ?? Given(setting.Default);
    }

    private static string? InFile(DataFolder folder, string key)
    {
        if (!File.Exists(folder.SettingsFile)) return null;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(folder.SettingsFile));
            return json.RootElement.TryGetProperty(key, out var value) ? value.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new StorageException($"{folder.SettingsFile} should hold one JSON object of texts, such as {{\"urls\": \"http://localhost:5080\"}} ({e.Message})", e);
        }
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
