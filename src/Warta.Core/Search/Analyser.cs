using System.Collections.Concurrent;
using Warta.Content;

namespace Warta.Search;

/// <summary>
/// What a word is to search. The index holds its <see cref="Key"/>: the stem and a mark of the stemmer ("makan_i" Indonesian, "run_e" English, "_a" Arabic, "_x" none), so
/// that stems of two languages never meet by accident. A story keeps its <see cref="Token"/>: the upper 20 bits name the key, the lower 12 the word as it
/// stands, so one number tells a stem from the very word.
/// </summary>
internal readonly record struct Word(string Surface, string Key, uint Token)
{
    public const uint StemBits = 0xFFFFF000;
}

/// <summary>Turns terms (<see cref="Terms"/>) into words. Script goes before language: an Arabic name in an Indonesian story is Arabic, a number is no language's.</summary>
internal static class Analyser
{
    /// <summary>Raise it when words are cut, folded or stemmed otherwise, or stories are kept otherwise: the index is then built anew.</summary>
    public const int Version = 1;

    private const int MostKept = 100_000;
    private static readonly Kept Indonesian = new('i', word => IndonesianStemmer.Stem(Once(word))), English = new('e', EnglishStemmer.Stem), Other = new('x', word => word);

    /// <summary>A term of a story in this language.</summary>
    public static Word Of(ReadOnlySpan<char> term, string language) => (Languages.Primary(language) switch
    {
        "id" or "ms" => Indonesian,
        "en" => English,
        _ => Other,
    }).Of(term);

    /// <summary>What a term of a query may be: a story in any language may hold it.</summary>
    public static Word[] Readings(ReadOnlySpan<char> term) => [.. new[] { Indonesian.Of(term), English.Of(term), Other.Of(term) }.Distinct()];

    /// <summary>The key that says of a story where it stands: "_section12". No word begins with it.</summary>
    public static string Place(string kind, long key) => $"_{kind}{key}";

    public static string Place(string language) => "_in" + string.Concat(Languages.Primary(language).Where(char.IsAsciiLetterOrDigit));

    /// <summary>Doubling as people type it: "anak2" is "anak-anak", "teman2nya" "teman-temannya".</summary>
    private static string Once(string word)
    {
        var two = word.IndexOf('2', StringComparison.Ordinal);
        return two >= 3 && !word.AsSpan(0, two).ContainsAnyInRange('0', '9') && word[(two + 1)..] is "" or "nya" or "an" or "ku" or "mu" ? word[..two] : word;
    }

    /// <summary>Words that have been met before: a story of 300 words holds few new ones, and a stem costs more than a look.</summary>
    private sealed class Kept
    {
        private readonly ConcurrentDictionary<string, Word> _words = new();
        private readonly ConcurrentDictionary<string, Word>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
        private readonly char _mark;
        private readonly Func<string, string> _stem;
        private int _count;

        public Kept(char mark, Func<string, string> stem) => (_mark, _stem, _bySpan) = (mark, stem, _words.GetAlternateLookup<ReadOnlySpan<char>>());

        public Word Of(ReadOnlySpan<char> term)
        {
            if (_bySpan.TryGetValue(term, out var word)) return word;
            if (Interlocked.Increment(ref _count) > MostKept)
            {
                _words.Clear();
                _count = 0;
            }

            var surface = term.ToString();
            return _words[surface] = Make(surface);
        }

        private Word Make(string surface)
        {
            var (stem, mark) =
                ArabicStemmer.IsArabic(surface[0]) ? (ArabicStemmer.Stem(surface), 'a')
                : !char.IsAsciiLetter(surface[0]) ? (surface, 'x')
                : (_stem(surface), _mark);
            var key = $"{stem}_{mark}";
            return new Word(surface, key, (Mixed(key) & Word.StemBits) | (Mixed(surface) & ~Word.StemBits));
        }

        /// <summary>FNV's upper bits hardly feel the last letters.</summary>
        private static uint Mixed(string text)
        {
            var hash = Terms.Hash(text);
            hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
            hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
            return hash ^ (hash >> 16);
        }
    }
}
