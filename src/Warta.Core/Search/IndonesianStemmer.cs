namespace Warta.Search;

/// <summary>
/// The stem of an Indonesian word: particles (-lah, -kah, -pun), possessives (-ku, -mu, -nya), suffixes and up to two prefixes come off while more than
/// two syllables are left. Written after the description of the algorithm of Tala, "A Study of Stemming Effects on Information Retrieval in Bahasa
/// Indonesia" (2003), in the form in which Snowball publishes it (snowballstem.org/algorithms/indonesian/stemmer.html); no dictionary.
/// </summary>
internal static class IndonesianStemmer
{
    /// <summary>Which suffixes may still come off depends on the prefix that did.</summary>
    private enum Prefix
    {
        None,
        DiMengTer,
        Per,
        KePeng,
        Ber,
    }

    private const string Vowels = "aeiou";

    /// <param name="word">In lower case, without marks.</param>
    public static string Stem(string word)
    {
        var syllables = word.Count(Vowels.Contains);
        if (syllables <= 2) return word;
        if (Drop(ref word, "kah", "lah", "pun") && --syllables <= 2) return word;
        if (Drop(ref word, "nya", "ku", "mu") && --syllables <= 2) return word;

        var prefix = Prefix.None;
        var hidP = word.Length > 3 && (word.StartsWith("mem", StringComparison.Ordinal) || word.StartsWith("pem", StringComparison.Ordinal)) && Vowels.Contains(word[3]);
        if (DropFirstPrefix(ref word, ref prefix))
        {
            syllables--;
            var hadSuffix = syllables > 2 && DropSuffix(ref word, prefix);
            // The p that memeriksa hides is periksa's own, and no prefix begins with it.
            if (hadSuffix && --syllables > 2 && !hidP) DropSecondPrefix(ref word, ref prefix);
        }
        else
        {
            if (DropSecondPrefix(ref word, ref prefix)) syllables--;
            if (syllables > 2) DropSuffix(ref word, prefix);
        }

        return word;
    }

    private static bool Drop(ref string word, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
        {
            if (!word.EndsWith(ending, StringComparison.Ordinal)) continue;
            word = word[..^ending.Length];
            return true;
        }

        return false;
    }

    private static bool DropSuffix(ref string word, Prefix prefix)
    {
        if (prefix is not (Prefix.KePeng or Prefix.Per) && Drop(ref word, "kan")) return true;
        if (prefix is not Prefix.DiMengTer && Drop(ref word, "an")) return true;
        // -si ends many borrowed nouns ("informasi"), and is no suffix there.
        return prefix <= Prefix.Per && !word.EndsWith("si", StringComparison.Ordinal) && Drop(ref word, "i");
    }

    private static bool DropFirstPrefix(ref string word, ref Prefix prefix)
    {
        // Before a vowel "meny" hides an s and "mem" a p: menyapu, sapu; memukul, pukul.
        if (Begins(word, "meny", out var rest) && BeginsWithVowel(rest)) return Becomes(ref word, "s" + rest, ref prefix, Prefix.DiMengTer);
        if (Begins(word, "peny", out rest) && BeginsWithVowel(rest)) return Becomes(ref word, "s" + rest, ref prefix, Prefix.KePeng);
        if (Begins(word, "mem", out rest)) return Becomes(ref word, BeginsWithVowel(rest) ? "p" + rest : rest, ref prefix, Prefix.DiMengTer);
        if (Begins(word, "pem", out rest)) return Becomes(ref word, BeginsWithVowel(rest) ? "p" + rest : rest, ref prefix, Prefix.KePeng);
        if (Begins(word, "meng", out rest) || Begins(word, "men", out rest) || Begins(word, "me", out rest) || Begins(word, "di", out rest) || Begins(word, "ter", out rest))
            return Becomes(ref word, rest, ref prefix, Prefix.DiMengTer);
        if (Begins(word, "peng", out rest) || Begins(word, "pen", out rest) || Begins(word, "ke", out rest))
            return Becomes(ref word, rest, ref prefix, Prefix.KePeng);
        return false;
    }

    private static bool DropSecondPrefix(ref string word, ref Prefix prefix)
    {
        if (Begins(word, "pelajar", out var rest)) return Becomes(ref word, "ajar" + rest, ref prefix, prefix);
        if (Begins(word, "belajar", out rest)) return Becomes(ref word, "ajar" + rest, ref prefix, Prefix.Ber);
        if (Begins(word, "per", out rest) || Begins(word, "pe", out rest)) return Becomes(ref word, rest, ref prefix, Prefix.Per);
        if (Begins(word, "ber", out rest)) return Becomes(ref word, rest, ref prefix, Prefix.Ber);
        // bekerja, beterbangan: "be" before a syllable that ends in -er.
        if (Begins(word, "be", out rest) && rest.Length >= 3 && !Vowels.Contains(rest[0]) && rest[1] == 'e' && rest[2] == 'r') return Becomes(ref word, rest, ref prefix, Prefix.Ber);
        return false;
    }

    private static bool Becomes(ref string word, string rest, ref Prefix prefix, Prefix now)
    {
        (word, prefix) = (rest, now);
        return true;
    }

    private static bool Begins(string word, string prefix, out string rest)
    {
        var begins = word.StartsWith(prefix, StringComparison.Ordinal);
        rest = begins ? word[prefix.Length..] : "";
        return begins;
    }

    private static bool BeginsWithVowel(string text) => text.Length > 0 && Vowels.Contains(text[0]);
}
