using Microsoft.AspNetCore.Http.HttpResults;
using Warta.Accounts;
using Warta.Composition;
using Warta.Content;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Newsroom;

/// <summary>Addresses of before, one by one or by pasting a list of them.</summary>
public static class RedirectDesk
{
    private const int PageSize = 100, MostLines = 5_000;
    private const string Here = "redirects";
    private static readonly Needs Content = new(Permission.ManageContent);

    // Warta's own addresses, which answer before anybody asks for a redirect.
    private static readonly HashSet<string> Own = ["search", "cari", "index", "indeks", "popular", "terpopuler", "corrections", "takedowns", "newsroom", "api", "_", "assets", "media", "healthz", "readyz", "metrics"];

    internal static void Map(NewsroomRoutes.Map map)
    {
        map.Get("/manage/redirects", Content, visit => visit.May(Permission.ManageContent) ? Show(visit, "", 200, "") : visit.Forbid(Permission.ManageContent));
        map.Post("/manage/redirects", Content, visit =>
        {
            if (!visit.May(Permission.ManageContent)) return visit.Forbid(Permission.ManageContent);
            try
            {
                return Put(visit);
            }
            catch (ContentException e)
            {
                return Show(visit, visit.Why(e), 422, visit.Field("lines"));
            }
        });
        map.Post("/manage/redirects/remove", Content, visit =>
        {
            if (!visit.May(Permission.ManageContent)) return visit.Forbid(Permission.ManageContent);
            var gone = visit.Press.Run(visit.Actor, act => act.RemoveRedirect(visit.Title.Id, visit.Field("path")));
            return visit.Go(Manage.At(visit.Title, Here), visit.T($"{gone.Path} tidak dialihkan lagi.", $"{gone.Path} leads nowhere any more."),
                Manage.At(visit.Title, "redirects/put", $"&path={Uri.EscapeDataString(gone.Path)}&target={Uri.EscapeDataString(gone.Target)}&status={gone.Status}&shadows={(gone.Shadows ? 1 : 0)}"));
        });
        map.Post("/manage/redirects/put", Content, visit =>
        {
            if (!visit.May(Permission.ManageContent)) return visit.Forbid(Permission.ManageContent);
            var query = visit.Request.Query;
            var redirect = new Redirect { Path = query["path"].ToString(), Target = query["target"].ToString(), Status = long.TryParse(query["status"], out var status) ? status : 301, Shadows = query["shadows"] == "1" };
            Keep(visit, [redirect]);
            return visit.Go(Manage.At(visit.Title, Here), visit.T("Pengalihan itu kembali.", "That redirect is back."));
        });
    }

    private static IResult Put(Visit visit)
    {
        var status = long.TryParse(visit.Field("status"), out var given) ? given : 301;
        var shadows = visit.Field("shadows") == "1";
        var redirects = new List<Redirect>();
        var faults = new List<string>();
        var lines = visit.Field("lines").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length > MostLines) throw new ContentException(visit.T($"Paling banyak {MostLines} baris sekali kirim.", $"At most {MostLines} lines at once."));
        for (var i = 0; i < lines.Length; i++)
        {
            try
            {
                var redirect = Line(lines[i], status, shadows);
                redirects.Add(redirect with { Path = Redirects.ReadPath(redirect.Path) });
            }
            catch (ContentException e)
            {
                faults.Add(visit.T($"Baris {i + 1}: ", $"Line {i + 1}: ") + visit.Why(e));
            }
        }

        if (faults.Count > 0) throw new ContentException(string.Join(" ", faults.Take(20)));
        if (redirects.Count == 0) throw new ContentException(visit.T("Tulis sedikitnya satu baris: alamat lama, lalu tujuannya.", "Write one line at least: the old address, then where it leads."));
        Keep(visit, redirects);
        return visit.Go(Manage.At(visit.Title, Here), redirects.Count == 1 ? visit.T($"{redirects[0].Path} dialihkan.", $"{redirects[0].Path} leads on.") : visit.T($"{redirects.Count} alamat dialihkan.", $"{redirects.Count} addresses lead on."));
    }

    /// <summary>"/old /new", "/old,/new,302", or the two columns of a table. A line with one address alone says that it is gone.</summary>
    private static Redirect Line(string line, long status, bool shadows)
    {
        char[] separators = line.Contains('\t') ? ['\t'] : line.Contains(',') ? [','] : line.Contains(';') ? [';'] : [' '];
        var parts = line.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => part.Trim('"').Trim()).Where(part => part is not ("→" or "->" or "=>")).ToList();
        if (parts.Count > 3) throw new ContentException($"\"{line}\" has more than an old address, a new one and a kind.");
        var kind = parts.Count == 3 && long.TryParse(parts[2], out var said) ? said : parts.Count == 1 || status == Redirects.Gone ? Redirects.Gone : status;
        return new Redirect { Path = parts.Count > 0 ? parts[0] : "", Target = kind == Redirects.Gone || parts.Count < 2 ? "" : parts[1], Status = kind, Shadows = shadows };
    }

    private static void Keep(Visit visit, List<Redirect> redirects) => visit.Press.Run(visit.Actor, act =>
    {
        var title = visit.Title;
        foreach (var redirect in redirects)
        {
            var path = Redirects.ReadPath(redirect.Path);
            if (Own.Contains(path.Split('/')[1])) throw new ContentException(visit.T($"{path} adalah alamat Warta sendiri, jadi tidak bisa dialihkan.", $"{path} is one of Warta's own addresses and can't be redirected."));
            if (Standing(visit, act.Sql, path) is not { } there) continue;
            if (!redirect.Shadows) throw new ContentException(visit.T($"Di {path} ada halaman yang tayang. Centang \"dahulukan\" bila memang ia yang dimaksud.", $"A page stands at {path}. Tick \"goes first\" if that one is meant."));
            // A page that leads back to its own place would lead there for ever.
            if (redirect.Target.Length > 0 && Redirects.PathOn(title, Redirects.ReadTarget(redirect.Target)) is { } target && Standing(visit, act.Sql, target) == there)
                throw new ContentException(visit.T($"{path} akan berputar kembali ke dirinya sendiri.", $"{path} would lead back to itself."));
        }

        act.PutRedirects(title.Id, redirects);
    });

    /// <summary>The address of the page that stands at a path, or that the path leads to by itself; null where nothing stands.</summary>
    private static string? Standing(Visit visit, Session session, string path)
    {
        var title = visit.Title;
        if (visit.Site.Titles.Section(title.Id, path.Trim('/')) is { } section) return Site.Address(section);
        if (StandingPages.Exists(session, title.Id, path.Trim('/'))) return path;
        if (path.StartsWith("/tag/", StringComparison.Ordinal) && Warta.Content.People.Tag(session, path[5..]) is { } tag && Listings.Count(session, title.Id, ListingKind.Tag, tag.Id) > 0) return "/tag/" + tag.Slug;
        if (path.StartsWith("/author/", StringComparison.Ordinal) && Warta.Content.People.Author(session, path[8..]) is { } author && Listings.Count(session, title.Id, ListingKind.Author, author.Id) > 0) return "/author/" + author.Slug;
        return Addresses.Resolve(session, title, path).Live is { } story ? title.PathOf(story) : null;
    }

    private static RazorComponentResult Show(Visit visit, string fault, int status, string lines) => visit.Press.Database.Read(session =>
    {
        var (search, after) = (visit.Request.Query["q"].ToString().Replace("\0", "", StringComparison.Ordinal).Trim(), visit.Request.Query["after"].ToString().Replace("\0", "", StringComparison.Ordinal));
        var redirects = Redirects.Page(session, visit.Title.Id, search, after, PageSize + 1);
        return Visit.Page<RedirectsPage>(status, ("Frame", visit.Frame(fault, fault.Length > 0)), ("Redirects", redirects.Take(PageSize).ToList()), ("HasMore", redirects.Count > PageSize), ("Search", search), ("Lines", lines));
    });
}
