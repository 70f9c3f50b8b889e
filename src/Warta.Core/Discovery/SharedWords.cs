using Warta.Content;

namespace Warta.Discovery;

/// <summary>The words behind the terms that two stories share, as a person wrote them.</summary>
public static class SharedWords
{
    /// <summary>As many as explain a likeness.</summary>
    public const int Most = 5;

    /// <summary>How each of these terms is first written in a story; with a capital, where it ever is.</summary>
    internal static Dictionary<uint, string> In(string headline, string text, IEnumerable<uint> terms)
    {
        var wanted = terms.ToHashSet();
        var words = new Dictionary<uint, string>();
        foreach (var part in (string[])[headline, text])
        {
            Terms.Each(part, (term, start, end) =>
            {
                var hash = Terms.Hash(term);
                if (!wanted.Contains(hash)) return;
                if (!words.TryGetValue(hash, out var known) || (!char.IsUpper(known[0]) && char.IsUpper(part[start]))) words[hash] = part[start..end];
            });
        }

        return words;
    }
}
