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
        new("url", "", "the public address, for canonical links, feeds and sitemaps: https://example.com", IsSiteUrl),
        new("section", "berita", "the section of a story that comes without one", value => Slug.From(value) == value && !Slug.IsReserved(value) ? null : "a slug such as berita, and none of Warta's own addresses"),
        new("related.count", "5", "related stories on an article page", Number(0, 20)),
        new("related.scope", "title", "where they come from: title, section or language", IsScope),
        new("popular.count", "5", "most-read stories on a page", Number(0, 20)),
        new("popular.scope", "title", "where they come from: title, section or language", IsScope),
        new("picks.count", "5", "editors' picks on a page", Number(0, 20)),
        new("picks.scope", "title", "where they come from: title, section or language", IsScope),
        new("latest.count", "10", "latest stories on an article page", Number(0, 50)),
        new("latest.scope", "section", "where they come from: title, section or language", IsScope),
        new("menu", "", "sections and links in order: nasional, bola, Cek Fakta=/tag/cek-fakta; empty: sections, the fullest first", MenuEntry.Check),
        new("ads.slots", "", "the ad slots in use: top middle side bottom story, with =DESK/PHONE for another size", AdSlots.Check),
        new("ads.off", "", "sections without ads, or without some slots: obituari nasional:top,side", AdSlots.CheckOff),
        new("ads.advertorials", "off", "whether advertorials bear ads: on or off", value => value is "on" or "off" ? null : "on or off"),
        new("ads.story.after", "3", "the paragraph of a story after which its first slot stands", Number(1, 50)),
        new("ads.story.every", "6", "paragraphs from one slot in a story to the next", Number(1, 50)),
        new("ads.story.least", "8", "paragraphs that a story needs to have slots inside", Number(2, 100)),
        new("ads.story.most", "3", "slots inside a story, at most", Number(0, 20)),
        new("ads.house", "", "the newspaper's own ads, as `warta ad add` writes them", AdSlots.CheckHouse),
        new("vendors", "", "vendors of ads, analytics and consent, as `warta vendor add` writes them", Vendors.Check),
        new("logo", "", "a PNG or WebP in titles/SLUG/ of the data folder, which stands for the name", value => value.Length == 0 || TitleFile.IsPicture(value) ? null : "the name of a PNG or WebP file in titles/SLUG/ of the data folder, such as logo.png"),
        new("colors.light", "", "paper, ink and accent by day: #fbf8f1 #1c1814 #96301a", Palette.Check(isDark: false)),
        new("colors.dark", "", "paper, ink and accent by night: #171411 #e6ded0 #ec8f6c", Palette.Check(isDark: true)),
        new("font.headlines", "", "the theme's text or label, or a font in titles/SLUG/ such as judul.woff2", value => value is "" or "text" or "label" || TitleFile.IsFont(value) ? null : "text, label, or the name of a WOFF2 file in titles/SLUG/ of the data folder, such as judul.woff2"),
        new("font.text", "", "the theme's label, or a font in titles/SLUG/ such as isi.woff2", value => value is "" or "label" || TitleFile.IsFont(value) ? null : "label, or the name of a WOFF2 file in titles/SLUG/ of the data folder, such as isi.woff2"),
        new("live.seconds", "10", "after how many seconds an open page asks for its lists again; 0: never", Number(0, 3600)),
        new("feeds.content", "full", "what feeds hold of a story: full or summary", value => value is "full" or "summary" ? null : "full or summary"),
        new("feeds.count", "30", "stories in a feed", Number(1, 200)),
        new("robots", "", "further lines of robots.txt", Lines(20_000)),
        new("ads.txt", "", "the lines of ads.txt; empty: there is no such file", Lines(100_000)),
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
        value = value.ReplaceLineEndings("\n").Trim();
        return setting.Check(value) is { } expected ? throw new ContentException($"{key} can't be \"{value}\": give {expected}.") : value;
    }

    private static Func<string, string?> Text(int least, int most) =>
        value => value.Length >= least && value.Length <= most && !value.Any(char.IsControl) ? null : $"a text of {least} to {most} characters on one line";

    private static Func<string, string?> Lines(int most) =>
        value => value.Length <= most && !value.Any(c => char.IsControl(c) && c is not '\n' and not '\t') ? null : $"one or more lines of at most {most:N0} characters together";

    private static Func<string, string?> Number(int least, int most) =>
        value => int.TryParse(value, out var number) && number >= least && number <= most ? null : $"a whole number from {least} to {most}";

    private static string? IsScope(string value) => value is "title" or "section" or "language" ? null : "title, section or language";

    private static string? IsSiteUrl(string value) =>
        value.Length == 0 || (Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.PathAndQuery == "/" && !value.EndsWith('/'))
            ? null
            : "an address such as https://example.com, without a path or a slash at its end";
}
