using System.CommandLine;
using System.Text.Json;
using Warta.Content;
using Warta.Publishing;

namespace Warta.Cli.Commands;

/// <summary>Corrections of live stories: Ralat, Koreksi and Hak Jawab.</summary>
internal static class CorrectionCommands
{
    public static Command Command(ICommandHost host) => new("correction", "Corrections of live stories (Ralat, Koreksi, Hak Jawab)") { Add(host), List(host), Withdraw(host) };

    private static Command Add(ICommandHost host)
    {
        var (uri, json) = (Uri(), Shared.Json());
        var kind = new Option<string>("--kind") { Description = "ralat (our own mistake), koreksi (somebody asked for it) or hak-jawab (a reply by the one written about)", Required = true, HelpName = "KIND" };
        kind.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && CorrectionKind.Named(given.Value) is null) result.AddError($"There is no kind \"{given.Value}\". Kinds: ralat, koreksi, hak-jawab.");
        });
        var text = new Option<string?>("--text") { Description = "What was wrong and what is right, or what the reply says; a line is a paragraph", HelpName = "TEXT" };
        var file = new Option<string?>("--file") { Description = "A file that holds the text instead", HelpName = "FILE" };
        var link = new Option<string?>("--link") { Description = "What it leads on to: another story's uri or id, or an address", HelpName = "URI" };
        var askedBy = new Option<string?>("--asked-by") { Description = "Who asked, or whose reply it is; readers see it", HelpName = "NAME" };
        var command = new Command("add", "Issue a correction; it stands on the story and in the register at once") { uri, kind, text, file, link, askedBy, json };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(text) is null) == (result.GetValue(file) is null)) result.AddError("Give the correction's words with either --text TEXT or --file FILE.");
        });
        return command.On(host, (parsed, work) =>
        {
            var words = parsed.GetValue(file) is { } path ? File.ReadAllText(work.PathOf(path)) : parsed.GetValue(text)!;
            var (act, number) = work.Press.Run("command", act => (act, act.Correct(Articles.ByUri(act.Sql, parsed.GetValue(uri)!), parsed.GetValue(kind)!, words, parsed.GetValue(link), parsed.GetValue(askedBy))));
            return ReceiptCommands.Tell(work, act, parsed.GetValue(json), $"Issued as number {number}. `warta correction withdraw {number}` takes it back.");
        });
    }

    private static Command List(ICommandHost host)
    {
        var uri = Uri();
        var json = Shared.Json();
        return new Command("list", "List a story's corrections, those withdrawn too") { uri, json }.On(host, (parsed, work) =>
        {
            var zone = work.Press.Titles.Default.Zone;
            var all = work.Press.Database.Read(session => Corrections.History(session, Articles.ByUri(session, parsed.GetValue(uri)!)));
            if (parsed.GetValue(json))
                work.Out.WriteLine(JsonSerializer.Serialize(all.Select(c => new { number = c.Id, kind = c.Kind, text = c.Text, askedBy = c.AskedBy, issuedAt = Clock.Iso(c.IssuedAt, zone), withdrawnAt = c.WithdrawnAt is { } at ? Clock.Iso(at, zone) : null })));
            else if (all.Count == 0) work.Out.WriteLine("The story has no corrections.");
            else all.ForEach(c => work.Out.WriteLine($"{c.Id,6} {c.Kind,-10} {Clock.Iso(c.IssuedAt, zone)}{(c.WithdrawnAt is null ? "" : " (withdrawn)")}  {c.Text.ReplaceLineEndings(" ")}"));
            return 0;
        });
    }

    private static Command Withdraw(ICommandHost host)
    {
        var number = new Argument<long>("NUMBER") { Description = "Which, as `warta correction list` shows it" };
        var json = Shared.Json();
        return new Command("withdraw", "Take back a correction that was issued by mistake; the history keeps it") { number, json }.On(host, (parsed, work) =>
        {
            var act = work.Press.Run("command", act =>
            {
                act.WithdrawCorrection(parsed.GetValue(number));
                return act;
            });
            return ReceiptCommands.Tell(work, act, parsed.GetValue(json), $"Withdrawn: number {parsed.GetValue(number)} is off the story and the register.");
        });
    }

    private static Argument<string> Uri() => Shared.Text("URI", "The story's uri, or its id");
}
