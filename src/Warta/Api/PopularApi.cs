using System.Globalization;
using Warta.Accounts;
using Warta.Composition;
using Warta.Content;
using Warta.Discovery;
using Warta.Publishing;

namespace Warta.Api;

/// <summary>What editors keep out of the most read.</summary>
internal static class PopularApi
{
    public static IResult List(HttpContext context, Site site)
    {
        var (bearer, refusal) = Bearers.Ask(context, site.Press, Permission.SetPicks);
        if (bearer is null) return refusal!;
        var title = site.TitleOf(context);
        return site.Read(session => Results.Json(new { items = Exclusions.Of(session, title.Id, site.Press.Now).Select(e => Item(e, title)) }));
    }

    public static IResult Exclude(EditorialApi.Call call)
    {
        var id = call.Act.Exclude(call.Title.Id, call.Text("kind") ?? "", call.Text("value") ?? "", call.Text("reason") ?? "", call.Time("until"));
        return Results.Json(Item(Exclusions.Of(call.Act.Sql, call.Title.Id, call.Act.Now).Single(e => e.Id == id), call.Title), statusCode: StatusCodes.Status201Created);
    }

    public static IResult Include(EditorialApi.Call call)
    {
        var number = long.Parse(call.Context.Request.RouteValues["exclusion"]!.ToString()!, CultureInfo.InvariantCulture);
        if (Exclusions.Of(call.Act.Sql, call.Title.Id, call.Act.Now).TrueForAll(e => e.Id != number)) return Problems.Of(404, $"No exclusion {number} holds in this title.");
        call.Act.Include(call.Title.Id, number);
        return Results.NoContent();
    }

    private static object Item(Exclusions.Exclusion e, Title title) => new
    {
        e.Id,
        e.Kind,
        e.Value,
        e.Reason,
        until = e.UntilAt is { } end ? Clock.Iso(end, title.Zone) : null,
        setAt = Clock.Iso(e.SetAt, title.Zone),
        e.SetBy,
    };
}
