using Warta.Content;
using Warta.Media;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>A story's page: half archive, half live.</summary>
public static class ArticlePage
{
    private const int WordsPerMinute = 200;

    /// <param name="page">1 for the first; 0 for all on one page.</param>
    /// <param name="readAlsos">Where its read-alsos lead; null for those of the revision that is live.</param>
    /// <returns>Null when the story has no such page.</returns>
    public static Page? Compose(Site site, Title title, Session session, LiveArticle article, int page, Func<string, ReadAlsoTarget?>? readAlsos = null)
    {
        var body = BodyJson.Read(article.Body);
        var pages = BodyRenderer.Pages(body);
        if (page > Math.Max(1, pages.Count)) return null;
        var path = title.PathOf(article);
        var authors = People.Authors(session, article.BylineRefs.Select(b => b.Author));
        var pictures = new Pictures(session, site.Press.Now, authors.Values.Select(a => a.Portrait).Concat(body.Figures.Select(f => f.Media)).Append(article.PictureRef?.Media), Shape.Whole, Shape.Wide, Shape.Square, Shape.Share);
        var ads = Ads.Of(site, title, article);
        var bodyHtml = Ads.InText(ads, page == 0 || pages.Count == 0 ? body.Blocks : pages[page - 1],
            RenderContext.Of(title, article, readAlsos ?? Site.ReadAlsos(session, title, article.ArticleId), isFirst: page <= 1, isLast: page == 0 || page >= pages.Count) with { Picture = pictures.InBody, Link = site.TextLinks(session, title, article.ArticleId) });

        var issued = Corrections.Of(session, article.ArticleId);
        var corrections = CorrectionViews.Of(site, title, session, issued);
        var lineage = site.Titles.Lineage(article.SectionId);
        var tags = People.Tags(session, article.TagIds);
        var breadcrumbs = lineage.Select(s => new Link(s.Name, Site.Address(s))).Prepend(new Link(title.Words.Home, "/")).ToList();
        var words = BodyRenderer.WordCount(body);
        var head = Heads.Article(site, title, site.Canonical(session, title, article), article, body, words, pictures, authors, tags.Select(t => t.Name).ToList(), breadcrumbs, issued);
        var plan = new LiveBlocks(site, title).Plan(session, new LiveBlocks.Beside(article.ArticleId, article.SectionPath, article.Language));
        var frame = site.Frame(title, head, lineage[^1]);
        return new Page(200, site.ThemeOf(title).Render("article", new ArticleView(frame)
        {
            Id = article.ArticleId,
            Language = article.Language,
            Dir = Languages.Direction(article.Language),
            Kicker = article.Kicker,
            Headline = article.Headline,
            Standfirst = article.Standfirst,
            Bylines = article.BylineRefs.Where(b => authors.ContainsKey(b.Author)).DistinctBy(b => (authors[b.Author].Id, b.Role)).Select(b => new BylineView(authors[b.Author].Name, "/author/" + Uri.EscapeDataString(authors[b.Author].Slug), RoleIn(title.Words, b.Role), pictures.Portrait(authors[b.Author]))).ToList(),
            Published = site.Moment(session, title, article.FirstPublishedAt),
            Updated = article.UpdatedAt > article.FirstPublishedAt ? site.Moment(session, title, article.UpdatedAt) : null,
            Minutes = Math.Max(1, (int)Math.Round(words / (double)WordsPerMinute)),
            IsAdvertorial = article.IsAdvertorial,
            Picture = page <= 1 && pictures.Of(article, Shape.Whole) is { } picture ? picture with { Credit = title.Words.CreditLine(picture.Credit) } : null,
            Corrections = corrections.Where(c => c.Kind != CorrectionKind.Reply).ToList(),
            Replies = corrections.Where(c => c.Kind == CorrectionKind.Reply).ToList(),
            BodyHtml = bodyHtml,
            Breadcrumbs = breadcrumbs,
            Tags = tags.Select(t => new Link(t.Name, "/tag/" + Uri.EscapeDataString(t.Slug))).ToList(),
            Pagination = page == 0 ? null : Pagination.Of(page, pages.Count, n => n == 1 ? path : $"{path}?page={n}", $"{path}?page=all"),
            Copyright = Copyright(article),
            Share = Share(head.Canonical, article.Headline),
        }, LiveBlocks.Html(plan), ads is null ? null : ads.Html), plan)
        { IsPaged = true };
    }

    /// <summary>Each service's own address for passing on a link.</summary>
    private static ShareView Share(string url, string headline)
    {
        var (link, words) = (Uri.EscapeDataString(url), Uri.EscapeDataString(headline));
        return new ShareView(
            url,
            $"https://wa.me/?text={words}%20{link}",
            $"https://t.me/share/url?url={link}&text={words}",
            $"https://x.com/intent/post?url={link}&text={words}",
            $"https://www.facebook.com/sharer/sharer.php?u={link}");
    }

    private static string RoleIn(Words words, string role) => role switch
    {
        Byline.Editor => words.Editor,
        Byline.Photographer => words.Photographer,
        _ => words.Writer,
    };

    private static string Copyright(LiveArticle article) =>
        string.Join(" ", new[] { article.CopyrightHolder.Length > 0 ? "© " + article.CopyrightHolder : "", article.UsageTerms }.Where(t => t.Length > 0));
}
