using Warta.Content;

namespace Warta.Reader;

/// <summary>
/// The Content-Security-Policy of every answer. A title's pages also allow the hosts of its vendors; the API, the newsroom and other titles' pages
/// never do.
/// </summary>
internal static class ContentPolicy
{
    public static readonly string Strict = Of([]);

    public static string For(Title title) => title.Vendors.Count == 0 ? Strict : Of(title.Vendors);

    private static string Of(IReadOnlyList<Vendor> vendors)
    {
        // Pictures of imported stories may still stand at their source.
        return "default-src 'self'; img-src 'self' https: data:" + Hosts(v => v.Img)
            + "; script-src 'self'" + Hosts(v => v.Scripts)
            + "; style-src 'self'" + Hosts(v => v.Style)
            + "; connect-src 'self'" + Hosts(v => v.Connect)
            + "; frame-src" + (vendors.Any(v => v.Frame.Count > 0) ? Hosts(v => v.Frame) : " 'none'")
            + "; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

        string Hosts(Func<Vendor, IEnumerable<string>> of) => string.Concat(vendors.SelectMany(of).Distinct().Order(StringComparer.Ordinal).Select(host => " " + host));
    }
}
