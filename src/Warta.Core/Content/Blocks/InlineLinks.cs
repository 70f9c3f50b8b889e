namespace Warta.Content;

/// <summary>A link inside a text.</summary>
/// <param name="BlockId">The innermost block that it stands in.</param>
/// <param name="Number">Among the links of that block, from 0.</param>
/// <param name="Words">What a reader clicks.</param>
public sealed record InlineLink(string BlockId, int Number, string Href, string Words);

/// <summary>The links inside a body's texts. Neighbouring runs with one address are one link.</summary>
public static class InlineLinks
{
    public static List<InlineLink> In(Body body)
    {
        var links = new List<InlineLink>();
        Mapped(body, (block, number, href, words) =>
        {
            links.Add(new InlineLink(block, number, href, words));
            return href;
        });
        return links;
    }

    /// <summary>The body with other addresses.</summary>
    /// <param name="address">From a link to its address from now on; null leaves the words without a link.</param>
    public static Body Mapped(Body body, Func<InlineLink, string?> address) => Mapped(body, (block, number, href, words) => address(new InlineLink(block, number, href, words)));

    private delegate string? Address(string block, int number, string href, string words);

    private static Body Mapped(Body body, Address address) => body with { Blocks = body.Blocks.Select(block => Mapped(block, address)).ToList() };

    private static Block Mapped(Block block, Address address)
    {
        var number = 0;
        return block switch
        {
            ParagraphBlock paragraph => paragraph with { Text = Text(paragraph.Text) },
            HeadingBlock heading => heading with { Text = Text(heading.Text) },
            ListBlock list => list with { Items = Texts(list.Items) },
            QuoteBlock quote => quote with { Text = Texts(quote.Text) },
            FigureBlock figure => figure with { Caption = Text(figure.Caption) },
            GalleryBlock gallery => gallery with { Figures = gallery.Figures.Select(figure => (FigureBlock)Mapped(figure, address)).ToList() },
            TableBlock table => table with { Header = table.Header.Select(Texts).ToList(), Rows = table.Rows.Select(Texts).ToList() },
            FactBoxBlock box => box with { Blocks = box.Blocks.Select(inner => Mapped(inner, address)).ToList() },
            _ => block,
        };

        IReadOnlyList<InlineText> Texts(IReadOnlyList<InlineText> texts) => texts.Select(Text).ToList();

        InlineText Text(InlineText text)
        {
            if (text.Spans.All(span => span.Href is null)) return text;
            var spans = new List<TextSpan>(text.Spans.Count);
            for (var i = 0; i < text.Spans.Count;)
            {
                var href = text.Spans[i].Href;
                var run = text.Spans.Skip(i).TakeWhile(span => span.Href == href).ToList();
                var now = href is null ? null : address(block.Id, number++, href, string.Concat(run.Select(span => span.Text)));
                spans.AddRange(run.Select(span => span with { Href = now }));
                i += run.Count;
            }

            return new InlineText(spans);
        }
    }
}
