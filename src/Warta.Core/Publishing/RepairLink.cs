using Warta.Content;
using Warta.Discovery;

namespace Warta.Publishing;

/// <summary>Points a link inside a story to another story, or takes it out: by a new revision, like any change of a text (docs/decisions/0018-links.md).</summary>
public static class RepairLink
{
    /// <param name="IsPublished">False where the story had an unpublished revision: the repair goes out with that.</param>
    public sealed record Repaired(long ArticleId, long Revision, bool IsPublished);

    /// <param name="linkId">As the inventory names it.</param>
    /// <param name="targetId">The story that it leads to from now on; null takes the link out, of a paragraph's link the words stay.</param>
    /// <exception cref="NoSuchLinkException">There is no such link in a live story of this title.</exception>
    /// <exception cref="PublishingException">The target isn't live, or the newest revision has no such link any more.</exception>
    public static Repaired Repair(this Act act, long titleId, string linkId, long? targetId)
    {
        var link = LinkInventory.Find(act.Sql, act.Titles, titleId, linkId) ?? throw new NoSuchLinkException(linkId);
        var target = targetId is { } wanted ? Story.Live(act.Sql, titleId, [wanted]) is [var live] ? live : throw new PublishingException($"The article {wanted} isn't live in this title: readers could not follow the link.") : null;
        if (targetId == link.ArticleId) throw new PublishingException("A story can't link to itself. Name another target, or remove the link.");
        var (draft, _) = Articles.Newest(act.Sql, link.ArticleId);
        var body = link.Kind == LinkInventory.ReadAlsoKind ? WithReadAlso(draft.Body, link, targetId) : WithAddress(draft.Body, link, target is null ? null : act.Titles.Title(titleId).PathOf(target));
        var standing = act.Sql.Query<(long Title, DateTimeOffset UpdatedAt, long IsNewest)>("""
            SELECT p.title_id, p.updated_at, CASE WHEN p.revision_id = (SELECT max(r.id) FROM revisions r WHERE r.article_id = p.article_id) THEN 1 ELSE 0 END AS is_newest
            FROM publications p WHERE p.article_id = @ArticleId ORDER BY p.title_id
            """, new { link.ArticleId });
        var saved = act.Save(link.ArticleId, draft with { Body = body });
        act.Record("link-repaired", titleId, link.ArticleId, new { link = linkId, target = targetId });
        // A repaired link is no news: the story keeps the time that it bears.
        var isPublished = standing.TrueForAll(s => s.IsNewest > 0);
        if (isPublished) standing.ForEach(s => act.Publish(link.ArticleId, s.Title, new PublishRevision.Times(UpdatedAt: s.UpdatedAt)));
        return new Repaired(link.ArticleId, saved.Number, isPublished);
    }

    private static Body WithReadAlso(Body body, LinkInventory.Entry link, long? target)
    {
        if (!body.Blocks.Any(block => block is ReadAlsoBlock && block.Id == link.BlockId)) throw Changed();
        return body with
        {
            Blocks = body.Blocks.Where(block => target is not null || block.Id != link.BlockId)
                .Select(block => block is ReadAlsoBlock readAlso && block.Id == link.BlockId ? readAlso with { Article = target, Wanted = "", WantedUri = "" } : block).ToList(),
        };
    }

    private static Body WithAddress(Body body, LinkInventory.Entry link, string? address)
    {
        if (!InlineLinks.In(body).Exists(IsIt)) throw Changed();
        return InlineLinks.Mapped(body, other => IsIt(other) ? address : other.Href);

        bool IsIt(InlineLink other) => other.BlockId == link.BlockId && other.Number == link.Number && other.Href == link.Href;
    }

    private static PublishingException Changed() => new("The story has a newer revision without this link. Publish that, or change the link there.");
}

public sealed class NoSuchLinkException(string link) : ContentException($"There is no link {link} in a live story of this title.");
