using Warta.Content;
using Warta.Search;
using Xunit;

namespace Warta.Tests.Search;

public sealed class StemmerTests
{
    [Warta.Engines.SharedDataFact]
    public void Indonesian_words_are_stemmed_as_Snowball_stems_them() => MustConform("snowball-id", IndonesianStemmer.Stem);

    [Warta.Engines.SharedDataFact]
    public void English_words_are_stemmed_as_Snowball_stems_them() => MustConform("snowball-en", EnglishStemmer.Stem);

    [Theory]
    [InlineData("الكتاب", "كتاب")]
    [InlineData("والكتاب", "كتاب")]
    [InlineData("بالمدرسة", "مدرس")]
    [InlineData("مدرسة", "مدرس")]
    [InlineData("المدرسون", "مدرس")]
    [InlineData("معلمات", "معلم")]
    [InlineData("للجامعة", "جامع")]
    [InlineData("وزير", "زير")]
    [InlineData("ولد", "ولد")]
    [InlineData("من", "من")]
    public void Arabic_words_lose_their_article_and_their_endings(string word, string stem) => Assert.Equal(stem, ArabicStemmer.Stem(Folded(word)));

    [Theory]
    [InlineData("أحمد", "احمد")]
    [InlineData("إِسْلَام", "اسلام")]
    [InlineData("مُسْتَشْفَىٰ", "مستشفي")]
    [InlineData("كـــتاب", "كتاب")]
    [InlineData("٢٠٢٦", "2026")]
    [InlineData("Crème", "creme")]
    [InlineData("BUKU", "buku")]
    public void Letters_that_people_write_one_for_the_other_are_one(string word, string folded) => Assert.Equal(folded, Folded(word));

    [Theory]
    [InlineData("anak2", "anak_i")]
    [InlineData("teman2nya", "teman_i")]
    [InlineData("bukunya", "buku_i")]
    [InlineData("rumahku", "rumah_i")]
    [InlineData("pergilah", "pergi_i")]
    [InlineData("covid19", "covid19_i")]
    [InlineData("g20", "g20_i")]
    [InlineData("2024", "2024_x")]
    [InlineData("الكتاب", "كتاب_a")]
    public void Clitics_come_off_and_a_2_that_doubles_a_word_does_too(string word, string key) => Assert.Equal(key, Analyser.Of(word, "id").Key);

    [Fact]
    public void A_doubled_word_is_found_by_the_word() => Assert.Equal([Analyser.Of("buku", "id").Token, Analyser.Of("buku", "id").Token], Words("Buku-buku", "id"));

    private static List<uint> Words(string text, string language)
    {
        var words = new List<uint>();
        Terms.Each(text, term => words.Add(Analyser.Of(term, language).Token));
        return words;
    }

    private static string Folded(string text)
    {
        var folded = "";
        Terms.Each(text, term => folded += term.ToString());
        return folded;
    }

    private static void MustConform(string folder, Func<string, string> stem)
    {
        var words = File.ReadAllLines(Warta.Engines.SharedData.Path(folder, "voc.txt"));
        var stems = File.ReadAllLines(Warta.Engines.SharedData.Path(folder, "output.txt"));
        Assert.Equal(words.Length, stems.Length);
        Assert.Empty(words.Zip(stems).Where(pair => stem(pair.First) != pair.Second).Select(pair => $"{pair.First}: {stem(pair.First)}, not {pair.Second}"));
    }
}
