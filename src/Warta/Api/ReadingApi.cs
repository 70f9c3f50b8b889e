using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Warta.Composition;
using Warta.Content;
using Warta.Discovery;
using Warta.Media;
using Warta.Search;
using Warta.Storage;

namespace Warta.Api;

/// <summary>The part of the API that needs no token: what readers may see, of the host's title.</summary>
internal static class ReadingApi
{
    private const int DefaultLimit = 20, MostLimit = 100;

    /// <param name="Kind">"advertorial" on a paid story; left out on others.</param>
    public sealed record Item(long Id, string Uri, string Url, string Headline, string Section, string PublishedAt,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Kind)
    {
        /// <summary>In a search by words: how many near-duplicates of it were found and are folded into it.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int Versions { get; init; }

        /// <summary>For editors: why it stands in the list.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public object? Why { get; init; }
    }

    public sealed record ItemList(IReadOnlyList<Item> Items, int Page, long Total, string? Next)
    {
        /// <summary>The words that took the place of mistyped ones.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? SearchedFor { get; init; }

        /// <summary>Few stories hold all of the words; these hold most.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Partial { get; init; }
    }

    public static void MapReading(this RouteGroupBuilder api, Site site)
    {
        api.MapGet("/articles", (HttpContext context) => Filtered(context, site, byRelevance: false)).WithSummary("Live stories, newest first").Produces<ItemList>();
        api.MapGet("/search", (HttpContext context) => Filtered(context, site, byRelevance: context.Request.Query["sort"] != "date")).WithSummary("Live stories that hold the words of q, the best first").Produces<ItemList>();
        api.MapGet("/articles/{id:long}", (HttpContext context, long id) => One(context, site, id)).WithSummary("A live story with its blocks and HTML");
        api.MapGet("/articles/{id:long}/related", (HttpContext context, long id) => RelatedTo(context, site, id)).WithSummary("Its related stories, best first; kind=background for earlier stories that explain it. With a token each says why it is there").Produces<ItemList>();
        api.MapGet("/articles/{id:long}/corrections", (HttpContext context, long id) => CorrectionsOf(context, site, id)).WithSummary("What stands corrected on it, oldest first");
        api.MapGet("/popular", (HttpContext context) => Popular(context, site)).WithSummary("Most-read stories. With a token each says how fast it is read").Produces<ItemList>();
        api.MapGet("/picks", (HttpContext context) => PicksOf(context, site)).WithSummary("Editors' picks of now, in order").Produces<ItemList>();
        api.MapGet("/latest", (HttpContext context) => LatestOf(context, site)).WithSummary("Latest stories by first publication").Produces<ItemList>();
    }

    /// <summary>Which page of a list is asked for. A number that is none is an error, not page 1.</summary>
    private sealed record Paging(int Page, int Limit)
    {
        public long Skip => (Page - 1L) * Limit;

        public static Paging? Of(IQueryCollection query) =>
            Number(query["page"], 1, 1_000_000) is { } page && Number(query["limit"], DefaultLimit, MostLimit) is { } limit ? new Paging(page, limit) : null;

        private static int? Number(string? text, int otherwise, int most) =>
            string.IsNullOrEmpty(text) ? otherwise : int.TryParse(text, out var number) && number >= 1 ? Math.Min(number, most) : null;
    }

    private static readonly string PagingHelp = $"\"page\" and \"limit\" are whole numbers from 1; a limit above {MostLimit} counts as {MostLimit}.";

    private static IResult Filtered(HttpContext context, Site site, bool byRelevance)
    {
        var query = context.Request.Query;
        var title = site.TitleOf(context);
        if (Paging.Of(query) is not { } paging) return Problems.Of(400, PagingHelp);
        if (!Time(query["from"], title, 0, out var from) || !Time(query["to"], title, 1, out var to)) return Problems.Of(400, "\"from\" and \"to\" are days (2024-12-02) or times (2024-12-02T10:15:00+07:00).");
        return site.Read(session =>
        {
            if (query["uri"].ToString() is { Length: > 0 } uri)
            {
                var one = session.Query<Story>($"SELECT {Story.Columns} FROM live_articles a WHERE a.title_id = @Id AND a.uri = @uri", new { title.Id, uri });
                return Send(context, site, title, one, paging, one.Count);
            }

            // A filter that names nothing finds nothing.
            var section = Given("section", path => site.Press.Titles.Section(title.Id, path)?.Id);
            var tag = Given("tag", slug => People.Tag(session, slug)?.Id);
            var author = Given("author", slug => People.Author(session, slug)?.Id);
            var words = query["q"].ToString();
            var found = new StoryFilter
            {
                TitleId = title.Id,
                SectionId = section,
                TagId = tag,
                AuthorId = author,
                Language = query["language"].ToString() is { Length: > 0 } language ? language : null,
                From = from,
                To = to,
                Words = words.Length > 0 || context.Request.Path.Value!.EndsWith("/search", StringComparison.Ordinal) ? words : null,
                ByRelevance = byRelevance,
            }.Find(session, site.Press.Search, paging.Limit, paging.Skip);
            return Send(context, site, title, found.Stories, paging, found.Total, found);

            long? Given(string name, Func<string, long?> find) => query[name].ToString() is { Length: > 0 } value ? find(value) ?? -1 : null;
        });
    }

    private static IResult One(HttpContext context, Site site, long id)
    {
        var title = site.TitleOf(context);
        return site.Read(session =>
        {
            if (Addresses.Live(session, title.Id, id) is not { } article) return NoStory(session, title, id);
            var body = BodyJson.Read(article.Body);
            var authors = People.Authors(session, article.BylineRefs.Select(b => b.Author));
            var dateline = Datelines.Read(article.Dateline);
            var pictures = new Pictures(session, site.Press.Now, body.Figures.Select(f => f.Media).Append(article.PictureRef?.Media), Shape.Whole);
            return Results.Json(new
            {
                id,
                article.Uri,
                url = UrlOf(title, article),
                article.Kind,
                article.Language,
                article.Kicker,
                article.Headline,
                article.Standfirst,
                dateline = dateline?.ToString() ?? "",
                section = article.SectionPath,
                sectionName = article.SectionName,
                publishedAt = Clock.Iso(article.FirstPublishedAt, title.Zone),
                updatedAt = Clock.Iso(article.UpdatedAt, title.Zone),
                bylines = article.BylineRefs.Where(b => authors.ContainsKey(b.Author)).Select(b => new { name = authors[b.Author].Name, slug = authors[b.Author].Slug, role = b.Role }),
                tags = People.Tags(session, article.TagIds).Select(t => new { t.Slug, t.Name }),
                picture = pictures.Of(article, Shape.Whole) is { } picture ? new { media = article.PictureRef!.Media, url = title.Url + picture.Src, picture.Srcset, picture.Width, picture.Height, picture.Alt, picture.Caption, picture.Credit } : null,
                article.UsageTerms,
                article.CopyrightHolder,
                blocks = JsonNode.Parse(article.Body)!["blocks"],
                html = BodyRenderer.Render(body.Blocks, RenderContext.Of(title, article, Site.ReadAlsos(session, title, id)) with { Picture = pictures.InBody, Link = site.TextLinks(session, title, id) }),
                unverified = article.IsUnverified,
                corrections = CorrectionsApi.Items(session, title, id),
            });
        });
    }

    private static IResult CorrectionsOf(HttpContext context, Site site, long id)
    {
        var title = site.TitleOf(context);
        return site.Read(session => Addresses.Live(session, title.Id, id) is null ? NoStory(session, title, id) : Results.Json(new { items = CorrectionsApi.Items(session, title, id) }));
    }

    private static IResult RelatedTo(HttpContext context, Site site, long id)
    {
        var kind = context.Request.Query["kind"].ToString();
        if (kind is not ("" or "related" or "background")) return Problems.Of(400, "\"kind\" is related or background.");
        var isEditor = context.Request.Headers.Authorization.Count > 0;
        if (isEditor && Bearers.Ask(context, site.Press, Accounts.Permission.WriteOwn).Refusal is { } refusal) return refusal;
        return Listed(context, site, (session, title, paging) =>
        {
            if (Addresses.Live(session, title.Id, id) is not { } article) return NoStory(session, title, id);
            var stories = (kind == "background" ? Related.BackgroundOf(session, title.Id, id) : Related.Of(session, title.Id, id)).ToList();
            var answer = Send(context, site, title, stories, paging, shown => isEditor ? RelatedWhy.Of(session, title, article, shown).ToDictionary(why => why.Key, why => (object)why.Value) : null);
            ForEditors(context, isEditor);
            return answer;
        });
    }

    private static IResult Popular(HttpContext context, Site site)
    {
        var isEditor = context.Request.Headers.Authorization.Count > 0;
        if (isEditor && Bearers.Ask(context, site.Press, Accounts.Permission.WriteOwn).Refusal is { } refusal) return refusal;
        return Listed(context, site, (session, title, paging) =>
        {
            var section = context.Request.Query["section"].ToString();
            var now = site.Press.Now;
            var answer = Send(context, site, title, site.MostRead.Stories(session, title.Id, section.Length > 0 ? new Scope(section, null) : Scope.Title, MostLimit, now), paging, shown =>
            {
                if (!isEditor) return null;
                var (hour, speeds) = (site.Reads.Now.Of(title.Id, now).Stories, site.MostRead.Speeds(title.Id, shown.Select(s => s.ArticleId), now));
                return shown.ToDictionary(s => s.ArticleId, s => ReadsApi.Why(hour.GetValueOrDefault(s.ArticleId), speeds.GetValueOrDefault(s.ArticleId), title));
            });
            ForEditors(context, isEditor);
            return answer;
        });
    }

    /// <summary>A cache in front must not give one's answer to the other.</summary>
    private static void ForEditors(HttpContext context, bool isEditor)
    {
        context.Response.Headers.Vary = "Authorization";
        if (isEditor) context.Response.Headers.CacheControl = "private, no-store";
    }

    private static IResult PicksOf(HttpContext context, Site site) => Listed(context, site, (session, title, paging) =>
        Send(context, site, title, Picks.Stories(session, title.Id, SectionOf(context, site, title), site.Press.Now), paging));

    private static IResult LatestOf(HttpContext context, Site site) => Listed(context, site, (session, title, paging) =>
    {
        var section = SectionOf(context, site, title);
        var total = Latest.Count(session, title.Id, section);
        return Send(context, site, title, Latest.Stories(session, title.Id, section, null, paging.Limit, (int)Math.Min(paging.Skip, int.MaxValue)), paging, total);
    });

    /// <summary>What every list begins with: the host's title, a page that is one, and a snapshot to read in.</summary>
    private static IResult Listed(HttpContext context, Site site, Func<Session, Title, Paging, IResult> read)
    {
        var title = site.TitleOf(context);
        return Paging.Of(context.Request.Query) is { } paging ? site.Read(session => read(session, title, paging)) : Problems.Of(400, PagingHelp);
    }

    /// <summary>The section that is asked for: 0 for none, and one that nothing stands in for a name that is none.</summary>
    private static long SectionOf(HttpContext context, Site site, Title title) =>
        context.Request.Query["section"].ToString() is { Length: > 0 } path ? site.Press.Titles.Section(title.Id, path)?.Id ?? -1 : 0;

    /// <summary>A story that was taken down is gone, not unknown.</summary>
    private static IResult NoStory(Session session, Title title, long id) => Addresses.GoneStory(session, id) is { } gone
        ? Problems.Of(410, $"This story was taken down at {Clock.Iso(gone.At, title.Zone)}.{(gone.Reason.Length > 0 ? $" Reason: {gone.Reason}" : "")}")
        : Problems.Of(404, $"There is no live article {id} in this title.");

    /// <summary>The asked-for page of a list that is at hand whole.</summary>
    private static IResult Send(HttpContext context, Site site, Title title, List<Story> all, Paging paging, Func<List<Story>, Dictionary<long, object>?>? why = null) =>
        Send(context, site, title, all.Skip((int)Math.Min(paging.Skip, int.MaxValue)).Take(paging.Limit).ToList(), paging, all.Count, why: why);

    private static IResult Send(HttpContext context, Site site, Title title, List<Story> stories, Paging paging, long total, StoryFilter.Found? found = null, Func<List<Story>, Dictionary<long, object>?>? why = null)
    {
        var reasons = why?.Invoke(stories);
        var next = paging.Skip + paging.Limit < total ? NextUrl(context.Request, paging.Page + 1) : null;
        context.Response.Headers.CacheControl = "public, max-age=0, s-maxage=10";
        return Results.Json(new ItemList(stories.ConvertAll(s => new Item(s.ArticleId, s.Uri, UrlOf(title, s), s.Headline, s.SectionPath, Clock.Iso(s.FirstPublishedAt, title.Zone), s.IsAdvertorial ? s.Kind : null) { Versions = found?.Versions.GetValueOrDefault(s.ArticleId) ?? 0, Why = reasons?[s.ArticleId] }), paging.Page, total, next) { SearchedFor = found?.IsMended == true ? found.Query!.Text : null, Partial = found?.IsPartial == true });
    }

    private static string UrlOf(Title title, Story story) => title.Url + title.PathOf(story);

    private static string NextUrl(HttpRequest request, int page)
    {
        var query = request.Query.Where(pair => pair.Key != "page").SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value)).Append(KeyValuePair.Create("page", (string?)page.ToString()));
        return request.Path + QueryString.Create(query);
    }

    /// <summary>A day counts from its beginning; as an end it is included whole.</summary>
    private static bool Time(string? text, Title title, int daysMore, out DateTimeOffset? time)
    {
        time = null;
        if (string.IsNullOrEmpty(text)) return true;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) && day.Year is >= 1900 and < 2200)
        {
            var midnight = day.AddDays(daysMore).ToDateTime(TimeOnly.MinValue);
            time = new DateTimeOffset(midnight, title.Zone.GetUtcOffset(midnight));
            return true;
        }

        // A plus sign that wasn't escaped arrives as a space.
        if (!DateTimeOffset.TryParse(text.Replace(' ', '+'), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var moment) || moment.Year is < 1900 or >= 2200) return false;
        time = moment;
        return true;
    }
}
