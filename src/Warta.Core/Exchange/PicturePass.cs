using System.Collections.Concurrent;
using System.Diagnostics;
using Warta.Content;
using Warta.Media;
using Warta.Publishing;

namespace Warta.Exchange;

/// <summary>Which pictures an import takes in.</summary>
public enum MediaChoice
{
    None,
    Files,
    All,
}

/// <summary>
/// The second pass of an import: the files of the pictures that its stories name. Each is a transaction of its own, and what is missing is in the
/// database, so a stop loses nothing and the next import goes on; a picture that fails is named, and its story stands without it.
/// </summary>
internal sealed class PicturePass(Press press, ImportReport report, MediaChoice choice, Outbound outbound)
{
    private const int AtOnce = 100;

    private sealed record Awaited
    {
        public long Id { get; init; }
        public string Source { get; init; } = "";
    }

    public void Run(IProgress<ImportProgress>? progress, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        var all = press.Database.Read(session => session.Value<long>("SELECT count(*) FROM media WHERE arrived_at IS NULL AND purged_at IS NULL"));
        if (all > 0 && choice != MediaChoice.None)
        {
            if (MediaFolder.CanMake) TakeIn(all, progress, stop);
            else report.PicturesNeed = new VipsMissingException().Message;
        }

        report.PicturesWaiting = press.Database.Read(session => session.Value<long>("SELECT count(*) FROM media WHERE arrived_at IS NULL AND purged_at IS NULL"));
        report.PicturesTook = clock.Elapsed;
    }

    private void TakeIn(long all, IProgress<ImportProgress>? progress, CancellationToken stop)
    {
        var failures = new ConcurrentQueue<(Awaited Picture, string Reason)>();
        long done = 0, after = 0, looked = 0;
        while (!stop.IsCancellationRequested)
        {
            var next = press.Database.Read(session => session.Query<Awaited>($"SELECT id, source FROM media WHERE arrived_at IS NULL AND purged_at IS NULL AND id > @after ORDER BY id LIMIT {AtOnce}", new { after }));
            if (next.Count == 0) break;
            after = next[^1].Id;
            // Each keeps one processor busy, and vips is held to one.
            Parallel.ForEach(next, new ParallelOptions { MaxDegreeOfParallelism = Math.Min(4, Environment.ProcessorCount) }, picture =>
            {
                if (stop.IsCancellationRequested || (choice == MediaChoice.Files && PictureSource.IsUrl(picture.Source))) return;
                try
                {
                    press.Arrive(picture.Id, Fetch(picture.Source, stop));
                    Interlocked.Increment(ref done);
                }
                catch (OperationCanceledException)
                {
                    // Stopped; it is still awaited.
                }
                catch (Exception e) when (e is ContentException or IOException or UnauthorizedAccessException)
                {
                    failures.Enqueue((picture, e.Message));
                    press.Database.Write(session => session.Run("UPDATE media SET failure = @p1 WHERE id = @p2 AND arrived_at IS NULL", e.Message, picture.Id));
                }

                progress?.Report(new ImportProgress("pictures", Math.Min(1, Interlocked.Increment(ref looked) / (double)all), looked));
            });
        }

        report.Pictures = done;
        foreach (var (picture, reason) in failures.OrderBy(f => f.Picture.Id)) report.LosePicture(picture.Source, reason);
    }

    private byte[] Fetch(string source, CancellationToken stop)
    {
        if (PictureSource.IsUrl(source)) return outbound.Get(source, MediaFolder.LargestFile, stop);
        var file = new FileInfo(PictureSource.PathOf(source));
        if (!file.Exists || file.LinkTarget is not null) throw new MediaException("There is no such file.");
        if (file.Length > MediaFolder.LargestFile) throw new MediaException($"It is longer than {MediaFolder.LargestFile >> 20} MB.");
        return File.ReadAllBytes(file.FullName);
    }
}
