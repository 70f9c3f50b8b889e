using Warta.Composition;
using Warta.Content;
using Warta.Discovery;

namespace Warta.Demo;

/// <summary>Readers of the demonstration paper, in this process: a few each second, most of them on the stories that are read most (Zipf, s = 1).</summary>
public sealed class DemoReaders(Site site)
{
    private const int PerSecond = 3, BeforeOpening = 150;
    private readonly Random _random = new(20241202);
    private bool _isOpen;

    public void Read()
    {
        // Some came before the visitor, who finds a list that means something.
        foreach (var title in site.Press.Titles.Titles)
        {
            var stories = site.Read(session => Latest.Stories(session, title.Id, 0, null, 50));
            if (stories.Count == 0) continue;
            // The favourites change by the quarter of an hour, so the list moves while one looks.
            var turn = site.Press.Now.ToUnixTimeSeconds() / 900;
            var ranked = stories.OrderBy(story => Terms.Hash($"{story.ArticleId}:{turn}")).ToList();
            var weights = Enumerable.Range(1, ranked.Count).Select(rank => 1.0 / rank).ToList();
            for (var i = 0; i < (_isOpen ? PerSecond : BeforeOpening); i++) site.Reads.Add(Report(title, Draw(ranked, weights).ArticleId, Draw(ranked, weights).ArticleId));
        }

        site.Reads.Fold(site.Press.Now);
        _isOpen = true;
    }

    /// <summary>By somebody new, from somewhere else; two in three were led there by a page of ours.</summary>
    private ReadReport Report(Title title, long story, long from)
    {
        var (reader, network) = ((ulong)_random.NextInt64() << 1, (ulong)_random.NextInt64());
        return _random.Next(3) == 0 ? new ReadReport(title.Id, story, reader, network) : new ReadReport(title.Id, story, reader, network, from, BlockName.Pack(BlockName.All[_random.Next(BlockName.All.Count)]));
    }

    private Story Draw(List<Story> ranked, List<double> weights)
    {
        var at = _random.NextDouble() * weights.Sum();
        for (var i = 0; i < ranked.Count; i++)
        {
            at -= weights[i];
            if (at <= 0) return ranked[i];
        }

        return ranked[^1];
    }
}
