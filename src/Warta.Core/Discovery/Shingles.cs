using Warta.Content;

namespace Warta.Discovery;

/// <summary>
/// A text as its runs of four words (Broder 1997, "On the resemblance and containment of documents"). Beside each run that holds a number it knows the run without it: a daily story
/// ("harga emas hari ini") has the words of yesterday's and other numbers, and is no copy of it.
/// </summary>
public sealed class Shingles
{
    /// <summary>A text of fewer runs says too little to be recognised by.</summary>
    public const int Fewest = 30;

    private const int Length = 4;

    /// <summary>The first runs, which carry the news: a text that was cut short keeps them, an update of it begins otherwise.</summary>
    private const int Lead = 40;

    /// <summary>A date's words change from day to day like its numbers.</summary>
    private static readonly HashSet<uint> DateWords = WordsOf(Clock.DateNames);

    private readonly HashSet<ulong> _runs = [];
    private readonly List<ulong> _lead = [];
    private readonly Dictionary<ulong, List<string>> _numbers = [];

    private readonly record struct Token(uint Word, string? Numbers);

    private Shingles()
    {
    }

    public int Count => _runs.Count;

    public static Shingles Of(string text)
    {
        var tokens = new List<Token>(text.Length / 6);
        Terms.Each(text, term =>
        {
            if (!term.ContainsAnyInRange('0', '9') && Terms.Hash(term) is var word && !DateWords.Contains(word)) tokens.Add(new Token(word, null));
            // "1.514.000" and "Senin (2/12/2024)" are one number each.
            else if (tokens is [.., { Numbers: { } before }]) tokens[^1] = new Token(0, $"{before} {term}");
            else tokens.Add(new Token(0, term.ToString()));
        });
        var shingles = new Shingles();
        for (var i = 0; i + Length <= tokens.Count; i++) shingles.Add(tokens, i);
        return shingles;
    }

    /// <summary>How one text stands to another.</summary>
    /// <param name="Contained">How much of the shorter text stands in the longer one, 0 to 1.</param>
    /// <param name="Alike">What both have of all that either has (Jaccard).</param>
    /// <param name="LeadContained">How much of the beginning of the longer one stands in the shorter one.</param>
    /// <param name="Exchanged">In how many runs of words both have only the numbers differ.</param>
    public readonly record struct Likeness(double Contained, double Alike, double LeadContained, int Exchanged)
    {
        private const double MostlyContained = 0.75, MostlyAlike = 0.6, LeadKept = 0.5;

        /// <summary>One number exchanged in the midst of the same words is in four runs; less may come of an edit beside it.</summary>
        private const int NumbersKept = 3;

        public bool IsCopy => Contained >= MostlyContained && (Alike >= MostlyAlike || LeadContained >= LeadKept) && Exchanged < NumbersKept;
    }

    public Likeness To(Shingles other)
    {
        if (Count < Fewest || other.Count < Fewest) return default;
        var (shorter, longer) = Count <= other.Count ? (this, other) : (other, this);
        var shared = shorter._runs.Count(longer._runs.Contains);
        return new Likeness(
            shared / (double)shorter.Count,
            shared / (double)(shorter.Count + longer.Count - shared),
            longer._lead.Count(shorter._runs.Contains) / (double)longer._lead.Count,
            Exchanged(shorter, longer));
    }

    private static int Exchanged(Shingles a, Shingles b)
    {
        var exchanged = 0;
        foreach (var (run, of) in a._numbers)
        {
            if (!b._numbers.TryGetValue(run, out var with)) continue;
            exchanged += Math.Min(of.Count(n => !with.Exists(m => Agree(n, m))), with.Count(n => !of.Exists(m => Agree(n, m))));
        }

        return exchanged;
    }

    /// <summary>"2/12" says the same as "2/12/2024" and "Senin (2/12)".</summary>
    private static bool Agree(string a, string b) => Begins(a, b) || Begins(b, a);

    private static bool Begins(string longer, string shorter) => longer.StartsWith(shorter, StringComparison.Ordinal) || longer.EndsWith(shorter, StringComparison.Ordinal);

    private void Add(List<Token> tokens, int start)
    {
        var (words, whole) = (14695981039346656037ul, 14695981039346656037ul);
        var numbers = "";
        for (var i = start; i < start + Length; i++)
        {
            words = Mixed(words, tokens[i].Word);
            whole = Mixed(whole, tokens[i].Numbers is { } number ? Terms.Hash(number) : tokens[i].Word);
            if (tokens[i].Numbers is { } more) numbers = numbers.Length == 0 ? more : $"{numbers}|{more}";
        }

        _runs.Add(whole);
        if (_lead.Count < Lead) _lead.Add(whole);
        if (numbers.Length == 0) return;
        if (!_numbers.TryGetValue(words, out var known)) _numbers.Add(words, known = []);
        if (!known.Contains(numbers)) known.Add(numbers);
    }

    private static HashSet<uint> WordsOf(IEnumerable<string> names)
    {
        var words = new HashSet<uint>();
        foreach (var name in names) Terms.Each(name, term => words.Add(Terms.Hash(term)));
        return words;
    }

    /// <summary>FNV-1a by words of 32 bits.</summary>
    private static ulong Mixed(ulong hash, uint word) => (hash ^ word ^ (ulong)word << 29) * 1099511628211;
}
