using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Warta.Composition;

namespace Warta.Newsroom;

/// <summary>
/// Receives what is sent (a form, an autosave, a piece of a picture) before one of the places of <see cref="NewsroomLimits"/> is taken: who sends it a byte at a time, by malice or by a bad network, waits by himself
/// and keeps nobody out. Of strangers little is read.
/// </summary>
internal static class NewsroomForms
{
    public static async Task Receive(HttpContext context, Site site, RequestDelegate next)
    {
        var request = context.Request;
        if (context.GetEndpoint()?.Metadata.GetMetadata<Needs>() is { } needs && HttpMethods.IsPost(request.Method))
        {
            var isStranger = Door.Who(context, site.Press) is null;
            var longest = isStranger ? Math.Min(needs.LongestForm, Needs.LongestOfStrangers) : needs.LongestForm;
            if (await (request.HasFormContentType ? Refusal(context, longest) : Refusal(request, longest)) is { } status)
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

    /// <summary>What isn't a form is refused by its endpoint, which knows what it asks for: here it is only fetched, as far as anybody may send.</summary>
    private static async Task<int?> Refusal(HttpRequest request, long longest)
    {
        if (request.ContentLength > longest) return null;
        var received = new MemoryStream();
        request.HttpContext.Response.RegisterForDispose(received);
        var piece = ArrayPool<byte>.Shared.Rent(16 << 10);
        try
        {
            for (int read; received.Length <= longest && (read = await request.Body.ReadAsync(piece, request.HttpContext.RequestAborted)) > 0;) received.Write(piece, 0, read);
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode;
        }
        catch (IOException)
        {
            return StatusCodes.Status400BadRequest;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        received.Position = 0;
        request.Body = received;
        return null;
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
