using System.CommandLine;
using System.Text.Json;
using Warta.Content;
using Warta.Discovery;
using Warta.Media;
using Warta.Publishing;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Cli.Commands;

/// <summary>Looks for what is wrong, or soon will be, and says what to do.</summary>
internal static class Doctor
{
    private const long LittleSpace = 1L << 30;

    private enum State
    {
        Good,
        Warning,
        Bad,
    }

    private sealed record Finding(string What, State State, string Says);

    public static Command Command(ICommandHost host)
    {
        var json = Shared.Json();
        return new Command("doctor", "Check the database, files, clock and packages; exit 1 if something is wrong") { json }.On(host, (parsed, work) =>
        {
            var findings = Examine(work).ToList();
            if (parsed.GetValue(json)) work.Out.WriteLine(JsonSerializer.Serialize(findings.Select(f => new { what = f.What, state = f.State.ToString().ToLowerInvariant(), says = f.Says })));
            else findings.ForEach(f => work.Out.WriteLine($"{(f.State == State.Good ? "ok     " : f.State == State.Warning ? "WARNING" : "WRONG  ")} {f.What,-10} {f.Says}"));
            return findings.Any(f => f.State == State.Bad) ? 1 : 0;
        });
    }

    private static IEnumerable<Finding> Examine(Work work)
    {
        var press = work.Press;
        yield return Check("database", () =>
        {
            var (damage, stories) = press.Database.Read(session => (
                session.Dialect.Engine == EngineKind.Sqlite ? Damage(session) : "ok",
                session.Value<long>("SELECT count(*) FROM publications")));
            return damage == "ok"
                ? (State.Good, $"{press.Database.Engine}, {press.Database.Size() >> 20} MB, {stories:N0} live stories")
                : (State.Bad, $"damaged: {damage}. Stop the server, keep the folder as it is, and go on from a copy (docs/operate.md, \"Backups\").");
        });
        yield return Check("audit", () => press.Database.Read(AuditTrail.FirstEdited) is { } row
            ? (State.Bad, $"row {row} of the audit trail isn't as it was written. Find out who can write to the database.")
            : (State.Good, "the audit trail is unbroken"));
        yield return Check("clock", () =>
        {
            var last = press.Database.Read(session => session.Time("SELECT max(happened_at) FROM events WHERE number > (SELECT number FROM event_clock) - 100"));
            return last > press.Now.AddMinutes(5) ? (State.Bad, $"this machine's clock ({press.Now:u}) is behind the last event ({last:u}). Set it right.") : (State.Good, $"{press.Now:u}");
        });
        yield return Check("releases", () =>
        {
            var late = press.Database.Read(session => session.Value<long>("SELECT count(*) FROM releases WHERE released_at IS NULL AND cancelled_at IS NULL AND release_at < @overdue", new { overdue = press.Now.AddMinutes(-1) }));
            return late > 0 ? (State.Warning, $"{late} scheduled stories are overdue. Start `warta serve`: it releases them at once.") : (State.Good, "nothing is overdue");
        });
        yield return Check("receipts", () =>
        {
            var (count, last) = press.Database.Read(session => Receipts.CutShort(session, press.Now));
            return count > 0 ? (State.Good, $"{count:N0} are not finished, the last of {last:u}: the server stopped while it asked what readers see") : (State.Good, "every receipt is finished");
        });
        yield return Check("lists", () =>
        {
            var (related, readAlsos, miscounted) = press.Database.Read(session => (Related.PendingCount(session), ReadAlso.PendingCount(session), Listings.Miscounted(session)));
            if (miscounted > 0)
            {
                press.Run("doctor", act => Listings.Recount(act.Sql));
                return (State.Warning, $"{miscounted:N0} lists held another number of stories than was kept of them. They have been counted anew; find out who else writes to the database.");
            }

            if (related == 0 && press.Database.Read(RebuildRelated.IsAdvisable)) return (State.Warning, RebuildRelated.Advice);
            return related > 0
                ? (State.Warning, $"{related:N0} stories wait for their related stories. `warta serve` finds them, or run the import again.")
                : (State.Good, $"related stories are complete; {readAlsos:N0} read-alsos wait for a target");
        });
        yield return Check("search", () =>
        {
            var waiting = press.Database.Read(IndexForSearch.WaitingForSearch);
            return waiting > 0
                ? (State.Warning, $"{waiting:N0} stories are not in the search index yet. `warta serve` takes them in while the site is up.")
                : (State.Good, "every live story is in the search index");
        });
        yield return Check("disk", () =>
        {
            var free = new DriveInfo(work.Folder.Path).AvailableFreeSpace;
            return free < LittleSpace ? (State.Warning, $"only {free >> 20} MB are free where {work.Folder.Path} lies") : (State.Good, $"{free >> 30} GB free where {work.Folder.Path} lies");
        });
        yield return Check("theme", () =>
        {
            var themes = new ThemeStore(work.Folder, Settings.Get(work.Folder, "themes", null), _ => { });
            foreach (var title in press.Titles.Titles) themes.Get(title["theme"]);
            return (State.Good, "every title's theme is whole");
        });
        yield return Check("pages", () =>
        {
            var empty = press.Titles.Titles.SelectMany(title => press.Database.Read(session => StandingPages.Missing(session, title.Id)).Select(slug => $"{title.Slug}/{slug}")).ToList();
            return empty.Count > 0
                ? (State.Warning, $"empty: {string.Join(", ", empty)}. A newspaper must say who makes it and by which code: `warta page set SLUG FILE --title TITLE`.")
                : (State.Good, "every title says who makes it and by which code");
        });
        yield return Check("pictures", () =>
        {
            var (keys, failed) = press.Database.Read(session => (MediaItem.Keys(session).ToHashSet(), session.Value<long>("SELECT count(*) FROM media WHERE arrived_at IS NULL AND purged_at IS NULL AND failure <> ''")));
            var folders = press.Media.Keys().ToHashSet();
            var missing = keys.Where(key => !folders.Contains(key)).ToList();
            if (missing.Count > 0) return (State.Bad, $"{missing.Count:N0} pictures have lost their files, such as {missing[0]}. Bring {press.Media.Path} back from a copy.");
            var orphans = folders.Count(folder => !keys.Contains(folder));
            if (orphans > 0) return (State.Warning, $"{orphans:N0} folders in {press.Media.Path} belong to no picture, perhaps after a crash. They do no harm; they go when their picture is taken in again.");
            return failed > 0 ? (State.Warning, $"{keys.Count:N0} pictures; {failed:N0} of an import have failed. Run it again to try them.") : (State.Good, $"{keys.Count:N0} pictures, each with its files");
        });
        yield return Check("url", () =>
        {
            var without = press.Titles.Titles.Where(title => title.Url.Length == 0).Select(title => title.Slug).ToList();
            return without.Count > 0
                ? (State.Warning, $"{string.Join(", ", without)}: feeds, sitemaps and canonical links name this machine. Say where the public finds it: `warta title set {without[0]} url https://…`.")
                : (State.Good, "every title knows its public address");
        });
        yield return Check("packages", () => MediaFolder.CanMake ? (State.Good, "vips is here") : (State.Warning, "vips is missing, so pictures can't be taken in. Install Debian's package libvips-tools."));
    }

    /// <summary>
    /// Table by table: the bundled FTS5's own check cries wolf over a contentless index from a connection that has read it before, so that index
    /// is checked by the ordinary tables that it stands in.
    /// </summary>
    private static string Damage(Session session) => session.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name")
        .Select(table => session.Value<string>($"PRAGMA quick_check('{table}')"))
        .FirstOrDefault(says => says != "ok") ?? "ok";

    private static Finding Check(string what, Func<(State, string)> look)
    {
        try
        {
            var (state, says) = look();
            return new Finding(what, state, says);
        }
        catch (Exception e) when (e is StorageException or ThemeException or IOException)
        {
            return new Finding(what, State.Bad, e.Message);
        }
    }
}
