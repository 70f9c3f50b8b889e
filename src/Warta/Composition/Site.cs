using System.Collections.Concurrent;
using Warta.Content;
using Warta.Discovery;
using Warta.Publishing;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>
/// The public site: what every page of a title has in common. A page is composed in one read snapshot, so its parts never disagree.
/// </summary>
/// <param name="listening">The first address that the server listens at; known once it has started.</param>
public sealed class Site(Press press, MostRead mostRead, ThemeStore themes, Func<string> listening)
{
    private static readonly TimeSpan MenuKept = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<long, Menu> _menus = new();

    private sealed record Menu(TitleDirectory Titles, DateTimeOffset ReadAt, IReadOnlyList<Section> Sections, ILookup<long, Section> Below, IReadOnlyList<Link> Pages);

    public Press Press => press;
    public MostRead MostRead => mostRead;

    public TitleFiles Files => themes.Files;

    /// <summary>Puts something of its own into each page that goes out: the demonstration's strip. Null in a real newsroom.</summary>
    public Func<Title, string, string>? Decorate { get; set; }

    public Theme ThemeOf(Title title) => themes.Get(title["theme"]);

    /// <summary>The title that a request is for: its host's.</summary>
    public Title TitleOf(HttpContext context) => press.Titles.ByHost(context.Request.Host.Host);

    public T Read<T>(Func<Session, T> work) => press.Database.Read(work);

    /// <summary>The sections of a title's menu that have live stories: in the newsroom's order, or the top ones, the fullest first.</summary>
    public IReadOnlyList<Section> TopSections(Session session, Title title) => title.Menu.Count == 0
        ? MenuOf(session, title).Sections
        : title.Menu.Select(entry => entry.Section is { } path ? press.Titles.Section(title.Id, path) : null).OfType<Section>().ToList();

    public IEnumerable<Section> Subsections(Session session, Title title, long sectionId) => MenuOf(session, title).Below[sectionId];

    /// <summary>The parts of a view that every page has.</summary>
    /// <param name="current">The section that the page belongs to.</param>
    public Frame Frame(Session session, Title title, HeadView head, Section? current = null)
    {
        var menu = MenuOf(session, title);
        var top = current?.Path.Split('/')[0];
        return new Frame(
            Look.Of(title, Files),
            head with { Locale = head.Locale.Length > 0 ? head.Locale : Heads.Locale(title.Language), Image = head.Image ?? ShareImage(title) },
            title.Words,
            ThemeOf(title).Assets with { TitleCss = TitleSheet.Of(title, Files)?.Url ?? "" },
            title.Menu.Count == 0 ? menu.Sections.Select(Line).ToList() : title.Menu.Select(LineOf).OfType<SectionLink>().ToList(),
            Clock.DateInWords(press.Now, title.Zone, title.Language))
        {
            Pages = menu.Pages,
            Consent = Look.ConsentOf(title, ThemeOf(title)),
        };

        SectionLink Line(Section s) => new(s.Name, Address(s), s.Path == top || s.Path == current?.Path, menu.Below[s.Id].Select(b => new SectionLink(b.Name, Address(b), b.Path == current?.Path, [])).ToList());

        // A section that isn't there any more leaves the menu.
        SectionLink? LineOf(MenuEntry entry) => entry.Section is null ? new SectionLink(entry.Name, entry.Url, false, []) : press.Titles.Section(title.Id, entry.Section) is { } section ? Line(section) : null;
    }

    public MomentView Moment(Title title, DateTimeOffset moment) => new(
        Clock.Iso(moment, title.Zone), Clock.InWords(moment, title.Zone, title.Language), Clock.Short(moment, title.Zone, title.Language, press.Now), Clock.TimeInWords(moment, title.Zone));

    /// <summary>Where a story's read-alsos lead in this title, by block; null for a target that its readers can't open.</summary>
    public static Func<string, ReadAlsoTarget?> ReadAlsos(Session session, Title title, long articleId)
    {
        var targets = ReadAlso.Of(session, title.Id, articleId).ToDictionary(link => link.Key, link => new ReadAlsoTarget(link.Value.Headline, title.PathOf(link.Value), link.Value.IsAdvertorial));
        return block => targets.GetValueOrDefault(block);
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
        var here = BindingAddress.Parse(listening());
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
        var home = press.Titles.Title(story.CanonicalTitleId);
        return Addresses.Live(session, home.Id, story.ArticleId) is { } there ? Canonical(home, home.PathOf(there)) : Canonical(title, title.PathOf(story));
    }

    private Menu MenuOf(Session session, Title title)
    {
        var titles = press.Titles;
        if (_menus.TryGetValue(title.Id, out var kept) && ReferenceEquals(kept.Titles, titles) && press.Now - kept.ReadAt < MenuKept && press.Now >= kept.ReadAt) return kept;
        var stories = session.Query<(long Section, long Stories)>("SELECT key_id, count(*) FROM listings WHERE title_id = @Id AND kind = 'section' GROUP BY key_id", new { title.Id }).ToDictionary(r => r.Section, r => r.Stories);
        var full = titles.Sections(title.Id).Where(s => stories.ContainsKey(s.Id)).OrderByDescending(s => stories[s.Id]).ThenBy(s => s.Id).ToList();
        var menu = new Menu(titles, press.Now, full.Where(s => s.ParentId is null).ToList(), full.Where(s => s.ParentId is not null).ToLookup(s => s.ParentId!.Value),
            StandingPages.Of(session, title.Id).ConvertAll(page => new Link(page.Name, TextPage.Address(page.Slug))));
        return _menus[title.Id] = menu;
    }
}
