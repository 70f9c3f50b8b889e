using System.Globalization;
using System.Text.Json.Nodes;
using Warta.Composition;
using Warta.Content;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Api;

/// <summary>Corrections by API: issuing and withdrawing them, and how a story's JSON tells them.</summary>
internal static class CorrectionsApi
{
    public sealed record Item(long Id, string Kind, string Label, string Text, string AskedBy, string? Link, string IssuedAt);

    public static IReadOnlyList<Item> Items(Session session, Title title, long articleId)
    {
        var corrections = Corrections.Of(session, articleId);
        var linked = Corrections.Linked(session, title.Id, corrections);
        return corrections.ConvertAll(c => new Item(c.Id, c.Kind, CorrectionViews.Label(title.Words, c.Kind), c.Text, c.AskedBy,
            c.LinkArticleId is { } id ? linked.TryGetValue(id, out var story) ? title.Url + title.PathOf(story) : null : c.Link.Length > 0 ? c.Link : null,
            Clock.Iso(c.IssuedAt, title.Zone)));
    }

    public static IResult Issue(Site site, EditorialApi.Call call, long articleId)
    {
        var id = call.Act.Correct(articleId, call.Text("kind") ?? "", call.Text("text") ?? "", call.Text("link"), call.Text("askedBy"));
        return new Receipted(site, call.Act, new JsonObject { ["id"] = id, ["kind"] = CorrectionKind.Named(call.Text("kind")!), ["issuedAt"] = Clock.Iso(call.Act.Now, call.Title.Zone) }, StatusCodes.Status201Created);
    }

    public static IResult Withdraw(Site site, EditorialApi.Call call, long articleId)
    {
        var number = long.Parse(call.Context.Request.RouteValues["correction"]!.ToString()!, CultureInfo.InvariantCulture);
        if (Corrections.Of(call.Act.Sql, articleId).TrueForAll(c => c.Id != number)) return Problems.Of(404, $"No correction {number} stands on the article {articleId}.");
        call.Act.WithdrawCorrection(number);
        return new Receipted(site, call.Act);
    }
}
