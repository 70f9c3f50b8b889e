namespace Warta.Content;

internal enum ReadAlsoKind { None, Bare, Wanted }

/// <summary>The line by which a source marks a read-also in running text: "Baca Juga: TITLE", in the spellings that occur.</summary>
internal static class ReadAlsoLine
{
    private static readonly (string First, string Second)[] Labels =
        [("Baca", "Juga"), ("Read", "Also"), ("Also", "Read"), ("اقرأ", "أيضًا"), ("اقرأ", "أيضا"), ("اقرأ", "أيضاً")];

    /// <summary>Bare is a label that names no story, which a scraper leaves where a link was.</summary>
    public static ReadAlsoKind Read(ReadOnlySpan<char> line, out ReadOnlySpan<char> wanted)
    {
        wanted = default;
        line = line.Trim();
        if (line.Length < 8)
            return ReadAlsoKind.None;
        if (line[0] is '(' or '[' && line[^1] is ')' or ']')
            line = line[1..^1].Trim();
        if (line.IsEmpty || line[0] is not ('B' or 'b' or 'R' or 'r' or 'A' or 'a' or 'ا'))
            return ReadAlsoKind.None;

        foreach (var (first, second) in Labels)
        {
            if (!line.StartsWith(first, StringComparison.OrdinalIgnoreCase))
                continue;
            var rest = line[first.Length..].TrimStart();
            if (!rest.StartsWith(second, StringComparison.OrdinalIgnoreCase))
                continue;
            rest = rest[second.Length..].TrimStart();
            if (rest.IsEmpty)
                return ReadAlsoKind.Bare;
            if (rest[0] is not (':' or '：'))
                continue;
            wanted = rest.TrimStart(": ：\u00A0");
            return CleanText.IsPunctuationOnly(wanted) ? ReadAlsoKind.Bare : ReadAlsoKind.Wanted;
        }
        return ReadAlsoKind.None;
    }
}
