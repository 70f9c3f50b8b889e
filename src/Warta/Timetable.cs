using Warta.Accounts;
using Warta.Composition;
using Warta.Demo;
using Warta.Publishing;
using Warta.Themes;

namespace Warta;

/// <summary>Every recurring job, with how often it runs. One that fails is logged and runs again at its next time.</summary>
internal sealed class Timetable
{
    private sealed record Job(string Name, TimeSpan Every, Action Run);

    private readonly Site _site;
    private readonly Pages _pages;
    private readonly ILogger _log;
    private readonly List<Job> _jobs;
    private long _seenEvent = -1;
    private bool _listsAreStale, _isAway, _isDeaf;
    private DateTimeOffset _tellAgainAt;
    private CancellationToken _stop;

    public Timetable(Site site, Pages pages, ThemeStore themes, ILogger log, DemoReaders? readers)
    {
        (_site, _pages, _log) = (site, pages, log);
        var press = site.Press;
        _jobs =
        [
            new("release what is scheduled", TimeSpan.FromSeconds(1), ReleaseDue),
            new("end what has expired", TimeSpan.FromSeconds(1), () => press.ExpireDue()),
            new("take down pictures whose licence has ended", TimeSpan.FromSeconds(1), () => press.ExpireDuePictures()),
            new("cut the words of pictures that came in bulk", TimeSpan.FromSeconds(5), CutPictureWords),
            new("count reads", TimeSpan.FromMilliseconds(250), () => site.Reads.Fold(press.Now)),
            new("follow the event log and the readers", TimeSpan.FromMilliseconds(500), Follow),
            new("put kept pages on the disk", TimeSpan.FromSeconds(5), pages.Settle),
            new("forget old changes", TimeSpan.FromHours(1), () => Changes.Tidy(press)),
            new("tell the caches in front what has changed", TimeSpan.FromMilliseconds(250), TellCaches),
            new("forget sessions that have ended", TimeSpan.FromHours(1), () => Sessions.Tidy(press)),
            new("forget failed sign-ins", TimeSpan.FromHours(1), () => Throttle.Tidy(press)),
            new("forget old receipts", TimeSpan.FromHours(1), () => Receipts.Tidy(press)),
            new("find related stories that an import left", TimeSpan.FromSeconds(5), () => press.FindRelatedLeft()),
            new("note the links of stories from before", TimeSpan.FromSeconds(5), NoteLinks),
            new("let the newsroom find stories from before", TimeSpan.FromSeconds(5), IndexForDesk),
            new("build the search index anew", TimeSpan.FromSeconds(1), IndexForSearch),
            new("save read counts", TimeSpan.FromSeconds(10), SaveReads),
            new("make AVIF files of new pictures", TimeSpan.FromSeconds(1), () => press.MakeAvif()),
            new("erase files that no picture has", TimeSpan.FromHours(1), press.TidyPictures),
            new("tidy the database", TimeSpan.FromSeconds(5), press.Database.Tidy),
            new("look for changed themes", TimeSpan.FromSeconds(1), themes.Refresh),
        ];
        if (readers is not null) _jobs.Add(new("let the demo's readers read", TimeSpan.FromSeconds(1), readers.Read));
    }

    /// <summary>Runs until stopped; the last thing it does is to save the read counts.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        _stop = stop;
        await Task.WhenAll(_jobs.Select(job => Task.Run(() => RepeatAsync(job, stop), CancellationToken.None)));
        Try(new Job("save read counts", TimeSpan.Zero, SaveReads));
    }

    private async Task RepeatAsync(Job job, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(job.Every);
        try
        {
            do
            {
                Try(job);
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private void Try(Job job)
    {
        try
        {
            job.Run();
        }
        catch (Exception e)
        {
            _log.LogError(e, "The job \"{Job}\" failed and will run again in {Every}.", job.Name, job.Every);
        }
    }

    /// <summary>A cache that doesn't answer is told when it does.</summary>
    private void TellCaches()
    {
        if (_site.Press.Now < _tellAgainAt) return;
        try
        {
            _site.Outer.Tell();
            if (_isDeaf) _log.LogInformation("The cache in front answers again, and has been told what has changed.");
            _isDeaf = false;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            if (!_isDeaf) _log.LogError("The cache in front can't be told what has changed: {Reason} Pages there may be out of date for up to an hour. It is tried again; check the setting \"purge\".", e.Message);
            _isDeaf = true;
            _tellAgainAt = _site.Press.Now.AddSeconds(5);
        }
    }

    private void ReleaseDue()
    {
        foreach (var released in _site.Press.ReleaseDue())
        {
            if (released.Failure is { } failure) _log.LogWarning("Story {Article} was to be released but couldn't be: {Failure}", released.ArticleId, failure);
            else if (released.LateBy > TimeSpan.Zero) _log.LogWarning("Story {Article} was released {Minutes:N0} minutes late.", released.ArticleId, released.LateBy.TotalMinutes);
        }
    }

    /// <summary>After an upgrade from before links were kept. Readers' and editors' requests come between the batches.</summary>
    private void NoteLinks()
    {
        while (!_stop.IsCancellationRequested && _site.Press.NoteSomeLinks())
        {
        }
    }

    /// <summary>After an upgrade from before the newsroom had a search of its own.</summary>
    private void IndexForDesk()
    {
        while (!_stop.IsCancellationRequested && _site.Press.IndexSomeForDesk())
        {
        }
    }

    private void CutPictureWords()
    {
        while (!_stop.IsCancellationRequested && _site.Press.KeepSomePictureWords())
        {
        }
    }

    /// <summary>After an upgrade that cuts words otherwise. Readers' requests come between the batches.</summary>
    private void IndexForSearch()
    {
        if (_stop.IsCancellationRequested || _site.Press.IndexSomeForSearch() is not { } waiting) return;
        _log.LogInformation("Building the search index: {Waiting:N0} stories to go.", waiting);
        for (var said = waiting; waiting > 0 && !_stop.IsCancellationRequested; waiting = _site.Press.IndexSomeForSearch() ?? 0)
        {
            if (said - waiting < 10_000) continue;
            _log.LogInformation("Building the search index: {Waiting:N0} stories to go.", said = waiting);
        }

        if (waiting == 0) _log.LogInformation("The search index is complete.");
    }

    /// <summary>On PostgreSQL other processes write too; when the log has grown, titles and sections may have changed.</summary>
    private void Follow()
    {
        var isThere = _pages.Follow();
        if (isThere == _isAway)
        {
            if (isThere) _log.LogInformation("The database is back.");
            else _log.LogCritical("The database doesn't answer. Pages that are kept are served for another {Minutes:N0} minutes; others answer 503. Check the database and the disk.", Pages.StandIn.TotalMinutes);
            _isAway = !isThere;
        }

        if (!isThere || _site.Freshness.Around.Position == _seenEvent) return;
        _seenEvent = _site.Freshness.Around.Position;
        _site.Press.Refresh();
    }

    private void SaveReads()
    {
        try
        {
            _site.Reads.Fold(_site.Press.Now);
            _site.MostRead.Flush(_site.Press.Now);
            _site.Reads.Hours.Flush(_site.Press.Now);
        }
        finally
        {
            var stale = _site.MostRead.IsStale(_site.Press.Now);
            if (stale && !_listsAreStale) _log.LogCritical("Read counts haven't been saved for {Limit}: most-read lists are hidden. Check the disk and the database.", Discovery.MostRead.StaleAfter);
            _listsAreStale = stale;
        }
    }
}
