using System.Text;
using System.Text.RegularExpressions;

namespace Warta.Content;

/// <summary>
/// A body as plain text that people can write where no script runs: an empty line between blocks, **bold**, *italic*, ^raised^, [words](address), ## headings, - lists,
/// 1. lists, &gt; quotes with &gt;&gt; Speaker | Role, --- and ===. What it can't say stands as a named line, [[figure 3f2a]], and stays as it was for as long as the line
/// stays. Read again, an unchanged text gives the very same body; a changed one keeps the ids of what was changed.
/// </summary>
public static partial class PlainNotation
{
    private const string Divider = "---", PageBreak = "===";

    /// <param name="hint">What to say behind a named line; it is not read back.</param>
    public static string Write(Body body, Func<Block, string>? hint = null)
    {
        var text = new StringBuilder();
        foreach (var block in body.Blocks)
        {
            if (text.Length > 0) text.Append("\n\n");
            var unit = Unit(block);
            text.Append(unit);
            if (IsNamed(unit) && hint?.Invoke(block) is { Length: > 0 } words) text.Append(' ').Append(CleanText.Of(words));
        }

        return text.ToString();
    }

    /// <param name="before">What the text was written from.</param>
    public static Body Read(string text, Body before)
    {
        var units = Units(text);
        var was = before.Blocks.Select(Unit).ToList();
        var (of, isTaken) = (new int[units.Count], new bool[was.Count]);
        var places = new Dictionary<string, Queue<int>>();
        for (var i = 0; i < was.Count; i++)
        {
            if (!places.TryGetValue(was[i], out var queue)) places.Add(was[i], queue = new Queue<int>());
            queue.Enqueue(i);
        }

        for (var i = 0; i < units.Count; i++)
        {
            of[i] = places.TryGetValue(Name(units[i]) ?? units[i], out var queue) && queue.Count > 0 ? queue.Dequeue() : -1;
            if (of[i] >= 0) isTaken[of[i]] = true;
        }

        var ids = new BlockIds();
        var blocks = new List<Block>();
        var last = -1;
        for (var i = 0; i < units.Count; i++)
        {
            if (of[i] >= 0)
            {
                blocks.Add(before.Blocks[of[i]]);
                last = of[i];
                continue;
            }

            // A line that names what stands further up already.
            if (Name(units[i]) is { } named && places.ContainsKey(named)) continue;
            var block = Parse(units[i]);
            var next = Array.FindIndex(of, i, at => at >= 0) is >= 0 and var later ? of[later] : was.Count;
            // Changed rather than new: it stands where one of its kind is missing, or one is missing elsewhere because all was moved about.
            if ((Missing(last + 1, next) ?? Missing(0, was.Count)) is { } at)
            {
                (block, isTaken[at]) = (block with { Id = before.Blocks[at].Id }, true);
                if (at > last && at < next) last = at;
            }

            int? Missing(int from, int until)
            {
                for (var i = from; i < until; i++)
                {
                    if (!isTaken[i] && before.Blocks[i].GetType() == block.GetType() && !IsNamed(was[i])) return i;
                }

                return null;
            }

            blocks.Add(block);
        }

        foreach (var block in blocks)
        {
            if (block.Id.Length > 0) ids.Take(block.Id);
            foreach (var inner in Inner(block)) ids.Take(inner.Id);
        }

        return new Body(ids.Fill(blocks.Take(Body.MaxBlocks).ToList()));
    }

    private static IEnumerable<Block> Inner(Block block) => block switch
    {
        GalleryBlock gallery => gallery.Figures,
        FactBoxBlock box => box.Blocks,
        _ => [],
    };

    /// <summary>A block's lines: in the notation where that says all of it, else its name.</summary>
    private static string Unit(Block block)
    {
        var plain = block switch
        {
            ParagraphBlock paragraph => Inline(paragraph.Text),
            HeadingBlock heading => $"{new string('#', heading.Level)} {Inline(heading.Text)}",
            ListBlock list => string.Join('\n', list.Items.Select((item, i) => (list.Ordered ? $"{i + 1}. " : "- ") + Inline(item))),
            QuoteBlock quote => string.Join('\n', quote.Text.Select(text => "> " + Inline(text)).Concat(quote.Speaker.Length + quote.Role.Length == 0 ? [] : [$">> {quote.Speaker}{(quote.Role.Length > 0 ? " | " + quote.Role : "")}"])),
            EmbedBlock embed => embed.Url,
            ReadAlsoBlock { Article: null, WantedUri: "" } wanting => "Baca Juga: " + wanting.Wanted,
            PageBreakBlock => PageBreak,
            DividerBlock => Divider,
            _ => "",
        };
        if (Means(plain, block)) return plain;
        if (block is ParagraphBlock && Means("\\" + plain, block)) return "\\" + plain;
        return $"[[{BodyJson.TypeOf(block)} {block.Id}]]";
    }

    private static bool Means(string unit, Block block) =>
        unit.Length > 0 && Units(unit) is [var one] && one == unit && Name(unit) is null && BodyJson.Write(new Body([Parse(unit) with { Id = block.Id }])) == BodyJson.Write(new Body([block]));

    private static bool IsNamed(string unit) => Name(unit) == unit;

    /// <summary>"[[figure 3f2a]]" of a named line; null for any other.</summary>
    private static string? Name(string unit) => Named().Match(unit) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Lines that belong together, without what only parts them.</summary>
    private static List<string> Units(string text)
    {
        var units = new List<string>();
        char kind = '\0';
        foreach (var raw in text.Split('\n'))
        {
            var line = CleanText.Of(raw, keepEnds: true).Trim(' ');
            var own = line.Length == 0 ? '\0' : Bullet().IsMatch(line) ? '-' : Number().IsMatch(line) ? '1' : line[0] == '>' ? '>' : 'p';
            if (own != '\0')
            {
                if (own == kind && own != 'p') units[^1] += "\n" + line;
                else units.Add(line);
            }

            kind = own;
        }

        return units;
    }

    private static Block Parse(string unit)
    {
        if (unit[0] == '\\') return new ParagraphBlock("", Marked(unit.Length > 1 && IsMark(unit[1]) ? unit : unit[1..]));
        var lines = unit.Split('\n');
        if (Bullet().IsMatch(unit)) return new ListBlock("", false, lines.Select(line => Marked(line[2..].TrimStart())).ToList());
        if (Number().Match(unit) is { Success: true }) return new ListBlock("", true, lines.Select(line => Marked(line[Number().Match(line).Length..])).ToList());
        if (unit[0] == '>') return Quote(lines);
        if (Heading().Match(unit) is { Success: true } heading) return new HeadingBlock("", Math.Clamp(heading.Groups[1].Length, 2, 4), Marked(unit[heading.Length..]));
        if (unit == Divider) return new DividerBlock("");
        if (unit == PageBreak) return new PageBreakBlock("");
        if (ReadAlsoLine.Read(unit, out var wanted) == ReadAlsoKind.Wanted) return new ReadAlsoBlock("", null, CleanText.Of(wanted));
        if (unit.StartsWith("http", StringComparison.Ordinal) && !unit.Contains(' ') && Embeds.Recognise(unit) is { } embed) return new EmbedBlock("", embed.Provider, embed.Url);
        return new ParagraphBlock("", Marked(unit));
    }

    private static Block Quote(string[] lines)
    {
        var said = lines.Where(line => !line.StartsWith(">>", StringComparison.Ordinal)).Select(line => Marked(line[1..].TrimStart())).Where(text => !text.IsEmpty).ToList();
        var by = lines.LastOrDefault(line => line.StartsWith(">>", StringComparison.Ordinal))?[2..].Trim() ?? "";
        var at = by.IndexOf('|', StringComparison.Ordinal);
        // Somebody without words is no quote.
        if (said.Count == 0) return new ParagraphBlock("", by);
        return new QuoteBlock("", said, at < 0 ? by : by[..at].Trim(), at < 0 ? "" : by[(at + 1)..].Trim());
    }

    private static bool IsMark(char c) => c is '\\' or '*' or '^' or '[' or ']' or '(' or ')';

    private static string Inline(InlineText text)
    {
        var written = new StringBuilder();
        var (bold, italic, raised) = (false, false, false);
        string? href = null;
        foreach (var span in text.Spans.Append(new TextSpan("")))
        {
            // A link's marks begin and end inside it.
            if (span.Href != href && href is not null)
            {
                Turn(false, false, false);
                written.Append("](").Append(InAddress().Replace(href, @"\$0")).Append(')');
            }

            if (span.Href != href && span.Href is not null)
            {
                Turn(false, false, false);
                written.Append('[');
            }

            href = span.Href;
            Turn(span.Bold, span.Italic, span.Superscript);
            written.Append(Escaped(span.Text));
        }

        return written.ToString();

        void Turn(bool toBold, bool toItalic, bool toRaised)
        {
            // In this order, for "***" is read so.
            if (toBold != bold) written.Append("**");
            if (toItalic != italic) written.Append('*');
            if (toRaised != raised) written.Append('^');
            (bold, italic, raised) = (toBold, toItalic, toRaised);
        }
    }

    private static string Escaped(string text) => text.AsSpan().ContainsAny("\\*^[]") ? Marks().Replace(text, @"\$0") : text;

    private static InlineText Marked(string line)
    {
        var spans = new List<TextSpan>();
        Take(line, null, spans);
        return new InlineText(spans);
    }

    private static void Take(string line, string? href, List<TextSpan> spans)
    {
        var (bold, italic, raised) = (false, false, false);
        var text = new StringBuilder();
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '\\' && i + 1 < line.Length && IsMark(line[i + 1])) text.Append(line[++i]);
            else if (At(line, i, "**"))
            {
                if (bold || Comes(line, i + 2, "**"))
                {
                    End();
                    bold = !bold;
                }
                else text.Append("**");
                i++;
            }
            else if (c == '*' && !IsLoose(line, i) && (italic || Comes(line, i + 1, "*")))
            {
                End();
                italic = !italic;
            }
            else if (c == '^' && (raised || Comes(line, i + 1, "^")))
            {
                End();
                raised = !raised;
            }
            else if (c == '[' && href is null && LinkAt(line, i) is { } link)
            {
                End();
                var inner = new List<TextSpan>();
                Take(link.Words, link.Href, inner);
                spans.AddRange(inner.Select(span => span with { Bold = span.Bold || bold, Italic = span.Italic || italic, Superscript = span.Superscript || raised }));
                i = link.End;
            }
            else text.Append(c);
        }

        End();

        void End()
        {
            if (text.Length > 0) spans.Add(new TextSpan(text.ToString(), bold, italic, raised, href));
            text.Clear();
        }
    }

    private static bool At(string line, int i, string mark) => string.CompareOrdinal(line, i, mark, 0, mark.Length) == 0;

    /// <summary>5 * 3 is no mark.</summary>
    private static bool IsLoose(string line, int i) => (i == 0 || line[i - 1] == ' ') && (i + 1 == line.Length || line[i + 1] == ' ');

    private static bool Comes(string line, int from, string mark)
    {
        for (var i = from; i < line.Length; i++)
        {
            if (line[i] == '\\') i++;
            else if (At(line, i, mark) && !(mark == "*" && IsLoose(line, i))) return true;
        }

        return false;
    }

    private static (string Words, string Href, int End)? LinkAt(string line, int from)
    {
        var middle = -1;
        for (var i = from + 1; i < line.Length; i++)
        {
            if (line[i] == '\\') i++;
            else if (middle < 0 && line[i] == '[') return null;
            else if (middle < 0 && line[i] == ']')
            {
                if (i + 1 >= line.Length || line[i + 1] != '(') return null;
                middle = i++;
            }
            else if (middle >= 0 && line[i] == ')')
            {
                var href = Backslash().Replace(line[(middle + 2)..i], "$1");
                return middle > from + 1 && Links.IsAllowed(href) ? (line[(from + 1)..middle], href, i) : null;
            }
        }

        return null;
    }

    [GeneratedRegex(@"^(\[\[[a-z-]+ [A-Za-z0-9_-]{1,40}\]\])(?: .*)?$")]
    private static partial Regex Named();

    [GeneratedRegex(@"^[-•*] ")]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^\d{1,4}[.)] ")]
    private static partial Regex Number();

    [GeneratedRegex(@"^(#{1,4}) ")]
    private static partial Regex Heading();

    [GeneratedRegex(@"[\\*^\[\]]")]
    private static partial Regex Marks();

    [GeneratedRegex(@"[\\()]")]
    private static partial Regex InAddress();

    [GeneratedRegex(@"\\([\\*^\[\]()])")]
    private static partial Regex Backslash();
}
