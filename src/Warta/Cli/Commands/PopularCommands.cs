using System.CommandLine;
using System.Text.Json;
using Warta.Content;
using Warta.Discovery;
using Warta.Publishing;

namespace Warta.Cli.Commands;

internal static class PopularCommands
{
    public static Command Command(ICommandHost host) => new("popular", "What stays out of the most read (Terpopuler)") { Exclude(host), List(host), Include(host) };

    private static Command Exclude(ICommandHost host)
    {
        var kind = Shared.Text("KIND", string.Join(", ", Exclusions.Kinds));
        var value = Shared.Text("VALUE", "A story's uri or id, a section's path, a tag's slug, or words of headlines");
        var reason = new Option<string>("--reason") { Description = "Why, for whoever wonders where it is", Required = true, HelpName = "TEXT" };
        var until = Shared.Time("--until", "Until when (default: until it is included again)");
        var title = Shared.Title();
        return new Command("exclude", "Keep a story, or a kind of stories, out of the most read") { kind, value, reason, until, title }.On(host, (parsed, work) =>
        {
            var id = work.Press.Run("command", act => act.Exclude(act.Titles.Title(parsed.GetValue(title)).Id, parsed.GetValue(kind)!, parsed.GetValue(value)!, parsed.GetValue(reason)!, parsed.GetValue(until)));
            work.Out.WriteLine($"Excluded, as number {id}.");
            return 0;
        });
    }

    private static Command List(ICommandHost host)
    {
        var (title, json) = (Shared.Title(), Shared.Json());
        return new Command("list", "List what is excluded") { title, json }.On(host, (parsed, work) =>
        {
            var at = work.Press.Titles.Title(parsed.GetValue(title));
            var current = work.Press.Database.Read(session => Exclusions.Of(session, at.Id, work.Press.Now));
            if (parsed.GetValue(json)) work.Out.WriteLine(JsonSerializer.Serialize(current.Select(e => new { e.Id, e.Kind, e.Value, e.Reason, until = e.UntilAt is { } end ? Clock.Iso(end, at.Zone) : null, e.SetBy }), JsonSerializerOptions.Web));
            else foreach (var e in current) work.Out.WriteLine($"{e.Id,5}  {e.Kind,-8} {e.Value,-30} {(e.UntilAt is { } end ? "until " + Clock.Iso(end, at.Zone) : "")}  {e.Reason} ({e.SetBy})");
            return 0;
        });
    }

    private static Command Include(ICommandHost host)
    {
        var number = new Argument<long>("NUMBER") { Description = "As `warta popular list` prints it" };
        var title = Shared.Title();
        return new Command("include", "End an exclusion") { number, title }.On(host, (parsed, work) =>
        {
            work.Press.Run("command", act => act.Include(act.Titles.Title(parsed.GetValue(title)).Id, parsed.GetValue(number)));
            work.Out.WriteLine("It counts for the list again.");
            return 0;
        });
    }
}
