namespace Warta.Composition;

/// <summary>What a request's headers say of the form it wants a page in, and of the form it has already.</summary>
public static class Negotiation
{
    /// <summary>
    /// Whether gzip may be sent, and the client doesn't say that it would rather have the plain text (RFC 9110, 12.5.3). What can't be understood asks for nothing.
    /// </summary>
    /// <param name="acceptEncoding">The header's value; several are joined by commas.</param>
    public static bool PrefersGzip(string? acceptEncoding)
    {
        if (string.IsNullOrEmpty(acceptEncoding)) return false;
        // Browsers: "gzip, deflate, br, zstd".
        if (!acceptEncoding.Contains(';') && acceptEncoding.StartsWith("gzip", StringComparison.OrdinalIgnoreCase) && (acceptEncoding.Length == 4 || acceptEncoding[4] == ','))
            return true;

        int? gzip = null, any = null, identity = null;
        foreach (var range in acceptEncoding.AsSpan().Split(','))
        {
            var coding = acceptEncoding.AsSpan(range);
            var name = coding[..(coding.IndexOf(';') is var end and >= 0 ? end : coding.Length)].Trim(" \t");
            var weight = Weight(coding);
            // Named twice, the lower weight holds.
            if (Is(name, "gzip") || Is(name, "x-gzip")) gzip = Math.Min(weight, gzip ?? weight);
            else if (Is(name, "identity")) identity = Math.Min(weight, identity ?? weight);
            else if (name is "*") any = Math.Min(weight, any ?? weight);
        }

        return (gzip ?? any ?? 0) is var wanted and > 0 && wanted >= (identity ?? 0);
    }

    /// <summary>Whether one of the tags in If-None-Match is the page's, compared weakly (RFC 9110, 8.8.3.2): the client has it already.</summary>
    public static bool Matches(string? ifNoneMatch, string etag, string gzipEtag)
    {
        var rest = ifNoneMatch.AsSpan().Trim(" \t");
        if (rest is "*") return true;
        while (!rest.IsEmpty)
        {
            if (rest[0] is ',' or ' ' or '\t')
            {
                rest = rest[1..];
                continue;
            }

            if (rest.StartsWith("W/")) rest = rest[2..];
            // A tag ends at its second quote; a comma within is part of it.
            if (rest.IsEmpty || rest[0] != '"' || rest[1..].IndexOf('"') is var inside && inside < 0) return false;
            var tag = rest[..(inside + 2)];
            if (tag.SequenceEqual(etag) || tag.SequenceEqual(gzipEtag)) return true;
            rest = rest[tag.Length..].TrimStart(" \t");
            if (!rest.IsEmpty && rest[0] != ',') return false;
        }

        return false;
    }

    /// <summary>In thousandths; 1000 where none is given, 0 where what is given isn't a weight.</summary>
    private static int Weight(ReadOnlySpan<char> coding)
    {
        var semicolon = coding.IndexOf(';');
        if (semicolon < 0) return 1000;
        var weight = coding[(semicolon + 1)..].Trim(" \t");
        if (!weight.StartsWith("q=", StringComparison.OrdinalIgnoreCase)) return 0;
        weight = weight[2..];
        if (weight.Length is 0 or > 5 || weight[0] is not ('0' or '1') || (weight.Length > 1 && weight[1] != '.')) return 0;
        var thousandths = (weight[0] - '0') * 1000;
        for (int i = 2, unit = 100; i < weight.Length; i++, unit /= 10)
        {
            if (!char.IsAsciiDigit(weight[i])) return 0;
            thousandths += (weight[i] - '0') * unit;
        }

        return thousandths <= 1000 ? thousandths : 0;
    }

    private static bool Is(ReadOnlySpan<char> name, string coding) => name.Equals(coding, StringComparison.OrdinalIgnoreCase);
}
