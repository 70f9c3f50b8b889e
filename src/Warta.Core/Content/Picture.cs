using System.Text.Json;

namespace Warta.Content;

/// <summary>The picture that a story leads with: a medium by its id, and the story's own words for it. Words left empty are the medium's.</summary>
public sealed record Picture(long Media, string Alt = "", string Caption = "", string Credit = "")
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>As a revision keeps it; an empty text for a story without one.</summary>
    public static string Write(Picture? picture) => picture is null ? "" : JsonSerializer.Serialize(picture, Json);

    public static Picture? Read(string json) => json.Length == 0 ? null : JsonSerializer.Deserialize<Picture>(json, Json);
}
