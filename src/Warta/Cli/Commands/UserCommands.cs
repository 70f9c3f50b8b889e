using System.CommandLine;
using System.Text.Json;
using Warta.Accounts;

namespace Warta.Cli.Commands;

internal static class UserCommands
{
    public static Command Command(ICommandHost host) => new("user", "The people of the newsroom") { Add(host), List(host), Disable(host), Reset(host) };

    private static Command Add(ICommandHost host)
    {
        var email = Shared.Text("EMAIL", "The e-mail address to sign in with");
        var name = new Option<string>("--name") { Description = "The name as bylines print it", Required = true, HelpName = "NAME" };
        var role = Shared.Role();
        var title = new Option<string?>("--title") { Description = "The only title this user works for (default: all)", HelpName = "SLUG" };
        var fromInput = new Option<bool>("--password-stdin") { Description = "Read the password from standard input (default: make one up and print it)" };
        return new Command("add", "Add a user") { email, name, role, title, fromInput }.On(host, (parsed, work) =>
        {
            var password = parsed.GetValue(fromInput) ? work.Input().TrimEnd('\r', '\n') : null;
            var made = work.Press.Run("command", act => act.AddUser(parsed.GetValue(email)!, parsed.GetValue(name)!, new Membership(parsed.GetValue(role)!,
                parsed.GetValue(title) is { } slug ? act.Titles.Title(slug).Id : null, null), password));
            work.Out.WriteLine(made is null ? $"Added {parsed.GetValue(email)}." : $"Added {parsed.GetValue(email)} with the password {made} (shown only now).");
            return 0;
        });
    }

    private static Command List(ICommandHost host)
    {
        var json = Shared.Json();
        return new Command("list", "List the users") { json }.On(host, (parsed, work) =>
        {
            var users = work.Press.Database.Read(Users.List);
            var titles = work.Press.Titles;
            string TitleOf(Membership member) => member.TitleId is { } id ? titles.Title(id).Slug + (member.SectionId is { } section ? "/" + titles.Section(section).Path : "") : "all titles";
            if (parsed.GetValue(json)) work.Out.WriteLine(JsonSerializer.Serialize(users.Select(u => new { email = u.Email, name = u.Name, roles = u.Memberships.Select(m => new { role = m.Role, at = m.TitleId is null ? null : TitleOf(m) }), disabled = u.DisabledAt is not null })));
            else if (users.Count == 0) work.Out.WriteLine("There are no users yet. Add one with `warta user add EMAIL --name NAME --role admin`.");
            else users.ForEach(u => work.Out.WriteLine($"{u.Email,-40} {u.Name}{(u.DisabledAt is null ? "" : " (disabled)")}: {string.Join(", ", u.Memberships.Select(m => $"{m.Role} of {TitleOf(m)}"))}"));
            return 0;
        });
    }

    private static Command Disable(ICommandHost host)
    {
        var email = Shared.Text("EMAIL", "Whom");
        return new Command("disable", "Shut a user out; what they wrote stays") { email }.On(host, (parsed, work) =>
        {
            work.Press.Run("command", act => act.Disable(Users.Find(act.Sql, parsed.GetValue(email)!)));
            work.Out.WriteLine($"Disabled {parsed.GetValue(email)}.");
            return 0;
        });
    }

    private static Command Reset(ICommandHost host)
    {
        var email = Shared.Text("EMAIL", "Whom");
        return new Command("reset", "Give a user a new password, and let them in again") { email }.On(host, (parsed, work) =>
        {
            var password = work.Press.Run("command", act => act.Reset(Users.Find(act.Sql, parsed.GetValue(email)!)));
            work.Out.WriteLine($"{parsed.GetValue(email)} has the password {password} (shown only now).");
            return 0;
        });
    }
}
