using Warta.Composition;
using Warta.Content;

namespace Warta.Reader;

/// <summary>Every address that readers know.</summary>
public static class ReaderRoutes
{
    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void MapReader(this WebApplication app, Site site)
    {
        Map("/", (_, title) => FrontPage.Compose(site, title));
        Map("/tag/{slug}", (request, title) => Lists.Tag(site, title, Route(request, "slug"), PageNumber(request)));
        Map("/author/{slug}", (request, title) => Lists.Author(site, title, Route(request, "slug"), PageNumber(request)));
        Map("/search", (request, title) => SearchPage.Compose(site, title, SearchQuery.Of(request.Query), PageNumber(request)));
        Map("/index", (request, title) => Lists.Day(site, title, request.Query["date"], request.Query["section"], PageNumber(request)));
        Map("/popular", (request, title) => Lists.Popular(site, title, PageNumber(request)));
        Map("/corrections", (request, title) => PageNumber(request) is { } page ? RegisterPage.Corrections(site, title, page) : null);
        Map("/takedowns", (request, title) => PageNumber(request) is { } page ? RegisterPage.Takedowns(site, title, page) : null);
        Alias("/penulis/{slug}", "/author/");
        Alias("/cari", "/search");
        Alias("/indeks", "/index");
        Alias("/terpopuler", "/popular");
        app.MapMethods("/assets/{**path}", Reading, context => Assets.Send(context, site));
        app.MapMethods("/media/{key}/{file}", Reading, context => MediaFiles.Send(context, site));
        app.MapMethods("/_/live/{block}", Reading, context => LiveFragment.Send(context, site));
        app.MapPost("/_/read", context => ReadBeacon.Take(context, site));
        // Every path, also one with a dot in its last segment, which the framework would take for a file.
        app.MapFallback("{**path}", context => Reading.Contains(context.Request.Method)
            ? Send(context, title => WhatStandsAt(site, title, context.Request))
            : Refuse(context));

        void Map(string pattern, Func<HttpRequest, Title, Page?> compose) =>
            app.MapMethods(pattern, Reading, context => Send(context, title => compose(context.Request, title)));

        void Alias(string pattern, string target) => app.MapMethods(pattern, Reading, context =>
        {
            var slug = context.Request.RouteValues["slug"]?.ToString();
            context.Response.Redirect(target + (slug is null ? "" : Uri.EscapeDataString(slug)) + context.Request.QueryString, permanent: true);
            return Task.CompletedTask;
        });

        Task Send(HttpContext context, Func<Title, Page?> compose)
        {
            var title = site.TitleOf(context);
            context.Response.Headers.ContentSecurityPolicy = ContentPolicy.For(title);
            var page = compose(title) ?? AbsentPage.NotFound(site, title, context.Request.Path.Value ?? "/");
            return PageResponse.Send(context, site.Decorate is { } decorate ? page with { Html = decorate(title, page.Html) } : page);
        }
    }

    /// <summary>
    /// The section, standing page or story of an address. One that bears another spelling, an old slug or an old section leads on to the present address.
    /// </summary>
    private static Page? WhatStandsAt(Site site, Title title, HttpRequest request)
    {
        var path = request.Path.Value ?? "/";
        var page = PageNumber(request);
        if (site.Press.Titles.Section(title.Id, path.Trim('/').ToLowerInvariant()) is { } section)
        {
            var address = Site.Address(section);
            return Uri.UnescapeDataString(address) == path ? page is null ? null : Lists.Section(site, title, section, page.Value) : Page.MovedTo(address + request.QueryString);
        }

        return site.Read(session =>
        {
            // A standing page is spelt in one way, without a slash at its end.
            if (StandingPages.Find(session, title.Id, path.Trim('/').ToLowerInvariant()) is { } text)
            {
                var at = TextPage.Address(text.Slug);
                return Uri.UnescapeDataString(at) == path ? TextPage.Compose(site, title, session, text) : Page.MovedTo(at + request.QueryString);
            }

            var found = Addresses.Resolve(session, title, path.TrimEnd('/').ToLowerInvariant());
            if (found.Gone is { } gone) return AbsentPage.Gone(site, title, gone);
            if (found.Live is not { } article) return null;
            var address = title.PathOf(article);
            if (Uri.UnescapeDataString(address) != path) return Page.MovedTo(address + request.QueryString);
            return request.Query["page"] == "all" ? ArticlePage.Compose(site, title, session, article, 0)
                : page is null ? null
                : ArticlePage.Compose(site, title, session, article, page.Value);
        });
    }

    /// <summary>Null for a page number that is none.</summary>
    private static int? PageNumber(HttpRequest request) =>
        !request.Query.TryGetValue("page", out var text) ? 1 : int.TryParse(text, out var number) && number is > 0 and < 1_000_000 ? number : null;

    private static string Route(HttpRequest request, string name) => request.RouteValues[name]?.ToString() ?? "";

    private static Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = "GET, HEAD";
        return Task.CompletedTask;
    }
}
