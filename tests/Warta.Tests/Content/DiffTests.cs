using System.Diagnostics;
using Warta.Content;
using Xunit;

namespace Warta.Tests.Content;

public class DiffTests
{
    [Fact]
    public void Words_are_compared_and_phrases_stay_whole() => Assert.Equal(
        "Harga beras [-turun tajam-]{+naik sedikit+} di Demak{+, Jawa Tengah+}.",
        Marked(WordDiff.Of("Harga beras turun tajam di Demak.", "Harga beras naik sedikit di Demak, Jawa Tengah.")));

    [Theory]
    [InlineData("", "", "")]
    [InlineData("", "baru", "{+baru+}")]
    [InlineData("lama", "", "[-lama-]")]
    [InlineData("sama saja", "sama saja", "sama saja")]
    [InlineData("😀 ya", "😀 tidak", "😀 [-ya-]{+tidak+}")]
    public void Ends_are_cases_too(string older, string newer, string marked) => Assert.Equal(marked, Marked(WordDiff.Of(older, newer)));

    [Fact]
    public void Whatever_is_compared_both_texts_can_be_read_from_it()
    {
        var random = new Random(11);
        string[] words = ["di", "ke", "pasar", "beras", " ", "  ", ", ", ".", "naik", "\n", "é", "😀", "عربي", "2026"];
        for (var n = 0; n < 3_000; n++)
        {
            var older = Text();
            var newer = random.Next(3) == 0 ? Text() : older.Replace(words[random.Next(words.Length)], words[random.Next(words.Length)], StringComparison.Ordinal);
            var runs = WordDiff.Of(older, newer);
            Assert.Equal(older, string.Concat(runs.Where(run => run.Kind != DiffKind.Added).Select(run => run.Text)));
            Assert.Equal(newer, string.Concat(runs.Where(run => run.Kind != DiffKind.Removed).Select(run => run.Text)));
            Assert.All(runs, run => Assert.NotEqual("", run.Text));
        }

        string Text() => string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => words[random.Next(words.Length)]));
    }

    [Fact]
    public void Ten_thousand_words_are_compared_in_a_moment_even_if_nothing_is_alike()
    {
        var random = new Random(5);
        string Words(string prefix, int kinds) => string.Join(' ', Enumerable.Range(0, 10_000).Select(_ => prefix + random.Next(kinds)));
        var (few, other, own, apart) = (Words("k", 300), Words("k", 300), Words("a", 100_000), Words("b", 100_000));
        WordDiff.Of("hangat", "panas");

        foreach (var (older, newer) in new[] { (few, few.Replace("k7 ", "ubah ", StringComparison.Ordinal)), (few, other), (own, apart), (own, own + " lagi") })
        {
            var watch = Stopwatch.StartNew();
            WordDiff.Of(older, newer);
            // Word by word against word by word would take minutes, on any machine.
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
        }
    }

    [Fact]
    public void Blocks_are_known_by_their_ids_and_say_what_became_of_them()
    {
        var older = Bodies.Of(P("a", "Satu."), P("b", "Dua."), P("c", "Tiga."), P("d", "Empat."), P("e", "Lima."));
        var newer = Bodies.Of(P("d", "Empat."), P("a", "Satu, ya."), P("n", "Baru."), new ParagraphBlock("c", new InlineText([new("Tiga.", Bold: true)])), P("lain", "Lima."));
        var diffs = BodyDiff.Of(older, newer);

        Assert.Equal(
            ["Same moved Empat.", "Changed Satu{+, ya+}.", "Removed [-Dua.-]", "Added {+Baru.+}", "Formatted Tiga.", "Same Lima."],
            diffs.Select(diff => $"{diff.Change}{(diff.IsMoved ? " moved" : "")} {Marked(diff.Runs)}").Order(StringComparer.Ordinal).OrderBy(line => Array.IndexOf(["Same moved Empat.", "Changed Satu{+, ya+}.", "Removed [-Dua.-]", "Added {+Baru.+}", "Formatted Tiga.", "Same Lima."], line)));
    }

    [Fact]
    public void Any_two_bodies_can_be_compared_and_no_block_is_missing()
    {
        var random = new Random(3);
        for (var n = 0; n < 500; n++)
        {
            var bodies = new RandomBody(random);
            var (older, newer) = (bodies.Next(), bodies.Next());
            newer = new Body(older.Blocks.Where(_ => random.Next(4) > 0).Concat(newer.Blocks).OrderBy(_ => random.Next(5) == 0 ? random.Next() : 0).ToList());
            var diffs = BodyDiff.Of(older, newer);
            Assert.Equal(newer.Blocks.Count, diffs.Count(diff => diff.Change != BlockChange.Removed));
            Assert.Equal(older.Blocks.Count, diffs.Count(diff => diff.Change != BlockChange.Added));
        }
    }

    private static ParagraphBlock P(string id, string text) => new(id, text);

    private static string Marked(IEnumerable<DiffRun> runs) => string.Concat(runs.Select(run => run.Kind switch
    {
        DiffKind.Added => $"{{+{run.Text}+}}",
        DiffKind.Removed => $"[-{run.Text}-]",
        _ => run.Text,
    }));
}
