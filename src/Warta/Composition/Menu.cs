using Warta.Content;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>What a title's pages lead to: the sections that have live stories, and the standing pages.</summary>
/// <param name="Sections">
/// The top ones, the fullest first. Those of about the same size (up to twice as many stories) stand in the order in which they were made: with exact sizes two that are nearly equal would change
/// places with each story, and with them every page of the title.
/// </param>
/// <param name="Below">Those inside each.</param>
public sealed record Menu(IReadOnlyList<Section> Sections, ILookup<long, Section> Below, IReadOnlyList<Link> Pages)
{
    public static Menu Read(Session session, TitleDirectory titles, Title title)
    {
        var stories = Listings.Sizes(session, title.Id, ListingKind.Section);
        var full = titles.Sections(title.Id).Where(s => s.HiddenAt is null && stories.ContainsKey(s.Id)).OrderByDescending(s => long.Log2(stories[s.Id])).ThenBy(s => s.Id).ToList();
        return new Menu(
            full.Where(s => s.ParentId is null).ToList(),
            full.Where(s => s.ParentId is not null).ToLookup(s => s.ParentId!.Value),
            StandingPages.Of(session, title.Id).ConvertAll(page => new Link(page.Name, TextPage.Address(page.Slug))));
    }
}
