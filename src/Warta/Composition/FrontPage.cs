using Warta.Content;
using Warta.Discovery;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>The front: a lead, four seconds, and a river for each of the fullest sections. The lead is what editors chose for it, the first pick, or the newest story.</summary>
public static class FrontPage
{
    private const int Seconds = 4, Rivers = 8, RiverLength = 4;

    public static Page Compose(Site site, Title title, Session session)
    {
        var lead = Picks.Stories(session, title.Id, Picks.Front, site.Press.Now).FirstOrDefault() ?? Picks.Stories(session, title.Id, 0, site.Press.Now).FirstOrDefault();
        var enough = Seconds + 1 + title.Count("latest");
        var newest = Latest.Stories(session, title.Id, 0, null, enough);
        lead ??= newest.FirstOrDefault();
        var seconds = newest.Where(s => s.ArticleId != lead?.ArticleId).Take(Seconds).ToList();
        var shown = seconds.Select(s => s.ArticleId).Append(lead?.ArticleId ?? 0).ToHashSet();
        var rivers = site.TopSections(title).Take(Rivers)
            .Select(section => (Section: section, Stories: Listings.Page(session, title.Id, ListingKind.Section, section.Id, RiverLength + shown.Count, 0)
                .Where(s => !shown.Contains(s.ArticleId)).Take(RiverLength).ToList()))
            .Where(river => river.Stories.Count > 0)
            .ToList();
        var cards = new Cards(site, title, session, rivers.SelectMany(r => r.Stories).Concat(seconds).Concat(lead is null ? [] : [lead]));

        var plan = new LiveBlocks(site, title).Plan(session, new LiveBlocks.Beside(null, null, title.Language)
        {
            Lead = lead?.ArticleId,
            Large = newest.Count < enough ? [] : shown.Order().ToList(),
        });
        var frame = site.Frame(title, Heads.Front(site, title, lead is null ? seconds : seconds.Prepend(lead)));
        return new Page(200, site.ThemeOf(title).Render("front", new FrontView(frame)
        {
            Lead = lead is null ? null : cards.Of(lead),
            Seconds = cards.Of(seconds),
            Rivers = rivers.ConvertAll(r => new RiverView(new Link(r.Section.Name, Site.Address(r.Section)), cards.Of(r.Stories))),
        }, LiveBlocks.Html(plan), new Ads(site, title, null).Html), plan);
    }
}
