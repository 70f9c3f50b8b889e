using Warta.Content;
using Warta.Storage;

namespace Warta.Discovery;

/// <summary>A story that a text could lead on to.</summary>
/// <param name="Shared">The words that both have and few others.</param>
/// <param name="After">The paragraph after which it fits best: the one that shares most words with it. Null for a text without paragraphs.</param>
public sealed record Suggestion(Story Story, IReadOnlyList<string> Shared, ParagraphBlock? After);

/// <summary>
/// Read-alsos for a text that is being written: the nearest related stories that are live in its title, without what it links already, what was paid for, and what says the same as the text or
/// as one further up.
/// </summary>
public static class Suggestions
{
    public const int Most = 10;

    /// <summary>More are looked at than are shown: many near ones may be linked, or live elsewhere.</summary>
    private const int Looked = 60;

    /// <param name="probe">What is written so far.</param>
    /// <param name="body">The same with its links.</param>
    public static List<Suggestion> For(Session session, Related related, TitleDirectory titles, long titleId, Probe probe, Body body)
    {
        var near = related.Near(session, probe, Looked);
        var shared = near.ToDictionary(candidate => candidate.ArticleId, candidate => candidate.Shared);
        var linked = Linked(session, titles, titleId, probe, body);
        var fold = new Twins.Fold(Twins.Groups(session, shared.Keys.Concat(linked).Append(probe.ArticleId)));
        foreach (var id in linked.Append(probe.ArticleId)) fold.IsNew(id);

        var own = Shingles.Of(probe.Text);
        var places = new Places(body);
        var found = new List<Suggestion>();
        foreach (var some in near.Select(candidate => candidate.ArticleId).Chunk(Most * 2))
        {
            var copies = NearDuplicates.Of(session, own, some).Select(copy => copy.ArticleId).ToHashSet();
            foreach (var story in Story.Live(session, titleId, some).Where(story => !story.IsAdvertorial && !copies.Contains(story.ArticleId) && fold.IsNew(story.ArticleId)))
            {
                found.Add(new Suggestion(story, shared[story.ArticleId], places.For($"{story.Headline}\n{story.Standfirst}\n{string.Join(' ', shared[story.ArticleId])}")));
                if (found.Count == Most) return found;
            }
        }

        return found;
    }

    private static HashSet<long> Linked(Session session, TitleDirectory titles, long titleId, Probe probe, Body body) =>
    [
        .. body.Blocks.OfType<ReadAlsoBlock>().Select(block => ReadAlso.Target(session, probe.ArticleId, probe.At, block)).OfType<long>(),
        .. InlineLinks.In(body).Select(link => TextLinks.Target(session, titles, titleId, link.Href)).OfType<long>(),
    ];

    /// <summary>Where in a text a story fits. A word that stands in many of its paragraphs says little about any one of them.</summary>
    private sealed class Places
    {
        private readonly List<(ParagraphBlock Block, HashSet<uint> Words)> _paragraphs;
        private readonly Dictionary<uint, int> _standing;

        public Places(Body body)
        {
            _paragraphs = body.Blocks.OfType<ParagraphBlock>().Where(block => !block.Text.IsEmpty).Select(block => (block, Words(block.Text.ToString()))).ToList();
            _standing = _paragraphs.SelectMany(p => p.Words).CountBy(word => word).ToDictionary();
        }

        /// <summary>Of equally good ones the first.</summary>
        public ParagraphBlock? For(string story)
        {
            var words = Words(story);
            return _paragraphs.Count == 0 ? null : _paragraphs.MaxBy(p => p.Words.Where(words.Contains).Sum(word => 1.0 / _standing[word])).Block;
        }

        private static HashSet<uint> Words(string text)
        {
            var words = new HashSet<uint>();
            // Short ones are mostly "di", "ke", "of".
            Terms.Each(text, term =>
            {
                if (term.Length > 3) words.Add(Terms.Hash(term));
            });
            return words;
        }
    }
}
