namespace Warta.Discovery;

/// <summary>The words behind the terms that two stories share, as a person wrote them.</summary>
public static class SharedWords
{
    /// <summary>As many as explain a likeness.</summary>
    public const int Most = 5;

    /// <summary>How these terms are first written in a story, with a capital where they ever are; a word that stands in one of the names is left to the name.</summary>
    /// <param name="terms">The heaviest first.</param>
    internal static IReadOnlyList<string> In(string headline, string text, IReadOnlyList<uint> terms)
    {
        var wanted = terms.ToHashSet();
        var words = new Dictionary<uint, string>();
        // The headline last: in it every word may have a capital.
        foreach (var part in Wording.Parts(headline, text).OrderBy(p => p.IsHeadline))
        {
            Wording.Each(part.Text, (term, start, end, _) =>
            {
                if (!wanted.Contains(term)) return;
                if (!words.TryGetValue(term, out var known) || (!char.IsUpper(known[0]) && char.IsUpper(part.Text[start]) && !part.IsHeadline)) words[term] = part.Text[start..end];
            });
        }

        var names = words.Values.Where(w => w.Contains(' ')).ToList();
        return terms.Where(words.ContainsKey).Select(term => words[term])
            .Where(word => !names.Any(name => name.Length > word.Length && name.Split(' ').Contains(word)))
            .Take(Most)
            .ToList();
    }
}
