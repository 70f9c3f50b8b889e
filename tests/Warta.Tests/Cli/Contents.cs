using Xunit;

namespace Warta.Cli;

/// <summary>What a newsroom holds after an import, in a form that two newsrooms can be compared by: no ids, no times of this run.</summary>
internal sealed record Contents(SortedDictionary<string, Contents.Kept> Stories, SortedDictionary<string, SortedSet<string>> Related)
{
    public sealed record Kept
    {
        public string Uri { get; init; } = "";
        public string Headline { get; init; } = "";
        public long Revisions { get; init; }
        public long Publications { get; init; }
        public long Listings { get; init; }
        public long SearchEntries { get; init; }
        public long Signatures { get; init; }
        public long Pending { get; init; }
    }

    public static Contents Of(Newsroom newsroom) => newsroom.Read(session => new Contents(
        new(session.Query<Kept>("""
            SELECT a.uri, r.headline, coalesce(r.n, 0) AS revisions, coalesce(p.n, 0) AS publications, coalesce(l.n, 0) AS listings, coalesce(e.n, 0) AS search_entries, coalesce(s.n, 0) AS signatures, coalesce(w.n, 0) AS pending
            FROM articles a
            LEFT JOIN (SELECT article_id, count(*) AS n, max(headline) AS headline FROM revisions GROUP BY article_id) r ON r.article_id = a.id
            LEFT JOIN (SELECT article_id, count(*) AS n FROM publications GROUP BY article_id) p ON p.article_id = a.id
            LEFT JOIN (SELECT article_id, count(*) AS n FROM listings WHERE kind = 'title' GROUP BY article_id) l ON l.article_id = a.id
            LEFT JOIN (SELECT article_id, count(*) AS n FROM search_stories GROUP BY article_id) e ON e.article_id = a.id
            LEFT JOIN (SELECT article_id, count(*) AS n FROM signatures GROUP BY article_id) s ON s.article_id = a.id
            LEFT JOIN (SELECT article_id, count(*) AS n FROM related_pending GROUP BY article_id) w ON w.article_id = a.id
            """).ToDictionary(k => k.Uri), StringComparer.Ordinal),
        new(session.Query<(string Story, string Target)>("SELECT s.uri, t.uri FROM related k JOIN articles s ON s.id = k.article_id JOIN articles t ON t.id = k.target_id")
            .GroupBy(pair => pair.Story).ToDictionary(g => g.Key, g => new SortedSet<string>(g.Select(pair => pair.Target), StringComparer.Ordinal)), StringComparer.Ordinal)));

    /// <summary>Each story of a generated file is here once, live, listed, to be found, and has its related stories.</summary>
    public void MustHold(int count)
    {
        Assert.Equal(Enumerable.Range(1, count).Select(GeneratedStories.UriOf), Stories.Keys);
        Assert.All(Stories.Values, story => Assert.Equal(
            new Kept { Uri = story.Uri, Headline = story.Headline, Revisions = 1, Publications = 1, Listings = 1, SearchEntries = 1, Signatures = 1 }, story));
    }

    /// <summary>The same stories with the same related stories.</summary>
    public void MustEqual(Contents other)
    {
        Assert.Equal(other.Stories, Stories);
        Assert.Equal(other.Related.Keys, Related.Keys);
        var different = Related.Keys.Where(uri => !Related[uri].SetEquals(other.Related[uri])).ToList();
        Assert.True(different.Count == 0, $"{different.Count} of {Related.Count} related lists differ, such as that of {different.FirstOrDefault()}");
    }
}
