using Warta.Composition;
using Warta.Storage;

namespace Warta.Newsroom;

/// <summary>Where readers find a story now.</summary>
/// <param name="Url">Absolute.</param>
/// <param name="Revision">The number of the one that they see.</param>
public sealed record StoryPlace(long TitleId, string Title, string Url, long Revision, DateTimeOffset FirstPublishedAt, DateTimeOffset UpdatedAt);

internal static class StoryPlaces
{
    public static List<StoryPlace> Of(Session session, Site site, long articleId) => session.Query<(long TitleId, long SectionId, string Slug, long Day, DateTimeOffset First, DateTimeOffset Updated, long Number)>("""
        SELECT p.title_id, p.section_id, p.slug, p.day, p.first_published_at, p.updated_at, r.number
        FROM publications p JOIN revisions r ON r.id = p.revision_id
        WHERE p.article_id = @articleId ORDER BY p.title_id
        """, new { articleId }).ConvertAll(row =>
    {
        var title = site.Titles.Title(row.TitleId);
        return new StoryPlace(title.Id, title.Name, site.Canonical(title, title.Permalink.Path(site.Titles.Section(row.SectionId).Path, row.Day, row.Slug, articleId)), row.Number, row.First, row.Updated);
    });
}
