using Warta.Accounts;
using Warta.Api;
using Warta.Composition;
using Warta.Feeds;
using Warta.Newsroom;
using Warta.Reader;
using Warta.Storage;

namespace Warta;

/// <summary>Everything that the port answers.</summary>
internal static class Routes
{
    // Load balancers ask with HEAD.
    private static readonly string[] Asking = ["GET", "HEAD"];

    public static void MapWarta(this WebApplication app, Site site, Pages pages, SetUp setUp)
    {
        app.Use(Guard);
        // The newsroom has to know who knocks and by which way: readers' pages are the same for all.
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/newsroom"), newsroom => newsroom.Use((context, next) =>
        {
            site.Proxies.Unwrap(context);
            return next(context);
        }));
        app.Use((context, next) => KeptPages.Serve(context, site, pages, next));
        app.Use((context, next) => ReadBeacon.Take(context, site, next));
        app.Use((context, next) => PrimaryHost.LeadTo(context, site, next));
        app.UseResponseCompression();
        app.UseRouting();
        app.Use((context, next) => NewsroomForms.Receive(context, site, next));
        app.UseRateLimiter();
        app.MapMethods("/healthz", Asking, () => "ok").ExcludeFromDescription();
        app.MapMethods("/readyz", Asking, () => Ready(site)).ExcludeFromDescription();
        app.MapApi(site);
        app.MapNewsroom(site, setUp);
        app.MapFeeds(site);
        app.MapReader(site, pages);
        app.MapMetrics(site, pages);
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
        // Neither database, nor any page, has a use for NUL; PostgreSQL refuses it. In a path Kestrel does.
        var query = context.Request.QueryString.Value;
        if (query?.Contains("%00", StringComparison.Ordinal) == true) context.Request.QueryString = new QueryString(query.Replace("%00", "", StringComparison.Ordinal));
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
            context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Warta").LogError(e, "{Method} {Path} failed: {Trace}", context.Request.Method, context.Request.Path, context.TraceIdentifier);
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
        headers.ContentSecurityPolicy = ContentPolicy.Strict;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
    }
}
