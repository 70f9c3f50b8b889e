namespace Warta.Search;

/// <summary>
/// Light stemming of Arabic, "light10" of Larkey, Ballesteros and Connell, "Light Stemming for Arabic Information Retrieval" (2007): the conjunction wa,
/// one article, and the endings of number, gender and possession come off; roots and broken plurals are left alone. Chosen over Snowball's
/// longer Arabic algorithm because it keeps names and borrowed words whole more often.
/// </summary>
internal static class ArabicStemmer
{
    private static readonly string[] Articles = ["ال", "وال", "بال", "كال", "فال", "لل"];

    // In the paper's order; the folding of Terms has made ه of ة already, and ي of ى.
    private static readonly string[] Endings = ["ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"];

    /// <param name="word">Folded as <see cref="Content.Terms"/> does.</param>
    public static string Stem(string word)
    {
        if (word.Length > 3 && word[0] == 'و' && !word.StartsWith("وال", StringComparison.Ordinal)) word = word[1..];
        foreach (var article in Articles)
        {
            if (!word.StartsWith(article, StringComparison.Ordinal) || word.Length - article.Length < 2) continue;
            word = word[article.Length..];
            break;
        }

        foreach (var ending in Endings)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal) && word.Length - ending.Length >= 2) word = word[..^ending.Length];
        }

        return word;
    }

    public static bool IsArabic(char c) => c is >= '\u0600' and <= '\u06FF';
}
