using System.Text.RegularExpressions;

namespace Warta.Content;

/// <summary>Which columns of a table hold numbers: those stand at the end of their cells, so that they can be compared from row to row.</summary>
internal static partial class Numbers
{
    /// <summary>The columns whose cells are all numbers, or empty, or a dash for none; one number at least.</summary>
    public static IReadOnlySet<int> Columns(IReadOnlyList<IReadOnlyList<InlineText>> rows)
    {
        var numbers = new HashSet<int>();
        for (var column = 0; column < rows.Select(row => row.Count).DefaultIfEmpty().Max(); column++)
        {
            var cells = rows.Where(row => row.Count > column).Select(row => row[column].ToString().Trim()).ToList();
            if (cells.Exists(IsNumber) && cells.TrueForAll(cell => cell is "" or "-" or "–" or "—" || IsNumber(cell))) numbers.Add(column);
        }

        return numbers;
    }

    // "14.000", "−2,1%", "Rp46.000", "1.200 km", "+0.5", "21:04"; not "2024/25", "3 dari 4" or a telephone number.
    private static bool IsNumber(string cell) => Number().IsMatch(cell);

    [GeneratedRegex(@"^[+\-−–±]?\s?(?:Rp|US\$|\p{Sc})?\.?\s?[+\-−–]?\d+(?:[.,:]\d+)*\s?(?:%|°C?|\p{Sc}|\p{L}{1,3}[²³]?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
