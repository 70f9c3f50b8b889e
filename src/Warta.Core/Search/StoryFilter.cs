using Warta.Content;
using Warta.Storage;

namespace Warta.Search;

/// <summary>Live stories of a title by any of section, tag, author, words and time of first publication, newest first.</summary>
public sealed record StoryFilter
{
    public required long TitleId { get; init; }
    public long? SectionId { get; init; }
    public long? TagId { get; init; }
    public long? AuthorId { get; init; }
    public string? Words { get; init; }

    /// <summary>Inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>With words: those in the headline first, then by date.</summary>
    public bool ByRelevance { get; init; }

    public sealed record Found(List<Story> Stories, long Total);

    public Found Find(Session session, SearchIndex index, int count, long skip)
    {
        string? match = null;
        if (Words is not null && (match = index.Match(Words)) is null) return new Found([], 0);

        // One list leads, in its own order; the others only say yes or no.
        var keys = new List<(string Kind, long Key)>();
        if (TagId is { } tag) keys.Add((ListingKind.Tag, tag));
        if (AuthorId is { } author) keys.Add((ListingKind.Author, author));
        if (SectionId is { } section) keys.Add((ListingKind.Section, section));
        var (kind, key) = keys.Count > 0 ? keys[0] : (ListingKind.Title, 0);
        var also = string.Concat(keys.Skip(1).Select(k => $" AND EXISTS (SELECT 1 FROM listings o WHERE o.title_id = l.title_id AND o.kind = '{k.Kind}' AND o.key_id = {k.Key} AND o.first_published_at = l.first_published_at AND o.article_id = l.article_id)"));
        var where = $"""
            FROM listings l
            WHERE l.title_id = @TitleId AND l.kind = @kind AND l.key_id = @key
              {(From is null ? "" : "AND l.first_published_at >= @From")}
              {(To is null ? "" : "AND l.first_published_at < @To")}
              {(match is null ? "" : $"AND l.article_id IN ({index.MatchSql})")}
              {also}
            """;
        var arguments = new { TitleId, kind, key, From, To, words = match, count, skip };
        if (match is not null && ByRelevance) return Ranked(session, where, arguments, count, skip);
        var total = session.Value<long>($"SELECT count(*) {where}", arguments);
        return new Found(session.Query<Story>($"""
            SELECT {Story.Columns}
            FROM (SELECT l.title_id, l.article_id, l.first_published_at {where} ORDER BY l.first_published_at DESC, l.article_id DESC LIMIT @count OFFSET @skip) f
            JOIN live_articles a ON a.title_id = f.title_id AND a.article_id = f.article_id
            ORDER BY f.first_published_at DESC, f.article_id DESC
            """, arguments), total);
    }

    private Found Ranked(Session session, string where, object arguments, int count, long skip)
    {
        var wanted = new HashSet<uint>();
        Terms.Each(Words, term => wanted.Add(Terms.Hash(term)));
        var all = session.Query<Story>($"""
            SELECT {Story.Columns}
            FROM (SELECT l.title_id, l.article_id {where}) f
            JOIN live_articles a ON a.title_id = f.title_id AND a.article_id = f.article_id
            """, arguments);
        var ranked = all.OrderByDescending(s => InHeadline(s, wanted)).ThenByDescending(s => s.FirstPublishedAt).ThenByDescending(s => s.ArticleId);
        return new Found(ranked.Skip((int)Math.Min(skip, int.MaxValue)).Take(count).ToList(), all.Count);
    }

    private static int InHeadline(Story story, HashSet<uint> wanted)
    {
        var found = new HashSet<uint>();
        Terms.Each(story.Headline, term =>
        {
            var hash = Terms.Hash(term);
            if (wanted.Contains(hash)) found.Add(hash);
        });
        return found.Count;
    }
}
