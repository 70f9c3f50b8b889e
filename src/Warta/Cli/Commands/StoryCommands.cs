using System.CommandLine;
using Warta.Content;
using Warta.Publishing;

namespace Warta.Cli.Commands;

/// <summary>The editorial verbs, by uri or id.</summary>
internal static class StoryCommands
{
    public static Command Publish(ICommandHost host)
    {
        var (uri, title, json) = (Uri(), Shared.Title(), Shared.Json());
        var section = new Option<string?>("--section") { Description = "The section it stands in, such as bola (default: where it stood, or was saved to)", HelpName = "S" };
        var slug = new Option<string?>("--slug") { Description = "A new slug for its address; the old address leads on to it", HelpName = "SLUG" };
        return new Command("publish", "Publish a story's newest revision (Tayangkan)") { uri, title, section, slug, json }.On(host, (parsed, work) =>
        {
            var at = work.Press.Titles.Title(parsed.GetValue(title));
            var (act, published) = work.Press.Run("command", act => (act, act.Publish(Articles.ByUri(act.Sql, parsed.GetValue(uri)!), at.Id, null, parsed.GetValue(section), parsed.GetValue(slug))));
            return ReceiptCommands.Tell(work, act, parsed.GetValue(json), $"Published at {at.Url}{published.Path}");
        });
    }

    public static Command Schedule(ICommandHost host)
    {
        var (uri, title) = (Uri(), Shared.Title());
        var when = new Argument<DateTimeOffset>("TIME") { Description = "When, like 2026-01-26T09:00:00+07:00", CustomParser = Shared.TimeOf };
        return new Command("schedule", "Publish a story at a time to come (Jadwalkan); `serve` must run then, else it goes out late and is marked so") { uri, when, title }.On(host, (parsed, work) =>
        {
            var at = work.Press.Titles.Title(parsed.GetValue(title));
            work.Press.Run("command", act => act.Schedule(Articles.ByUri(act.Sql, parsed.GetValue(uri)!), at.Id, parsed.GetValue(when)));
            work.Out.WriteLine(parsed.GetValue(when) <= work.Press.Now
                ? "That time has passed: the story goes out as soon as `serve` runs, and is marked as late. `warta withdraw` takes it back."
                : $"Scheduled for {Clock.Iso(parsed.GetValue(when), at.Zone)}.");
            return 0;
        });
    }

    public static Command Withdraw(ICommandHost host)
    {
        var (uri, json) = (Uri(), Shared.Json());
        var title = new Option<string?>("--title") { Description = "From this title only (default: from all)", HelpName = "SLUG" };
        return new Command("withdraw", "Take a story offline (Turunkan); publish brings it back") { uri, title, json }.On(host, (parsed, work) =>
        {
            var act = work.Press.Run("command", act =>
            {
                act.WithdrawStory(Articles.ByUri(act.Sql, parsed.GetValue(uri)!), parsed.GetValue(title) is { } slug ? act.Titles.Title(slug).Id : null);
                return act;
            });
            return ReceiptCommands.Tell(work, act, parsed.GetValue(json), $"Withdrawn. `warta publish {parsed.GetValue(uri)}` brings it back.");
        });
    }

    public static Command Unverified(ICommandHost host)
    {
        var uri = Uri();
        var clear = new Option<bool>("--clear") { Description = "It is verified now: take the mark away" };
        return new Command("unverified", "Say under a story that it still needs verification (Masih memerlukan verifikasi)") { uri, clear }.On(host, (parsed, work) =>
        {
            var act = work.Press.Run("command", act =>
            {
                act.Mark(Articles.ByUri(act.Sql, parsed.GetValue(uri)!), !parsed.GetValue(clear));
                return act;
            });
            return ReceiptCommands.Tell(work, act, json: false, parsed.GetValue(clear) ? "The mark is gone." : $"Marked. `warta unverified {parsed.GetValue(uri)} --clear` takes the mark away.");
        });
    }

    public static Command Takedown(ICommandHost host)
    {
        var (uri, json) = (Uri(), Shared.Json());
        var reason = new Option<string?>("--reason") { Description = "Why; readers see it at the story's address", HelpName = "TEXT" };
        var undo = new Option<bool>("--undo") { Description = "Undo the takedown: the story is live again where it was" };
        var command = new Command("takedown", "Take a story down everywhere (Cabut Berita): 410 with date and reason") { uri, reason, undo, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(undo) == (result.GetValue(reason) is not null)) result.AddError("Give either --reason TEXT, which readers will see, or --undo.");
        });
        return command.On(host, (parsed, work) =>
        {
            var isUndo = parsed.GetValue(undo);
            var act = work.Press.Run("command", act =>
            {
                var id = Articles.ByUri(act.Sql, parsed.GetValue(uri)!);
                if (isUndo) act.UndoTakedown(id);
                else act.TakeDown(id, parsed.GetValue(reason)!);
                return act;
            });
            return ReceiptCommands.Tell(work, act, parsed.GetValue(json), isUndo ? "The takedown is undone." : $"Taken down. `warta takedown {parsed.GetValue(uri)} --undo` undoes it.");
        });
    }

    public static Command Purge(ICommandHost host)
    {
        var (uri, json) = (Uri(), Shared.Json());
        var reason = new Option<string?>("--reason") { Description = "Why, for the record; not shown to readers", HelpName = "TEXT" };
        return new Command("purge", "Erase a story's words for good, from every revision and index. There is no undo") { uri, reason, json }.On(host, (parsed, work) =>
        {
            var act = work.Press.Run("command", act =>
            {
                act.PurgeStory(Articles.ByUri(act.Sql, parsed.GetValue(uri)!), parsed.GetValue(reason) ?? "");
                return act;
            });
            work.Press.Database.Tidy();
            return ReceiptCommands.Tell(work, act, parsed.GetValue(json), "Purged: its words are gone, its address answers 410.");
        });
    }

    private static Argument<string> Uri() => Shared.Text("URI", "The story's uri, or its id");
}
