using System.CommandLine;
using System.Text.Json;
using Warta.Content;
using Warta.Publishing;

namespace Warta.Cli.Commands;

/// <summary>Who writes the stories.</summary>
internal static class AuthorCommands
{
    public static Command Command(ICommandHost host) => new("author", "The authors: what their pages say of them") { Set(host), List(host) };

    private static Command Set(ICommandHost host)
    {
        var author = Shared.Text("AUTHOR", "The name as it stands in bylines, or the last part of the address of the author's page");
        var about = new Option<string?>("--about") { Description = "A sentence or two; an empty text takes it away", HelpName = "TEXT" };
        var portrait = new Option<string?>("--portrait") { Description = "A picture; its middle is shown as a square. \"none\" takes it away", HelpName = "FILE" };
        return new Command("set", "Say who an author is, on the author's page and beside bylines") { author, about, portrait }.On(host, (parsed, work) =>
        {
            var name = parsed.GetValue(author)!;
            var known = work.Press.Database.Read(session => People.Author(session, name) ?? People.Author(session, Slug.From(name)))
                ?? throw new ContentException($"No story bears the name {name}. `warta author list` shows those that there are.");
            var text = parsed.GetValue(about) ?? known.About;
            var picture = parsed.GetValue(portrait) switch
            {
                null => known.Portrait,
                "none" => null,
                var file => TakeIn(work, file),
            };
            work.Press.Run("command", act => act.Describe(known.Id, text, picture));
            work.Out.WriteLine($"{known.Name}: {(text.Length > 0 ? text : "no description")}{(picture is null ? "" : ", with a portrait")}. Readers find it at /author/{known.Slug}.");
            return 0;
        });
    }

    private static Command List(ICommandHost host)
    {
        var json = Shared.Json();
        return new Command("list", "List the authors, by name") { json }.On(host, (parsed, work) =>
        {
            var authors = work.Press.Database.Read(People.All);
            if (parsed.GetValue(json)) work.Out.WriteLine(JsonSerializer.Serialize(authors.Select(a => new { slug = a.Slug, name = a.Name, about = a.About, portrait = a.Portrait })));
            else if (authors.Count == 0) work.Out.WriteLine("There are no authors yet: they come with the bylines of stories.");
            else authors.ForEach(a => work.Out.WriteLine($"{a.Slug,-30} {a.Name,-30} {(a.Portrait is null ? "" : "[portrait] ")}{a.About}"));
            return 0;
        });
    }

    private static long TakeIn(Work work, string file)
    {
        var path = work.PathOf(file);
        if (!File.Exists(path)) throw new ContentException($"There is no file at {path}.");
        return work.Press.TakeIn("command", new TakeInPicture.NewPicture(File.ReadAllBytes(path))).Id;
    }
}
