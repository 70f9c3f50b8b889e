using Warta.Content;
using Warta.Storage;

namespace Warta.Search;

/// <summary>
/// Answers a filter that has words. First the stories that hold all of them; where those are few, the same with mistyped words mended, and then those
/// that hold most. The filters are terms of the index, and times are ranges of its ids: so the newest 2,000 that match are the newest within the filters.
/// </summary>
internal sealed class StorySearch
{
    private const int Few = 3;

    /// <summary>A phrase is looked for in the stories that hold its words, this many times 2,000.</summary>
    private const int MostRounds = 5;

    /// <summary>A word that stands in some stories is only taken for a slip where another one is this many times as common.</summary>
    private const int MuchMore = 20;

    private readonly Session _session;
    private readonly SearchIndex _index;
    private readonly StoryFilter _filter;
    private readonly List<string> _places = [];
    private readonly long _low, _high;

    public StorySearch(Session session, SearchIndex index, StoryFilter filter)
    {
        (_session, _index, _filter) = (session, index, filter);
        _places.Add(index.Term(Analyser.Place(ListingKind.Title, filter.TitleId)));
        if (filter.SectionId is { } section) _places.Add(index.Term(Analyser.Place(ListingKind.Section, section)));
        if (filter.TagId is { } tag) _places.Add(index.Term(Analyser.Place(ListingKind.Tag, tag)));
        if (filter.AuthorId is { } author) _places.Add(index.Term(Analyser.Place(ListingKind.Author, author)));
        if (filter.Language is { } language) _places.Add(index.Term(Analyser.Place(language)));
        _low = filter.From is { } from ? SearchIndex.IdAt(from) : long.MinValue;
        _high = filter.To is { } to ? SearchIndex.IdAt(to.AddMinutes(1)) : long.MaxValue;
    }

    public StoryFilter.Found Find(string words, int count, long skip)
    {
        var asked = WordQuery.Of(words);
        // A list that isn't there has a negative number.
        if (asked.IsEmpty || _filter.SectionId < 0 || _filter.TagId < 0 || _filter.AuthorId < 0) return StoryFilter.Found.Nothing with { Query = asked };

        var (query, found, isMended, isPartial) = (asked, Matching(asked, asked.Words.Select(_index.Word)), false, false);
        if (found.Count < Few && Mended(asked) is { } mended && Matching(mended, mended.Words.Select(_index.Word)) is var more && (more.Count > found.Count || (more.Count == 0 && mended.Words.Count > 2)))
            (query, found, isMended) = (mended, more, true);
        if (found.Count < Few && query.Words.Count > 2 && Matching(query, [MostOf(query.Words)]) is var most && most.Count > found.Count)
            (found, isPartial) = (most, true);
        if (found.Count == 0) return StoryFilter.Found.Nothing with { Query = asked };

        var all = query.All;
        var ordered = _filter.ByRelevance
            ? new Relevance(all, Rarity.Of(_session, all)).Rank(found)
            : found.OrderByDescending(c => c.FirstPublishedAt).ThenByDescending(c => c.ArticleId).ToList();
        var (first, versions) = Folded(ordered);
        var page = first.Skip((int)Math.Min(skip, int.MaxValue)).Take(count).Select(c => c.ArticleId).ToList();
        return new StoryFilter.Found(Stories(page), first.Count) { Query = query, IsMended = isMended, IsPartial = isPartial, IsCapped = found.Count >= SearchIndex.MostCandidates, Versions = versions };
    }

    /// <summary>The first of each group of near-duplicates, and how many more of it were found.</summary>
    private (List<SearchIndex.Candidate> First, Dictionary<long, int> Versions) Folded(List<SearchIndex.Candidate> ordered)
    {
        var groups = Twins.Groups(_session, ordered.Select(c => c.ArticleId));
        if (groups.Count == 0) return (ordered, []);
        var fold = new Twins.Fold(groups);
        var first = ordered.FindAll(c => fold.IsNew(c.ArticleId));
        var sizes = ordered.Where(c => groups.ContainsKey(c.ArticleId)).CountBy(c => groups[c.ArticleId]).ToDictionary();
        return (first, first.Where(c => groups.TryGetValue(c.ArticleId, out var group) && sizes[group] > 1).ToDictionary(c => c.ArticleId, c => sizes[groups[c.ArticleId]] - 1));
    }

    /// <param name="words">What must match of the plain words, as the index understands it.</param>
    private List<SearchIndex.Candidate> Matching(WordQuery query, IEnumerable<string> words)
    {
        var match = _index.All(_places.Concat(words).Concat(query.Phrases.SelectMany(p => p.Words).DistinctBy(w => w.Text).Select(_index.Word)));
        if (query.Without.Count > 0) match = _index.Without(match, _index.Any(query.Without.Select(_index.Word)));
        var found = new List<SearchIndex.Candidate>();
        var high = _high;
        for (var round = 0; round < MostRounds && found.Count < SearchIndex.MostCandidates; round++)
        {
            var some = _index.Candidates(_session, match, _low, high, SearchIndex.MostCandidates);
            if (some.Count == 0) break;
            found.AddRange(some.Where(c => Fits(query, c)).OrderByDescending(c => c.Id).Take(SearchIndex.MostCandidates - found.Count));
            if (some.Count < SearchIndex.MostCandidates) break;
            high = some.Min(c => c.Id);
        }

        return found;
    }

    private bool Fits(WordQuery query, SearchIndex.Candidate candidate)
    {
        if (candidate.FirstPublishedAt < _filter.From || candidate.FirstPublishedAt >= _filter.To) return false;
        if (query.Phrases.Count == 0 && query.WithoutPhrases.Count == 0) return true;
        var words = new StoryWords(candidate.Words);
        foreach (var phrase in query.Phrases)
        {
            if (!words.Holds(phrase)) return false;
        }

        foreach (var phrase in query.WithoutPhrases)
        {
            if (words.Holds(phrase)) return false;
        }

        return true;
    }

    /// <summary>All but one of the words, all but two of eight; of a longer text the eight rarest words count.</summary>
    private string MostOf(IReadOnlyList<AskedWord> words)
    {
        const int most = 8;
        if (words.Count > most)
        {
            var rarity = Rarity.Of(_session, words);
            words = words.Select((word, i) => (word, i)).OrderByDescending(w => rarity[w.i]).ThenBy(w => w.i).Take(most).Select(w => w.word).ToList();
        }

        var each = words.Select(_index.Word).ToList();
        var combinations = new List<string>();
        for (var i = 0; i < each.Count; i++)
        {
            if (each.Count < most) combinations.Add($"({_index.All(each.Where((_, n) => n != i))})");
            else for (var j = i + 1; j < each.Count; j++) combinations.Add($"({_index.All(each.Where((_, n) => n != i && n != j))})");
        }

        return _index.Any(combinations);
    }

    /// <summary>The query with better words for those that hardly a story of the title holds; null when there are none.</summary>
    private WordQuery? Mended(WordQuery query)
    {
        var corrections = new Dictionary<string, string>();
        foreach (var word in query.Words.Where(w => Spelling.Allowed(w.Text.Length) > 0).Take(8))
        {
            var own = Known(word);
            if (own >= Few) continue;
            var near = Spelling.Near(_session, word.Text);
            var documents = own == 0 ? null : Rarity.Documents(_session, near.Take(1).Append(word.Text));
            if (near.Take(5).FirstOrDefault(better => Known(new AskedWord(better)) > own) is { } found && (documents is null || documents.GetValueOrDefault(found) >= MuchMore * Math.Max(1, documents[word.Text])))
                corrections[word.Text] = found;
        }

        return corrections.Count == 0 ? null : query.With(corrections);

        long Known(AskedWord word) => _index.Count(_session, _index.All([_places[0], _index.Word(word)]), Few);
    }

    private List<Story> Stories(List<long> ids)
    {
        var stories = _session.Query<Story>($"""
            SELECT {Story.Columns}
            FROM [[ids:ids]] f
            CROSS JOIN live_articles a
            WHERE a.title_id = @TitleId AND a.article_id = f.id
            """, new { ids = _session.Ids(ids), _filter.TitleId }).ToDictionary(s => s.ArticleId);
        return ids.Where(stories.ContainsKey).Select(id => stories[id]).ToList();
    }
}
