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

    public static void Map(NewsroomRoutes.Map map)
    {
        map.Get("/audit", new Needs(Permission.ReadAudit), visit =>
        {
            var (actor, verb, article, before) = (Ask(visit, "actor"), Ask(visit, "verb"), Ask(visit, "article"), Ask(visit, "before"));
            var rows = visit.Press.Database.Read(session => AuditTrail.Entries(session, actor, verb, long.TryParse(article, out var id) ? id : null, long.TryParse(before, out var last) ? last : long.MaxValue, PerPage));
            var filter = $"actor={Uri.EscapeDataString(actor)}&verb={Uri.EscapeDataString(verb)}&article={Uri.EscapeDataString(article)}";
            return Visit.Page<AuditPage>(200, ("Frame", visit.Frame()), ("Rows", rows), ("Actor", actor), ("Verb", verb), ("Article", article),
                ("Older", rows.Count == PerPage ? $"/newsroom/audit?{filter}&before={rows[^1].Id}" : ""), ("Export", $"/newsroom/audit.csv?{filter}"));
        });
        map.Get("/audit.csv", new Needs(Permission.ReadAudit), visit => Results.Stream(async stream =>
        {
            await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
            await writer.WriteLineAsync("id,time,actor,verb,title,article,detail,hash");
            for (var before = long.MaxValue; ;)
            {
                var rows = visit.Press.Database.Read(session => AuditTrail.Entries(session, Ask(visit, "actor"), Ask(visit, "verb"), long.TryParse(Ask(visit, "article"), out var id) ? id : null, before, 1_000));
                foreach (var row in rows)
                    await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{row.Id},{Clock.Iso(row.DoneAt, visit.Title.Zone)},{Cell(row.Actor)},{Cell(row.Verb)},{row.TitleId},{row.ArticleId},{Cell(row.Detail)},{row.Hash}"));
                if (rows.Count < 1_000) break;
                before = rows[^1].Id;
            }
        }, "text/csv; charset=utf-8", "audit.csv"));
    }

    private static string Ask(Visit visit, string name) => visit.Request.Query[name].ToString().Trim();

    /// <summary>As RFC 4180 has it; and what a spreadsheet would take for a formula begins with an apostrophe.</summary>
    private static string Cell(string text)
    {
        if (text.Length > 0 && "=+-@\t\r".Contains(text[0])) text = "'" + text;
        return text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
