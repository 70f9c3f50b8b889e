using Warta.Content;
using Warta.Storage;

namespace Warta.Discovery;

/// <summary>A live story that says the same as another text in the same words.</summary>
/// <param name="Similarity">How much of the shorter text stands in the longer one, 0 to 1.</param>
public sealed record NearDuplicate(long ArticleId, double Similarity);

/// <summary>Finds the near-duplicates of a text and keeps them in groups (<see cref="Twins"/>). Candidates are the nearest related stories, each then compared word by word.</summary>
public static class NearDuplicates
{
    /// <summary>A copy shares nearly all of its weighty words, so it is among the very first.</summary>
    private const int Looked = 8;

    /// <summary>Live stories that say the same as this text, the most similar first.</summary>
    public static List<NearDuplicate> Of(Session session, Related related, Probe probe)
    {
        var own = Shingles.Of(probe.Text);
        if (own.Count < Shingles.Fewest) return [];
        return Of(session, own, related.Near(session, probe, Looked).Select(candidate => candidate.ArticleId).Where(id => id != probe.ArticleId));
    }

    /// <summary>Those of some live stories that say the same as a text.</summary>
    public static List<NearDuplicate> Of(Session session, Shingles own, IEnumerable<long> candidates) => own.Count < Shingles.Fewest ? [] : session
        .Query<(long Id, string Body)>("SELECT p.article_id, r.body FROM [[ids:ids]] i CROSS JOIN publications p JOIN revisions r ON r.id = p.revision_id WHERE p.article_id = i.id", new { ids = session.Ids(candidates) })
        .DistinctBy(story => story.Id)
        .Select(story => (story.Id, Likeness: own.To(Shingles.Of(BodyRenderer.PlainText(BodyJson.Read(story.Body))))))
        .Where(story => story.Likeness.IsCopy)
        .Select(story => new NearDuplicate(story.Id, Math.Round(story.Likeness.Contained, 3)))
        .OrderByDescending(copy => copy.Similarity).ThenBy(copy => copy.ArticleId)
        .ToList();

    /// <summary>Puts live stories into the groups that they belong to now. After their related stories were found, in the same transaction.</summary>
    public static void Keep(WriteSession session, IReadOnlyList<long> articleIds, DateTimeOffset now)
    {
        foreach (var (id, body) in session.Query<(long Id, string Body)>("""
            SELECT p.article_id, r.body
            FROM [[ids:ids]] i
            CROSS JOIN publications p
            JOIN revisions r ON r.id = p.revision_id
            WHERE p.article_id = i.id
            ORDER BY p.first_published_at, p.article_id, p.title_id
            """, new { ids = session.Ids(articleIds) }).DistinctBy(story => story.Id))
        {
            var near = session.Query<long>($"SELECT target_id FROM related WHERE title_id IN (SELECT id FROM titles) AND article_id = @id ORDER BY position LIMIT {Looked}", new { id });
            Keep(session, id, Of(session, Shingles.Of(BodyRenderer.PlainText(BodyJson.Read(body))), near.Distinct()), now);
        }
    }

    /// <summary>Takes a story out of its group.</summary>
    public static void Forget(WriteSession session, long articleId)
    {
        if (Twins.Groups(session, [articleId]).TryGetValue(articleId, out var group)) Leave(session, articleId, group);
    }

    private static void Keep(WriteSession session, long articleId, List<NearDuplicate> copies, DateTimeOffset now)
    {
        var groups = Twins.Groups(session, copies.Select(copy => copy.ArticleId).Append(articleId));
        var theirs = copies.Where(copy => groups.ContainsKey(copy.ArticleId)).Select(copy => groups[copy.ArticleId]).ToHashSet();
        if (groups.TryGetValue(articleId, out var before) && !theirs.Contains(before)) Leave(session, articleId, before);
        if (copies.Count == 0) return;

        var group = theirs.Count > 0 ? theirs.Min() : copies.Min(copy => Math.Min(copy.ArticleId, articleId));
        var isSame = before == group && theirs.Count == 1 && copies.TrueForAll(copy => groups.ContainsKey(copy.ArticleId));
        foreach (var other in theirs.Where(other => other != group)) session.Run("UPDATE twins SET group_id = @p1 WHERE group_id = @p2", group, other);
        foreach (var copy in copies) Join(copy.ArticleId, articleId, copy.Similarity, "DO NOTHING");
        Join(articleId, copies[0].ArticleId, copies[0].Similarity, "DO UPDATE SET group_id = excluded.group_id, twin_id = excluded.twin_id, similarity = excluded.similarity");
        if (!isSame) Touch(session, group);

        void Join(long id, long twin, double similarity, string otherwise) => session.Run(
            $"INSERT INTO twins (article_id, group_id, twin_id, similarity, found_at) VALUES (@p1, @p2, @p3, @p4, @p5) ON CONFLICT (article_id) {otherwise}", id, group, twin, similarity, now);
    }

    /// <summary>A group of one is none.</summary>
    private static void Leave(WriteSession session, long articleId, long group)
    {
        Touch(session, group);
        session.Run("DELETE FROM twins WHERE article_id = @p1", articleId);
        if (session.Value<long>("SELECT count(*) FROM twins WHERE group_id = @group", new { group }) == 1) session.Run("DELETE FROM twins WHERE group_id = @p1", group);
    }

    /// <summary>Lists may show another one of them now.</summary>
    private static void Touch(WriteSession session, long group)
    {
        foreach (var id in session.Query<long>("SELECT article_id FROM twins WHERE group_id = @group", new { group })) session.Touch(Keys.Article(id));
    }
}
