using System.Text;
using Warta.Content;
using Warta.Storage;

namespace Warta.Search;

/// <summary>
/// Which live stories hold which words. Each engine keeps its own kind of index; both are fed the terms that <see cref="Terms"/> cuts, so both
/// find the same stories.
/// </summary>
public abstract class SearchIndex
{
    /// <summary>Beyond this a body's words aren't searched; PostgreSQL's tsvector holds one megabyte.</summary>
    private const int LongestBody = 300_000;

    public static SearchIndex For(EngineKind engine) => engine == EngineKind.Sqlite ? new SqliteSearch() : new PostgresSearch();

    /// <summary>Makes a story findable. <paramref name="isNew"/> when it can't be in the index yet.</summary>
    public void Put(WriteSession session, long articleId, string headline, string standfirst, string body, bool isNew)
    {
        if (!isNew) Remove(session, articleId);
        Insert(session, articleId, Words(headline), Words(standfirst), Words(body.Length > LongestBody ? body[..LongestBody] : body));
    }

    public abstract void Remove(WriteSession session, long articleId);

    /// <summary>Makes sure that nothing is left of what was removed: after a purge.</summary>
    public abstract void Scrub(WriteSession session);

    /// <summary>SQL that selects the ids of at most 2,000 stories, the newest in the index, that hold all of <c>@words</c>.</summary>
    public abstract string MatchSql { get; }

    /// <summary>The value of <c>@words</c>: any text at all becomes words. Null when it holds none.</summary>
    public string? Match(string query)
    {
        var terms = new List<string>();
        Terms.Each(query, term => terms.Add(term.ToString()));
        return terms.Count == 0 ? null : Join(terms.Distinct().Take(32));
    }

    protected abstract string Join(IEnumerable<string> terms);

    protected abstract void Insert(WriteSession session, long articleId, string headline, string standfirst, string body);

    private static string Words(string text)
    {
        var words = new StringBuilder(text.Length);
        Terms.Each(text, term => words.Append(term).Append(' '));
        return words.ToString().TrimEnd();
    }
}

internal sealed class SqliteSearch : SearchIndex
{
    public override string MatchSql => "SELECT rowid FROM (SELECT rowid FROM search_entries WHERE search_entries MATCH @words ORDER BY rowid DESC LIMIT 2000)";

    public override void Remove(WriteSession session, long articleId) => session.Run("DELETE FROM search_entries WHERE rowid = @p1", articleId);

    public override void Scrub(WriteSession session) => session.Run("INSERT INTO search_entries (search_entries) VALUES ('optimize')");

    protected override string Join(IEnumerable<string> terms) => string.Join(' ', terms.Select(t => $"\"{t}\""));

    protected override void Insert(WriteSession session, long articleId, string headline, string standfirst, string body) =>
        session.Run("INSERT INTO search_entries (rowid, headline, standfirst, body) VALUES (@p1, @p2, @p3, @p4)", articleId, headline, standfirst, body);
}

internal sealed class PostgresSearch : SearchIndex
{
    public override string MatchSql => "SELECT rowid FROM search_entries WHERE words @@ CAST(@words AS tsquery) ORDER BY rowid DESC LIMIT 2000";

    public override void Remove(WriteSession session, long articleId) => session.Run("DELETE FROM search_entries WHERE rowid = @p1", articleId);

    /// <summary>A deleted row's words stay in the table's file until VACUUM, which can't run in a transaction: autovacuum does it.</summary>
    public override void Scrub(WriteSession session)
    {
    }

    protected override string Join(IEnumerable<string> terms) => string.Join(" & ", terms.Select(t => $"'{t}'"));

    protected override void Insert(WriteSession session, long articleId, string headline, string standfirst, string body) =>
        // An array, because PostgreSQL's own parser would cut the terms once more.
        session.Run("INSERT INTO search_entries (rowid, words) VALUES (@p1, array_to_tsvector(string_to_array(@p2, ' ')))", articleId, string.Join(' ', new[] { headline, standfirst, body }.Where(words => words.Length > 0)));
}
