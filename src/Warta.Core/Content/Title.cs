namespace Warta.Content;

/// <summary>A masthead: a paper with its own host, language, zone, sections and lists. A newsroom has one or several.</summary>
public sealed class Title
{
    private readonly IReadOnlyDictionary<string, string> _settings;

    public Title(long id, string slug, IReadOnlyList<string> hosts, IReadOnlyDictionary<string, string> settings)
    {
        (Id, Slug, Hosts, _settings) = (id, slug, hosts, settings);
        Zone = TimeZoneInfo.FindSystemTimeZoneById(this["timezone"]);
        Permalink = new Permalink(this["permalink"]);
        Words = Words.In(Language);
        Vendors = Content.Vendors.Read(this["vendors"]);
        Slots = AdSlots.Read(this["ads.slots"]);
        SlotsOff = AdSlots.ReadOff(this["ads.off"]);
        HouseAds = AdSlots.ReadHouse(this["ads.house"]);
        Menu = MenuEntry.Read(this["menu"]);
        Light = Palette.Read(this["colors.light"]);
        Dark = Palette.Read(this["colors.dark"]);
    }

    public long Id { get; }
    public string Slug { get; }
    public IReadOnlyList<string> Hosts { get; }

    /// <summary>The value of a setting of <see cref="TitleSettings"/>, or its default.</summary>
    public string this[string key] => _settings.TryGetValue(key, out var value) ? value : TitleSettings.Find(key).Default;

    /// <summary>All that is set, in one text: two titles of the same text look the same.</summary>
    public string Settings => string.Join('\n', _settings.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}={s.Value}").Prepend(string.Join(' ', Hosts)).Prepend(Slug));

    /// <summary>The title's own files that its pages show: logo, fonts and advertisements.</summary>
    public IEnumerable<string> Files => new[] { this["logo"], this["font.headlines"], this["font.text"] }.Where(file => file.Length > 0).Concat(HouseAds.Select(ad => ad.Picture));

    public string Name => this["name"] is { Length: > 0 } name ? name : Slug;
    public string Tagline => this["tagline"];
    public string Language => this["language"];
    public TimeZoneInfo Zone { get; }
    public Permalink Permalink { get; }

    /// <summary>The interface's words in this title's language.</summary>
    public Words Words { get; }

    /// <summary>Whose scripts readers may be asked to let in.</summary>
    public IReadOnlyList<Vendor> Vendors { get; }

    /// <summary>The ad slots in use; none in a title without ads.</summary>
    public IReadOnlyList<AdSlot> Slots { get; }

    /// <summary>By a section's path the slots that are off in it and in what is in it; an empty name is all of them.</summary>
    public ILookup<string, string> SlotsOff { get; }
    public IReadOnlyList<HouseAd> HouseAds { get; }

    /// <summary>The menu in the newsroom's order; empty where sections stand by their fullness.</summary>
    public IReadOnlyList<MenuEntry> Menu { get; }

    /// <summary>The title's own colours; null where the theme's are good.</summary>
    public Palette? Light { get; }
    public Palette? Dark { get; }

    /// <summary>Where the public finds the title: "https://example.com", without a slash at the end; empty until it is set, so print what the site makes of it.</summary>
    public string Url => this["url"];

    /// <summary>How many stories the list shows on an article page.</summary>
    public int Count(string list) => int.Parse(this[list + ".count"]);

    /// <summary>After how many seconds an open page asks for its lists again; 0 for never.</summary>
    public int LiveSeconds => int.Parse(this["live.seconds"]);

    /// <summary>Where the list takes its stories from: "title", "section" or "language".</summary>
    public string Scope(string list) => this[list + ".scope"];

    /// <summary>The address of a story of this title, from the root: "/nasional/2024/12/02/judul-berita".</summary>
    public string PathOf(Story story) => Permalink.Path(story.SectionPath, story.Day, story.Slug, story.ArticleId);
}
