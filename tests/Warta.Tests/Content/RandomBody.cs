using Warta.Content;

namespace Warta.Tests.Content;

/// <summary>Bodies of everything that may stand in one, in any order.</summary>
internal sealed class RandomBody(Random random)
{
    private static readonly string[] Pieces =
        ["kata", " ", "\"", "<", ">", "&", "'", "</p>", "<script>", "\\", "\u200F", "عربي", "é", "😀", "]]>", "<!--", "--", "{{x}}", "%", "a  b", "é"];

    private static readonly string[] Hrefs = ["https://example.org/", "/a/b?c=d&e=%22", "mailto:a@example.org", "tel:+62-21-555", "http://[::1]:8080/x#y"];

    private int next;

    public Body Next() => new(Blocks(random.Next(12), nested: false));

    /// <summary>A block of any kind, with an id that none before had.</summary>
    public Block NextBlock() => Block(random.Next(12));

    private List<Block> Blocks(int count, bool nested)
    {
        var blocks = new List<Block>();
        for (var i = 0; i < count; i++)
            blocks.Add(Block(nested ? random.Next(2) : random.Next(12)));
        return blocks;
    }

    private Block Block(int kind) => kind switch
    {
        0 => new ParagraphBlock(Id(), Inline()),
        1 => new ListBlock(Id(), Coin(), Inlines()),
        2 => new HeadingBlock(Id(), random.Next(2, 5), Inline()),
        3 => new QuoteBlock(Id(), Inlines(), Text().Trim(), Text().Trim()),
        4 => Figure(),
        5 => new GalleryBlock(Id(), [.. Enumerable.Range(0, random.Next(4)).Select(_ => Figure())]),
        6 => new ReadAlsoBlock(Id(), Coin() ? random.NextInt64() : null, ("mau " + Text()).Trim(), Coin() ? "tag:example.org,2024:1" : ""),
        7 => new EmbedBlock(Id(), "x", "https://x.com/a/status/" + random.Next()),
        8 => new TableBlock(Id(), Text().Trim(), Coin() ? [Inlines()] : [], [Inlines(), Inlines()]),
        9 => new FactBoxBlock(Id(), Text().Trim(), Blocks(random.Next(4), nested: true)),
        10 => new PageBreakBlock(Id()),
        _ => new DividerBlock(Id()),
    };

    private FigureBlock Figure() =>
        new(Id(), new BodyImage("https://example.org/" + random.Next(), Coin() ? random.Next(1, 5000) : null, Coin() ? random.Next(1, 5000) : null), Text().Trim(), Inline(), Text().Trim());

    private List<InlineText> Inlines() => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Inline())];

    private InlineText Inline() =>
        new(Enumerable.Range(0, random.Next(4)).Select(_ => new TextSpan(Text(), Coin(), Coin(), Coin(), Coin() ? Hrefs[random.Next(Hrefs.Length)] : null)));

    private string Text() => string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private string Id() => $"id_{next++}-{random.Next()}";

    private bool Coin() => random.Next(2) == 0;
}
