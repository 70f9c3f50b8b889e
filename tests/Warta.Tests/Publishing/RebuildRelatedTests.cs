using Warta.Discovery;
using Warta.Engines;
using Warta.Publishing;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Publishing;

public sealed class RebuildRelatedTests
{
    private const int Stories = 24;

    [OnBothEngines]
    public void A_rebuild_finds_every_list_anew_and_forgets_what_the_earlier_recipe_knew(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var articles = Fill(newsroom);
        var gone = articles[^1];
        newsroom.Do(act => act.WithdrawStory(gone));
        Assert.False(newsroom.Database.Read(RebuildRelated.IsAdvisable));
        MakeOld(newsroom);
        Assert.True(newsroom.Database.Read(RebuildRelated.IsAdvisable));
        // Before the rebuild a new story is likened to the old ones all the same.
        var meanwhile = newsroom.Publish("Panen raya", Text(0));
        Assert.NotEmpty(Of(newsroom, meanwhile));

        var steps = new List<RebuildRelated.Step>();
        Assert.Equal((Stories, true), newsroom.Press.Rebuild(null, new Told(steps.Add), CancellationToken.None));
        Assert.Equal(["queue", "terms", "related"], steps.Select(s => s.Phase).Distinct());
        Assert.Equal(1, steps[^1].Fraction);
        Assert.False(newsroom.Database.Read(RebuildRelated.IsAdvisable));
        foreach (var (article, i) in articles.SkipLast(1).Select((id, i) => (id, i)))
            Assert.Contains(Of(newsroom, article).Take(3), other => other == meanwhile ? i % 4 == 0 : articles.IndexOf(other) % 4 == i % 4);
        Assert.Equal(Stories, newsroom.Value<long>("SELECT documents FROM term_documents WHERE term = 0"));
        Assert.Equal(0, newsroom.Value<long>("SELECT count(*) FROM signatures WHERE article_id = @gone", new { gone }));
    }

    [OnBothEngines]
    public void A_rebuild_that_was_cut_short_goes_on_where_it_was_while_editors_publish(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var articles = Fill(newsroom);
        MakeOld(newsroom);
        using var stop = new CancellationTokenSource();
        Assert.Equal((0, false), newsroom.Press.Rebuild(null, new Told(_ => stop.Cancel()), stop.Token));
        Assert.Equal(Stories, newsroom.Database.Read(Related.PendingCount));
        Assert.Equal(7, newsroom.Press.FindRelatedChunk(7));
        newsroom.Restart();
        newsroom.Publish("Lain", "Sama sekali lain.");
        Assert.Equal(5, newsroom.Press.FindRelatedChunk(5));
        Assert.Equal((Stories - 12, true), newsroom.Press.Rebuild(null, null, CancellationToken.None));
        Assert.All(articles, article => Assert.NotEmpty(Of(newsroom, article)));
        Assert.Equal(0, newsroom.Value<long>("SELECT count(*) FROM related_rebuild"));
        Assert.Equal(Stories + 1, newsroom.Value<long>("SELECT documents FROM term_documents WHERE term = 0"));
    }

    [OnBothEngines]
    public void What_a_killed_rebuild_left_the_timetable_ends(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var articles = Fill(newsroom);
        MakeOld(newsroom);
        using var stop = new CancellationTokenSource();
        newsroom.Press.Rebuild(null, new Told(_ => stop.Cancel()), stop.Token);
        newsroom.Restart();
        Assert.Equal(Stories, newsroom.Press.FindRelatedLeft());
        Assert.False(newsroom.Database.Read(RebuildRelated.IsAdvisable));
        Assert.Equal(0, newsroom.Value<long>("SELECT count(*) FROM related_rebuild"));
        Assert.All(articles, article => Assert.NotEmpty(Of(newsroom, article)));
    }

    [OnBothEngines]
    public void One_title_can_be_rebuilt_alone(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var articles = Fill(newsroom);
        var second = newsroom.AddTitle("daerah");
        newsroom.Publish(articles[3], second);
        newsroom.Publish(articles[7], second);
        MakeOld(newsroom);
        Assert.Equal((2, true), newsroom.Press.Rebuild(second, null, CancellationToken.None));
        Assert.Equal([articles[3]], newsroom.Database.Read(session => Related.Of(session, second, articles[7]).Select(s => s.ArticleId).ToList()));
        Assert.True(newsroom.Database.Read(RebuildRelated.IsAdvisable));
    }

    private sealed class Told(Action<RebuildRelated.Step> tell) : IProgress<RebuildRelated.Step>
    {
        public void Report(RebuildRelated.Step value) => tell(value);
    }

    private static List<long> Fill(TestNewsroom newsroom) => Enumerable.Range(0, Stories).Select(i =>
    {
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        return newsroom.Publish($"Kabar {i}", Text(i));
    }).ToList();

    private static string Text(int i) => $"{Matters[i % 4]} {Matters[i % 4]} {string.Join(' ', Enumerable.Range(0, 10).Select(word => $"sendiri{i}{(char)('a' + word)}"))}";

    private static readonly string[] Matters = ["Panen raya padi Cianjur", "Banjir rob pesisir Demak", "Gempa susulan Lombok Timur", "Harga cabai pasar Kranggan"];

    /// <summary>As the first recipe left it: a hash and a float for each term, counts of its own, no lists.</summary>
    private static void MakeOld(TestNewsroom newsroom) => newsroom.Database.Write(session =>
    {
        foreach (var (article, terms) in session.Query<(long, byte[])>("SELECT article_id, terms FROM signatures"))
        {
            var old = (byte[])terms.Clone();
            for (var i = 0; i < old.Length; i += 8) BitConverter.TryWriteBytes(old.AsSpan(i + 4), 1.5f);
            session.Run("UPDATE signatures SET version = 1, facets = NULL, terms = @p1 WHERE article_id = @p2", old, article);
        }

        session.Execute("UPDATE term_documents SET language = 'id'");
        session.Execute("DELETE FROM related");
    });

    private static List<long> Of(TestNewsroom newsroom, long article) =>
        newsroom.Database.Read(session => Related.Of(session, newsroom.Title, article).Select(s => s.ArticleId).ToList());
}
