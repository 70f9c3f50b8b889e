using System.Text;
using System.Text.Json;
using Warta.Content;

namespace Warta.Publishing;

/// <summary>A story as a writer or an import hands it in.</summary>
public sealed record Draft
{
    public required string Uri { get; init; }
    public required long SectionId { get; init; }
    public required long TitleId { get; init; }
    public required string Language { get; init; }
    public required string Headline { get; init; }
    public required Body Body { get; init; }
    public string Kind { get; init; } = ArticleKind.Story;
    public string Kicker { get; init; } = "";
    public string Standfirst { get; init; } = "";

    /// <summary>Its name in search results and on share cards; empty for the headline.</summary>
    public string SearchTitle { get; init; } = "";
    public Dateline? Dateline { get; init; }
    public Picture? Picture { get; init; }
    public IReadOnlyList<Byline> Bylines { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];
    public DateTimeOffset? EmbargoedUntil { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public bool NoAds { get; init; }

    /// <summary>Says under the story that it still needs verification; a revision without it clears that.</summary>
    public bool IsUnverified { get; init; }
    public string UsageTerms { get; init; } = "";
    public string CopyrightHolder { get; init; } = "";

    /// <summary>SHA-256 of what an import read, so that the same item is known again; empty for a story written here.</summary>
    public string SourceHash { get; init; } = "";
    public DateTimeOffset? SourceVersionAt { get; init; }

    /// <summary>What its writer says of this revision, for the newsroom.</summary>
    public string Note { get; init; } = "";
}

/// <summary>Keeps what was written as a new revision. Nothing that readers see changes until it is published.</summary>
public static class SaveRevision
{
    private const int LongestHeadline = 500, LongestStandfirst = 5_000, LongestUri = 2_000, LongestNote = 1_000;

    public sealed record Saved(long ArticleId, long RevisionId, long Number)
    {
        /// <summary>What <see cref="PublishRevision.PublishNew"/> needs of it.</summary>
        internal PublishRevision.Newest? Newest { get; init; }
    }

    /// <param name="articleId">The article to revise; null makes a new one.</param>
    /// <exception cref="ContentException">The headline is missing or too long, the uri is taken, the kind or language is unknown.</exception>
    /// <exception cref="NoSuchArticleException">There is no such article.</exception>
    /// <exception cref="PublishingException">It was purged.</exception>
    public static Saved Save(this Act act, long? articleId, Draft draft)
    {
        Check(draft);
        PictureUses.Check(act.Sql, draft);
        var sql = act.Sql;
        var key = HeadlineKey.Of(draft.Headline);
        long number = 1;
        // What an import brings was worked on elsewhere.
        var workedAt = act.IsBatch ? draft.SourceVersionAt ?? act.Now : act.Now;
        if (articleId is { } existing)
        {
            if (sql.Value<long>("SELECT count(*) FROM purges WHERE article_id = @existing", new { existing }) > 0) throw new PublishingException("The story has been purged: nothing can be written in its place.");
            number = sql.Value<long>("SELECT coalesce(max(number), 0) + 1 FROM revisions WHERE article_id = @existing", new { existing });
            var known = sql.Run("""
                UPDATE articles SET kind = @p1, section_id = @p2, headline_key = @p3, version = version + 1, embargoed_until = @p4, expires_at = @p5,
                    no_ads = @p6, usage_terms = @p7, copyright_holder = @p8, source_hash = @p9, source_version_at = @p10, worked_at = @p11, worked_by = @p12, worked_headline = @p13
                WHERE id = @p14
                """, draft.Kind, draft.SectionId, key, draft.EmbargoedUntil, draft.ExpiresAt, draft.NoAds, draft.UsageTerms, draft.CopyrightHolder, draft.SourceHash, draft.SourceVersionAt, workedAt, act.Actor, draft.Headline, existing);
            if (known == 0) throw new NoSuchArticleException(existing.ToString());
            // Kind, terms and ads belong to the article, so they are seen at once where it is live.
            sql.Touch(Keys.Article(existing));
            act.TouchLists(existing);
        }
        else
        {
            if (!act.IsBatch && sql.Value<long>("SELECT count(*) FROM articles WHERE uri = @Uri", new { draft.Uri }) > 0)
                throw new ContentException($"There is an article with the uri {draft.Uri} already.");
            articleId = sql.RunForId("""
                INSERT INTO articles (uri, kind, canonical_title_id, section_id, headline_key, version, embargoed_until, expires_at, no_ads, usage_terms,
                    copyright_holder, source_hash, source_version_at, created_at, created_by, worked_at, worked_by, worked_headline)
                VALUES (@p1, @p2, @p3, @p4, @p5, 1, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p14, @p16)
                RETURNING id
                """, draft.Uri, draft.Kind, draft.TitleId, draft.SectionId, key, draft.EmbargoedUntil, draft.ExpiresAt, draft.NoAds, draft.UsageTerms,
                draft.CopyrightHolder, draft.SourceHash, draft.SourceVersionAt, act.Now, act.Actor, workedAt, draft.Headline);
        }

        var bylines = Byline.Write(draft.Bylines.DistinctBy(b => (b.Name, b.Role)).Select(b => new BylineRef(People.AuthorNamed(sql, b.Name), b.Role)));
        var tagIds = draft.Tags.Select(name => People.TagNamed(sql, name)).Distinct().ToList();
        var tags = tagIds.Count == 0 ? "[]" : JsonSerializer.Serialize(tagIds);
        var body = BodyJson.Write(draft.Body);
        var picture = Picture.Write(draft.Picture);
        var revision = sql.RunForId("""
            INSERT INTO revisions (article_id, number, language, kicker, headline, standfirst, dateline, bylines, tags, saved_at, saved_by, body, picture, unverified, search_title, note, settings)
            VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17)
            RETURNING id
            """, articleId, number, draft.Language, draft.Kicker, draft.Headline, draft.Standfirst, Datelines.Write(draft.Dateline), bylines, tags, act.Now, act.Actor, body, picture, draft.IsUnverified, draft.SearchTitle, draft.Note, Settings.Write(draft));
        DeskSearch.Put(act, articleId.Value, draft);
        PictureUses.Mention(sql, articleId.Value, draft);
        MoveStory.Begin(act, articleId.Value, number == 1);
        act.Record("saved", null, articleId, new { revision = number });
        return new Saved(articleId.Value, revision, number)
        {
            Newest = new PublishRevision.Newest
            {
                Uri = draft.Uri,
                HeadlineKey = key,
                SectionId = draft.SectionId,
                EmbargoedUntil = draft.EmbargoedUntil,
                ExpiresAt = draft.ExpiresAt,
                RevisionId = revision,
                Number = number,
                Language = draft.Language,
                Kicker = draft.Kicker,
                Headline = draft.Headline,
                Standfirst = draft.Standfirst,
                Bylines = bylines,
                Tags = tags,
                Body = body,
                Picture = picture,
            },
        };
    }

    private static void Check(Draft draft)
    {
        if (!draft.Headline.EnumerateRunes().Any(IsVisible)) throw new ContentException("A story needs a headline that readers can see.");
        if (draft.Headline.Length > LongestHeadline) throw new ContentException($"The headline has {draft.Headline.Length} characters; at most {LongestHeadline} fit.");
        if (draft.Standfirst.Length > LongestStandfirst) throw new ContentException($"The standfirst has {draft.Standfirst.Length} characters; at most {LongestStandfirst} fit.");
        if (draft.SearchTitle.Length > LongestHeadline) throw new ContentException($"The search title has {draft.SearchTitle.Length} characters; at most {LongestHeadline} fit.");
        if (draft.Note.Length > LongestNote) throw new ContentException($"The note has {draft.Note.Length} characters; at most {LongestNote} fit.");
        if (string.IsNullOrWhiteSpace(draft.Uri)) throw new ContentException("A story needs a uri.");
        // PostgreSQL's index entries hold no more than 2.7 KB.
        if (Encoding.UTF8.GetByteCount(draft.Uri) > LongestUri) throw new ContentException($"The uri is longer than {LongestUri} bytes. Give the story a shorter one.");
        if (!ArticleKind.IsKnown(draft.Kind)) throw new ContentException($"\"{draft.Kind}\" is no kind of article; use story or advertorial.");
        if (!Languages.IsTag(draft.Language)) throw new ContentException($"\"{draft.Language}\" is no language tag; use one such as id, en or ar.");
        if (draft.Bylines.FirstOrDefault(b => !Byline.IsRole(b.Role)) is { } byline) throw new ContentException($"\"{byline.Role}\" is no role in a byline; use writer, editor or photographer.");
        if (draft.ExpiresAt <= draft.EmbargoedUntil) throw new ContentException("The story expires before its embargo ends. Move one of the two.");
    }

    private static bool IsVisible(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.IsPunctuation(rune) || Rune.IsSymbol(rune);
}
