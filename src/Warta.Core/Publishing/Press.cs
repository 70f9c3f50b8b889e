using Warta.Content;
using Warta.Discovery;
using Warta.Media;
using Warta.Search;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>
/// Where the newspaper is changed. Every editorial verb is a file beside this one and runs inside an <see cref="Act"/>: one transaction that
/// changes what is live, the search index, the related stories, the event log and the audit trail together, or not at all.
/// </summary>
public sealed class Press(Database database, TimeProvider clock, MediaFolder? media = null)
{
    private volatile TitleDirectory? _titles;
    private int _generation;

    public Database Database => database;
    public TimeProvider Clock => clock;

    /// <summary>Where pictures' files are.</summary>
    public MediaFolder Media => media ?? throw new InvalidOperationException("This press was opened without a folder for pictures.");
    /// <summary>Runs after each commit, before whoever asked for the act hears that it is done.</summary>
    public Action<Commit>? Committed { get; set; }

    /// <summary>Somebody asks the surfaces of each act whether they show it, and finishes its receipt.</summary>
    public bool IsWitnessed { get; set; }
    public SearchIndex Search { get; } = SearchIndex.For(database.Engine);
    public Related Related { get; } = new();
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The titles and sections as they stand. Another node's change is seen after <see cref="Refresh"/>.</summary>
    public TitleDirectory Titles
    {
        get
        {
            if (_titles is { } current) return current;
            var generation = Volatile.Read(ref _generation);
            var read = database.Read(session => new TitleDirectory(session));
            // Changed while it was read: good for this caller, but not to be kept.
            if (generation == Volatile.Read(ref _generation)) _titles = read;
            return read;
        }
    }

    public void Refresh()
    {
        Interlocked.Increment(ref _generation);
        _titles = null;
    }

    /// <summary>A press on this database; a newsroom that has no title yet gets one, so a paper with a single title never notices that there are any.</summary>
    public static Press Open(Database database, TimeProvider clock, MediaFolder? media = null)
    {
        var press = new Press(database, clock, media);
        press.CheckSearchIndex();
        if (press.Titles.Titles.Count == 0) press.Run("setup", act => AddFirstTitle(act));
        return press;
    }

    private static void AddFirstTitle(Act act)
    {
        // Another process may have been faster.
        if (act.Titles.Titles.Count > 0) return;
        var id = act.Sql.AddTitle("warta", null, act.Now);
        act.Sql.SetTitle(id, "name", "Warta");
        act.Record("title-added", id, null);
    }

    /// <summary>One editorial act by <paramref name="actor"/>: a user's e-mail, a token's name, "import" or "timetable".</summary>
    /// <param name="batch">See <see cref="Act.IsBatch"/>.</param>
    public T Run<T>(string actor, Func<Act, T> work, bool batch = false)
    {
        Act? act = null;
        try
        {
            var done = database.Write(session =>
            {
                act = new Act(this, session, actor, Now) { IsBatch = batch };
                var result = work(act);
                act.Finish();
                return result;
            });
            var at = clock.GetTimestamp();
            // Read anew when next asked for: an act may have made a section.
            Refresh();
            foreach (var follow in act!.AfterCommit) follow();
            Committed?.Invoke(new Commit(act!.LastNumber, act.Sql.Touched, act.Deeds, act.Stands, at));
            return done;
        }
        catch
        {
            Refresh();
            if (act?.HasTouchedRelated == true) Related.Reset();
            Search.Reset();
            throw;
        }
    }

    public void Run(string actor, Action<Act> work, bool batch = false) => Run(actor, act =>
    {
        work(act);
        return 0;
    }, batch);
}
