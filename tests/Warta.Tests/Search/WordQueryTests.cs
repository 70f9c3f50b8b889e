using Warta.Search;
using Xunit;

namespace Warta.Tests.Search;

public sealed class WordQueryTests
{
    [Fact]
    public void Quotes_make_phrases_and_a_minus_takes_away()
    {
        var query = WordQuery.Of("harga \"bahan bakar\" -solar -\"gas elpiji\" “minyak tanah” covid-19 naik OR NEAR(turun*");
        Assert.Equal(["harga", "covid", "19", "naik", "near", "turun"], query.Words.Select(w => w.Text));
        Assert.Equal(["bahan bakar", "minyak tanah"], query.Phrases.Select(p => string.Join(' ', p.Words.Select(w => w.Text))));
        Assert.Equal(["solar"], query.Without.Select(w => w.Text));
        Assert.Equal(["gas elpiji"], query.WithoutPhrases.Select(p => string.Join(' ', p.Words.Select(w => w.Text))));
    }

    [Fact]
    public void Words_that_say_nothing_count_only_where_there_are_no_others()
    {
        Assert.Equal(["rumah"], WordQuery.Of("rumah yang di atas").Words.Select(w => w.Text));
        Assert.Equal(["yang", "di"], WordQuery.Of("yang di").Words.Select(w => w.Text));
    }

    [Fact]
    public void A_minus_with_nothing_to_take_from_is_none()
    {
        Assert.Equal(["help"], WordQuery.Of("--help").Words.Select(w => w.Text));
        Assert.Equal(["1"], WordQuery.Of("-1").Words.Select(w => w.Text));
        Assert.True(WordQuery.Of(" - -- \"\" ?! ").IsEmpty);
    }

    [Theory]
    [InlineData("prabwo subianto", "\"prabwo\" \"subianto\"")]
    [InlineData("air \"banjir rob\" -demak", "\"air\" \"banjir rob\" -demak")]
    [InlineData("lepas \"kutip", "\"lepas\" \"\" \"kutip\"")]
    public void The_very_words_are_asked_for_in_quotes(string text, string exactly)
    {
        var query = WordQuery.Of(text);
        Assert.Equal(query.Without.Select(w => w.Text), WordQuery.Of(query.Exactly).Without.Select(w => w.Text));
        Assert.Equal(query.All.Select(w => w.Text).Order(), WordQuery.Of(query.Exactly).All.Select(w => w.Text).Order());
        if (!text.EndsWith("kutip", StringComparison.Ordinal)) Assert.Equal(exactly, query.Exactly);
    }

    [Theory]
    [InlineData("jokowi", "jokwi", 1)]
    [InlineData("jokowi", "jkoowi", 1)]
    [InlineData("jokowi", "jokowii", 1)]
    [InlineData("jokowi", "jokawi", 1)]
    [InlineData("pemerintah", "pmerintha", 2)]
    [InlineData("sama", "sama", 0)]
    [InlineData("satu", "lima belas", 3)]
    public void Distance_counts_letters_put_in_left_out_changed_and_swapped(string a, string b, int distance) => Assert.Equal(distance, Spelling.Distance(a, b, 2));
}
