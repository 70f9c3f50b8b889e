using System.CommandLine;
using Warta.Content;
using Warta.Discovery;
using Warta.Publishing;

namespace Warta.Cli.Commands;

internal static class PicksCommands
{
    public static Command Command(ICommandHost host)
    {
        var uris = new Argument<string[]>("URI") { Description = "The stories in order, by uri or id; none empties the list", Arity = ArgumentArity.ZeroOrMore };
        var (title, json) = (Shared.Title(), Shared.Json());
        var section = new Option<string?>("--section") { Description = "The list of this section, such as bola (default: the title's own)", HelpName = "S" };
        var from = Shared.Time("--from", "From when they show (default: now)");
        var until = Shared.Time("--until", "Until when they show (default: until the next list)");
        var set = new Command("set", "Replace the editors' picks; those beyond what a page shows are in reserve") { title, section, from, until, uris, json }.On(host, (parsed, work) =>
        {
            var act = work.Press.Run("command", act =>
            {
                var at = act.Titles.Title(parsed.GetValue(title));
                var sectionId = parsed.GetValue(section) is { } path
                    ? act.Titles.Section(at.Id, path)?.Id ?? throw new ContentException($"The title \"{at.Slug}\" has no section \"{path}\".")
                    : 0;
                act.ReplacePicks(at.Id, sectionId, parsed.GetValue(uris)!.Select(uri => new Picks.Pick(Articles.ByUri(act.Sql, uri), parsed.GetValue(from), parsed.GetValue(until))).ToList());
                return act;
            });
            return ReceiptCommands.Tell(work, act, parsed.GetValue(json), $"Set {parsed.GetValue(uris)!.Length} picks.");
        });
        return new Command("picks", "Editors' picks (Pilihan)") { set };
    }
}
