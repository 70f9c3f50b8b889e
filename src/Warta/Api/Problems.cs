using Microsoft.AspNetCore.Mvc;
using Warta.Content;
using Warta.Publishing;

namespace Warta.Api;

/// <summary>Errors as RFC 9457 problem details: <c>title</c> names the kind, <c>detail</c> says what to do.</summary>
internal static class Problems
{
    public static IResult Of(int status, string detail) => TypedResults.Json(new ProblemDetails
    {
        Status = status,
        Title = status switch
        {
            400 => "Bad request",
            401 => "No valid token",
            403 => "Not permitted",
            404 => "Not found",
            409 => "Not possible now",
            410 => "Gone",
            412 => "Changed meanwhile",
            415 => "Unsupported media type",
            428 => "If-Match is missing",
            503 => "The database is away",
            _ => "Error",
        },
        Detail = detail,
    }, contentType: "application/problem+json", statusCode: status);

    public static IResult Of(ContentException e) => e switch
    {
        NoSuchArticleException or NoSuchLinkException => Of(404, e.Message),
        PublishingException => Of(409, e.Message),
        _ => Of(400, e.Message),
    };
}
