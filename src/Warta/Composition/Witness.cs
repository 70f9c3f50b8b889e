using System.Collections.Concurrent;
using Warta.Publishing;

namespace Warta.Composition;

/// <summary>
/// After each act asks the surfaces, over HTTP at our own port as a reader does, until they show what it did, and keeps the receipt. No act waits for it. What takes
/// a surface longest is its own work: the pages that readers would ask for next are made by then.
/// </summary>
public sealed class Witness : IDisposable
{
    /// <summary>A surface that hasn't shown it by then is late.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What of an act is still asked by then comes to whoever asks for the receipt later.</summary>
    public static readonly TimeSpan Courtesy = TimeSpan.FromMilliseconds(300);

    /// <summary>Acts in flight; of those beyond, such as a thousand releases at once, no surface is asked.</summary>
    private const int MostWatches = 100;
    private const int ActsAtOnce = 2, SurfacesAtOnce = 4;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10), LongestPause = TimeSpan.FromMilliseconds(250);

    private readonly Site _site;
    private readonly ConcurrentDictionary<long, Watch> _watches = new();
    private readonly SemaphoreSlim _turns = new(ActsAtOnce);
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
    })
    { Timeout = Patience };
    private Uri? _here;

    public Witness(Site site) => _site = site;

    /// <summary>Hears what went wrong where nobody can be told.</summary>
    public Action<Exception>? Failing { get; set; }

    /// <summary>One deed while its surfaces are asked.</summary>
    private sealed class Watch(Deed deed, Commit commit, DateTimeOffset now)
    {
        public Deed Deed => deed;
        public Commit Commit => commit;
        public Surface[] Surfaces { get; set; } = [];
        public DateTimeOffset? FinishedAt { get; set; }
        public Task Task { get; set; } = Task.CompletedTask;

        public Receipt Receipt => new()
        {
            EventNumber = deed.Number,
            Verb = deed.Verb,
            TitleId = deed.TitleId,
            ArticleId = deed.ArticleId,
            CommittedAt = now,
            Surfaces = [.. Surfaces],
            FinishedAt = FinishedAt,
        };
    }

    /// <summary>From now on the port is open. One that we can't ask as a reader does, a Unix socket or a certificate of another name, leaves receipts unmeasured.</summary>
    public void Begin()
    {
        var listening = BindingAddress.Parse(_site.Listening);
        if (listening.IsUnixPipe || listening.Scheme != Uri.UriSchemeHttp) return;
        // Any address of ours is this machine.
        var here = new UriBuilder(_site.Listening.Replace("://+", "://localhost").Replace("://*", "://localhost"));
        if (here.Host is "[::]" or "0.0.0.0") here.Host = "localhost";
        _here = here.Uri;
        _site.Press.Committed += Hear;
        _site.Press.IsWitnessed = true;
    }

    /// <summary>From now on it closes: receipts that aren't finished stay so.</summary>
    public void End()
    {
        if (_here is null) return;
        _site.Press.IsWitnessed = false;
        _site.Press.Committed -= Hear;
        _stop.Cancel();
        Task.WaitAll([.. _watches.Values.Select(watch => watch.Task)]);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _http.Dispose();
        _turns.Dispose();
        _stop.Dispose();
    }

    /// <summary>The receipt of a deed, as complete as it is when the patience ends; null where none is kept.</summary>
    public async Task<Receipt?> After(long number, TimeSpan patience)
    {
        if (!_watches.TryGetValue(number, out var watch)) return _site.Read(session => Receipts.Find(session, number));
        await Task.WhenAny(watch.Task, Task.Delay(patience));
        return watch.Receipt;
    }

    private void Hear(Commit commit)
    {
        foreach (var deed in commit.Deeds)
        {
            var watch = new Watch(deed, commit, _site.Press.Now);
            if (!_watches.TryAdd(deed.Number, watch)) continue;
            watch.Task = Task.Run(() => Witnessed(watch, isAsked: _watches.Count <= MostWatches));
        }
    }

    private async Task Witnessed(Watch watch, bool isAsked)
    {
        try
        {
            if (isAsked)
            {
                await _turns.WaitAsync(_stop.Token);
                try
                {
                    await AskAll(watch);
                }
                finally
                {
                    _turns.Release();
                }
            }

            watch.FinishedAt = _site.Press.Now;
            Receipts.Finish(_site.Press.Database, watch.Deed.Number, watch.Surfaces, _site.Press.Now);
        }
        catch (OperationCanceledException)
        {
            // Stopped: the receipt says that it isn't finished.
        }
        catch (Exception e)
        {
            Failing?.Invoke(e);
        }
        finally
        {
            _watches.TryRemove(watch.Deed.Number, out _);
        }
    }

    private async Task AskAll(Watch watch)
    {
        var asks = _site.Read(session => Surfaces.Of(_site, session, watch.Deed, watch.Commit.Stands));
        var surfaces = watch.Surfaces = [.. asks.Select(ask => new Surface(ask.Name, ask.Title.Slug, ask.Url, null, ask.IsSeen is null ? SurfaceState.NotListed : SurfaceState.Pending))];
        var began = _site.Press.Clock.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, asks.Count), new ParallelOptions { MaxDegreeOfParallelism = SurfacesAtOnce, CancellationToken = _stop.Token }, async (i, stop) =>
        {
            if (asks[i].IsSeen is null) return;
            var seen = await AskUntilSeen(asks[i], began, stop);
            surfaces[i] = surfaces[i] with
            {
                Ms = seen ? (long)Math.Ceiling(_site.Press.Clock.GetElapsedTime(watch.Commit.At).TotalMilliseconds) : null,
                State = seen ? asks[i].Seen : SurfaceState.Late,
            };
        });
    }

    private async Task<bool> AskUntilSeen(Ask ask, long began, CancellationToken stop)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (await Look(ask, stop) is { } sighting && ask.IsSeen!(sighting)) return true;
            if (_site.Press.Clock.GetElapsedTime(began) > Patience) return false;
            await Task.Delay(pause, stop);
        }
    }

    private async Task<Sighting?> Look(Ask ask, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_here!, ask.Url));
        request.Headers.Host = new Uri(_site.RootOf(ask.Title)).Authority;
        request.Headers.UserAgent.ParseAdd("Warta-receipt");
        try
        {
            using var answer = await _http.SendAsync(request, stop);
            return new Sighting((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(stop), answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is TaskCanceledException && !stop.IsCancellationRequested))
        {
            return null;
        }
    }
}
