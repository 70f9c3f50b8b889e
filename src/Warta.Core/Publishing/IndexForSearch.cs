using Warta.Content;
using Warta.Search;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>
/// Builds the search index anew where an earlier Warta built it otherwise: in batches, the newest stories first, while the site is up. What a stop leaves, the next start
/// goes on with; until a story's turn comes it is not found.
/// </summary>
public static class IndexForSearch
{
    private const int Chunk = 250;

    private sealed record Waiting
    {
        public long TitleId { get; init; }
        public long ArticleId { get; init; }
        public DateTimeOffset FirstPublishedAt { get; init; }
        public string Language { get; init; } = "";
        public string Kicker { get; init; } = "";
        public string Headline { get; init; } = "";
        public string Standfirst { get; init; } = "";
        public string Tags { get; init; } = "";
        public string Body { get; init; } = "";
    }

    /// <summary>How many live stories wait to be found.</summary>
    public static long WaitingForSearch(Session session) => session.Value<long>("SELECT count(*) FROM search_pending");

    /// <summary>When the index is of an earlier version, every live story is to be taken in again.</summary>
    internal static void CheckSearchIndex(this Press press)
    {
        const string version = "SELECT version FROM search_version";
        if (press.Database.Read(session => session.Value<long>(version)) == SearchIndex.Version) return;
        press.Database.Write(session =>
        {
            // Another process may have been faster.
            if (session.Value<long>(version) == SearchIndex.Version) return;
            session.Execute("INSERT INTO search_pending (first_published_at, title_id, article_id) SELECT first_published_at, title_id, article_id FROM publications WHERE true ON CONFLICT DO NOTHING");
            session.Execute("UPDATE search_version SET version = @Version", new { SearchIndex.Version });
        });
    }

    /// <summary>Takes in one batch of those that wait, in one transaction.</summary>
    /// <returns>How many wait still; null when none did.</returns>
    public static long? IndexSomeForSearch(this Press press)
    {
        if (press.Database.Read(WaitingForSearch) == 0) return null;
        try
        {
            return press.Database.Write(session =>
            {
                var some = session.Query<Waiting>($"""
                    SELECT w.title_id, w.article_id, a.first_published_at, a.language, a.kicker, a.headline, a.standfirst, a.tags, a.body
                    FROM (SELECT title_id, article_id, first_published_at FROM search_pending ORDER BY first_published_at DESC, title_id DESC, article_id DESC LIMIT {Chunk}) w
                    CROSS JOIN live_articles a
                    WHERE a.title_id = w.title_id AND a.article_id = w.article_id
                    ORDER BY w.first_published_at, w.title_id, w.article_id
                    """);
                foreach (var story in some) Take(press, session, story);
                // A story that is no longer live left when it ended; this is for what nobody thought of.
                if (some.Count == 0) session.Execute("DELETE FROM search_pending WHERE NOT EXISTS (SELECT 1 FROM publications p WHERE p.title_id = search_pending.title_id AND p.article_id = search_pending.article_id)");
                press.Search.Finish(session);
                return WaitingForSearch(session);
            });
        }
        catch
        {
            press.Search.Reset();
            throw;
        }
    }

    private static void Take(Press press, WriteSession session, Waiting story)
    {
        SearchIndex.Remove(session, story.TitleId, story.ArticleId);
        press.Search.Put(session, new SearchEntry
        {
            TitleId = story.TitleId,
            ArticleId = story.ArticleId,
            FirstPublishedAt = story.FirstPublishedAt,
            Language = story.Language,
            Kicker = story.Kicker,
            Headline = story.Headline,
            Standfirst = story.Standfirst,
            Tags = story.Tags,
            Body = BodyRenderer.PlainText(BodyJson.Read(story.Body)),
            Lists = session.Query<(string, long)>("SELECT kind, key_id FROM listings WHERE article_id = @ArticleId AND title_id = @TitleId", new { story.ArticleId, story.TitleId }),
        });
    }
}
