using System.Runtime.InteropServices;

namespace Warta.Discovery;

/// <summary>
/// An inverted index over signatures, in memory, in the order of first publication. Score of an earlier story d for a story q:
/// Σ over q's terms of tf_q(t)·idf(t)·w_d(t), BM25 with the query's own frequencies, times a time decay floor + (1 − floor)·e^(−age/3 days)
/// with floor 0.2: half of the links that editors set point to a story of the last hours, some to one of last year.
/// </summary>
internal sealed class RelatedIndex
{
    private const double Floor = 0.2, LifeMs = 3 * 86_400_000.0;

    private sealed class Postings
    {
        private int[] _documents = new int[2];
        private float[] _weights = new float[2];

        public int Count { get; private set; }
        public ReadOnlySpan<int> Documents => _documents.AsSpan(0, Count);
        public ReadOnlySpan<float> Weights => _weights.AsSpan(0, Count);

        public void Add(int document, float weight)
        {
            if (Count == _documents.Length)
            {
                Array.Resize(ref _documents, Count * 2);
                Array.Resize(ref _weights, Count * 2);
            }

            _documents[Count] = document;
            _weights[Count++] = weight;
        }
    }

    private readonly Dictionary<uint, Postings> _postings = [];
    private readonly List<(long ArticleId, long PublishedAt)> _documents = [];
    private readonly Dictionary<long, int> _places = [];
    private float[] _scores = new float[1024];

    public int Count => _documents.Count;

    /// <summary>A story's newest signature counts; an earlier one of the same story is forgotten at search.</summary>
    public void Add(long articleId, long publishedAt, ReadOnlySpan<Signature.Weighted> terms)
    {
        var document = _documents.Count;
        _documents.Add((articleId, publishedAt));
        _places[articleId] = document;
        foreach (var (term, weight) in terms)
        {
            ref var postings = ref CollectionsMarshal.GetValueRefOrAddDefault(_postings, term, out _);
            (postings ??= new Postings()).Add(document, weight);
        }
    }

    /// <param name="query">The story's terms, each with tf·idf.</param>
    /// <summary>The best stories published before <paramref name="publishedAt"/> (of the same instant: those that came into Warta before), best first.</summary>
    public List<(long ArticleId, double Score)> Find(long articleId, long publishedAt, IEnumerable<(uint Term, float Weight)> query, int count)
    {
        if (_scores.Length < _documents.Count) _scores = new float[Math.Max(_documents.Count, _scores.Length * 2)];
        var scores = _scores.AsSpan(0, _documents.Count);
        scores.Clear();
        foreach (var (term, weight) in query)
        {
            if (!_postings.TryGetValue(term, out var postings)) continue;
            var documents = postings.Documents;
            var weights = postings.Weights;
            for (var i = 0; i < documents.Length; i++) scores[documents[i]] += weight * weights[i];
        }

        var best = new PriorityQueue<int, double>(count + 1);
        for (var document = 0; document < scores.Length; document++)
        {
            if (scores[document] <= 0) continue;
            var (id, at) = _documents[document];
            best.TryPeek(out _, out var least);
            var full = best.Count == count;
            // Decay only lowers a score, so most stories are out before their age is looked at.
            if ((full && scores[document] <= least) || at > publishedAt || (at == publishedAt && id >= articleId) || _places[id] != document) continue;
            var score = scores[document] * Decay(publishedAt - at);
            if (full && score <= least) continue;
            best.Enqueue(document, score);
            if (best.Count > count) best.Dequeue();
        }

        var found = new List<(long, double)>(best.Count);
        while (best.TryDequeue(out var document, out var score)) found.Add((_documents[document].ArticleId, score));
        found.Reverse();
        return found;
    }

    private static double Decay(long ageMs) => Floor + (1 - Floor) * Math.Exp(-ageMs / LifeMs);
}
