using System.Reflection;
using System.Text.Json.Nodes;
using Warta.Content;
using Warta.Publishing;

namespace Warta.Demo;

/// <summary>What stands beside the stories: who writes them, and each title's standing pages.</summary>
internal static class DemoPeople
{
    /// <summary>Authors of the stories that are there; what was written of one since stays.</summary>
    public static void Describe(Press press, string actor)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("authors.json");
        if (stream is null) return;
        foreach (var author in JsonNode.Parse(stream)!.AsArray())
        {
            var (name, about, portrait) = ((string)author!["name"]!, (string)author["about"]!, (string?)author["portrait"] ?? "");
            if (press.Database.Read(session => People.Author(session, Slug.From(name))) is not { About: "", Portrait: null } known) continue;
            var picture = portrait.Length > 0 ? DemoPictures.Portrait(press, actor, portrait) : null;
            press.Run(actor, act => act.Describe(known.Id, about, picture));
        }
    }

    /// <summary>The standing pages that a title doesn't have yet, in the order in which a footer shows them.</summary>
    public static void AddPages(Press press, string actor, Title title)
    {
        var there = press.Database.Read(session => StandingPages.Of(session, title.Id)).Select(page => page.Slug).ToHashSet();
        foreach (var page in (string[])["redaksi", "pedoman-media-siber", "privasi", "kontak"])
        {
            using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"pages/{title.Slug}/{page}.md");
            if (stream is null || there.Contains(page)) continue;
            using var text = new StreamReader(stream);
            var body = MarkdownMapper.FromMarkdown(text.ReadToEnd()).Body;
            press.Run(actor, act => act.PutPage(title.Id, page, null, body));
        }
    }
}
