using System.CommandLine;
using System.Text.Json;
using Warta.Content;
using Warta.Discovery;
using Warta.Publishing;

namespace Warta.Cli.Commands;

/// <summary>What editors choose for a story's related ones.</summary>
internal static class RelatedCommands
{
    public static Command Command(ICommandHost host) => new("related", "Related stories (Berita Terkait)") { Choose(host, isPin: true), Choose(host, isPin: false), Clear(host), List(host), RelatedRebuild.Command(host) };

    private static Command Choose(ICommandHost host, bool isPin)
    {
        var (uri, target, title) = (Uri(), Shared.Text("TARGET", "The other story's uri, or its id"), Shared.Title());
        var reason = new Option<string?>("--reason") { Description = "Why, for the newsroom", HelpName = "TEXT" };
        var about = isPin ? "Show a story first among another one's related stories, behind those pinned before" : "Never show a story, nor a near-duplicate of it, among another one's related stories";
        return new Command(isPin ? "pin" : "ban", about) { uri, target, title, reason }.On(host, (parsed, work) =>
        {
            work.Press.Run("command", act => act.ChooseOne(act.Titles.Title(parsed.GetValue(title)).Id, Articles.ByUri(act.Sql, parsed.GetValue(uri)!), Articles.ByUri(act.Sql, parsed.GetValue(target)!), isPin, parsed.GetValue(reason)));
            work.Out.WriteLine($"{(isPin ? "Pinned" : "Banned")}. `warta related clear {parsed.GetValue(uri)} {parsed.GetValue(target)}` takes it back.");
            return 0;
        });
    }

    private static Command Clear(ICommandHost host)
    {
        var (uri, title) = (Uri(), Shared.Title());
        var target = new Argument<string?>("TARGET") { Description = "The other story's uri or id; none takes back all", Arity = ArgumentArity.ZeroOrOne };
        return new Command("clear", "Take back a pin or a ban, or all of a story's") { uri, target, title }.On(host, (parsed, work) =>
        {
            work.Press.Run("command", act => act.ClearRelatedChoices(act.Titles.Title(parsed.GetValue(title)).Id, Articles.ByUri(act.Sql, parsed.GetValue(uri)!),
                parsed.GetValue(target) is { } other ? Articles.ByUri(act.Sql, other) : null));
            work.Out.WriteLine("Cleared.");
            return 0;
        });
    }

    private static Command List(ICommandHost host)
    {
        var (uri, title, json) = (Uri(), Shared.Title(), Shared.Json());
        return new Command("list", "List a story's pins and bans, with what has become of each") { uri, title, json }.On(host, (parsed, work) =>
        {
            var at = work.Press.Titles.Title(parsed.GetValue(title));
            var (chosen, states) = work.Press.Database.Read(session =>
            {
                var all = RelatedChoices.Of(session, at.Id, Articles.ByUri(session, parsed.GetValue(uri)!));
                return (all, StoryState.Of(session, at.Id, all.Select(c => c.TargetId)));
            });
            if (parsed.GetValue(json))
            {
                work.Out.WriteLine(JsonSerializer.Serialize(chosen.Select(c => new
                {
                    kind = c.IsPin ? "pin" : "ban",
                    id = c.TargetId,
                    headline = states[c.TargetId].Headline,
                    state = states[c.TargetId].State,
                    reason = c.Reason,
                    setBy = c.SetBy,
                    setAt = Clock.Iso(c.SetAt, at.Zone),
                })));
            }
            else if (chosen.Count == 0) work.Out.WriteLine("Nothing is pinned or banned there.");
            else chosen.ForEach(c => work.Out.WriteLine($"{(c.IsPin ? "pin" : "ban"),-4} {c.TargetId,8} {states[c.TargetId].State,-10} {states[c.TargetId].Headline}{(c.Reason.Length > 0 ? $" ({c.Reason})" : "")}"));
            return 0;
        });
    }

    private static Argument<string> Uri() => Shared.Text("URI", "The story's uri, or its id");
}
