using Warta.Accounts;
using Warta.Content;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Newsroom;

/// <summary>Tags and authors, which all titles share: names, what is said of authors, and two spellings made one.</summary>
public static class NameDesk
{
    private const int Shown = 100;
    private static readonly Needs Content = new(Permission.ManageContent);

    public sealed record Row
    {
        public long Id { get; init; }
        public string Slug { get; init; } = "";
        public string Name { get; init; } = "";
        public long Stories { get; init; }
    }

    public sealed record Known
    {
        public long Id { get; init; }
        public string Slug { get; init; } = "";
        public string Name { get; init; } = "";
        public string About { get; init; } = "";
        public string Job { get; init; } = "";
        public long? PortraitId { get; init; }
        public long? UserId { get; init; }
    }

    internal static void Map(NewsroomRoutes.Map map)
    {
        Map(map, ListingKind.Tag, "tags");
        Map(map, ListingKind.Author, "authors");
    }

    private static void Map(NewsroomRoutes.Map map, string kind, string page)
    {
        map.Get("/manage/" + page, Content, visit => visit.Press.Database.Read(session => Visit.Page<NamesPage>(200, ("Frame", visit.Frame()), ("Kind", kind), ("Search", Search(visit)), ("Rows", Find(session, kind, visit.Title.Id, Search(visit))), ("MayChange", visit.MayEverywhere(Permission.ManageContent)))));
        map.Get($"/manage/{page}/{{id:long}}", Content, visit => visit.Press.Database.Read(session => One(session, kind, IdOf(visit)) is { } known
            ? Visit.Page<NamePage>(200, ("Frame", visit.Frame()), ("Kind", kind), ("Known", known), ("Search", Search(visit)), ("Others", Search(visit).Length == 0 ? [] : Find(session, kind, visit.Title.Id, Search(visit)).FindAll(row => row.Id != known.Id)), ("Users", kind == ListingKind.Author ? Users.List(session) : []), ("MayChange", visit.MayEverywhere(Permission.ManageContent)))
            : NewsroomRoutes.NotThere(visit)));
        Post($"/{{id:long}}/rename", (visit, act) =>
        {
            act.RenameNamed(kind, IdOf(visit), visit.Field("name"), visit.Field("slug"));
            return (visit.T("Tersimpan.", "Saved."), "");
        });
        Post($"/{{id:long}}/merge", (visit, act) =>
        {
            var into = long.TryParse(visit.Field("into"), out var given) ? given : 0;
            var number = act.MergeNames(kind, IdOf(visit), into);
            return (visit.T("Digabung. Alamat lama dialihkan ke sini.", "Merged. The old address leads here."), $"{Manage.Root}/{page}/unmerge?title={visit.Title.Slug}&merge={number}");
        }, visit => $"{page}/{visit.Field("into")}");
        Post("/unmerge", (visit, act) =>
        {
            act.Unmerge(long.TryParse(visit.Request.Query["merge"], out var number) ? number : 0);
            return (visit.T("Keduanya terpisah lagi.", "They are two again."), "");
        }, _ => page);
        if (kind != ListingKind.Author) return;
        Post("/{id:long}/describe", (visit, act) =>
        {
            var user = long.TryParse(visit.Field("user"), out var chosen) && Users.Find(act.Sql, chosen) is not null ? chosen : (long?)null;
            var portrait = visit.Field("portrait").Trim() is { Length: > 0 } number ? long.TryParse(number, out var picture) ? picture : throw new ContentException(visit.T("Foto adalah nomor sebuah gambar.", "The portrait is a picture's number.")) : (long?)null;
            act.Describe(IdOf(visit), visit.Field("about"), portrait);
            act.SetJob(IdOf(visit), visit.Field("job"), user);
            return (visit.T("Tersimpan.", "Saved."), "");
        });

        void Post(string what, Func<Visit, Act, (string Said, string Undo)> work, Func<Visit, string>? back = null) => map.Post($"/manage/{page}{what}", Content, visit =>
        {
            if (!visit.MayEverywhere(Permission.ManageContent)) return visit.Forbid(Permission.ManageContent);
            var (said, undo) = visit.Press.Run(visit.Actor, act => work(visit, act));
            return visit.Go(Manage.At(visit.Title, back?.Invoke(visit) ?? $"{page}/{IdOf(visit)}"), said, undo);
        });
    }

    private static long IdOf(Visit visit) => long.TryParse((string?)visit.Request.RouteValues["id"], out var id) ? id : 0;

    private static string Search(Visit visit) => visit.Request.Query["q"].ToString().Replace("\0", "", StringComparison.Ordinal).Trim();

    private static Known? One(Session session, string kind, long id) => session.First<Known>($"SELECT id, slug, name{(kind == ListingKind.Author ? ", about, job, portrait_id, user_id" : "")} FROM {Warta.Content.People.Table(kind)} WHERE id = @id AND merged_into_id IS NULL", new { id });

    /// <summary>The most used of a title, or those with these words in their name.</summary>
    private static List<Row> Find(Session session, string kind, long titleId, string search) => search.Length == 0
        ? session.Query<Row>($"""
            SELECT t.id, t.slug, t.name, s.stories
            FROM listing_sizes s JOIN {Warta.Content.People.Table(kind)} t ON t.id = s.key_id
            WHERE s.title_id = @titleId AND s.kind = @kind
            ORDER BY s.stories DESC, t.slug LIMIT {Shown}
            """, new { titleId, kind })
        : session.Query<Row>($"""
            SELECT t.id, t.slug, t.name, coalesce(s.stories, 0) AS stories
            FROM {Warta.Content.People.Table(kind)} t LEFT JOIN listing_sizes s ON s.title_id = @titleId AND s.kind = @kind AND s.key_id = t.id
            WHERE t.merged_into_id IS NULL AND (t.slug LIKE @like OR t.slug LIKE @inside)
            ORDER BY t.slug LIMIT {Shown}
            """, new { titleId, kind, like = Slug.From(search) + "%", inside = "%" + Slug.From(search) + "%" });
}
