using System.Globalization;
using Warta.Content;
using Warta.Storage;

namespace Warta.Discovery;

/// <summary>What editors keep out of the most read, each with a reason and perhaps an end. Advertorials are never there anyway.</summary>
public static class Exclusions
{
    public const string Article = "story", Section = "section", Tag = "tag", Words = "words";
    private const int Longest = 200, Most = 500;

    public static readonly IReadOnlyList<string> Kinds = [Article, Section, Tag, Words];

    public sealed record Exclusion
    {
        public long Id { get; init; }

        /// <summary>One of <see cref="Kinds"/>.</summary>
        public string Kind { get; init; } = "";

        /// <summary>The article's id, the section's path, the tag's slug, or the words.</summary>
        public string Value { get; init; } = "";
        public string Reason { get; init; } = "";

        /// <summary>Null: until it is ended.</summary>
        public DateTimeOffset? UntilAt { get; init; }
        public DateTimeOffset SetAt { get; init; }
        public string SetBy { get; init; } = "";
    }

    /// <returns>The exclusion's number.</returns>
    /// <exception cref="ContentException">There is no such kind, nothing of that name, no reason, or an end that has been.</exception>
    public static long Add(WriteSession session, long titleId, Exclusion exclusion)
    {
        if (!Kinds.Contains(exclusion.Kind)) throw new ContentException($"\"{exclusion.Kind}\" can't be excluded: give one of {string.Join(", ", Kinds)}.");
        if (exclusion.Value.Length is 0 or > Longest) throw new ContentException($"Say what to exclude, in 1 to {Longest} characters.");
        if (exclusion.Reason.Length is 0 or > Longest) throw new ContentException($"Say why, in 1 to {Longest} characters: whoever wonders where the story is will find it.");
        if (exclusion.UntilAt <= exclusion.SetAt) throw new ContentException("The exclusion ends before it begins. Give an \"until\" that is later than now.");
        if (Of(session, titleId, exclusion.SetAt).Count >= Most) throw new ContentException($"{Most} exclusions hold already. End some first.");
        return session.RunForId("""
            INSERT INTO popular_exclusions (title_id, kind, value, reason, until_at, set_at, set_by) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7) RETURNING id
            """, titleId, exclusion.Kind, exclusion.Value, exclusion.Reason, exclusion.UntilAt, exclusion.SetAt, exclusion.SetBy);
    }

    /// <summary>False when it doesn't hold any more, or never has.</summary>
    public static bool End(WriteSession session, long titleId, long id, DateTimeOffset now) =>
        session.Run("UPDATE popular_exclusions SET ended_at = @p1 WHERE id = @p2 AND title_id = @p3 AND ended_at IS NULL", now, id, titleId) > 0;

    /// <summary>Those that hold now, oldest first.</summary>
    public static List<Exclusion> Of(Session session, long titleId, DateTimeOffset now)
    {
        session.Note(Keys.PopularExclusions(titleId));
        var current = session.Query<Exclusion>("SELECT id, kind, value, reason, until_at, set_at, set_by FROM popular_exclusions WHERE title_id = @titleId AND ended_at IS NULL ORDER BY id", new { titleId })
            .FindAll(exclusion => exclusion.UntilAt is null || exclusion.UntilAt > now);
        foreach (var exclusion in current) session.Reading?.Until(exclusion.UntilAt ?? DateTimeOffset.MaxValue);
        return current;
    }

    /// <summary>Those of the stories that nothing excludes.</summary>
    public static List<Story> Left(Session session, IReadOnlyList<Exclusion> exclusions, List<Story> stories)
    {
        if (exclusions.Count == 0 || stories.Count == 0) return stories;
        var tagged = Tagged(session, exclusions, stories);
        return stories.FindAll(story => !tagged.Contains(story.ArticleId) && !exclusions.Any(exclusion => Holds(exclusion, story)));
    }

    private static bool Holds(Exclusion exclusion, Story story) => exclusion.Kind switch
    {
        Article => story.ArticleId.ToString(CultureInfo.InvariantCulture) == exclusion.Value,
        Section => new Scope(exclusion.Value, null).Holds(story),
        Words => story.Headline.Contains(exclusion.Value, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static HashSet<long> Tagged(Session session, IReadOnlyList<Exclusion> exclusions, List<Story> stories)
    {
        var tags = exclusions.Where(exclusion => exclusion.Kind == Tag).Select(exclusion => People.Tag(session, exclusion.Value)?.Id).ToHashSet();
        if (tags.Count == 0) return [];
        return [.. session.Query<(long Id, string Tags)>("SELECT a.article_id, a.tags FROM live_articles a WHERE a.title_id = @title AND a.article_id IN [[ids:ids]]", new { title = stories[0].TitleId, ids = session.Ids(stories.Select(story => story.ArticleId)) })
            .Where(row => People.Meant(session, ListingKind.Tag, People.TagIds(row.Tags)).Any(tag => tags.Contains(tag))).Select(row => row.Id)];
    }
}
