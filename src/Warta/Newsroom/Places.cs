using Warta.Accounts;
using Warta.Content;

namespace Warta.Newsroom;

/// <summary>Where somebody may work: everywhere, in a title, in a section. In a form's value: "", "3", "3/17".</summary>
public sealed class Places(TitleDirectory titles)
{
    public IEnumerable<(string Value, string Name)> All(Frame frame)
    {
        yield return ("", Name(frame, new Membership("", null, null)));
        foreach (var title in titles.Titles)
        {
            yield return ($"{title.Id}", title.Name);
            foreach (var section in titles.Sections(title.Id).OrderBy(section => section.Path, StringComparer.Ordinal)) yield return ($"{title.Id}/{section.Id}", $"{title.Name} › {section.Name}");
        }
    }

    public string Name(Frame frame, Membership member) => member.TitleId is not { } title ? frame.T("semua terbitan", "all titles")
        : member.SectionId is { } section ? $"{titles.Title(title).Name} › {titles.Section(section).Name}" : titles.Title(title).Name;

    /// <exception cref="ContentException">There is no such place.</exception>
    public Membership Read(string role, string place)
    {
        if (place.Length == 0) return new Membership(role, null, null);
        var parts = place.Split('/');
        if (!long.TryParse(parts[0], out var titleId) || titles.Titles.FirstOrDefault(t => t.Id == titleId) is not { } title) throw new ContentException("There is no such title.");
        if (parts.Length == 1) return new Membership(role, title.Id, null);
        return long.TryParse(parts[1], out var sectionId) && titles.Sections(title.Id).Any(s => s.Id == sectionId) ? new Membership(role, title.Id, sectionId) : throw new ContentException("There is no such section.");
    }
}
