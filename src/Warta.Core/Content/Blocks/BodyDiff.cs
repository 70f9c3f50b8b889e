namespace Warta.Content;

/// <summary>How one block stands to the other body.</summary>
public enum BlockChange
{
    Same,
    Changed,

    /// <summary>Its words are the same: a mark, a link's address or a picture changed.</summary>
    Formatted,
    Added,
    Removed,
}

/// <param name="Type">As in JSON: "paragraph".</param>
/// <param name="IsMoved">It stood elsewhere.</param>
public sealed record BlockDiff(string Type, BlockChange Change, bool IsMoved, IReadOnlyList<DiffRun> Runs);

/// <summary>Two versions of a text, block by block and in each word by word. Blocks are known by their ids; those whose ids nobody knows, by their words.</summary>
public static class BodyDiff
{
    /// <returns>In the order of the newer; what was removed stands behind what it stood behind.</returns>
    public static List<BlockDiff> Of(Body older, Body newer)
    {
        var (a, b) = (older.Blocks, newer.Blocks);
        var partner = Partners(a, b);
        var isSettled = Settled(partner);
        var stayed = partner.ToHashSet();
        var diffs = new List<BlockDiff>();
        var next = 0;
        for (var j = 0; j < b.Count; j++)
        {
            var from = partner[j];
            if (from >= 0 && isSettled[j]) RemovedUntil(from);
            diffs.Add(from < 0
                ? new BlockDiff(BodyJson.TypeOf(b[j]), BlockChange.Added, false, [new DiffRun(DiffKind.Added, TextOf(b[j]))])
                : Pair(a[from], b[j], !isSettled[j]));
            if (from >= 0 && isSettled[j]) next = from + 1;
        }

        RemovedUntil(a.Count);
        return diffs;

        void RemovedUntil(int until)
        {
            for (; next < until; next++)
            {
                if (!stayed.Contains(next)) diffs.Add(new BlockDiff(BodyJson.TypeOf(a[next]), BlockChange.Removed, false, [new DiffRun(DiffKind.Removed, TextOf(a[next]))]));
            }
        }
    }

    /// <summary>A block's words, a line for each of its parts.</summary>
    public static string TextOf(Block block) => string.Join('\n', Lines(block).Where(line => line.Length > 0));

    private static IEnumerable<string> Lines(Block block) => block switch
    {
        ParagraphBlock paragraph => [paragraph.Text.ToString()],
        HeadingBlock heading => [heading.Text.ToString()],
        ListBlock list => list.Items.Select(item => "• " + item),
        QuoteBlock quote => quote.Text.Select(text => text.ToString()).Append(quote.Speaker.Length + quote.Role.Length == 0 ? "" : $"— {string.Join(", ", new[] { quote.Speaker, quote.Role }.Where(part => part.Length > 0))}"),
        FigureBlock figure => [figure.Alt, figure.Caption.ToString(), figure.Credit],
        GalleryBlock gallery => gallery.Figures.SelectMany(Lines),
        ReadAlsoBlock readAlso => [readAlso.Article is { } id ? $"Baca Juga: #{id}" : $"Baca Juga: {readAlso.Wanted}{readAlso.WantedUri}"],
        EmbedBlock embed => [embed.Url],
        TableBlock table => table.Header.Concat(table.Rows).Select(row => string.Join(" | ", row)).Prepend(table.Caption),
        FactBoxBlock box => box.Blocks.SelectMany(Lines).Prepend(box.Heading),
        PageBreakBlock => ["==="],
        DividerBlock => ["---"],
        _ => [],
    };

    private static BlockDiff Pair(Block older, Block newer, bool isMoved)
    {
        var (was, now) = (TextOf(older), TextOf(newer));
        var type = BodyJson.TypeOf(newer);
        if (was != now) return new BlockDiff(type, BlockChange.Changed, isMoved, WordDiff.Of(was, now));
        var isSame = BodyJson.Write(new Body([older with { Id = "x" }])) == BodyJson.Write(new Body([newer with { Id = "x" }]));
        return new BlockDiff(type, isSame ? BlockChange.Same : BlockChange.Formatted, isMoved, now.Length == 0 ? [] : [new DiffRun(DiffKind.Same, now)]);
    }

    /// <summary>For each newer block the older one that it was; -1 for a new one.</summary>
    private static int[] Partners(IReadOnlyList<Block> a, IReadOnlyList<Block> b)
    {
        var byId = a.Select((block, i) => (block.Id, i)).ToDictionary(pair => pair.Id, pair => pair.i);
        var partner = b.Select(block => byId.GetValueOrDefault(block.Id, -1)).ToArray();
        var (freeA, freeB) = (Enumerable.Range(0, a.Count).Except(partner).ToList(), Enumerable.Range(0, b.Count).Where(j => partner[j] < 0).ToList());
        foreach (var (i, j) in WordDiff.Pairs(freeA.ConvertAll(i => (a[i].GetType(), TextOf(a[i]))), freeB.ConvertAll(j => (b[j].GetType(), TextOf(b[j]))))) partner[freeB[j]] = freeA[i];
        return partner;
    }

    /// <summary>The most blocks that stayed in their order; the others were moved past them.</summary>
    private static bool[] Settled(int[] partner)
    {
        var settled = new bool[partner.Length];
        var rising = new List<int>();
        var before = new int[partner.Length];
        for (var j = 0; j < partner.Length; j++)
        {
            if (partner[j] < 0) continue;
            var (low, high) = (0, rising.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (partner[rising[middle]] < partner[j]) low = middle + 1;
                else high = middle;
            }

            before[j] = low > 0 ? rising[low - 1] : -1;
            if (low == rising.Count) rising.Add(j);
            else rising[low] = j;
        }

        for (var j = rising.Count > 0 ? rising[^1] : -1; j >= 0; j = before[j]) settled[j] = true;
        return settled;
    }
}
