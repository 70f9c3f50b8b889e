using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Warta.Accounts;
using Warta.Cli.Commands;
using Warta.Content;
using Warta.Storage;

namespace Warta.Cli;

/// <summary>Every command, its arguments and what it does; <c>warta --help</c> prints this.</summary>
public static class CommandLine
{
    private const int Failed = 1, WrongUsage = 2;

    /// <param name="serve">What <c>serve</c> and <c>demo</c> do; null inside the server, where they make no sense.</param>
    public static RootCommand Build(ICommandHost host, Func<ServeOptions, int>? serve = null)
    {
        var root = new RootCommand("Warta, a news publishing engine. Read README.md and docs/ for more.");
        if (serve is not null)
        {
            root.Add(Serve.Command(serve));
            root.Add(Serve.Demo(serve));
        }

        root.Add(Import.Command(host));
        root.Add(UserCommands.Command(host));
        root.Add(TokenCommands.Command(host));
        root.Add(TitleCommands.Command(host));
        root.Add(SectionCommands.Command(host));
        root.Add(VendorCommands.Command(host));
        root.Add(AdCommands.Command(host));
        root.Add(PageCommands.Command(host));
        root.Add(AuthorCommands.Command(host));
        root.Add(PicksCommands.Command(host));
        root.Add(PopularCommands.Command(host));
        root.Add(RelatedCommands.Command(host));
        root.Add(LinkCommands.Command(host));
        root.Add(StoryCommands.Publish(host));
        root.Add(StoryCommands.Schedule(host));
        root.Add(StoryCommands.Withdraw(host));
        root.Add(StoryCommands.Unverified(host));
        root.Add(CorrectionCommands.Command(host));
        root.Add(StoryCommands.Takedown(host));
        root.Add(StoryCommands.Purge(host));
        root.Add(ReceiptCommands.Command(host));
        root.Add(Doctor.Command(host));
        return root;
    }

    /// <summary>Runs a command. What goes wrong is one line on <paramref name="error"/> that says what and what to do.</summary>
    /// <returns>0 done, 1 failed, 2 wrong usage.</returns>
    public static int Invoke(RootCommand root, string[] arguments, TextWriter output, TextWriter error)
    {
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            var command = string.Join(' ', parsed.CommandResult.Command == root ? [] : Path(parsed.CommandResult));
            // The last: "unrecognized" stands behind a "required" that follows from it.
            error.WriteLine($"{parsed.Errors[^1].Message} Run `warta {command}{(command.Length > 0 ? " " : "")}--help` to see how it is used.");
            return WrongUsage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is ContentException or StorageException or IOException or UnauthorizedAccessException or Themes.ThemeException)
        {
            error.WriteLine(e.Message);
            return Failed;
        }
    }

    /// <summary>The line for a mistake of ours: whoever typed the command gets a sentence, and whoever mends it the place.</summary>
    public static string Unforeseen(Exception e) =>
        $"warta failed in a way that it doesn't know ({e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}, {e.StackTrace?.Split('\n')[0].Trim()}). Nothing half-done was kept; please report it with this line.";

    private static List<string> Path(CommandResult? result)
    {
        var names = new List<string>();
        for (; result is { Command: not RootCommand }; result = result.Parent as CommandResult) names.Insert(0, result.Command.Name);
        return names;
    }
}

/// <summary>The options that commands share.</summary>
internal static class Shared
{
    public static Option<string?> Data() => new("--data") { Description = "The data folder (default ./warta-data, or WARTA_DATA)", HelpName = "DIR" };

    public static Option<string?> Database() => new("--database") { Description = "A PostgreSQL connection string (default: SQLite in the data folder)", HelpName = "CONN" };

    public static Option<string?> Title() => new("--title") { Description = "The title's slug (default: the newsroom's first title)", HelpName = "SLUG" };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON" };

    public static Option<string> Role()
    {
        var role = new Option<string>("--role") { Description = string.Join(", ", Roles.All), Required = true, HelpName = "ROLE" };
        role.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && !Roles.IsRole(given.Value)) result.AddError($"There is no role \"{given.Value}\". Roles: {string.Join(", ", Roles.All)}.");
        });
        return role;
    }

    public static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description + ", like 2026-01-26T09:00:00+07:00",
        HelpName = "TIME",
        CustomParser = result => TimeOf(result),
    };

    /// <summary>A time that says its zone: this machine's is seldom the newsroom's.</summary>
    public static DateTimeOffset TimeOf(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text.Contains('T') && (text.EndsWith('Z') || text[text.IndexOf('T')..].AsSpan().ContainsAny('+', '-'))
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        result.AddError($"\"{text}\" is no time with its zone; write it like 2026-01-26T09:00:00+07:00.");
        return default;
    }

    public static Argument<string> Text(string name, string description) => new(name) { Description = description };

    /// <summary>A command with the data options, whose work runs where the data folder is held.</summary>
    public static Command On(this Command command, ICommandHost host, Func<ParseResult, Work, int> work)
    {
        var (data, database) = (Data(), Database());
        command.Add(data);
        command.Add(database);
        command.SetAction(parsed => host.Run(new DataOptions(parsed.GetValue(data), parsed.GetValue(database)), w => work(parsed, w)));
        return command;
    }
}
