namespace Warta.Accounts;

/// <summary>What a person or a token may do.</summary>
public enum Permission
{
    WriteOwn,
    WriteAny,
    Publish,
    Withdraw,
    Correct,
    SetPicks,
    Takedown,
    Purge,
}

/// <summary>The roles of a newsroom and, in one table, what each may do. What isn't listed is denied.</summary>
public static class Roles
{
    private static readonly Dictionary<string, Permission[]> Table = new()
    {
        ["contributor"] = [Permission.WriteOwn],
        ["reporter"] = [Permission.WriteOwn],
        ["photo-editor"] = [Permission.WriteOwn],
        ["advertising"] = [Permission.WriteOwn],
        ["editor"] = [Permission.WriteOwn, Permission.WriteAny, Permission.Publish, Permission.Withdraw, Permission.Correct, Permission.SetPicks],
        ["managing-editor"] = [Permission.WriteOwn, Permission.WriteAny, Permission.Publish, Permission.Withdraw, Permission.Correct, Permission.SetPicks, Permission.Takedown],
        ["admin"] = Enum.GetValues<Permission>(),
    };

    public static IEnumerable<string> All => Table.Keys;

    public static bool IsRole(string role) => Table.ContainsKey(role);

    public static bool May(string role, Permission permission) => Table.TryGetValue(role, out var permissions) && permissions.Contains(permission);
}
