using System.CommandLine;
using System.Text.Json;
using Warta.Accounts;
using Warta.Content;

namespace Warta.Cli.Commands;

internal static class TokenCommands
{
    public static Command Command(ICommandHost host) => new("token", "Keys for programs that use the API") { Add(host), List(host), Revoke(host) };

    private static Command Add(ICommandHost host)
    {
        var name = Shared.Text("NAME", "What it is for, as the audit trail will name it");
        var role = Shared.Role();
        var title = new Option<string?>("--title") { Description = "The only title that it is good for (default: all)", HelpName = "SLUG" };
        return new Command("add", "Make a token and print it, once") { name, role, title }.On(host, (parsed, work) =>
        {
            // The token alone on its line, so that a script can take it.
            work.Out.WriteLine(work.Press.Run("command", act => act.AddToken(parsed.GetValue(name)!, parsed.GetValue(role)!, parsed.GetValue(title) is { } slug ? act.Titles.Title(slug).Id : null)));
            return 0;
        });
    }

    private static Command List(ICommandHost host)
    {
        var json = Shared.Json();
        return new Command("list", "List the tokens that are good") { json }.On(host, (parsed, work) =>
        {
            var titles = work.Press.Titles;
            var tokens = work.Press.Database.Read(Tokens.List);
            if (parsed.GetValue(json)) work.Out.WriteLine(JsonSerializer.Serialize(tokens.Select(t => new { name = t.Name, role = t.Role, title = SlugOf(t), createdAt = Clock.Iso(t.CreatedAt, titles.Default.Zone), usedAt = t.UsedAt is { } used ? Clock.Iso(used, titles.Default.Zone) : null })));
            else if (tokens.Count == 0) work.Out.WriteLine("There are no tokens. Make one with `warta token add NAME --role ROLE`.");
            else tokens.ForEach(t => work.Out.WriteLine($"{t.Name,-24} {t.Role,-16} {SlugOf(t) ?? "(all titles)",-16} {(t.UsedAt is { } used ? "used " + Clock.Iso(used, titles.Default.Zone) : "never used")}"));
            return 0;

            string? SlugOf(Tokens.Known token) => token.TitleId is { } id ? titles.Title(id).Slug : null;
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
