using System.Buffers;
using System.Text;

namespace Warta.Content;

/// <summary>The story that a read-also leads to.</summary>
public sealed record ReadAlsoTarget(string Headline, string Url, bool IsAdvertorial = false);

/// <summary>A picture as a body shows it: its files in both formats with their widths, the largest one's size, and words for where the block has none of its own.</summary>
/// <param name="IsAwaited">Its file hasn't come yet; where the block tells an address, that is shown meanwhile.</param>
public sealed record BodyPicture(string Src, string Srcset, string AvifSrcset, int Width, int Height, string Alt, string Caption, string Credit, bool IsAwaited = false);

/// <summary>What a body needs to know of its page.</summary>
public sealed record RenderContext
{
    public required Words Words { get; init; }

    /// <summary>Runs in before the first paragraph. Leave it out from page 2 on.</summary>
    public Dateline? Dateline { get; init; }

    /// <summary>From a block's id to the story it leads to; null for a story that readers can't open, and then nothing is printed.</summary>
    public Func<string, ReadAlsoTarget?> ReadAlso { get; init; } = static _ => null;

    /// <summary>From an address in the text to the one that is printed; null leaves the words without a link.</summary>
    public Func<string, string?> Link { get; init; } = static href => href;

    /// <summary>From a medium's id to its picture; null for one that may not be shown, or isn't here yet.</summary>
    public Func<long, BodyPicture?> Picture { get; init; } = static _ => null;

    /// <summary>The title's host: absolute links to it are not external.</summary>
    public string? Host { get; init; }

    /// <summary>For a text that is read elsewhere, as in a feed: "https://example.com" goes before addresses that begin at the site's root.</summary>
    public string Root { get; init; } = "";

    /// <summary>Somebody paid for the text: links out of the site say so to search engines.</summary>
    public bool IsSponsored { get; init; }

    /// <summary>Prints under the text that it still needs verification. For the story's last page only.</summary>
    public bool IsUnverified { get; init; }

    /// <summary>What a story's text needs to know, wherever it is printed. <paramref name="isFirst"/> and <paramref name="isLast"/> say which of its pages it is.</summary>
    public static RenderContext Of(Title title, LiveArticle article, Func<string, ReadAlsoTarget?> readAlso, bool isFirst = true, bool isLast = true) => new()
    {
        Words = title.Words,
        Dateline = isFirst ? Datelines.Read(article.Dateline) : null,
        ReadAlso = readAlso,
        Host = title.Hosts.Count > 0 ? title.Hosts[0] : null,
        IsSponsored = article.IsAdvertorial,
        IsUnverified = isLast && article.IsUnverified,
    };
}

/// <summary>Writes a body as HTML, the one place that does. Whatever the blocks hold, only the tags written here come out.</summary>
public static class BodyRenderer
{
    /// <summary>The blocks of one page, or of the whole body; page breaks print nothing.</summary>
    public static string Render(IReadOnlyList<Block> blocks, RenderContext context)
    {
        var html = new HtmlBuilder(context);
        html.Write(blocks);
        return html.ToString();
    }

    /// <summary>The body's pages, one at least. Page breaks that follow each other, or stand at an end, make no empty page.</summary>
    public static IReadOnlyList<IReadOnlyList<Block>> Pages(Body body)
    {
        var pages = new List<IReadOnlyList<Block>>();
        var page = new List<Block>();
        foreach (var block in body.Blocks)
        {
            if (block is not PageBreakBlock)
            {
                page.Add(block);
            }
            else if (page.Count > 0)
            {
                pages.Add(page);
                page = [];
            }
        }
        if (page.Count > 0 || pages.Count == 0)
            pages.Add(page);
        return pages;
    }

    /// <summary>The words of a body for search, one paragraph a line. Read-alsos are other stories' words and stay out.</summary>
    public static string PlainText(Body body)
    {
        var text = new StringBuilder();
        AddText(text, body.Blocks);
        return text.ToString();
    }

    /// <summary>Words between blanks, for "minutes to read".</summary>
    public static int WordCount(Body body)
    {
        var words = 0;
        var inWord = false;
        foreach (var c in PlainText(body))
        {
            var blank = char.IsWhiteSpace(c);
            if (!blank && !inWord)
                words++;
            inWord = !blank;
        }
        return words;
    }

    private static void AddText(StringBuilder text, IReadOnlyList<Block> blocks)
    {
        foreach (var block in blocks)
        {
            switch (block)
            {
                case ParagraphBlock paragraph: AddLine(text, paragraph.Text.ToString()); break;
                case HeadingBlock heading: AddLine(text, heading.Text.ToString()); break;
                case ListBlock list: AddLines(text, list.Items); break;
                case QuoteBlock quote:
                    AddLines(text, quote.Text);
                    AddLine(text, SpeakerAndRole(quote));
                    break;
                case FigureBlock figure: AddLine(text, figure.Caption.ToString()); break;
                case GalleryBlock gallery: AddText(text, gallery.Figures); break;
                case TableBlock table:
                    AddLine(text, table.Caption);
                    foreach (var row in table.Header.Concat(table.Rows))
                        AddLine(text, string.Join(' ', row));
                    break;
                case FactBoxBlock box:
                    AddLine(text, box.Heading);
                    AddText(text, box.Blocks);
                    break;
            }
        }
    }

    private static void AddLines(StringBuilder text, IReadOnlyList<InlineText> lines)
    {
        foreach (var line in lines)
            AddLine(text, line.ToString());
    }

    private static void AddLine(StringBuilder text, string line)
    {
        if (line.Length == 0)
            return;
        if (text.Length > 0)
            text.Append('\n');
        text.Append(line);
    }

    private static string SpeakerAndRole(QuoteBlock quote) =>
        quote.Speaker.Length > 0 && quote.Role.Length > 0 ? $"{quote.Speaker}, {quote.Role}" : quote.Speaker + quote.Role;

    private sealed class HtmlBuilder(RenderContext context)
    {
        private static readonly SearchValues<char> Special = SearchValues.Create("&<>\"");

        private readonly StringBuilder html = new(4_096);
        private readonly HashSet<string> tableNames = [];

        public override string ToString() => html.ToString();

        public void Write(IReadOnlyList<Block> blocks)
        {
            var dateline = context.Dateline?.ToString() ?? "";
            if (dateline.Length > 0 && !blocks.Any(IsParagraph))
            {
                html.Append("<p>");
                Dateline(dateline);
                html.Append("</p>\n");
                dateline = "";
            }
            foreach (var block in blocks)
            {
                if (dateline.Length > 0 && IsParagraph(block))
                {
                    Paragraph((ParagraphBlock)block, dateline);
                    dateline = "";
                }
                else
                {
                    Write(block);
                }
            }
            if (context.IsUnverified)
            {
                html.Append("<p class=\"unverified\"><em>(");
                Escaped(context.Words.Unverified);
                html.Append(")</em></p>\n");
            }
        }

        private static bool IsParagraph(Block block) => block is ParagraphBlock { Text.IsEmpty: false };

        private void Write(Block block)
        {
            switch (block)
            {
                case ParagraphBlock paragraph: Paragraph(paragraph, ""); break;
                case HeadingBlock heading: Heading(heading); break;
                case ListBlock list: List(list); break;
                case QuoteBlock quote: Quote(quote); break;
                case FigureBlock figure: Figure(figure); break;
                case GalleryBlock gallery: Gallery(gallery); break;
                case ReadAlsoBlock readAlso: ReadAlso(readAlso); break;
                case EmbedBlock embed: Embed(embed); break;
                case TableBlock table: Table(table); break;
                case FactBoxBlock box: FactBox(box); break;
                case DividerBlock: Open("hr", block).Append(">\n"); break;
            }
        }

        private void Paragraph(ParagraphBlock paragraph, string dateline)
        {
            if (paragraph.Text.IsEmpty)
                return;
            Open("p", paragraph).Append('>');
            // A source may hold the dateline in a field of its own and in the text as well.
            if (dateline.Length > 0 && !paragraph.Text.ToString().StartsWith(dateline, StringComparison.OrdinalIgnoreCase))
            {
                Dateline(dateline);
                html.Append(" - ");
            }
            Inline(paragraph.Text);
            html.Append("</p>\n");
        }

        private void Dateline(string dateline)
        {
            html.Append("<span data-dateline>");
            Escaped(dateline);
            html.Append("</span>");
        }

        private void Heading(HeadingBlock heading)
        {
            if (heading.Text.IsEmpty)
                return;
            var tag = heading.Level switch { <= 2 => "h2", 3 => "h3", _ => "h4" };
            Open(tag, heading).Append('>');
            Inline(heading.Text);
            html.Append("</").Append(tag).Append(">\n");
        }

        private void List(ListBlock list)
        {
            if (list.Items.Count == 0)
                return;
            var tag = list.Ordered ? "ol" : "ul";
            Open(tag, list).Append('>');
            foreach (var item in list.Items)
            {
                html.Append("<li>");
                Inline(item);
                html.Append("</li>");
            }
            html.Append("</").Append(tag).Append(">\n");
        }

        private void Quote(QuoteBlock quote)
        {
            if (quote.Text.Count == 0)
                return;
            Open("figure", quote, "quote").Append("><blockquote>");
            foreach (var paragraph in quote.Text)
            {
                html.Append("<p>");
                Inline(paragraph);
                html.Append("</p>");
            }
            html.Append("</blockquote>");
            if (SpeakerAndRole(quote) is { Length: > 0 } speaker)
            {
                html.Append("<figcaption>");
                Escaped(speaker);
                html.Append("</figcaption>");
            }
            html.Append("</figure>\n");
        }

        private void Figure(FigureBlock figure)
        {
            var picture = figure.Media is { } media ? context.Picture(media) : null;
            var isOwn = picture is { IsAwaited: false };
            // A picture that may not be shown (any more) isn't shown from where it came either.
            if (!isOwn && (figure.Image is null || (figure.Media is not null && picture is null) || !Links.IsAllowedImage(figure.Image.Src)))
                return;
            Open("figure", figure, "figure").Append('>');
            if (isOwn)
                Own(picture!, figure);
            else
                Image(figure.Image!.Src, figure.Alt, figure.Image.Width, figure.Image.Height);
            var caption = figure.Caption.IsEmpty && picture is not null ? picture.Caption : figure.Caption;
            var credit = figure.Credit.Length == 0 && picture is not null ? picture.Credit : figure.Credit;
            if (!caption.IsEmpty || credit.Length > 0)
            {
                html.Append("<figcaption>");
                Inline(caption);
                if (credit.Length > 0)
                {
                    html.Append(caption.IsEmpty ? "" : " ").Append("<span class=\"credit\">");
                    Escaped(context.Words.CreditLine(credit));
                    html.Append("</span>");
                }
                html.Append("</figcaption>");
            }
            html.Append("</figure>\n");
        }

        /// <summary>As wide as the text column, or as the window where that is narrower.</summary>
        private void Own(BodyPicture picture, FigureBlock figure)
        {
            const string sizes = "(min-width: 48em) 42em, 100vw";
            html.Append("<picture>");
            if (picture.AvifSrcset.Length > 0)
            {
                html.Append("<source type=\"image/avif\"");
                Attribute("srcset", picture.AvifSrcset);
                Attribute("sizes", sizes);
                html.Append('>');
            }

            Image(picture.Src, figure.Alt.Length > 0 ? figure.Alt : picture.Alt, picture.Width, picture.Height, picture.Srcset, sizes);
            html.Append("</picture>");
        }

        private void Image(string src, string alt, int? width, int? height, string srcset = "", string sizes = "")
        {
            html.Append("<img");
            Attribute("src", src);
            if (srcset.Length > 0)
            {
                Attribute("srcset", srcset);
                Attribute("sizes", sizes);
            }

            Attribute("alt", alt);
            if (width is { } w)
                html.Append(" width=\"").Append(w).Append('"');
            if (height is { } h)
                html.Append(" height=\"").Append(h).Append('"');
            html.Append(" loading=\"lazy\" decoding=\"async\">");
        }

        private void Gallery(GalleryBlock gallery)
        {
            if (gallery.Figures.Count == 0)
                return;
            Open("div", gallery, "gallery").Append(">\n");
            foreach (var figure in gallery.Figures)
                Figure(figure);
            html.Append("</div>\n");
        }

        /// <summary>Without an id: readers of the page rely on this very form (it is in the contract).</summary>
        private void ReadAlso(ReadAlsoBlock readAlso)
        {
            if (context.ReadAlso(readAlso.Id) is not { } target || !Links.IsAllowed(target.Url))
                return;
            html.Append("<p data-block=\"read-also\">");
            Escaped(context.Words.ReadAlso);
            html.Append(": ");
            if (target.IsAdvertorial)
            {
                html.Append("<span class=\"advertorial\">");
                Escaped(context.Words.Advertorial);
                html.Append("</span> ");
            }
            html.Append("<a");
            Attribute("href", target.Url);
            html.Append('>');
            Escaped(target.Headline);
            html.Append("</a></p>\n");
        }

        /// <summary>A card to click, not a frame: the provider learns of a reader only who asks for it.</summary>
        private void Embed(EmbedBlock embed)
        {
            if (!Links.IsAllowed(embed.Url))
                return;
            var provider = Embeds.NameOf(embed.Provider);
            Open("figure", embed, "embed");
            Attribute("data-provider", embed.Provider);
            html.Append("><a");
            Attribute("href", embed.Url);
            html.Append(context.IsSponsored ? " rel=\"noopener noreferrer nofollow sponsored\"><b>" : " rel=\"noopener noreferrer nofollow\"><b>");
            Escaped(provider);
            html.Append("</b> <span>");
            Escaped(context.Words.ShowEmbed);
            html.Append("</span></a><figcaption>");
            Escaped($"{context.Words.EmbedNotice} {provider}");
            html.Append("</figcaption></figure>\n");
        }

        private void Table(TableBlock table)
        {
            if (table.Header.Count + table.Rows.Count == 0)
                return;
            // Scrolls sideways on a phone, so it takes the focus, and what takes the focus needs a name.
            var name = table.Caption.Length > 0 ? table.Caption : string.Join(", ", table.Header.Concat(table.Rows).First());
            // And each another one, for who goes from region to region.
            for (var n = 2; !tableNames.Add(name); n++)
                name = n == 2 ? $"{name} (2)" : $"{name[..name.LastIndexOf(' ')]} ({n})";
            Open("div", table, "table").Append(" class=\"scroll\" tabindex=\"0\" role=\"region\"");
            Attribute("aria-label", name);
            html.Append("><table>");
            if (table.Caption.Length > 0)
            {
                html.Append("<caption>");
                Escaped(table.Caption);
                html.Append("</caption>");
            }
            var numbers = Numbers.Columns(table.Rows);
            Rows("thead", table.Header, "th scope=\"col\"", "th", numbers);
            Rows("tbody", table.Rows, "td", "td", numbers);
            html.Append("</table></div>\n");
        }

        private void Rows(string group, IReadOnlyList<IReadOnlyList<InlineText>> rows, string open, string close, IReadOnlySet<int> numbers)
        {
            if (rows.Count == 0)
                return;
            html.Append('<').Append(group).Append('>');
            foreach (var row in rows)
            {
                html.Append("<tr>");
                for (var column = 0; column < row.Count; column++)
                {
                    html.Append('<').Append(open).Append(numbers.Contains(column) ? " class=\"number\">" : ">");
                    Inline(row[column]);
                    html.Append("</").Append(close).Append('>');
                }
                html.Append("</tr>");
            }
            html.Append("</").Append(group).Append('>');
        }

        private void FactBox(FactBoxBlock box)
        {
            Open("aside", box, "fact-box").Append(">\n");
            if (box.Heading.Length > 0)
            {
                html.Append("<h2>");
                Escaped(box.Heading);
                html.Append("</h2>\n");
            }
            foreach (var inner in box.Blocks)
            {
                if (inner is ParagraphBlock or ListBlock)
                    Write(inner);
            }
            html.Append("</aside>\n");
        }

        private void Inline(InlineText text)
        {
            for (var i = 0; i < text.Spans.Count; i++)
            {
                var span = text.Spans[i];
                // Neighbours with one address are one link, whatever else they are marked with.
                var href = span.Href is { } address && context.Link(address) is { } now && Links.IsAllowed(now) ? now : null;
                if (href is not null && (i == 0 || text.Spans[i - 1].Href != span.Href))
                {
                    html.Append("<a");
                    Attribute("href", href);
                    html.Append(Links.IsSameSite(href, context.Host) ? ">" : context.IsSponsored ? " rel=\"noopener sponsored\">" : " rel=\"noopener\">");
                }
                html.Append(span.Bold ? "<strong>" : "").Append(span.Italic ? "<em>" : "").Append(span.Superscript ? "<sup>" : "");
                Escaped(span.Text);
                html.Append(span.Superscript ? "</sup>" : "").Append(span.Italic ? "</em>" : "").Append(span.Bold ? "</strong>" : "");
                if (href is not null && (i + 1 == text.Spans.Count || text.Spans[i + 1].Href != span.Href))
                    html.Append("</a>");
            }
        }

        private StringBuilder Open(string tag, Block block, string? mark = null)
        {
            html.Append('<').Append(tag).Append(" id=\"b-");
            Escaped(block.Id);
            html.Append('"');
            if (mark is not null)
                html.Append(" data-block=\"").Append(mark).Append('"');
            return html;
        }

        private void Attribute(string name, string value)
        {
            html.Append(' ').Append(name).Append("=\"");
            Escaped(context.Root.Length > 0 ? Rooted(name, value) : value);
            html.Append('"');
        }

        private string Rooted(string name, string value) => name switch
        {
            "href" or "src" when value.StartsWith('/') => context.Root + value,
            "srcset" => string.Join(", ", value.Split(", ").Select(file => Rooted("src", file))),
            _ => value,
        };

        private void Escaped(ReadOnlySpan<char> text)
        {
            while (true)
            {
                var at = text.IndexOfAny(Special);
                if (at < 0)
                    break;
                html.Append(text[..at]).Append(text[at] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", _ => "&quot;" });
                text = text[(at + 1)..];
            }
            html.Append(text);
        }
    }
}
