using Warta.Composition;

namespace Warta.Api;

/// <summary>The REST API, version 1. docs/api.md tells it with examples; <c>/api/v1/openapi.json</c> for programs.</summary>
public static class ApiRoutes
{
    public static void MapApi(this WebApplication app, Site site)
    {
        var api = app.MapGroup("/api/v1").RequireRateLimiting(ApiLimits.Policy);
        api.MapReading(site);
        api.MapEditorial(site);
        api.MapRelatedChoices(site);
        api.MapSuggestions(site);
        api.MapLinks(site);
        api.MapReads(site);
        api.MapMedia(site);
        app.MapOpenApi("/api/v1/openapi.json");
        app.Map("/api/{**rest}", () => Problems.Of(404, "The API has nothing at this address; /api/v1/openapi.json lists what there is.")).ExcludeFromDescription();
    }
}
