using System.CommandLine;
using Warta.Accounts;

namespace Warta.Cli.Commands;

internal static class TokenCommands
{
    public static Command Command(ICommandHost host) => new("token", "Keys for programs that use the API") { Add(host), Revoke(host) };

    private static Command Add(ICommandHost host)
    {
        var name = Shared.Text("NAME", "What it is for, as the audit trail will name it");
        var role = Shared.Role();
        return new Command("add", "Make a token and print it, once") { name, role }.On(host, (parsed, work) =>
        {
            // The token alone on its line, so that a script can take it.
            work.Out.WriteLine(work.Press.Run("command", act => act.AddToken(parsed.GetValue(name)!, parsed.GetValue(role)!)));
            return 0;
        });
    }

    private static Command Revoke(ICommandHost host)
    {
        var name = Shared.Text("NAME", "Which");
        return new Command("revoke", "Make a token worthless at once") { name }.On(host, (parsed, work) =>
        {
            work.Press.Run("command", act => act.RevokeToken(parsed.GetValue(name)!));
            work.Out.WriteLine($"Revoked {parsed.GetValue(name)}.");
            return 0;
        });
    }
}
