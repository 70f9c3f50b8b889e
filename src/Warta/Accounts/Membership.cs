using Warta.Content;

namespace Warta.Accounts;

/// <summary>Where somebody works, and as what.</summary>
/// <param name="TitleId">Null: all titles.</param>
/// <param name="SectionId">Null: all sections; else this one and what is in it.</param>
public sealed record Membership(string Role, long? TitleId, long? SectionId)
{
    /// <summary>Whether it reaches a place. What is the title's own, not a section's, belongs to those who have the whole title.</summary>
    public bool Reaches(TitleDirectory titles, long titleId, long? sectionId) =>
        (TitleId is null || TitleId == titleId)
        && (SectionId is null || (sectionId is { } id && titles.Lineage(id).Any(section => section.Id == SectionId)));
}
