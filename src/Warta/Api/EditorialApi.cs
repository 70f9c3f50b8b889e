using System.Text.Json;
using System.Text.Json.Nodes;
using Warta.Accounts;
using Warta.Composition;
using Warta.Content;
using Warta.Discovery;
using Warta.Publishing;

namespace Warta.Api;

/// <summary>The part of the API that needs a token: drafts, and the editorial verbs.</summary>
internal static class EditorialApi
{
    private const long LongestBody = 10 << 20;

    public static void MapEditorial(this RouteGroupBuilder api, Site site)
    {
        var press = site.Press;
        Post("/articles", Permission.WriteOwn, "Keep a new draft; answers with its near-duplicates", (call, _) => Drafts.Add(site, call));
        Put("/articles/{id:long}", Permission.WriteOwn, "Revise a story (If-Match: its version); answers with its near-duplicates", (call, id) => Drafts.Revise(site, call, id));
        Post("/articles/{id:long}/publish", Permission.Publish, "Publish the newest revision; answers with the receipt", (call, id) => Publish(site, call, id));
        Post("/articles/{id:long}/schedule", Permission.Publish, "Publish at a time to come: {\"at\": …}", Schedule);
        Post("/articles/{id:long}/withdraw", Permission.Withdraw, "Take offline; publish brings it back", (call, id) =>
        {
            call.Act.WithdrawStory(id, call.Text("title") is { } slug ? call.Act.Titles.Title(slug).Id : call.Bearer.TitleId);
            return new Receipted(site, call.Act);
        });
        Post("/articles/{id:long}/takedown", Permission.Takedown, "Take down everywhere: {\"reason\": …}; DELETE undoes it", (call, id) =>
        {
            call.Act.TakeDown(id, call.Text("reason") ?? "");
            return new Receipted(site, call.Act);
        });
        Delete("/articles/{id:long}/takedown", Permission.Takedown, "Undo a takedown", (call, id) =>
        {
            call.Act.UndoTakedown(id);
            return new Receipted(site, call.Act);
        });
        Post("/articles/{id:long}/corrections", Permission.Correct, "Issue a correction: {\"kind\": …, \"text\": …}", (call, id) => CorrectionsApi.Issue(site, call, id));
        Delete("/articles/{id:long}/corrections/{correction:long}", Permission.Correct, "Withdraw a correction that was issued by mistake", (call, id) => CorrectionsApi.Withdraw(site, call, id));
        Post("/articles/{id:long}/purge", Permission.Purge, "Erase a story's words for good", (call, id) =>
        {
            call.Act.PurgeStory(id, call.Text("reason") ?? "");
            return new Receipted(site, call.Act);
        });
        Put("/picks", Permission.SetPicks, "Replace the editors' picks, in order", (call, _) => SetPicks(site, call));
        Put("/popular/exclusions", Permission.SetPicks, "Keep a story or a kind of stories out of the most read: {\"kind\": …, \"value\": …, \"reason\": …}", (call, _) => PopularApi.Exclude(call));
        Delete("/popular/exclusions/{exclusion:long}", Permission.SetPicks, "End an exclusion", (call, _) => PopularApi.Include(call));
        api.MapGet("/popular/exclusions", (HttpContext context) => PopularApi.List(context, site)).WithSummary("What is kept out of the most read");
        api.MapGet("/articles/{id:long}/revisions", (HttpContext context, long id) => Revisions(context, press, id)).WithSummary("A story's revisions, newest first");
        api.MapGet("/articles/{id:long}/receipts", (HttpContext context, long id) => Receipted.Of(context, site, id)).WithSummary("A story's receipts, newest first");

        void Post(string pattern, Permission permission, string summary, Func<Call, long, IResult> work) => Map("POST", pattern, permission, summary, work);
        void Put(string pattern, Permission permission, string summary, Func<Call, long, IResult> work) => Map("PUT", pattern, permission, summary, work);
        void Delete(string pattern, Permission permission, string summary, Func<Call, long, IResult> work) => Map("DELETE", pattern, permission, summary, work);
        void Map(string method, string pattern, Permission permission, string summary, Func<Call, long, IResult> work) =>
            api.MapMethods(pattern, [method], (Delegate)((HttpContext context) => Run(context, press, permission, work))).WithSummary(summary);
    }

    /// <summary>One call: what was sent, who sent it, and the transaction that it runs in.</summary>
    internal sealed record Call(HttpContext Context, Act Act, Tokens.Bearer Bearer, JsonElement Json)
    {
        /// <summary>The title that the call names, else the only one that its token is good for, else the host's.</summary>
        public Title Title => Text("title") is { } slug ? Act.Titles.Title(slug) : Bearer.TitleId is { } own ? Act.Titles.Title(own) : Act.Titles.ByHost(Context.Request.Host.Host);

        /// <exception cref="ContentException">It is there and no text.</exception>
        public string? Text(string name) => Json.ValueKind != JsonValueKind.Object || !Json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
            : value.ValueKind == JsonValueKind.String ? TextOf(value) : throw new ContentException($"\"{name}\" should be a text.");

        /// <summary>PostgreSQL can't keep a NUL, and nobody misses it.</summary>
        public static string TextOf(JsonElement text) => text.GetString()!.Replace("\0", "", StringComparison.Ordinal);

        /// <exception cref="ContentException">It is there and no time.</exception>
        public DateTimeOffset? Time(string name) => Text(name) is not { } text ? null
            : DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time) ? time
            : throw new ContentException($"\"{name}\" is \"{text}\", which is no time; write it like 2026-01-26T09:00:00+07:00.");
    }

    /// <summary>A route's work in an act of its own, by who may.</summary>
    internal static Delegate Verb(Site site, Permission permission, Func<Call, long, IResult> work) => (HttpContext context) => Run(context, site.Press, permission, work);

    private static async Task<IResult> Run(HttpContext context, Press press, Permission permission, Func<Call, long, IResult> work)
    {
        var (bearer, refusal) = Bearers.Ask(context, press, permission, isTitleSaidLater: true);
        if (bearer is null) return refusal!;
        JsonElement json = default;
        if (context.Request.ContentLength is not 0 && (context.Request.ContentLength is not null || context.Request.Headers.TransferEncoding.Count > 0))
        {
            if (context.Request.ContentLength > LongestBody) return Problems.Of(400, $"The body is longer than {LongestBody >> 20} MB.");
            try
            {
                using var document = await JsonDocument.ParseAsync(context.Request.Body, new JsonDocumentOptions { MaxDepth = 64 }, context.RequestAborted);
                json = document.RootElement.Clone();
            }
            catch (JsonException e)
            {
                return Problems.Of(400, $"The body is not valid JSON: {e.Message}");
            }
        }

        var id = long.TryParse(context.Request.RouteValues["id"]?.ToString(), out var number) ? number : 0;
        try
        {
            if (bearer.TitleId is not null && press.Database.Read(session => IsElsewhere(session, press.Titles, bearer, permission, json, id))) return Bearers.Elsewhere(press, bearer, context.Request.Path);
            return press.Run(bearer.Actor, act => work(new Call(context, act, bearer, json), id));
        }
        catch (ContentException e)
        {
            return Problems.Of(e);
        }
        catch (Drafts.ChangedException e)
        {
            return Problems.Of(e.Status, e.Message);
        }
        catch (InvalidOperationException e) when (e.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true)
        {
            return Problems.Of(400, $"A text in the body is no Unicode, such as half a surrogate pair (\\uD800 to \\uDFFF): {e.Message}");
        }
    }

    /// <summary>Whether a call with a token of one title names another, or would change a story that another one's readers see too.</summary>
    private static bool IsElsewhere(Storage.Session session, TitleDirectory titles, Tokens.Bearer bearer, Permission permission, JsonElement json, long id)
    {
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("title", out var given) && given.ValueKind == JsonValueKind.String && titles.Title(given.GetString()).Id != bearer.TitleId) return true;
        return permission is Permission.Takedown or Permission.Purge or Permission.Correct
            && session.Value<long>("SELECT count(*) FROM publications WHERE article_id = @id AND title_id <> @own", new { id, own = bearer.TitleId }) > 0;
    }

    private static Receipted Publish(Site site, Call call, long id)
    {
        var title = call.Title;
        var published = call.Act.Publish(id, title.Id, null, call.Text("section"), call.Text("slug"));
        return new Receipted(site, call.Act, new JsonObject
        {
            ["event"] = published.EventNumber,
            ["id"] = id,
            ["title"] = title.Slug,
            ["revision"] = published.Revision,
            ["url"] = title.Url + published.Path,
            ["firstPublishedAt"] = Clock.Iso(published.FirstPublishedAt, title.Zone),
            ["publishedAt"] = Clock.Iso(published.PublishedAt, title.Zone),
        });
    }

    private static IResult Schedule(Call call, long id)
    {
        var at = call.Time("at") ?? throw new ContentException("Say when: {\"at\": \"2026-01-26T09:00:00+07:00\"}.");
        call.Act.Schedule(id, call.Title.Id, at);
        return Results.Json(new { id, title = call.Title.Slug, at = Clock.Iso(at, call.Title.Zone), late = at <= call.Act.Now });
    }

    private static Receipted SetPicks(Site site, Call call)
    {
        var list = call.Json.ValueKind == JsonValueKind.Array ? call.Json
            : call.Json.ValueKind == JsonValueKind.Object && (call.Json.TryGetProperty("picks", out var picks) || call.Json.TryGetProperty("items", out picks)) && picks.ValueKind == JsonValueKind.Array ? picks
            : throw new ContentException("Send {\"picks\": [{\"id\": 1}, {\"uri\": \"…\", \"from\": \"…\", \"until\": \"…\"}]}.");
        var title = call.Title;
        var section = call.Text("section") is { } path ? call.Act.Titles.Section(title.Id, path)?.Id ?? throw new ContentException($"The title \"{title.Slug}\" has no section \"{path}\".") : 0;
        call.Act.ReplacePicks(title.Id, section, list.EnumerateArray().Select(entry => Pick(call, entry)).ToList());
        return new Receipted(site, call.Act);
    }

    private static Picks.Pick Pick(Call call, JsonElement entry)
    {
        var one = call with { Json = entry };
        var id = ArticleOf(call, entry, "A pick is {\"id\": …} or {\"uri\": …}, with \"from\" and \"until\" if need be.");
        return entry.ValueKind == JsonValueKind.Object ? new Picks.Pick(id, one.Time("from"), one.Time("until")) : new Picks.Pick(id);
    }

    /// <summary>The story that an entry of a list means: a number, a uri, or an object with one of them.</summary>
    /// <exception cref="ContentException">It is none of these.</exception>
    /// <exception cref="NoSuchArticleException">There is no such article.</exception>
    internal static long ArticleOf(Call call, JsonElement entry, string help)
    {
        var id = entry.ValueKind switch
        {
            JsonValueKind.Number when entry.TryGetInt64(out var number) => number,
            JsonValueKind.String => Articles.ByUri(call.Act.Sql, Call.TextOf(entry)),
            JsonValueKind.Object when entry.TryGetProperty("id", out var given) && given.ValueKind == JsonValueKind.Number && given.TryGetInt64(out var number) => number,
            JsonValueKind.Object when (call with { Json = entry }).Text("uri") is { } uri => Articles.ByUri(call.Act.Sql, uri),
            _ => throw new ContentException(help),
        };
        Articles.MustExist(call.Act.Sql, id);
        return id;
    }

    private static IResult Revisions(HttpContext context, Press press, long id)
    {
        var (bearer, refusal) = Bearers.Ask(context, press, Permission.WriteOwn);
        if (bearer is null) return refusal!;
        return press.Database.Read(session =>
        {
            if (Drafts.Refusal(session, bearer, id) is { } no) return no;
            var revisions = session.Query<RevisionRow>("""
                SELECT r.number, r.headline, r.saved_at, r.saved_by, r.note, (SELECT count(*) FROM publications p WHERE p.revision_id = r.id) AS live
                FROM revisions r WHERE r.article_id = @id ORDER BY r.number DESC
                """, new { id });
            context.Response.Headers.ETag = Drafts.ETag(Articles.VersionOf(session, id));
            var zone = press.Titles.ByHost(context.Request.Host.Host).Zone;
            return Results.Json(new { items = revisions.Select(r => new { r.Number, r.Headline, savedAt = Clock.Iso(r.SavedAt, zone), r.SavedBy, r.Note, live = r.Live > 0 }) });
        });
    }

    private sealed record RevisionRow
    {
        public long Number { get; init; }
        public string Headline { get; init; } = "";
        public DateTimeOffset SavedAt { get; init; }
        public string SavedBy { get; init; } = "";
        public string Note { get; init; } = "";
        public long Live { get; init; }
    }
}
