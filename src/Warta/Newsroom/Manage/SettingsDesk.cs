using Microsoft.AspNetCore.Http.HttpResults;
using Warta.Accounts;
using Warta.Content;

namespace Warta.Newsroom;

/// <summary>A title's settings: all that <c>warta title set</c> sets, with the same checks, and titles that are new.</summary>
public static class SettingsDesk
{
    private const string Here = "settings";
    private static readonly Needs Title = new(Permission.ManageTitle);

    // Of what a newsroom hasn't chosen from a list it may choose a file.
    private static readonly string[] Files = ["logo", "font.headlines", "font.text"];

    /// <param name="Choices">Null where anything may be typed.</param>
    public sealed record Field(string Key, string Value, string Label, string Help, string Fault, IReadOnlyList<string>? Choices, bool IsLong, bool IsFile);

    public sealed record Group(string Name, IReadOnlyList<Field> Fields);

    internal static void Map(NewsroomRoutes.Map map)
    {
        map.Get("/manage/settings", Title, visit => visit.May(Permission.ManageTitle) ? Show(visit, 200, [], []) : visit.Forbid(Permission.ManageTitle));
        map.Post("/manage/settings", Title, visit => visit.May(Permission.ManageTitle) ? Save(visit) : visit.Forbid(Permission.ManageTitle));
        map.Post("/manage/settings/host", Title, visit =>
        {
            if (!visit.May(Permission.ManageTitle)) return visit.Forbid(Permission.ManageTitle);
            visit.Press.Run(visit.Actor, act =>
            {
                act.Sql.AddHost(visit.Title.Id, visit.Field("host"));
                act.Record("title-set", visit.Title.Id, null, new { key = "host", value = visit.Field("host") });
            });
            return visit.Go(Manage.At(visit.Title, Here), visit.T("Nama host ditambahkan.", "The host is added."));
        });
        map.Post("/manage/settings/title", Title, visit =>
        {
            // A new title is nobody's yet: only who looks after all of them makes one.
            if (!visit.Me.May(Permission.ManageTitle)) return visit.Forbid(Permission.ManageTitle);
            var (slug, name) = (visit.Field("slug").Trim(), visit.Field("name"));
            var title = visit.Press.Run(visit.Actor, act =>
            {
                var id = act.Sql.AddTitle(slug, visit.Field("host"), act.Now);
                act.Sql.SetTitle(id, "name", name.Trim().Length == 0 ? slug : name);
                act.TitlesChanged();
                act.Record("title-added", id, null);
                return act.Titles.Title(id);
            });
            return visit.Go(Manage.At(title, Here), visit.T($"Terbitan {title.Name} dibuat.", $"The title {title.Name} is made."));
        });
    }

    private static IResult Save(Visit visit)
    {
        var title = visit.Title;
        var (values, faults) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        foreach (var key in TitleSettings.All.Select(setting => setting.Key).Where(key => visit.Form.ContainsKey(key)))
        {
            try
            {
                values[key] = visit.Field(key);
                if (Files.Contains(key) && visit.Form.Files.GetFile("file:" + key) is { Length: > 0 } file) values[key] = TakeIn(visit, file);
                if (Normal(values[key]) == Normal(title[key])) continue;
                values[key] = TitleSettings.Checked(key, values[key]);
                if (key == "theme" && visit.Site.FaultOfTheme(values[key]) is { } fault) throw new ContentException(visit.T($"Tema \"{values[key]}\" belum utuh, jadi belum bisa dipakai.", fault));
            }
            catch (ContentException e)
            {
                faults[key] = visit.Why(e);
            }
        }

        var changed = values.Where(value => Normal(value.Value) != Normal(title[value.Key])).ToList();
        if (faults.Count == 0 && changed.Count > 0)
        {
            try
            {
                visit.Press.Run(visit.Actor, act =>
                {
                    foreach (var (key, value) in changed)
                    {
                        try
                        {
                            act.Sql.SetTitle(title.Id, key, value);
                        }
                        catch (ContentException e)
                        {
                            faults[key] = visit.Why(e);
                        }

                        act.Record("title-set", title.Id, null, new { key });
                    }

                    if (faults.Count > 0) throw new ContentException(visit.T("Ada isian yang perlu diperbaiki.", "Some fields need mending."));
                });
            }
            catch (ContentException) when (faults.Count > 0)
            {
            }
        }

        return faults.Count > 0 ? Show(visit, 422, values, faults)
            : visit.Go(Manage.At(title, Here), changed.Count == 0 ? visit.T("Tidak ada yang berubah.", "Nothing has changed.") : visit.T($"Tersimpan: {changed.Count} pengaturan.", $"Saved: {changed.Count} settings."));
    }

    private static string Normal(string value) => value.ReplaceLineEndings("\n").Trim();

    private static string TakeIn(Visit visit, IFormFile file)
    {
        // Kept under its own name in a folder of its own, for whose name only its last part counts.
        var folder = Directory.CreateTempSubdirectory("warta-");
        try
        {
            var path = Path.Combine(folder.FullName, Path.GetFileName(file.FileName.Replace('\\', '/')) is { Length: > 0 and < 100 } name && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ' ') ? name : "berkas");
            using (var stream = File.Create(path)) file.CopyTo(stream);
            return visit.Site.Files.TakeIn(visit.Title, path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static RazorComponentResult Show(Visit visit, int status, Dictionary<string, string> values, Dictionary<string, string> faults)
    {
        var title = visit.Title;
        var fault = faults.Count == 0 ? "" : visit.T($"Belum disimpan: {faults.Count} isian perlu diperbaiki.", $"Not saved: {faults.Count} of the fields need mending.");
        var groups = SettingWords.Groups.Select(group => new Group(visit.T(group.Indonesian, group.English), group.Keys.Select(key => new Field(
            key, values.GetValueOrDefault(key, title[key]), visit.T(SettingWords.Label(key).Indonesian, SettingWords.Label(key).English), SettingWords.Help(key, visit.Language), faults.GetValueOrDefault(key, ""),
            Choices(visit, key), key is "robots" or "ads.txt" or "vendors" or "ads.house", Files.Contains(key))).ToList())).ToList();
        return Visit.Page<SettingsPage>(status, ("Frame", visit.Frame(fault, faults.Count > 0)), ("Groups", groups), ("MayAdd", visit.Me.May(Permission.ManageTitle)));
    }

    private static List<string>? Choices(Visit visit, string key) => key switch
    {
        "theme" => visit.Site.ThemeNames.Where(name => visit.Site.FaultOfTheme(name) is null).Append(visit.Title["theme"]).Distinct().Order(StringComparer.Ordinal).ToList(),
        "feeds.content" => ["full", "summary"],
        "ads.advertorials" => ["off", "on"],
        _ when key.EndsWith(".scope", StringComparison.Ordinal) => ["title", "section", "language"],
        _ => null,
    };
}
