using System.Text.Json;
using System.Text.Json.Serialization;

namespace Warta.Content;

/// <summary>A dateline as a revision keeps it: JSON, or an empty text for a story without one.</summary>
public static class Datelines
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write(Dateline? dateline) => dateline is null ? "" : JsonSerializer.Serialize(dateline, Json);

    public static Dateline? Read(string json) => json.Length == 0 ? null : JsonSerializer.Deserialize<Dateline>(json, Json);
}
