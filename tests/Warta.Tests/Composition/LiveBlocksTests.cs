using Warta.Content;
using Warta.Discovery;
using Warta.Publishing;
using Warta.Reader;
using Xunit;

namespace Warta.Composition;

/// <summary>The rule of the four lists, on newsrooms made by chance: sixty stories of which each round takes some away and lists others.</summary>
public sealed class LiveBlocksTests(TestSite site) : IClassFixture<TestSite>
{
    private const int Rounds = 60, Stories = 60, PagesARound = 4;
    private static readonly string[] Order = ["related", "picks", "popular", "latest"];
    private static readonly string[] Channels = ["nasional", "bola", "tekno"];
    private readonly Random _random = new(20241202);

    [Fact]
    public async Task No_story_stands_twice_nor_the_own_nor_a_dead_one_and_each_list_fills_up_from_its_own()
    {
        var all = Enumerable.Range(1, Stories).Select(i => site.Story($"Berita {i}", $"Isi berita {i}.", Channels[i % 3], site.Clock.Now.AddMinutes(i - Stories))).ToList();
        var latest = all.AsEnumerable().Reverse().ToList();
        var section = all.ToDictionary(id => id, id => Channels[(all.IndexOf(id) + 1) % 3]);
        for (var round = 0; round < Rounds; round++)
        {
            // Yesterday's reads weigh 2^-24 of today's.
            site.Clock.Now += TimeSpan.FromDays(1);
            site.MostRead.Flush(site.Clock.Now);
            var away = Some(all, _random.Next(Stories - 1));
            var related = all.ToDictionary(id => id, id => Some(all.Where(other => other != id), _random.Next(Related.Kept)));
            var picks = Some(all, _random.Next(Picks.Most));
            var read = Some(all, _random.Next(Stories));
            var counts = Order.ToDictionary(name => name, name => _random.Next(name == "latest" ? 12 : 7));
            var scope = _random.Next(2) == 0 ? "section" : "title";
            Arrange(away, related, picks, read, counts, scope);

            var live = all.Except(away).ToHashSet();
            var earlierReads = site.MostRead.Order(site.Title.Id);
            Assert.Equal(read, earlierReads.Take(read.Count));
            var sources = new Dictionary<string, Func<long, IEnumerable<long>>>
            {
                ["related"] = id => related[id],
                ["picks"] = _ => picks,
                ["popular"] = _ => earlierReads,
                ["latest"] = id => scope == "title" ? latest : latest.Where(other => section[other] == section[id]),
            };
            foreach (var id in Some(live, PagesARound))
            {
                var answer = await site.GetAsync(site.PathOf(id));
                Assert.Equal(200, answer.Status);
                var shown = new HashSet<long> { id };
                foreach (var name in Order)
                {
                    var expected = sources[name](id).Where(s => live.Contains(s) && !shown.Contains(s)).Take(counts[name]).ToList();
                    shown.UnionWith(expected);
                    var block = answer.Page.QuerySelector($"[data-block={name}]");
                    Assert.Equal((round, name, expected.Count == 0), (round, name, block is null));
                    Assert.Equal(expected.Select(s => site.PathOf(s)), block?.QuerySelectorAll("li > a").Select(a => a.GetAttribute("href")!) ?? []);
                }
            }

            if (round % 25 == 0) foreach (var id in live) Assert.Equal(200, (await site.SendAsync("HEAD", site.PathOf(id))).Status);
            foreach (var id in away) site.Do(act => Return(act, id));
        }
    }

    private void Arrange(List<long> away, Dictionary<long, List<long>> related, List<long> picks, List<long> read, Dictionary<string, int> counts, string scope) => site.Do(act =>
    {
        foreach (var (name, count) in counts) act.Sql.SetTitle(site.Title.Id, name + ".count", count.ToString());
        act.Sql.SetTitle(site.Title.Id, "latest.scope", scope);
        act.Sql.Run("DELETE FROM related");
        foreach (var (id, targets) in related)
        {
            for (var i = 0; i < targets.Count; i++)
                act.Sql.Run("INSERT INTO related (title_id, article_id, position, target_id, score) VALUES (@p1, @p2, @p3, @p4, @p5)", site.Title.Id, id, i + 1, targets[i], 1.0);
        }

        act.ReplacePicks(site.Title.Id, 0, picks.ConvertAll(id => new Picks.Pick(id)));
        for (var i = 0; i < read.Count; i++) site.Read(read[i], read.Count - i);
        foreach (var id in away)
        {
            if (id % 2 == 0) act.TakeDown(id, "Dicabut.");
            else act.WithdrawStory(id);
        }
    });

    private void Return(Act act, long id)
    {
        if (id % 2 == 0) act.UndoTakedown(id);
        else act.Publish(id, site.Title.Id);
    }

    private List<long> Some(IEnumerable<long> ids, int count)
    {
        var shuffled = ids.ToArray();
        _random.Shuffle(shuffled);
        return shuffled.Take(count).ToList();
    }
}
