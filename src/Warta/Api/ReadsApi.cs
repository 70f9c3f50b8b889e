using System.Text.Json.Serialization;
using Warta.Accounts;
using Warta.Composition;
using Warta.Content;
using Warta.Discovery;
using Warta.Storage;

namespace Warta.Api;

/// <summary>What is being read, in numbers, for editors.</summary>
internal static class ReadsApi
{
    private const int Top = 20, MostLinks = 100, PerHourHours = 48, WeekHours = 7 * 24;

    /// <param name="Trend">"rising", "falling" or "steady"; null where too few read it to say.</param>
    /// <param name="Change">How much faster than in the last two hours: 2 is twice as fast.</param>
    public sealed record Speed(double PerMinute, string? Trend, double? Change);

    public sealed record StoryNow(long Id, string Headline, string Url, string Section, long LastHour, double PerMinute, string? Trend, double? Change);
    public sealed record SectionNow(string Section, string Name, long LastHour);

    /// <param name="Block">"related", "popular", "picks", "latest", "read-also" or "text" (a link in a paragraph); "" where none of ours led there.</param>
    public sealed record BlockNow(string Block, long LastHour);

    /// <param name="ReadersNow">Who read something in the last five minutes.</param>
    /// <param name="PerMinute">The last 60 minutes, the oldest first; the last one isn't over.</param>
    public sealed record Now(string At, long ReadersNow, IReadOnlyList<long> PerMinute, IReadOnlyList<StoryNow> Stories, IReadOnlyList<SectionNow> Sections, IReadOnlyList<BlockNow> Blocks);

    /// <param name="Story">Null for a list that stood on a page of no story, such as the front's.</param>
    public sealed record LedHere([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Ref? Story, string Block, long Reads);

    /// <param name="PerRead">Clicks for each read of this story.</param>
    public sealed record LedOn(Ref Story, string Block, long Clicks, double PerRead);
    public sealed record Ref(long Id, string Headline, string Url);
    public sealed record Hour(string From, long Reads);
    public sealed record Blocks(string Block, long Clicks, double PerRead);

    /// <param name="Week">Of the last seven days, as are what led here and on.</param>
    public sealed record OfStory(long LastHour, long Day, long Week, double PerMinute, string? Trend, double? Change, IReadOnlyList<long> Minutes, IReadOnlyList<Hour> Hours, IReadOnlyList<LedHere> LedHere, IReadOnlyList<LedOn> LedOn, IReadOnlyList<Blocks> LedOnByBlock);

    public static void MapReads(this RouteGroupBuilder api, Site site)
    {
        api.MapGet("/reads/now", (HttpContext context) => Answer(context, site, title => LookNow(site, title)))
            .WithSummary("Readers now, reads per minute, and what is rising and falling, by story, section and the block that led there").Produces<Now>();
        api.MapGet("/articles/{id:long}/reads", (HttpContext context, long id) => Answer(context, site, title => LookAt(site, title, id)))
            .WithSummary("How a story is read: by minute and hour, what led there, and what readers went on with").Produces<OfStory>();
    }

    /// <summary>Why a story stands among the most read.</summary>
    public static object Why(long lastHour, MostRead.Speed speed, Title title)
    {
        var (perMinute, trend, change) = Rounded(speed);
        var (read, moves) = Languages.Primary(title.Language) switch
        {
            "id" => ($"{lastHour} kali dibaca dalam satu jam terakhir", trend == "rising" ? "menanjak" : trend == "falling" ? "menurun" : ""),
            "ar" => ($"قراءات الساعة الأخيرة: {lastHour}", trend == "rising" ? "في صعود" : trend == "falling" ? "في هبوط" : ""),
            _ => (lastHour == 1 ? "read once in the last hour" : $"read {lastHour} times in the last hour", trend is "rising" or "falling" ? trend : ""),
        };
        return new { lastHour, perMinute, trend, change, text = moves.Length > 0 ? $"{read}; {moves}" : read };
    }

    private static IResult Answer(HttpContext context, Site site, Func<Title, IResult> look)
    {
        var (bearer, refusal) = Bearers.Ask(context, site.Press, Permission.WriteOwn);
        if (bearer is null) return refusal!;
        context.Response.Headers.CacheControl = "private, no-store";
        return look(site.TitleOf(context));
    }

    private static IResult LookNow(Site site, Title title)
    {
        var now = site.Press.Now;
        var look = site.Reads.Now.Of(title.Id, now);
        var order = site.MostRead.Order(title.Id).Take(Top).Union(look.Stories.OrderByDescending(s => s.Value).ThenByDescending(s => s.Key).Take(Top).Select(s => s.Key)).ToList();
        var speeds = site.MostRead.Speeds(title.Id, order, now);
        return site.Read(session =>
        {
            var live = Story.Live(session, title.Id, look.Stories.Keys.Union(order).ToList()).ToDictionary(s => s.ArticleId);
            var stories = order.Where(live.ContainsKey).Select(id => live[id]).Select(story =>
            {
                var (perMinute, trend, change) = Rounded(speeds.GetValueOrDefault(story.ArticleId));
                return new StoryNow(story.ArticleId, story.Headline, title.Url + title.PathOf(story), story.SectionPath, look.Stories.GetValueOrDefault(story.ArticleId), perMinute, trend, change);
            }).OrderByDescending(s => s.PerMinute).ThenByDescending(s => s.Id).Take(Top).ToList();
            var sections = look.Stories.Where(s => live.ContainsKey(s.Key)).GroupBy(s => (live[s.Key].SectionPath, live[s.Key].SectionName))
                .Select(g => new SectionNow(g.Key.SectionPath, g.Key.SectionName, g.Sum(s => s.Value))).OrderByDescending(s => s.LastHour).ThenBy(s => s.Section, StringComparer.Ordinal).ToList();
            var blocks = look.Blocks.Select(b => new BlockNow(b.Key, b.Value)).OrderByDescending(b => b.LastHour).ThenBy(b => b.Block, StringComparer.Ordinal).ToList();
            return Results.Json(new Now(Clock.Iso(now, title.Zone), look.Readers, look.PerMinute, stories, sections, blocks));
        });
    }

    private static IResult LookAt(Site site, Title title, long id)
    {
        var now = site.Press.Now;
        if (!site.Read(session => Exists(session, id))) return Problems.Of(404, $"There is no article {id}.");
        var (hour, hours) = (ReadHours.HourOf(now), site.Reads.Hours);
        var week = hours.Of(title.Id, id, hour - WeekHours + 1);
        var on = hours.LedFrom(title.Id, [id], hour - WeekHours + 1);
        var (perMinute, trend, change) = Rounded(site.MostRead.Speeds(title.Id, [id], now).GetValueOrDefault(id));
        var minutes = site.Reads.Now.Of(title.Id, id, now);
        var reads = week.Sum(row => row.Reads);
        return site.Read(session =>
        {
            var here = week.Where(row => row.Block.Length > 0).GroupBy(row => (row.From, row.Block)).Select(g => (g.Key.From, g.Key.Block, Reads: g.Sum(row => row.Reads))).OrderByDescending(row => row.Reads).ThenBy(row => row.From).Take(MostLinks).ToList();
            var live = Story.Live(session, title.Id, here.Select(row => row.From).Concat(on.Take(MostLinks).Select(row => row.ArticleId)).Where(other => other != 0).Distinct().ToList()).ToDictionary(s => s.ArticleId);
            Ref? RefOf(long other) => live.TryGetValue(other, out var story) ? new Ref(other, story.Headline, title.Url + title.PathOf(story)) : null;
            var perHour = week.Where(row => row.Hour > hour - PerHourHours).GroupBy(row => row.Hour).ToDictionary(g => g.Key, g => g.Sum(row => row.Reads));
            return Results.Json(new OfStory(minutes.Sum(), week.Where(row => row.Hour > hour - 24).Sum(row => row.Reads), reads, perMinute, trend, change, minutes,
                Enumerable.Range(0, PerHourHours).Select(i => hour - PerHourHours + 1 + i).Select(h => new Hour(Clock.Iso(DateTimeOffset.FromUnixTimeSeconds(h * 3600), title.Zone), perHour.GetValueOrDefault(h))).ToList(),
                here.Where(row => row.From == 0 || live.ContainsKey(row.From)).Select(row => new LedHere(RefOf(row.From), row.Block, row.Reads)).ToList(),
                on.Take(MostLinks).Where(row => live.ContainsKey(row.ArticleId)).Select(row => new LedOn(RefOf(row.ArticleId)!, row.Block, row.Reads, PerRead(row.Reads, reads))).ToList(),
                on.GroupBy(row => row.Block).Select(g => new Blocks(g.Key, g.Sum(row => row.Reads), PerRead(g.Sum(row => row.Reads), reads))).OrderByDescending(b => b.Clicks).ThenBy(b => b.Block, StringComparer.Ordinal).ToList()));
        });
    }

    private static bool Exists(Session session, long id) => session.Value<long>("SELECT count(*) FROM articles WHERE id = @id", new { id }) > 0;

    private static Speed Rounded(MostRead.Speed speed) => new(Math.Round(speed.PerMinute, 3), speed.Trend is null ? null : speed.IsRising ? "rising" : speed.IsFalling ? "falling" : "steady", speed.Trend is { } trend ? Math.Round(trend, 2) : null);

    // Who read it before it was counted by the hour may have clicked since.
    private static double PerRead(long clicks, long reads) => reads == 0 ? 0 : Math.Round(Math.Min(1, clicks / (double)reads), 4);
}
