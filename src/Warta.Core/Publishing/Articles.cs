using Warta.Content;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>Finding stories, live or not.</summary>
public static class Articles
{
    /// <summary>The article that a person means: by its uri, or by its number. A number is never read as a uri, which anybody may choose.</summary>
    /// <exception cref="NoSuchArticleException">No article has it.</exception>
    public static long ByUri(Session session, string uri) => Find(session, uri) ?? throw new NoSuchArticleException($"with the uri {uri}");

    /// <summary>Like <see cref="ByUri"/>; null when no article has it.</summary>
    public static long? Find(Session session, string uri) => long.TryParse(uri, out var number)
        ? session.First<long?>("SELECT id FROM articles WHERE id = @number", new { number })
        : session.First<long?>("SELECT id FROM articles WHERE uri = @uri", new { uri });

    /// <exception cref="NoSuchArticleException">There is none.</exception>
    public static void MustExist(Session session, long articleId)
    {
        if (session.Value<long>("SELECT count(*) FROM articles WHERE id = @articleId", new { articleId }) == 0) throw new NoSuchArticleException(articleId.ToString());
    }

    /// <summary>Goes up with every save.</summary>
    public static long VersionOf(Session session, long articleId) => session.Value<long>("SELECT version FROM articles WHERE id = @articleId", new { articleId });

    /// <summary>The newest revision as a draft to go on from, and the title that it was written for.</summary>
    /// <exception cref="NoSuchArticleException">There is none.</exception>
    public static (Draft Draft, long TitleId) Newest(Session session, long articleId) => Revision(session, articleId, null);

    /// <summary>A revision as a draft to go on from.</summary>
    /// <param name="number">Null for the newest.</param>
    /// <exception cref="NoSuchArticleException">There is none.</exception>
    public static (Draft Draft, long TitleId) Revision(Session session, long articleId, long? number)
    {
        var row = session.First<Row>($"""
            SELECT a.uri, a.kind, a.canonical_title_id, a.section_id, a.embargoed_until, a.expires_at, a.no_ads, a.usage_terms, a.copyright_holder, a.source_hash, a.source_version_at,
                r.language, r.kicker, r.headline, r.standfirst, r.dateline, r.bylines, r.tags, r.picture, r.body, r.unverified AS is_unverified, r.search_title, r.settings
            FROM articles a JOIN revisions r ON r.article_id = a.id
            WHERE a.id = @articleId{(number is null ? "" : " AND r.number = @number")}
            ORDER BY r.number DESC LIMIT 1
            """, new { articleId, number }) ?? throw new NoSuchArticleException(articleId.ToString());
        var bylines = Byline.Read(row.Bylines);
        var authors = People.Authors(session, bylines.Select(b => b.Author));
        var draft = new Draft
        {
            Uri = row.Uri,
            TitleId = row.CanonicalTitleId,
            SectionId = row.SectionId,
            Language = row.Language,
            Kind = row.Kind,
            Kicker = row.Kicker,
            Headline = row.Headline,
            Standfirst = row.Standfirst,
            SearchTitle = row.SearchTitle,
            Body = BodyJson.Read(row.Body),
            Dateline = Datelines.Read(row.Dateline),
            Picture = Picture.Read(row.Picture),
            Bylines = bylines.Select(b => new Byline(authors[b.Author].Name, b.Role)).ToList(),
            Tags = People.Tags(session, People.TagIds(row.Tags)).Select(t => t.Name).ToList(),
            EmbargoedUntil = row.EmbargoedUntil,
            ExpiresAt = row.ExpiresAt,
            NoAds = row.NoAds,
            IsUnverified = row.IsUnverified,
            UsageTerms = row.UsageTerms,
            CopyrightHolder = row.CopyrightHolder,
            SourceHash = row.SourceHash,
            SourceVersionAt = row.SourceVersionAt,
        };
        // The article itself stands as the newest says.
        return (number is null ? draft : Settings.Read(row.Settings, draft), row.CanonicalTitleId);
    }

    private sealed record Row
    {
        public string Uri { get; init; } = "";
        public string Kind { get; init; } = "";
        public long CanonicalTitleId { get; init; }
        public long SectionId { get; init; }
        public DateTimeOffset? EmbargoedUntil { get; init; }
        public DateTimeOffset? ExpiresAt { get; init; }
        public bool NoAds { get; init; }
        public bool IsUnverified { get; init; }
        public string UsageTerms { get; init; } = "";
        public string CopyrightHolder { get; init; } = "";
        public string SourceHash { get; init; } = "";
        public DateTimeOffset? SourceVersionAt { get; init; }
        public string Language { get; init; } = "";
        public string Kicker { get; init; } = "";
        public string Headline { get; init; } = "";
        public string Standfirst { get; init; } = "";
        public string Dateline { get; init; } = "";
        public string Bylines { get; init; } = "[]";
        public string Tags { get; init; } = "[]";
        public string Picture { get; init; } = "";
        public string Body { get; init; } = "";
        public string SearchTitle { get; init; } = "";
        public string Settings { get; init; } = "";
    }
}
