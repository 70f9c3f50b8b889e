using Warta.Storage;

namespace Warta.Content;

/// <summary>Adding titles and changing their hosts, settings and sections.</summary>
public static class Titles
{
    /// <exception cref="ContentException">The slug or the host is taken or can't be one.</exception>
    public static long AddTitle(this WriteSession session, string slug, string? host, DateTimeOffset now)
    {
        if (Slug.From(slug) != slug || slug.Length == 0) throw new ContentException($"\"{slug}\" can't be a title's slug: use lower-case letters, digits and hyphens.");
        if (session.Value<long>("SELECT count(*) FROM titles WHERE slug = @slug", new { slug }) > 0) throw new ContentException($"There is a title \"{slug}\" already.");
        var id = session.RunForId("INSERT INTO titles (slug, created_at) VALUES (@p1, @p2) RETURNING id", slug, now);
        session.Touch(Keys.Titles);
        if (host is not null) session.AddHost(id, host);
        return id;
    }

    /// <exception cref="ContentException">The host belongs to another title, or is no host name.</exception>
    public static void AddHost(this WriteSession session, long titleId, string host)
    {
        host = host.Trim().ToLowerInvariant();
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown) throw new ContentException($"\"{host}\" is not a host name. Give it without scheme and port, such as berita.example.com.");
        if (session.First<string>("SELECT t.slug FROM title_hosts h JOIN titles t ON t.id = h.title_id WHERE h.host = @host", new { host }) is { } owner)
            throw new ContentException($"The host {host} belongs to the title \"{owner}\" already.");
        session.Run("INSERT INTO title_hosts (host, title_id) VALUES (@p1, @p2)", host, titleId);
        session.Touch(Keys.Titles);
    }

    /// <exception cref="ContentException">The key is unknown or the value can't stand there.</exception>
    public static void SetTitle(this WriteSession session, long titleId, string key, string value)
    {
        if (key == "host")
        {
            session.AddHost(titleId, value);
            return;
        }

        value = TitleSettings.Checked(key, value);
        var sections = key switch
        {
            "menu" => MenuEntry.Read(value).Select(entry => entry.Section).OfType<string>(),
            "ads.off" => AdSlots.ReadOff(value).Select(off => off.Key),
            _ => [],
        };
        var directory = new TitleDirectory(session);
        if (sections.FirstOrDefault(path => directory.Section(titleId, path) is null) is { } unknown)
            throw new ContentException($"{key} names the section \"{unknown}\", which this title doesn't have. Sections: {string.Join(", ", directory.Sections(titleId).Select(s => s.Path).Order(StringComparer.Ordinal))}.");
        session.Run("INSERT INTO title_settings (title_id, key, value) VALUES (@p1, @p2, @p3) ON CONFLICT (title_id, key) DO UPDATE SET value = excluded.value", titleId, key, value);
        session.Touch(Keys.Titles);
    }

    /// <summary>
    /// The addresses of a section and of the one that it stands in: "Bola/Liga 1" → "bola", "bola/liga-1". A name that would take one of Warta's own
    /// addresses ("Search") gets another slug ("search-2"). Empty for a text without a name.
    /// </summary>
    public static IReadOnlyList<(string Path, string Name)> SectionPaths(string name)
    {
        var paths = new List<(string Path, string Name)>(2);
        foreach (var part in name.Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(2))
        {
            var slug = Slug.From(part) is { Length: > 0 } from ? from : "kanal";
            // A number alone would be taken for a story's id or a part of its date.
            if (paths.Count == 0 ? Slug.IsReserved(slug) : slug.All(char.IsAsciiDigit)) slug += "-2";
            paths.Add((paths.Count == 0 ? slug : $"{paths[^1].Path}/{slug}", part));
        }

        return paths;
    }

    /// <summary>The id of the section of this name, or that had it before it was renamed; made if need be. "Bola/Liga 1" is Liga 1 inside Bola.</summary>
    public static long SectionNamed(this WriteSession session, long titleId, string name, DateTimeOffset now)
    {
        (long Id, string Path)? section = null;
        foreach (var (wanted, part) in SectionPaths(name))
        {
            // Inside a section that was renamed, at its present address. A standing page keeps its own: the section gets another.
            var path = section is { } above ? above.Path + wanted[wanted.LastIndexOf('/')..] : StandingPages.Exists(session, titleId, wanted) ? wanted + "-2" : wanted;
            var known = session.Query<(long, string)>("""
                SELECT id, path FROM sections WHERE title_id = @titleId AND path IN [[texts:paths]]
                UNION ALL
                SELECT s.id, s.path FROM section_paths o JOIN sections s ON s.id = o.section_id WHERE o.title_id = @titleId AND o.path IN [[texts:paths]]
                """, new { titleId, paths = session.Texts([path, wanted]) });
            if (known.Count == 0) session.Touch(Keys.Titles);
            section = known.Count > 0 ? known[0]
                : (session.RunForId("INSERT INTO sections (title_id, parent_id, path, name, created_at) VALUES (@p1, @p2, @p3, @p4, @p5) RETURNING id", titleId, section?.Id, path, part, now), path);
        }

        return section?.Id ?? throw new ContentException("A section needs a name.");
    }
}
