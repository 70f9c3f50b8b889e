using Microsoft.AspNetCore.Http.HttpResults;
using Warta.Accounts;
using Warta.Content;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Newsroom;

/// <summary>The standing pages: who makes the paper, by which code, and how to reach it.</summary>
public static class PageDesk
{
    private const string Here = "pages";
    private const int Versions = 50;
    private static readonly Needs Content = new(Permission.ManageContent);

    /// <param name="Text">As <see cref="PlainNotation"/> writes it.</param>
    public sealed record Draft(string Slug, string Name, string Position, string Text, bool IsNew);

    public sealed record Version
    {
        public long Id { get; init; }
        public string Slug { get; init; } = "";
        public string Name { get; init; } = "";
        public string Body { get; init; } = "";
        public long Position { get; init; }
        public DateTimeOffset FromAt { get; init; }
        public DateTimeOffset? UntilAt { get; init; }
        public string SetBy { get; init; } = "";
    }

    internal static void Map(NewsroomRoutes.Map map)
    {
        Get("/manage/pages", visit => visit.Press.Database.Read(session => Visit.Page<PagesPage>(200, ("Frame", visit.Frame()), ("Pages", StandingPages.Of(session, visit.Title.Id)), ("Missing", StandingPages.Missing(session, visit.Title.Id)))));
        Get("/manage/pages/edit", visit => visit.Press.Database.Read(session => Edit(visit, session)));
        Post("/manage/pages/edit", Save);
        Post("/manage/pages/remove", visit =>
        {
            var slug = visit.Field("slug");
            var before = visit.Press.Database.Read(session => History(session, visit.Title.Id, slug)).Find(version => version.UntilAt is null);
            visit.Press.Run(visit.Actor, act => act.RemovePage(visit.Title.Id, slug));
            return visit.Go(Manage.At(visit.Title, Here), visit.T($"/{slug} dihapus. Riwayatnya tetap ada.", $"/{slug} is removed. Its history stays."), before is null ? "" : Manage.At(visit.Title, "pages/restore", $"&version={before.Id}"));
        });
        Post("/manage/pages/restore", visit =>
        {
            if (Old(visit) is not { } version) return NewsroomRoutes.NotThere(visit);
            visit.Press.Run(visit.Actor, act => act.PutPage(visit.Title.Id, version.Slug, version.Name, BodyJson.Read(version.Body), (int)version.Position));
            return visit.Go(Manage.At(visit.Title, Here), visit.T($"/{version.Slug} kembali seperti sebelumnya.", $"/{version.Slug} is as it was."));
        });

        void Get(string pattern, Func<Visit, IResult> work) => map.Get(pattern, Content, visit => visit.May(Permission.ManageContent) ? work(visit) : visit.Forbid(Permission.ManageContent));
        void Post(string pattern, Func<Visit, IResult> work) => map.Post(pattern, Content, visit => visit.May(Permission.ManageContent) ? work(visit) : visit.Forbid(Permission.ManageContent));
    }

    private static RazorComponentResult Edit(Visit visit, Session session)
    {
        var slug = visit.Request.Query["page"].ToString();
        if (Old(visit, session) is { } old) return Show(visit, session, Of(old), "");
        var now = slug.Length == 0 ? null : History(session, visit.Title.Id, slug).Find(version => version.UntilAt is null);
        return Show(visit, session, now is null ? new Draft(slug, "", "", "", true) : Of(now), "");
    }

    private static IResult Save(Visit visit)
    {
        var draft = new Draft(visit.Field("slug").Trim(), visit.Field("name"), visit.Field("position").Trim(), visit.Field("text"), visit.Field("new") == "1");
        try
        {
            var (before, body) = visit.Press.Database.Read(session => Read(session, visit, draft));
            if (visit.Field("do") == "preview") return visit.Press.Database.Read(session => Show(visit, session, draft, BodyRenderer.Render(body.Blocks, new RenderContext { Words = visit.Title.Words })));
            if (draft.IsNew && before is not null) throw new ContentException(visit.T($"Sudah ada halaman /{draft.Slug}. Buka yang itu, atau beri alamat lain.", $"There is a page /{draft.Slug} already. Open that one, or choose another address."));
            int? position = int.TryParse(draft.Position, out var given) && given is >= 0 and < 100_000 ? given : null;
            visit.Press.Run(visit.Actor, act => act.PutPage(visit.Title.Id, draft.Slug, draft.Name.Trim().Length == 0 ? null : draft.Name, body, position));
            return visit.Go(Manage.At(visit.Title, Here), visit.T($"Halaman /{draft.Slug} tayang.", $"The page /{draft.Slug} is live."), before is null ? "" : Manage.At(visit.Title, "pages/restore", $"&version={before.Id}"));
        }
        catch (ContentException e)
        {
            return visit.Press.Database.Read(session => Show(visit, session, draft, "", visit.Why(e)));
        }
    }

    private static (Version? Before, Body Body) Read(Session session, Visit visit, Draft draft)
    {
        var before = History(session, visit.Title.Id, draft.Slug).Find(version => version.UntilAt is null);
        return (before, PlainNotation.Read(draft.Text, before is null ? Body.Empty : BodyJson.Read(before.Body)));
    }

    private static Draft Of(Version version) => new(version.Slug, version.Name, $"{version.Position}", PlainNotation.Write(BodyJson.Read(version.Body)), false);

    private static Version? Old(Visit visit) => visit.Press.Database.Read(session => Old(visit, session));

    private static Version? Old(Visit visit, Session session) => long.TryParse(visit.Request.Query["version"], out var id)
        ? session.First<Version>("SELECT id, slug, name, body, position, from_at, until_at, set_by FROM pages WHERE id = @id AND title_id = @titleId", new { id, titleId = visit.Title.Id })
        : null;

    private static List<Version> History(Session session, long titleId, string slug) =>
        session.Query<Version>($"SELECT id, slug, name, body, position, from_at, until_at, set_by FROM pages WHERE title_id = @titleId AND slug = @slug ORDER BY id DESC LIMIT {Versions}", new { titleId, slug });

    private static RazorComponentResult Show(Visit visit, Session session, Draft draft, string preview, string fault = "") => Visit.Page<PageEditor>(fault.Length > 0 ? 422 : 200,
        ("Frame", visit.Frame(fault, fault.Length > 0)), ("Draft", draft), ("Preview", preview), ("History", draft.Slug.Length == 0 ? [] : History(session, visit.Title.Id, draft.Slug)));
}
