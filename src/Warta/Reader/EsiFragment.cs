using Warta.Composition;

namespace Warta.Reader;

/// <summary>What fills one hole of one page, for a cache that puts pages together: <c>/_/esi/popular?for=…</c> (<see cref="Includes"/>).</summary>
internal static class EsiFragment
{
    public static Task Send(HttpContext context, Site site, Pages pages)
    {
        var title = site.TitleOf(context);
        var hole = Includes.HoleOf(context.Request.RouteValues["hole"]?.ToString() ?? "");
        var plan = hole is Hole.Date or Hole.Strip ? LivePlan.Of(title) : Includes.PlanOf(title, site.Titles, context.Request.Query["for"].ToString());
        if (hole is null || plan is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.Headers.CacheControl = "public, max-age=60";
            return Task.CompletedTask;
        }

        return PageResponse.SendPart(context, new Composed([pages.Part(title, hole.Value, plan)]));
    }
}
