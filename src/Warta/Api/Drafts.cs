using System.Text.Json;
using Warta.Accounts;
using Warta.Composition;
using Warta.Content;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Api;

/// <summary>Writing by API. What a revision doesn't name stays as it was.</summary>
internal static class Drafts
{
    /// <summary>Somebody else has saved since, or the caller didn't say which version is meant.</summary>
    internal sealed class ChangedException(int status, string message) : Exception(message)
    {
        public int Status { get; } = status;
    }

    private static readonly HashSet<string> Understood =
    [
        "uri", "title", "section", "kind", "language", "kicker", "headline", "standfirst", "searchTitle", "note", "dateline", "blocks", "html", "text", "bylines", "tags",
        "embargoedUntil", "expiresAt", "noAds", "unverified", "usageTerms", "copyrightHolder", "picture",
    ];

    public static IResult Add(Site site, EditorialApi.Call call)
    {
        var title = call.Title;
        var uri = call.Text("uri") ?? $"urn:warta:{title.Slug}:{Guid.CreateVersion7(call.Act.Now)}";
        var section = call.Text("section") ?? title["section"];
        var draft = Filled(call, new Draft
        {
            Uri = uri,
            TitleId = title.Id,
            SectionId = SectionOf(call, title, section),
            Language = title.Language,
            Headline = "",
            Body = Body.Empty,
        });
        return Saved(site, call, call.Act.Save(null, draft), uri, 201);
    }

    public static IResult Revise(Site site, EditorialApi.Call call, long id)
    {
        if (Refusal(call.Act.Sql, call.Bearer, id) is { } no)
        {
            call.Act.Record("refused", null, null, new { permission = nameof(Permission.WriteAny), role = call.Bearer.Role, path = call.Context.Request.Path.Value });
            return no;
        }

        var version = Articles.VersionOf(call.Act.Sql, id);
        MustMatch(call.Context, version.ToString(), $"The story has been saved since: it is at version {version}. Read it again and save on top of that.");
        var (draft, titleId) = Articles.Newest(call.Act.Sql, id);
        if (call.Text("section") is { } section) draft = draft with { SectionId = SectionOf(call, call.Act.Titles.Title(titleId), section) };
        return Saved(site, call, call.Act.Save(id, Filled(call, draft)), draft.Uri, 200);
    }

    /// <exception cref="ChangedException">The caller hasn't said what he has read, or it isn't what is there.</exception>
    public static void MustMatch(HttpContext context, string version, string changed)
    {
        var given = context.Request.Headers.IfMatch.ToString();
        if (given.Length == 0) throw new ChangedException(428, "Send the version that you have read as If-Match, so that nobody's work is overwritten.");
        if (given != "*" && !given.Split(',').Select(tag => ETagOf(tag.Trim())).Contains(version)) throw new ChangedException(412, changed);
    }

    /// <summary>404 for a story that isn't there, 403 for another's story that this role may not touch.</summary>
    public static IResult? Refusal(Session session, Tokens.Bearer bearer, long id)
    {
        var owner = session.First<string>("SELECT created_by FROM articles WHERE id = @id", new { id });
        if (owner is null) return Problems.Of(404, $"There is no article {id}.");
        return owner == bearer.Actor || Roles.May(bearer.Role, Permission.WriteAny) ? null : Problems.Of(403, $"The role {bearer.Role} may only change its own stories.");
    }

    /// <summary>What programs make of "3": W/"3" on the way through a proxy, 3 by hand.</summary>
    private static string ETagOf(string given) => (given.StartsWith("W/", StringComparison.Ordinal) ? given[2..] : given).Trim('"');

    public static string ETag(long version) => $"\"{version}\"";

    private static Draft Filled(EditorialApi.Call call, Draft draft)
    {
        if (call.Json.ValueKind != JsonValueKind.Object) throw new ContentException("Send the story as a JSON object with at least \"headline\" and one of \"blocks\", \"html\" and \"text\".");
        var (body, dateline) = BodyOf(call) ?? (draft.Body, draft.Dateline);
        return draft with
        {
            Kind = call.Text("kind") ?? draft.Kind,
            Language = call.Text("language") ?? draft.Language,
            Kicker = Line(call.Text("kicker")) ?? draft.Kicker,
            Headline = Line(call.Text("headline")) ?? draft.Headline,
            Standfirst = Line(call.Text("standfirst")) ?? draft.Standfirst,
            SearchTitle = Line(call.Text("searchTitle")) ?? draft.SearchTitle,
            Note = Line(call.Text("note")) ?? "",
            Body = body,
            Dateline = dateline,
            Bylines = List(call, "bylines", entry => new Byline(Required(call, entry, "name"), (call with { Json = entry }).Text("role") ?? Byline.Writer)) ?? draft.Bylines,
            Picture = Has(call, "picture") ? PictureOf(call) : draft.Picture,
            Tags = Texts(call, "tags") ?? draft.Tags,
            EmbargoedUntil = Has(call, "embargoedUntil") ? call.Time("embargoedUntil") : draft.EmbargoedUntil,
            ExpiresAt = Has(call, "expiresAt") ? call.Time("expiresAt") : draft.ExpiresAt,
            NoAds = Has(call, "noAds") ? call.Json.GetProperty("noAds").ValueKind == JsonValueKind.True : draft.NoAds,
            IsUnverified = YesOrNo(call, "unverified") ?? draft.IsUnverified,
            UsageTerms = Line(call.Text("usageTerms")) ?? draft.UsageTerms,
            CopyrightHolder = Line(call.Text("copyrightHolder")) ?? draft.CopyrightHolder,
        };
    }

    internal static List<string>? Texts(EditorialApi.Call call, string name) =>
        List(call, name, entry => entry.ValueKind == JsonValueKind.String ? EditorialApi.Call.TextOf(entry) : throw new ContentException($"\"{name}\" is a list of texts."));

    /// <summary>A text that is only being written: what it says of itself, and nothing that would be kept.</summary>
    internal static Body? BodyOnly(EditorialApi.Call call) => BodyOf(call)?.Body;

    /// <summary>A body as blocks, HTML or plain text; null when the call has none. A leading credit is lifted out of foreign text only.</summary>
    private static (Body Body, Dateline? Dateline)? BodyOf(EditorialApi.Call call)
    {
        if (Has(call, "blocks"))
        {
            var dateline = call.Json.TryGetProperty("dateline", out var given) && given.ValueKind == JsonValueKind.Object
                ? new Dateline((call with { Json = given }).Text("place"), (call with { Json = given }).Text("credit"))
                : null;
            return (BodyJson.Read($"{{\"version\":{Body.Version},\"blocks\":{call.Json.GetProperty("blocks").GetRawText()}}}"), dateline);
        }

        if (call.Text("html") is { } html) return Dateline.Lift(HtmlMapper.FromHtml(html).Body);
        if (call.Text("text") is { } text) return Dateline.Lift(PlainTextMapper.FromPlainText(text).Body);
        return null;
    }

    /// <summary>Null takes the lead picture away.</summary>
    private static Picture? PictureOf(EditorialApi.Call call)
    {
        var given = call.Json.GetProperty("picture");
        if (given.ValueKind == JsonValueKind.Null) return null;
        if (given.ValueKind != JsonValueKind.Object || !given.TryGetProperty("media", out var media) || media.ValueKind != JsonValueKind.Number || !media.TryGetInt64(out var id))
            throw new ContentException("\"picture\" is {\"media\": …, \"alt\": \"…\", \"caption\": \"…\", \"credit\": \"…\"} with the id that POST /api/v1/media answered, or null.");
        var words = call with { Json = given };
        return new Picture(id, Line(words.Text("alt")) ?? "", Line(words.Text("caption")) ?? "", Line(words.Text("credit")) ?? "");
    }

    private static long SectionOf(EditorialApi.Call call, Title title, string section) =>
        call.Act.Titles.Section(title.Id, section)?.Id ?? (section == title["section"] ? call.Act.SectionNamed(title.Id, section)
            : throw new ContentException($"The title \"{title.Slug}\" has no section \"{section}\". Sections: {string.Join(", ", call.Act.Titles.Sections(title.Id).Take(50).Select(s => s.Path))}."));

    private static bool Has(EditorialApi.Call call, string name) => call.Json.TryGetProperty(name, out _);

    private static bool? YesOrNo(EditorialApi.Call call, string name) => !call.Json.TryGetProperty(name, out var value) ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw new ContentException($"\"{name}\" should be true or false.");

    private static List<T>? List<T>(EditorialApi.Call call, string name, Func<JsonElement, T> read)
    {
        if (!call.Json.TryGetProperty(name, out var list)) return null;
        return list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(read).ToList() : throw new ContentException($"\"{name}\" should be a list.");
    }

    private static string Required(EditorialApi.Call call, JsonElement entry, string name) =>
        (call with { Json = entry }).Text(name) is { Length: > 0 } text ? text : throw new ContentException($"\"{name}\" is missing in an entry of \"bylines\".");

    private static string? Line(string? text) => text is null ? null : CleanText.Of(text);

    private static SavedDraft Saved(Site site, EditorialApi.Call call, SaveRevision.Saved saved, string uri, int status)
    {
        var version = Articles.VersionOf(call.Act.Sql, saved.ArticleId);
        call.Context.Response.Headers.ETag = ETag(version);
        if (status == 201) call.Context.Response.Headers.Location = $"/api/v1/articles/{saved.ArticleId}";
        // A misspelt embargo must not be lost in silence; neither may a caller set what isn't theirs to set.
        var ignored = call.Json.EnumerateObject().Select(property => property.Name).Where(name => !Understood.Contains(name)).ToList();
        return new SavedDraft(site, call.Title, new SavedDraft.Answer(saved.ArticleId, uri, saved.Number, version, ignored), status);
    }
}
