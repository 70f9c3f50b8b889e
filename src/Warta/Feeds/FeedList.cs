using Warta.Composition;
using Warta.Content;
using Warta.Storage;

namespace Warta.Feeds;

/// <summary>What a feed is of.</summary>
/// <param name="Kind">One of <see cref="ListingKind"/>.</param>
/// <param name="Address">The list's page, from the root.</param>
/// <param name="Name">Empty for the whole title.</param>
internal sealed record FeedList(string Kind, long Key, string Address, string Name)
{
    public static readonly FeedList Whole = new(ListingKind.Title, 0, "/", "");

    public static FeedList Of(Section section) => new(ListingKind.Section, section.Id, Site.Address(section), section.Name);

    /// <summary>Null where the tag has no page in this title either.</summary>
    public static FeedList? Tag(Session session, Title title, string slug) =>
        People.Tag(session, slug) is { } tag ? new FeedList(ListingKind.Tag, tag.Id, "/tag/" + Uri.EscapeDataString(tag.Slug), tag.Name).WithStories(session, title) : null;

    /// <summary>Null where the author has no page in this title either.</summary>
    public static FeedList? Author(Session session, Title title, string slug) =>
        People.Author(session, slug) is { } author ? new FeedList(ListingKind.Author, author.Id, "/author/" + Uri.EscapeDataString(author.Slug), author.Name).WithStories(session, title) : null;

    private FeedList? WithStories(Session session, Title title) => Listings.Count(session, title.Id, Kind, Key) > 0 ? this : null;
}
