using System.Collections.Frozen;

namespace Warta.Content;

/// <summary>
/// Recognises the credit before a story's first words. What stands before the first dash is one when it names an outlet
/// ("Liputan6.com, Jakarta -"), or a place in capitals, or a city that we know. "Timnas U-23" and "Paris Saint-Germain" are not.
/// </summary>
internal static class DatelineReader
{
    private const int LongestHead = 60;
    private const int LongestPlace = 32;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Cities =
        Places.Cities.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Outlets that don't sign as a domain. As they are written: "Antara" and "Viva" begin sentences too.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Outlets = new[]
    {
        "ANTARA", "ANTARA News", "Antara", "VIVA", "CNBC Indonesia", "CNN Indonesia", "BBC News Indonesia", "BBC Indonesia", "DW Indonesia", "VOA Indonesia",
        "Reuters", "REUTERS", "AFP", "AP", "Xinhua", "XINHUA", "Anadolu", "WAFA", "SPA", "QNA", "WAM", "iNews", "Okezone", "OKEZONE", "SINDOnews", "Metro TV", "METRO TV",
        "RRI", "KBRN", "Kompas TV", "KOMPAS TV", "KompasTV", "NU Online", "IDN Times", "kumparan", "kumparanNEWS", "Media Indonesia", "Jawa Pos", "JawaPos", "JPNN",
        "Bisnis", "MNC Media", "MNC Portal", "Beritasatu", "Medcom", "INFO NASIONAL", "INFO TEMPO", "INFO BISNIS", "Info Nasional", "Info Tempo",
    }.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>In capitals before a dash, yet no place: rubrics and bodies that stories begin with.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> NotPlaces = new[]
    {
        "VIDEO", "FOTO", "PHOTO", "LIVE", "BREAKING NEWS", "LIVE STREAMING", "INFOGRAFIS", "OPINI", "KOLOM", "ADVERTORIAL", "TERPOPULER", "UPDATE", "HOAKS", "CEK FAKTA",
        "RALAT", "KOREKSI", "BASARNAS", "BAWASLU", "POLRI", "TIMNAS", "PERSIB", "PERSIJA", "PERSEBAYA", "AREMA", "UEFA", "FIFA", "NASA", "ASEAN", "BREXIT", "KEMENKES", "KEMENDAGRI",
        "COVID", "CORONA", "PILKADA", "PILPRES", "PEMILU", "MOTOGP", "PREMIER LEAGUE", "LIGA CHAMPIONS", "PIALA DUNIA", "SPOILER", "CATATAN", "PERINGATAN", "WARNING", "NOTE",
    }.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> TopDomains =
        new[] { "com", "id", "co", "net", "tv", "news", "org", "info", "media" }
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>How many characters the credit takes, with its dash and the space behind; 0 when there is none.</summary>
    public static int Read(ReadOnlySpan<char> text, out Dateline? dateline)
    {
        var start = 0;
        while (start < text.Length && (CleanText.IsSpace(text[start]) || text[start] == ','))
            start++;

        // A place or an outlet may have a hyphen of its own, so the first dash isn't always the one.
        var tried = 0;
        for (var i = start; i < text.Length && i - start <= LongestHead && tried < 3; i++)
        {
            if (!IsDash(text[i]))
                continue;
            tried++;
            var after = i;
            while (after < text.Length && IsDash(text[after]))
                after++;
            var dash = new Dash(
                SpaceBefore: i > 0 && CleanText.IsSpace(text[i - 1]),
                SpaceAfter: after == text.Length || CleanText.IsSpace(text[after]),
                Long: text[i] != '-' || after - i > 1);
            while (after < text.Length && CleanText.IsSpace(text[after]))
                after++;
            dateline = ReadHead(text[start..i].TrimEnd(), text[after..], dash);
            if (dateline is not null)
                return after;
            i = after - 1;
        }
        return ReadGlued(text[start..], out dateline) is > 0 and var length ? start + length : 0;
    }

    /// <summary>True for a line that is nothing but a credit, its dash lost or on the next line: "Jakarta".</summary>
    public static bool IsCreditAlone(ReadOnlySpan<char> line) =>
        ReadHead(line, [], new Dash(SpaceBefore: true, SpaceAfter: true, Long: false)) is not null || IsPlace(line);

    public static bool IsDash(char c) => c is '-' or '–' or '—' or '―' or '−';

    public static bool IsDashOnly(ReadOnlySpan<char> line)
    {
        foreach (var c in line)
        {
            if (!IsDash(c) && !CleanText.IsSpace(c))
                return false;
        }
        return true;
    }

    private readonly record struct Dash(bool SpaceBefore, bool SpaceAfter, bool Long)
    {
        public bool StandsFree => SpaceBefore || SpaceAfter;
    }

    private static Dateline? ReadHead(ReadOnlySpan<char> head, ReadOnlySpan<char> text, Dash dash)
    {
        if (head.Length < 3)
            return null;

        if (head[^1] == ')' && head.IndexOf('(') is > 0 and var open)
        {
            var bracketed = head[(open + 1)..^1].Trim();
            var before = head[..open].TrimEnd(" ,");
            return dash.StandsFree && IsPlaceList(before) && (IsOutlet(bracketed) || IsDomain(bracketed))
                ? new Dateline(Tidy(before), bracketed.ToString(), DatelineOrder.CreditInBrackets)
                : null;
        }

        var comma = head.IndexOf(',');
        if (comma < 0)
        {
            if (IsCredit(head, dash))
                return new Dateline(null, head.ToString());
            if (IsPlaceAlone(head, text, dash))
                return new Dateline(head.ToString(), null);
            // "JAKARTA KOMPAS.com", "TEMPO.CO Yogyakarta"
            var space = head.IndexOf(' ');
            if (space > 0 && IsDomain(head[..space]) && IsCity(head[(space + 1)..].Trim()))
                return new Dateline(head[(space + 1)..].Trim().ToString(), head[..space].ToString(), DatelineOrder.CreditFirst);
            space = head.LastIndexOf(' ');
            return space > 0 && IsDomain(head[(space + 1)..]) && IsPlace(head[..space])
                ? new Dateline(head[..space].Trim().ToString(), head[(space + 1)..].ToString())
                : null;
        }

        var first = head[..comma].Trim();
        var others = head[(comma + 1)..].Trim();
        // "Liputan6.com, Jakarta Timnas Indonesia U-17": a hyphen inside a word ends no place, unless we know the place.
        if (IsCredit(first, dash) && IsPlaceList(others) && (dash.StandsFree || dash.Long || IsCity(others) || IsCapitals(others)))
            return new Dateline(Tidy(others), first.ToString(), DatelineOrder.CreditFirst);

        comma = head.LastIndexOf(',');
        var last = head[(comma + 1)..].Trim();
        others = head[..comma].TrimEnd(" ,");
        if (IsCredit(last, dash) && IsPlaceList(others))
            return new Dateline(Tidy(others), last.ToString());
        // "SIKKA, NTT - …": a place and its province.
        return dash.StandsFree && IsPlaceAlone(others, text, dash) && IsPlace(last) && (IsCapitals(last) || IsCity(last))
            ? new Dateline(Tidy(head), null)
            : null;
    }

    /// <summary>"Liputan6.com, JakartaKita semua …": the dash is lost and the text runs in. Only behind a domain, and only a city that we know.</summary>
    private static int ReadGlued(ReadOnlySpan<char> text, out Dateline? dateline)
    {
        dateline = null;
        var comma = text[..Math.Min(text.Length, LongestHead)].IndexOf(',');
        if (comma < 0 || !IsDomain(text[..comma].TrimEnd()))
            return 0;
        var start = comma + 1;
        while (start < text.Length && CleanText.IsSpace(text[start]))
            start++;
        for (var end = Math.Min(text.Length - 2, start + LongestPlace); end >= start + 3; end--)
        {
            var next = text[end] == ' ' ? end + 1 : end;
            if (char.IsLower(text[next]) || (next == end && !char.IsLower(text[end - 1])) || !IsCity(text[start..end]))
                continue;
            dateline = new Dateline(text[start..end].ToString(), text[..comma].TrimEnd().ToString(), DatelineOrder.CreditFirst);
            return next;
        }
        return 0;
    }

    private static bool IsCredit(ReadOnlySpan<char> part, Dash dash) => IsDomain(part) || (IsOutlet(part) && (dash.StandsFree || dash.Long));

    private static bool IsOutlet(ReadOnlySpan<char> part) => Outlets.Contains(part);

    private static bool IsCity(ReadOnlySpan<char> part) => Cities.Contains(part) || (part.StartsWith("Kota ", StringComparison.OrdinalIgnoreCase) && Cities.Contains(part[5..]));

    private static bool IsDomain(ReadOnlySpan<char> part)
    {
        var dot = part.LastIndexOf('.');
        if (dot < 2 || !TopDomains.Contains(part[(dot + 1)..]))
            return false;
        foreach (var c in part)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-'))
                return false;
        }
        return char.IsAsciiLetterOrDigit(part[0]);
    }

    private static bool IsPlaceAlone(ReadOnlySpan<char> place, ReadOnlySpan<char> text, Dash dash)
    {
        if (!IsPlace(place) || NotPlaces.Contains(place))
            return false;
        var capitals = IsCapitals(place);
        var known = IsCity(place);
        if (!known && (!capitals || LettersIn(place) < 5 || WordsIn(place) > 3))
            return false;
        var next = NextWord(text);
        if (dash.SpaceBefore || (dash.SpaceAfter && (capitals || !dash.Long)) || (capitals && dash.Long))
            // "Jakarta - Bandung kini 40 menit" is a railway line, "JAKARTA - BANDUNG" too.
            return capitals ? !(known && IsCity(next) && IsCapitals(next) && !next.SequenceEqual(place)) : !IsCity(next) || next.Equals(place, StringComparison.OrdinalIgnoreCase);
        // "JAKARTA-Presiden": a lost space, told from "KPK-Polri" by the city.
        return known && capitals && next.Length > 1 && char.IsUpper(next[0]) && char.IsLower(next[1]) && !IsCity(next);
    }

    /// <summary>"Washington, DC": one to three names with commas between.</summary>
    private static bool IsPlaceList(ReadOnlySpan<char> list)
    {
        for (var parts = 0; parts < 3; parts++)
        {
            var comma = list.IndexOf(',');
            if (!IsPlace((comma < 0 ? list : list[..comma]).Trim()))
                return false;
            if (comma < 0)
                return true;
            list = list[(comma + 1)..];
        }
        return false;
    }

    /// <summary>True for what has the shape of a name: up to four words of letters, each with a capital.</summary>
    private static bool IsPlace(ReadOnlySpan<char> place)
    {
        if (place.Length is < 2 or > LongestPlace)
            return false;
        var words = 1;
        for (var i = 0; i < place.Length; i++)
        {
            var c = place[i];
            if (i == 0 || place[i - 1] == ' ')
            {
                // "Rio de Janeiro", "Makkah al-Mukarramah"
                if (!char.IsUpper(c) && (i == 0 || !(place[i..].StartsWith("de ") || place[i..].StartsWith("al-"))))
                    return false;
            }
            else if (c == ' ')
            {
                if (++words > 4)
                    return false;
            }
            else if (char.IsUpper(c) && char.IsLower(place[i - 1]))
            {
                // "JakartaWakil": the text runs in.
                return false;
            }
            else if (!char.IsLetter(c) && c is not ('.' or '\'' or '’' or '-'))
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsCapitals(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsLower(c))
                return false;
        }
        return true;
    }

    private static int LettersIn(ReadOnlySpan<char> text)
    {
        var letters = 0;
        foreach (var c in text)
            letters += char.IsLetter(c) ? 1 : 0;
        return letters;
    }

    private static int WordsIn(ReadOnlySpan<char> text) => text.Count(' ') + 1;

    private static ReadOnlySpan<char> NextWord(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && char.IsLetter(text[end]))
            end++;
        return text[..end];
    }

    private static string Tidy(ReadOnlySpan<char> places) =>
        places.Contains(',')
            ? string.Join(", ", places.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            : places.Trim().ToString();
}
