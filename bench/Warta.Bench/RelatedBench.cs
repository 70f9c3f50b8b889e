using Warta.Discovery;
using Warta.Exchange.Ninjs;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Bench;

/// <summary>Related stories beside the links that editors set into the text, and beside the stories that tell the same event.</summary>
internal static class RelatedBench
{
    private sealed class Paper : IDisposable
    {
        private readonly Database _database;
        private readonly Press _press;

        public Paper(string folder, string articles)
        {
            _database = Database.Open(new DataFolder(folder), null, "main");
            _press = Press.Open(_database, TimeProvider.System);
            Title = _press.Titles.Titles[0].Id;
            var report = new NinjsImport(_press, Title).Run(articles, null, CancellationToken.None);
            Stories = report.Added;
            PublishMs = report.RelatedTook.TotalMilliseconds / Math.Max(1, report.Related);
            Ids = _database.Read(session => session.Query<(string Uri, long Id)>("SELECT uri, id FROM articles").ToDictionary(row => row.Uri, row => row.Id));
            FirstPublishedAt = _database.Read(session => session.Query<(long Id, long At)>("SELECT article_id, first_published_at FROM publications").ToDictionary(row => row.Id, row => row.At));
        }

        public long Title { get; }
        public long Stories { get; }

        /// <summary>Finding and keeping the lists of one story, and entering those of others.</summary>
        public double PublishMs { get; }
        public Dictionary<string, long> Ids { get; }
        public Dictionary<long, long> FirstPublishedAt { get; }

        /// <summary>As a page shows them.</summary>
        public List<long> Related(long article) => _database.Read(session => Discovery.Related.Of(session, Title, article).Select(story => story.ArticleId).ToList());

        /// <summary>Bytes in the database for each story: lists, signatures, frequencies and their indexes. They are gone afterwards.</summary>
        public double StateBytes()
        {
            var before = FreeBytes();
            _database.Write(session =>
            {
                foreach (var table in (string[])["related", "background", "signatures", "term_documents"]) session.Execute($"DROP TABLE {table}");
            });
            return (FreeBytes() - before) / (double)Math.Max(1, Stories);
        }

        private long FreeBytes() => _database.Read(session => session.Value<long>("PRAGMA freelist_count") * session.Value<long>("PRAGMA page_size"));

        public void Scale(SortedDictionary<string, object> figures) => RelatedScale.Run(_database, _press, Title, figures);

        /// <summary>Of the index in memory, for each story in it.</summary>
        public double MemoryBytes()
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var related = new Related();
            _database.Read(session => related.Near(session, new Probe(0, "id", "presiden", "presiden", DateTimeOffset.MaxValue.AddDays(-1), 0, []), 1));
            var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
            GC.KeepAlive(related);
            return bytes / (double)Math.Max(1, Stories);
        }

        public void Dispose() => _database.Dispose();
    }

    public static void Run(Children children, ListsOptions asked, SortedDictionary<string, object> figures)
    {
        var articles = asked.Articles ?? ListsBench.Shared("id-bacajuga", "articles.ninjs.jsonl.gz");
        var gold = asked.Gold ?? ListsBench.Shared("id-bacajuga", "gold_dev.tsv");
        if (articles is not null && gold is not null) Links(Path.Combine(children.Folder, "links"), articles, gold, asked.Scale, figures);
        if (asked.Articles is not null) return;
        var told = ListsBench.Shared("ecbplus", "articles.ninjs.jsonl");
        if (told is not null && ListsBench.Shared("ecbplus", "events.tsv") is { } events) Events(Path.Combine(children.Folder, "events"), told, events, figures);
    }

    private static void Links(string folder, string articles, string goldFile, bool scale, SortedDictionary<string, object> figures)
    {
        using var paper = new Paper(folder, articles);
        var gold = Rows(goldFile)
            .Where(row => paper.Ids.ContainsKey(row[0]) && paper.Ids.ContainsKey(row[1]))
            .GroupBy(row => paper.Ids[row[0]], row => paper.Ids[row[1]])
            .OrderBy(g => g.Key)
            .ToDictionary(g => g.Key, g => g.ToHashSet());
        var (end, published) = (new Ranking(), new Ranking());
        long later = 0;
        foreach (var (source, targets) in gold)
        {
            var list = paper.Related(source);
            end.Add(list, targets);
            var before = list.Where(id => !IsLater(id, source)).ToList();
            published.Add(before, targets);
            later += list.Take(Ranking.Shown).Count(id => IsLater(id, source));
        }

        Console.WriteLine($"Related: {paper.Stories:N0} stories as one paper; {gold.Values.Sum(t => t.Count):N0} links that editors set in {gold.Count:N0} of them");
        Console.WriteLine("                                    nDCG@5  95 % interval  folds          hit@5    MRR");
        Show("when the last story is in", end, figures, "relatedEnd");
        Show("without stories published later", published, figures, "relatedPublished");
        Console.WriteLine("  first recipe (decision 6)          .61    aim .65, triumph .68");
        Console.WriteLine("  plain BM25                         .53");
        Console.WriteLine($"  later stories among the five shown {later / (double)Math.Max(1, gold.Count):F2}");
        Console.WriteLine($"  finding the lists of one story     {paper.PublishMs:F1} ms");
        var memory = paper.MemoryBytes();
        if (scale) paper.Scale(figures);
        var state = scale ? 0 : paper.StateBytes();
        Console.WriteLine($"  for each story                     {(state > 0 ? $"{state:N0} bytes in the database, " : "")}{memory:N0} in memory");
        Console.WriteLine();
        figures["relatedLater"] = later / (double)Math.Max(1, gold.Count);
        (figures["relatedPublishMs"], figures["relatedStateBytes"], figures["relatedMemoryBytes"]) = (paper.PublishMs, state, memory);

        // Stories without a date came in within the minute that the import took.
        bool IsLater(long id, long source) => paper.FirstPublishedAt[id] > paper.FirstPublishedAt[source] + 60_000;
    }

    private static void Events(string folder, string articles, string eventsFile, SortedDictionary<string, object> figures)
    {
        using var paper = new Paper(folder, articles);
        var events = Rows(eventsFile).Where(row => paper.Ids.ContainsKey(row[0])).ToDictionary(row => paper.Ids[row[0]], row => row[1]);
        var sizes = events.Values.CountBy(e => e).ToDictionary();
        var precision = events.Where(story => sizes[story.Value] > 1).Average(story =>
            paper.Related(story.Key).Take(Ranking.Shown).Count(id => events[id] == story.Value) / (double)Math.Min(Ranking.Shown, sizes[story.Value] - 1));
        Console.WriteLine($"Same event: {paper.Stories:N0} leads; of the five shown tell the same event {precision:F3} (aim .90)");
        Console.WriteLine();
        figures["sameEventPrecision"] = precision;
    }

    private static void Show(string name, Ranking ranking, SortedDictionary<string, object> figures, string key)
    {
        var (low, high) = ranking.Interval();
        Console.WriteLine($"  {name,-34} {ranking.Ndcg:F3}  {low:F3}–{high:F3}    {ranking.ByFold.Min():F3}–{ranking.ByFold.Max():F3}    {ranking.Hit:F3}  {ranking.Mrr:F3}");
        figures[key] = new { ndcg5 = ranking.Ndcg, low, high, folds = ranking.ByFold, hit5 = ranking.Hit, mrr = ranking.Mrr };
    }

    private static IEnumerable<string[]> Rows(string file) => File.ReadLines(file).Skip(1).Select(line => line.Split('\t')).Where(row => row.Length > 1);
}
