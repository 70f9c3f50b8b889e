using System.CommandLine;
using Warta.Content;

namespace Warta.Cli.Commands;

internal static class VendorCommands
{
    public static Command Command(ICommandHost host) => new("vendor", "A title's vendors of ads, analytics and consent") { Add(host), Remove(host), List(host) };

    private static Command Add(ICommandHost host)
    {
        var name = Shared.Text("NAME", "Its name, as readers are asked about it");
        var title = Shared.Title();
        var purpose = new Option<string>("--purpose") { Description = string.Join(", ", Vendors.Purposes), Required = true, HelpName = "PURPOSE" };
        var script = new Option<string>("--script") { Description = "The address of its script, https", Required = true, HelpName = "URL" };
        var (scripts, img, frame, connect, style) = (Hosts("--script-host", "further scripts"), Hosts("--img", "pictures"), Hosts("--frame", "frames"), Hosts("--connect", "requests"), Hosts("--style", "style sheets"));
        return new Command("add", "Add a vendor, or replace the one of that name. Nothing of it loads before a reader agrees") { name, title, purpose, script, scripts, img, frame, connect, style }.On(host, (parsed, work) =>
        {
            var vendor = new Vendor
            {
                Name = parsed.GetValue(name)!.Trim(),
                Purpose = parsed.GetValue(purpose)!,
                Script = parsed.GetValue(script)!,
                ScriptHosts = parsed.GetValue(scripts) ?? [],
                Img = parsed.GetValue(img) ?? [],
                Frame = parsed.GetValue(frame) ?? [],
                Connect = parsed.GetValue(connect) ?? [],
                Style = parsed.GetValue(style) ?? [],
            };
            if (Vendors.Check(vendor) is { } expected) throw new ContentException($"The vendor \"{vendor.Name}\" can't be added: give {expected}.");
            Change(work, parsed.GetValue(title), "vendor-added", vendor.Name, vendors => [.. vendors.Where(v => v.Name != vendor.Name), vendor]);
            work.Out.WriteLine($"Added {vendor.Name}. Readers are asked about it, and asked again if they had chosen before.");
            return 0;
        });

        Option<string[]> Hosts(string option, string of) => new(option) { Description = $"A host of its {of}, such as https://cdn.example.com; may be given several times", HelpName = "HOST", Arity = ArgumentArity.ZeroOrMore };
    }

    private static Command Remove(ICommandHost host)
    {
        var name = Shared.Text("NAME", "Which vendor");
        var title = Shared.Title();
        return new Command("remove", "Remove a vendor") { name, title }.On(host, (parsed, work) =>
        {
            var gone = parsed.GetValue(name)!.Trim();
            Change(work, parsed.GetValue(title), "vendor-removed", gone, vendors => vendors.Any(v => v.Name == gone)
                ? vendors.Where(v => v.Name != gone).ToList()
                : throw new ContentException($"There is no vendor \"{gone}\". `warta vendor list` shows what there is."));
            work.Out.WriteLine($"Removed {gone}.");
            return 0;
        });
    }

    private static Command List(ICommandHost host)
    {
        var title = Shared.Title();
        var json = Shared.Json();
        return new Command("list", "List a title's vendors") { title, json }.On(host, (parsed, work) =>
        {
            var at = work.Press.Titles.Title(parsed.GetValue(title));
            if (parsed.GetValue(json)) work.Out.WriteLine(at["vendors"] is { Length: > 0 } list ? list : "[]");
            else foreach (var v in at.Vendors) work.Out.WriteLine($"{v.Purpose,-10} {v.Name,-24} {v.Script}  {string.Join(' ', v.ScriptHosts.Concat(v.Img).Concat(v.Frame).Concat(v.Connect).Concat(v.Style).Distinct())}");
            return 0;
        });
    }

    private static void Change(Work work, string? titleSlug, string verb, string name, Func<IReadOnlyList<Vendor>, IReadOnlyList<Vendor>> change) => work.Press.Run("command", act =>
    {
        var title = act.Titles.Title(titleSlug);
        act.Sql.SetTitle(title.Id, "vendors", Vendors.Write(change(title.Vendors)));
        act.Record(verb, title.Id, null, new { name });
    });
}
