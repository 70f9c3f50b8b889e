using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Warta.Api;

/// <summary>
/// How many requests of the API are worked on at a time. The public and the newsroom have limits of their own, so that no spike of readers keeps an editor from saving;
/// who finds the queue full is told to come back.
/// </summary>
internal static class ApiLimits
{
    public const string Policy = "api";
    private const int AtATime = 16, MostWaiting = 256;

    public static void Add(RateLimiterOptions options)
    {
        options.AddPolicy(Policy, context => RateLimitPartition.GetConcurrencyLimiter(context.Request.Headers.Authorization.Count > 0 ? "newsroom" : "public", _ => new ConcurrencyLimiterOptions
        {
            PermitLimit = AtATime,
            QueueLimit = MostWaiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }));
        options.OnRejected = async (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
            if (!rejected.HttpContext.Request.Path.StartsWithSegments("/api"))
            {
                rejected.HttpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                rejected.HttpContext.Response.Headers.CacheControl = "no-store";
                await rejected.HttpContext.Response.WriteAsync("Sedang ramai. Coba lagi sebentar. / Very busy. Try again in a moment.", CancellationToken.None);
                return;
            }

            await Problems.Of(503, "The API is very busy. Try again in a moment.").ExecuteAsync(rejected.HttpContext);
        };
    }
}
