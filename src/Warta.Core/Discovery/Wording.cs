using Warta.Content;

namespace Warta.Discovery;

/// <summary>The terms of a story for <see cref="Signature"/>: its words of two letters and more, and its names, which are two words side by side with capitals.</summary>
internal static class Wording
{
    /// <summary>A line of so few words, without a full stop, is a crosshead or a keyword.</summary>
    private const int OwnLineWords = 5;

    internal readonly record struct Part(string Text, bool IsHeadline, bool IsOwnLine);

    /// <param name="start">Where it begins in the text, and where it ends.</param>
    public delegate void Take(uint term, int start, int end, bool isName);

    public static IEnumerable<Part> Parts(string headline, string text)
    {
        yield return new Part(headline, true, false);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            yield return new Part(line, false, line.AsSpan().Count(' ') < OwnLineWords && !char.IsPunctuation(line[^1]));
    }

    public static void Each(string text, Take take)
    {
        // The word before, and after a blank the word that may make a name with it.
        var pair = new char[2 * Terms.Longest + 1];
        var (length, from, until, hadCapital) = (0, 0, -1, false);
        Terms.Each(text, (term, start, end) =>
        {
            var hasCapital = char.IsUpper(text[start]);
            if (term.Length > 1) take(Terms.Hash(term), start, end, false);
            if (hadCapital && hasCapital && start == until + 1 && (text[until] is ' ' or '-'))
            {
                pair[length] = ' ';
                term.CopyTo(pair.AsSpan(length + 1));
                take(Terms.Hash(pair.AsSpan(0, length + 1 + term.Length)), from, end, true);
            }

            term.CopyTo(pair);
            (length, from, until, hadCapital) = (term.Length, start, end, hasCapital);
        });
    }
}
