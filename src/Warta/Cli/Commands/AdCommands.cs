using System.CommandLine;
using Warta.Content;
using Warta.Themes;

namespace Warta.Cli.Commands;

internal static class AdCommands
{
    public static Command Command(ICommandHost host) => new("ad", "The newspaper's own ads, where no vendor fills a slot") { Add(host), Remove(host), List(host) };

    private static Command Add(ICommandHost host)
    {
        var slot = Slot();
        var title = Shared.Title();
        var picture = new Option<string>("--picture") { Description = "A PNG or WebP file", Required = true, HelpName = "FILE" };
        var link = new Option<string>("--link") { Description = "Where it leads: a path on this site, or https://…", Required = true, HelpName = "URL" };
        var alt = new Option<string>("--alt") { Description = "What the picture says, for those who don't see it", Required = true, HelpName = "TEXT" };
        return new Command("add", "Put an ad of the newspaper's own into a slot, in place of the one there") { slot, title, picture, link, alt }.On(host, (parsed, work) =>
        {
            var at = work.Press.Titles.Title(parsed.GetValue(title));
            var file = Path.Combine(work.WorkingFolder, parsed.GetValue(picture)!);
            if (!File.Exists(file)) throw new ContentException($"There is no file {file}.");
            var ad = new HouseAd(parsed.GetValue(slot)!, new TitleFiles(work.Folder).TakeIn(at, file), parsed.GetValue(link)!, parsed.GetValue(alt)!.Trim());
            Change(work, at.Slug, "ad-added", ad.Slot, ads => [.. ads.Where(a => a.Slot != ad.Slot), ad]);
            work.Out.WriteLine(at.Slots.Any(s => s.Name == ad.Slot)
                ? $"The slot {ad.Slot} shows it."
                : $"Kept. The slot {ad.Slot} isn't in use yet: `warta title set {at.Slug} ads.slots \"{$"{at["ads.slots"]} {ad.Slot}".Trim()}\"` puts it on the pages.");
            return 0;
        });
    }

    private static Command Remove(ICommandHost host)
    {
        var slot = Slot();
        var title = Shared.Title();
        return new Command("remove", "Take the newspaper's own ad out of a slot") { slot, title }.On(host, (parsed, work) =>
        {
            var gone = parsed.GetValue(slot)!;
            Change(work, parsed.GetValue(title), "ad-removed", gone, ads => ads.Any(a => a.Slot == gone)
                ? ads.Where(a => a.Slot != gone).ToList()
                : throw new ContentException($"The slot \"{gone}\" has no ad of the newspaper's own."));
            work.Out.WriteLine($"Removed from {gone}.");
            return 0;
        });
    }

    private static Command List(ICommandHost host)
    {
        var title = Shared.Title();
        var json = Shared.Json();
        return new Command("list", "List the newspaper's own ads") { title, json }.On(host, (parsed, work) =>
        {
            var at = work.Press.Titles.Title(parsed.GetValue(title));
            if (parsed.GetValue(json)) work.Out.WriteLine(at["ads.house"] is { Length: > 0 } list ? list : "[]");
            else foreach (var ad in at.HouseAds) work.Out.WriteLine($"{ad.Slot,-8} {ad.Picture,-24} {ad.Link,-32} {ad.Alt}");
            return 0;
        });
    }

    private static void Change(Work work, string? titleSlug, string verb, string slot, Func<IReadOnlyList<HouseAd>, IReadOnlyList<HouseAd>> change) => work.Press.Run("command", act =>
    {
        var title = act.Titles.Title(titleSlug);
        act.Sql.SetTitle(title.Id, "ads.house", AdSlots.WriteHouse(change(title.HouseAds)));
        act.Record(verb, title.Id, null, new { slot });
    });

    private static Argument<string> Slot() => Shared.Text("SLOT", string.Join(", ", AdSlots.Defaults.Select(s => s.Name)));
}
