using System.Globalization;
using System.Text.Json.Nodes;
using Warta.Content;
using Warta.Discovery;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Newsroom;

/// <summary>What the editor asks while somebody writes: to keep it, who else is there, which stories to lead on to. Answered in JSON.</summary>
internal static class StoryEditing
{
    private const int MostFound = 12;

    public static void Map(NewsroomRoutes.Map map, Presence presence)
    {
        map.Post("/stories/{id:long}/autosave", Stories.SignedIn, Autosave);
        map.Post("/stories/{id:long}/presence", Stories.SignedIn, visit => Here(visit, presence));
        map.Get("/stories/{id:long}/suggestions", Stories.SignedIn, visit => Stories.Read(visit, (story, session) => Suggest(visit, session, story)));
        map.Get("/stories/{id:long}/stories", Stories.SignedIn, visit => Stories.Read(visit, (story, session) => Find(visit, session, story)));
    }

    private static async Task<IResult> Autosave(Visit visit)
    {
        if (Stories.MayNotWrite(visit, out var story) is { } refusal) return refusal;
        try
        {
            if (await WritingJson.Read(visit.Request) is not { } sent) return Results.Json(new { message = visit.T("Naskah ini terlalu panjang untuk disimpan.", "The story is too long to be saved.") }, statusCode: 413);
            var titles = visit.Press.Titles;
            var mine = visit.Press.Database.Read(session => Autosaves.At(session, titles, story.Id, sent.Seen)).With(sent.Fields, sent.Body);
            if (Stories.MayNotBecome(visit, story, mine) is { } no) return no;
            // No act: readers' pages have nothing to follow, and nobody audits keystrokes.
            var outcome = visit.Press.Database.Write(sql => sql.Autosave(titles, story.Id, sent.Seen, mine, visit.Actor, visit.Press.Now));
            return outcome.IsConflict
                ? Results.Json(new JsonObject
                {
                    ["state"] = "conflict",
                    ["version"] = outcome.Version.Number,
                    ["theirs"] = WritingJson.Of(outcome.Writing),
                    ["by"] = visit.Press.Database.Read(session => Names.Of(session, outcome.By)),
                    ["blocks"] = new JsonArray([.. outcome.Blocks.Select(id => JsonValue.Create(id))]),
                    ["fields"] = new JsonArray([.. outcome.Fields.Select(name => JsonValue.Create(name))]),
                }, statusCode: 409)
                : Results.Json(outcome.IsMerged
                    ? new JsonObject { ["state"] = "merged", ["version"] = outcome.Version.Number, ["draft"] = WritingJson.Of(outcome.Writing) }
                    : new JsonObject { ["state"] = "saved", ["version"] = outcome.Version.Number });
        }
        catch (ContentException e)
        {
            return Results.Json(new { message = visit.Why(e) }, statusCode: 422);
        }
    }

    private static IResult Here(Visit visit, Presence presence)
    {
        var isLeaving = visit.Request.Query.ContainsKey("left");
        var answer = Stories.Read(visit, (_, _) => Results.Ok());
        if (answer is not Microsoft.AspNetCore.Http.HttpResults.Ok) return answer;
        var id = Stories.IdOf(visit);
        if (isLeaving)
        {
            presence.Left(id, visit.Me);
            return Results.Json(new { people = Array.Empty<object>() });
        }

        return Results.Json(new
        {
            people = presence.Seen(id, visit.Me).Select(here => new { name = here.Name, since = Clock.Iso(here.SinceAt, visit.Title.Zone), isMe = here.UserId == visit.Me.Id }),
            // Whoever has an older one before him fetches it.
            version = visit.Press.Database.Read(session => Autosaves.VersionOf(session, visit.Press.Titles, id)).Number,
        });
    }

    /// <param name="Why">In the newsroom's words; empty where it was searched for.</param>
    private sealed record Found(long Id, string Headline, string When, string Why);

    private static IResult Suggest(Visit visit, Session session, StoryInHand story)
    {
        var titles = visit.Site.Titles;
        var title = titles.Title(story.TitleId);
        var writing = Autosaves.Of(session, titles, story.Id).Writing;
        var tags = writing[Writing.Tags].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => Content.People.Tag(session, Slug.From(name))?.Id).OfType<long>().ToList();
        var probe = new Probe(story.Id, writing[Writing.Language], writing[Writing.Headline], BodyRenderer.PlainText(writing.Body), visit.Press.Now, story.SectionId, tags);
        return Results.Json(Suggestions.For(session, visit.Press.Related, titles, title.Id, probe, writing.Body).Select(found =>
            new Found(found.Story.ArticleId, found.Story.Headline, When(visit, title, found.Story), found.Shared.Count == 0 ? "" : visit.T("sama-sama menyebut ", "shares ") + string.Join(", ", found.Shared))));
    }

    private static IResult Find(Visit visit, Session session, StoryInHand story)
    {
        var title = visit.Site.Titles.Title(story.TitleId);
        var query = visit.Request.Query;
        if (long.TryParse(query["id"], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return Results.Json(Story.Live(session, title.Id, [id]).Select(one => new Found(one.ArticleId, one.Headline, When(visit, title, one), "")));
        if (query["q"].ToString().Trim() is not { Length: > 0 } words) return Results.Json(Array.Empty<Found>());
        // What is typed so far is the beginning of a word.
        var ids = DeskSearch.Match(session, words) is not { } match ? [] : session.Query<long>("""
            [[sqlite]]SELECT e.rowid FROM desk_entries e JOIN publications p ON p.title_id = @Id AND p.article_id = e.rowid WHERE desk_entries MATCH @match ORDER BY e.rowid DESC LIMIT 12[[/sqlite]]
            [[postgres]]WITH matching AS MATERIALIZED (SELECT rowid FROM desk_entries WHERE terms @@ CAST(@match AS tsquery))
            SELECT e.rowid FROM matching e JOIN publications p ON p.title_id = @Id AND p.article_id = e.rowid ORDER BY e.rowid DESC LIMIT 12[[/postgres]]
            """, new { title.Id, match });
        return Results.Json(Story.Live(session, title.Id, ids.Where(found => found != story.Id).Take(MostFound).ToList()).Select(one => new Found(one.ArticleId, one.Headline, When(visit, title, one), "")));
    }

    private static string When(Visit visit, Title title, Story story) => Clock.Short(story.FirstPublishedAt, title.Zone, visit.Language, visit.Press.Now);
}
