using Warta.Composition;
using Warta.Content;
using Warta.Storage;

namespace Warta.Reader;

/// <summary>Every address that readers know.</summary>
public static class ReaderRoutes
{
    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void MapReader(this WebApplication app, Site site, Pages pages)
    {
        Keep("/", (s, title, session, _) => FrontPage.Compose(s, title, session));
        Keep("/tag/{slug}", (s, title, session, request) => Lists.Tag(s, title, session, Route(request, "slug"), PageNumber(request)));
        Keep("/author/{slug}", (s, title, session, request) => Lists.Author(s, title, session, Route(request, "slug"), PageNumber(request)));
        Keep("/corrections", (s, title, session, request) => PageNumber(request) is { } page ? RegisterPage.Corrections(s, title, session, page) : null);
        Keep("/takedowns", (s, title, session, request) => PageNumber(request) is { } page ? RegisterPage.Takedowns(s, title, session, page) : null);
        // What a reader asks for, few others do; and what is read now changes all the time.
        Make("/search", (s, title, session, request) => SearchPage.Compose(s, title, session, SearchQuery.Of(request.Query), PageNumber(request)));
        Make("/index", (s, title, session, request) => Lists.Day(s, title, session, request.Query["date"], request.Query["section"], PageNumber(request)));
        Make("/popular", (s, title, session, request) => Lists.Popular(s, title, session, PageNumber(request)));
        Alias("/penulis/{slug}", "/author/");
        Alias("/cari", "/search");
        Alias("/indeks", "/index");
        Alias("/terpopuler", "/popular");
        app.MapMethods("/assets/{**path}", Reading, context => Assets.Send(context, site));
        app.MapMethods("/media/{key}/{file}", Reading, context => MediaFiles.Send(context, site));
        app.MapMethods("/_/esi/{hole}", Reading, context => EsiFragment.Send(context, site, pages));
        app.MapMethods("/_/live/{block}", Reading, context => LiveFragment.Send(context, site, pages));
        // Every path, also one with a dot in its last segment, which the framework would take for a file.
        app.MapFallback("{**path}", context => Reading.Contains(context.Request.Method) ? Send(context, true, WhatStandsAt) : Refuse(context));

        void Keep(string pattern, Composing compose) => app.MapMethods(pattern, Reading, context => Send(context, true, compose));

        void Make(string pattern, Composing compose) => app.MapMethods(pattern, Reading, context => Send(context, false, compose));

        void Alias(string pattern, string target) => app.MapMethods(pattern, Reading, context =>
        {
            var slug = context.Request.RouteValues["slug"]?.ToString();
            context.Response.Redirect(target + (slug is null ? "" : Uri.EscapeDataString(slug)) + context.Request.QueryString, permanent: true);
            return Task.CompletedTask;
        });

        async Task Send(HttpContext context, bool keep, Composing compose)
        {
            var title = site.TitleOf(context);
            if (pages.IsAway)
            {
                await PageResponse.Unavailable(context, title);
                return;
            }

            // The page is made apart from the request, which may be over before it is.
            var asked = new Asked(context.Request.Path.Value ?? "/", context.Request.Query, context.Request.QueryString, context.Request.RouteValues);
            var number = KeptPages.NumberOf(context.Request);
            try
            {
                var answer = await pages.Get(new PageKey(title.Id, asked.Path, number ?? -1), keep && number is not null, (s, t, session) => compose(s, t, session, asked) ?? Redirected(s, t, session, asked), context.RequestAborted);
                await PageResponse.Send(context, site, title, answer, keep);
            }
            catch (Exception e) when (e is StorageException or OverloadException)
            {
                await PageResponse.Unavailable(context, title);
            }
        }
    }

    internal delegate Page? Composing(Site site, Title title, Session session, Asked request);

    /// <summary>What a request asks for, without the request.</summary>
    internal sealed record Asked(string Path, IQueryCollection Query, QueryString QueryString, RouteValueDictionary Route);

    /// <summary>
    /// The section, standing page or story of an address. One that bears another spelling, an old slug or an old section leads on to the present address.
    /// </summary>
    internal static Page? WhatStandsAt(Site site, Title title, Session session, Asked request)
    {
        var path = request.Path;
        var page = PageNumber(request);
        session.Note(Keys.Redirect(title.Id, Redirects.Normal(path)));
        if (site.Titles.IsShadowed(title.Id, path) && Redirected(site, title, session, request) is { } elsewhere) return elsewhere;
        if (site.Titles.Section(title.Id, path.Trim('/').ToLowerInvariant()) is { } section)
        {
            var address = Site.Address(section);
            return Uri.UnescapeDataString(address) == path ? page is null ? null : Lists.Section(site, title, session, section, page.Value) : Page.MovedTo(address + request.QueryString);
        }

        // A standing page is spelt in one way, without a slash at its end.
        var slug = path.Trim('/').ToLowerInvariant();
        if (!slug.Contains('/') && StandingPages.Find(session, title.Id, slug) is { } text)
        {
            var at = TextPage.Address(text.Slug);
            return Uri.UnescapeDataString(at) == path ? TextPage.Compose(site, title, session, text) : Page.MovedTo(at + request.QueryString);
        }

        var found = Addresses.Resolve(session, title, path.TrimEnd('/').ToLowerInvariant());
        if (found.Gone is { } gone) return AbsentPage.Gone(site, title, session, gone);
        if (found.Live is not { } article) return null;
        var place = title.PathOf(article);
        if (Uri.UnescapeDataString(place) != path) return Page.MovedTo(place + request.QueryString);
        return request.Query["page"] == "all" ? ArticlePage.Compose(site, title, session, article, 0)
            : page is null ? null
            : ArticlePage.Compose(site, title, session, article, page.Value);
    }

    /// <summary>Where editors lead those who come by an address of before; null for an address that they say nothing about.</summary>
    private static Page? Redirected(Site site, Title title, Session session, Asked request)
    {
        if (Redirects.Find(session, title.Id, Redirects.Normal(request.Path)) is not { } redirect) return null;
        if (redirect.Status == Redirects.Gone) return AbsentPage.GoneForGood(site, title, session);
        var target = redirect.Target;
        return Page.MovedTo(target.AsSpan().ContainsAny('?', '#') ? target : target + request.QueryString) with { Status = (int)redirect.Status };
    }

    /// <summary>Null for a page number that is none.</summary>
    private static int? PageNumber(Asked request) =>
        !request.Query.TryGetValue("page", out var text) ? 1 : int.TryParse(text, out var number) && number is > 0 and < 1_000_000 ? number : null;

    private static string Route(Asked request, string name) => request.Route[name]?.ToString() ?? "";

    private static Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = "GET, HEAD";
        return Task.CompletedTask;
    }
}
