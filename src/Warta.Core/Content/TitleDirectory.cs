using Warta.Storage;

namespace Warta.Content;

/// <summary>The titles of a newsroom and their sections, read once and shared until one of them changes.</summary>
public sealed class TitleDirectory
{
    private readonly Dictionary<string, Title> _byHost = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(long, string), Section> _byPath = [];
    private readonly Dictionary<long, Section> _sections = [];
    private readonly HashSet<(long TitleId, string Path)> _shadowed;

    public TitleDirectory(Session session)
    {
        var settings = session.Query<(long TitleId, string Key, string Value)>("SELECT title_id, key, value FROM title_settings").ToLookup(row => row.TitleId);
        var hosts = session.Query<(string Host, long TitleId)>("SELECT host, title_id FROM title_hosts ORDER BY host").ToLookup(row => row.TitleId, row => row.Host);
        Titles = session.Query<(long Id, string Slug)>("SELECT id, slug FROM titles ORDER BY id")
            .Select(row => new Title(row.Id, row.Slug, hosts[row.Id].ToList(), settings[row.Id].ToDictionary(s => s.Key, s => s.Value)))
            .ToList();
        foreach (var title in Titles)
        {
            foreach (var host in title.Hosts) _byHost[host] = title;
        }

        // Where a title says that it is found, it is found, also where nobody added that host.
        foreach (var title in Titles.Where(t => t.Url.Length > 0)) _byHost.TryAdd(new Uri(title.Url).Host, title);

        foreach (var section in session.Query<Section>("SELECT id, title_id, parent_id, path, name, hidden_at FROM sections ORDER BY id"))
        {
            _sections.Add(section.Id, section);
            _byPath.Add((section.TitleId, section.Path), section);
        }

        foreach (var (titleId, path, sectionId) in session.Query<(long TitleId, string Path, long SectionId)>("SELECT title_id, path, section_id FROM section_paths"))
            _byPath.TryAdd((titleId, path), _sections[sectionId]);

        _shadowed = session.Query<(long, string)>("SELECT title_id, path FROM redirects WHERE shadows = 1").ToHashSet();
    }

    /// <summary>A redirect goes before the page that stands at this address.</summary>
    public bool IsShadowed(long titleId, string path) => _shadowed.Count > 0 && _shadowed.Contains((titleId, Redirects.Normal(path)));

    /// <summary>In the order in which they were made; the first is the default.</summary>
    public IReadOnlyList<Title> Titles { get; }

    public Title Default => Titles[0];

    /// <summary>The title of a host, without its port; an unknown host gets the default title. A name may end in the root's dot.</summary>
    public Title ByHost(string host) => _byHost.GetValueOrDefault(host.EndsWith('.') ? host[..^1] : host) ?? Default;

    /// <summary>The title that this very host is of; null for a host that isn't ours.</summary>
    public Title? Hosted(string host) => _byHost.GetValueOrDefault(host);

    public Title Title(long id) => Titles.First(t => t.Id == id);

    /// <exception cref="ContentException">No title has this slug.</exception>
    public Title Title(string? slug) => slug is null
        ? Default
        : Titles.FirstOrDefault(t => t.Slug == slug) ?? throw new ContentException($"There is no title \"{slug}\". Titles: {string.Join(", ", Titles.Select(t => t.Slug))}.");

    /// <summary>The section at this path, or the one that was there before it was renamed or moved.</summary>
    public Section? Section(long titleId, string path) => _byPath.GetValueOrDefault((titleId, path));

    public Section Section(long id) => _sections[id];

    public IEnumerable<Section> Sections(long titleId) => _sections.Values.Where(s => s.TitleId == titleId);

    /// <summary>The section and those that it stands in, from the top down.</summary>
    public IReadOnlyList<Section> Lineage(long sectionId)
    {
        var line = new List<Section>();
        for (long? id = sectionId; id is { } current; id = _sections[current].ParentId) line.Insert(0, _sections[current]);
        return line;
    }
}
