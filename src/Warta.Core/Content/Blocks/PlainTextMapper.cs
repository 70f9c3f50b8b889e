using System.Buffers;
using System.Collections.ObjectModel;

namespace Warta.Content;

/// <summary>Maps plain text to blocks: a line is a paragraph, "Baca Juga: TITLE" a pending read-also.</summary>
public static class PlainTextMapper
{
    private const int LongestCredit = 60;

    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r\v\f\u0085\u2028\u2029");

    public static MappedBody FromPlainText(string text)
    {
        var blocks = new List<Block>(16);
        var ids = new BlockIds();
        var dropped = new DroppedCounts();
        string? credit = null;
        var creditHasDash = false;

        // The one entity that exports to "plain text" leave behind.
        if (text.Contains("&nbsp;", StringComparison.Ordinal))
            text = text.Replace("&nbsp;", " ", StringComparison.Ordinal);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOfAny(LineEnds);
            var line = (end < 0 ? rest : rest[..end]).Trim();
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (line.IsEmpty)
                continue;

            // Some sources put the dash of "Jakarta - …" on a line of its own; together again, Dateline can lift it.
            if (credit is not null)
            {
                if (!creditHasDash && DatelineReader.IsDashOnly(line))
                {
                    creditHasDash = true;
                    continue;
                }
                var startsWithDash = DatelineReader.IsDash(line[0]);
                if (creditHasDash || startsWithDash)
                    line = startsWithDash ? $"{credit} {line}" : $"{credit} - {line}";
                else
                    AddParagraph(credit);
                credit = null;
            }
            else if (blocks.Count == 0 && line.Length <= LongestCredit && DatelineReader.IsCreditAlone(line))
            {
                credit = CleanText.Of(line);
                continue;
            }

            switch (ReadAlsoLine.Read(line, out var wanted))
            {
                case ReadAlsoKind.Bare:
                    dropped.Count("bare Baca Juga");
                    continue;
                case ReadAlsoKind.Wanted when HasRoom():
                    var headline = CleanText.Of(wanted);
                    blocks.Add(new ReadAlsoBlock(ids.For("read-also", headline), null, headline));
                    continue;
            }
            if (!char.IsLetterOrDigit(line[0]) && CleanText.IsPunctuationOnly(line))
                dropped.Count("line of punctuation");
            else
                AddParagraph(CleanText.Of(line));
        }
        if (credit is not null)
            AddParagraph(credit);
        return new MappedBody(new Body(blocks), dropped.Counts);

        void AddParagraph(string words)
        {
            if (words.Length > 0 && HasRoom())
                blocks.Add(new ParagraphBlock(ids.For("paragraph", words), new InlineText(words)));
        }

        bool HasRoom()
        {
            if (blocks.Count < Body.MaxBlocks)
                return true;
            dropped.Count(DroppedCounts.BeyondMaximum);
            return false;
        }
    }
}

/// <summary>What a mapper dropped, by name. Most stories lose nothing and share one empty dictionary.</summary>
internal struct DroppedCounts
{
    public static readonly string BeyondMaximum = $"block beyond {Body.MaxBlocks}";

    private Dictionary<string, int>? counts;

    public readonly IReadOnlyDictionary<string, int> Counts => counts ?? (IReadOnlyDictionary<string, int>)ReadOnlyDictionary<string, int>.Empty;

    public void Count(string name)
    {
        counts ??= new(StringComparer.Ordinal);
        counts[name] = counts.GetValueOrDefault(name) + 1;
    }
}
