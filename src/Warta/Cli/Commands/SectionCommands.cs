using System.CommandLine;
using System.Text.Json;
using Warta.Content;
using Warta.Publishing;

namespace Warta.Cli.Commands;

internal static class SectionCommands
{
    public static Command Command(ICommandHost host) => new("section", "A title's sections (Kanal)") { Add(host), Rename(host), Move(host), List(host) };

    private static Command Add(ICommandHost host)
    {
        var name = Shared.Text("NAME", "Its name; \"Bola/Liga 1\" is Liga 1 inside Bola");
        var title = Shared.Title();
        return new Command("add", "Add a section") { name, title }.On(host, (parsed, work) =>
        {
            var section = work.Press.Run("command", act =>
            {
                var at = act.Titles.Title(parsed.GetValue(title));
                var id = act.SectionNamed(at.Id, parsed.GetValue(name)!);
                act.Record("section-added", at.Id, null, new { section = id });
                return act.Titles.Section(id);
            });
            work.Out.WriteLine($"{section.Name} is at /{section.Path}.");
            return 0;
        });
    }

    private static Command Rename(ICommandHost host)
    {
        var path = Path();
        var name = Shared.Text("NAME", "Its new name");
        var title = Shared.Title();
        var slug = new Option<string?>("--slug") { Description = "A new address as well; the old one leads to it", HelpName = "SLUG" };
        return new Command("rename", "Give a section another name; its address stays unless --slug changes it") { path, name, title, slug }.On(host, (parsed, work) =>
        {
            var now = Change(work, parsed.GetValue(title), parsed.GetValue(path)!, "section-renamed", (act, section) => act.Sql.RenameSection(section, parsed.GetValue(name)!, parsed.GetValue(slug), act.Now));
            work.Out.WriteLine($"{parsed.GetValue(name)} is at /{now}.");
            return 0;
        });
    }

    private static Command Move(ICommandHost host)
    {
        var path = Path();
        var title = Shared.Title();
        var under = new Option<string?>("--under") { Description = "The section that it goes into (default: to the top)", HelpName = "PATH" };
        return new Command("move", "Move a section into another one, or to the top; its old address leads to it") { path, title, under }.On(host, (parsed, work) =>
        {
            var now = Change(work, parsed.GetValue(title), parsed.GetValue(path)!, "section-moved", (act, section) =>
                act.Sql.MoveSection(section, parsed.GetValue(under) is { } target ? Find(act, section.TitleId, target) : null, act.Now));
            work.Out.WriteLine($"It is at /{now} now.");
            return 0;
        });
    }

    private static Command List(ICommandHost host)
    {
        var title = Shared.Title();
        var json = Shared.Json();
        return new Command("list", "List a title's sections") { title, json }.On(host, (parsed, work) =>
        {
            var at = work.Press.Titles.Title(parsed.GetValue(title));
            var stories = work.Press.Database.Read(session => Listings.Sizes(session, at.Id, ListingKind.Section));
            var sections = work.Press.Titles.Sections(at.Id).OrderBy(s => s.Path, StringComparer.Ordinal).ToList();
            if (parsed.GetValue(json)) work.Out.WriteLine(JsonSerializer.Serialize(sections.Select(s => new { path = s.Path, name = s.Name, stories = stories.GetValueOrDefault(s.Id) })));
            else sections.ForEach(s => work.Out.WriteLine($"/{s.Path,-30} {stories.GetValueOrDefault(s.Id),8:N0}  {s.Name}"));
            return 0;
        });
    }

    private static string Change(Work work, string? titleSlug, string path, string verb, Func<Act, Section, string> change) => work.Press.Run("command", act =>
    {
        var title = act.Titles.Title(titleSlug);
        var now = change(act, Find(act, title.Id, path));
        act.TitlesChanged();
        act.Record(verb, title.Id, null, new { from = path, to = now });
        return now;
    });

    private static Section Find(Act act, long titleId, string path) => act.Titles.Section(titleId, path.Trim('/'))
        ?? throw new ContentException($"The title \"{act.Titles.Title(titleId).Slug}\" has no section \"{path}\". Sections: {string.Join(", ", act.Titles.Sections(titleId).Select(s => s.Path).Order(StringComparer.Ordinal))}.");

    private static Argument<string> Path() => Shared.Text("PATH", "Where it is, such as bola/liga-1");
}
