using System.Text.Json;
using System.Text.Json.Serialization;
using Warta.Accounts;
using Warta.Composition;
using Warta.Content;
using Warta.Discovery;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Api;

/// <summary>The links inside stories by API: what has become of each, and its repair.</summary>
internal static class LinksApi
{
    private const int DefaultLimit = 20, MostLimit = 100, MostReplacements = 3;

    /// <summary>How much younger than a dead target what replaces it may be.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(30);

    public sealed record Ref(long Id, string Headline, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Url);

    /// <param name="Id">For its repair.</param>
    /// <param name="Kind">"read-also" or "text".</param>
    /// <param name="State">A <see cref="LinkState"/>.</param>
    /// <param name="Words">What a reader clicks, or the headline that is waited for.</param>
    /// <param name="Replacements">For a dead or superseded target: live stories to lead to instead.</param>
    public sealed record Item(string Id, Ref Article, string Block, string Kind, string State, string Words, string Href, Ref? Target, IReadOnlyList<Ref> Replacements)
    {
        /// <summary>Readers who followed it in the last seven days.</summary>
        public long Clicks { get; init; }

        /// <summary>Reads of the story that links, in the same time.</summary>
        public long Reads { get; init; }
    }

    /// <param name="External">How many links of all live stories lead out of the house.</param>
    public sealed record Items(IReadOnlyList<Item> Links, int Page, string? Next, long External);

    public static void MapLinks(this RouteGroupBuilder api, Site site)
    {
        api.MapGet("/links", (HttpContext context) => List(context, site)).WithSummary("The links inside live stories: state (live, pending, moved, withdrawn, taken-down, purged, superseded, external, or dead), article").Produces<Items>();
        api.MapPost("/links/{link}/repair", EditorialApi.Verb(site, Permission.Publish, (call, _) => Repair(site, call, call.Context.Request.RouteValues["link"]!.ToString()!))).WithSummary("Point a link to another story: {\"target\": …}, or take it out: {\"remove\": true}");
    }

    /// <summary>The states that a name means; null for one that means none.</summary>
    internal static IReadOnlyList<string>? States(string? name) => name switch
    {
        null or "" => LinkState.All.Where(state => state != LinkState.External).ToList(),
        "dead" => LinkState.Dead,
        _ => LinkState.All.Contains(name) ? [name] : null,
    };

    private static IResult List(HttpContext context, Site site)
    {
        var (bearer, refusal) = Bearers.Ask(context, site.Press, Permission.WriteOwn);
        if (bearer is null) return refusal!;
        var query = context.Request.Query;
        if (States(query["state"]) is not { } states) return Problems.Of(400, $"\"state\" is one of {string.Join(", ", LinkState.All)}, or dead for those that were live once.");
        if (!Number(query["page"], 1, out var page) || !Number(query["limit"], DefaultLimit, out var limit)) return Problems.Of(400, "\"page\" and \"limit\" are whole numbers from 1.");
        limit = Math.Min(limit, MostLimit);
        var title = site.TitleOf(context);
        return site.Read(session =>
        {
            long? article = null;
            if (query["article"].ToString() is { Length: > 0 } uri && (article = Articles.Find(session, uri)) is null) return Problems.Of(404, $"There is no article {uri}.");
            var links = LinkInventory.Page(session, site.Titles, title.Id, states, article, limit + 1, (page - 1L) * limit);
            var next = links.Count > limit ? context.Request.Path + QueryString.Create(query.Where(q => q.Key != "page").SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value)).Append(KeyValuePair.Create("page", (string?)$"{page + 1}"))) : null;
            var week = ReadHours.HourOf(site.Press.Now) - 7 * 24 + 1;
            var linking = links.Select(link => link.ArticleId).Distinct().ToList();
            var reads = site.Reads.Hours.ReadsOf(title.Id, linking, week);
            // Two links of one kind from a story to another are one way.
            var clicks = site.Reads.Hours.LedFrom(title.Id, linking, week).ToDictionary(row => (row.From, row.ArticleId, row.Block), row => row.Reads);
            return Results.Json(new Items(links.Take(limit).Select(link => ItemOf(site, session, title, link) with
            {
                Clicks = link.TargetId is { } target ? clicks.GetValueOrDefault((link.ArticleId, target, link.Kind)) : 0,
                Reads = reads.GetValueOrDefault(link.ArticleId),
            }).ToList(), page, next, LinkInventory.ExternalCount(session, title.Id)));
        });
    }

    private static Item ItemOf(Site site, Session session, Title title, LinkInventory.Entry link)
    {
        var target = link.Target is { } live ? RefOf(title, live) : link.TargetId is { } id ? new Ref(id, StoryState.Of(session, title.Id, [id])[id].Headline, null) : null;
        return new Item(link.Id, new Ref(link.ArticleId, link.Headline, null), link.BlockId, link.Kind, link.State, link.Words, link.Href.Length > 0 ? link.Href : link.WantedUri, target, Replacements(site, session, title, link));
    }

    /// <summary>The successor, or what is near to the story that is gone; of one that was purged no words are left to go by, so what is near to the story that links.</summary>
    private static List<Ref> Replacements(Site site, Session session, Title title, LinkInventory.Entry link)
    {
        if (link.Successor is { } successor) return [RefOf(title, successor)];
        if (!LinkState.Dead.Contains(link.State) || link.TargetId is not { } target) return [];
        var (draft, _) = Articles.Newest(session, link.State == LinkState.Purged ? link.ArticleId : target);
        var probe = new Probe(target, draft.Language, draft.Headline, BodyRenderer.PlainText(draft.Body), link.FirstPublishedAt + Ahead, draft.SectionId, []);
        var near = site.Press.Related.Near(session, probe, MostReplacements * 4).Select(candidate => candidate.ArticleId).Where(id => id != link.ArticleId).ToList();
        return Story.Live(session, title.Id, near).Where(story => !story.IsAdvertorial).Take(MostReplacements).Select(story => RefOf(title, story)).ToList();
    }

    private static Ref RefOf(Title title, Story story) => new(story.ArticleId, story.Headline, title.Url + title.PathOf(story));

    private static SuggestionsApi.Answered Repair(Site site, EditorialApi.Call call, string link)
    {
        var hasTarget = call.Json.ValueKind == JsonValueKind.Object && call.Json.TryGetProperty("target", out var given) && given.ValueKind != JsonValueKind.Null;
        var isRemoved = call.Json.ValueKind == JsonValueKind.Object && call.Json.TryGetProperty("remove", out var remove) && remove.ValueKind == JsonValueKind.True;
        if (hasTarget == isRemoved) throw new ContentException("Send either {\"target\": …} with a story's id or uri, or {\"remove\": true}.");
        long? target = hasTarget ? EditorialApi.ArticleOf(call, call.Json.GetProperty("target"), "\"target\" is a story's id or uri.") : null;
        var repaired = call.Act.Repair(call.Title.Id, link, target);
        return new SuggestionsApi.Answered(() => Results.Json(new { id = repaired.ArticleId, revision = repaired.Revision, published = repaired.IsPublished }));
    }

    private static bool Number(string? text, int otherwise, out int number)
    {
        number = otherwise;
        return string.IsNullOrEmpty(text) || (int.TryParse(text, out number) && number >= 1);
    }
}
