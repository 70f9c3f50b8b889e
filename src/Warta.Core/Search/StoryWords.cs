using System.Runtime.InteropServices;
using Warta.Content;

namespace Warta.Search;

/// <summary>
/// A story's words as search keeps them beside the index: the tokens of headline, middle (kicker, standfirst, tags) and body in their order, four bytes each, after the
/// lengths of the first two. Everything that ranking and phrases ask for is in it, so no body is read again for a search.
/// </summary>
internal readonly ref struct StoryWords
{
    private const int Header = 2;
    private readonly ReadOnlySpan<uint> _all;

    public StoryWords(byte[] kept) => _all = MemoryMarshal.Cast<byte, uint>(kept);

    public ReadOnlySpan<uint> Headline => _all.Slice(Header, (int)_all[0]);
    public ReadOnlySpan<uint> Middle => _all.Slice(Header + (int)_all[0], (int)_all[1]);
    public ReadOnlySpan<uint> Body => _all[(Header + (int)_all[0] + (int)_all[1])..];

    /// <summary>True where the phrase stands, word for word, within one field.</summary>
    public bool Holds(Phrase phrase) => Holds(Headline, phrase) || Holds(Middle, phrase) || Holds(Body, phrase);

    private static bool Holds(ReadOnlySpan<uint> field, Phrase phrase)
    {
        for (var i = 0; i + phrase.Words.Count <= field.Length; i++)
        {
            var n = 0;
            while (n < phrase.Words.Count && phrase.Words[n].Is(field[i + n])) n++;
            if (n == phrase.Words.Count) return true;
        }

        return false;
    }

    /// <summary>Cuts a story's texts, and tells of each word as it comes.</summary>
    public static byte[] Write(string language, string headline, IEnumerable<string> middle, string body, int longestBody, Action<Word> met)
    {
        var tokens = new List<uint>(400) { 0, 0 };
        Add(headline, int.MaxValue);
        tokens[0] = (uint)(tokens.Count - Header);
        foreach (var text in middle)
        {
            // Words of two texts are no neighbours.
            if (text.Length > 0 && tokens.Count > Header + tokens[0]) tokens.Add(0);
            Add(text, int.MaxValue);
        }

        tokens[1] = (uint)(tokens.Count - Header) - tokens[0];
        Add(body, tokens.Count + longestBody);
        return MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(tokens)).ToArray();

        void Add(string text, int most) => Terms.Each(text, term =>
        {
            if (tokens.Count >= most) return;
            var word = Analyser.Of(term, language);
            tokens.Add(word.Token);
            met(word);
        });
    }
}
