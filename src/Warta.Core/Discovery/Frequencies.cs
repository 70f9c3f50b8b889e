using System.Runtime.InteropServices;
using Warta.Storage;

namespace Warta.Discovery;

/// <summary>
/// In how many stories of a language each term stands; the number of stories is kept under term 0. idf is BM25's with the +1 that keeps it
/// positive: ln(1 + (N − n + ½)/(n + ½)).
/// </summary>
internal sealed class Frequencies
{
    private const uint Stories = 0;
    private readonly Dictionary<uint, long> _documents;

    private Frequencies(Dictionary<uint, long> documents) => _documents = documents;

    /// <summary>Each recipe cuts its own terms.</summary>
    private static string Key(string language) => $"{language}.{Recipe.Version}";

    /// <summary>Counts stories of one language that weren't counted before.</summary>
    public static void Add(WriteSession session, string language, IReadOnlyCollection<IReadOnlyCollection<uint>> stories)
    {
        if (stories.Count == 0) return;
        var added = new Dictionary<uint, long> { [Stories] = stories.Count };
        foreach (var term in stories.SelectMany(terms => terms)) CollectionsMarshal.GetValueRefOrAddDefault(added, term, out _)++;
        // One statement for all the terms that gain the same: most gain 1 or 2.
        foreach (var gain in added.GroupBy(pair => pair.Value, pair => (long)pair.Key))
        {
            session.Execute("""
                INSERT INTO term_documents (language, term, documents)
                SELECT @language, id, @gain FROM [[ids:terms]] t WHERE id >= 0
                ON CONFLICT (language, term) DO UPDATE SET documents = term_documents.documents + excluded.documents
                """, new { language = Key(language), gain = gain.Key, terms = session.Ids(gain.Order()) });
        }
    }

    /// <summary>What is known of these terms.</summary>
    public static Frequencies Of(Session session, string language, IEnumerable<uint> terms) =>
        new(session.Query<(long Term, long Documents)>("SELECT d.term, d.documents FROM [[ids:terms]] t CROSS JOIN term_documents d WHERE d.language = @language AND d.term = t.id",
            new { language = Key(language), terms = session.Ids(terms.Distinct().Order().Select(term => (long)term).Prepend(Stories)) }).ToDictionary(d => (uint)d.Term, d => d.Documents));

    /// <summary>Forgets what earlier recipes counted.</summary>
    public static void Tidy(WriteSession session) => session.Execute("DELETE FROM term_documents WHERE language NOT LIKE @own", new { own = "%." + Recipe.Version });

    public float Idf(uint term)
    {
        var stories = _documents.GetValueOrDefault(Stories, 1);
        var n = _documents.GetValueOrDefault(term, 1);
        return (float)Math.Log(1 + (stories - n + 0.5) / (n + 0.5));
    }
}
