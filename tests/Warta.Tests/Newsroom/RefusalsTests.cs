using System.Text;
using System.Text.RegularExpressions;
using Warta.Content;
using Warta.House;
using Warta.Publishing;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Newsroom;

public partial class RefusalsTests
{
    [Fact]
    public void Every_sentence_that_Warta_refuses_with_is_there_in_Indonesian()
    {
        var sentences = Folders.SelectMany(folder => Directory.EnumerateFiles(Checkout.Path(folder.Split('/')), "*.cs", SearchOption.AllDirectories))
            .SelectMany(file => Sentences(File.ReadAllText(file)).Select(said => (Said: said, In: Path.GetFileName(file)))).ToList();

        var unsaid = sentences.Where(s => !Refusals.Indonesian.ContainsKey(s.Said)).Select(s => $"{s.In}: {s.Said}").ToList();
        var unused = Refusals.Indonesian.Keys.Except(sentences.Select(s => s.Said)).ToList();
        Assert.True(unsaid.Count == 0 && unused.Count == 0, $"Give these an Indonesian sentence in src/Warta/Newsroom/Refusals.cs:\n{string.Join('\n', unsaid)}\nNobody says these any more:\n{string.Join('\n', unused)}");
        Assert.All(Refusals.Indonesian, pair => Assert.Subset(Gap().Matches(pair.Key).Select(gap => gap.Value).ToHashSet(), Gap().Matches(pair.Value).Select(gap => gap.Value).ToHashSet()));
    }

    [Theory]
    [InlineData("throw new ContentException($\"There is no moon {moon} yet.\");", "There is no moon {0} yet.")]
    [InlineData("throw new ContentException($\"Choose one of {string.Join(\", \", moons.Select(m => $\"{m.Name}\"))}, or \\\"{none}\\\".\");", "Choose one of {0}, or \"{1}\".")]
    [InlineData("class Moonless() : PublishingException(\"No moon.\");", "No moon.")]
    [InlineData("throw new MediaException(text);", "what no literal says: text);")]
    public void A_planted_refusal_is_seen(string code, string sentence) => Assert.Equal([sentence], Sentences(code));

    /// <summary>Pages say it by Visit.Why, never in the exception's own English.</summary>
    [Fact]
    public void No_page_of_the_newsroom_shows_an_exceptions_own_message() =>
        Assert.All(Directory.EnumerateFiles(Checkout.Path("src", "Warta", "Newsroom"), "*.*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".cs" or ".razor" && Path.GetFileName(file) is not ("Visit.cs" or "Refusals.cs")),
            file => Assert.DoesNotContain("e.Message", File.ReadAllText(file), StringComparison.Ordinal));

    [Fact]
    public void Numbers_and_names_stand_in_the_gaps_as_Indonesians_write_them()
    {
        var (count, name) = (12_000, "Bola");
        Assert.Equal("\"Bola\" berisi 12.000 huruf; paling banyak 10.000.", Refusals.InIndonesian(new ContentException($"\"{name}\" has {count:N0} characters; at most {10_000:N0} fit.")));
        Assert.Equal("Tidak ada gambar bernomor 12000.", Refusals.InIndonesian(new ContentException($"There is no picture {count}.")));
        Assert.Equal("blocks[0].level: 7 bukan tingkat judul bagian; pakai 2, 3, atau 4.", Refusals.InIndonesian(Assert.Throws<MalformedBlockException>(() => BodyJson.Read("""{"version":1,"blocks":[{"type":"heading","level":7,"text":"A"}]}"""))));
        Assert.Equal("Sesuatu yang lain.", Refusals.InIndonesian(new ContentException("Sesuatu yang lain.")));
    }

    [Fact]
    internal async Task Who_reads_Indonesian_is_refused_in_Indonesian_and_who_reads_English_in_English()
    {
        using var site = new TestSite(EngineKind.Sqlite);
        var story = site.Story("Banjir");
        site.Do(act => act.TakeDown(story, "Keliru"));
        foreach (var (language, sentence) in new[] { ("id", "Berita ini sudah dicabut."), ("en", "The story has been taken down already.") })
        {
            using var editor = await Staff.SignInAsync(site, "managing-editor");
            site.Do(act => act.Sql.Run("UPDATE users SET language = @p1", language));

            var refused = await editor.PostAsync($"/newsroom/stories/{story}/takedown", ("reason", "Keliru"));

            Assert.Equal(422, refused.Status);
            Assert.Contains(sentence, refused.Page.Body!.TextContent, StringComparison.Ordinal);
        }
    }

    private static readonly string[] Folders = ["src/Warta.Core", "src/Warta/Accounts", "src/Warta/Themes", "src/Warta/Newsroom"];

    /// <summary>What is said at each place where a refusal is made. The newsroom's own T("…", "…") is in both languages already, and a body's path isn't said.</summary>
    private static IEnumerable<string> Sentences(string code)
    {
        foreach (Match place in Made().Matches(code))
        {
            var at = place.Index + place.Length;
            var rest = code[at..Math.Min(code.Length, at + 60)];
            if (code[at] is '"' or '$') yield return Literal(code, at);
            else if (!Said().IsMatch(rest)) yield return "what no literal says: " + rest.Split('\n')[0];
        }
    }

    private static string Literal(string code, int at)
    {
        var hasGaps = code[at] == '$';
        var (text, gaps) = (new StringBuilder(), 0);
        for (at += hasGaps ? 2 : 1; code[at] != '"'; at++)
        {
            if (code[at] == '\\') text.Append(code[++at]);
            else if (hasGaps && code[at] == '{' && code[at + 1] != '{')
            {
                text.Append('{').Append(gaps++).Append('}');
                at = EndOfGap(code, at);
            }
            else
            {
                if (hasGaps && code[at] is '{' or '}') at++;
                text.Append(code[at]);
            }
        }

        return text.ToString();
    }

    private static int EndOfGap(string code, int at)
    {
        for (var depth = 0; ; at++)
        {
            if (code[at] == '{') depth++;
            else if (code[at] == '}' && --depth == 0) return at;
            else if (code[at] == '"')
                for (at++; code[at] != '"'; at++)
                    if (code[at] == '\\') at++;
        }
    }

    [GeneratedRegex("""(?:(?:new |: )(?:Content|Publishing|Media)Exception\(|new MalformedBlockException\("[a-z]*",|new MalformedBlockException\(PathTo\(null\),|throw Problem\()\s*""")]
    private static partial Regex Made();

    /// <summary>In the person's language by the newsroom, or put together from what is.</summary>
    [GeneratedRegex("""^(visit\.T\(|string\.Join\(" ", faults)""")]
    private static partial Regex Said();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Gap();
}
