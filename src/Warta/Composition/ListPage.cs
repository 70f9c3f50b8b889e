using Warta.Content;
using Warta.Media;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>A page that is a list of stories, in pages of twenty.</summary>
public sealed record ListPage
{
    public const int PageSize = 20;

    public required string Kind { get; init; }
    public required string Heading { get; init; }

    /// <summary>Its address without <c>page</c>, which may have other query keys: "/bola" or "/search?q=x".</summary>
    public required string Address { get; init; }
    public required IReadOnlyList<Story> Stories { get; init; }
    public required long Total { get; init; }
    public required int Number { get; init; }
    public string Query { get; init; } = "";
    public SearchView? Search { get; init; }

    /// <summary>Headlines and passages with the words that were searched for marked, by story.</summary>
    public IReadOnlyDictionary<long, (string HeadlineHtml, string SnippetHtml)> Marked { get; init; } = new Dictionary<long, (string, string)>();

    /// <summary>How many near-duplicates of a story are folded into it.</summary>
    public IReadOnlyDictionary<long, int> Versions { get; init; } = new Dictionary<long, int>();
    public Section? Section { get; init; }
    public Author? Author { get; init; }
    public IReadOnlyList<Link> Breadcrumbs { get; init; } = [];
    public IReadOnlyList<Link> Subsections { get; init; } = [];
    public DayView? Day { get; init; }
    public IReadOnlyList<RiverView> Rivers { get; init; } = [];

    /// <summary>Search results and days are not for search engines to list.</summary>
    public bool IsIndexed { get; init; } = true;

    /// <summary>Null for a page beyond the last.</summary>
    public Page? Compose(Site site, Title title, Session session)
    {
        var pages = (int)Math.Max(1, (Total + PageSize - 1) / PageSize);
        if (Number > pages) return null;
        var plan = new LiveBlocks(site, title).Plan(session, new LiveBlocks.Beside(null, Section?.Path, title.Language));
        var portrait = Author is null ? null : new Pictures(session, site.Press.Now, [Author.Portrait], Shape.Square).Portrait(Author);
        var frame = site.Frame(title, Head(site, title, portrait), Section);
        return new Page(200, site.ThemeOf(title).Render("list", new ListView(frame)
        {
            Kind = Kind,
            Heading = Heading,
            Breadcrumbs = Breadcrumbs,
            Subsections = Subsections,
            Stories = new Cards(site, title, session, Stories).Of(Stories)
                .ConvertAll(card => Marked.TryGetValue(card.Id, out var marked) ? card with { HeadlineHtml = marked.HeadlineHtml, SnippetHtml = marked.SnippetHtml } : card)
                .ConvertAll(card => Versions.TryGetValue(card.Id, out var more) ? card with { Versions = $"+{more} {title.Words.Versions}" } : card),
            FirstNumber = (Number - 1L) * PageSize + 1,
            Pagination = Pagination.Of(Number, pages, At),
            Day = Day,
            Rivers = Rivers,
            Portrait = portrait,
            About = Author is null ? "" : Author.Job.Length == 0 ? Author.About : $"{Author.Job}. {Author.About}".TrimEnd(),
            Query = Query,
            Search = Search,
        }, LiveBlocks.Html(plan), new Ads(site, title, Section?.Path).Html), plan)
        { Address = Uri.UnescapeDataString(Address), IsPaged = true };
    }

    private HeadView Head(Site site, Title title, PictureView? portrait)
    {
        var name = Number == 1 ? Heading : $"{Heading} – {title.Words.Page} {Number}";
        if (!IsIndexed) return new HeadView($"{name} – {title.Name}", "", "", "noindex, follow");
        var canonical = site.Canonical(title, At(Number));
        var data = new StructuredData(site, title);
        return new HeadView($"{name} – {title.Name}", Author is { About.Length: > 0 } ? Summary.Cut(Author.About) : Heads.Headlines(Stories), canonical, "")
        {
            Type = Author is not null ? "profile" : "website",
            ShareTitle = name,
            Feeds = Kind is ListingKind.Section or ListingKind.Tag or ListingKind.Author ? FeedLinks.Of(title, Address, Heading) : [],
            StructuredDataHtml = StructuredData.Html(
                Author is not null ? data.Profile(Author, Address, portrait) : data.List(Heading, canonical, Stories),
                data.Breadcrumbs(Breadcrumbs.Append(new Link(Heading, Address)))),
        };
    }

    private string At(int page) => page == 1 ? Address : Address + (Address.Contains('?') ? "&" : "?") + "page=" + page;
}
