using Warta.Content;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Composition;

/// <summary>Which story an address means: the one that bears it now, or bore it once.</summary>
public static class Addresses
{
    /// <summary>At most one of them is set; none for an address that never was a story's, or whose story is offline.</summary>
    public sealed record Found(LiveArticle? Live, Gone? Gone);

    public sealed record Gone
    {
        public DateTimeOffset At { get; init; }

        /// <summary>Empty for a purged story.</summary>
        public string Reason { get; init; } = "";
    }

    private static readonly Found Nothing = new(null, null);

    /// <param name="path">Decoded, from the title's root.</param>
    public static Found Resolve(Session session, Title title, string path)
    {
        if (Permalink.Read(path) is not { } address) return Nothing;
        if (Live(session, title, address) is { } live) return new Found(live, null);
        if (Candidate(session, title, address) is not { } articleId) return Nothing;
        var gone = GoneStory(session, articleId);
        return gone is null ? Nothing : new Found(null, gone);
    }

    /// <summary>Null for a story that was neither taken down nor purged.</summary>
    public static Gone? GoneStory(Session session, long articleId)
    {
        session.Note(Keys.Article(articleId));
        return session.First<Gone>("""
        SELECT taken_down_at AS at, reason FROM takedowns WHERE article_id = @articleId AND undone_at IS NULL
        UNION ALL
        SELECT purged_at AS at, '' AS reason FROM purges WHERE article_id = @articleId
        """, new { articleId });
    }

    public static LiveArticle? Live(Session session, long titleId, long articleId)
    {
        session.Note(Keys.Article(articleId));
        return session.Noted(session.Query<LiveArticle>($"SELECT {LiveArticle.AllColumns} FROM live_articles a WHERE a.title_id = @titleId AND a.article_id = @articleId", new { titleId, articleId })).FirstOrDefault();
    }

    /// <summary>Nearly every address that is asked for is a live story's: its slug and the story are read at once.</summary>
    private static LiveArticle? Live(Session session, Title title, Permalink.Address address)
    {
        // CROSS: SQLite must begin with the one slug, not with all of the title's stories
        const string slugs = $"SELECT {LiveArticle.AllColumns} FROM slugs k CROSS JOIN live_articles a WHERE k.title_id = @Id AND a.title_id = k.title_id AND a.article_id = k.article_id";
        var found = address.Day is { } day
            ? session.Query<LiveArticle>($"{slugs} AND k.slug = @Slug AND k.day = @day", new { title.Id, address.Slug, day })
            : session.Query<LiveArticle>($"{slugs} AND k.article_id = @article LIMIT 1", new { title.Id, article = address.Id });
        return session.Noted(found).FirstOrDefault();
    }

    private static long? Candidate(Session session, Title title, Permalink.Address address)
    {
        if (address.Day is { } day)
        {
            return session.First<long?>("SELECT article_id FROM slugs WHERE title_id = @Id AND slug IN [[texts:slugs]] AND day = @day",
                new { title.Id, slugs = session.Texts([address.Slug, Purge.Hash(address.Slug)]), day });
        }

        return session.First<long?>("SELECT article_id FROM slugs WHERE article_id = @article AND title_id = @Id LIMIT 1", new { article = address.Id, title.Id });
    }
}
