using System.Text.Json;

namespace Warta.Content;

/// <summary>A person under a story. Roles: "writer", "editor", "photographer".</summary>
public sealed record Byline(string Name, string Role)
{
    public const string Writer = "writer", Editor = "editor", Photographer = "photographer";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static bool IsRole(string role) => role is Writer or Editor or Photographer;

    internal static string Write(IEnumerable<BylineRef> refs) => JsonSerializer.Serialize(refs, Json);
    internal static IReadOnlyList<BylineRef> Read(string json) => json == "[]" ? [] : JsonSerializer.Deserialize<List<BylineRef>>(json, Json)!;
}

/// <summary>A byline as a revision keeps it: the author by id, so that a corrected name shows everywhere.</summary>
public sealed record BylineRef(long Author, string Role);

/// <param name="Portrait">A medium, or null.</param>
/// <param name="About">A sentence or two; may be empty.</param>
/// <param name="Job">What he does for the paper: "Redaktur Olahraga"; may be empty.</param>
public sealed record Author(long Id, string Slug, string Name, long? Portrait = null, string About = "", string Job = "");

public sealed record Tag(long Id, string Slug, string Name);

/// <summary>A section (<i>Kanal</i>) of a title. <c>Path</c> is its address: "bola" or "bola/liga-1".</summary>
public sealed record Section
{
    public long Id { get; init; }
    public long TitleId { get; init; }
    public long? ParentId { get; init; }
    public string Path { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary>In no menu since then; its page and its stories stay.</summary>
    public DateTimeOffset? HiddenAt { get; init; }
}
