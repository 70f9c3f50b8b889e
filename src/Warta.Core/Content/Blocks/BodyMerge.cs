namespace Warta.Content;

/// <summary>
/// Puts two people's changes to one text together, block by block (a three-way merge by the blocks' ids). Changes to different blocks both stay. Where both changed one
/// block in different ways, or one changed what the other took out, neither is lost: it is a conflict, and whoever comes second chooses.
/// </summary>
public static class BodyMerge
{
    /// <param name="Body">With theirs where there is a conflict.</param>
    /// <param name="Conflicts">The ids of blocks that both changed.</param>
    public sealed record Result(Body Body, IReadOnlyList<string> Conflicts);

    /// <param name="before">What both began with.</param>
    public static Result Merge(Body before, Body mine, Body theirs)
    {
        var (b, m, t) = (ById(before), ById(mine), ById(theirs));
        var conflicts = new List<string>();
        var merged = new Dictionary<string, Block>();
        foreach (var id in m.Keys.Union(t.Keys))
        {
            var (was, own, other) = (b.GetValueOrDefault(id), m.GetValueOrDefault(id), t.GetValueOrDefault(id));
            if (Same(own, other) || Same(was, own)) Keep(id, other);
            else if (Same(was, other)) Keep(id, own);
            else
            {
                conflicts.Add(id);
                Keep(id, other ?? own);
            }
        }

        return new Result(new Body(Distinct(Order(before, mine, theirs, merged))), conflicts);

        void Keep(string id, Block? block)
        {
            if (block is not null) merged[id] = block;
        }
    }

    /// <summary>
    /// Their order, unless only I moved blocks; what is new in the other stands behind the block that it stood behind there.
    /// </summary>
    private static List<Block> Order(Body before, Body mine, Body theirs, Dictionary<string, Block> merged)
    {
        var (first, second) = Moved(before, theirs) || !Moved(before, mine) ? (theirs, mine) : (mine, theirs);
        var ids = first.Blocks.Select(block => block.Id).Where(merged.ContainsKey).ToList();
        var known = ids.ToHashSet();
        for (var i = 0; i < second.Blocks.Count; i++)
        {
            var id = second.Blocks[i].Id;
            if (!merged.ContainsKey(id) || !known.Add(id)) continue;
            var place = 0;
            for (var above = i - 1; above >= 0; above--)
            {
                if (ids.IndexOf(second.Blocks[above].Id) is not (>= 0 and var at)) continue;
                place = at + 1;
                break;
            }

            ids.Insert(place, id);
        }

        return ids.ConvertAll(id => merged[id]);
    }

    /// <summary>One put a picture into a gallery while the other changed it where it stood: it stands twice now, and the one inside gets another id.</summary>
    private static List<Block> Distinct(List<Block> blocks)
    {
        var taken = blocks.Select(block => block.Id).ToHashSet();
        return blocks.ConvertAll(block => block switch
        {
            GalleryBlock gallery when !AreNew(gallery.Figures) => gallery with { Figures = gallery.Figures.Select(inner => (FigureBlock)Free(inner)).ToList() },
            FactBoxBlock box when !AreNew(box.Blocks) => box with { Blocks = box.Blocks.Select(Free).ToList() },
            _ => block,
        });

        bool AreNew(IReadOnlyList<Block> inner)
        {
            if (inner.Any(block => taken.Contains(block.Id))) return false;
            taken.UnionWith(inner.Select(block => block.Id));
            return true;
        }

        Block Free(Block inner)
        {
            var id = inner.Id;
            for (var n = 2; !taken.Add(id); n++) id = $"{inner.Id[..Math.Min(inner.Id.Length, BlockIds.MaxLength - 6)]}-{n}";
            return inner with { Id = id };
        }
    }

    /// <summary>Whether blocks that were there before stand in another order.</summary>
    private static bool Moved(Body before, Body after)
    {
        var stayed = after.Blocks.Select(block => block.Id).ToHashSet();
        var was = before.Blocks.Select(block => block.Id).Where(stayed.Contains).ToList();
        var there = was.ToHashSet();
        return !was.SequenceEqual(after.Blocks.Select(block => block.Id).Where(there.Contains));
    }

    private static Dictionary<string, Block> ById(Body body) => body.Blocks.ToDictionary(block => block.Id);

    // As they are kept: blocks hold lists, which records compare by reference.
    private static bool Same(Block? one, Block? other) => one is null || other is null ? one is null && other is null : BodyJson.Write(new Body([one])) == BodyJson.Write(new Body([other]));
}
