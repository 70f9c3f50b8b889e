using Warta.Accounts;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Demo;

/// <summary>The demonstration's newsroom: one person of each role. Their common password is made up once for each data folder and kept there, for its owner alone.</summary>
internal static class DemoStaff
{
    private const string Domain = "warta.example";

    private static readonly (string Address, string Name, string Role, string? Title)[] People =
    [
        ("admin", "Dewi Kartika", "admin", null),
        ("pelaksana", "Bram Sitompul", "managing-editor", null),
        ("redaktur", "Laksmi Prameswari", "editor", DemoTitles.National),
        ("reporter", "Yusuf Maulana", "reporter", DemoTitles.National),
        ("kontributor", "Nona Bawole", "contributor", DemoTitles.Regional),
        ("foto", "Gede Wirawan", "photo-editor", null),
        ("iklan", "Ratih Anggraini", "advertising", DemoTitles.National),
    ];

    /// <summary>Adds those who aren't there yet.</summary>
    public static void Add(Press press, DataFolder folder, string actor)
    {
        var known = press.Database.Read(Users.List).Select(user => user.Email).ToHashSet();
        var missing = People.Where(person => !known.Contains(AddressOf(person.Address))).ToList();
        if (missing.Count == 0) return;
        var hash = Passwords.HashOf(PasswordOf(folder));
        press.Run(actor, act =>
        {
            foreach (var person in missing)
                act.AddUser(AddressOf(person.Address), person.Name, [new Membership(person.Role, person.Title is { } slug ? act.Titles.Title(slug).Id : null, null)], hash);
        });
    }

    public static string Notice(DataFolder folder, int port) =>
        $"Its newsroom is at http://localhost:{port}/newsroom: sign in as {AddressOf("admin")} (or {string.Join(", ", People.Skip(1).Select(person => person.Address))}) with the password {PasswordOf(folder)}";

    public static string AddressOf(string person) => $"{person}@{Domain}";

    public static string PasswordOf(DataFolder folder)
    {
        var path = Path.Combine(folder.Path, "demo-password");
        if (File.Exists(path)) return File.ReadAllText(path).Trim();
        var password = Passwords.MadeUp();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(password);
        return password;
    }
}
