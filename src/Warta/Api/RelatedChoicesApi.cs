using System.Text.Json;
using Warta.Accounts;
using Warta.Composition;
using Warta.Content;
using Warta.Discovery;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Api;

/// <summary>Pins and bans of related stories by API.</summary>
internal static class RelatedChoicesApi
{
    private const string Path = "/articles/{id:long}/related/choices", Help = "A pin or a ban is {\"id\": …} or {\"uri\": …}, with a \"reason\" if need be.";

    /// <param name="Url">Null where it isn't live: it is left out of the page until it is.</param>
    /// <param name="State">A <see cref="StoryState"/>.</param>
    public sealed record Chosen(long Id, string Headline, string? Url, string State, string Reason, string SetBy, string SetAt);

    public sealed record Choices(string Title, IReadOnlyList<Chosen> Pins, IReadOnlyList<Chosen> Bans);

    public static void MapRelatedChoices(this RouteGroupBuilder api, Site site)
    {
        api.MapGet(Path, (HttpContext context, long id) => Read(context, site, id)).WithSummary("What editors have pinned and banned among its related stories").Produces<Choices>();
        api.MapPut(Path, EditorialApi.Verb(site, Permission.SetPicks, (call, id) => Set(site, call, id))).WithSummary("Pin and ban related stories (If-Match: what was read)").Produces<Choices>();
    }

    private static IResult Read(HttpContext context, Site site, long id)
    {
        var (bearer, refusal) = Bearers.Ask(context, site.Press, Permission.WriteOwn);
        if (bearer is null) return refusal!;
        try
        {
            var title = context.Request.Query["title"].ToString() is { Length: > 0 } slug ? site.Titles.Title(slug) : site.TitleOf(context);
            return site.Read(session =>
            {
                Articles.MustExist(session, id);
                return Answer(context, session, title, id);
            });
        }
        catch (ContentException e)
        {
            return Problems.Of(e);
        }
    }

    private static IResult Set(Site site, EditorialApi.Call call, long id)
    {
        Articles.MustExist(call.Act.Sql, id);
        var (title, sql) = (call.Title, call.Act.Sql);
        var known = RelatedChoices.Of(sql, title.Id, id);
        Drafts.MustMatch(call.Context, RelatedChoices.VersionOf(known), "Somebody else has chosen since: read the pins and bans again and choose on top of that.");
        if (call.Json.ValueKind != JsonValueKind.Object) throw new ContentException("Send {\"pins\": [{\"id\": 1}], \"bans\": [{\"id\": 2, \"reason\": \"…\"}]}.");
        call.Act.SetRelatedChoices(title.Id, id, List(call, "pins") ?? Kept(isPin: true), List(call, "bans") ?? Kept(isPin: false));
        return Answer(call.Context, sql, title, id);

        List<RelatedChoices.Choice> Kept(bool isPin) => known.FindAll(c => c.IsPin == isPin).ConvertAll(c => new RelatedChoices.Choice(c.TargetId));
    }

    private static List<RelatedChoices.Choice>? List(EditorialApi.Call call, string name)
    {
        if (!call.Json.TryGetProperty(name, out var list)) return null;
        if (list.ValueKind != JsonValueKind.Array) throw new ContentException($"\"{name}\" should be a list. {Help}");
        return list.EnumerateArray().Select(entry => new RelatedChoices.Choice(EditorialApi.ArticleOf(call, entry, Help), (call with { Json = entry }).Text("reason"))).ToList();
    }

    private static IResult Answer(HttpContext context, Session session, Title title, long id)
    {
        var chosen = RelatedChoices.Of(session, title.Id, id);
        var states = StoryState.Of(session, title.Id, chosen.Select(c => c.TargetId));
        var live = Story.Live(session, title.Id, chosen.ConvertAll(c => c.TargetId)).ToDictionary(s => s.ArticleId);
        context.Response.Headers.ETag = $"\"{RelatedChoices.VersionOf(chosen)}\"";
        return Results.Json(new Choices(title.Slug, Listed(isPin: true), Listed(isPin: false)));

        List<Chosen> Listed(bool isPin) => chosen.FindAll(c => c.IsPin == isPin).ConvertAll(c => new Chosen(c.TargetId, states[c.TargetId].Headline,
            live.TryGetValue(c.TargetId, out var story) ? title.Url + title.PathOf(story) : null, states[c.TargetId].State, c.Reason, c.SetBy, Clock.Iso(c.SetAt, title.Zone)));
    }
}
