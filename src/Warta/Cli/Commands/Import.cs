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
        var media = new Option<string>("--media") { Description = "Which pictures to take in once the stories are there: files (those beside the import), all (fetch addresses too) or none", DefaultValueFactory = _ => "files" };
        media.AcceptOnlyFromAmong("none", "files", "all");
        var json = Shared.Json();
        var ninjs = new Command("ninjs", "Stories in IPTC's ninjs 1.x, 2.x or 3.x. Importing again updates; a stopped import goes on where it was") { path, dryRun, title, media, json };
        ninjs.On(host, (parsed, work) =>
        {
            var import = new NinjsImport(work.Press, work.Press.Titles.Title(parsed.GetValue(title)).Id, parsed.GetValue(dryRun)) { Media = Enum.Parse<MediaChoice>(parsed.GetValue(media)!, ignoreCase: true) };
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
        if (report.Pictures + report.PicturesFailed > 0) output.WriteLine($"Pictures: {report.Pictures:N0} taken in, {report.PicturesFailed:N0} failed, in {report.PicturesTook.TotalSeconds:N1} s, {Rate(report.Pictures, report.PicturesTook):N1}/s.");
        foreach (var lost in report.LostPictures.Take(RefusalsShown)) output.WriteLine($"  failed: {lost.Source}: {lost.Reason}");
        if (report.PicturesFailed > RefusalsShown) output.WriteLine($"  … and {report.PicturesFailed - RefusalsShown:N0} more; --json lists the first {ImportReport.MostListed:N0}.");
        if (report.PicturesWaiting > 0) output.WriteLine($"{report.PicturesWaiting:N0} pictures have no file yet. {report.PicturesNeed ?? "Run the import again to try those that failed; --media all also fetches addresses."}");
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
        report.Pictures,
        report.PicturesFailed,
        report.PicturesWaiting,
        report.LostPictures,
        report.PicturesNeed,
        picturesPerSecond = Math.Round(Rate(report.Pictures, report.PicturesTook), 1),
        peakMegabytes = PeakMegabytes(),
    }, Json));

    private static double Rate(long count, TimeSpan took) => count / Math.Max(0.001, took.TotalSeconds);

    private static long PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 >> 20;
    }
}
