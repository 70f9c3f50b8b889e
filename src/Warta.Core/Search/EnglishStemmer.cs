using System.Text;

namespace Warta.Search;

/// <summary>
/// The stem of an English word, by the algorithm that Snowball calls "english" (Porter2), written after its description at
/// snowballstem.org/algorithms/english/stemmer.html. R1 is what follows the first consonant after a vowel, R2 the same within R1.
/// </summary>
internal sealed class EnglishStemmer
{
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["skis"] = "ski",
        ["skies"] = "sky",
        ["idly"] = "idl",
        ["gently"] = "gentl",
        ["ugly"] = "ugli",
        ["early"] = "earli",
        ["only"] = "onli",
        ["singly"] = "singl",
        ["sky"] = "sky",
        ["news"] = "news",
        ["howe"] = "howe",
        ["atlas"] = "atlas",
        ["cosmos"] = "cosmos",
        ["bias"] = "bias",
        ["andes"] = "andes",
    };

    private static readonly HashSet<string> WholeWithIng = ["inn", "out", "cann", "herr", "earr", "even"];
    private static readonly HashSet<string> WholeWithEed = ["proc", "exc", "succ"];
    private static readonly string[] LongPrefixes = ["gener", "commun", "arsen", "past", "univers", "later", "emerg", "organ", "inter"];

    private static readonly (string Ending, string Becomes)[] Step2Endings =
    [
        ("ization", "ize"), ("ational", "ate"), ("fulness", "ful"), ("ousness", "ous"), ("iveness", "ive"), ("tional", "tion"), ("biliti", "ble"), ("lessli", "less"), ("entli", "ent"),
        ("ation", "ate"), ("alism", "al"), ("aliti", "al"), ("ousli", "ous"), ("iviti", "ive"), ("fulli", "ful"), ("ogist", "og"), ("enci", "ence"), ("anci", "ance"), ("abli", "able"),
        ("izer", "ize"), ("ator", "ate"), ("alli", "al"), ("bli", "ble"), ("ogi", "og"), ("li", ""),
    ];

    private static readonly (string Ending, string Becomes)[] Step3Endings =
        [("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"), ("ative", ""), ("ical", "ic"), ("ness", ""), ("ful", "")];

    private static readonly string[] Step4Endings =
        ["ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic"];

    private readonly StringBuilder _word;
    private int _r1, _r2;

    private EnglishStemmer(string word) => _word = new StringBuilder(word);

    /// <param name="word">In lower case.</param>
    public static string Stem(string word)
    {
        if (word.Length <= 2) return word;
        if (Exceptions.TryGetValue(word, out var exception)) return exception;
        return new EnglishStemmer(word).Run();
    }

    private string Run()
    {
        if (_word[0] == '\'') _word.Remove(0, 1);
        // A y that is a consonant is written Y while the endings come off.
        for (var i = 0; i < _word.Length; i++)
        {
            if (_word[i] == 'y' && (i == 0 || IsVowel(_word[i - 1]))) _word[i] = 'Y';
        }

        FindRegions();
        Step0();
        Step1a();
        Step1b();
        Step1c();
        Step2();
        Step3();
        Step4();
        Step5();
        return _word.Replace('Y', 'y').ToString();
    }

    private void FindRegions()
    {
        var text = _word.ToString();
        var prefix = LongPrefixes.FirstOrDefault(p => text.StartsWith(p, StringComparison.Ordinal));
        _r1 = prefix?.Length ?? AfterVowelAndConsonant(0);
        _r2 = AfterVowelAndConsonant(_r1);
    }

    private int AfterVowelAndConsonant(int from)
    {
        for (var i = from + 1; i < _word.Length; i++)
        {
            if (!IsVowel(_word[i]) && IsVowel(_word[i - 1])) return i + 1;
        }

        return _word.Length;
    }

    private void Step0()
    {
        if (Ends("'s'")) Cut(3);
        else if (Ends("'s")) Cut(2);
        else if (Ends("'")) Cut(1);
    }

    private void Step1a()
    {
        if (Ends("sses")) Cut(2);
        else if (Ends("ied") || Ends("ies")) Cut(_word.Length > 4 ? 2 : 1);
        else if (Ends("us") || Ends("ss")) return;
        else if (Ends("s") && HasVowel(_word.Length - 2)) Cut(1);
    }

    private void Step1b()
    {
        if (Ends("eedly") || Ends("eed"))
        {
            var ending = Ends("eed") ? 3 : 5;
            if (WholeWithEed.Contains(_word.ToString(0, _word.Length - ending))) return;
            if (InR1(ending)) Cut(ending - 2);
            return;
        }

        var length = Ends("ingly") ? 5 : Ends("edly") ? 4 : Ends("ing") ? 3 : Ends("ed") ? 2 : 0;
        if (length == 0) return;
        var stem = _word.ToString(0, _word.Length - length);
        if (length is 3 or 5)
        {
            // dying, lying: one consonant and y, which was ie.
            if (length == 3 && stem.Length == 2 && stem[1] is 'y' or 'Y' && !IsVowel(stem[0]))
            {
                _word.Length = 1;
                _word.Append("ie");
                return;
            }

            if (length == 3 && WholeWithIng.Contains(stem)) return;
        }

        if (!HasVowel(stem.Length)) return;
        Cut(length);
        if (Ends("at") || Ends("bl") || Ends("iz")) _word.Append('e');
        else if (EndsInDouble())
        {
            // add, egg, off: the whole word, after a first vowel of a, e or o.
            if (!(_word.Length == 3 && _word[0] is 'a' or 'e' or 'o')) Cut(1);
        }
        else if (IsShort()) _word.Append('e');
    }

    private void Step1c()
    {
        if (_word.Length > 2 && _word[^1] is 'y' or 'Y' && !IsVowel(_word[^2])) _word[^1] = 'i';
    }

    private void Step2()
    {
        foreach (var (ending, becomes) in Step2Endings)
        {
            if (!Ends(ending)) continue;
            if (!InR1(ending.Length)) return;
            if (ending == "ogi" && !(_word.Length > 3 && _word[^4] == 'l')) return;
            if (ending == "li" && !(_word.Length > 2 && "cdeghkmnrt".Contains(_word[^3]))) return;
            Replace(ending.Length, becomes);
            return;
        }
    }

    private void Step3()
    {
        foreach (var (ending, becomes) in Step3Endings)
        {
            if (!Ends(ending)) continue;
            if (InR1(ending.Length) && (ending != "ative" || InR2(5))) Replace(ending.Length, becomes);
            return;
        }
    }

    private void Step4()
    {
        foreach (var ending in Step4Endings)
        {
            if (!Ends(ending)) continue;
            if (InR2(ending.Length) && (ending != "ion" || (_word.Length > 3 && _word[^4] is 's' or 't'))) Cut(ending.Length);
            return;
        }
    }

    private void Step5()
    {
        if (Ends("e"))
        {
            if (InR2(1) || (InR1(1) && !EndsInShortSyllable(_word.Length - 1))) Cut(1);
        }
        else if (Ends("l") && InR2(1) && _word.Length > 1 && _word[^2] == 'l') Cut(1);
    }

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    private bool Ends(string ending)
    {
        if (_word.Length < ending.Length) return false;
        for (var i = 0; i < ending.Length; i++)
        {
            if (_word[_word.Length - ending.Length + i] != ending[i]) return false;
        }

        return true;
    }

    private bool HasVowel(int before)
    {
        for (var i = 0; i < before; i++)
        {
            if (IsVowel(_word[i])) return true;
        }

        return false;
    }

    private bool InR1(int length) => _word.Length - length >= _r1;

    private bool InR2(int length) => _word.Length - length >= _r2;

    private void Cut(int length) => _word.Length -= length;

    private void Replace(int length, string with)
    {
        Cut(length);
        _word.Append(with);
    }

    private bool EndsInDouble() => _word.Length > 1 && _word[^1] == _word[^2] && "bdfgmnprt".Contains(_word[^1]);

    private bool IsShort() => _r1 >= _word.Length && EndsInShortSyllable(_word.Length);

    /// <summary>A vowel between consonants, the last not w, x or Y; or a vowel at the word's beginning before a consonant.</summary>
    private bool EndsInShortSyllable(int end)
    {
        if (end == 4 && _word.ToString(0, 4) == "past") return true;
        if (end == 2) return IsVowel(_word[0]) && !IsVowel(_word[1]);
        return end > 2 && !IsVowel(_word[end - 1]) && _word[end - 1] is not ('w' or 'x' or 'Y') && IsVowel(_word[end - 2]) && !IsVowel(_word[end - 3]);
    }
}
