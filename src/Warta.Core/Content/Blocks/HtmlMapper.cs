using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Warta.Content;

/// <summary>
/// Maps foreign HTML to blocks. Text is kept wherever it stands; what has no block (scripts, forms, frames of unknown
/// providers) is dropped and counted by name. Nothing is loaded and nothing runs.
/// </summary>
public static class HtmlMapper
{
    /// <summary>In characters. A story has some thousands; beyond this the text is cut and counted.</summary>
    public const int MaxLength = 4_000_000;

    public static MappedBody FromHtml(string html)
    {
        var walk = new HtmlWalk();
        if (html.Length > MaxLength)
        {
            html = html[..MaxLength];
            walk.Drop($"text beyond {MaxLength:N0} characters");
        }
        if (DeepMarkup.IsTooDeep(html))
        {
            walk.Drop($"markup nested beyond {DeepMarkup.MaxDepth:N0} levels");
            walk.AddText(DeepMarkup.TextOf(html));
            return new MappedBody(new Body(new BlockIds().Fill(walk.TakeAll())), walk.Dropped);
        }
        // The prefix puts comments and scripts that lead a fragment inside the body, where we see and count them.
        using var document = new HtmlParser(new HtmlParserOptions { IsScripting = false }).ParseDocument("<!doctype html><body>" + html);
        if (document.Body is not null)
            walk.Walk(document.Body);
        var blocks = new BlockIds().Fill(walk.TakeAll());
        return new MappedBody(new Body(blocks), walk.Dropped);
    }

    /// <summary>Walks one tree. Parts that need their own list of blocks (a quote, a cell) walk in a child that shares the counts.</summary>
    private sealed class HtmlWalk
    {
        /// <summary>Real stories nest some 30 deep. Below this their text is gathered without its structure, which needs no stack.</summary>
        private const int MaxDepth = 100;

        private const string BareReadAlso = "bare Baca Juga";

        private readonly HtmlWalk? parent;
        private readonly List<Block> blocks = [];
        private readonly InlineBuilder inline = new();
        private readonly Drops drops;
        private bool afterBreak;

        public HtmlWalk() => drops = new Drops();

        private HtmlWalk(HtmlWalk parent)
        {
            this.parent = parent;
            drops = parent.drops;
        }

        public IReadOnlyDictionary<string, int> Dropped => drops.Counted.Counts;

        public void Drop(string name) => drops.Counted.Count(name);

        public void Walk(INode node) => Children(node, default, 0);

        /// <summary>Text whose markup was given up, a paragraph a line.</summary>
        public void AddText(string text)
        {
            foreach (var line in text.Split('\n'))
            {
                Text(line, default);
                Flush();
            }
        }

        public List<Block> Take()
        {
            Flush();
            return blocks;
        }

        /// <summary>The blocks up to the maximum of a body, in which nested ones count.</summary>
        public List<Block> TakeAll()
        {
            var room = Body.MaxBlocks;
            var all = Take();
            var kept = all.FindIndex(block => (room -= 1 + NestedIn(block)) < 0);
            for (var i = kept; i >= 0 && i < all.Count; i++)
                Drop(DroppedCounts.BeyondMaximum);
            return kept < 0 ? all : all[..kept];
        }

        private static int NestedIn(Block block) => block switch
        {
            GalleryBlock gallery => gallery.Figures.Count,
            FactBoxBlock box => box.Blocks.Count,
            _ => 0,
        };

        private sealed class Drops
        {
            public DroppedCounts Counted;
        }

        private void Children(INode node, Marks marks, int depth)
        {
            if (depth > MaxDepth)
            {
                Drop("nesting beyond 100 levels");
                Flat(node, marks);
                return;
            }
            for (var child = node.FirstChild; child is not null; child = child.NextSibling)
            {
                switch (child)
                {
                    case IElement element:
                        Element(element, marks, depth + 1);
                        break;
                    case IComment comment:
                        if (comment.Data.Trim().Equals("nextpage", StringComparison.OrdinalIgnoreCase))
                            PageBreak();
                        break;
                    case IText text:
                        Text(text.Data, marks);
                        break;
                }
            }
        }

        private void Text(string text, Marks marks)
        {
            if (afterBreak && !string.IsNullOrWhiteSpace(text))
                afterBreak = false;
            inline.Add(text, marks);
        }

        private void Element(IElement element, Marks marks, int depth)
        {
            if (element.NamespaceUri != "http://www.w3.org/1999/xhtml")
            {
                Drop(element.LocalName.ToLowerInvariant());
                return;
            }
            switch (element.LocalName)
            {
                case "br":
                    Break();
                    break;
                case "strong" or "b":
                    Children(element, marks with { Bold = true }, depth);
                    break;
                case "em" or "i" or "cite" or "dfn" or "var":
                    Children(element, marks with { Italic = true }, depth);
                    break;
                case "sup":
                    Children(element, marks with { Superscript = true }, depth);
                    break;
                case "a":
                    Children(element, marks with { Href = Href(element) ?? marks.Href }, depth);
                    break;
                case "q":
                    Text("“", marks);
                    Children(element, marks, depth);
                    Text("”", marks);
                    break;
                case "p" or "div" or "section" or "article" or "main" or "header" or "footer" or "center" or "address" or "details" or "summary" or "hgroup"
                    or "dl" or "dt" or "dd" or "pre" or "listing" or "xmp" or "plaintext" or "figcaption" or "caption" or "li" or "tr" or "td" or "th" or "fieldset" or "legend":
                    Flush();
                    Children(element, marks, depth);
                    Flush();
                    break;
                case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                    Heading(element, depth);
                    break;
                case "ul" or "ol" or "menu" or "dir":
                    List(element, depth);
                    break;
                case "blockquote":
                    Quote(element, depth);
                    break;
                case "figure":
                    Figure(element, depth);
                    break;
                case "img":
                    Image(element);
                    break;
                case "table":
                    Table(element, depth);
                    break;
                case "aside":
                    FactBox(element, depth);
                    break;
                case "hr":
                    Flush();
                    Add(new DividerBlock(""));
                    break;
                case "iframe" or "embed":
                    if (Embeds.Recognise(Source(element)) is { } embed)
                        AddEmbed(embed);
                    else
                        Drop(element.LocalName);
                    break;
                case "source" or "track" or "wbr" or "col" or "colgroup" or "param":
                    break;
                default:
                    if (IsDroppedWhole(element.LocalName))
                        Drop(element.LocalName);
                    else
                        Children(element, marks, depth);
                    break;
            }
        }

        private static bool IsDroppedWhole(string name) => name is
            "script" or "style" or "noscript" or "template" or "object" or "applet" or "form" or "svg" or "math" or "canvas" or "audio" or "video" or "map" or "area"
            or "button" or "input" or "select" or "option" or "datalist" or "textarea" or "output" or "progress" or "meter" or "dialog" or "nav" or "portal" or "slot"
            or "head" or "title" or "meta" or "link" or "base" or "basefont" or "bgsound" or "frame" or "frameset" or "noframes" or "noembed" or "keygen" or "isindex";

        private void Break()
        {
            if (afterBreak)
                Flush();
            else
                inline.AddSpace();
            afterBreak = !inline.IsEmpty;
        }

        /// <summary>Ends the paragraph that was being gathered, if there is one.</summary>
        private void Flush()
        {
            afterBreak = false;
            if (inline.IsEmpty)
                return;
            var text = inline.Take();
            var plain = text.ToString();
            switch (ReadAlsoLine.Read(plain, out var wanted))
            {
                case ReadAlsoKind.Bare:
                    Drop(BareReadAlso);
                    return;
                case ReadAlsoKind.Wanted:
                    var uri = text.Spans.FirstOrDefault(span => span.Href is not null).Href;
                    Add(new ReadAlsoBlock("", null, CleanText.Of(wanted), uri ?? ""));
                    return;
            }
            if (CleanText.IsPunctuationOnly(plain))
                Drop("line of punctuation");
            else if (!plain.Contains(' ', StringComparison.Ordinal) && Embeds.Recognise(plain) is { } embed)
                Add(new EmbedBlock("", embed.Provider, embed.Url));
            else
                Add(new ParagraphBlock("", text));
        }

        private void PageBreak()
        {
            Flush();
            // Pages turn between blocks, not inside a quote or a cell.
            if (parent is null)
                Add(new PageBreakBlock(""));
        }

        private void AddEmbed(Embed embed)
        {
            Flush();
            Add(new EmbedBlock("", embed.Provider, embed.Url));
        }

        private void Add(Block block)
        {
            if (blocks.Count < Body.MaxBlocks)
                blocks.Add(block);
            else
                Drop(DroppedCounts.BeyondMaximum);
        }

        private void Add(IEnumerable<Block> made)
        {
            foreach (var block in made)
                Add(block);
        }

        private List<Block> Inside(INode node, int depth, Func<IElement, bool>? except = null)
        {
            var child = new HtmlWalk(this);
            if (except is null)
            {
                child.Children(node, default, depth);
                return child.Take();
            }
            for (var inner = node.FirstChild; inner is not null; inner = inner.NextSibling)
            {
                if (inner is IElement element)
                {
                    if (!except(element))
                        child.Element(element, default, depth + 1);
                }
                else if (inner is IText text)
                {
                    child.Text(text.Data, default);
                }
            }
            return child.Take();
        }

        private void Heading(IElement element, int depth)
        {
            Flush();
            var level = element.LocalName switch { "h1" or "h2" => 2, "h3" => 3, _ => 4 };
            foreach (var block in Inside(element, depth))
            {
                if (block is ParagraphBlock paragraph)
                    Add(new HeadingBlock("", level, paragraph.Text));
                else
                    Add(block);
            }
        }

        private void List(IElement element, int depth)
        {
            Flush();
            var items = new List<InlineText>();
            var others = new List<Block>();
            for (var child = element.FirstChild; child is not null; child = child.NextSibling)
            {
                if (child is IElement { LocalName: "li" } or IElement { LocalName: "ul" or "ol" } or IText)
                    Item(child is IElement { LocalName: "li" } or IElement { LocalName: "ul" or "ol" } ? child : null, child as IText);
                else if (child is IElement odd)
                    Item(odd, null);
            }
            if (items.Count > 0)
            {
                var kept = items.Count <= Body.MaxBlocks ? items : items[..Body.MaxBlocks];
                Add(new ListBlock("", element.LocalName == "ol", kept));
            }
            Add(others);

            void Item(INode? node, IText? text)
            {
                var made = node is IElement { LocalName: not "li" } inner ? InsideElement(inner, depth) : node is not null ? Inside(node, depth) : [];
                if (text is not null && !string.IsNullOrWhiteSpace(text.Data))
                    made = [new ParagraphBlock("", CleanText.Of(text.Data))];
                var paragraphs = new List<InlineText>();
                foreach (var block in made)
                {
                    switch (block)
                    {
                        case ParagraphBlock paragraph: paragraphs.Add(paragraph.Text); break;
                        case HeadingBlock heading: paragraphs.Add(heading.Text); break;
                        case ListBlock nested:
                            AddItem(paragraphs);
                            items.AddRange(nested.Items);
                            break;
                        default: others.Add(block); break;
                    }
                }
                AddItem(paragraphs);
            }

            void AddItem(List<InlineText> paragraphs)
            {
                if (paragraphs.Count > 0)
                    items.Add(Joined(paragraphs));
                paragraphs.Clear();
            }
        }

        private List<Block> InsideElement(IElement element, int depth)
        {
            var child = new HtmlWalk(this);
            child.Element(element, default, depth + 1);
            return child.Take();
        }

        private void Quote(IElement element, int depth)
        {
            Flush();
            if (EmbedOf(element) is { } embed)
            {
                AddEmbed(embed);
                return;
            }
            var speaker = "";
            var text = new List<InlineText>();
            var others = new List<Block>();
            Gather(Inside(element, depth, IsSpeaker));
            if (text.Count > 0)
                Add(new QuoteBlock("", text, speaker));
            Add(others);

            bool IsSpeaker(IElement inner)
            {
                if (inner.LocalName is not ("cite" or "footer"))
                    return false;
                var name = FlatText(inner).Trim('—', '–', '-', ' ');
                speaker = speaker.Length == 0 ? name : $"{speaker}, {name}";
                return true;
            }

            void Gather(List<Block> made)
            {
                foreach (var block in made)
                {
                    switch (block)
                    {
                        case ParagraphBlock paragraph: text.Add(paragraph.Text); break;
                        case HeadingBlock heading: text.Add(heading.Text); break;
                        case ListBlock list: text.AddRange(list.Items); break;
                        case QuoteBlock quote: text.AddRange(quote.Text); break;
                        default: others.Add(block); break;
                    }
                }
            }
        }

        /// <summary>What the widgets of the networks leave in a page for readers without their script.</summary>
        private static Embed? EmbedOf(IElement blockquote)
        {
            var marks = blockquote.ClassName ?? "";
            if (marks.Contains("instagram-media", StringComparison.Ordinal) && Embeds.Recognise(blockquote.GetAttribute("data-instgrm-permalink")) is { } post)
                return post;
            if (marks.Contains("tiktok-embed", StringComparison.Ordinal) && Embeds.Recognise(blockquote.GetAttribute("cite")) is { } film)
                return film;
            if (!marks.Contains("twitter-", StringComparison.Ordinal) && !marks.Contains("instagram-media", StringComparison.Ordinal)
                && !marks.Contains("tiktok-embed", StringComparison.Ordinal) && !marks.Contains("fb-", StringComparison.Ordinal))
                return null;
            Embed? found = null;
            foreach (var element in Elements(blockquote))
            {
                // The last: a post may quote another one.
                if (element.LocalName == "a" && Embeds.Recognise(element.GetAttribute("href")) is { } embed)
                    found = embed;
            }
            return found;
        }

        private void Figure(IElement element, int depth)
        {
            Flush();
            IElement? captionElement = null;
            var made = Inside(element, depth, inner =>
            {
                if (inner.LocalName != "figcaption" || captionElement is not null)
                    return false;
                captionElement = inner;
                return true;
            });

            var caption = InlineText.Empty;
            var credit = "";
            if (captionElement is not null)
            {
                var lines = Inside(captionElement, depth + 1, inner =>
                {
                    if (inner.ClassName?.Contains("credit", StringComparison.OrdinalIgnoreCase) != true)
                        return false;
                    credit = WithoutLabel(FlatText(inner));
                    return true;
                });
                caption = Joined(lines.OfType<ParagraphBlock>().Select(line => line.Text));
            }

            var figures = made.OfType<FigureBlock>().ToList();
            if (figures.Count == 1)
            {
                var figure = figures[0];
                made[made.IndexOf(figure)] = figure with { Caption = caption.IsEmpty ? figure.Caption : caption, Credit = credit.Length > 0 ? credit : figure.Credit };
                caption = InlineText.Empty;
            }
            else if (figures.Count > 1)
            {
                made.RemoveAll(block => block is FigureBlock);
                made.Insert(0, new GalleryBlock("", figures));
            }
            else if (made is [TableBlock { Caption: "" } table])
            {
                made[0] = table with { Caption = caption.ToString() };
                caption = InlineText.Empty;
            }
            else if (made is [QuoteBlock { Speaker: "" } quote])
            {
                made[0] = quote with { Speaker = caption.ToString() };
                caption = InlineText.Empty;
            }
            Add(made);
            if (!caption.IsEmpty)
                Add(new ParagraphBlock("", caption));
        }

        private void Image(IElement element)
        {
            var src = Source(element);
            if (src is null || !Links.IsAllowedImage(src))
            {
                Drop("image without a web address");
                return;
            }
            var width = Pixels(element, "width");
            var height = Pixels(element, "height");
            if (width == 1 || height == 1)
            {
                Drop("tracking pixel");
                return;
            }
            Flush();
            Add(new FigureBlock("", new BodyImage(src, width, height), CleanText.Of(element.GetAttribute("alt") ?? ""), InlineText.Empty));
        }

        private void Table(IElement element, int depth)
        {
            Flush();
            var caption = "";
            var header = new List<IReadOnlyList<InlineText>>();
            var rows = new List<IReadOnlyList<InlineText>>();
            var others = new List<Block>();
            var tableRows = TableRows(element, text => caption = text).ToList();

            // One cell is a frame around something, not a table.
            if (tableRows is [{ Row.ChildElementCount: 1 } only])
            {
                Add(Inside(only.Row.FirstElementChild!, depth + 3));
                return;
            }
            foreach (var (row, inHead) in tableRows)
            {
                var cells = new List<InlineText>();
                var allHeads = true;
                for (var cell = row.FirstElementChild; cell is not null; cell = cell.NextElementSibling)
                {
                    cells.Add(Cell(cell, depth + 3, others));
                    allHeads &= cell.LocalName == "th";
                }
                if (cells.TrueForAll(cell => cell.IsEmpty))
                    continue;
                if (inHead || (allHeads && rows.Count == 0))
                    header.Add(cells);
                else if (rows.Count < Body.MaxBlocks)
                    rows.Add(cells);
                else
                    Drop(DroppedCounts.BeyondMaximum);
            }
            if (header.Count + rows.Count > 0)
                Add(new TableBlock("", caption, header, rows));
            Add(others);
        }

        private static IEnumerable<(IElement Row, bool InHead)> TableRows(IElement table, Action<string> onCaption)
        {
            for (var part = table.FirstElementChild; part is not null; part = part.NextElementSibling)
            {
                if (part.LocalName == "caption")
                    onCaption(FlatText(part));
                if (part.LocalName is not ("thead" or "tbody" or "tfoot"))
                    continue;
                for (var row = part.FirstElementChild; row is not null; row = row.NextElementSibling)
                {
                    if (row.LocalName == "tr")
                        yield return (row, part.LocalName == "thead");
                }
            }
        }

        private InlineText Cell(IElement cell, int depth, List<Block> others)
        {
            var texts = new List<InlineText>();
            foreach (var block in Inside(cell, depth))
            {
                switch (block)
                {
                    case ParagraphBlock paragraph: texts.Add(paragraph.Text); break;
                    case HeadingBlock heading: texts.Add(heading.Text); break;
                    case ListBlock list: texts.AddRange(list.Items); break;
                    case TableBlock nested:
                        Drop("nested table");
                        texts.AddRange(nested.Header.Concat(nested.Rows).SelectMany(row => row).Where(text => !text.IsEmpty));
                        break;
                    default: others.Add(block); break;
                }
            }
            return Joined(texts);
        }

        private void FactBox(IElement element, int depth)
        {
            Flush();
            var heading = "";
            var inner = new List<Block>();
            var others = new List<Block>();
            foreach (var block in Inside(element, depth))
            {
                switch (block)
                {
                    case HeadingBlock first when heading.Length == 0 && inner.Count == 0: heading = first.Text.ToString(); break;
                    case HeadingBlock later: inner.Add(new ParagraphBlock("", later.Text)); break;
                    case ParagraphBlock or ListBlock: inner.Add(block); break;
                    default: others.Add(block); break;
                }
            }
            if (inner.Count > 0)
                Add(new FactBoxBlock("", heading, inner));
            else if (heading.Length > 0)
                Add(new HeadingBlock("", 2, heading));
            Add(others);
        }

        private string? Href(IElement element)
        {
            var href = element.GetAttribute("href");
            if (string.IsNullOrWhiteSpace(href))
                return null;
            href = href.Trim();
            if (href.StartsWith("//", StringComparison.Ordinal))
                href = "https:" + href;
            if (Links.Normalise(href) is { } link)
                return link;
            var scheme = href.AsSpan(0, Math.Max(0, href.IndexOf(':', StringComparison.Ordinal)));
            Drop(scheme.Length is > 0 and < 20 && scheme.ToString().All(char.IsAsciiLetter) ? $"link {scheme.ToString().ToLowerInvariant()}" : "link to no web address");
            return null;
        }

        /// <summary>The address of an image or a frame, also where a script was to put it in later.</summary>
        private static string? Source(IElement element)
        {
            foreach (var name in (ReadOnlySpan<string>)["src", "data-src", "data-lazy-src", "data-original"])
            {
                var src = element.GetAttribute(name)?.Trim();
                if (src?.StartsWith("//", StringComparison.Ordinal) == true)
                    src = "https:" + src;
                if (Links.Normalise(src) is { } link)
                    return link;
            }
            return null;
        }

        private static int? Pixels(IElement element, string name) =>
            int.TryParse(element.GetAttribute(name)?.Replace("px", "", StringComparison.OrdinalIgnoreCase), out var pixels) && pixels is > 0 and <= 100_000 ? pixels : null;

        private static string WithoutLabel(string credit)
        {
            var colon = credit.IndexOf(':', StringComparison.Ordinal);
            return colon is > 0 and < 12 ? credit[(colon + 1)..].Trim() : credit;
        }

        private static InlineText Joined(IEnumerable<InlineText> texts)
        {
            var spans = new List<TextSpan>();
            foreach (var text in texts)
            {
                if (spans.Count > 0 && !text.IsEmpty)
                    spans.Add(new TextSpan(" "));
                spans.AddRange(text.Spans);
            }
            return new InlineText(spans);
        }

        /// <summary>All text below a node as one run, without recursion.</summary>
        private void Flat(INode root, Marks marks)
        {
            foreach (var text in Texts(root))
            {
                Text(text, marks);
                inline.AddSpace();
            }
        }

        private static string FlatText(INode root) => CleanText.Of(string.Join(' ', Texts(root)));

        private static IEnumerable<string> Texts(INode root)
        {
            for (var node = Next(root, root); node is not null; node = Next(node, root))
            {
                if (node is IText text)
                    yield return text.Data;
            }
        }

        private static IEnumerable<IElement> Elements(INode root)
        {
            for (var node = Next(root, root); node is not null; node = Next(node, root))
            {
                if (node is IElement element)
                    yield return element;
            }
        }

        private static INode? Next(INode node, INode root)
        {
            var enters = ReferenceEquals(node, root) || node is not IElement element || !(IsDroppedWhole(element.LocalName) || element.LocalName == "iframe");
            if (enters && node.FirstChild is { } child)
                return child;
            while (!ReferenceEquals(node, root))
            {
                if (node.NextSibling is { } sibling)
                    return sibling;
                node = node.Parent!;
            }
            return null;
        }
    }
}
