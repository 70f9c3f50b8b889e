using System.Text;
using Warta.Content;

namespace Warta.Search;

/// <summary>A word that is asked for, in each way that a story may hold it.</summary>
public sealed class AskedWord
{
    internal AskedWord(string text) => (Text, Readings) = (text, Analyser.Readings(text));

    /// <summary>Folded, as <see cref="Terms"/> gives it.</summary>
    public string Text { get; }
    internal Word[] Readings { get; }

    /// <summary>The very word.</summary>
    internal bool Is(uint token)
    {
        foreach (var reading in Readings)
        {
            if (reading.Token == token) return true;
        }

        return false;
    }

    /// <summary>The word or another one of its stem.</summary>
    internal bool IsLike(uint token)
    {
        foreach (var reading in Readings)
        {
            if (((reading.Token ^ token) & Word.StemBits) == 0) return true;
        }

        return false;
    }
}

/// <summary>Words that must stand one after the other as they are written.</summary>
public sealed record Phrase(IReadOnlyList<AskedWord> Words);

/// <summary>
/// What a reader's text asks for. Plain words are looked for with all words of their stem; "in quotes" they must stand just so; a minus before a word or a quote keeps
/// stories that hold it out. Everything else is no syntax: OR, AND, brackets and stars are words or nothing.
/// </summary>
public sealed class WordQuery
{
    private const int Longest = 10_000, MostWords = 32, LongestPhrase = 16;

    private WordQuery(string text, List<AskedWord> words, List<Phrase> phrases, List<AskedWord> without, List<Phrase> withoutPhrases) =>
        (Text, Words, Phrases, Without, WithoutPhrases) = (text, words, phrases, without, withoutPhrases);

    public string Text { get; }

    /// <summary>The plain words. Those that say nothing ("yang", "the") are left out where others are asked for.</summary>
    public IReadOnlyList<AskedWord> Words { get; }
    public IReadOnlyList<Phrase> Phrases { get; }
    public IReadOnlyList<AskedWord> Without { get; }
    public IReadOnlyList<Phrase> WithoutPhrases { get; }

    public bool IsEmpty => Words.Count == 0 && Phrases.Count == 0;

    /// <summary>All words that a story is found by and ranked by, each once.</summary>
    public IReadOnlyList<AskedWord> All => Words.Concat(Phrases.SelectMany(p => p.Words)).DistinctBy(w => w.Text).ToList();

    public static WordQuery Of(string text)
    {
        if (text.Length > Longest) text = text[..Longest];
        var words = new List<AskedWord>();
        var phrases = new List<Phrase>();
        var without = new List<AskedWord>();
        var withoutPhrases = new List<Phrase>();
        foreach (var (part, isQuoted, isWithout) in Parts(text))
        {
            var cut = Cut(part);
            if (cut.Count == 0) continue;
            // One quoted word is a phrase too: it must stand just so. A minus before "covid-19" is against the two words side by side.
            if (isQuoted || (isWithout && cut.Count > 1)) (isWithout ? withoutPhrases : phrases).Add(new Phrase(cut.Take(LongestPhrase).ToList()));
            else (isWithout ? without : words).AddRange(cut);
        }

        if (words.Count == 0 && phrases.Count == 0)
        {
            // "-1" or "--help" alone: with nothing to take from, a minus means nothing.
            words.AddRange(without);
            phrases.AddRange(withoutPhrases);
            without.Clear();
            withoutPhrases.Clear();
        }

        var telling = words.Where(w => !StopWords.Holds(w.Text)).ToList();
        if (telling.Count == 0 && phrases.Count == 0) telling = words;
        return new WordQuery(text, Some(telling), phrases.Take(MostWords).ToList(), Some(without), withoutPhrases.Take(MostWords).ToList());
    }

    /// <summary>The same query with another word in a word's place.</summary>
    internal WordQuery With(IReadOnlyDictionary<string, string> corrections)
    {
        var text = new StringBuilder();
        var from = 0;
        Terms.Each(Text, (term, start, end) =>
        {
            if (!corrections.TryGetValue(term.ToString(), out var better)) return;
            text.Append(Text.AsSpan(from, start - from)).Append(better);
            from = end;
        });
        return Of(text.Append(Text.AsSpan(from)).ToString());
    }

    /// <summary>A query that finds only stories with the very words: each plain word in quotes.</summary>
    public string Exactly
    {
        get
        {
            var text = new StringBuilder();
            foreach (var (part, isQuoted, isWithout) in Parts(Text)) text.Append(text.Length > 0 ? " " : "").Append(isWithout ? "-" : "").Append(isQuoted || !isWithout ? $"\"{part.Trim()}\"" : part.Trim());
            return text.ToString();
        }
    }

    private static List<AskedWord> Some(IEnumerable<AskedWord> words) => words.DistinctBy(w => w.Text).Take(MostWords).ToList();

    private static List<AskedWord> Cut(string part)
    {
        var words = new List<AskedWord>();
        Terms.Each(part, term =>
        {
            if (words.Count < MostWords * 4) words.Add(new AskedWord(term.ToString()));
        });
        return words;
    }

    /// <summary>Splits at blanks and quotes. A quote that is never closed is none.</summary>
    private static IEnumerable<(string Part, bool IsQuoted, bool IsWithout)> Parts(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            var isWithout = text[i] is '-' or '−' && i + 1 < text.Length && !char.IsWhiteSpace(text[i + 1]);
            var at = isWithout ? i + 1 : i;
            if (IsQuote(text[at]) && Closing(text, at + 1) is > 0 and var close)
            {
                yield return (text[(at + 1)..close], true, isWithout);
                i = close + 1;
                continue;
            }

            var end = at + 1;
            while (end < text.Length && !char.IsWhiteSpace(text[end]) && !IsQuote(text[end])) end++;
            yield return (text[at..end], false, isWithout);
            i = end;
        }
    }

    private static int Closing(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (IsQuote(text[i])) return i;
        }

        return -1;
    }

    private static bool IsQuote(char c) => c is '"' or '“' or '”' or '„' or '«' or '»';
}
