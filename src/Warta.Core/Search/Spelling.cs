using Warta.Content;
using Warta.Storage;

namespace Warta.Search;

/// <summary>
/// Mends a mistyped word: words of stories within a Damerau–Levenshtein distance of 1 (5 to 8 letters) or 2 (from 9 on) that begin with the same letter, or
/// whose first two are swapped. The nearest wins; of those equally near the one that most stories hold.
/// </summary>
internal static class Spelling
{
    private const int MostLooked = 20_000, MostWeighed = 200;

    /// <summary>How many letters may be wrong in a word of this length.</summary>
    public static int Allowed(int length) => length <= 4 ? 0 : length <= 8 ? 1 : 2;

    /// <summary>Better words, the best first.</summary>
    public static List<string> Near(Session session, string word)
    {
        var allowed = Allowed(word.Length);
        if (allowed == 0 || !word.All(char.IsLetter)) return [];
        var near = new List<(string Word, int Distance)>();
        foreach (var first in new[] { word[0], word[1] }.Distinct())
        {
            if (char.IsSurrogate(first)) continue;
            var looked = session.Query<string>(
                "SELECT w.word FROM [[ids:lengths]] l CROSS JOIN search_words w WHERE w.length = l.id AND w.word >= @from AND w.word < @until LIMIT @MostLooked",
                new { lengths = session.Ids(Enumerable.Range(word.Length - allowed, allowed * 2 + 1).Select(n => (long)n)), from = first.ToString(), until = ((char)(first + 1)).ToString(), MostLooked });
            foreach (var other in looked)
            {
                var distance = Distance(word, other, allowed);
                if (distance > 0 && distance <= allowed) near.Add((other, distance));
            }
        }

        var weighed = near.OrderBy(n => n.Distance).ThenBy(n => n.Word, StringComparer.Ordinal).Take(MostWeighed).ToList();
        if (weighed.Count == 0) return [];
        var known = Rarity.Documents(session, weighed.Select(n => n.Word));
        return weighed.OrderBy(n => n.Distance).ThenByDescending(n => known.GetValueOrDefault(n.Word)).ThenBy(n => n.Word, StringComparer.Ordinal).Select(n => n.Word).ToList();
    }

    /// <summary>
    /// Optimal string alignment: letters put in, left out, changed, or two neighbours swapped (Damerau 1964; the table of Wagner and Fischer 1974). More than
    /// <paramref name="most"/> is not counted out.
    /// </summary>
    public static int Distance(string a, string b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most) return most + 1;
        Span<int> twoAgo = stackalloc int[b.Length + 1], before = stackalloc int[b.Length + 1], now = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) before[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            now[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                now[j] = Math.Min(Math.Min(now[j - 1], before[j]) + 1, before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = Math.Min(now[j], twoAgo[j - 2] + 1);
                least = Math.Min(least, now[j]);
            }

            if (least > most) return most + 1;
            var free = twoAgo;
            twoAgo = before;
            before = now;
            now = free;
        }

        return before[b.Length];
    }
}

/// <summary>How rare a word is, by the counts that are kept for related stories.</summary>
internal static class Rarity
{
    private static readonly string[] CountedLanguages = ["id", "en", "ar"];

    private sealed record Counted
    {
        public long Term { get; init; }
        public long Documents { get; init; }
    }

    /// <summary>BM25's idf of each word, ln(1 + (N − n + ½)/(n + ½)).</summary>
    public static double[] Of(Session session, IReadOnlyList<AskedWord> words)
    {
        var counts = Count(session, words.Select(w => Terms.Hash(w.Text)).Append(0u));
        var stories = Math.Max(1, counts.GetValueOrDefault(0u));
        return words.Select(w =>
        {
            var n = Math.Min(stories, counts.GetValueOrDefault(Terms.Hash(w.Text)));
            return Math.Log(1 + (stories - n + 0.5) / (n + 0.5));
        }).ToArray();
    }

    /// <summary>In how many stories each word stands.</summary>
    public static Dictionary<string, long> Documents(Session session, IEnumerable<string> words)
    {
        var all = words.ToList();
        var counts = Count(session, all.Select(w => Terms.Hash(w)));
        return all.ToDictionary(w => w, w => counts.GetValueOrDefault(Terms.Hash(w)));
    }

    private static Dictionary<uint, long> Count(Session session, IEnumerable<uint> terms) => session.Query<Counted>("""
        SELECT d.term, d.documents
        FROM [[texts:languages]] g
        CROSS JOIN [[ids:terms]] t
        CROSS JOIN term_documents d
        WHERE d.language = g.id AND d.term = t.id
        """, new { languages = session.Texts(CountedLanguages), terms = session.Ids(terms.Distinct().Select(t => (long)t)) })
        .GroupBy(c => (uint)c.Term).ToDictionary(g => g.Key, g => g.Sum(c => c.Documents));
}
