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
    private readonly Dictionary<(string Language, uint Term), long> _documents;

    private Frequencies(Dictionary<(string, uint), long> documents) => _documents = documents;

    /// <param name="IsNew">False for a story that was counted before: it is only looked up.</param>
    public sealed record Counted(string Language, IReadOnlyCollection<uint> Terms, bool IsNew);

    /// <summary>Adds these stories to the stored frequencies and returns those of all their terms.</summary>
    public static Frequencies Of(WriteSession session, IReadOnlyCollection<Counted> stories)
    {
        var documents = new Dictionary<(string, uint), long>();
        foreach (var byLanguage in stories.GroupBy(s => s.Language))
        {
            var added = new Dictionary<uint, long> { [Stories] = byLanguage.Count(s => s.IsNew) };
            foreach (var story in byLanguage)
            {
                foreach (var term in story.Terms) CollectionsMarshal.GetValueRefOrAddDefault(added, term, out _) += story.IsNew ? 1 : 0;
            }

            // One statement for all the terms that gain the same: most gain 1 or 2.
            foreach (var gain in added.GroupBy(pair => pair.Value, pair => (long)pair.Key))
            {
                var totals = session.Query<(long Term, long Documents)>("""
                    INSERT INTO term_documents (language, term, documents)
                    SELECT @Language, id, @Gain FROM [[ids:terms]] t WHERE id >= 0
                    ON CONFLICT (language, term) DO UPDATE SET documents = term_documents.documents + excluded.documents
                    RETURNING term, documents
                    """, new { Language = byLanguage.Key, Gain = gain.Key, terms = session.Ids(gain.Order()) });
                foreach (var (term, total) in totals) documents[(byLanguage.Key, (uint)term)] = total;
            }
        }

        return new Frequencies(documents);
    }

    /// <summary>The stored frequencies of these terms; nothing is counted.</summary>
    public static Frequencies Known(Session session, string language, IEnumerable<uint> terms)
    {
        var documents = session.Query<(long Term, long Documents)>("SELECT d.term, d.documents FROM [[ids:terms]] t CROSS JOIN term_documents d WHERE d.language = @language AND d.term = t.id",
            new { language, terms = session.Ids(terms.Select(term => (long)term).Append(Stories)) });
        return new Frequencies(documents.ToDictionary(d => (language, (uint)d.Term), d => d.Documents));
    }

    public Func<uint, float> Idf(string language)
    {
        var stories = _documents.GetValueOrDefault((language, Stories), 1);
        return term =>
        {
            var n = _documents.GetValueOrDefault((language, term), 1);
            return (float)Math.Log(1 + (stories - n + 0.5) / (n + 0.5));
        };
    }
}
