using Warta.Content;
using Warta.Discovery;

namespace Warta.Publishing;

/// <summary>Puts a new list of editors' picks in place of the old one.</summary>
public static class SetPicks
{
    /// <param name="sectionId">0 for the title's own list.</param>
    /// <exception cref="ContentException">Too many, one twice, one that ends before it begins, or one that isn't known.</exception>
    public static void ReplacePicks(this Act act, long titleId, long sectionId, IReadOnlyList<Picks.Pick> picks)
    {
        Picks.Set(act.Sql, titleId, sectionId, picks, act.Actor, act.Now);
        act.Sql.Touch(Keys.Picks(titleId, sectionId));
        act.Record("picks-set", titleId, null, new { section = sectionId, articles = picks.Select(p => p.ArticleId) });
    }
}
