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
            SELECT a.uri, (SELECT max(r.headline) FROM revisions r WHERE r.article_id = a.id) AS headline,
                (SELECT count(*) FROM revisions r WHERE r.article_id = a.id) AS revisions,
                (SELECT count(*) FROM publications p WHERE p.article_id = a.id) AS publications,
                (SELECT count(*) FROM listings l WHERE l.article_id = a.id AND l.kind = 'title') AS listings,
                (SELECT count(*) FROM search_stories e WHERE e.article_id = a.id) AS search_entries,
                (SELECT count(*) FROM signatures s WHERE s.article_id = a.id) AS signatures,
                (SELECT count(*) FROM related_pending w WHERE w.article_id = a.id) AS pending
            FROM articles a
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
