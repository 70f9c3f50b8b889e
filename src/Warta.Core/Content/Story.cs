using Warta.Storage;

namespace Warta.Content;

/// <summary>A live story as lists show it: one row of the view <c>live_articles</c> without the body.</summary>
public record Story
{
    /// <summary>The columns of a list, in every query that fills one.</summary>
    public const string Columns =
        "a.article_id, a.title_id, a.canonical_title_id, a.slug, a.day, a.first_published_at, a.updated_at, a.section_id, a.section_path, a.section_name, a.uri, a.kind, a.language, a.kicker, a.headline, a.standfirst, a.picture, a.expires_at";

    /// <summary>Those of these articles that are live in a title, in the order of the ids.</summary>
    public static List<Story> Live(Session session, long titleId, IReadOnlyList<long> ids)
    {
        session.NoteArticles(ids);
        if (ids.Count == 0) return [];
        var live = session.Query<Story>($"SELECT {Columns} FROM live_articles a WHERE a.title_id = @titleId AND a.article_id IN [[ids:ids]]", new { titleId, ids = session.Ids(ids) }).ToDictionary(s => s.ArticleId);
        return session.Noted(ids.Where(live.ContainsKey).Select(id => live[id]).ToList());
    }

    public long ArticleId { get; init; }
    public long TitleId { get; init; }
    public long CanonicalTitleId { get; init; }
    public string Slug { get; init; } = "";

    /// <summary>yyyymmdd of the first publication, in the title's zone.</summary>
    public long Day { get; init; }
    public DateTimeOffset FirstPublishedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public long SectionId { get; init; }
    public string SectionPath { get; init; } = "";
    public string SectionName { get; init; } = "";
    public string Uri { get; init; } = "";

    /// <summary>"story" or "advertorial".</summary>
    public string Kind { get; init; } = "";
    public string Language { get; init; } = "";
    public string Kicker { get; init; } = "";
    public string Headline { get; init; } = "";
    public string Standfirst { get; init; } = "";

    /// <summary>The lead picture as JSON, or empty; <see cref="PictureRef"/> reads it.</summary>
    public string Picture { get; init; } = "";

    /// <summary>From then on it is live no more.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
    public Picture? PictureRef => Content.Picture.Read(Picture);
    public bool IsAdvertorial => Kind == ArticleKind.Advertorial;
}

/// <summary>A live story as its own page shows it.</summary>
public sealed record LiveArticle : Story
{
    public const string AllColumns = Columns + ", a.revision_id, a.dateline, a.bylines, a.tags, a.usage_terms, a.copyright_holder, a.no_ads, a.unverified AS is_unverified, a.search_title, a.body";

    public long RevisionId { get; init; }
    public string Dateline { get; init; } = "";
    public string Bylines { get; init; } = "[]";
    public string Tags { get; init; } = "[]";
    public string UsageTerms { get; init; } = "";
    public string CopyrightHolder { get; init; } = "";
    public bool NoAds { get; init; }

    /// <summary>The editors still verify it, and say so under its text.</summary>
    public bool IsUnverified { get; init; }

    /// <summary>Its name in search results and on share cards; empty for the headline.</summary>
    public string SearchTitle { get; init; } = "";

    /// <summary>The block tree as JSON (docs/blocks.md).</summary>
    public string Body { get; init; } = "";

    public IReadOnlyList<BylineRef> BylineRefs => Byline.Read(Bylines);
    public IReadOnlyList<long> TagIds => People.TagIds(Tags);
}

public static class ArticleKind
{
    public const string Story = "story", Advertorial = "advertorial";
    public static bool IsKnown(string kind) => kind is Story or Advertorial;
}
