using System.Text.Json;

namespace Warta.Publishing;

/// <summary>What a revision says of its article besides the words. The article itself has that of the newest; an older one remembers its own.</summary>
internal static class Settings
{
    private sealed record Kept(long Section, string Kind, long? EmbargoedUntil, long? ExpiresAt, bool NoAds);

    public static string Write(Draft draft) => JsonSerializer.Serialize(
        new Kept(draft.SectionId, draft.Kind, draft.EmbargoedUntil?.ToUnixTimeMilliseconds(), draft.ExpiresAt?.ToUnixTimeMilliseconds(), draft.NoAds), JsonSerializerOptions.Web);

    /// <param name="draft">The rest; it stays as it is where nothing was kept.</param>
    public static Draft Read(string json, Draft draft)
    {
        if (json.Length == 0) return draft;
        var kept = JsonSerializer.Deserialize<Kept>(json, JsonSerializerOptions.Web)!;
        return draft with { SectionId = kept.Section, Kind = kept.Kind, EmbargoedUntil = Time(kept.EmbargoedUntil), ExpiresAt = Time(kept.ExpiresAt), NoAds = kept.NoAds };
    }

    private static DateTimeOffset? Time(long? milliseconds) => milliseconds is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
}
