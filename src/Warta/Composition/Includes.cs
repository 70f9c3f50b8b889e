using Warta.Content;

namespace Warta.Composition;

/// <summary>
/// A page's holes for a cache that fills them itself (Edge Side Includes): the address of each says what the page shows already, so that it is answered with the page's own choice.
/// </summary>
public static class Includes
{
    private const int MostIds = 200;

    public static string Address(Hole hole, LivePlan plan)
    {
        var name = hole.ToString().ToLowerInvariant();
        return hole is Hole.Date or Hole.Strip ? $"/_/esi/{name}"
            : $"/_/esi/{name}?for={Uri.EscapeDataString(plan.Context.Channel)}~{plan.Context.Language}~{Ids(plan.Less)}~{Ids(plan.PicksLess)}~{Ids(plan.LatestLess)}";

        static string Ids(IEnumerable<long> ids) => string.Join(',', ids);
    }

    /// <summary>Null for a name that no hole has.</summary>
    public static Hole? HoleOf(string name) => Enum.TryParse<Hole>(name, ignoreCase: true, out var hole) && name.All(char.IsAsciiLetter) ? hole : null;

    /// <summary>What the page at the other end shows; null for a text that <see cref="Address"/> never wrote.</summary>
    public static LivePlan? PlanOf(Title title, TitleDirectory titles, string text)
    {
        var parts = text.Split('~');
        if (parts.Length != 5 || (parts[0].Length > 0 && titles.Section(title.Id, parts[0]) is null) || (parts[1].Length > 0 && !Languages.IsTag(parts[1]))) return null;
        return new LivePlan { Context = new LiveContext(title.Id, parts[0], parts[1]), Less = Ids(parts[2]), PicksLess = Ids(parts[3]), LatestLess = Ids(parts[4]) };

        static List<long> Ids(string ids) => ids.Split(',').Take(MostIds).Select(id => long.TryParse(id, out var n) ? n : 0).Where(n => n > 0).ToList();
    }
}
