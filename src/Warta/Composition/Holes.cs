using System.Security.Cryptography;

namespace Warta.Composition;

/// <summary>What a page leaves open, and each request fills with what holds at that moment.</summary>
public enum Hole
{
    Picks,
    Popular,
    Latest,

    /// <summary>Today's date, in the masthead.</summary>
    Date,

    /// <summary>The demonstration's strip.</summary>
    Strip,
}

/// <summary>
/// Holes while a template prints its page: each is a mark that no text can hold, since it bears a number that is drawn anew in each process. So a theme
/// may place a live block wherever it likes.
/// </summary>
internal static class Holes
{
    private static readonly string Start = "\uFDD0" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private static readonly int MarkLength = Start.Length + 1;

    public static string Mark(Hole hole) => Start + (char)('a' + (int)hole);

    /// <summary>The page with a hole at its foot.</summary>
    public static string AtFoot(string html, Hole hole) => html.LastIndexOf("</body>", StringComparison.Ordinal) is var at and >= 0 ? html.Insert(at, Mark(hole)) : html;

    /// <summary>The texts between the holes, one more than there are holes.</summary>
    public static (List<Segment> Texts, List<Hole> Holes) Split(string html)
    {
        var (texts, holes, from) = (new List<Segment>(8), new List<Hole>(8), 0);
        for (int at; (at = html.IndexOf(Start, from, StringComparison.Ordinal)) >= 0; from = at + MarkLength)
        {
            texts.Add(Segment.Of(html.AsSpan(from, at - from)));
            holes.Add((Hole)(html[at + Start.Length] - 'a'));
        }

        texts.Add(Segment.Of(html.AsSpan(from)));
        return (texts, holes);
    }
}
