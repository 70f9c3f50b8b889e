using System.CommandLine;
using System.Text.Json;
using Warta.Discovery;
using Warta.Publishing;

namespace Warta.Cli.Commands;

/// <summary>The links inside stories, and what has become of their targets.</summary>
internal static class LinkCommands
{
    private const int Shown = 1_000;

    public static Command Command(ICommandHost host)
    {
        var (title, json) = (Shared.Title(), Shared.Json());
        var state = new Option<string?>("--state") { Description = $"{string.Join(", ", LinkState.All)}, or dead (default: all but external)", HelpName = "STATE" };
        state.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && given.Value != "dead" && !LinkState.All.Contains(given.Value)) result.AddError($"There is no state \"{given.Value}\". States: {string.Join(", ", LinkState.All)}, or dead.");
        });
        var article = new Option<string?>("--article") { Description = "Of this story only, by uri or id", HelpName = "URI" };
        return new Command("links", "List the links inside live stories with what has become of each target, at most 1,000") { state, article, title, json }.On(host, (parsed, work) =>
        {
            var at = work.Press.Titles.Title(parsed.GetValue(title));
            var states = parsed.GetValue(state) switch
            {
                null => LinkState.All.Where(s => s != LinkState.External).ToList(),
                "dead" => LinkState.Dead,
                var one => [one],
            };
            var (links, external) = work.Press.Database.Read(session => (
                LinkInventory.Page(session, work.Press.Titles, at.Id, states, parsed.GetValue(article) is { } uri ? Articles.ByUri(session, uri) : null, Shown, 0),
                LinkInventory.ExternalCount(session, at.Id)));
            if (parsed.GetValue(json))
            {
                work.Out.WriteLine(JsonSerializer.Serialize(links.Select(l => new
                {
                    id = l.Id,
                    article = l.ArticleId,
                    block = l.BlockId,
                    kind = l.Kind,
                    state = l.State,
                    target = l.TargetId,
                    href = l.Href.Length > 0 ? l.Href : l.WantedUri,
                    words = l.Words,
                    successor = l.Successor?.ArticleId,
                })));
                return 0;
            }

            links.ForEach(l => work.Out.WriteLine($"{l.State,-11} {l.Kind,-9} {l.Id}  {l.Headline} → {l.Target?.Headline ?? (l.Words.Length > 0 ? l.Words : l.Href)}"));
            work.Out.WriteLine($"{links.Count} links{(links.Count == Shown ? " (there may be more)" : "")}; {external} lead out of the house.");
            return 0;
        });
    }
}
