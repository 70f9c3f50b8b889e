using Warta.Composition;
using Warta.Content;
using Warta.Search;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Reader;

/// <summary>The search page: the form as the reader left it, and the stories that match. Without words the filters alone are a list, newest first.</summary>
internal static class SearchPage
{
    private const int LongestHeading = 80;

    public static Page? Compose(Site site, Title title, Session session, SearchQuery query, int? page)
    {
        if (page is null) return null;
        var found = query.IsEmpty ? StoryFilter.Found.Nothing : Filter(site, title, session, query).Find(session, site.Press.Search, ListPage.PageSize, Lists.Skip(page.Value));
        var mended = found.IsMended ? found.Query!.Text : "";
        return new ListPage
        {
            Kind = "search",
            Heading = query.Words.Length == 0 ? title.Words.Search : $"{title.Words.Search}: {Shortened(query.Words)}",
            Address = query.Address(),
            Breadcrumbs = [new Link(title.Words.Home, "/")],
            Stories = found.Stories,
            Total = found.Total,
            Number = page.Value,
            Query = query.Words,
            IsIndexed = false,
            Marked = Marked(session, title, found),
            Versions = found.Versions,
            Search = new SearchView
            {
                Sections = Sections(site, title, query.Section),
                Author = query.Author,
                From = SearchQuery.Day(query.From),
                To = SearchQuery.Day(query.To),
                Sorts = [new OptionView("", title.Words.SortRelevance, !query.ByDate), new OptionView("date", title.Words.SortDate, query.ByDate)],
                IsNarrowed = query.IsNarrowed,
                Count = found.Total == 0 ? "" : $"{Number(found.Total, title)} {(found.IsCapped ? title.Words.SearchNewest : title.Words.SearchFound)}",
                Mended = mended,
                ExactUrl = mended.Length == 0 ? "" : query.Address(WordQuery.Of(query.Words).Exactly),
                IsPartial = found.IsPartial,
            },
        }.Compose(site, title, session);
    }

    /// <summary>A section or an author that isn't there finds nothing.</summary>
    private static StoryFilter Filter(Site site, Title title, Session session, SearchQuery query) => new()
    {
        TitleId = title.Id,
        Words = query.Words.Length == 0 ? null : query.Words,
        SectionId = query.Section.Length > 0 ? site.Titles.Section(title.Id, query.Section.ToLowerInvariant())?.Id ?? -1 : null,
        // By slug, as links have it, or by name, as people type it.
        AuthorId = query.Author.Length > 0 ? (People.Author(session, query.Author) ?? People.Author(session, Slug.From(query.Author)))?.Id ?? -1 : null,
        From = query.From is { } from ? Lists.Start(title, from) : null,
        To = query.To is { } to ? Lists.Start(title, to.AddDays(1)) : null,
        ByRelevance = !query.ByDate,
    };

    private static Dictionary<long, (string, string)> Marked(Session session, Title title, StoryFilter.Found found)
    {
        if (found.Query is null || found.Stories.Count == 0) return [];
        var highlight = new Highlight(found.Query);
        var bodies = session.Query<(long Id, string Body)>("SELECT a.article_id, a.body FROM [[ids:ids]] f CROSS JOIN live_articles a WHERE a.title_id = @Id AND a.article_id = f.id",
            new { title.Id, ids = session.Ids(found.Stories.Select(s => s.ArticleId)) }).ToDictionary(row => row.Id, row => row.Body);
        return found.Stories.ToDictionary(s => s.ArticleId, s => (
            highlight.Whole(s.Headline, s.Language),
            highlight.Snippet(s.Standfirst, BodyRenderer.PlainText(BodyJson.Read(bodies[s.ArticleId])), s.Language)));
    }

    private static List<OptionView> Sections(Site site, Title title, string chosen)
    {
        var options = site.Titles.Sections(title.Id).OrderBy(s => s.Path, StringComparer.Ordinal)
            .Select(s => new OptionView(s.Path, s.Name, s.Path.Equals(chosen, StringComparison.OrdinalIgnoreCase))).ToList();
        // The form says what was asked for, also where there is no such section.
        if (chosen.Length > 0 && !options.Exists(o => o.Chosen)) options.Add(new OptionView(chosen, chosen, true));
        return options.Prepend(new OptionView("", title.Words.AllSections, chosen.Length == 0)).ToList();
    }

    private static string Number(long number, Title title) => number.ToString("N0").Replace(',', Languages.Primary(title.Language) == "id" ? '.' : ',');

    private static string Shortened(string words) => words.Length <= LongestHeading ? words : words[..(char.IsHighSurrogate(words[LongestHeading - 1]) ? LongestHeading - 1 : LongestHeading)] + "…";
}
