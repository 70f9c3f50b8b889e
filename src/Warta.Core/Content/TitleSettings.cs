namespace Warta.Content;

/// <summary>What a newsroom may set for a title: each key with its default, its meaning and what may stand in it.</summary>
public static class TitleSettings
{
    /// <param name="Check">Null for a good value, else a sentence that says what it should be.</param>
    public sealed record Setting(string Key, string Default, string Meaning, Func<string, string?> Check);

    public static IReadOnlyList<Setting> All { get; } =
    [
        new("name", "", "the masthead's name", Text(1, 80)),
        new("tagline", "", "a line under the name", Text(0, 200)),
        new("language", "id", "the interface's language: id, en, ar or another BCP 47 tag", value => Languages.IsTag(value) ? null : "a language tag such as id, en or ar"),
        new("timezone", "Asia/Jakarta", "the zone of dates and URLs", value => TimeZoneInfo.TryFindSystemTimeZoneById(value, out _) ? null : "a time zone such as Asia/Jakarta, Asia/Makassar or UTC"),
        new("permalink", Permalink.Default, "how a story's address is made", Permalink.Check),
        new("url", "", "the public address, for canonical links: https://example.com", IsSiteUrl),
        new("section", "berita", "the section of a story that comes without one", value => Slug.From(value) == value && !Slug.IsReserved(value) ? null : "a slug such as berita, and none of Warta's own addresses"),
        new("related.count", "5", "related stories on an article page", Number(0, 20)),
        new("related.scope", "title", "where they come from: title, section or language", IsScope),
        new("popular.count", "5", "most-read stories on a page", Number(0, 20)),
        new("popular.scope", "title", "where they come from: title, section or language", IsScope),
        new("popular.halflife", "60", "minutes after which a read counts half", Number(1, 1440)),
        new("picks.count", "5", "editors' picks on a page", Number(0, 20)),
        new("picks.scope", "title", "where they come from: title, section or language", IsScope),
        new("latest.count", "10", "latest stories on an article page", Number(0, 50)),
        new("latest.scope", "section", "where they come from: title, section or language", IsScope),
        new("theme", "warta", "the folder of the theme", value => Slug.From(value) == value && value.Length > 0 ? null : "the name of a folder under themes/"),
    ];

    private static readonly Dictionary<string, Setting> ByKey = All.ToDictionary(s => s.Key);

    /// <exception cref="ContentException">There is no such setting; the message lists what there is.</exception>
    public static Setting Find(string key) =>
        ByKey.TryGetValue(key, out var setting) ? setting : throw new ContentException($"There is no setting \"{key}\". Settings of a title: {string.Join(", ", All.Select(s => s.Key))}.");

    /// <summary>The value as it is kept, trimmed.</summary>
    /// <exception cref="ContentException">The key is unknown or the value can't stand there.</exception>
    public static string Checked(string key, string value)
    {
        var setting = Find(key);
        value = value.Trim();
        return setting.Check(value) is { } expected ? throw new ContentException($"{key} can't be \"{value}\": give {expected}.") : value;
    }

    private static Func<string, string?> Text(int least, int most) =>
        value => value.Length >= least && value.Length <= most && !value.Any(char.IsControl) ? null : $"a text of {least} to {most} characters on one line";

    private static Func<string, string?> Number(int least, int most) =>
        value => int.TryParse(value, out var number) && number >= least && number <= most ? null : $"a whole number from {least} to {most}";

    private static string? IsScope(string value) => value is "title" or "section" or "language" ? null : "title, section or language";

    private static string? IsSiteUrl(string value) =>
        value.Length == 0 || (Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.PathAndQuery == "/" && !value.EndsWith('/'))
            ? null
            : "an address such as https://example.com, without a path or a slash at its end";
}
