namespace Warta.Content;

/// <summary>
/// Gives blocks their ids. An id is a hash of the block's words, so that a paragraph keeps its id when its story is
/// imported again; the second block with the same words gets "-2" behind it.
/// </summary>
internal sealed class BlockIds
{
    public const int MaxLength = 40;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    private Dictionary<string, int>? repeats;

    public static bool IsId(string id)
    {
        if (id.Length is 0 or > MaxLength)
            return false;
        foreach (var c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
                return false;
        }
        return true;
    }

    /// <summary>False when another block has it.</summary>
    public bool Take(string id) => taken.Add(id);

    /// <summary>An id for a block with this text that no other block has.</summary>
    public string For(string type, string text)
    {
        var hash = new ContentHash(type);
        hash.Add(text);
        return Free(hash.Value);
    }

    /// <summary>The same blocks; those with an empty id get one.</summary>
    public List<Block> Fill(IReadOnlyList<Block> blocks)
    {
        var filled = new List<Block>(blocks.Count);
        foreach (var block in blocks)
        {
            var whole = block switch
            {
                GalleryBlock gallery => gallery with { Figures = Fill(gallery.Figures).ConvertAll(figure => (FigureBlock)figure) },
                FactBoxBlock box => box with { Blocks = Fill(box.Blocks) },
                _ => block,
            };
            filled.Add(whole.Id.Length > 0 ? whole : whole with { Id = Free(HashOf(whole)) });
        }
        return filled;
    }

    private string Free(ulong hash)
    {
        var id = string.Create(8, hash, static (chars, hash) =>
        {
            foreach (ref var c in chars)
            {
                c = Alphabet[(int)(hash >> 59)];
                hash <<= 5;
            }
        });
        if (taken.Add(id))
            return id;
        // Goes on counting where the last repeat stopped: thousands of equal lines would else be counted from 2 each time.
        repeats ??= new(StringComparer.Ordinal);
        for (var n = repeats.GetValueOrDefault(id, 2); ; n++)
        {
            var next = $"{id}-{n}";
            if (!taken.Add(next))
                continue;
            repeats[id] = n + 1;
            return next;
        }
    }

    private static ulong HashOf(Block block)
    {
        var hash = new ContentHash(BodyJson.TypeOf(block));
        switch (block)
        {
            case ParagraphBlock paragraph: hash.Add(paragraph.Text.ToString()); break;
            case HeadingBlock heading: hash.Add(heading.Text.ToString()); break;
            case ListBlock list: hash.Add(list.Items); break;
            case QuoteBlock quote: hash.Add(quote.Text); break;
            case FigureBlock figure: hash.Add(figure.Image?.Src ?? $"{figure.Media}"); break;
            case GalleryBlock gallery:
                foreach (var figure in gallery.Figures)
                    hash.Add(figure.Image?.Src ?? $"{figure.Media}");
                break;
            case ReadAlsoBlock { Article: { } article }: hash.Add(article.ToString()); break;
            case ReadAlsoBlock readAlso: hash.Add(readAlso.Wanted); break;
            case EmbedBlock embed: hash.Add(embed.Url); break;
            case TableBlock table:
                hash.Add(table.Caption);
                foreach (var row in table.Header.Concat(table.Rows))
                    hash.Add(row);
                break;
            case FactBoxBlock box:
                hash.Add(box.Heading);
                foreach (var inner in box.Blocks)
                    hash.Add(inner.Id);
                break;
        }
        return hash.Value;
    }

    /// <summary>FNV-1a over UTF-16 units, stirred at the end so that the first bits, which we keep, depend on all.</summary>
    private struct ContentHash
    {
        private ulong state;

        public ContentHash(string type)
        {
            state = 14695981039346656037;
            Add(type);
        }

        public readonly ulong Value
        {
            get
            {
                var value = (state ^ (state >> 32)) * 0x9E3779B97F4A7C15;
                return (value ^ (value >> 29)) * 0xBF58476D1CE4E5B9;
            }
        }

        public void Add(string text)
        {
            var hash = state;
            foreach (var c in text)
                hash = (hash ^ c) * 1099511628211;
            state = (hash ^ 0x1F) * 1099511628211;
        }

        public void Add(IReadOnlyList<InlineText> texts)
        {
            foreach (var text in texts)
                Add(text.ToString());
        }
    }
}
