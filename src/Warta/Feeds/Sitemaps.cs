using System.Collections.Concurrent;
using System.Xml;
using Warta.Composition;
using Warta.Content;
using Warta.Storage;

namespace Warta.Feeds;

/// <summary>
/// The archive for crawlers: an index by month in the title's zone, and for each month as many files as its stories need, oldest first, so that only the
/// last one grows.
/// </summary>
internal sealed class Sitemaps(Site site)
{
    /// <summary>What the protocol allows in one file.</summary>
    public const int MostUrls = 50_000;

    /// <summary>Stories read at a time: no read transaction waits for a slow crawler, and no file is in memory as a whole.</summary>
    private const int Batch = 1_000;

    private readonly ConcurrentDictionary<long, Archive> _archives = new();
    private readonly Lock _counting = new();

    private sealed record Month(DateOnly First, DateTimeOffset From, DateTimeOffset To, SitemapQueries.Sum Sum)
    {
        public string Name => First.ToString("yyyy-MM");
        public int Parts => (int)((Sum.Stories + MostUrls - 1) / MostUrls);
    }

    /// <summary>The months as they were at an event. To count them all takes long in a large archive, and is needed again after the next event only.</summary>
    private sealed record Archive(long Event, DateTimeOffset? Changed, IReadOnlyList<Month> Months);

    public Task SendIndex(HttpContext context)
    {
        var title = site.TitleOf(context);
        var archive = ArchiveOf(title);
        return FeedResponse.Send(context, SitemapXml.File("sitemapindex", xml =>
        {
            xml.Entry("sitemap", site.Canonical(title, "/sitemap-pages.xml"), null, title.Zone);
            foreach (var month in archive.Months)
            {
                for (var part = 1; part <= month.Parts; part++) xml.Entry("sitemap", site.Canonical(title, part == 1 ? $"/sitemap-{month.Name}.xml" : $"/sitemap-{month.Name}-{part}.xml"), month.Sum.UpdatedAt, title.Zone);
            }
        }), SitemapXml.ContentType, archive.Changed);
    }

    public async Task SendMonth(HttpContext context, string name, int part)
    {
        var title = site.TitleOf(context);
        var archive = ArchiveOf(title);
        if (archive.Months.FirstOrDefault(m => m.Name == name) is not { } month || part > month.Parts)
        {
            await FeedRoutes.SendNothing(context);
            return;
        }

        if (FeedResponse.IsKnown(context, FeedResponse.Tag($"{archive.Event} {site.RootOf(title)} {name} {part}"), archive.Changed)) return;
        context.Response.ContentType = SitemapXml.ContentType + "; charset=utf-8";
        if (!HttpMethods.IsHead(context.Request.Method)) await Write(context, title, month, part);
    }

    private async Task Write(HttpContext context, Title title, Month month, int part)
    {
        using var buffer = new MemoryStream();
        using var xml = XmlWriter.Create(buffer, XmlText.Settings);
        xml.WriteStartElement("urlset", SitemapXml.Namespace);
        var skip = (part - 1) * MostUrls;
        var left = MostUrls;
        var place = new SitemapQueries.Place(month.From, 0);
        while (left > 0)
        {
            var stories = site.Read(session => SitemapQueries.After(session, title.Id, place, month.To, Batch));
            foreach (var story in stories.Where(s => s.CanonicalTitleId == title.Id))
            {
                if (skip > 0) skip--;
                else if (left-- > 0) xml.Entry("url", site.Canonical(title, title.PathOf(story)), story.UpdatedAt, title.Zone);
            }

            if (stories.Count < Batch) break;
            place = new SitemapQueries.Place(stories[^1].FirstPublishedAt, stories[^1].ArticleId);
            await Send();
        }

        xml.WriteEndElement();
        await Send();

        async Task Send()
        {
            xml.Flush();
            await context.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), context.RequestAborted);
            buffer.SetLength(0);
        }
    }

    private Archive ArchiveOf(Title title)
    {
        if (Kept(title) is { } kept) return kept;
        // One counts, the others wait for what it finds.
        lock (_counting)
        {
            return Kept(title) ?? (_archives[title.Id] = site.Read(session => new Archive(EventOf(session), FeedResponse.LastChange(session, site.Press.Now), Months(session, title))));
        }
    }

    private Archive? Kept(Title title) => _archives.GetValueOrDefault(title.Id) is { } kept && kept.Event == site.Read(EventOf) ? kept : null;

    private static long EventOf(Session session) => session.Value<long>("SELECT number FROM event_clock WHERE id = 1");

    private static List<Month> Months(Session session, Title title)
    {
        var months = new List<Month>();
        for (var before = DateTimeOffset.MaxValue; SitemapQueries.NewestBefore(session, title.Id, before) is { } newest;)
        {
            var local = TimeZoneInfo.ConvertTime(newest, title.Zone);
            var first = new DateOnly(local.Year, local.Month, 1);
            var (from, to) = (Clock.Midnight(first, title.Zone), Clock.Midnight(first.AddMonths(1), title.Zone));
            var sum = SitemapQueries.SumOf(session, title.Id, from, to);
            if (sum.Stories > 0) months.Add(new Month(first, from, to, sum));
            before = from;
        }

        return months;
    }
}
