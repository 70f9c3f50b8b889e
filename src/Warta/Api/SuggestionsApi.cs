using System.Text.Json;
using Warta.Accounts;
using Warta.Composition;
using Warta.Content;
using Warta.Discovery;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Api;

/// <summary>Read-alsos for a text that is being written, each with its reasons.</summary>
internal static class SuggestionsApi
{
    private const int MostReadLooked = 100, Quoted = 60;

    /// <param name="Block">The id of the paragraph after which it fits best.</param>
    /// <param name="Paragraph">Which one of the text's that is, from 1.</param>
    /// <param name="Begins">Its first words.</param>
    public sealed record Place(string Block, int Paragraph, string Begins);

    /// <param name="DaysApart">How many days older it is; negative for a newer one.</param>
    /// <param name="MostRead">Its place among the most read now, from 1; null for none.</param>
    /// <param name="Why">The same in a sentence, in the title's language.</param>
    public sealed record Item(long Id, string Uri, string Url, string Headline, string Section, string PublishedAt, IReadOnlyList<string> Shared, bool SameSection, int DaysApart, int? MostRead, string Why, Place? After);

    public sealed record Items(IReadOnlyList<Item> Suggestions);

    public static void MapSuggestions(this RouteGroupBuilder api, Site site)
    {
        api.MapPost("/suggestions", EditorialApi.Verb(site, Permission.WriteOwn, (call, _) => For(site, call))).WithSummary("Stories that a text could lead on to, with the reasons: {\"headline\": …, \"text\": …}").Produces<Items>();
        api.MapGet("/articles/{id:long}/suggestions", (HttpContext context, long id) => Of(context, site, id)).WithSummary("Stories that its newest revision could lead on to").Produces<Items>();
    }

    private static Answered For(Site site, EditorialApi.Call call)
    {
        if (call.Json.ValueKind != JsonValueKind.Object) throw new ContentException("Send what is written so far as a JSON object with \"headline\" and one of \"blocks\", \"html\" and \"text\".");
        var title = call.Title;
        var body = Drafts.BodyOnly(call) ?? Body.Empty;
        var section = call.Text("section") is { } path ? call.Act.Titles.Section(title.Id, path) : null;
        var article = call.Json.TryGetProperty("article", out var given) && given.ValueKind != JsonValueKind.Null ? EditorialApi.ArticleOf(call, given, "\"article\" is the story's id or uri.") : 0;
        var tags = (Drafts.Texts(call, "tags") ?? []).Select(name => People.Tag(call.Act.Sql, Slug.From(name))?.Id).OfType<long>().ToList();
        var probe = new Probe(article, call.Text("language") ?? title.Language, call.Text("headline") ?? "", BodyRenderer.PlainText(body), site.Press.Now, section?.Id ?? 0, tags);
        return new Answered(() => site.Read(session => Told(site, session, title, probe, body)));
    }

    private static IResult Of(HttpContext context, Site site, long id)
    {
        var (bearer, refusal) = Bearers.Ask(context, site.Press, Permission.WriteOwn);
        if (bearer is null) return refusal!;
        return site.Read(session =>
        {
            if (Drafts.Refusal(session, bearer, id) is { } no) return no;
            var (draft, titleId) = Articles.Newest(session, id);
            var tags = draft.Tags.Select(name => People.Tag(session, Slug.From(name))?.Id).OfType<long>().ToList();
            var probe = new Probe(id, draft.Language, draft.Headline, BodyRenderer.PlainText(draft.Body), site.Press.Now, draft.SectionId, tags);
            return Told(site, session, site.Titles.Title(titleId), probe, draft.Body);
        });
    }

    private static IResult Told(Site site, Session session, Title title, Probe probe, Body body)
    {
        var paragraphs = body.Blocks.OfType<ParagraphBlock>().Where(block => !block.Text.IsEmpty).Select(block => block.Id).ToList();
        var own = probe.SectionId == 0 ? null : site.Titles.Section(probe.SectionId).Path.Split('/')[0];
        var mostRead = LiveSet.MostReadOf(site, title.Id).Take(MostReadLooked).ToList();
        var reasons = Reasons.In(title.Language);
        return Results.Json(new Items(Suggestions.For(session, site.Press.Related, site.Titles, title.Id, probe, body).ConvertAll(found =>
        {
            var story = found.Story;
            var days = DaysBetween(story.FirstPublishedAt, probe.At, title);
            var isSame = own is not null && story.SectionPath.Split('/')[0] == own;
            var place = mostRead.IndexOf(story.ArticleId) + 1;
            return new Item(story.ArticleId, story.Uri, title.Url + title.PathOf(story), story.Headline, story.SectionPath, Clock.Iso(story.FirstPublishedAt, title.Zone), found.Shared, isSame, days, place == 0 ? null : place,
                reasons.Near(found.Shared, isSame ? story.SectionName : null, days, place),
                found.After is { } after ? new Place(after.Id, paragraphs.IndexOf(after.Id) + 1, Cut(after.Text.ToString())) : null);
        })));
    }

    /// <summary>By the calendar of the title's zone: yesterday evening is a day ago.</summary>
    private static int DaysBetween(DateTimeOffset from, DateTimeOffset to, Title title) => (TimeZoneInfo.ConvertTime(to, title.Zone).Date - TimeZoneInfo.ConvertTime(from, title.Zone).Date).Days;

    private static string Cut(string text) => text.Length <= Quoted ? text : text[..(char.IsHighSurrogate(text[Quoted - 1]) ? Quoted - 1 : Quoted)] + "…";

    /// <summary>What takes a while is looked up after the caller's transaction, which holds up everybody's.</summary>
    internal sealed class Answered(Func<IResult> answer) : IResult
    {
        public Task ExecuteAsync(HttpContext context) => answer().ExecuteAsync(context);
    }
}
