using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Warta.Accounts;

namespace Warta.Newsroom;

/// <summary>
/// How many requests of the newsroom are worked on at a time, apart from readers and the API: no spike of theirs keeps an editor from saving. The door has
/// places of its own, since a password costs as much as a hundred saves; and one network may knock no more than an office does in the morning.
/// </summary>
internal static class NewsroomLimits
{
    public const string Policy = "newsroom";
    private const int Inside = 64, AtTheDoor = 4, MostWaiting = 512;
    public const int KnocksAtOnce = 300;

    public static void Add(RateLimiterOptions options)
    {
        options.AddPolicy(Policy, context => IsTheDoor(context)
            ? RateLimitPartition.GetConcurrencyLimiter("door", _ => Places(AtTheDoor))
            : RateLimitPartition.GetConcurrencyLimiter("inside", _ => Places(Inside)));
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => IsTheDoor(context) && HttpMethods.IsPost(context.Request.Method)
            ? RateLimitPartition.GetTokenBucketLimiter(Throttle.NetworkOf(context.Connection.RemoteIpAddress), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = KnocksAtOnce,
                TokensPerPeriod = 5,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            })
            : RateLimitPartition.GetNoLimiter(""));
    }

    private static bool IsTheDoor(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<Needs>() is { IsOpen: true };

    private static ConcurrencyLimiterOptions Places(int count) => new() { PermitLimit = count, QueueLimit = MostWaiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };
}
