using System.CommandLine;
using System.Text.Json;
using Warta.Content;
using Warta.Publishing;

namespace Warta.Cli.Commands;

/// <summary>The standing pages of a title.</summary>
internal static class PageCommands
{
    private const long LongestFile = 1 << 20;

    public static Command Command(ICommandHost host) => new("page", "Standing pages: editorial staff, press code, privacy, contact …") { Set(host), List(host), Remove(host) };

    private static Command Set(ICommandHost host)
    {
        var slug = Shared.Text("SLUG", "Its address: redaksi, pedoman-media-siber, privasi, kontak, or any other");
        var file = Shared.Text("FILE", "Its text: Markdown, or HTML in a file that ends in .html");
        var title = Shared.Title();
        var name = new Option<string?>("--name") { Description = "Its name in the footer and as heading (default: the heading that the text begins with)", HelpName = "NAME" };
        var position = new Option<int?>("--position") { Description = "Its place in the footer (default: where it was, or the end)", HelpName = "N" };
        return new Command("set", "Put a page's text in place of the one before") { slug, file, title, name, position }.On(host, (parsed, work) =>
        {
            var at = work.Press.Titles.Title(parsed.GetValue(title));
            var mapped = Read(work.PathOf(parsed.GetValue(file)!));
            work.Press.Run("command", act => act.PutPage(at.Id, parsed.GetValue(slug)!, parsed.GetValue(name), mapped.Body, parsed.GetValue(position)));
            work.Out.WriteLine($"The page is at {at.Url}/{parsed.GetValue(slug)}.");
            foreach (var (what, times) in mapped.Dropped.OrderBy(d => d.Key, StringComparer.Ordinal)) work.Out.WriteLine($"Left out: {what}{(times > 1 ? $" ({times} times)" : "")}");
            return 0;
        });
    }

    private static Command List(ICommandHost host)
    {
        var title = Shared.Title();
        var json = Shared.Json();
        return new Command("list", "List a title's pages in the order of its footer") { title, json }.On(host, (parsed, work) =>
        {
            var at = work.Press.Titles.Title(parsed.GetValue(title));
            var pages = work.Press.Database.Read(session => StandingPages.Of(session, at.Id));
            if (parsed.GetValue(json)) work.Out.WriteLine(JsonSerializer.Serialize(pages.Select(p => new { slug = p.Slug, name = p.Name, position = p.Position, since = Clock.Iso(p.FromAt, at.Zone) })));
            else if (pages.Count == 0) work.Out.WriteLine($"The title \"{at.Slug}\" has no pages yet. Add one with `warta page set redaksi FILE`.");
            else pages.ForEach(p => work.Out.WriteLine($"{p.Position,4} /{p.Slug,-30} {p.Name}"));
            return 0;
        });
    }

    private static Command Remove(ICommandHost host)
    {
        var slug = Shared.Text("SLUG", "Which");
        var title = Shared.Title();
        return new Command("remove", "Take a page away; the history keeps its text") { slug, title }.On(host, (parsed, work) =>
        {
            work.Press.Run("command", act => act.RemovePage(act.Titles.Title(parsed.GetValue(title)).Id, parsed.GetValue(slug)!));
            work.Out.WriteLine($"Removed /{parsed.GetValue(slug)}.");
            return 0;
        });
    }

    private static MappedBody Read(string path)
    {
        if (!File.Exists(path)) throw new ContentException($"There is no file at {path}.");
        if (new FileInfo(path).Length > LongestFile) throw new ContentException($"{path} is longer than {LongestFile >> 20} MB; no page is.");
        var text = File.ReadAllText(path);
        return Path.GetExtension(path).ToLowerInvariant() is ".html" or ".htm" ? HtmlMapper.FromHtml(text) : MarkdownMapper.FromMarkdown(text);
    }
}
