using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Warta.Exchange;
using Warta.Exchange.Ninjs;

namespace Warta.Cli.Commands;

internal static class Import
{
    private const int RefusalsShown = 20;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Command(ICommandHost host)
    {
        var path = Shared.Text("PATH", "A file with one item, JSON Lines (.jsonl, .jsonl.gz), or a folder of them");
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would happen, and change nothing" };
        var title = Shared.Title();
        var json = Shared.Json();
        var ninjs = new Command("ninjs", "Stories in IPTC's ninjs 1.x, 2.x or 3.x. Importing again updates; a stopped import goes on where it was") { path, dryRun, title, json };
        ninjs.On(host, (parsed, work) =>
        {
            var import = new NinjsImport(work.Press, work.Press.Titles.Title(parsed.GetValue(title)).Id, parsed.GetValue(dryRun));
            var report = import.Run(work.PathOf(parsed.GetValue(path)!), work.Progress, work.Stop);
            if (parsed.GetValue(json)) PrintJson(work.Out, report);
            else Print(work.Out, report);
            if (report.Stopped) work.Error.WriteLine("Stopped. Run the same command again to go on.");
            foreach (var failure in report.Failures) work.Error.WriteLine(failure);
            return report.Stopped || report.Failures.Count > 0 ? 1 : 0;
        });
        return new Command("import", "Bring in stories from elsewhere") { ninjs };
    }

    private static void Print(TextWriter output, ImportReport report)
    {
        var would = report.DryRun ? "would be " : "";
        output.WriteLine($"{report.Items:N0} items: {report.Added:N0} {would}added, {report.Updated:N0} {would}updated, {report.Unchanged:N0} unchanged, {report.Refused:N0} refused.");
        foreach (var refusal in report.Refusals.Take(RefusalsShown))
            output.WriteLine($"  refused: {refusal.File} line {refusal.Line}{(refusal.Uri is null ? "" : $" ({refusal.Uri})")}: {refusal.Reason}");
        if (report.Refused > RefusalsShown) output.WriteLine($"  … and {report.Refused - RefusalsShown:N0} more; --json lists the first {ImportReport.MostListed:N0}.");
        if (report.Dropped.Count > 0)
        {
            output.WriteLine("Has no place in a story, and was left out:");
            foreach (var (what, count) in report.Dropped.OrderByDescending(d => d.Value)) output.WriteLine($"  {count,9:N0}  {what}");
        }

        if (report.PendingReadAlsos > 0) output.WriteLine($"{report.PendingReadAlsos:N0} read-alsos wait for a story of their headline.");
        output.WriteLine($"Stories: {report.StoriesTook.TotalSeconds:N1} s, {Rate(report.Items, report.StoriesTook):N0}/s.");
        if (report.Related > 0) output.WriteLine($"Related: {report.Related:N0} in {report.RelatedTook.TotalSeconds:N1} s, {Rate(report.Related, report.RelatedTook):N0}/s.");
        output.WriteLine($"Peak memory: {PeakMegabytes()} MB.");
    }

    private static void PrintJson(TextWriter output, ImportReport report) => output.WriteLine(JsonSerializer.Serialize(new
    {
        report.DryRun,
        report.Items,
        report.Added,
        report.Updated,
        report.Unchanged,
        report.Refused,
        report.Refusals,
        report.Dropped,
        report.PendingReadAlsos,
        report.Stopped,
        report.Failures,
        storiesPerSecond = Math.Round(Rate(report.Items, report.StoriesTook)),
        report.Related,
        relatedPerSecond = Math.Round(Rate(report.Related, report.RelatedTook)),
        peakMegabytes = PeakMegabytes(),
    }, Json));

    private static double Rate(long count, TimeSpan took) => count / Math.Max(0.001, took.TotalSeconds);

    private static long PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 >> 20;
    }
}
