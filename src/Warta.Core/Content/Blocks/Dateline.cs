namespace Warta.Content;

/// <summary>How newspapers set the two parts: "JAKARTA, KOMPAS.com", "Liputan6.com, Jakarta" or "Jakarta (ANTARA)".</summary>
public enum DatelineOrder
{
    PlaceFirst,
    CreditFirst,
    CreditInBrackets,
}

/// <summary>Where a story was written and whose it is, as it stands before its first words.</summary>
public sealed record Dateline(string? Place, string? Credit, DatelineOrder Order = DatelineOrder.PlaceFirst)
{
    /// <summary>As the source printed it, without the dash.</summary>
    public override string ToString() => (Place, Credit, Order) switch
    {
        (null, null, _) => "",
        (null, var credit, _) => credit,
        (var place, null, _) => place,
        (var place, var credit, DatelineOrder.CreditFirst) => $"{credit}, {place}",
        (var place, var credit, DatelineOrder.CreditInBrackets) => $"{place} ({credit})",
        (var place, var credit, _) => $"{place}, {credit}",
    };

    /// <summary>
    /// Takes a leading credit ("JAKARTA, KOMPAS.com - …") off the first paragraph. Without one the same body comes back and
    /// null; so does a body that is nothing but the credit.
    /// </summary>
    public static (Body Body, Dateline? Dateline) Lift(Body body)
    {
        var at = FirstParagraph(body.Blocks);
        if (at < 0)
            return (body, null);
        var paragraph = (ParagraphBlock)body.Blocks[at];
        var text = paragraph.Text.ToString();
        var length = DatelineReader.Read(text, out var dateline);
        if (dateline is null)
            return (body, null);

        // Sources that stamp the credit on export, onto stories that had it already, print it twice.
        while (DatelineReader.Read(text.AsSpan(length), out var again) is > 0 and var more && again == dateline)
            length += more;

        var blocks = body.Blocks.ToList();
        if (length < text.Length)
            blocks[at] = paragraph with { Text = paragraph.Text.Skip(length) };
        else
            blocks.RemoveAt(at);
        return blocks.Exists(block => block is not (PageBreakBlock or DividerBlock)) ? (new Body(blocks), dateline) : (body, null);
    }

    /// <summary>A figure or a heading may stand before the first paragraph; behind a list or a quote no credit leads the story.</summary>
    private static int FirstParagraph(IReadOnlyList<Block> blocks)
    {
        for (var i = 0; i < blocks.Count; i++)
        {
            switch (blocks[i])
            {
                case ParagraphBlock:
                    return i;
                case ListBlock or QuoteBlock or TableBlock or FactBoxBlock:
                    return -1;
            }
        }
        return -1;
    }
}
