using Warta.Storage;

namespace Warta.Content;

/// <summary>Changing sections. Stories, picks and lists go with a section; its old addresses lead to it for ever.</summary>
public static class Sections
{
    /// <summary>Gives a section another name, and another address too if <paramref name="slug"/> says so.</summary>
    /// <returns>Its path now.</returns>
    /// <exception cref="ContentException">The name is empty, the slug can't be one, or another section has or had that address.</exception>
    public static string RenameSection(this WriteSession session, Section section, string name, string? slug, DateTimeOffset now)
    {
        name = name.Trim();
        if (name.Length is 0 or > 80 || name.Any(char.IsControl) || name.Contains('/')) throw new ContentException("A section's name is a text of 1 to 80 characters on one line, without a slash.");
        session.Run("UPDATE sections SET name = @p1 WHERE id = @p2", name, section.Id);
        session.Touch(Keys.Titles);
        if (slug is null) return section.Path;
        var isTop = section.ParentId is null;
        if (slug.Length == 0 || Slug.From(slug) != slug || (isTop ? Slug.IsReserved(slug) : slug.All(char.IsAsciiDigit)))
            throw new ContentException($"\"{slug}\" can't be a section's slug: use lower-case letters, digits and hyphens, not a number alone, and none of Warta's own addresses.");
        return session.Readdress(section, isTop ? slug : section.Path[..(section.Path.LastIndexOf('/') + 1)] + slug, now);
    }

    /// <summary>Moves a section into another one, or to the top where <paramref name="under"/> is null.</summary>
    /// <returns>Its path now.</returns>
    /// <exception cref="ContentException">It would stand in itself or too deep, or another section has or had that address.</exception>
    public static string MoveSection(this WriteSession session, Section section, Section? under, DateTimeOffset now)
    {
        if (under?.Id == section.ParentId) return section.Path;
        if (under is not null && (under.ParentId is not null || under.Id == section.Id)) throw new ContentException($"\"{section.Path}\" can't stand in \"{under.Path}\": sections have two levels.");
        if (under is not null && session.Value<long>("SELECT count(*) FROM sections WHERE parent_id = @Id", new { section.Id }) > 0)
            throw new ContentException($"\"{section.Path}\" has sections of its own, and there are two levels only. Move those first.");
        var slug = section.Path[(section.Path.LastIndexOf('/') + 1)..];
        if (under is null && Slug.IsReserved(slug)) throw new ContentException($"\"{slug}\" is one of Warta's own addresses. Give the section another slug first.");

        session.Touch(Keys.Titles);
        // Its stories stand in the lists of the section above it too.
        foreach (var above in new[] { section.ParentId, under?.Id }.OfType<long>()) session.Touch(Keys.List(section.TitleId, ListingKind.Section, above));
        const string stories = "SELECT article_id FROM listings WHERE title_id = @p1 AND kind = 'section' AND key_id = @p2";
        if (section.ParentId is { } left) session.Run($"DELETE FROM listings WHERE title_id = @p1 AND kind = 'section' AND key_id = @p3 AND article_id IN ({stories})", section.TitleId, section.Id, left);
        if (under is not null)
            session.Run("""
                INSERT INTO listings (title_id, kind, key_id, first_published_at, article_id)
                SELECT title_id, kind, @p3, first_published_at, article_id FROM listings WHERE title_id = @p1 AND kind = 'section' AND key_id = @p2
                """, section.TitleId, section.Id, under.Id);
        // The search index holds the sections above a story too: it takes these stories in again.
        session.Run("""
            INSERT INTO search_pending (first_published_at, title_id, article_id)
            SELECT first_published_at, title_id, article_id FROM listings WHERE title_id = @p1 AND kind = 'section' AND key_id = @p2
            ON CONFLICT DO NOTHING
            """, section.TitleId, section.Id);
        session.Run("UPDATE sections SET parent_id = @p1 WHERE id = @p2", under?.Id, section.Id);
        return session.Readdress(section, under is null ? slug : $"{under.Path}/{slug}", now);
    }

    /// <summary>Takes a section out of menus and fronts, or puts it back. Its page and its stories stay where they are.</summary>
    public static void HideSection(this WriteSession session, Section section, bool isHidden, DateTimeOffset now)
    {
        session.Run("UPDATE sections SET hidden_at = @p1 WHERE id = @p2", isHidden ? now : null, section.Id);
        session.Touch(Keys.Titles);
    }

    private static string Readdress(this WriteSession session, Section section, string path, DateTimeOffset now)
    {
        if (path == section.Path) return path;
        var below = session.Query<(long Id, string Path)>("SELECT id, path FROM sections WHERE parent_id = @Id", new { section.Id });
        foreach (var (id, from) in below.Prepend((section.Id, section.Path)))
        {
            var to = path + from[section.Path.Length..];
            var taken = session.First<string>("""
                SELECT path FROM sections WHERE title_id = @TitleId AND path = @to
                UNION ALL
                SELECT s.path FROM section_paths o JOIN sections s ON s.id = o.section_id WHERE o.title_id = @TitleId AND o.path = @to AND o.section_id <> @id
                """, new { section.TitleId, to, id });
            if (StandingPages.Exists(session, section.TitleId, to)) throw new ContentException($"/{to} is a standing page of the title. Choose another slug.");
            if (taken is not null) throw new ContentException($"The address /{to} belongs to the section \"{taken}\". Choose another slug.");
            session.Run("DELETE FROM section_paths WHERE title_id = @p1 AND path = @p2", section.TitleId, to);
            session.Run("INSERT INTO section_paths (title_id, path, section_id, from_at) VALUES (@p1, @p2, @p3, @p4) ON CONFLICT DO NOTHING", section.TitleId, from, id, now);
            session.Run("UPDATE sections SET path = @p1 WHERE id = @p2", to, id);
        }

        return path;
    }
}
