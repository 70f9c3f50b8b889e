using System.Runtime.InteropServices;

namespace Warta.Discovery;

/// <summary>
/// An inverted index over signatures, in memory. The score of story d in the list of story q is Σ over common terms of own_q(t)·idf(t)·weight_d(t), which is BM25 with the query's own frequencies,
/// times <see cref="Recipe.Nearness"/> and <see cref="Facets.Affinity"/>. One pass over q's terms gives both scores: of each d for q, and of q for each d.
/// </summary>
internal sealed class RelatedIndex
{
    internal sealed record Entry(long ArticleId, long PublishedAt, bool IsCurrent, Facets Facets);

    /// <summary>The best for a list, the best of long ago, and those in whose lists the story may have a place; each best first.</summary>
    internal sealed record Found(List<(long ArticleId, double Score)> Related, List<(long ArticleId, double Score)> Background, List<(long ArticleId, double Score)> Neighbours);

    private readonly record struct Posting(int Document, Half Own, Half Weight);

    /// <summary>The stories that a term stands in. A third of all terms stand in one only, so the first needs no array.</summary>
    private struct Postings
    {
        private Posting _first;
        private Posting[]? _all;
        private int _count;

        public void Add(Posting posting)
        {
            if (_count == 0) _first = posting;
            else
            {
                if (_all is null) _all = [_first, posting];
                else if (_count == _all.Length) Array.Resize(ref _all, _count + Math.Max(2, _count / 2));
                _all[_count] = posting;
            }

            _count++;
        }

        public readonly void Score(float asQuery, float asTarget, float[] scores, float[] entering)
        {
            if (_all is null) Score(_first, asQuery, asTarget, scores, entering);
            else
            {
                foreach (var posting in _all.AsSpan(0, _count)) Score(posting, asQuery, asTarget, scores, entering);
            }
        }

        private static void Score(Posting posting, float asQuery, float asTarget, float[] scores, float[] entering)
        {
            scores[posting.Document] += asQuery * (float)posting.Weight;
            entering[posting.Document] += asTarget * (float)posting.Own;
        }
    }

    /// <summary>The best so many.</summary>
    private sealed class Best(int count)
    {
        private readonly PriorityQueue<int, double> _queue = new(count + 1);
        private double _least;

        /// <summary>Nothing below gets in.</summary>
        public double Least => _queue.Count < count ? 0 : _least;

        public void Offer(int document, double score)
        {
            if (score <= Least) return;
            _queue.Enqueue(document, score);
            if (_queue.Count > count) _queue.Dequeue();
            _queue.TryPeek(out _, out _least);
        }

        public List<(long, double)> Take(List<Entry> entries)
        {
            var taken = new List<(long, double)>(_queue.Count);
            while (_queue.TryDequeue(out var document, out var score)) taken.Add((entries[document].ArticleId, score));
            taken.Reverse();
            return taken;
        }
    }

    private readonly Dictionary<uint, Postings> _postings = [];
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<long, int> _places = [];
    private float[] _scores = [], _entering = [];

    /// <summary>A story's newest signature counts; an earlier one of the same story is forgotten at search.</summary>
    public void Add(Entry entry, Signature.Weighted[] terms)
    {
        var document = _entries.Count;
        _entries.Add(entry);
        _places[entry.ArticleId] = document;
        foreach (var (term, own, weight) in terms)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_postings, term, out _).Add(new Posting(document, own, weight));
        }
    }

    /// <param name="query">The story whose lists are wanted; it needn't be in the index.</param>
    /// <param name="idf">The inverse document frequency of each of its terms.</param>
    public Found Find(Entry query, Signature.Weighted[] terms, Func<uint, float> idf, int count)
    {
        var (scores, entering) = Score(terms, idf);
        var (related, background, neighbours) = (new Best(count), new Best(count), new Best(count));
        for (var document = 0; document < _entries.Count; document++)
        {
            if (scores[document] <= 0) continue;
            // Nearness and affinity are bounded, so most stories are out before they are looked at.
            if (scores[document] * Recipe.MostAffinity <= Math.Min(related.Least, background.Least) && entering[document] * Recipe.MostAffinity <= neighbours.Least) continue;
            var entry = _entries[document];
            if (entry.ArticleId == query.ArticleId || _places[entry.ArticleId] != document) continue;
            var earlier = query.PublishedAt - entry.PublishedAt;
            var affinity = query.Facets.Affinity(entry.Facets);
            related.Offer(document, scores[document] * affinity * Recipe.Nearness(earlier));
            if (entry.IsCurrent) neighbours.Offer(document, entering[document] * affinity * Recipe.Nearness(-earlier));
            if (earlier > Recipe.BackgroundMs) background.Offer(document, scores[document] * entry.Facets.Words / (entry.Facets.Words + Recipe.BackgroundHalfWords));
        }

        return new Found(related.Take(_entries), background.Take(_entries), neighbours.Take(_entries));
    }

    private (float[] Scores, float[] Entering) Score(Signature.Weighted[] terms, Func<uint, float> idf)
    {
        if (_scores.Length < _entries.Count) (_scores, _entering) = (new float[_entries.Count + 1_000], new float[_entries.Count + 1_000]);
        Array.Clear(_scores);
        Array.Clear(_entering);
        foreach (var (term, own, weight) in terms)
        {
            if (_postings.TryGetValue(term, out var postings)) postings.Score((float)own * idf(term), (float)weight * idf(term), _scores, _entering);
        }

        return (_scores, _entering);
    }
}
