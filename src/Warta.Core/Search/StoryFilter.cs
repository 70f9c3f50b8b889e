using Warta.Content;
using Warta.Storage;

namespace Warta.Search;

/// <summary>Live stories of a title by any of section, tag, author, language, words and time of first publication, newest first.</summary>
public sealed record StoryFilter
{
    public required long TitleId { get; init; }
    public long? SectionId { get; init; }
    public long? TagId { get; init; }
    public long? AuthorId { get; init; }

    /// <summary>A language tag; its primary part counts.</summary>
    public string? Language { get; init; }
    public string? Words { get; init; }

    /// <summary>Inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>With words: the best first (<see cref="Relevance"/>).</summary>
    public bool ByRelevance { get; init; }

    /// <summary>A page of what was found. With words, at most <see cref="SearchIndex.MostCandidates"/> in all.</summary>
    public sealed record Found(List<Story> Stories, long Total)
    {
        public static Found Nothing => new([], 0);

        /// <summary>The words that these stories were found by; null where none were asked for.</summary>
        public WordQuery? Query { get; init; }

        /// <summary>What was asked for was mistyped, and these are the stories of <see cref="Query"/>.</summary>
        public bool IsMended { get; init; }

        /// <summary>Few stories hold all of the words; these hold most.</summary>
        public bool IsPartial { get; init; }

        /// <summary>There may be more, older ones.</summary>
        public bool IsCapped { get; init; }

        /// <summary>How many more stories that say the same were found, by the story that stands for them; near-duplicates count once in the total.</summary>
        public IReadOnlyDictionary<long, int> Versions { get; init; } = new Dictionary<long, int>();
    }

    public Found Find(Session session, SearchIndex index, int count, long skip)
    {
        if (Words is not null) return new StorySearch(session, index, this).Find(Words, count, skip);

        // One list leads, in its own order; the others only say yes or no.
        var keys = new List<(string Kind, long Key)>();
        if (TagId is { } tag) keys.Add((ListingKind.Tag, tag));
        if (AuthorId is { } author) keys.Add((ListingKind.Author, author));
        if (SectionId is { } section) keys.Add((ListingKind.Section, section));
        var (kind, key) = keys.Count > 0 ? keys[0] : (ListingKind.Title, 0);
        var also = string.Concat(keys.Skip(1).Select(k => $" AND EXISTS (SELECT 1 FROM listings o WHERE o.title_id = l.title_id AND o.kind = '{k.Kind}' AND o.key_id = {k.Key} AND o.first_published_at = l.first_published_at AND o.article_id = l.article_id)"));
        if (Language is not null) also += " AND EXISTS (SELECT 1 FROM live_articles o WHERE o.title_id = l.title_id AND o.article_id = l.article_id AND (o.language = @language OR o.language LIKE @language || '-%'))";
        var where = $"""
            FROM listings l
            WHERE l.title_id = @TitleId AND l.kind = @kind AND l.key_id = @key
              {(From is null ? "" : "AND l.first_published_at >= @From")}
              {(To is null ? "" : "AND l.first_published_at < @To")}
              {also}
            """;
        var arguments = new { TitleId, kind, key, From, To, language = Language is null ? "" : Languages.Primary(Language), count, skip };
        var total = session.Value<long>($"SELECT count(*) {where}", arguments);
        return new Found(session.Query<Story>($"""
            SELECT {Story.Columns}
            FROM (SELECT l.title_id, l.article_id, l.first_published_at {where} ORDER BY l.first_published_at DESC, l.article_id DESC LIMIT @count OFFSET @skip) f
            JOIN live_articles a ON a.title_id = f.title_id AND a.article_id = f.article_id
            ORDER BY f.first_published_at DESC, f.article_id DESC
            """, arguments), total);
    }
}
