using System.CommandLine;
using Xunit;

namespace Warta.Cli;

/// <summary>Exit codes, and what is said where. 0 done, 1 failed, 2 wrong usage.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("'nonsense'", "nonsense")]
    [InlineData("'nonsense'", "user", "nonsense")]
    [InlineData("command", "user")]
    [InlineData("command")]
    [InlineData("PATH", "import", "ninjs")]
    [InlineData("URI", "publish")]
    [InlineData("--name", "user", "add", "rini@example.com", "--role", "editor")]
    [InlineData("'extra'", "user", "list", "extra")]
    [InlineData("--no-such", "doctor", "--no-such")]
    [InlineData("\"king\"", "user", "add", "rini@example.com", "--name", "Rini", "--role", "king")]
    [InlineData("\"king\"", "token", "add", "program", "--role", "king")]
    [InlineData("tomorrow", "schedule", "urn:x", "tomorrow")]
    [InlineData("2026-01-26T09:00", "schedule", "urn:x", "2026-01-26T09:00")]
    [InlineData("2026-13-26T09:00:00+07:00", "schedule", "urn:x", "2026-13-26T09:00:00+07:00")]
    [InlineData("soon", "picks", "set", "--from", "soon", "urn:x")]
    [InlineData("--reason", "takedown", "urn:x")]
    [InlineData("--undo", "takedown", "urn:x", "--reason", "x", "--undo")]
    public void Wrong_usage_is_exit_code_2_and_one_line_that_names_what_is_wrong_and_help(string named, params string[] arguments)
    {
        var (exit, output, error) = Invoke(arguments);

        Assert.Equal(2, exit);
        Assert.Equal("", output);
        var line = Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.Contains(named, line);
        Assert.Contains("--help", line);
        Assert.DoesNotContain("System.", line);
    }

    [Fact]
    public void Help_works_for_every_command_and_tells_its_options()
    {
        Assert.All(Commands(Build(), ""), command =>
        {
            var (exit, output, error) = Invoke([.. command.Path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
            Assert.Equal((0, ""), (exit, error));
            Assert.Contains("Usage:", output);
            Assert.All(command.Command.Options, option => Assert.Contains(option.Name, output));
        });
    }

    [Fact]
    public void The_program_itself_ends_with_these_codes_and_knows_its_version()
    {
        using var newsroom = new Newsroom();

        var version = WartaProcess.Start(["--version"], newsroom.Folder).Wait();
        Assert.Equal(0, version.Exit);
        Assert.Matches(@"^\d+\.\d+\.\d+(\+[0-9a-f]+)?\n$", version.Out);
        Assert.Equal(2, newsroom.Run("nonsense").Exit);
        Assert.Equal(1, newsroom.Run("publish", "urn:unknown").Exit);
        Assert.Equal(0, newsroom.Run("title", "list").Exit);
    }

    [Theory]
    [InlineData("There is no article with the uri urn:unknown", "publish", "urn:unknown")]
    [InlineData("There is no article with the uri urn:unknown", "takedown", "urn:unknown", "--reason", "x")]
    [InlineData("is not an e-mail address", "user", "add", "rini", "--name", "Rini", "--role", "editor")]
    [InlineData("There is no user nobody@example.com", "user", "disable", "nobody@example.com")]
    [InlineData("There is no token \"none\"", "token", "revoke", "none")]
    [InlineData("There is no setting \"colour\"", "title", "set", "warta", "colour", "red")]
    [InlineData("timezone can't be \"Mars\"", "title", "set", "warta", "timezone", "Mars")]
    [InlineData("none", "title", "show", "none")]
    [InlineData("no section \"none\"", "picks", "set", "--section", "none")]
    public void What_can_t_be_done_is_exit_code_1_and_one_line(string said, params string[] arguments)
    {
        using var newsroom = new Newsroom();

        Assert.Contains(said, newsroom.Fails(arguments));
    }

    [Fact]
    public void Json_is_one_valid_document_on_standard_output()
    {
        using var newsroom = new Newsroom();
        newsroom.Do("user", "add", "rini@example.com", "--name", "Rini \"Ayu\"", "--role", "editor");

        string[][] commands = [["user", "list"], ["title", "list"], ["title", "show", "warta"], ["doctor"]];
        Assert.All(commands, command => System.Text.Json.JsonDocument.Parse(newsroom.Do([.. command, "--json"])).Dispose());
    }

    private static RootCommand Build() => House.DocsTests.Program();

    private static (int Exit, string Out, string Error) Invoke(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = CommandLine.Invoke(Build(), arguments, output, error);
        return (exit, output.ToString(), error.ToString());
    }

    private static IEnumerable<(string Path, Command Command)> Commands(Command command, string path) =>
        command.Subcommands.SelectMany(sub => Commands(sub, $"{path} {sub.Name}".Trim())).Prepend((path, command));
}
