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
public sealed class Site(Press press, MostRead mostRead, ThemeStore themes)
{
    private static readonly TimeSpan MenuKept = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<long, Menu> _menus = new();

    private sealed record Menu(TitleDirectory Titles, DateTimeOffset ReadAt, IReadOnlyList<Section> Sections, ILookup<long, Section> Below);

    public Press Press => press;
    public MostRead MostRead => mostRead;

    public Theme ThemeOf(Title title) => themes.Get(title["theme"]);

    public T Read<T>(Func<Session, T> work) => press.Database.Read(work);

    /// <summary>A title's top sections that have live stories, the fullest first.</summary>
    public IReadOnlyList<Section> TopSections(Session session, Title title) => MenuOf(session, title).Sections;

    public IEnumerable<Section> Subsections(Session session, Title title, long sectionId) => MenuOf(session, title).Below[sectionId];

    /// <summary>The parts of a view that every page has.</summary>
    /// <param name="current">The section that the page belongs to.</param>
    public Frame Frame(Session session, Title title, HeadView head, Section? current = null)
    {
        var menu = MenuOf(session, title);
        var top = current?.Path.Split('/')[0];
        return new Frame(
            new TitleView(title.Slug, title.Name, title.Tagline, title.Language, Languages.Direction(title.Language)),
            head,
            title.Words,
            ThemeOf(title).Assets,
            menu.Sections.Select(s => new SectionLink(s.Name, Address(s), s.Path == top, menu.Below[s.Id].Select(b => new SectionLink(b.Name, Address(b), b.Path == current?.Path, [])).ToList())).ToList(),
            Clock.DateInWords(press.Now, title.Zone, title.Language));
    }

    public MomentView Moment(Title title, DateTimeOffset moment) => new(
        Clock.Iso(moment, title.Zone), Clock.InWords(moment, title.Zone, title.Language), Clock.Short(moment, title.Zone, title.Language, press.Now));

    public static string Address(Section section) => Address(section.Path);

    public static string Address(string sectionPath) => "/" + string.Join('/', sectionPath.Split('/').Select(Uri.EscapeDataString));

    /// <summary>Where the page is for search engines, absolute; empty until the title's <c>url</c> is set.</summary>
    public static string Canonical(Title title, string path) => title.Url.Length == 0 ? "" : title.Url + path;

    private Menu MenuOf(Session session, Title title)
    {
        var titles = press.Titles;
        if (_menus.TryGetValue(title.Id, out var kept) && ReferenceEquals(kept.Titles, titles) && press.Now - kept.ReadAt < MenuKept && press.Now >= kept.ReadAt) return kept;
        var stories = session.Query<(long Section, long Stories)>("SELECT key_id, count(*) FROM listings WHERE title_id = @Id AND kind = 'section' GROUP BY key_id", new { title.Id }).ToDictionary(r => r.Section, r => r.Stories);
        var full = titles.Sections(title.Id).Where(s => stories.ContainsKey(s.Id)).OrderByDescending(s => stories[s.Id]).ThenBy(s => s.Id).ToList();
        var menu = new Menu(titles, press.Now, full.Where(s => s.ParentId is null).ToList(), full.Where(s => s.ParentId is not null).ToLookup(s => s.ParentId!.Value));
        return _menus[title.Id] = menu;
    }
}
