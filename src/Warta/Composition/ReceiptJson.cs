using System.Text.Json;
using System.Text.Json.Nodes;
using Warta.Content;
using Warta.Publishing;

namespace Warta.Composition;

/// <summary>A receipt as programs read it.</summary>
public static class ReceiptJson
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static JsonObject Of(Receipt receipt, TitleDirectory titles, DateTimeOffset now) => new()
    {
        ["event"] = receipt.EventNumber,
        ["verb"] = receipt.Verb,
        ["id"] = receipt.ArticleId,
        ["title"] = receipt.TitleId is { } id ? titles.Title(id).Slug : null,
        ["committedAt"] = Clock.Iso(receipt.CommittedAt, (receipt.TitleId is { } at ? titles.Title(at) : titles.Default).Zone),
        ["state"] = StateOf(receipt, now),
        ["shown"] = receipt.Shown,
        ["ms"] = receipt.Ms,
        ["surfaces"] = JsonSerializer.SerializeToNode(receipt.Surfaces, Web),
        ["beyondRecall"] = new JsonArray(BeyondRecall(receipt).Select(what => (JsonNode)what).ToArray()),
    };

    /// <summary>"finished", "pending", "interrupted" by a stop, or "unmeasured" where nobody could be asked.</summary>
    public static string StateOf(Receipt receipt, DateTimeOffset now) =>
        receipt.FinishedAt is not null ? receipt.Surfaces.Count > 0 ? "finished" : "unmeasured" : receipt.WasCutShort(now) ? "interrupted" : "pending";

    /// <summary>What has left the house and doesn't come back.</summary>
    public static IReadOnlyList<string> BeyondRecall(Receipt receipt) => receipt.IsRemoval ? ["share previews and caches of others"] : [];
}
