using Microsoft.AspNetCore.Http.HttpResults;
using Warta.Accounts;
using Warta.Content;
using Warta.Publishing;

namespace Warta.Newsroom;

/// <summary>A title's sections, and its menu.</summary>
public static class SectionDesk
{
    private const string Here = "sections";

    // A longer one doesn't fit into the cookie that offers to take it back.
    private const int MostUndone = 400;
    private static readonly Needs Title = new(Permission.ManageTitle), Content = new(Permission.ManageContent);

    public sealed record MenuLine(string Text, string Name);

    internal static void Map(NewsroomRoutes.Map map)
    {
        map.Get("/manage/sections", Title, visit => visit.May(Permission.ManageTitle) ? Visit.Page<SectionsPage>(200, ("Frame", visit.Frame()), ("Sections", visit.Site.Titles.Sections(visit.Title.Id).OrderBy(s => s.Path, StringComparer.Ordinal).ToList()),
            ("Sizes", visit.Press.Database.Read(session => Listings.Sizes(session, visit.Title.Id, ListingKind.Section)))) : visit.Forbid(Permission.ManageTitle));
        Post("add", (visit, act) =>
        {
            var above = visit.Field("under").Length > 0 ? Find(visit, act, visit.Field("under")).Path + "/" : "";
            var (name, before) = (visit.Field("name").Trim(), act.Titles.Sections(visit.Title.Id).Count());
            if (name.Length is 0 or > 80 || name.Contains('/') || name.Any(char.IsControl)) throw new ContentException(visit.T("Nama bagian: 1 sampai 80 huruf, tanpa garis miring.", "A section's name is a text of 1 to 80 characters without a slash."));
            var id = act.SectionNamed(visit.Title.Id, above + name);
            act.Record("section-added", visit.Title.Id, null, new { section = id });
            var section = act.Titles.Section(id);
            return act.Titles.Sections(visit.Title.Id).Count() == before ? visit.T($"{section.Name} sudah ada, di /{section.Path}.", $"{section.Name} is there already, at /{section.Path}.") : visit.T($"{section.Name} ada di /{section.Path}.", $"{section.Name} is at /{section.Path}.");
        });
        Post("rename", (visit, act) =>
        {
            var section = Find(visit, act, visit.Field("section"));
            var slug = visit.Field("slug").Trim() is { Length: > 0 } given && given != section.Path.Split('/')[^1] ? given : null;
            return Changed(visit, act, "section-renamed", section, act.Sql.RenameSection(section, visit.Field("name"), slug, act.Now));
        });
        Post("move", (visit, act) =>
        {
            var section = Find(visit, act, visit.Field("section"));
            return Changed(visit, act, "section-moved", section, act.Sql.MoveSection(section, visit.Field("under").Length > 0 ? Find(visit, act, visit.Field("under")) : null, act.Now));
        });
        Post("hide", (visit, act) =>
        {
            var section = Find(visit, act, visit.Field("section"));
            var isHidden = visit.Field("hidden") == "1";
            act.Sql.HideSection(section, isHidden, act.Now);
            act.TitlesChanged();
            act.Record(isHidden ? "section-hidden" : "section-shown", visit.Title.Id, null, new { section = section.Id });
            return isHidden ? visit.T($"{section.Name} tidak tampil di menu lagi. Halaman dan beritanya tetap di alamatnya.", $"{section.Name} is in no menu any more. Its page and stories keep their addresses.") : visit.T($"{section.Name} tampil lagi di menu.", $"{section.Name} is in menus again.");
        });

        map.Get("/manage/menu", Content, visit => visit.May(Permission.ManageContent) ? ShowMenu(visit, visit.Title["menu"], 200, "") : visit.Forbid(Permission.ManageContent));
        map.Post("/manage/menu", Content, visit => visit.May(Permission.ManageContent) ? SaveMenu(visit) : visit.Forbid(Permission.ManageContent));
        map.Post("/manage/menu/undo", Content, visit =>
        {
            if (!visit.May(Permission.ManageContent)) return visit.Forbid(Permission.ManageContent);
            Set(visit, visit.Request.Query["menu"].ToString());
            return visit.Go(Manage.At(visit.Title, "menu"), visit.T("Menu yang sebelumnya kembali.", "The menu before is back."));
        });

        void Post(string verb, Func<Visit, Act, string> work) => map.Post("/manage/sections/" + verb, Title, visit =>
            visit.May(Permission.ManageTitle) ? visit.Go(Manage.At(visit.Title, Here), visit.Press.Run(visit.Actor, act => work(visit, act))) : visit.Forbid(Permission.ManageTitle));
    }

    private static Section Find(Visit visit, Act act, string id) => act.Titles.Sections(visit.Title.Id).FirstOrDefault(section => section.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) == id)
        ?? throw new ContentException(visit.T("Bagian itu tidak ada di terbitan ini.", "This title has no such section."));

    private static string Changed(Visit visit, Act act, string verb, Section section, string path)
    {
        act.TitlesChanged();
        act.Record(verb, visit.Title.Id, null, new { from = section.Path, to = path });
        return path == section.Path ? visit.T("Tersimpan.", "Saved.") : visit.T($"Sekarang di /{path}. Alamat lama dialihkan ke sana.", $"It is at /{path} now. The old address leads there.");
    }

    /// <summary>The form holds the whole menu; a button changes it there, and it is saved when somebody says so.</summary>
    private static IResult SaveMenu(Visit visit)
    {
        var lines = visit.Form["story"].Select(line => (line ?? "").Trim()).Where(line => line.Length > 0).ToList();
        var (verb, about) = visit.Field("do").IndexOf(':') is >= 0 and var at ? (visit.Field("do")[..at], visit.Field("do")[(at + 1)..]) : (visit.Field("do"), "");
        var place = lines.IndexOf(about);
        switch (verb)
        {
            case "section" when visit.Field("section").Length > 0 && !lines.Contains(visit.Field("section")):
                lines.Add(visit.Field("section"));
                break;
            case "link":
                lines.Add($"{visit.Field("name").Trim()}={visit.Field("address").Trim()}");
                break;
            case "remove" when place >= 0:
                lines.RemoveAt(place);
                break;
            case "up" when place > 0:
                (lines[place - 1], lines[place]) = (lines[place], lines[place - 1]);
                break;
            case "down" when place >= 0 && place < lines.Count - 1:
                (lines[place], lines[place + 1]) = (lines[place + 1], lines[place]);
                break;
            case "save":
                var before = visit.Title["menu"];
                try
                {
                    if (lines.Any(line => line.Contains(','))) throw new ContentException(visit.T("Nama dan alamat di menu tidak boleh memuat koma.", "Names and addresses in the menu can't have a comma."));
                    Set(visit, string.Join(", ", lines));
                }
                catch (ContentException e)
                {
                    return ShowMenu(visit, string.Join(", ", lines), 422, visit.Why(e));
                }

                return visit.Go(Manage.At(visit.Title, "menu"), visit.T("Menu tersimpan.", "The menu is saved."), before.Length > MostUndone ? "" : Manage.At(visit.Title, "menu/undo", "&menu=" + Uri.EscapeDataString(before)));
        }

        return ShowMenu(visit, string.Join(", ", lines), 200, "", isChanged: true);
    }

    private static void Set(Visit visit, string menu) => visit.Press.Run(visit.Actor, act =>
    {
        act.Sql.SetTitle(visit.Title.Id, "menu", menu);
        act.Record("title-set", visit.Title.Id, null, new { key = "menu" });
    });

    private static RazorComponentResult ShowMenu(Visit visit, string menu, int status, string fault, bool isChanged = false)
    {
        var sections = visit.Site.Titles.Sections(visit.Title.Id).OrderBy(s => s.Path, StringComparer.Ordinal).ToList();
        var lines = menu.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => new MenuLine(line, sections.Find(s => s.Path == line)?.Name ?? line.Replace("=", " → ", StringComparison.Ordinal))).ToList();
        return Visit.Page<MenuPage>(status, ("Frame", visit.Frame(fault, fault.Length > 0)), ("Lines", lines), ("Sections", sections.Where(s => lines.TrueForAll(line => line.Text != s.Path)).ToList()), ("IsChanged", isChanged || fault.Length > 0));
    }
}
