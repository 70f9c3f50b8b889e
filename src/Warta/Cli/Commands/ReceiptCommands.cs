using System.CommandLine;
using Warta.Composition;
using Warta.Publishing;

namespace Warta.Cli.Commands;

/// <summary>Where what was done is to be seen, and after how long (Jejak Tayang).</summary>
internal static class ReceiptCommands
{
    public static Command Command(ICommandHost host)
    {
        var uri = Shared.Text("URI", "The story's uri, or its id");
        var json = Shared.Json();
        return new Command("receipt", "Show the last receipt of a story: where it was seen, and how soon (Jejak Tayang)") { uri, json }.On(host, (parsed, work) =>
        {
            var receipt = work.Press.Database.Read(session => Receipts.Of(session, Articles.ByUri(session, parsed.GetValue(uri)!), 1).FirstOrDefault());
            if (receipt is null) work.Out.WriteLine(parsed.GetValue(json) ? "null" : "There is no receipt of this story: nothing has been done to it that readers see, or it was imported or longer than 90 days ago.");
            else if (parsed.GetValue(json)) Print(work, receipt);
            else
            {
                work.Out.WriteLine($"{receipt.Verb} {receipt.CommittedAt:u}. {Says(receipt, work.Press.Now)}");
                foreach (var surface in receipt.Surfaces) work.Out.WriteLine($"{surface.Name,-14} {surface.State,-10} {(surface.Ms is { } ms ? $"{ms} ms" : ""),8}  {surface.Title}{surface.Url}");
                foreach (var what in ReceiptJson.BeyondRecall(receipt)) work.Out.WriteLine($"Beyond recall: {what}.");
            }

            return 0;
        });
    }

    /// <summary>What a verb prints: what was done, and where it was seen.</summary>
    public static int Tell(Work work, Act act, bool json, string done)
    {
        var receipt = act.Deeds is [.., var deed] ? Find(work, deed.Number) : null;
        if (json && receipt is not null) Print(work, receipt);
        else
        {
            work.Out.WriteLine(done);
            if (receipt is not null) work.Out.WriteLine(Says(receipt, work.Press.Now));
        }

        return 0;
    }

    private static Receipt? Find(Work work, long number) => work.Witness is { } witness
        ? witness.After(number, Witness.Patience).GetAwaiter().GetResult()
        : work.Press.Database.Read(session => Receipts.Find(session, number));

    private static void Print(Work work, Receipt receipt) => work.Out.WriteLine(ReceiptJson.Of(receipt, work.Press.Titles, work.Press.Now).ToJsonString());

    private static string Says(Receipt receipt, DateTimeOffset now) => ReceiptJson.StateOf(receipt, now) switch
    {
        "unmeasured" => "No surface was asked: no site was being served from here, or too much was done at once.",
        "interrupted" => "Not finished: the server stopped before it had asked every surface.",
        "pending" => "Its surfaces are still being asked.",
        _ => $"{(receipt.IsRemoval ? "Gone from" : "Live on")} {receipt.Shown} surfaces in {receipt.Ms ?? 0} ms.{Late(receipt)}",
    };

    private static string Late(Receipt receipt) => receipt.Surfaces.Where(s => s.State == SurfaceState.Late).Select(s => s.Name).ToList() is { Count: > 0 } late
        ? $" Not seen in time: {string.Join(", ", late)}."
        : "";
}
