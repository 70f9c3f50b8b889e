using System.Diagnostics;
using System.Threading.Channels;
using Warta.Content;
using Warta.Discovery;
using Warta.Media;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Exchange.Ninjs;

/// <summary>
/// Brings ninjs items into a title. One thread reads and maps, one writes; each batch is a transaction, so a stop or a crash loses at most the batch
/// under way, and the next run knows by uri and hash what is there already. Related stories are found afterwards, in the order of publication.
/// </summary>
public sealed class NinjsImport(Press press, long titleId, bool dryRun = false)
{
    private const int BatchSize = 250;

    private readonly ImportReport _report = new() { DryRun = dryRun };

    /// <summary>Adds what the caller knows of a story and ninjs has no place for.</summary>
    public Func<Draft, Draft>? Complete { get; init; }

    /// <summary>Which pictures are taken in, once the stories are there.</summary>
    public MediaChoice Media { get; init; } = MediaChoice.Files;

    /// <summary>Fetches those at http addresses.</summary>
    public Outbound Outbound { get; init; } = new();

    private sealed record Read(string File, string Folder, long Line, NinjsItem? Item, string? Uri, string? Reason, double Fraction);

    private sealed record Existing
    {
        public long Id { get; init; }
        public string Uri { get; init; } = "";
        public string SourceHash { get; set; } = "";
        public DateTimeOffset? SourceVersionAt { get; set; }
        public bool Live { get; set; }
        public bool TakenDown { get; init; }

        /// <summary>Who last took it offline, "" when nobody did or its time ran out.</summary>
        public string EndedBy { get; init; } = "";
    }

    /// <param name="path">A file with one item, a JSON Lines file (.jsonl, .jsonl.gz) or a folder of them.</param>
    /// <param name="stop">Stops after the present batch; the report then says so.</param>
    /// <exception cref="FileNotFoundException">There is nothing at the path.</exception>
    public ImportReport Run(string path, IProgress<ImportProgress>? progress, CancellationToken stop)
    {
        var files = NinjsSource.Files(path);
        if (files.Count == 0) _report.Failures.Add($"The folder {path} holds no .json, .jsonl or .jsonl.gz file.");
        var clock = Stopwatch.StartNew();
        var batches = Channel.CreateBounded<List<Read>>(new BoundedChannelOptions(3) { SingleReader = true, SingleWriter = true });
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var reading = Task.Factory.StartNew(() => ReadAll(files, batches.Writer, abandoned.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            while (batches.Reader.WaitToReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult())
            {
                while (batches.Reader.TryRead(out var batch))
                {
                    if (!stop.IsCancellationRequested) Write(batch);
                    progress?.Report(new ImportProgress("stories", batch[^1].Fraction, _report.Items));
                }
            }
        }
        finally
        {
            abandoned.Cancel();
            reading.GetAwaiter().GetResult();
        }

        _report.StoriesTook = clock.Elapsed;
        if (!dryRun)
        {
            FindRelated(progress, stop);
            new PicturePass(press, _report, Media, Outbound).Run(progress, stop);
        }

        _report.Stopped = stop.IsCancellationRequested;
        _report.PendingReadAlsos = press.Database.Read(ReadAlso.PendingCount);
        return _report;
    }

    private void FindRelated(IProgress<ImportProgress>? progress, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        var waiting = press.Database.Read(Related.PendingCount);
        int done;
        long counted = 0;
        while (!stop.IsCancellationRequested && (done = press.CountTermsChunk()) > 0)
            progress?.Report(new ImportProgress("terms", Math.Min(1, (counted += done) / (double)Math.Max(1, waiting)), counted));
        while (!stop.IsCancellationRequested && (done = press.FindRelatedChunk()) > 0)
        {
            _report.Related += done;
            progress?.Report(new ImportProgress("related", Math.Min(1, _report.Related / (double)Math.Max(1, waiting)), _report.Related));
        }

        _report.RelatedTook = clock.Elapsed;
    }

    private void ReadAll(IReadOnlyList<FileInfo> files, ChannelWriter<List<Read>> batches, CancellationToken stop)
    {
        var batch = new List<Read>(BatchSize);
        long bytesBefore = 0, bytes = Math.Max(1, files.Sum(f => f.Length));
        try
        {
            foreach (var file in files)
            {
                try
                {
                    foreach (var item in NinjsSource.Items(file))
                    {
                        if (stop.IsCancellationRequested) return;
                        batch.Add(ReadOne(item, file.DirectoryName!, (bytesBefore + item.Position) / (double)bytes));
                        if (batch.Count < BatchSize) continue;
                        Send(batch);
                        batch = new List<Read>(BatchSize);
                    }
                }
                catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
                {
                    lock (_report.Failures) _report.Failures.Add(e is InvalidDataException && e.Message.StartsWith(file.Name, StringComparison.Ordinal) ? e.Message : $"{file.Name} can't be read to its end: {e.Message} What came before is kept.");
                }

                bytesBefore += file.Length;
            }

            if (batch.Count > 0) Send(batch);
        }
        catch (OperationCanceledException)
        {
            // Stopped while the writer was behind.
        }
        finally
        {
            batches.Complete();
        }

        void Send(List<Read> full) => batches.WriteAsync(full, stop).AsTask().GetAwaiter().GetResult();
    }

    private Read ReadOne(NinjsSource.Item item, string folder, double fraction)
    {
        if (item.Problem is { } problem) return new Read(item.File, folder, item.Line, null, null, problem, fraction);
        try
        {
            return new Read(item.File, folder, item.Line, NinjsItem.Read(item.Bytes, press.Now), null, null, fraction);
        }
        catch (NinjsItem.RefusedException e)
        {
            return new Read(item.File, folder, item.Line, null, e.Uri, e.Message, fraction);
        }
    }

    private void Write(List<Read> batch)
    {
        if (dryRun)
        {
            press.Database.Read(session =>
            {
                var known = Known(session, batch);
                foreach (var read in batch) Count(read, () => Judge(session, read.Item!, known, out _));
                return 0;
            });
            return;
        }

        press.Run("import", act =>
        {
            var known = Known(act.Sql, batch);
            foreach (var read in batch) Count(read, () => Bring(act, read.Item!, read.Folder, known));
        }, batch: true);
    }

    private enum Outcome
    {
        Added,
        Updated,
        Unchanged,
    }

    private void Count(Read read, Func<Outcome> bring)
    {
        if (read.Item is null)
        {
            _report.Refuse(read.File, read.Line, read.Uri, read.Reason!);
            return;
        }

        try
        {
            var outcome = bring();
            switch (outcome)
            {
                case Outcome.Added: _report.Added++; break;
                case Outcome.Updated: _report.Updated++; break;
                default: _report.Unchanged++; return;
            }

            foreach (var (what, times) in read.Item.Dropped) _report.Drop(what, times);
        }
        catch (ContentException e)
        {
            _report.Refuse(read.File, read.Line, read.Item.Uri, e.Message);
        }
    }

    private static Dictionary<string, Existing> Known(Session session, List<Read> batch) => session.Query<Existing>("""
        SELECT a.id, a.uri, a.source_hash, a.source_version_at,
            (SELECT count(*) FROM publications p WHERE p.article_id = a.id) AS live,
            (SELECT count(*) FROM takedowns t WHERE t.article_id = a.id AND t.undone_at IS NULL) + (SELECT count(*) FROM purges g WHERE g.article_id = a.id) AS taken_down,
            coalesce((SELECT CASE WHEN h.end_verb = 'expired' THEN '' ELSE h.ended_by END FROM publication_history h WHERE h.article_id = a.id AND h.end_verb <> 'replaced' ORDER BY h.id DESC LIMIT 1), '') AS ended_by
        FROM articles a
        WHERE a.uri IN [[texts:uris]]
        """, new { uris = session.Texts(batch.Where(r => r.Item is not null).Select(r => r.Item!.Uri).Distinct()) }).ToDictionary(e => e.Uri);

    /// <summary>What would become of an item, without doing it.</summary>
    /// <exception cref="ContentException">It is refused; the message is the reason.</exception>
    private Outcome Judge(Session session, NinjsItem item, Dictionary<string, Existing> known, out Existing? existing)
    {
        if (!known.TryGetValue(item.Uri, out existing))
        {
            if (Purge.IsPurged(session, item.Uri)) throw new ContentException("the story was purged here, and may not come back");
            if (dryRun) known.Add(item.Uri, new Existing { Uri = item.Uri, SourceHash = item.Hash, SourceVersionAt = item.VersionCreated });
            return Outcome.Added;
        }

        if (existing.SourceHash == item.Hash) return Outcome.Unchanged;
        if (existing.TakenDown) throw new ContentException("the story was taken down here; undo the takedown first");
        if (item.VersionCreated < existing.SourceVersionAt) throw new ContentException($"it is of {item.VersionCreated:yyyy-MM-dd HH:mm:ss zzz}, older than the version that is here");
        if (dryRun) (existing.SourceHash, existing.SourceVersionAt) = (item.Hash, item.VersionCreated);
        return Outcome.Updated;
    }

    private Outcome Bring(Act act, NinjsItem item, string folder, Dictionary<string, Existing> known)
    {
        var outcome = Judge(act.Sql, item, known, out var existing);
        if (outcome == Outcome.Unchanged) return outcome;

        // What an item began before it was refused must not stay.
        act.Sql.Run("SAVEPOINT item");
        try
        {
            var title = act.Titles.Title(titleId);
            var section = item.Section ?? title["section"];
            var sectionId = act.SectionNamed(titleId, section);
            var draft = new Draft
            {
                Uri = item.Uri,
                TitleId = titleId,
                SectionId = sectionId,
                Language = item.Language ?? title.Language,
                Headline = item.Headline,
                Standfirst = item.Standfirst,
                Body = Pictures(act, item.Body, folder),
                Picture = LeadOf(act, item, folder),
                Dateline = item.Dateline,
                Bylines = item.Bylines,
                Tags = item.Tags,
                EmbargoedUntil = item.EmbargoedUntil,
                ExpiresAt = item.Expires,
                UsageTerms = item.UsageTerms,
                CopyrightHolder = item.CopyrightHolder,
                Kind = item.Kind,
                SourceHash = item.Hash,
                SourceVersionAt = item.VersionCreated,
            };
            var saved = act.Save(existing?.Id, Complete?.Invoke(draft) ?? draft);
            var live = MakePublic(act, item, saved, existing, act.Titles.Section(sectionId).Path);
            act.Sql.Run("RELEASE SAVEPOINT item");
            if (existing is null) known.Add(item.Uri, new Existing { Id = saved.ArticleId, Uri = item.Uri, SourceHash = item.Hash, SourceVersionAt = item.VersionCreated, Live = live });
            else (existing.SourceHash, existing.SourceVersionAt, existing.Live) = (item.Hash, item.VersionCreated, live);
            return outcome;
        }
        catch
        {
            act.Sql.Run("ROLLBACK TO SAVEPOINT item");
            act.Sql.Run("RELEASE SAVEPOINT item");
            act.TitlesChanged();
            throw;
        }
    }

    private Picture? LeadOf(Act act, NinjsItem item, string folder)
    {
        if (item.Picture is not { } lead) return null;
        if (PictureSource.Of(lead.Href, folder) is { } source) return new Picture(act.Await(new AwaitPicture.Expected(source, lead.Alt, lead.Caption, lead.Credit, lead.FocusX, lead.FocusY)));
        _report.Drop("picture outside the import's folder");
        return null;
    }

    /// <summary>The pictures in the text, as ones to come: until then readers see them where they are.</summary>
    private static Body Pictures(Act act, Body body, string folder)
    {
        return body.Figures.Any() ? new Body(body.Blocks.Select(Awaited).ToList()) : body;

        Block Awaited(Block block) => block switch
        {
            FigureBlock { Media: null, Image: { } image } figure when PictureSource.IsUrl(image.Src) && PictureSource.Of(image.Src, folder) is { } source =>
                figure with { Media = act.Await(new AwaitPicture.Expected(source, figure.Alt, figure.Caption.ToString(), figure.Credit)) },
            GalleryBlock gallery => gallery with { Figures = gallery.Figures.Select(figure => (FigureBlock)Awaited(figure)).ToList() },
            _ => block,
        };
    }

    /// <summary>Does as pubStatus, embargo and expiry say. A story that somebody here took offline stays so.</summary>
    /// <returns>True when it is live now.</returns>
    private bool MakePublic(Act act, NinjsItem item, SaveRevision.Saved saved, Existing? existing, string sectionPath)
    {
        var articleId = saved.ArticleId;
        var live = existing?.Live == true;
        // What an earlier version was to do at the end of its embargo is no longer so.
        if (item.Status != "usable" || item.Expires <= act.Now) act.CancelReleases(articleId, null);
        if (item.Status == "canceled")
        {
            if (live) act.TakeDown(articleId, act.Titles.Title(titleId).Words.CancelledBySource);
            return false;
        }

        if (item.Status == "withheld" || item.EmbargoedUntil > act.Now || item.Expires <= act.Now)
        {
            if (live) act.WithdrawStory(articleId);
            if (item.Status == "usable" && item.EmbargoedUntil > act.Now) act.Schedule(articleId, titleId, item.EmbargoedUntil.Value);
            else if (item.Status == "usable") _report.Drop("story past its expiry (kept as a draft)");
            return false;
        }

        if (!live && existing is { EndedBy: not ("" or "import") })
        {
            _report.Drop("story that was taken offline here (kept so)");
            return false;
        }

        var times = new PublishRevision.Times(item.FirstCreated, item.VersionCreated);
        if (existing is null) act.PublishNew(saved, titleId, times, sectionPath);
        else act.Publish(articleId, titleId, times, sectionPath);
        return true;
    }
}
