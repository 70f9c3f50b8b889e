using System.Globalization;
using Warta.Content;
using Warta.Discovery;

namespace Warta.Publishing;

/// <summary>Keeps a story or a kind of stories out of the most read, and lets it in again.</summary>
public static class ExcludeFromMostRead
{
    /// <param name="value">A story by uri or id, a section's path, a tag's slug, or words of headlines.</param>
    /// <returns>The exclusion's number.</returns>
    /// <exception cref="ContentException">What is named isn't there, or the reason is missing.</exception>
    public static long Exclude(this Act act, long titleId, string kind, string value, string reason, DateTimeOffset? until)
    {
        value = value.Trim();
        if (kind == Exclusions.Article) value = Articles.ByUri(act.Sql, value).ToString(CultureInfo.InvariantCulture);
        if (kind == Exclusions.Section && act.Titles.Section(titleId, value) is null) throw new ContentException($"The title has no section \"{value}\".");
        if (kind == Exclusions.Tag && People.Tag(act.Sql, value) is null) throw new ContentException($"There is no tag \"{value}\".");
        var id = Exclusions.Add(act.Sql, titleId, new Exclusions.Exclusion { Kind = kind, Value = value, Reason = reason.Trim(), UntilAt = until, SetAt = act.Now, SetBy = act.Actor });
        act.Sql.Touch(Keys.PopularExclusions(titleId));
        act.Record("popular-excluded", titleId, null, new { exclusion = id, kind });
        return id;
    }

    /// <exception cref="ContentException">No such exclusion holds.</exception>
    public static void Include(this Act act, long titleId, long exclusionId)
    {
        if (!Exclusions.End(act.Sql, titleId, exclusionId, act.Now)) throw new ContentException($"No exclusion {exclusionId} holds in this title.");
        act.Sql.Touch(Keys.PopularExclusions(titleId));
        act.Record("popular-included", titleId, null, new { exclusion = exclusionId });
    }
}
