using System.Globalization;
using System.Text.RegularExpressions;
using Warta.Accounts;
using Warta.Composition;
using Warta.Content;
using Warta.Publishing;

namespace Warta.Newsroom;

/// <summary>A story as its readers would see it: for whoever may read it, and by a link that ends for somebody from outside.</summary>
internal static partial class StoryPreview
{
    /// <summary>How long a link for somebody from outside is good.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    public static void Map(NewsroomRoutes.Map map)
    {
        map.Get("/stories/{id:long}/preview", Stories.SignedIn, visit => IsHis(visit) ?? Show(visit, $"/newsroom/stories/{Stories.IdOf(visit)}/preview"));
        map.Get("/stories/{id:long}/preview/media/{key}/{file}", Stories.SignedIn, visit => IsHis(visit) ?? File(visit));
        map.Post("/stories/{id:long}/preview-links", Stories.SignedIn, Link);
        map.Post("/stories/{id:long}/preview-links/end", Stories.SignedIn, End);
        map.Get("/preview/{id:long}/{secret}", Needs.Nothing, visit => IsGood(visit) ? Show(visit, visit.Request.Path.Value!) : NewsroomRoutes.NotThere(visit));
        map.Get("/preview/{id:long}/{secret}/media/{key}/{file}", Needs.Nothing, visit => IsGood(visit) ? File(visit) : Results.NotFound());
    }

    private static IResult? IsHis(Visit visit) => Stories.Read(visit, (_, _) => Results.Ok()) is var answer and not Microsoft.AspNetCore.Http.HttpResults.Ok ? answer : null;

    private static bool IsGood(Visit visit) => visit.Press.Database.Read(session => session.Value<long>("""
        SELECT count(*) FROM preview_links l
        WHERE l.hash = @hash AND l.article_id = @id AND l.expires_at > @Now
          AND NOT EXISTS (SELECT 1 FROM takedowns t WHERE t.article_id = l.article_id AND t.undone_at IS NULL)
        """, new { hash = Secret.HashOf((string)visit.Request.RouteValues["secret"]!), id = Stories.IdOf(visit), visit.Press.Now })) > 0;

    private static Shown Show(Visit visit, string address)
    {
        var id = Stories.IdOf(visit);
        var titles = visit.Site.Titles;
        var (writing, (draft, titleId)) = visit.Press.Database.Read(session => (Autosaves.Of(session, titles, id).Writing, Articles.Newest(session, id)));
        return new Shown(PreviewPage.Render(visit.Site, titles.Title(titleId), id, Complete(writing, draft, titles.Title(titleId)), draft, address + "/media"));
    }

    /// <summary>What is half typed can't be shown: then the last that could.</summary>
    private static Writing Complete(Writing writing, Draft draft, Title title)
    {
        try
        {
            writing.On(draft, title);
            return writing;
        }
        catch (ContentException)
        {
            return Writing.Of(draft, title.Zone).With([], writing.Body);
        }
    }

    /// <summary>A picture of the story as it is written, which no reader can have yet.</summary>
    private static IResult File(Visit visit)
    {
        var (key, file) = ((string)visit.Request.RouteValues["key"]!, (string)visit.Request.RouteValues["file"]!);
        if (!KeyForm().IsMatch(key) || !FileForm().IsMatch(file)) return Results.NotFound();
        var mentioned = visit.Press.Database.Read(session =>
        {
            var writing = Autosaves.Of(session, visit.Site.Titles, Stories.IdOf(visit)).Writing;
            var media = writing.Body.Figures.Select(figure => figure.Media).Append(Picture.Read(writing[Writing.Lead])?.Media).OfType<long>();
            return session.Value<long>("SELECT count(*) FROM media WHERE id IN [[ids:ids]] AND hash = @hash AND purged_at IS NULL AND (expires_at IS NULL OR expires_at > @Now)", new { ids = session.Ids(media), hash = key[..32], visit.Press.Now }) > 0;
        });
        var path = visit.Press.Media.FileOf(key, file);
        return mentioned && System.IO.File.Exists(path) ? Results.File(path, file.EndsWith(".jpg", StringComparison.Ordinal) ? "image/jpeg" : "image/" + file[(file.LastIndexOf('.') + 1)..]) : Results.NotFound();
    }

    private static IResult Link(Visit visit)
    {
        if (Stories.MayNotWrite(visit, out var story) is { } refusal) return refusal;
        var secret = Secret.New();
        var ends = visit.Press.Now + Lasts;
        visit.Press.Run(visit.Actor, act =>
        {
            act.Sql.Run("INSERT INTO preview_links (hash, article_id, made_by, made_at, expires_at) VALUES (@p1, @p2, @p3, @p4, @p5)", Secret.HashOf(secret), story.Id, act.Actor, act.Now, ends);
            act.Sql.Run("DELETE FROM preview_links WHERE expires_at <= @p1", act.Now);
            act.Record("preview-link-made", story.TitleId, story.Id);
        });
        return Visit.Page<PreviewLinkPage>(200, ("Frame", visit.Frame()), ("Story", story), ("Ends", ends), ("Link", $"{visit.Request.Scheme}://{visit.Request.Host}/newsroom/preview/{story.Id.ToString(CultureInfo.InvariantCulture)}/{secret}"));
    }

    private static IResult End(Visit visit)
    {
        if (Stories.MayNotWrite(visit, out var story) is { } refusal) return refusal;
        visit.Press.Run(visit.Actor, act =>
        {
            act.Sql.Run("DELETE FROM preview_links WHERE article_id = @p1", story.Id);
            act.Record("preview-links-ended", story.TitleId, story.Id);
        });
        return visit.Go($"/newsroom/stories/{story.Id}", visit.T("Semua tautan pratinjau naskah ini tidak berlaku lagi.", "No preview link of this story is good any more."));
    }

    /// <summary>The theme's page without its scripts: nobody counts who reads it, and nothing on it changes by itself.</summary>
    private sealed class Shown(string html) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = "default-src 'none'; img-src 'self' https: data:; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
            headers["X-Robots-Tag"] = "noindex, nofollow";
            headers["Referrer-Policy"] = "no-referrer";
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync(html, context.RequestAborted);
        }
    }

    [GeneratedRegex("^[0-9a-f]{32}(-[0-9]{1,3}x[0-9]{1,3})?$")]
    private static partial Regex KeyForm();

    [GeneratedRegex("^(whole|wide|square|share)-[1-9][0-9]{0,4}\\.(webp|avif|jpg)$")]
    private static partial Regex FileForm();
}
