using Warta.Content;
using Warta.Search;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>
/// Which articles, live or not, hold which words: for the newsroom's lists. Words as they stand, found by their beginnings; of an import only what stands above the text:
/// the readers' index has the rest, and is asked too.
/// </summary>
public static class DeskSearch
{
    private const int LongestBody = 20_000, Chunk = 500;

    private const int MostLive = 500;

    /// <summary>More words than that narrow nothing down.</summary>
    private const int MostAsked = 12;

    internal static void Put(Act act, long articleId, Draft draft) => Put(act.Sql, articleId,
        string.Join('\n', [draft.Kicker, draft.Headline, draft.Standfirst, draft.SearchTitle, .. draft.Tags, .. draft.Bylines.Select(byline => byline.Name)]),
        act.IsBatch ? "" : BodyRenderer.PlainText(draft.Body));

    internal static void Put(WriteSession sql, long articleId, string head, string body)
    {
        var terms = new HashSet<string>();
        Terms.Each(head, term => terms.Add(term.ToString()));
        Terms.Each(body.Length > LongestBody ? body[..LongestBody] : body, term => terms.Add(term.ToString()));
        sql.Run("DELETE FROM desk_entries WHERE rowid = @p1", articleId);
        // An array, because PostgreSQL's own parser would cut the terms once more.
        sql.Run("[[sqlite]]INSERT INTO desk_entries (rowid, terms) VALUES (@p1, @p2)[[/sqlite]][[postgres]]INSERT INTO desk_entries (rowid, terms) VALUES (@p1, array_to_tsvector(string_to_array(@p2, ' ')))[[/postgres]]",
            articleId, string.Join(' ', terms));
    }

    internal static void Erase(WriteSession sql, long articleId)
    {
        sql.Run("DELETE FROM desk_entries WHERE rowid = @p1", articleId);
        sql.Run("DELETE FROM desk_pending WHERE article_id = @p1", articleId);
        sql.Run("[[sqlite]]INSERT INTO desk_entries (desk_entries) VALUES ('optimize')[[/sqlite]][[postgres]]SELECT 1[[/postgres]]");
    }

    /// <summary>What to hold against the index; null for a question without words.</summary>
    public static string? Match(Session session, string words)
    {
        var asked = new List<string>();
        Terms.Each(words, term => asked.Add(term.ToString()));
        if (asked.Count == 0) return null;
        var some = asked.Distinct().Take(MostAsked);
        return session.Dialect.Engine == EngineKind.Sqlite ? string.Join(" AND ", some.Select(term => $"\"{term}\"*")) : string.Join(" & ", some.Select(term => $"'{term}':*"));
    }

    /// <summary>Live stories that hold all these words anywhere in their text, by the readers' index: of an import nobody else knows. The newest of them, as many as some pages of a list show.</summary>
    public static List<long> Live(Session session, string words)
    {
        var asked = WordQuery.Of(words).All;
        if (asked.Count == 0) return [];
        var index = SearchIndex.For(session.Dialect.Engine);
        return index.Candidates(session, index.All(asked.Select(index.Word)), 0, long.MaxValue, MostLive).Select(candidate => candidate.ArticleId).Distinct().ToList();
    }

    /// <summary>Takes in a batch of the articles of before.</summary>
    /// <returns>Whether any wait still.</returns>
    public static bool IndexSomeForDesk(this Press press)
    {
        const string some = "SELECT article_id FROM desk_pending ORDER BY article_id DESC LIMIT 500";
        if (press.Database.Read(session => session.Query<long>(some)).Count == 0) return false;
        return press.Database.Write(session =>
        {
            var ids = session.Query<long>(some);
            foreach (var row in session.Query<(long Id, string Kicker, string Headline, string Standfirst, string Tags, string Bylines)>("""
                SELECT a.id, r.kicker, r.headline, r.standfirst, r.tags, r.bylines
                FROM [[ids:ids]] i CROSS JOIN articles a JOIN revisions r ON r.article_id = a.id
                WHERE a.id = i.id AND r.number = (SELECT max(number) FROM revisions n WHERE n.article_id = a.id)
                """, new { ids = session.Ids(ids) }))
            {
                var names = People.Tags(session, People.TagIds(row.Tags)).Select(tag => tag.Name).Concat(People.Authors(session, Byline.Read(row.Bylines).Select(byline => byline.Author)).Values.Select(author => author.Name));
                Put(session, row.Id, string.Join('\n', names.Prepend(row.Standfirst).Prepend(row.Headline).Prepend(row.Kicker)), "");
            }

            session.Execute("DELETE FROM desk_pending WHERE article_id IN [[ids:ids]]", new { ids = session.Ids(ids) });
            return ids.Count == Chunk;
        });
    }
}
