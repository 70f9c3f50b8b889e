using Warta.Content;
using Warta.Discovery;

namespace Warta.Publishing;

/// <summary>
/// Goes through the stories that were live before links and near-duplicates were kept: in batches while the site is up. What a stop leaves, the next start goes on with. What is published
/// meanwhile is noted as it is published.
/// </summary>
public static class NoteLinks
{
    private const int Chunk = 25, Done = -1;

    /// <returns>False when all have been gone through.</returns>
    public static bool NoteSomeLinks(this Press press)
    {
        const string cursor = "SELECT article_id FROM links_noted";
        if (press.Database.Read(session => session.Value<long>(cursor)) == Done) return false;
        return press.Run("timetable", act =>
        {
            var after = act.Sql.Value<long>(cursor);
            if (after == Done) return false;
            var stories = act.Sql.Query<(long Article, long Title, string Uri, string Body)>($"""
                SELECT p.article_id, p.title_id, a.uri, r.body
                FROM (SELECT DISTINCT article_id FROM publications WHERE article_id > @after ORDER BY article_id LIMIT {Chunk}) s
                CROSS JOIN publications p
                JOIN articles a ON a.id = p.article_id
                JOIN revisions r ON r.id = p.revision_id
                WHERE p.article_id = s.article_id
                ORDER BY p.article_id, p.title_id
                """, new { after });
            foreach (var story in stories.DistinctBy(s => s.Article))
            {
                TextLinks.Note(act.Sql, act.Titles, story.Title, story.Article, BodyJson.Read(story.Body), isNew: false);
                TextLinks.Resolve(act.Sql, story.Article, story.Uri);
                act.Sql.Touch(Keys.Article(story.Article));
            }

            NearDuplicates.Keep(act.Sql, stories.Select(s => s.Article).Distinct().ToList(), act.Now);
            act.Sql.Run("UPDATE links_noted SET article_id = @p1", stories.Count == 0 ? Done : stories[^1].Article);
            return stories.Count > 0;
        });
    }
}
