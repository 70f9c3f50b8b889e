using Warta.Content;

namespace Warta.Publishing;

/// <summary>Puts a standing page of a title in place of the one before, which stays in the history.</summary>
public static class SetPage
{
    private const int LongestName = 100;

    /// <param name="name">As the footer and the page's heading show it. Null: the heading that the text begins with, or the name it had.</param>
    /// <param name="position">Its place in the footer. Null: where it was, or the end.</param>
    /// <exception cref="ContentException">The slug can't be one or is a section's, or the page has no name or no text.</exception>
    public static void PutPage(this Act act, long titleId, string slug, string? name, Body body, int? position = null)
    {
        var title = act.Titles.Title(titleId);
        if (slug.Length == 0 || Slug.From(slug) != slug) throw new ContentException($"\"{slug}\" can't be a page's address: use lower-case letters, digits and single hyphens.");
        if (Slug.IsReserved(slug) && !Slug.IsStandingPage(slug)) throw new ContentException($"/{slug} is one of Warta's own addresses. Give the page another one.");
        if (act.Titles.Section(titleId, slug) is { } section) throw new ContentException($"/{slug} is the section {section.Name} of the title \"{title.Slug}\". Give the page another address.");
        var before = StandingPages.Find(act.Sql, titleId, slug);
        if (body.Blocks is [HeadingBlock first, ..])
        {
            // The page's heading is its name, printed once.
            if (name is null || CleanText.Of(first.Text.ToString()) == CleanText.Of(name)) body = new Body(body.Blocks.Skip(1).ToList());
            name ??= first.Text.ToString();
        }

        name = CleanText.Of(name ?? before?.Name ?? "");
        if (!name.EnumerateRunes().Any(System.Text.Rune.IsLetterOrDigit)) throw new ContentException("The page has no name. Begin its text with a heading (# Redaksi), or give it one with --name.");
        if (name.Length > LongestName) throw new ContentException($"The page's name has {name.Length} characters; at most {LongestName} fit.");
        if (BodyRenderer.WordCount(body) == 0) throw new ContentException("The page has no text. `warta page remove` takes one away.");
        End(act, titleId, slug);
        var place = position ?? before?.Position ?? act.Sql.Value<long>("SELECT CAST(coalesce(max(position), 0) + 1 AS BIGINT) FROM pages WHERE title_id = @titleId AND until_at IS NULL", new { titleId });
        act.Sql.Run("INSERT INTO pages (title_id, slug, name, body, position, from_at, set_by) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7)", titleId, slug, name, BodyJson.Write(body), place, act.Now, act.Actor);
        act.Record("page-set", titleId, null, new { slug });
    }

    /// <exception cref="ContentException">There is no such page.</exception>
    public static void RemovePage(this Act act, long titleId, string slug)
    {
        if (End(act, titleId, slug) == 0) throw new ContentException($"The title \"{act.Titles.Title(titleId).Slug}\" has no page /{slug}.");
        act.Record("page-removed", titleId, null, new { slug });
    }

    private static int End(Act act, long titleId, string slug)
    {
        act.Sql.Touch(Keys.Pages(titleId));
        return act.Sql.Run("UPDATE pages SET until_at = @p1 WHERE title_id = @p2 AND slug = @p3 AND until_at IS NULL", act.Now, titleId, slug);
    }
}
