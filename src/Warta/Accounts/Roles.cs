using static Warta.Accounts.Permission;

namespace Warta.Accounts;

/// <summary>The roles of a newsroom and, in one table, what each may do. What isn't listed is denied.</summary>
public static class Roles
{
    private static readonly Permission[] Desk = [WriteOwn, WriteAny, AddPictures, Edit, Publish, Withdraw, Correct, SetPicks];

    private static readonly Dictionary<string, Permission[]> Table = new()
    {
        ["contributor"] = [WriteOwn, AddPictures],
        ["reporter"] = [WriteOwn, AddPictures],
        ["photo-editor"] = [WriteOwn, AddPictures, ManagePictures],
        ["advertising"] = [Advertorial, AddPictures],
        ["editor"] = Desk,
        ["managing-editor"] = [.. Desk, Advertorial, ManagePictures, Takedown, ManageContent, ReadAudit],
        ["admin"] = Enum.GetValues<Permission>(),
    };

    public static IEnumerable<string> All => Table.Keys;

    public static bool IsRole(string role) => Table.ContainsKey(role);

    public static bool May(string role, Permission permission) => Table.TryGetValue(role, out var permissions) && permissions.Contains(permission);
}
