using System.CommandLine;
using System.Text.Json;
using Warta.Exchange;
using Warta.Publishing;

namespace Warta.Cli.Commands;

internal static class RelatedRebuild
{
    public static Command Command(ICommandHost host)
    {
        var title = new Option<string?>("--title") { Description = "Only this title's stories (default: those of all)", HelpName = "SLUG" };
        var json = Shared.Json();
        return new Command("rebuild", "Find all related stories anew, while the paper is read and edited. Stopped or killed, it goes on where it was") { title, json }.On(host, (parsed, work) =>
        {
            var titleId = parsed.GetValue(title) is { } slug ? work.Press.Titles.Title(slug).Id : (long?)null;
            var (done, all) = work.Press.Rebuild(titleId, new Relay(work.Progress), work.Stop);
            if (parsed.GetValue(json)) work.Out.WriteLine(JsonSerializer.Serialize(new { stories = done, complete = all }));
            else work.Out.WriteLine(all ? $"Found the related stories of {done:N0} stories." : $"Stopped after {done:N0} stories. Run the same command again to go on; `warta serve` goes on by itself.");
            return all ? 0 : 1;
        });
    }

    private sealed class Relay(IProgress<ImportProgress> progress) : IProgress<RebuildRelated.Step>
    {
        public void Report(RebuildRelated.Step value) => progress.Report(new ImportProgress(value.Phase, value.Fraction, value.Stories));
    }
}
