using Microsoft.AspNetCore.Http.Features;
using Warta.Composition;

namespace Warta.Newsroom;

/// <summary>
/// Receives a form before one of the places of <see cref="NewsroomLimits"/> is taken: who sends it a byte at a time waits by himself, and keeps nobody from the door. Of strangers little is read.
/// </summary>
internal static class NewsroomForms
{
    public static async Task Receive(HttpContext context, Site site, RequestDelegate next)
    {
        var request = context.Request;
        if (context.GetEndpoint()?.Metadata.GetMetadata<Needs>() is { } needs && HttpMethods.IsPost(request.Method) && request.HasFormContentType)
        {
            var isStranger = Door.Who(context, site.Press) is null;
            var longest = isStranger ? Math.Min(needs.LongestForm, Needs.LongestOfStrangers) : needs.LongestForm;
            if (await Refusal(context, longest) is { } status)
            {
                NewsroomRoutes.Map.NoStore(context);
                // Whoever was signed out while he wrote is to hear that, not that he wrote too much.
                if (isStranger && !needs.IsOpen && status == StatusCodes.Status413PayloadTooLarge) status = StatusCodes.Status401Unauthorized;
                context.Response.StatusCode = status;
                return;
            }
        }

        await next(context);
    }

    private static async Task<int?> Refusal(HttpContext context, long longest)
    {
        if (context.Request.ContentLength > longest) return StatusCodes.Status413PayloadTooLarge;
        // For those who don't say how much is to come.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = longest;
        try
        {
            await context.Request.ReadFormAsync(context.RequestAborted);
            return null;
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return StatusCodes.Status400BadRequest;
        }
    }
}
