namespace Warta.Accounts;

/// <summary>What a person or a token may do. Each endpoint asks for one; <see cref="Roles"/> says who has it.</summary>
public enum Permission
{
    /// <summary>Begin stories, and write on one's own until it has gone to the desk.</summary>
    WriteOwn,

    /// <summary>Write on anybody's story.</summary>
    WriteAny,

    /// <summary>Begin, write and publish advertorials.</summary>
    Advertorial,

    /// <summary>Upload pictures and describe one's own.</summary>
    AddPictures,

    /// <summary>Describe, replace and retire anybody's pictures.</summary>
    ManagePictures,

    /// <summary>Take a story from the desk, return it with a note, say that it is ready, give it to somebody.</summary>
    Edit,
    Publish,
    Withdraw,
    Correct,
    SetPicks,
    Takedown,
    Purge,

    /// <summary>Tags, authors, redirects, standing pages, menus.</summary>
    ManageContent,

    /// <summary>Sections, the title's settings and its theme.</summary>
    ManageTitle,

    /// <summary>Invite, change and disable people.</summary>
    ManagePeople,
    ManageTokens,
    ReadAudit,
}
