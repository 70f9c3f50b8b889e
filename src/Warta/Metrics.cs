using System.Globalization;
using System.Net;
using System.Text;
using Warta.Composition;

namespace Warta;

/// <summary><c>/metrics</c> for Prometheus, to who asks from this machine.</summary>
internal static class Metrics
{
    public static void MapMetrics(this WebApplication app, Site site, Pages pages) => app.MapGet("/metrics", context =>
    {
        // A proxy on this machine asks for others, and says so.
        if (context.Connection.RemoteIpAddress is not { } from || !IPAddress.IsLoopback(from) || context.Request.Headers.ContainsKey("X-Forwarded-For"))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(Text(site, pages), context.RequestAborted);
    }).ExcludeFromDescription();

    private static string Text(Site site, Pages pages)
    {
        var text = new StringBuilder();
        Help("warta_pages_total", "counter", "Pages by where they came from: memory, disk, rendered, or stale where an old one stood in.");
        foreach (var source in Enum.GetValues<PageSource>()) Line($"warta_pages_total{{from=\"{source.ToString().ToLowerInvariant()}\"}}", pages.Counts[source]);
        Help("warta_pages_waiting", "gauge", "Pages that wait to be rendered.");
        Line("warta_pages_waiting", pages.Waiting);
        Help("warta_page_memory_bytes", "gauge", "Memory that kept pages take.");
        Line("warta_page_memory_bytes", pages.MemoryBytes);
        Line("warta_page_memory_pages", pages.InMemory);
        Line("warta_page_disk_bytes", pages.Disk.Bytes);
        Line("warta_page_disk_pages", pages.Disk.Count);
        Help("warta_reads_total", "counter", "Reads that browsers reported: counted, repeated (the reader had read the story), damped (beyond the share of their network), refused (no reader's, or of no live story), or dropped where there was no room.");
        Line("warta_reads_total{result=\"counted\"}", site.Reads.Counted);
        Line("warta_reads_total{result=\"repeated\"}", site.Reads.Repeated);
        Line("warta_reads_total{result=\"damped\"}", site.Reads.Damped);
        Line("warta_reads_total{result=\"refused\"}", site.Reads.Refused);
        Line("warta_reads_total{result=\"dropped\"}", site.Reads.Dropped);
        Help("warta_event_number", "gauge", "The newest event that pages and lists have followed.");
        Line("warta_event_number", site.Freshness.Known?.Position ?? 0);
        Help("warta_database_contact_seconds", "gauge", "Since the database last answered.");
        Line("warta_database_contact_seconds", (long)(site.Press.Now - site.Freshness.ContactAt).TotalSeconds);
        return text.ToString();

        void Help(string name, string type, string help) => text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

        void Line(string name, long value) => text.Append(name).Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
