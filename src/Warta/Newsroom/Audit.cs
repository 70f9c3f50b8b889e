using System.Globalization;
using System.Text;
using Warta.Accounts;
using Warta.Content;
using Warta.Publishing;

namespace Warta.Newsroom;

/// <summary>The audit trail to read, and to take home.</summary>
internal static class Audit
{
    private const int PerPage = 100;
    private static readonly string[] Asked = ["actor", "verb", "article", "from", "until"];

    public static void Map(NewsroomRoutes.Map map)
    {
        map.Get("/audit", new Needs(Permission.ReadAudit), visit =>
        {
            var (rows, verbs, words) = visit.Press.Database.Read(session =>
            {
                var rows = AuditTrail.Entries(session, Filter(visit), long.TryParse(Ask(visit, "before"), out var last) ? last : long.MaxValue, PerPage);
                return (rows, AuditTrail.Verbs(session), new AuditWords(session, visit.Site.Titles, rows));
            });
            var filter = string.Join('&', Asked.Select(name => $"{name}={Uri.EscapeDataString(Ask(visit, name))}"));
            return Visit.Page<AuditPage>(200, ("Frame", visit.Frame()), ("Rows", rows), ("Verbs", verbs), ("Words", words), ("Asked", Asked.ToDictionary(name => name, name => Ask(visit, name))),
                ("Older", rows.Count == PerPage ? $"/newsroom/audit?{filter}&before={rows[^1].Id}" : ""), ("Export", $"/newsroom/audit.csv?{filter}"));
        });
        map.Get("/audit.csv", new Needs(Permission.ReadAudit), visit => Results.Stream(async stream =>
        {
            await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
            await writer.WriteLineAsync("id,time,actor,verb,title,article,detail,hash");
            for (var before = long.MaxValue; ;)
            {
                var rows = visit.Press.Database.Read(session => AuditTrail.Entries(session, Filter(visit), before, 1_000));
                foreach (var row in rows)
                    await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{row.Id},{Clock.Iso(row.DoneAt, visit.Title.Zone)},{Cell(row.Actor)},{Cell(row.Verb)},{row.TitleId},{row.ArticleId},{Cell(row.Detail)},{row.Hash}"));
                if (rows.Count < 1_000) break;
                before = rows[^1].Id;
            }
        }, "text/csv; charset=utf-8", "audit.csv"));
    }

    private static AuditTrail.Filter Filter(Visit visit)
    {
        var actor = Ask(visit, "actor");
        // People give an address; the trail says "user:" before it.
        if (actor.Contains('@') && !actor.Contains(':')) actor = "user:" + actor.ToLowerInvariant();
        return new(actor, Ask(visit, "verb"), long.TryParse(Ask(visit, "article"), out var id) ? id : null, Day(visit, "from", 0), Day(visit, "until", 1)) { Within = ReachOf(visit) };
    }

    private static AuditTrail.Reach? ReachOf(Visit visit)
    {
        if (visit.Me.May(Permission.ReadAudit)) return null;
        var titles = visit.Site.Titles;
        var seen = titles.Titles.Where(title => visit.Me.May(Permission.ReadAudit, title.Id)).Select(title => title.Id).ToList();
        return new(
            seen.Where(title => visit.Me.May(Permission.ReadAudit, titles, title, null)).ToList(),
            seen,
            seen.SelectMany(title => titles.Sections(title).Where(section => visit.Me.May(Permission.ReadAudit, titles, title, section.Id))).Select(section => section.Id).ToList());
    }

    /// <summary>The first moment of a day in the title's zone, or of one after it.</summary>
    private static DateTimeOffset? Day(Visit visit, string name, int after) =>
        DateOnly.TryParseExact(Ask(visit, name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1970 and < 9000
            ? new DateTimeOffset(day.AddDays(after).ToDateTime(TimeOnly.MinValue), visit.Title.Zone.GetUtcOffset(day.AddDays(after).ToDateTime(TimeOnly.MinValue))) : null;

    private static string Ask(Visit visit, string name) => visit.Request.Query[name].ToString().Trim();

    /// <summary>As RFC 4180 has it; and what a spreadsheet would take for a formula begins with an apostrophe.</summary>
    private static string Cell(string text)
    {
        if (text.Length > 0 && "=+-@\t\r".Contains(text[0])) text = "'" + text;
        return text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
