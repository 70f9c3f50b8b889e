using Warta.Content;
using Warta.Discovery;
using Warta.Search;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>Puts the newest revision of a story in front of the readers of a title.</summary>
public static class PublishRevision
{
    /// <summary>What became public, where and when.</summary>
    /// <param name="Path">From the root of the title's site.</param>
    public sealed record Published(long EventNumber, long TitleId, long ArticleId, long Revision, string Path, DateTimeOffset FirstPublishedAt, DateTimeOffset PublishedAt);

    /// <summary>When a story's dates aren't this moment's: an import, or a release that was due earlier.</summary>
    public sealed record Times(DateTimeOffset? FirstPublishedAt = null, DateTimeOffset? UpdatedAt = null);

    /// <summary>The newest revision of an article, with what decides whether it may go out.</summary>
    internal sealed record Newest
    {
        public string Uri { get; init; } = "";
        public string HeadlineKey { get; init; } = "";
        public long SectionId { get; init; }
        public DateTimeOffset? EmbargoedUntil { get; init; }
        public DateTimeOffset? ExpiresAt { get; init; }
        public long RevisionId { get; init; }
        public long Number { get; init; }
        public string Language { get; init; } = "";
        public string Kicker { get; init; } = "";
        public string Headline { get; init; } = "";
        public string Standfirst { get; init; } = "";
        public string Bylines { get; init; } = "";
        public string Tags { get; init; } = "";
        public string Body { get; init; } = "";
        public string Picture { get; init; } = "";
        public long TakenDown { get; init; }
        public long Purged { get; init; }
    }

    internal sealed record Publication
    {
        public long RevisionId { get; init; }
        public long SectionId { get; init; }
        public string Slug { get; init; } = "";
        public long Day { get; init; }
        public DateTimeOffset FirstPublishedAt { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
    }

    /// <param name="sectionPath">Where it stands in this title; null: where it stood, or the article's own section.</param>
    /// <param name="slug">A new slug for its address; the old one leads on to it. Null: it keeps the one it has, or gets one from its headline.</param>
    /// <exception cref="ContentException">The section isn't there, or the slug can't be one.</exception>
    /// <exception cref="NoSuchArticleException">There is no such article.</exception>
    /// <exception cref="PublishingException">It is under embargo, taken down or past its expiry.</exception>
    public static Published Publish(this Act act, long articleId, long titleId, Times? times = null, string? sectionPath = null, string? slug = null) =>
        Publish(act, articleId, titleId, times, sectionPath, slug, null, null);

    /// <summary>Brings back a revision that was live before; a newer one may have been saved since.</summary>
    /// <exception cref="NoSuchArticleException">The article has no such revision.</exception>
    /// <exception cref="PublishingException">It is under embargo, taken down or past its expiry.</exception>
    internal static Published PublishAgain(this Act act, long articleId, long titleId, long revisionId) => Publish(act, articleId, titleId, null, null, null, null, revisionId);

    /// <summary>A story that was saved in this act for the first time: what was just written needn't be read again.</summary>
    internal static Published PublishNew(this Act act, SaveRevision.Saved saved, long titleId, Times times, string sectionPath) =>
        Publish(act, saved.ArticleId, titleId, times, sectionPath, null, saved.Newest, null);

    private static Published Publish(Act act, long articleId, long titleId, Times? times, string? sectionPath, string? wantedSlug, Newest? justSaved, long? revisionId)
    {
        var sql = act.Sql;
        var title = act.Titles.Title(titleId);
        var state = justSaved ?? sql.First<Newest>("""
            SELECT a.uri, a.headline_key, a.section_id, a.embargoed_until, a.expires_at, r.id AS revision_id, r.number, r.language, r.kicker, r.headline, r.standfirst, r.bylines, r.tags, r.body, r.picture,
                (SELECT count(*) FROM takedowns t WHERE t.article_id = a.id AND t.undone_at IS NULL) AS taken_down,
                (SELECT count(*) FROM purges g WHERE g.article_id = a.id) AS purged
            FROM articles a
            JOIN revisions r ON r.article_id = a.id
            WHERE a.id = @articleId AND (@any = 1 OR r.id = @revisionId)
            ORDER BY r.number DESC
            LIMIT 1
            """, new { articleId, any = revisionId is null ? 1 : 0, revisionId = revisionId ?? 0 }) ?? throw new NoSuchArticleException(articleId.ToString());
        if (state.Purged > 0) throw new PublishingException("The story has been purged: its words are gone, and can't come back.");
        if (state.TakenDown > 0) throw new PublishingException($"The story has been taken down. Undo the takedown before publishing it again.");
        if (state.EmbargoedUntil > act.Now) throw new PublishingException($"The story is under embargo until {Clock.Iso(state.EmbargoedUntil.Value, title.Zone)}. Schedule it for then, or change the embargo.");
        if (state.ExpiresAt <= act.Now) throw new PublishingException($"The story expired at {Clock.Iso(state.ExpiresAt.Value, title.Zone)}. Change its expiry before publishing it.");

        if (!act.IsBatch && Writing.IsUntitled(state.Headline)) throw new PublishingException("The story has no headline yet. Give it one before publishing it.");

        var isNew = justSaved is not null;
        const string columns = "SELECT revision_id, section_id, slug, day, first_published_at, updated_at FROM";
        var current = isNew ? null : sql.First<Publication>($"{columns} publications WHERE title_id = @titleId AND article_id = @articleId", new { titleId, articleId });
        // A story that comes back takes up where it left off.
        var last = current ?? (isNew ? null : sql.First<Publication>($"{columns} publication_history WHERE article_id = @articleId AND title_id = @titleId ORDER BY from_at DESC, id DESC LIMIT 1", new { titleId, articleId }));
        var first = last?.FirstPublishedAt ?? times?.FirstPublishedAt ?? act.Now;
        var updated = times?.UpdatedAt ?? (last is null ? first : last.RevisionId == state.RevisionId ? last.UpdatedAt : act.Now);
        if (updated < first) updated = first;
        // A correction issued since may be younger than an import's version.
        if (updated < last?.UpdatedAt) updated = last.UpdatedAt;
        // In its own title a story stands where it was last saved to; in another one it stays where it was put there.
        var isHome = act.Titles.Section(state.SectionId).TitleId == titleId;
        var section = sectionPath is null
            ? isHome ? state.SectionId : last?.SectionId ?? SectionIn(act, title, state.SectionId)
            : act.Titles.Section(titleId, sectionPath)?.Id ?? throw new ContentException($"The title \"{title.Slug}\" has no section \"{sectionPath}\".");

        if (isHome && section != state.SectionId) sql.Run("UPDATE articles SET section_id = @p1 WHERE id = @p2", section, articleId);

        if (current is not null)
        {
            act.NoteStands(articleId);
            End(act, titleId, articleId, "replaced");
        }

        var day = Clock.Day(first, title.Zone);
        if (wantedSlug is not null && (wantedSlug.Length == 0 || Slug.From(wantedSlug) != wantedSlug)) throw new ContentException($"\"{wantedSlug}\" can't be a slug: use lower-case letters, digits and single hyphens.");
        var slug = ClaimSlug(act, titleId, articleId, wantedSlug ?? last?.Slug ?? Slug.From(state.Headline), day);
        var eventNumber = act.Record("published", titleId, articleId, new { revision = state.Number, first = current is null });
        sql.Run("""
            INSERT INTO publications (title_id, article_id, revision_id, section_id, slug, day, first_published_at, updated_at, from_at, expires_at, actor, event_number, picture)
            VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13)
            """, titleId, articleId, state.RevisionId, section, slug, day, first, updated, act.Now, state.ExpiresAt, act.Actor, eventNumber, state.Picture);

        var lists = new List<(string Kind, long Key)>();
        List(ListingKind.Title, 0);
        foreach (var line in act.Titles.Lineage(section)) List(ListingKind.Section, line.Id);
        var (tags, authors) = (People.TagIds(state.Tags), Byline.Read(state.Bylines).Select(b => b.Author).Distinct().ToList() as IReadOnlyList<long>);
        // What was saved before two were merged names either.
        foreach (var tag in isNew ? tags : People.Meant(sql, ListingKind.Tag, tags)) List(ListingKind.Tag, tag);
        foreach (var author in isNew ? authors : People.Meant(sql, ListingKind.Author, authors)) List(ListingKind.Author, author);

        var body = BodyJson.Read(state.Body);
        PictureUses.Show(sql, titleId, articleId, Picture.Read(state.Picture), body);
        act.Press.Search.Put(sql, new SearchEntry
        {
            TitleId = titleId,
            ArticleId = articleId,
            FirstPublishedAt = first,
            Language = state.Language,
            Kicker = state.Kicker,
            Headline = state.Headline,
            Standfirst = state.Standfirst,
            Tags = state.Tags,
            Body = BodyRenderer.PlainText(body),
            Lists = lists,
        });
        ReadAlso.Note(sql, articleId, first, body, isNew);
        ReadAlso.Resolve(sql, articleId, state.HeadlineKey, state.Uri);
        TextLinks.Note(sql, act.Titles, titleId, articleId, body, isNew);
        TextLinks.Resolve(sql, articleId, state.Uri);
        if (!isNew) sql.Run("UPDATE releases SET cancelled_at = @p1 WHERE article_id = @p2 AND title_id = @p3 AND released_at IS NULL AND cancelled_at IS NULL AND release_at > @p1", act.Now, articleId, titleId);
        sql.Touch(Keys.Article(articleId));
        if (!isNew) TouchCorrections(act, articleId);
        if (act.IsBatch) Related.Await(sql, articleId, first);
        else if (current?.RevisionId != state.RevisionId)
        {
            act.HasTouchedRelated = true;
            act.Press.Related.Find(sql, articleId, eventNumber);
            NearDuplicates.Keep(sql, [articleId], act.Now);
        }

        MoveStory.Finish(act, articleId);
        var path = title.Permalink.Path(act.Titles.Section(section).Path, day, slug, articleId);
        return new Published(eventNumber, titleId, articleId, state.Number, path, first, act.Now);

        void List(string kind, long key)
        {
            sql.Touch(Keys.List(titleId, kind, key));
            if (sql.Run("INSERT INTO listings (title_id, kind, key_id, first_published_at, article_id) VALUES (@p1, @p2, @p3, @p4, @p5) ON CONFLICT DO NOTHING", titleId, kind, key, first, articleId) == 1) lists.Add((kind, key));
        }
    }

    /// <summary>Moves a publication to the history. What stands in lists and search goes with it.</summary>
    internal static void End(Act act, long titleId, long articleId, string verb)
    {
        Keep(act, titleId, articleId, verb);
        var sql = act.Sql;
        act.TouchLists(articleId);
        sql.Touch(Keys.Article(articleId), verb == "replaced" ? Change.Updated : Change.Gone);
        TouchCorrections(act, articleId);
        sql.Run("DELETE FROM publications WHERE title_id = @p1 AND article_id = @p2", titleId, articleId);
        sql.Run("DELETE FROM listings WHERE article_id = @p1 AND title_id = @p2", articleId, titleId);
        SearchIndex.Remove(sql, titleId, articleId);
        sql.Run("DELETE FROM media_uses WHERE article_id = @p1 AND title_id = @p2", articleId, titleId);
    }

    /// <summary>The register shows the corrections of live stories.</summary>
    private static void TouchCorrections(Act act, long articleId)
    {
        if (act.Sql.Value<long>("SELECT count(*) FROM corrections WHERE article_id = @articleId AND withdrawn_at IS NULL", new { articleId }) > 0) act.Sql.Touch(Keys.Corrections);
    }

    /// <summary>The lists that a story stands in change with it.</summary>
    internal static void TouchLists(this Act act, long articleId)
    {
        foreach (var (titleId, kind, key) in act.Sql.Query<(long, string, long)>("SELECT title_id, kind, key_id FROM listings WHERE article_id = @articleId", new { articleId }))
            act.Sql.Touch(Keys.List(titleId, kind, key));
    }

    /// <summary>Writes down in the history how a publication has stood until now.</summary>
    internal static void Keep(Act act, long titleId, long articleId, string verb) =>
        act.Sql.Run("""
            INSERT INTO publication_history (title_id, article_id, revision_id, section_id, slug, day, first_published_at, updated_at, from_at, until_at, actor, ended_by, end_verb)
            SELECT title_id, article_id, revision_id, section_id, slug, day, first_published_at, updated_at, from_at, @p1, actor, @p2, @p3
            FROM publications WHERE title_id = @p4 AND article_id = @p5
            """, act.Now, act.Actor, verb, titleId, articleId);

    /// <summary>The article's section, or the one of the same path in another title, made if it isn't there.</summary>
    private static long SectionIn(Act act, Title title, long sectionId)
    {
        var section = act.Titles.Section(sectionId);
        if (section.TitleId == title.Id) return sectionId;
        if (act.Titles.Section(title.Id, section.Path) is { } same) return same.Id;
        return act.SectionNamed(title.Id, string.Join('/', act.Titles.Lineage(sectionId).Select(s => s.Name)));
    }

    /// <summary>The slug, or slug-2, slug-3 … where another story of that day has it. A slug once given stays this story's.</summary>
    private static string ClaimSlug(Act act, long titleId, long articleId, string wanted, long day)
    {
        if (wanted.Length == 0) wanted = "berita";
        for (var n = 1; ; n++)
        {
            var slug = n == 1 ? wanted : $"{wanted}-{n}";
            if (act.Sql.Run("INSERT INTO slugs (title_id, slug, day, article_id, from_at) VALUES (@p1, @p2, @p3, @p4, @p5) ON CONFLICT DO NOTHING", titleId, slug, day, articleId, act.Now) == 1) return slug;
            if (act.Sql.Value<long>("SELECT article_id FROM slugs WHERE title_id = @titleId AND slug = @slug AND day = @day", new { titleId, slug, day }) == articleId) return slug;
        }
    }
}
