using Warta.Content;
using Warta.Media;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>What <c>&lt;head&gt;</c> says of a page to search engines, share cards and feed readers.</summary>
public static class Heads
{
    public static HeadView Front(Site site, Title title, IEnumerable<Story> stories) => new(
        title.Tagline.Length > 0 ? $"{title.Name} – {title.Tagline}" : title.Name,
        title.Tagline.Length > 0 ? title.Tagline : Headlines(stories),
        site.Canonical(title, "/"), "")
    {
        Feeds = FeedLinks.Of(title, "/", ""),
        Alternates = Alternates(site, title),
        StructuredDataHtml = StructuredData.Html(new StructuredData(site, title).Front()),
    };

    /// <summary>What stands on a list, for its description.</summary>
    public static string Headlines(IEnumerable<Story> stories) => Summary.Cut(string.Join(" · ", stories.Take(3).Select(s => s.Headline)));

    public static HeadView Article(Site site, Title title, string canonical, LiveArticle article, Body body, int words, Pictures pictures, IReadOnlyDictionary<long, Author> authors, IReadOnlyList<string> tags, IReadOnlyList<Link> trail, IReadOnlyList<Correction> corrections)
    {
        var name = article.SearchTitle.Length > 0 ? article.SearchTitle : article.Headline;
        var head = new HeadView($"{name} – {title.Name}", Summary.Of(article, body), canonical, "")
        {
            Type = "article",
            // A share card shows nothing else that could say so.
            ShareTitle = article.IsAdvertorial ? $"{title.Words.Advertorial}: {name}" : name,
            Locale = Locale(article.Language),
            Image = pictures.Largest(article, Shape.Share, "jpg") is { } share ? new ShareImageView(site.Canonical(title, share.Path), share.Width, share.Height, share.Alt) : site.ShareImage(title),
            Published = Clock.Iso(article.FirstPublishedAt, title.Zone),
            Modified = Clock.Iso(article.UpdatedAt, title.Zone),
            Section = article.SectionName,
            Authors = article.BylineRefs.Where(b => b.Role == Byline.Writer && authors.ContainsKey(b.Author)).Select(b => site.Canonical(title, "/author/" + Uri.EscapeDataString(authors[b.Author].Slug))).ToList(),
            Tags = tags,
        };
        var data = new StructuredData(site, title);
        return head with { StructuredDataHtml = StructuredData.Html(data.Article(article, words, head, pictures, authors, corrections), data.Breadcrumbs(trail)) };
    }

    /// <summary>"id_ID", as Open Graph wants it; empty for a language whose country nobody named.</summary>
    public static string Locale(string language) => language.Split('-') switch
    {
        [var primary, .., { Length: 2 } region] => $"{primary.ToLowerInvariant()}_{region.ToUpperInvariant()}",
        ["id"] => "id_ID",
        ["en"] => "en_GB",
        ["ar"] => "ar_AR",
        _ => "",
    };

    /// <summary>
    /// The newsroom's fronts in other languages. Titles of one language are different papers, not versions of each other: the first of each language stands for it, and
    /// only those name each other.
    /// </summary>
    private static List<AlternateView> Alternates(Site site, Title title)
    {
        var fronts = site.Titles.Titles.DistinctBy(t => Languages.Primary(t.Language)).ToList();
        if (fronts.Count < 2 || !fronts.Exists(t => t.Id == title.Id)) return [];
        return fronts.Select(t => new AlternateView(t.Language, site.Canonical(t, "/"))).Append(new AlternateView("x-default", site.Canonical(site.Titles.Default, "/"))).ToList();
    }
}
