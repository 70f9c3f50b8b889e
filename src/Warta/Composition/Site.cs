using Warta.Content;
using Warta.Discovery;
using Warta.Publishing;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>
/// The public site: what every page of a title has in common. A page is composed in one read snapshot, so its parts never disagree.
/// </summary>
public sealed class Site : IDisposable
{
    private readonly ThemeStore _themes;
    private readonly Func<string> _listening;
    private readonly Surroundings? _around;

    /// <param name="listening">The first address that the server listens at; known once it has started.</param>
    public Site(Press press, MostRead mostRead, ThemeStore themes, Func<string> listening)
    {
        (Press, MostRead, _themes, _listening) = (press, mostRead, themes, listening);
        Reads = new ReadTally(press.Database, mostRead);
        Freshness = new Freshness(this);
        Witness = new Witness(this);
        Outer = new OuterCaches(this);
        themes.Changed += ThemeChanged;
    }

    private Site(Site site, Surroundings around)
    {
        (Press, MostRead, Reads, _themes, _listening, Freshness, Witness, Outer, Strip, _around) = (site.Press, site.MostRead, site.Reads, site._themes, site._listening, site.Freshness, site.Witness, site.Outer, site.Strip, around);
    }

    /// <summary>Follows neither log nor themes any more.</summary>
    public void Dispose()
    {
        Witness.Dispose();
        Outer.Dispose();
        Freshness.Dispose();
        _themes.Changed -= ThemeChanged;
    }

    private void ThemeChanged() => Freshness.Follow();

    public Press Press { get; }
    public MostRead MostRead { get; }

    /// <summary>Reads on their way to <see cref="MostRead"/>.</summary>
    public ReadTally Reads { get; }

    /// <summary>The proxies in front that are believed.</summary>
    public TrustedProxies Proxies { get; set; } = TrustedProxies.None;

    /// <summary>What has changed, and which lists are live.</summary>
    public Freshness Freshness { get; }

    /// <summary>Keeps the receipts while the port is open.</summary>
    public Witness Witness { get; }

    /// <summary>The caches in front of us.</summary>
    public OuterCaches Outer { get; }

    /// <summary>Something of its own at the foot of each page: the demonstration's strip. Null in a real newsroom.</summary>
    public Func<Title, string>? Strip { get; set; }

    public TitleFiles Files => _themes.Files;

    /// <summary>Titles, menus and themes: those of the moment that a page is composed for, else the newest.</summary>
    public Surroundings Around => _around ?? Freshness.Around;

    public TitleDirectory Titles => Around.Titles;

    /// <summary>The site at the moment of these surroundings.</summary>
    internal Site At(Surroundings around) => new(this, around);

    public Theme ThemeOf(Title title) => Around.Of(title).Theme;

    /// <summary>The themes that there are, whole or not.</summary>
    public IReadOnlyList<string> ThemeNames => _themes.Names();

    /// <summary>What is wrong with a theme; null for a whole one.</summary>
    public string? FaultOfTheme(string name)
    {
        try
        {
            _themes.Get(name);
            return null;
        }
        catch (ThemeException e)
        {
            return e.Message;
        }
    }

    /// <summary>The theme as it is on the disk now.</summary>
    internal Theme LoadTheme(Title title) => _themes.Get(title["theme"]);

    /// <summary>The title that a request is for: its host's.</summary>
    public Title TitleOf(HttpContext context) => Titles.ByHost(context.Request.Host.Host);

    public T Read<T>(Func<Session, T> work) => Press.Database.Read(work);

    /// <summary>The sections of a title's menu that have live stories: in the newsroom's order, or the top ones, the fullest first.</summary>
    public IReadOnlyList<Section> TopSections(Title title) => title.Menu.Count == 0
        ? Around.Of(title).Menu.Sections
        : title.Menu.Select(entry => entry.Section is { } path ? Titles.Section(title.Id, path) : null).OfType<Section>().Where(section => section.HiddenAt is null).ToList();

    public IEnumerable<Section> Subsections(Title title, long sectionId) => Around.Of(title).Menu.Below[sectionId];

    /// <summary>The first address that the server listens at; known once it has started.</summary>
    internal string Listening => _listening();

    /// <summary>The parts of a view that every page has.</summary>
    /// <param name="current">The section that the page belongs to.</param>
    public Frame Frame(Title title, HeadView head, Section? current = null)
    {
        var masthead = Around.Of(title);
        var (menu, theme) = (masthead.Menu, masthead.Theme);
        var top = current?.Path.Split('/')[0];
        return new Frame(
            Look.Of(title, Files),
            head with { Locale = head.Locale.Length > 0 ? head.Locale : Heads.Locale(title.Language), Image = head.Image ?? ShareImage(title) },
            title.Words,
            theme.Assets with { TitleCss = TitleSheet.Of(title, Files)?.Url ?? "" },
            title.Menu.Count == 0 ? menu.Sections.Select(Line).ToList() : title.Menu.Select(LineOf).OfType<SectionLink>().ToList(),
            Holes.Mark(Hole.Date))
        {
            Pages = menu.Pages,
            Consent = Look.ConsentOf(title, theme),
        };

        SectionLink Line(Section s) => new(s.Name, Address(s), s.Path == top || s.Path == current?.Path, menu.Below[s.Id].Select(b => new SectionLink(b.Name, Address(b), b.Path == current?.Path, [])).ToList());

        // A section that isn't there any more, or is hidden, leaves the menu.
        SectionLink? LineOf(MenuEntry entry) => entry.Section is null ? new SectionLink(entry.Name, entry.Url, false, []) : Titles.Section(title.Id, entry.Section) is { HiddenAt: null } section ? Line(section) : null;
    }

    /// <summary>A moment as the title's readers are told of it. What is of today reads otherwise tomorrow, which the session notes.</summary>
    public MomentView Moment(Session session, Title title, DateTimeOffset moment)
    {
        var now = Press.Now;
        var (day, today) = (Clock.Day(moment, title.Zone), Clock.Day(now, title.Zone));
        if (day >= today) session.Reading?.Until(Clock.NextMidnight(day == today ? now : moment.AddDays(-1), title.Zone));
        return new(Clock.Iso(moment, title.Zone), Clock.InWords(moment, title.Zone, title.Language), Clock.Short(moment, title.Zone, title.Language, now), Clock.TimeInWords(moment, title.Zone));
    }

    /// <summary>Where a story's read-alsos lead in this title, by block; null for a target that its readers can't open.</summary>
    public static Func<string, ReadAlsoTarget?> ReadAlsos(Session session, Title title, long articleId)
    {
        var targets = ReadAlso.Of(session, title.Id, articleId).ToDictionary(link => link.Key, link => new ReadAlsoTarget(link.Value.Headline, title.PathOf(link.Value), link.Value.IsAdvertorial));
        return block => targets.GetValueOrDefault(block);
    }

    /// <summary>From an address in a story's text to the one that its readers are given; null for a story of ours that they can't open. Other addresses stay.</summary>
    public Func<string, string?> TextLinks(Session session, Title title, long articleId)
    {
        var links = Discovery.TextLinks.Of(session, articleId);
        if (links.Count == 0) return href => href;
        var addresses = new Dictionary<string, string?>();
        foreach (var group in links.GroupBy(link => link.TitleId ?? title.Id))
        {
            var at = group.Key == title.Id ? title : Titles.Title(group.Key);
            var live = Story.Live(session, at.Id, group.Where(link => link.TargetId is not null).Select(link => link.TargetId!.Value).Distinct().ToList()).ToDictionary(story => story.ArticleId);
            foreach (var link in group)
            {
                var path = link.TargetId is { } id && live.TryGetValue(id, out var story) ? at.PathOf(story) + Fragment(link.Href) : null;
                addresses[link.Href] = path is null || at == title ? path : RootOf(at) + path;
            }
        }

        return href => addresses.TryGetValue(href, out var now) ? now : href;

        static string Fragment(string href) => href.IndexOf('#', StringComparison.Ordinal) is >= 0 and var at ? href[at..] : "";
    }

    public static string Address(Section section) => Address(section.Path);

    public static string Address(string sectionPath) => "/" + string.Join('/', sectionPath.Split('/').Select(Uri.EscapeDataString));

    /// <summary>
    /// Where the public finds the title: its setting <c>url</c>, or until that is set its first host at the port that this server listens at. Never what a
    /// request calls us, for anybody may write a Host header.
    /// </summary>
    public string RootOf(Title title)
    {
        if (title.Url.Length > 0) return title.Url;
        var here = BindingAddress.Parse(_listening());
        var host = title.Hosts.Count == 0 ? "localhost" : title.Hosts[0].Contains(':') ? $"[{title.Hosts[0]}]" : title.Hosts[0];
        return here.IsUnixPipe || here.Port == (here.Scheme == "https" ? 443 : 80) ? $"{here.Scheme}://{host}" : $"{here.Scheme}://{host}:{here.Port}";
    }

    /// <summary>What a share card shows of a page without a picture of its own; null where the theme has nothing for it.</summary>
    public ShareImageView? ShareImage(Title title) => ThemeOf(title).Assets.Share is { Length: > 0 } share ? new ShareImageView(Canonical(title, share), Theme.ShareWidth, Theme.ShareHeight, title.Name) : null;

    /// <summary>The absolute address of a page of the title.</summary>
    public string Canonical(Title title, string path) => RootOf(title) + path;

    /// <summary>The absolute address of a story: in its canonical title if it is live there, else in this one.</summary>
    public string Canonical(Session session, Title title, Story story)
    {
        if (story.CanonicalTitleId == title.Id) return Canonical(title, title.PathOf(story));
        var home = Titles.Title(story.CanonicalTitleId);
        return Addresses.Live(session, home.Id, story.ArticleId) is { } there ? Canonical(home, home.PathOf(there)) : Canonical(title, title.PathOf(story));
    }
}
