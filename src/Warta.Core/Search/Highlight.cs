using System.Text;
using Warta.Content;

namespace Warta.Search;

/// <summary>Shows where a story holds the words that it was found by: its own text, escaped for HTML, with <c>&lt;mark&gt;</c> around them as they stand.</summary>
public sealed class Highlight(WordQuery query)
{
    private const int SnippetWords = 32, WordsBefore = 8, LongestSnippet = 360, LongestBody = 100_000;

    private readonly record struct Placed(uint Token, int Start, int End)
    {
        /// <summary>Which of the query's words it is; -1 for none.</summary>
        public int Asked { get; init; } = -1;
    }

    /// <summary>A whole text, such as a headline.</summary>
    public string Whole(string text, string language) => Html(text, Marked(text, language), 0, text.Length);

    /// <summary>The standfirst where that holds as many of the words as any passage of the body does, else that passage.</summary>
    /// <param name="body">As <see cref="BodyRenderer.PlainText"/> gives it.</param>
    public string Snippet(string standfirst, string body, string language)
    {
        if (body.Length > LongestBody) body = body[..LongestBody];
        var lead = Marked(standfirst, language);
        var words = Marked(body, language);
        var (first, last, held) = Passage(body, words);
        var heldByLead = lead.Where(w => w.Asked >= 0).Select(w => w.Asked).Distinct().Count();
        if (standfirst.Length > 0 && (heldByLead >= held || words.Count == 0)) return Html(standfirst, lead, 0, standfirst.Length);
        if (words.Count == 0) return "";
        var (start, end) = (words[first].Start, Math.Min(words[last].End, words[first].Start + LongestSnippet));
        if (first == 0) start = 0;
        // The full stop or the closing quote belongs to its word.
        while (end < body.Length && end - start < LongestSnippet && !char.IsWhiteSpace(body[end])) end++;
        if (char.IsHighSurrogate(body[end - 1])) end--;
        return (start > 0 ? "… " : "") + Html(body, words, start, end) + (end < body.TrimEnd().Length ? " …" : "");
    }

    /// <summary>The run of words that holds most of those asked for, the first of several; it begins with its paragraph where that is near.</summary>
    private static (int First, int Last, int Held) Passage(string body, List<Placed> words)
    {
        var (bestFirst, bestHeld) = (0, 0);
        var seen = new HashSet<int>();
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Asked < 0) continue;
            seen.Clear();
            for (var j = i; j < words.Count && j < i + SnippetWords - WordsBefore; j++)
            {
                if (words[j].Asked >= 0) seen.Add(words[j].Asked);
            }

            if (seen.Count > bestHeld) (bestFirst, bestHeld) = (i, seen.Count);
        }

        var first = Math.Max(0, bestFirst - WordsBefore);
        for (var i = bestFirst; i > first; i--)
        {
            if (body.AsSpan(words[i - 1].End, words[i].Start - words[i - 1].End).Contains('\n')) first = i;
        }

        return (first, Math.Min(words.Count, first + SnippetWords) - 1, bestHeld);
    }

    private List<Placed> Marked(string text, string language)
    {
        var words = new List<Placed>();
        Terms.Each(text, (term, start, end) => words.Add(new Placed(Analyser.Of(term, language).Token, start, end)));
        for (var i = 0; i < words.Count; i++)
        {
            for (var n = 0; n < query.Words.Count; n++)
            {
                if (query.Words[n].IsLike(words[i].Token)) words[i] = words[i] with { Asked = n };
            }
        }

        for (var p = 0; p < query.Phrases.Count; p++)
        {
            var phrase = query.Phrases[p].Words;
            for (var i = 0; i + phrase.Count <= words.Count; i++)
            {
                if (!Enumerable.Range(0, phrase.Count).All(n => phrase[n].Is(words[i + n].Token))) continue;
                for (var n = 0; n < phrase.Count; n++) words[i + n] = words[i + n] with { Asked = query.Words.Count + p };
            }
        }

        return words;
    }

    private static string Html(string text, List<Placed> words, int start, int end)
    {
        var html = new StringBuilder(end - start + 64);
        var at = start;
        foreach (var word in words)
        {
            if (word.Asked < 0 || word.Start < start || word.End > end) continue;
            Escape(html, text.AsSpan(at, word.Start - at));
            html.Append("<mark>");
            Escape(html, text.AsSpan(word.Start, word.End - word.Start));
            html.Append("</mark>");
            at = word.End;
        }

        Escape(html, text.AsSpan(at, end - at));
        return html.ToString();
    }

    private static void Escape(StringBuilder html, ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            _ = c switch
            {
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '&' => html.Append("&amp;"),
                '"' => html.Append("&quot;"),
                '\'' => html.Append("&#39;"),
                '\n' => html.Append(' '),
                _ => html.Append(c),
            };
        }
    }
}
