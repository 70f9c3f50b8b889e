using System.Text.Json.Nodes;
using Warta.Accounts;
using Warta.Composition;
using Warta.Publishing;

namespace Warta.Api;

/// <summary>The answer to a verb: the receipt of what was done, as far as it is known within a moment of the commit.</summary>
/// <param name="more">What the answer says besides.</param>
internal sealed class Receipted(Site site, Act act, JsonObject? more = null, int status = StatusCodes.Status200OK) : IResult
{
    private const int MostReceipts = 100;

    public async Task ExecuteAsync(HttpContext context)
    {
        var receipt = act.Deeds is [.., var deed] ? await site.Witness.After(deed.Number, Witness.Courtesy) : null;
        var json = receipt is null ? [] : ReceiptJson.Of(receipt, site.Press.Titles, site.Press.Now);
        foreach (var (name, value) in more ?? []) json[name] = value?.DeepClone();
        await Results.Json(json, statusCode: status).ExecuteAsync(context);
    }

    /// <summary>A story's receipts, newest first.</summary>
    public static IResult Of(HttpContext context, Site site, long id)
    {
        var (bearer, refusal) = Bearers.Ask(context, site.Press, Permission.WriteOwn);
        if (bearer is null) return refusal!;
        return site.Read(session => Drafts.Refusal(session, bearer, id)
            ?? Results.Json(new { items = Receipts.Of(session, id, MostReceipts).Select(receipt => ReceiptJson.Of(receipt, site.Press.Titles, site.Press.Now)) }));
    }
}
