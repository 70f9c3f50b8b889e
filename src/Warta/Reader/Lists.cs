using Warta.Composition;
using Warta.Content;
using Warta.Search;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Reader;

/// <summary>The pages that are lists: sections, tags, authors, a day and the most read.</summary>
internal static class Lists
{
    private const int MostPopular = 100, MostKnown = 500, PopularInSection = 5;

    public static Page? Section(Site site, Title title, Session session, Section section, int page)
    {
        var above = site.Titles.Lineage(section.Id).SkipLast(1);
        return Listing(session, title, ListingKind.Section, section.Id, page, new ListPage
        {
            Kind = "section",
            Heading = section.Name,
            Address = Site.Address(section),
            Section = section,
            Breadcrumbs = above.Select(s => new Link(s.Name, Site.Address(s))).Prepend(new Link(title.Words.Home, "/")).ToList(),
            Subsections = site.Subsections(title, section.Id).Select(s => new Link(s.Name, Site.Address(s))).ToList(),
            Stories = [],
            Total = 0,
            Number = page,
        }).Compose(site, title, session);
    }

    public static Page? Tag(Site site, Title title, Session session, string slug, int? page) => page is { } number && People.Tag(session, slug) is { } tag
        ? tag.Slug != slug ? Page.MovedTo("/tag/" + Uri.EscapeDataString(tag.Slug)) : Named(site, title, session, ListingKind.Tag, tag.Id, tag.Name, "/tag/" + Uri.EscapeDataString(tag.Slug), title.Words.Tags, number)
        : null;

    public static Page? Author(Site site, Title title, Session session, string slug, int? page) => page is { } number && People.Author(session, slug) is { } author
        ? author.Slug != slug ? Page.MovedTo("/author/" + Uri.EscapeDataString(author.Slug)) : Named(site, title, session, ListingKind.Author, author.Id, author.Name, "/author/" + Uri.EscapeDataString(author.Slug), title.Words.Author, number, author)
        : null;

    public static Page? Popular(Site site, Title title, Session session, int? page)
    {
        if (page is null) return null;
        var all = site.MostRead.Stories(session, title.Id, Discovery.Scope.Title, MostKnown, site.Press.Now);
        var shown = all.Take(MostPopular).ToList();
        return new ListPage
        {
            Kind = "popular",
            Heading = title.Words.Popular,
            Address = "/popular",
            Breadcrumbs = [new Link(title.Words.Home, "/")],
            Stories = shown.Skip((page.Value - 1) * ListPage.PageSize).Take(ListPage.PageSize).ToList(),
            Total = shown.Count,
            Number = page.Value,
            Rivers = page == 1 ? PopularBySection(site, title, session, all) : [],
        }.Compose(site, title, session);
    }

    /// <summary>A section's own most read, taken from the title's list: one that nobody reads has none.</summary>
    private static List<RiverView> PopularBySection(Site site, Title title, Session session, List<Story> all)
    {
        var byChannel = all.ToLookup(story => story.SectionPath.Split('/')[0]);
        var sections = site.TopSections(title).Where(section => byChannel.Contains(section.Path)).Select(section => (Section: section, Stories: byChannel[section.Path].Take(PopularInSection).ToList())).ToList();
        var cards = new Cards(site, title, session, sections.SelectMany(s => s.Stories));
        return sections.ConvertAll(s => new RiverView(new Link(s.Section.Name, Site.Address(s.Section)), cards.Of(s.Stories)));
    }

    /// <summary>Every story of a day, today when none is named.</summary>
    public static Page? Day(Site site, Title title, Session session, string? date, string? sectionPath, int? page)
    {
        var day = SearchQuery.Date(date);
        if (page is null || (date is { Length: > 0 } && day is null)) return null;
        var local = day ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(site.Press.Now, title.Zone).DateTime);
        var section = sectionPath is { Length: > 0 } ? site.Titles.Section(title.Id, sectionPath) : null;
        if (sectionPath is { Length: > 0 } && section is null) return null;
        var filter = new StoryFilter { TitleId = title.Id, SectionId = section?.Id, From = Start(title, local), To = Start(title, local.AddDays(1)) };
        var found = filter.Find(session, site.Press.Search, ListPage.PageSize, Skip(page.Value));
        return new ListPage
        {
            Kind = "index",
            Heading = $"{title.Words.Index}: {Clock.DateInWords(Start(title, local), title.Zone, title.Language)}",
            Address = DayAddress(local, section),
            Breadcrumbs = [new Link(title.Words.Home, "/")],
            Stories = found.Stories,
            Total = found.Total,
            Number = page.Value,
            IsIndexed = false,
            Day = DayOf(site, title, session, local, section),
        }.Compose(site, title, session);
    }

    /// <summary>Leads to the nearest days that have stories: a crawler that follows them comes to an end.</summary>
    private static DayView DayOf(Site site, Title title, Session session, DateOnly day, Section? section)
    {
        var (before, after) = Listings.Around(session, title.Id, section is null ? ListingKind.Title : ListingKind.Section, section?.Id ?? 0, Start(title, day), Start(title, day.AddDays(1)));
        return new DayView(
            day.ToString("yyyy-MM-dd"), AddressOf(before), AddressOf(after),
            site.TopSections(title).Select(s => new OptionView(s.Path, s.Name, s.Id == section?.Id)).ToList());

        string AddressOf(DateTimeOffset? moment) => moment is { } at ? DayAddress(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, title.Zone).DateTime), section) : "";
    }

    private static string DayAddress(DateOnly day, Section? section) =>
        $"/index?date={day:yyyy-MM-dd}" + (section is null ? "" : "&section=" + Uri.EscapeDataString(section.Path));

    private static ListPage Listing(Session session, Title title, string kind, long key, int page, ListPage list) => list with
    {
        Stories = Listings.Page(session, title.Id, kind, key, ListPage.PageSize, Skip(page)),
        Total = Listings.Count(session, title.Id, kind, key),
    };

    /// <summary>A tag's or an author's page; none for one of another title, or of stories that are gone.</summary>
    private static Page? Named(Site site, Title title, Session session, string kind, long key, string name, string address, string above, int page, Author? author = null)
    {
        var list = Listing(session, title, kind, key, page, new ListPage
        {
            Kind = kind,
            Heading = name,
            Author = author,
            Address = address,
            Breadcrumbs = [new Link(title.Words.Home, "/"), new Link(above, "")],
            Stories = [],
            Total = 0,
            Number = page,
        });
        return list.Total > 0 ? list.Compose(site, title, session) : null;
    }

    internal static long Skip(int page) => (page - 1L) * ListPage.PageSize;

    internal static DateTimeOffset Start(Title title, DateOnly day) => Clock.Midnight(day, title.Zone);
}
