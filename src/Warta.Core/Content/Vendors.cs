using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Warta.Content;

/// <summary>
/// Somebody else's script on a title's pages: an ad server, an analytics service, or a consent manager that these need. It loads when the reader has
/// agreed to its purpose, never before, and the pages' policy allows the hosts that it names and no others.
/// </summary>
public sealed record Vendor
{
    public required string Name { get; init; }

    /// <summary>"ads", "analytics", or "consent": a consent manager, which loads first once the reader has agreed to anything.</summary>
    public required string Purpose { get; init; }

    /// <summary>The address of the script, https.</summary>
    public required string Script { get; init; }

    // Origins beyond the script's own: "https://cdn.example.com".
    public IReadOnlyList<string> ScriptHosts { get; init; } = [];
    public IReadOnlyList<string> Img { get; init; } = [];
    public IReadOnlyList<string> Frame { get; init; } = [];
    public IReadOnlyList<string> Connect { get; init; } = [];
    public IReadOnlyList<string> Style { get; init; } = [];

    /// <summary>Where its scripts may come from.</summary>
    [JsonIgnore]
    public IEnumerable<string> Scripts => ScriptHosts.Prepend(new Uri(Script).GetLeftPart(UriPartial.Authority));
}

/// <summary>A title's vendors as its setting <c>vendors</c> keeps them: a JSON list.</summary>
public static partial class Vendors
{
    public const string Ads = "ads", Analytics = "analytics", Consent = "consent";
    private const int Most = 20, MostHosts = 30;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static IReadOnlyList<string> Purposes { get; } = [Ads, Analytics, Consent];

    /// <param name="value">A value that <see cref="Check(string)"/> has let pass.</param>
    public static IReadOnlyList<Vendor> Read(string value) => value.Length == 0 ? [] : JsonSerializer.Deserialize<List<Vendor>>(value, Json) ?? throw new JsonException("null is no list");

    public static string Write(IReadOnlyList<Vendor> vendors) => vendors.Count == 0 ? "" : JsonSerializer.Serialize(vendors, Json);

    /// <summary>Null for a good value, else what it should be.</summary>
    public static string? Check(string value)
    {
        if (value.Length == 0) return null;
        try
        {
            var vendors = Read(value);
            if (vendors.Count > Most) return $"at most {Most} vendors";
            if (vendors.GroupBy(v => v?.Name).FirstOrDefault(g => g.Count() > 1) is { } twice) return $"each vendor once (\"{twice.Key}\" stands twice)";
            return vendors.Select(v => v is null ? "a vendor, not null" : Check(v)).FirstOrDefault(fault => fault is not null);
        }
        catch (JsonException)
        {
            return "a JSON list such as [{\"name\":\"Example Ads\",\"purpose\":\"ads\",\"script\":\"https://cdn.example.com/ads.js\",\"frame\":[\"https://ads.example.com\"]}], as `warta vendor add` writes it";
        }
    }

    /// <summary>Null for a vendor that pages may name in their policy, else what it should be.</summary>
    public static string? Check(Vendor vendor)
    {
        if (vendor.Name is not { Length: > 0 and <= 80 } || vendor.Name.Any(char.IsControl) || vendor.Name != vendor.Name.Trim()) return "a vendor's name of 1 to 80 characters on one line";
        if (!Purposes.Contains(vendor.Purpose)) return $"a purpose that is one of {string.Join(", ", Purposes)}";
        if (!IsScript(vendor.Script)) return $"a script's address such as https://cdn.example.com/ads.js, not \"{vendor.Script}\" (https only; http for localhost alone)";
        foreach (var hosts in (IReadOnlyList<string>?[])[vendor.ScriptHosts, vendor.Img, vendor.Frame, vendor.Connect, vendor.Style])
        {
            if (hosts is null || hosts.Count > MostHosts) return $"lists of at most {MostHosts} hosts";
            if (hosts.FirstOrDefault(h => !IsOrigin(h)) is { } bad) return $"hosts such as https://ads.example.com, without a path or a wildcard, not \"{bad}\" (https only; http for localhost alone)";
        }

        return null;
    }

    private static bool IsScript(string? address) =>
        address is { Length: <= 500 } && Links.IsAllowed(address) && ScriptAddress().Match(address) is { Success: true } match && IsOrigin(match.Groups[1].Value);

    /// <summary>
    /// What may stand in the policy: nothing that a space, a semicolon, a quote or a wildcard could make into something else. Plain http only to this very
    /// machine, for trying things out.
    /// </summary>
    private static bool IsOrigin(string? text) => text is { Length: <= 300 } && (Secure().IsMatch(text) || Loopback().IsMatch(text));

    [GeneratedRegex(@"\A(https?://[^/?#]+)/[\x21-\x7E]*\z")]
    private static partial Regex ScriptAddress();

    // A name of at least two labels, the last with a letter first, so that no bare address of a machine passes.
    [GeneratedRegex(@"\Ahttps://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9](?::[0-9]{1,5})?\z")]
    private static partial Regex Secure();

    [GeneratedRegex(@"\Ahttps?://(?:localhost|127\.0\.0\.1)(?::[0-9]{1,5})?\z")]
    private static partial Regex Loopback();
}
