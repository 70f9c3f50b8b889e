using Warta.Content;

namespace Warta.Tests.Content;

internal static class Bodies
{
    public static RenderContext Indonesian { get; } = new() { Words = Words.In("id") };

    public static string Html(params Block[] blocks) => BodyRenderer.Render(blocks, Indonesian);

    public static Body Of(params Block[] blocks) => new(blocks);

    public static string FirstText(Body body) => body.Blocks.OfType<ParagraphBlock>().First().Text.ToString();

    /// <summary>One block of each kind, some with everything in them and some with as little as may be.</summary>
    public static Body Everything { get; } = Of(
        new ParagraphBlock("p1", "Harga beras turun & naik <lagi>."),
        new ParagraphBlock("p2", new InlineText([new("Satu "), new("dua", Bold: true), new("3", Superscript: true), new(" "), new("أربعة", Italic: true, Href: "https://example.org/a?b=1&c=2")])),
        new HeadingBlock("h", 3, "Sub judul"),
        new ListBlock("l", true, ["satu", new InlineText([new("dua", Href: "/ekonomi")])]),
        new QuoteBlock("q", ["“Kami siap.”", "“Sungguh.”"], "Siti Aminah", "kepala dinas"),
        new FigureBlock("f", new BodyImage("https://example.org/a.jpg", 800, 600), "Pasar", "Suasana pasar", "Budi"),
        new GalleryBlock("g", [new FigureBlock("g1", new BodyImage("/media/1.jpg"), "", InlineText.Empty), new FigureBlock("g2", new BodyImage("/media/2.jpg"), "dua", "Dua")]),
        new ReadAlsoBlock("r1", 42),
        new ReadAlsoBlock("r2", null, "Berita lain", "https://example.org/lain"),
        new EmbedBlock("e", "youtube", "https://www.youtube.com/watch?v=abcdefghijk"),
        new TableBlock("t", "Harga", [["Barang", "Rp"]], [["Beras", "14.000"], ["Gula", new InlineText([new("16.000", Bold: true)])]]),
        new FactBoxBlock("x", "Sekilas", [new ParagraphBlock("x1", "Isi."), new ListBlock("x2", false, ["a", "b"])]),
        new PageBreakBlock("b"),
        new DividerBlock("d"));
}
