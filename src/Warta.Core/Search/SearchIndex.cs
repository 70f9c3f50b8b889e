using Warta.Content;
using Warta.Storage;

namespace Warta.Search;

/// <summary>A live story as the index takes it in.</summary>
public sealed record SearchEntry
{
    public required long TitleId { get; init; }
    public required long ArticleId { get; init; }
    public required DateTimeOffset FirstPublishedAt { get; init; }
    public required string Language { get; init; }
    public required string Kicker { get; init; }
    public required string Headline { get; init; }
    public required string Standfirst { get; init; }

    /// <summary>JSON, as a revision keeps them.</summary>
    public required string Tags { get; init; }
    public required string Body { get; init; }

    /// <summary>The lists that it stands in, which a search may be narrowed to.</summary>
    public required IReadOnlyList<(string Kind, long Key)> Lists { get; init; }
}

/// <summary>
/// Which live stories hold which words: a row for each publication. Each engine keeps its own kind of index over the same terms, and both keep the same
/// <see cref="StoryWords"/> beside it, so both find the same stories and rank them alike.
/// </summary>
public abstract class SearchIndex
{
    /// <summary>Of what this program builds; see <see cref="Analyser.Version"/>.</summary>
    public const int Version = Analyser.Version;

    /// <summary>How many stories a search looks at, the newest that match.</summary>
    public const int MostCandidates = 2_000;

    /// <summary>Beyond this a body's words aren't searched.</summary>
    private const int LongestBody = 20_000;

    private const int ShortestSpelt = 4, LongestSpelt = 24, MostSpeltKept = 400_000;
    private static readonly DateTimeOffset Epoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // What this process has written to search_words, and what it has yet to: a story brings few new ones.
    private readonly HashSet<string> _spelt = [], _spelling = [];
    private readonly Dictionary<long, string> _tagNames = [];

    public static SearchIndex For(EngineKind engine) => engine == EngineKind.Sqlite ? new SqliteSearch() : new PostgresSearch();

    /// <summary>Makes a story findable. In the transaction that publishes it; it must not be in the index yet.</summary>
    public void Put(WriteSession session, SearchEntry story)
    {
        var terms = new HashSet<string>(300) { Analyser.Place(story.Language) };
        foreach (var (kind, key) in story.Lists) terms.Add(Analyser.Place(kind, key));
        terms.Add(Analyser.Place(ListingKind.Title, story.TitleId));
        lock (_spelling)
        {
            var words = StoryWords.Write(story.Language, story.Headline, TagNames(session, story.Tags).Prepend(story.Standfirst).Prepend(story.Kicker), story.Body, LongestBody, word =>
            {
                if (terms.Add(word.Key) && IsSpelt(word.Surface) && !_spelt.Contains(word.Surface)) _spelling.Add(word.Surface);
            });
            var from = IdAt(story.FirstPublishedAt);
            // More than 65,536 stories of one minute run on into the next.
            var id = session.RunForId("SELECT coalesce(max(id), @p1 - 1) + 1 FROM search_stories WHERE id >= @p1 AND id < @p2", from, from + (1 << 16));
            while (id == from + (1 << 16)) id = session.RunForId("SELECT coalesce(max(id), @p1 - 1) + 1 FROM search_stories WHERE id >= @p1 AND id < @p2", from = id, from + (1 << 16));
            session.Run("INSERT INTO search_stories (id, title_id, article_id, first_published_at, words) VALUES (@p1, @p2, @p3, @p4, @p5)", id, story.TitleId, story.ArticleId, story.FirstPublishedAt, words);
            Insert(session, id, string.Join(' ', terms));
        }
    }

    /// <summary>Writes the new words that <see cref="Put"/> has met. Once, before the commit.</summary>
    public void Finish(WriteSession session)
    {
        lock (_spelling)
        {
            if (_spelling.Count == 0) return;
            foreach (var length in _spelling.GroupBy(word => word.Length))
                session.Execute("INSERT INTO search_words (length, word) SELECT @Key, id FROM [[texts:words]] w WHERE true ON CONFLICT DO NOTHING", new { length.Key, words = session.Texts(length.Order(StringComparer.Ordinal)) });
            if (_spelt.Count > MostSpeltKept) _spelt.Clear();
            _spelt.UnionWith(_spelling);
            _spelling.Clear();
        }
    }

    /// <summary>Tags have other names now.</summary>
    public void ForgetTags() => _tagNames.Clear();

    /// <summary>Forgets what it believes to be written: a transaction was rolled back, or words were erased.</summary>
    public void Reset()
    {
        lock (_spelling)
        {
            _spelt.Clear();
            _spelling.Clear();
        }
    }

    /// <summary>Takes a story of a title out, whether it is in or waits to be.</summary>
    public static void Remove(WriteSession session, long titleId, long articleId)
    {
        session.Run("DELETE FROM search_entries WHERE rowid = (SELECT id FROM search_stories WHERE article_id = @p1 AND title_id = @p2)", articleId, titleId);
        session.Run("DELETE FROM search_stories WHERE article_id = @p1 AND title_id = @p2", articleId, titleId);
        session.Run("DELETE FROM search_pending WHERE article_id = @p1 AND title_id = @p2", articleId, titleId);
    }

    /// <summary>
    /// After a purge: drops from the words that may be suggested those of the purged text that no other live story holds, and makes sure that the index keeps nothing of what was removed.
    /// </summary>
    /// <param name="texts">All that was erased.</param>
    public void Erase(WriteSession session, string language, IEnumerable<string> texts)
    {
        var words = new HashSet<string>();
        foreach (var text in texts) Terms.Each(text, term => words.Add(term.ToString()));
        foreach (var word in words.Where(IsSpelt))
        {
            if (!StandsElsewhere(session, Analyser.Of(word, language))) session.Run("DELETE FROM search_words WHERE length = @p1 AND word = @p2", word.Length, word);
        }

        Reset();
        Scrub(session);
    }

    private bool StandsElsewhere(Session session, Word word)
    {
        foreach (var candidate in Candidates(session, Term(word.Key), 0, long.MaxValue, 50))
        {
            if (MemoryExtensions.Contains(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, uint>(candidate.Words), word.Token)) return true;
        }

        return false;
    }

    /// <summary>A story that matches, before it is ranked.</summary>
    internal sealed record Candidate
    {
        public long Id { get; init; }
        public long ArticleId { get; init; }
        public DateTimeOffset FirstPublishedAt { get; init; }
        public byte[] Words { get; init; } = [];
    }

    /// <summary>The newest stories that match, by id from <paramref name="low"/> up to but not including <paramref name="high"/>.</summary>
    internal List<Candidate> Candidates(Session session, string match, long low, long high, int most) =>
        session.Query<Candidate>(CandidatesSql, new { match, low, high, most });

    /// <summary>How many stories match, counted up to <paramref name="most"/>.</summary>
    internal long Count(Session session, string match, int most) => session.Value<long>(CountSql, new { match, most });

    /// <summary>The least id that a story first published at or after this moment has.</summary>
    internal static long IdAt(DateTimeOffset moment) => (long)Math.Floor((moment - Epoch).TotalMinutes) << 16;

    // Expressions of either engine, from terms that hold letters, digits, marks and _ alone.
    internal abstract string Term(string term);

    internal abstract string All(IEnumerable<string> expressions);

    internal string Any(IEnumerable<string> expressions) => string.Join(Or, expressions) is var any && any.Contains(' ', StringComparison.Ordinal) ? $"({any})" : any;

    internal abstract string Without(string expression, string without);

    internal string Word(AskedWord word) => Any(word.Readings.Select(r => r.Key).Distinct().Select(Term));

    private protected abstract string Or { get; }
    private protected abstract string CandidatesSql { get; }
    private protected abstract string CountSql { get; }

    private protected abstract void Insert(WriteSession session, long id, string terms);

    private protected abstract void Scrub(WriteSession session);

    private static bool IsSpelt(string word) => word.Length is >= ShortestSpelt and <= LongestSpelt && word.All(char.IsLetter);

    private IEnumerable<string> TagNames(Session session, string tags)
    {
        var ids = People.TagIds(tags);
        if (ids.Any(id => !_tagNames.ContainsKey(id)))
        {
            if (_tagNames.Count > 50_000) _tagNames.Clear();
            foreach (var (id, tag) in People.TagsById(session, ids)) _tagNames[id] = tag.Name;
        }

        return ids.Where(_tagNames.ContainsKey).Select(id => _tagNames[id]);
    }
}

internal sealed class SqliteSearch : SearchIndex
{
    private protected override string Or => " OR ";

    // FTS5 walks its list backwards from the range's end and stops when it has enough.
    private protected override string CandidatesSql => """
        SELECT s.id, s.article_id, s.first_published_at, s.words
        FROM (SELECT rowid AS id FROM search_entries WHERE search_entries MATCH @match AND rowid >= @low AND rowid < @high ORDER BY rowid DESC LIMIT @most) e
        CROSS JOIN search_stories s ON s.id = e.id
        """;

    private protected override string CountSql => "SELECT count(*) FROM (SELECT rowid FROM search_entries WHERE search_entries MATCH @match LIMIT @most)";

    internal override string Term(string term) => $"\"{term}\"";

    internal override string All(IEnumerable<string> expressions) => string.Join(" AND ", expressions);

    internal override string Without(string expression, string without) => $"({expression}) NOT {without}";

    private protected override void Insert(WriteSession session, long id, string terms) => session.Run("INSERT INTO search_entries (rowid, terms) VALUES (@p1, @p2)", id, terms);

    private protected override void Scrub(WriteSession session) => session.Run("INSERT INTO search_entries (search_entries) VALUES ('optimize')");
}

internal sealed class PostgresSearch : SearchIndex
{
    private protected override string Or => " | ";

    // Materialized: else the planner, hoping to have enough soon, may walk through the stories and open each one's terms.
    private protected override string CandidatesSql => """
        WITH matching AS MATERIALIZED (SELECT rowid AS id FROM search_entries WHERE terms @@ CAST(@match AS tsquery) AND rowid >= @low AND rowid < @high)
        SELECT s.id, s.article_id, s.first_published_at, s.words
        FROM (SELECT id FROM matching ORDER BY id DESC LIMIT @most) e
        JOIN search_stories s ON s.id = e.id
        """;

    private protected override string CountSql => """
        WITH matching AS MATERIALIZED (SELECT 1 FROM search_entries WHERE terms @@ CAST(@match AS tsquery))
        SELECT count(*) FROM (SELECT 1 FROM matching LIMIT @most) m
        """;

    internal override string Term(string term) => $"'{term}'";

    internal override string All(IEnumerable<string> expressions) => string.Join(" & ", expressions);

    internal override string Without(string expression, string without) => $"({expression}) & !({without})";

    private protected override void Insert(WriteSession session, long id, string terms) =>
        // An array, because PostgreSQL's own parser would cut the terms once more.
        session.Run("INSERT INTO search_entries (rowid, terms) VALUES (@p1, array_to_tsvector(string_to_array(@p2, ' ')))", id, terms);

    /// <summary>A deleted row's words stay in the table's file until VACUUM, which can't run in a transaction: autovacuum does it.</summary>
    private protected override void Scrub(WriteSession session)
    {
    }
}
