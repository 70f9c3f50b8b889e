using Warta.Content;
using Xunit;

namespace Warta.Tests.Content;

public class BodyMergeTests
{
    private static readonly Body Before = Bodies.Of(P("a", "Satu."), P("b", "Dua."), P("c", "Tiga."));

    [Fact]
    public void Changes_to_different_blocks_both_stay()
    {
        var merged = BodyMerge.Merge(Before, Bodies.Of(P("a", "Satu, saya."), P("b", "Dua."), P("c", "Tiga.")), Bodies.Of(P("a", "Satu."), P("b", "Dua."), P("c", "Tiga, dia.")));

        Assert.Empty(merged.Conflicts);
        Assert.Equal(["a Satu, saya.", "b Dua.", "c Tiga, dia."], Lines(merged.Body));
    }

    [Fact]
    public void The_same_change_on_both_sides_is_no_conflict()
    {
        var same = Bodies.Of(P("a", "Satu!"), P("b", "Dua."), P("n", "Baru."));
        var merged = BodyMerge.Merge(Before, same, Bodies.Of(P("a", "Satu!"), P("b", "Dua."), P("n", "Baru.")));

        Assert.Empty(merged.Conflicts);
        Assert.Equal(Lines(same), Lines(merged.Body));
    }

    [Fact]
    public void Different_changes_to_one_block_are_a_conflict()
    {
        var merged = BodyMerge.Merge(Before, Bodies.Of(P("a", "Saya."), P("b", "Dua."), P("c", "Tiga.")), Bodies.Of(P("a", "Dia."), P("b", "Dua."), P("c", "Tiga.")));

        Assert.Equal(["a"], merged.Conflicts);
        Assert.Equal("a Dia.", Lines(merged.Body)[0]);
    }

    [Fact]
    public void Taken_out_by_one_and_changed_by_the_other_is_a_conflict_and_stays_for_now()
    {
        var without = Bodies.Of(P("b", "Dua."), P("c", "Tiga."));
        var changed = Bodies.Of(P("a", "Satu, lagi."), P("b", "Dua."), P("c", "Tiga."));

        foreach (var merged in new[] { BodyMerge.Merge(Before, without, changed), BodyMerge.Merge(Before, changed, without) })
        {
            Assert.Equal(["a"], merged.Conflicts);
            Assert.Contains("a Satu, lagi.", Lines(merged.Body));
        }
    }

    [Fact]
    public void What_both_add_at_one_place_both_stays_beside_its_neighbours()
    {
        var merged = BodyMerge.Merge(Before, Bodies.Of(P("a", "Satu."), P("m", "Saya."), P("b", "Dua."), P("c", "Tiga.")), Bodies.Of(P("a", "Satu."), P("t", "Dia."), P("b", "Dua."), P("c", "Tiga.")));

        Assert.Empty(merged.Conflicts);
        Assert.Equal(["a Satu.", "m Saya.", "t Dia.", "b Dua.", "c Tiga."], Lines(merged.Body));
    }

    [Fact]
    public void Who_moves_a_block_and_who_changes_it_both_have_their_way()
    {
        var merged = BodyMerge.Merge(Before, Bodies.Of(P("c", "Tiga."), P("a", "Satu."), P("b", "Dua.")), Bodies.Of(P("a", "Satu."), P("b", "Dua."), P("c", "Tiga, dia.")));

        Assert.Empty(merged.Conflicts);
        Assert.Equal(["c Tiga, dia.", "a Satu.", "b Dua."], Lines(merged.Body));
    }

    [Fact]
    public void A_picture_that_one_put_into_a_gallery_and_the_other_described_stands_twice_under_two_ids()
    {
        var picture = new FigureBlock("f", new BodyImage("/media/1.jpg"), "", InlineText.Empty);
        var merged = BodyMerge.Merge(Bodies.Of(picture), Bodies.Of(new GalleryBlock("g", [picture])), Bodies.Of(picture with { Alt = "Pasar" }));

        Assert.Equal(["f"], merged.Conflicts);
        Assert.Equal(2, merged.Body.Figures.Select(figure => figure.Id).Distinct().Count());
        BodyJson.Read(BodyJson.Write(merged.Body));
    }

    [Fact]
    public void Whatever_two_people_do_no_block_is_lost_and_both_hear_of_the_same_conflicts()
    {
        var random = new Random(20260126);
        for (var n = 0; n < 2_000; n++)
        {
            var bodies = new RandomBody(random);
            var before = bodies.Next();
            var (mine, theirs) = (Changed(before), Changed(before));

            var merged = BodyMerge.Merge(before, mine, theirs);
            var mirrored = BodyMerge.Merge(before, theirs, mine);

            Assert.Equal(merged.Conflicts.Order(), mirrored.Conflicts.Order());
            var (was, own, other, now) = (ById(before), ById(mine), ById(theirs), ById(merged.Body));
            foreach (var id in own.Keys.Union(other.Keys))
            {
                var isTheirs = merged.Conflicts.Contains(id);
                var (o, t, w) = (own.GetValueOrDefault(id), other.GetValueOrDefault(id), was.GetValueOrDefault(id));
                // Gone only where one took out what the other left alone.
                if (!now.TryGetValue(id, out var stands)) Assert.True((o is null || t is null) && (o ?? t) == w, $"{id} was lost");
                else if (isTheirs) Assert.Equal(t ?? o, stands);
                else Assert.True(stands == o || stands == t);
                if (isTheirs) Assert.True(o != t && o != w && t != w, $"{id} is no conflict");
                if (!isTheirs && o is not null && o != w) Assert.Equal(o, stands);
                if (!isTheirs && t is not null && t != w) Assert.Equal(t, stands);
            }

            Assert.All(now.Keys, id => Assert.True(own.ContainsKey(id) || other.ContainsKey(id)));
            BodyJson.Read(BodyJson.Write(merged.Body));

            Body Changed(Body from)
            {
                var blocks = from.Blocks.ToList();
                for (var changes = random.Next(5); changes > 0; changes--)
                {
                    var at = random.Next(blocks.Count + 1);
                    switch (random.Next(4))
                    {
                        case 0:
                            blocks.Insert(at, bodies.NextBlock());
                            break;
                        case 1 when at < blocks.Count:
                            blocks.RemoveAt(at);
                            break;
                        case 2 when at < blocks.Count:
                            blocks[at] = bodies.NextBlock() with { Id = blocks[at].Id };
                            break;
                        case 3 when at < blocks.Count:
                            var moved = blocks[at];
                            blocks.RemoveAt(at);
                            blocks.Insert(random.Next(blocks.Count + 1), moved);
                            break;
                    }
                }

                return new Body(blocks);
            }
        }
    }

    [Fact]
    public void Who_changed_nothing_gets_what_the_other_has()
    {
        var random = new Random(7);
        for (var n = 0; n < 300; n++)
        {
            var bodies = new RandomBody(random);
            var (before, after) = (bodies.Next(), bodies.Next());
            foreach (var merged in new[] { BodyMerge.Merge(before, before, after), BodyMerge.Merge(before, after, before), BodyMerge.Merge(before, after, after) })
            {
                Assert.Empty(merged.Conflicts);
                Assert.Equal(BodyJson.Write(after), BodyJson.Write(merged.Body));
            }
        }
    }

    private static ParagraphBlock P(string id, string text) => new(id, text);

    private static List<string> Lines(Body body) => body.Blocks.Select(block => $"{block.Id} {((ParagraphBlock)block).Text}").ToList();

    private static Dictionary<string, string> ById(Body body) => body.Blocks.ToDictionary(block => block.Id, block => BodyJson.Write(new Body([block])));
}
