using Warta.Content;
using Warta.Media;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>Stories as lists show them. The pictures of all that a page may show are read at once.</summary>
public sealed class Cards
{
    private readonly Site _site;
    private readonly Title _title;
    private readonly Session _session;
    private readonly Pictures _pictures;

    /// <param name="stories">All that <see cref="Of(Story)"/> will be asked for.</param>
    public Cards(Site site, Title title, Session session, IEnumerable<Story> stories)
    {
        (_site, _title, _session) = (site, title, session);
        _pictures = new Pictures(session, site.Press.Now, stories.Select(s => s.PictureRef?.Media), Shape.Wide);
    }

    public StoryCard Of(Story story) => new()
    {
        Id = story.ArticleId,
        Headline = story.Headline,
        Url = _title.PathOf(story),
        Kicker = story.Kicker,
        Standfirst = story.Standfirst,
        Section = new Link(story.SectionName, Site.Address(story.SectionPath)),
        Published = _site.Moment(_session, _title, story.FirstPublishedAt),
        Language = story.Language,
        Dir = Languages.Direction(story.Language),
        IsAdvertorial = story.IsAdvertorial,
        Picture = _pictures.Of(story, Shape.Wide),
    };

    public List<StoryCard> Of(IEnumerable<Story> stories) => stories.Select(Of).ToList();
}
