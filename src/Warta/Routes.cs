using System.Diagnostics;
using Warta.Api;
using Warta.Composition;
using Warta.Reader;
using Warta.Storage;

namespace Warta;

/// <summary>Everything that the port answers.</summary>
internal static class Routes
{
    private const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' https: data:; script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    public static void MapWarta(this WebApplication app, Site site)
    {
        app.Use(Guard);
        app.UseResponseCompression();
        app.UseRouting();
        app.MapGet("/healthz", () => "ok").ExcludeFromDescription();
        app.MapGet("/readyz", () => Ready(site)).ExcludeFromDescription();
        app.MapApi(site);
        app.MapReader(site);
    }

    private static IResult Ready(Site site)
    {
        try
        {
            site.Read(session => session.Value<long>("SELECT number FROM event_clock"));
            return Results.Text("ready");
        }
        catch (StorageException e)
        {
            return Results.Text(e.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>Headers that every answer bears, and an honest answer when something breaks.</summary>
    private static async Task Guard(HttpContext context, RequestDelegate next)
    {
        SetHeaders(context.Response.Headers);
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The reader has gone.
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = e.StatusCode;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var away = e is StorageException or Themes.ThemeException;
            context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Warta").LogError(e, "{Method} {Path} failed: {Trace}", context.Request.Method, context.Request.Path, Activity.Current?.Id);
            context.Response.Clear();
            var headers = context.Response.Headers;
            SetHeaders(headers);
            headers.CacheControl = "no-store";
            headers.ContentType = "text/plain; charset=utf-8";
            context.Response.StatusCode = away ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
            if (away) headers.RetryAfter = "10";
            await context.Response.WriteAsync(away ? "Sebentar: situs ini sedang kembali. Coba lagi dalam beberapa detik. / Back in a moment: please try again in a few seconds." : "Ada yang salah di pihak kami. / Something went wrong on our side.");
        }
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
    }
}
