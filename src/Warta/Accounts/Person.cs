using Warta.Content;

namespace Warta.Accounts;

/// <summary>Somebody of the newsroom who is signed in, as the database knows him at this request.</summary>
public sealed record Person
{
    public long Id { get; init; }
    public string Email { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary>Of the newsroom's own words: "id" or "en"; empty for the title's.</summary>
    public string Language { get; init; } = "";
    public IReadOnlyList<Membership> Memberships { get; init; } = [];

    /// <summary>The hash of the session that this request came with.</summary>
    public string Session { get; init; } = "";

    /// <summary>When he last showed who he is: what is grave asks for that again after a while.</summary>
    public DateTimeOffset ProvedAt { get; init; }

    /// <summary>As the event log and the audit trail name him.</summary>
    public string Actor => "user:" + Email;

    /// <summary>Whether he may do this to what stands in a section of a title.</summary>
    public bool May(Permission permission, TitleDirectory titles, long titleId, long? sectionId) =>
        Memberships.Any(member => Roles.May(member.Role, permission) && member.Reaches(titles, titleId, sectionId));

    /// <summary>Whether he may do this anywhere in a title.</summary>
    public bool May(Permission permission, long titleId) =>
        Memberships.Any(member => Roles.May(member.Role, permission) && (member.TitleId is null || member.TitleId == titleId));

    /// <summary>Whether he may do this in all titles: to people, tokens, and what titles share.</summary>
    public bool May(Permission permission) =>
        Memberships.Any(member => Roles.May(member.Role, permission) && member.TitleId is null && member.SectionId is null);
}
