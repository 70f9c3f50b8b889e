using Warta.Accounts;
using Warta.Composition;
using Warta.Content;

namespace Warta.Newsroom;

/// <summary>The back office. Each endpoint says what it <see cref="Needs"/>; one that doesn't is refused, and so is every form that isn't ours.</summary>
internal static class NewsroomRoutes
{
    public static void MapNewsroom(this WebApplication app, Site site, SetUp setUp)
    {
        var newsroom = app.MapGroup("/newsroom").ExcludeFromDescription().RequireRateLimiting(NewsroomLimits.Policy);
        newsroom.MapGet("/assets/{file}", (string file) => NewsroomAssets.Send(file));
        // Its place gives it the newsroom and nothing else to look after.
        newsroom.MapGet("/offline.js", NewsroomAssets.SendWorker);
        var map = new Map(newsroom, site);
        SigningIn.Map(map);
        SettingUp.Map(map, setUp);
        MyAccount.Map(map);
        People.Map(map);
        Audit.Map(map);
        Manage.Map(map);
        Uploads.Map(map);
        PicturePreview.Map(map);
        PictureList.Map(map);
        PictureDesk.Map(map);
        Stories.Map(map, site);
        DeskBoard.Map(map);
        DeskMoves.Map(map);
        DeskPublishing.Map(map);
        AfterPublishing.Map(map);
        CorrectionDesk.Map(map);
        app.Map("/newsroom/{**rest}", (HttpContext context) =>
        {
            Map.NoStore(context);
            return new Visit(context, site) is var visit && visit.Person is null ? visit.Go(SignInAddress(visit)) : NotThere(visit);
        }).ExcludeFromDescription();
    }

    public static IResult NotThere(Visit visit) => visit.Refuse(404, visit.T("Tidak ada di sini", "Nothing here"), visit.T("Alamat ini tidak dikenal.", "This address isn't known."));

    private static string SignInAddress(Visit visit) => "/newsroom/sign-in?next=" + Uri.EscapeDataString(visit.Request.Path + visit.Request.QueryString);

    /// <summary>Registers endpoints, and stands before each.</summary>
    internal sealed class Map(RouteGroupBuilder group, Site site)
    {
        public void Get(string pattern, Needs needs, Func<Visit, IResult> show) =>
            group.MapMethods(pattern, ["GET", "HEAD"], (HttpContext context) => Answer(new Visit(context, site), needs, show)).WithMetadata(needs);

        public void Post(string pattern, Needs needs, Func<Visit, IResult> work) => Post(pattern, needs, visit => Task.FromResult(work(visit)));

        public void Post(string pattern, Needs needs, Func<Visit, Task<IResult>> work) =>
            group.MapMethods(pattern, ["POST"], (Delegate)((HttpContext context) => Take(context, needs, work))).WithMetadata(needs);

        private async Task<IResult> Take(HttpContext context, Needs needs, Func<Visit, Task<IResult>> work)
        {
            // Received already, or refused: NewsroomForms.
            var form = context.Request.HasFormContentType ? (FormCollection)await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
            var visit = new Visit(context, site) { Form = form };
            NoStore(context);
            if (!Door.IsOurs(context.Request, form.TryGetValue(Door.FormField, out var proof) ? proof.ToString() : context.Request.Headers["X-Form"].ToString()))
                return visit.Refuse(visit.Person is null ? 401 : 400, visit.T("Formulir ini sudah usang", "This form is too old"), visit.T("Muat ulang halamannya, lalu coba lagi.", "Load its page again and try once more."));
            if (Refusal(visit, needs) is { } refusal) return refusal;
            try
            {
                return await work(visit);
            }
            catch (ContentException e)
            {
                return visit.Refuse(422, visit.T("Tidak bisa", "That can't be done"), visit.Why(e));
            }
        }

        private static IResult Answer(Visit visit, Needs needs, Func<Visit, IResult> show)
        {
            NoStore(visit.Context);
            return Refusal(visit, needs) ?? show(visit);
        }

        private static IResult? Refusal(Visit visit, Needs needs)
        {
            if (needs.IsOpen) return null;
            if (visit.Person is not { } person) return visit.WantsJson ? visit.Refuse(401, "", visit.T("Sesi habis. Masuk lagi.", "The session has ended. Sign in again.")) : visit.Go(SignInAddress(visit));
            if (needs.Permission is { } permission && !person.May(permission, visit.Title.Id))
            {
                // Who works at another title than the host's is led to his own.
                if (HttpMethods.IsGet(visit.Request.Method) && visit.Request.Path.StartsWithSegments(Manage.Root, StringComparison.Ordinal) && !visit.Request.Query.ContainsKey("title") && visit.Site.Titles.Titles.FirstOrDefault(title => person.May(permission, title.Id)) is { } own)
                    return visit.Go($"{visit.Request.Path}?title={own.Slug}");
                return visit.Forbid(permission);
            }

            return needs.IsGrave && visit.Press.Now - person.ProvedAt > Sessions.Proof ? visit.Go("/newsroom/prove?next=" + Uri.EscapeDataString(HttpMethods.IsGet(visit.Request.Method) ? visit.Request.Path.Value! + TitleOf(visit) : BackFrom(visit))) : null;
        }

        private static string TitleOf(Visit visit) => visit.Request.Query["title"].ToString() is { Length: > 0 } title ? "?title=" + Uri.EscapeDataString(title) : "";

        // A form can't be sent again after the detour, but its page can be shown.
        private static string BackFrom(Visit visit) => Uri.TryCreate(visit.Request.Headers.Referer.ToString(), UriKind.Absolute, out var page) && page.Authority == visit.Request.Host.Value ? page.AbsolutePath + TitleOf(visit) : "/newsroom";

        public static void NoStore(HttpContext context)
        {
            var headers = context.Response.Headers;
            headers.CacheControl = "no-store";
            headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types warta-editor";
            headers["Referrer-Policy"] = "same-origin";
            headers["X-Frame-Options"] = "DENY";
            if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        }
    }
}
