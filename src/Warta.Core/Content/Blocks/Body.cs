namespace Warta.Content;

/// <summary>
/// A story's text: a list of typed blocks, never HTML. docs/blocks.md shows every block as it is stored.
/// Lists inside blocks compare by reference; to ask whether two bodies say the same, compare their JSON.
/// </summary>
public sealed record Body(IReadOnlyList<Block> Blocks)
{
    /// <summary>The version that <see cref="BodyJson"/> writes, and the newest that it reads.</summary>
    public const int Version = 1;

    /// <summary>Nested blocks count. The longest live blogs we know of have some hundreds.</summary>
    public const int MaxBlocks = 5_000;

    public static Body Empty { get; } = new([]);

    /// <summary>Every picture in it, those in galleries too.</summary>
    public IEnumerable<FigureBlock> Figures => Blocks.SelectMany(block => block switch
    {
        FigureBlock figure => [figure],
        GalleryBlock gallery => gallery.Figures,
        _ => (IEnumerable<FigureBlock>)[],
    });
}

/// <summary><c>Id</c> is unique in its body and survives edits: 1 to 40 of A–Z, a–z, 0–9, _ and -.</summary>
public abstract record Block(string Id);

public sealed record ParagraphBlock(string Id, InlineText Text) : Block(Id);

/// <summary><c>Level</c> is 2, 3 or 4: the page's only h1 is the headline.</summary>
public sealed record HeadingBlock(string Id, int Level, InlineText Text) : Block(Id);

public sealed record ListBlock(string Id, bool Ordered, IReadOnlyList<InlineText> Items) : Block(Id);

/// <summary>What somebody said, in one or more paragraphs; <c>Speaker</c> and <c>Role</c> may be empty.</summary>
public sealed record QuoteBlock(string Id, IReadOnlyList<InlineText> Text, string Speaker = "", string Role = "") : Block(Id);

/// <summary>Width and height in pixels, where known; a page without them jumps while it loads.</summary>
public sealed record BodyImage(string Src, int? Width = null, int? Height = null);

/// <summary>
/// A picture of Warta's own (<c>Media</c>, a medium's id), of an address elsewhere (<c>Image</c>), or of both: then the address is where the picture came from,
/// and is shown until it has come. Words left empty are the medium's.
/// </summary>
public sealed record FigureBlock(string Id, BodyImage? Image, string Alt, InlineText Caption, string Credit = "", long? Media = null) : Block(Id);

public sealed record GalleryBlock(string Id, IReadOnlyList<FigureBlock> Figures) : Block(Id);

/// <summary>
/// A link to another story. <c>Article</c> is set when its target is known; until then the block is pending and
/// holds the headline that the source named (<c>Wanted</c>) and its address or uri, if it gave one.
/// </summary>
public sealed record ReadAlsoBlock(string Id, long? Article, string Wanted = "", string WantedUri = "") : Block(Id);

/// <summary>Something at one of the providers that <see cref="Embeds"/> knows, by its canonical address.</summary>
public sealed record EmbedBlock(string Id, string Provider, string Url) : Block(Id);

public sealed record TableBlock(
    string Id, string Caption, IReadOnlyList<IReadOnlyList<InlineText>> Header, IReadOnlyList<IReadOnlyList<InlineText>> Rows) : Block(Id);

/// <summary>A box beside the story; its blocks are paragraphs and lists.</summary>
public sealed record FactBoxBlock(string Id, string Heading, IReadOnlyList<Block> Blocks) : Block(Id);

/// <summary>Here page 1 of several ends.</summary>
public sealed record PageBreakBlock(string Id) : Block(Id);

public sealed record DividerBlock(string Id) : Block(Id);

/// <summary>What a mapper made of foreign text, and how often it dropped what.</summary>
public sealed record MappedBody(Body Body, IReadOnlyDictionary<string, int> Dropped);
