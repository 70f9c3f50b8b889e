using Warta.Content;
using Warta.Discovery;

namespace Warta.Publishing;

/// <summary>Pins and bans stories among a story's related ones. Its pages show it at once, and no recomputation undoes it.</summary>
public static class ChooseRelated
{
    /// <exception cref="ContentException">The choice can't be made; the message says why.</exception>
    /// <exception cref="NoSuchArticleException">There is no such article.</exception>
    public static void SetRelatedChoices(this Act act, long titleId, long articleId, IReadOnlyList<RelatedChoices.Choice> pins, IReadOnlyList<RelatedChoices.Choice> bans)
    {
        Articles.MustExist(act.Sql, articleId);
        RelatedChoices.Set(act.Sql, titleId, articleId, pins, bans, act.Actor, act.Now);
        act.Sql.Touch(Keys.Article(articleId));
        act.Record("related-chosen", titleId, articleId, new { pins = pins.Select(p => p.TargetId), bans = bans.Select(b => b.TargetId) });
    }

    /// <summary>Pins a story behind the pins that are there, or bans it; what was chosen of it before no longer holds.</summary>
    public static void ChooseOne(this Act act, long titleId, long articleId, long targetId, bool isPin, string? reason)
    {
        var (pins, bans) = Others(act, titleId, articleId, targetId);
        (isPin ? pins : bans).Add(new RelatedChoices.Choice(targetId, reason ?? ""));
        act.SetRelatedChoices(titleId, articleId, pins, bans);
    }

    /// <summary>Takes back what was chosen of a story; of all where none is named.</summary>
    /// <exception cref="PublishingException">Nothing was chosen.</exception>
    public static void ClearRelatedChoices(this Act act, long titleId, long articleId, long? targetId)
    {
        var chosen = RelatedChoices.Of(act.Sql, titleId, articleId);
        if (!chosen.Exists(c => targetId is null || c.TargetId == targetId)) throw new PublishingException("Nothing is pinned or banned there: there is nothing to clear.");
        var (pins, bans) = targetId is { } only ? Others(act, titleId, articleId, only) : ([], []);
        act.SetRelatedChoices(titleId, articleId, pins, bans);
    }

    private static (List<RelatedChoices.Choice> Pins, List<RelatedChoices.Choice> Bans) Others(Act act, long titleId, long articleId, long targetId)
    {
        var others = RelatedChoices.Of(act.Sql, titleId, articleId).FindAll(c => c.TargetId != targetId);
        return (Of(isPin: true), Of(isPin: false));

        List<RelatedChoices.Choice> Of(bool isPin) => others.FindAll(c => c.IsPin == isPin).ConvertAll(c => new RelatedChoices.Choice(c.TargetId));
    }
}
