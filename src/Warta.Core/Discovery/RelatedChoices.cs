using System.Security.Cryptography;
using System.Text;
using Warta.Content;
using Warta.Storage;

namespace Warta.Discovery;

/// <summary>What an editor has chosen for a story's related ones: a pin stands first, a ban never.</summary>
public sealed record RelatedChoice
{
    public long TargetId { get; init; }

    /// <summary>A pin's place, from 1; 0 for a ban.</summary>
    public long Position { get; init; }
    public string Reason { get; init; } = "";
    public DateTimeOffset SetAt { get; init; }
    public string SetBy { get; init; } = "";
    public bool IsPin => Position > 0;
}

/// <summary>Pins and bans of related stories, of a story in a title. They are laid over the list as it is read, so that no recomputation loses them.</summary>
public static class RelatedChoices
{
    /// <summary>Of pins, and of bans.</summary>
    public const int Most = 50;
    private const int LongestReason = 1_000;

    /// <param name="Reason">For the newsroom; null keeps what was said when it was chosen before.</param>
    public sealed record Choice(long TargetId, string? Reason = null);

    /// <summary>The pins in their order, then the bans.</summary>
    public static List<RelatedChoice> Of(Session session, long titleId, long articleId) => session.Query<RelatedChoice>("""
        SELECT target_id, position, reason, set_at, set_by FROM related_choices
        WHERE title_id = @titleId AND article_id = @articleId
        """, new { titleId, articleId }).OrderBy(choice => choice.IsPin ? choice.Position : long.MaxValue).ThenBy(choice => choice.TargetId).ToList();

    /// <summary>Changes with every choice: what an editor has read is what he changes.</summary>
    public static string VersionOf(IEnumerable<RelatedChoice> choices) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', choices.Select(c => $"{c.TargetId} {c.Position} {c.SetAt.ToUnixTimeMilliseconds()} {c.Reason}")))))[..16];

    /// <summary>Puts these choices in place of those before. What was chosen before and stays keeps its moment and its editor.</summary>
    /// <exception cref="ContentException">Too many, one twice, the story itself, one that isn't known or was paid for, or a reason is too long.</exception>
    public static void Set(WriteSession session, long titleId, long articleId, IReadOnlyList<Choice> pins, IReadOnlyList<Choice> bans, string actor, DateTimeOffset now)
    {
        if (pins.Count > Most || bans.Count > Most) throw new ContentException($"A story has at most {Most} pins and {Most} bans.");
        var all = pins.Concat(bans).ToList();
        if (all.GroupBy(c => c.TargetId).Any(g => g.Count() > 1)) throw new ContentException("A story stands twice among the pins and bans. Name each once.");
        if (all.Exists(c => c.TargetId == articleId)) throw new ContentException("A story is never among its own related ones: there is nothing to pin or ban.");
        if (all.Find(c => c.Reason?.Length > LongestReason) is { } wordy) throw new ContentException($"The reason has {wordy.Reason!.Length} characters; at most {LongestReason} fit.");
        var known = session.Query<(long Id, string Kind)>("SELECT id, kind FROM articles WHERE id IN [[ids:ids]]", new { ids = session.Ids(all.Select(c => c.TargetId)) }).ToDictionary(a => a.Id, a => a.Kind);
        if (all.Find(c => !known.ContainsKey(c.TargetId)) is { } unknown) throw new ContentException($"There is no article {unknown.TargetId} to pin or ban.");
        if (pins.FirstOrDefault(c => known[c.TargetId] == ArticleKind.Advertorial) is { } paid) throw new ContentException($"The article {paid.TargetId} was paid for, and never stands among related stories.");
        var before = Of(session, titleId, articleId).ToDictionary(c => c.TargetId);
        session.Run("DELETE FROM related_choices WHERE title_id = @p1 AND article_id = @p2", titleId, articleId);
        for (var i = 0; i < all.Count; i++)
        {
            var (target, position) = (all[i].TargetId, i < pins.Count ? i + 1 : 0);
            var same = before.TryGetValue(target, out var old) && old.IsPin == position > 0 && (all[i].Reason is null || all[i].Reason!.Trim() == old.Reason) ? old : null;
            session.Run("INSERT INTO related_choices (title_id, article_id, target_id, position, reason, set_at, set_by) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7)",
                titleId, articleId, target, position, same?.Reason ?? all[i].Reason?.Trim() ?? "", same?.SetAt ?? now, same?.SetBy ?? actor);
        }
    }

    /// <summary>Drops all that was chosen for a story, and of it, as a purge must.</summary>
    public static void Erase(WriteSession session, long articleId)
    {
        foreach (var id in session.Query<long>("SELECT article_id FROM related_choices WHERE target_id = @articleId", new { articleId })) session.Touch(Keys.Article(id));
        session.Run("DELETE FROM related_choices WHERE article_id = @p1", articleId);
        session.Run("DELETE FROM related_choices WHERE target_id = @p1", articleId);
    }
}
