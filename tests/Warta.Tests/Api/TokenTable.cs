namespace Warta.Api;

/// <summary>
/// Which tokens each endpoint of the API lets through. A line: METHOD PATTERN | three groups, a letter for each role whose token gets through, a dot for one that is refused:
/// Contributor, Reporter, Photo editor, Advertising, Editor, Managing editor, admin (X), of all titles · of the title that the call is about · of another title.
/// A picture is of no title. "everybody" asks for no token. Where a line is missing or wrong, the test prints what it should be: read it before you believe it.
/// </summary>
internal static class TokenTable
{
    public static readonly HashSet<string> Lines =
    [
        "GET /api/v1/articles | everybody",
        "POST /api/v1/articles | CRP.EMX CRP.EMX .......",
        "GET /api/v1/articles/{id:long} | everybody",
        "PUT /api/v1/articles/{id:long} | ....EMX ....EMX .......",
        "GET /api/v1/articles/{id:long}/corrections | everybody",
        "POST /api/v1/articles/{id:long}/corrections | ....EMX ....EMX .......",
        "DELETE /api/v1/articles/{id:long}/corrections/{correction:long} | ....EMX ....EMX .......",
        "POST /api/v1/articles/{id:long}/publish | ....EMX ....EMX .......",
        "POST /api/v1/articles/{id:long}/purge | ......X ......X .......",
        "GET /api/v1/articles/{id:long}/reads | CRP.EMX CRP.EMX .......",
        "GET /api/v1/articles/{id:long}/receipts | ....EMX ....EMX .......",
        "GET /api/v1/articles/{id:long}/related | everybody",
        "GET /api/v1/articles/{id:long}/related/choices | CRP.EMX CRP.EMX .......",
        "PUT /api/v1/articles/{id:long}/related/choices | ....EMX ....EMX .......",
        "GET /api/v1/articles/{id:long}/revisions | ....EMX ....EMX .......",
        "POST /api/v1/articles/{id:long}/schedule | ....EMX ....EMX .......",
        "GET /api/v1/articles/{id:long}/suggestions | ....EMX ....EMX .......",
        "DELETE /api/v1/articles/{id:long}/takedown | .....MX .....MX .......",
        "POST /api/v1/articles/{id:long}/takedown | .....MX .....MX .......",
        "POST /api/v1/articles/{id:long}/withdraw | ....EMX ....EMX .......",
        "GET /api/v1/latest | everybody",
        "GET /api/v1/links | CRP.EMX CRP.EMX .......",
        "POST /api/v1/links/{link}/repair | ....EMX ....EMX .......",
        "GET /api/v1/openapi.json | everybody",
        "GET /api/v1/picks | everybody",
        "PUT /api/v1/picks | ....EMX ....EMX .......",
        "GET /api/v1/popular | everybody",
        "GET /api/v1/popular/exclusions | ....EMX ....EMX .......",
        "PUT /api/v1/popular/exclusions | ....EMX ....EMX .......",
        "DELETE /api/v1/popular/exclusions/{exclusion:long} | ....EMX ....EMX .......",
        "GET /api/v1/reads/now | CRP.EMX CRP.EMX .......",
        "GET /api/v1/search | everybody",
        "POST /api/v1/suggestions | CRP.EMX CRP.EMX .......",
        "POST /api/v1/media | CRPAEMX CRPAEMX CRPAEMX",
    ];
}
