using Warta.Composition;
using Warta.Content;

namespace Warta.Feeds;

/// <summary>What is no story: the front, sections, authors, standing pages and the register of corrections. Tag pages are found by the links of their stories.</summary>
internal static class PagesSitemap
{
    /// <summary>Leaves room for the rest in one file of 50,000.</summary>
    private const int MostOfAKind = 20_000;

    public static Task Send(HttpContext context, Site site)
    {
        var title = site.TitleOf(context);
        var (body, changed) = site.Read(session =>
        {
            var newest = SitemapQueries.NewestBefore(session, title.Id, DateTimeOffset.MaxValue);
            var sections = SitemapQueries.Keys(session, title.Id, ListingKind.Section, MostOfAKind);
            var authors = SitemapQueries.Keys(session, title.Id, ListingKind.Author, MostOfAKind);
            var people = People.Authors(session, authors.Select(a => a.Id));
            return (SitemapXml.File("urlset", xml =>
            {
                xml.Entry("url", site.Canonical(title, "/"), newest, title.Zone);
                foreach (var section in sections) xml.Entry("url", site.Canonical(title, Site.Address(site.Press.Titles.Section(section.Id))), section.Newest, title.Zone);
                foreach (var author in authors.Where(a => people.ContainsKey(a.Id))) xml.Entry("url", site.Canonical(title, "/author/" + Uri.EscapeDataString(people[author.Id].Slug)), author.Newest, title.Zone);
                foreach (var page in StandingPages.Of(session, title.Id)) xml.Entry("url", site.Canonical(title, "/" + page.Slug), page.FromAt, title.Zone);
                xml.Entry("url", site.Canonical(title, "/corrections"), null, title.Zone);
            }), FeedResponse.LastChange(session, site.Press.Now));
        });
        return FeedResponse.Send(context, body, SitemapXml.ContentType, changed);
    }
}
