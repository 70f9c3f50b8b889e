using System.CommandLine;
using System.Text.Json;
using Warta.Content;
using Warta.Themes;

namespace Warta.Cli.Commands;

internal static class TitleCommands
{
    public static Command Command(ICommandHost host) => new("title", "The newsroom's titles and their settings") { Add(host), List(host), Set(host), Show(host) };

    private static Command Add(ICommandHost host)
    {
        var slug = Shared.Text("SLUG", "A short name for commands: lower-case letters, digits and hyphens");
        var hostName = new Option<string>("--host") { Description = "The host that readers find it at, such as berita.example.com", Required = true, HelpName = "HOST" };
        return new Command("add", "Add a title") { slug, hostName }.On(host, (parsed, work) =>
        {
            work.Press.Run("command", act => act.Record("title-added", act.Sql.AddTitle(parsed.GetValue(slug)!, parsed.GetValue(hostName), act.Now), null));
            work.Out.WriteLine($"Added the title {parsed.GetValue(slug)} at {parsed.GetValue(hostName)}. Name it with `warta title set {parsed.GetValue(slug)} name \"…\"`.");
            return 0;
        });
    }

    private static Command List(ICommandHost host)
    {
        var json = Shared.Json();
        return new Command("list", "List the titles") { json }.On(host, (parsed, work) =>
        {
            var titles = work.Press.Titles.Titles;
            if (parsed.GetValue(json)) work.Out.WriteLine(JsonSerializer.Serialize(titles.Select(t => new { slug = t.Slug, name = t.Name, hosts = t.Hosts, language = t.Language, timezone = t["timezone"] })));
            else titles.ToList().ForEach(t => work.Out.WriteLine($"{t.Slug,-20} {t.Language,-5} {t.Name}  {(t.Hosts.Count == 0 ? "(any host)" : string.Join(", ", t.Hosts))}"));
            return 0;
        });
    }

    private static Command Set(ICommandHost host)
    {
        var slug = Shared.Text("SLUG", "Which title");
        var key = Shared.Text("KEY", $"host (one more host), {string.Join(", ", TitleSettings.All.Select(s => s.Key))}");
        var value = Shared.Text("VALUE", "The new value");
        return new Command("set", "Change a setting") { slug, key, value }.On(host, (parsed, work) =>
        {
            var set = parsed.GetValue(value)!;
            work.Press.Run("command", act =>
            {
                var title = act.Titles.Title(parsed.GetValue(slug));
                act.Sql.SetTitle(title.Id, parsed.GetValue(key)!, set = Taken(work, title, parsed.GetValue(key)!, set));
                act.Record("title-set", title.Id, null, new { key = parsed.GetValue(key) });
            });
            work.Out.WriteLine($"{parsed.GetValue(key)} of {parsed.GetValue(slug)} is now {OnOneLine(set.Trim())}.");
            return 0;
        });
    }

    /// <summary>A logo or font may be given as a file anywhere, which then becomes one of the title's own. A theme has to be there, and whole: without one the title has no pages.</summary>
    private static string Taken(Work work, Title title, string key, string value)
    {
        if (key == "theme") TryTheme(work, value.Trim());
        if (!(key is "logo" || key.StartsWith("font.", StringComparison.Ordinal)) || value.Trim().Length == 0 || !Path.HasExtension(value)) return value;
        var files = new TitleFiles(work.Folder);
        var path = Path.Combine(work.WorkingFolder, value);
        if (File.Exists(path)) return files.TakeIn(title, path);
        return files.Find(title, value) is not null ? value : throw new ContentException($"There is no file {path}, nor is {value} one of the title's own in {work.Folder.TitleFolder(title.Slug)}.");
    }

    private static void TryTheme(Work work, string name)
    {
        try
        {
            if (Slug.From(name) == name) new ThemeStore(work.Folder, Settings.Get(work.Folder, "themes", null), _ => { }).Get(name);
        }
        catch (ThemeException e)
        {
            throw new ContentException(e.Message);
        }
    }

    private static Command Show(ICommandHost host)
    {
        var slug = Shared.Text("SLUG", "Which title");
        var json = Shared.Json();
        return new Command("show", "Show a title's settings") { slug, json }.On(host, (parsed, work) =>
        {
            var title = work.Press.Titles.Title(parsed.GetValue(slug));
            if (parsed.GetValue(json))
            {
                work.Out.WriteLine(JsonSerializer.Serialize(TitleSettings.All.ToDictionary(s => s.Key, s => (object)title[s.Key]).Append(KeyValuePair.Create("hosts", (object)title.Hosts)).ToDictionary()));
                return 0;
            }

            work.Out.WriteLine($"{"hosts",-18} {(title.Hosts.Count == 0 ? "(any)" : string.Join(", ", title.Hosts))}");
            foreach (var setting in TitleSettings.All) work.Out.WriteLine($"{setting.Key,-18} {OnOneLine(title[setting.Key]),-36} {setting.Meaning}");
            return 0;
        });
    }

    private static string OnOneLine(string value) => value.Split('\n') is [var first, _, ..] lines ? $"{first} … ({lines.Length} lines)" : value;
}
