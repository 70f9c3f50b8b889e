using System.Text.Json;
using Warta.Content;
using Warta.Engines;
using Warta.Publishing;
using Warta.Search;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Search;

public sealed class SearchTests
{
    [OnBothEngines]
    public void A_story_is_found_by_headline_standfirst_and_body(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var gold = newsroom.Publish(newsroom.Draft("Harga Emas Naik", "Pembeli di Cikini menunggu.") with { Standfirst = "Antam mencatat rekor." });
        var rice = newsroom.Publish("Harga Beras Turun", "Pembeli di Cipinang lega.");
        Assert.Equal([rice, gold], newsroom.Search("HARGA"));
        Assert.Equal([gold], newsroom.Search("antam"));
        Assert.Equal([gold], newsroom.Search("cikini"));
        Assert.Equal([rice], newsroom.Search("pembeli beras"));
        Assert.Empty(newsroom.Search("emas beras"));
        Assert.Empty(newsroom.Search("ema"));
        Assert.Empty(newsroom.Search("  ?! "));
        Assert.Empty(newsroom.Search(""));
    }

    [OnBothEngines]
    public void Relevance_puts_the_words_of_the_headline_first(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var headline = newsroom.Publish("Banjir Rob di Demak", "Isi.");
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        var body = newsroom.Publish("Cuaca Besok", "Waspada banjir rob.");
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        var half = newsroom.Publish("Banjir Lagi", "Bukan rob.");
        Assert.Equal([half, body, headline], newsroom.Search("banjir rob"));
        Assert.Equal([headline, half, body], newsroom.Find(new StoryFilter { TitleId = newsroom.Title, Words = "banjir rob", ByRelevance = true }));
    }

    [OnBothEngines]
    public void Filters_combine(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var sport = newsroom.Section("Bola");
        var league = newsroom.Section("Bola/Liga 1");
        var all = new List<long>();
        for (var i = 0; i < 24; i++)
        {
            all.Add(newsroom.Publish(newsroom.Draft($"Berita {(i % 2 == 0 ? "genap" : "ganjil")}", $"Nomor {i}.") with
            {
                SectionId = (i % 3) switch { 0 => newsroom.Berita, 1 => sport, _ => league },
                Tags = i % 4 == 0 ? ["Empat"] : ["Lain"],
                Bylines = [new Byline(i % 5 == 0 ? "Lima" : "Siti", "writer")],
            }));
            newsroom.Clock.Pass(TimeSpan.FromHours(1));
        }

        var (tag, author) = newsroom.Database.Read(session => (People.Tag(session, "empat")!.Id, People.Author(session, "lima")!.Id));
        for (var bits = 0; bits < 32; bits++)
        {
            var (useSection, useTag, useAuthor, useWords, useTimes) = ((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0, (bits & 16) != 0);
            var filter = new StoryFilter
            {
                TitleId = newsroom.Title,
                SectionId = useSection ? sport : null,
                TagId = useTag ? tag : null,
                AuthorId = useAuthor ? author : null,
                Words = useWords ? "genap" : null,
                From = useTimes ? TestNewsroom.Start.AddHours(5) : null,
                To = useTimes ? TestNewsroom.Start.AddHours(20) : null,
            };
            var wanted = Enumerable.Range(0, 24).Where(i =>
                (!useSection || i % 3 != 0) && (!useTag || i % 4 == 0) && (!useAuthor || i % 5 == 0) && (!useWords || i % 2 == 0) && (!useTimes || i is >= 5 and < 20)).Reverse().Select(i => all[i]).ToList();
            Assert.Equal(wanted, newsroom.Find(filter));
            Assert.Equal(wanted, newsroom.Find(filter with { ByRelevance = true }));
            var (page, total) = newsroom.Database.Read(session =>
            {
                var found = filter.Find(session, newsroom.Press.Search, 2, 1);
                return (found.Stories.ConvertAll(s => s.ArticleId), found.Total);
            });
            Assert.Equal(wanted.Skip(1).Take(2), page);
            Assert.Equal(wanted.Count, total);
        }
    }

    [OnBothEngines]
    public void Any_text_at_all_is_a_query(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = newsroom.Publish("And or not near", "Isi.");
        string[] operators =
        [
            "AND", "OR", "NOT", "NEAR", "NEAR(a b)", "a AND b", "NOT a", "*", "a*", "\"", "\"\"", "\"a", "a\"", "(", ")", "(a", ":", "headline:a", "{headline body}: a", "^a", "a + b", "a - b", "-a", "'", "''", "'a", "\\", "a\\", "\\'", "&", "|",
            "!", "a & b", "a | !b", "<->", "a <-> b", "a:*", "%", "_", ";", "--", "/*", "[[ids:x]]", "@words", "$1", "\0", "a\0b", "\uD800", "\uDC00", "a\uD800b", "\uD83D\uDE00", "\u0301", "e\u0301", "\u200B", "\u0640", "كِتاب", "東京",
            new string('a', 39) + "\uD83D\uDE00", new string('a', 40) + "\uD83D\uDE00", new('"', 1000), string.Join(' ', Enumerable.Range(0, 5000)),
        ];
        foreach (var text in operators)
        {
            newsroom.Search(text);
            newsroom.Find(new StoryFilter { TitleId = newsroom.Title, Words = text, ByRelevance = true });
        }

        Assert.Equal([article], newsroom.Search("\"AND\" (OR) NOT* NEAR:"));
        Assert.Empty(newsroom.Search(string.Concat(Enumerable.Repeat("kata AND \"(* ", 1 << 16))));
        Assert.Empty(newsroom.Search(new string('x', 1 << 20)));
    }

    [SharedDataFact]
    public void Naughty_strings_are_queries_and_stories()
    {
        var strings = JsonSerializer.Deserialize<List<string>>(File.ReadAllText(SharedData.Path("blns", "blns.json")))!;
        var engines = Requirements.Postgres is null ? [EngineKind.Sqlite] : Enum.GetValues<EngineKind>();
        var found = engines.ToDictionary(engine => engine, engine =>
        {
            using var newsroom = new TestNewsroom(engine);
            newsroom.Do(act =>
            {
                foreach (var text in strings.Select(s => s.Replace("\0", "", StringComparison.Ordinal)).Where(s => s.Length <= 500 && s.EnumerateRunes().Any(r => System.Text.Rune.IsLetterOrDigit(r) || System.Text.Rune.IsPunctuation(r) || System.Text.Rune.IsSymbol(r))))
                    act.Publish(act.Save(null, newsroom.Draft(text, text)).ArticleId, newsroom.Title);
            });
            return strings.Select(text => (text, string.Join(',', newsroom.Search(text)))).ToList();
        });
        Assert.All(found.Values, answers => Assert.Equal(found[EngineKind.Sqlite], answers));
        Assert.True(found[EngineKind.Sqlite].Count(answer => answer.Item2.Length > 0) > 300);
    }

    [OnBothEngines]
    public void Any_text_at_all_is_a_story_that_is_found_by_its_words(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        string[] texts =
        [
            "café Besançon", "Cafe Besancon", "كِتَابٌ جديد", "كتاب جديد", "東京 オリンピック", "हिन्दी समाचार", "ไทย", "e\u0301tude", "😀 🤔 senyum", "x" + new string('y', 60), new string('z', 39) + "😀😀", "1.500.000 3e5 0x1F 1e10 2024-12-02",
            "foo.com user@example.com /usr/bin http://a.b/c?d=e", "Jum'at", "naïve Ærø Straße", "İstanbul ISPARTA ılık", "ﬁnal ﬂag", "１２３ ４５", "ǅ ǆ Ǆ", "\u0640كـــتاب", "a\u200Bb a\u00ADb", "𝕏𝕐 𐐷 𐐏",
        ];
        var articles = texts.Select(text => newsroom.Publish("Judul", text)).ToList();
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.True(newsroom.Search(texts[i]).Contains(articles[i]), texts[i]);
            foreach (var word in texts[i].Split(' ').Where(w => w.Any(char.IsLetterOrDigit))) Assert.True(newsroom.Search(word).Contains(articles[i]), word);
        }
    }

    [SharedDataFact]
    public void Both_engines_find_the_same_stories()
    {
        if (Requirements.Postgres is null) return;
        string[] queries =
        [
            "café", "cafe", "besançon", "besancon", "كِتَابٌ", "كتاب", "تاب", "ك", "東京", "हिन्दी", "हिन", "ไทย", "étude", "e\u0301tude", "etude", "tude", "😀", "😀 senyum", "senyum", "🤔", "1", "500", "3e5", "0x1f", "2024", "12", "02", "foo", "foo.com", "com", "usr",
            "bin", "jum", "at", "jumat", "naive", "naïve", "strasse", "straße", "istanbul", "İstanbul", "ılık", "ilik", "final", "ﬁnal", "123", "１２３", "IV", "Ⅳ", "½", "²", "2", "ǆ", "a", "ab", "𝕏𝕐", "𐐷", "yy", "x" + new string('y', 60), "x" + new string('y', 70), new string('z', 39), new string('z', 40),
        ];
        string[] texts =
        [
            "café Besançon", "Cafe Besancon", "كِتَابٌ جديد", "كتاب جديد", "東京 オリンピック", "हिन्दी समाचार", "ไทย", "e\u0301tude", "😀 🤔 senyum", "x" + new string('y', 60), new string('z', 39) + "😀😀", "1.500.000 3e5 0x1F 1e10 2024-12-02",
            "foo.com user@example.com /usr/bin http://a.b/c?d=e", "Jum'at", "naïve Ærø Straße", "İstanbul ISPARTA ılık", "ﬁnal ﬂag", "１２３ ４５", "ǅ ǆ Ǆ", "\u0640كـــتاب", "a\u200Bb a\u00ADb", "𝕏𝕐 𐐷 𐐏",
        ];
        var answers = Enum.GetValues<EngineKind>().Select(engine =>
        {
            using var newsroom = new TestNewsroom(engine);
            foreach (var text in texts) newsroom.Publish("Judul", text);
            return queries.Select(query => (query, string.Join(',', newsroom.Search(query)))).ToList();
        }).ToList();
        Assert.Equal(answers[0], answers[1]);
    }

    [OnBothEngines]
    public void A_body_of_a_megabyte_of_different_words_fits_the_index(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        // Words of three bytes a letter, the most that a body of this length can hold.
        var words = string.Join(' ', Enumerable.Range(0, 300_000).Select(i => $"{(char)(0x4E00 + i % 20_000)}{(char)(0x4E00 + i / 20_000)}"));
        var article = newsroom.Publish("Panjang", "Isi");
        newsroom.Do(act =>
        {
            act.Save(article, newsroom.Draft("Panjang", words) with { Uri = "test:1" });
            act.Publish(article, newsroom.Title);
        });
        Assert.Equal([article], newsroom.Search(words[..2]));
    }
}
