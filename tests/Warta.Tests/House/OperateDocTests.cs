using System.CommandLine;
using System.Text.RegularExpressions;
using Warta.Accounts;
using Warta.Cli;
using Warta.Content;
using Xunit;

namespace Warta.House;

/// <summary>The tables of docs/operate.md and the routes of docs/api.md are the program's.</summary>
public sealed partial class OperateDocTests
{
    private const string Operate = "docs/operate.md";

    [Fact]
    public void The_table_of_commands_is_the_program_s() => SameTable("| command | options | what it does |",
        Leaves(DocsTests.Program(), "").Select(leaf => Row($"`{string.Join(' ', [leaf.Path, .. leaf.Command.Arguments.Select(a => a.Name + (a.Arity.MaximumNumberOfValues > 1 ? "…" : ""))])}`",
            string.Join(' ', leaf.Command.Options.Where(o => o.Name is not ("--data" or "--database")).Select(o => $"`{o.Name}{(o.HelpName is null ? "" : " " + o.HelpName)}`")), leaf.Command.Description!)));

    [Fact]
    public void Every_command_takes_the_data_folder_and_the_database() => Assert.All(Leaves(DocsTests.Program(), ""), leaf =>
        Assert.Equal(["--data", "--database"], leaf.Command.Options.Select(o => o.Name).Where(name => name is "--data" or "--database")));

    [Fact]
    public void The_table_of_settings_is_the_program_s() => SameTable("| key in warta.json | variable | default | meaning |",
        Settings.All.Select(s => Row($"`{s.Key}`", $"`{s.Variable}`", Code(s.Default), s.Meaning)));

    [Fact]
    public void The_table_of_a_title_s_settings_is_the_program_s() => SameTable("| key | default | meaning |",
        TitleSettings.All.Select(s => Row($"`{s.Key}`", Code(s.Default), s.Meaning)));

    [Fact]
    public void The_table_of_roles_is_the_program_s() => SameTable("| role | may |",
        Roles.All.Select(role => Row($"`{role}`", string.Join(", ", Enum.GetValues<Permission>().Where(p => Roles.May(role, p))))));

    [Fact]
    public void Every_route_of_the_API_is_in_its_page_and_every_one_there_exists()
    {
        using var newsroom = new Cli.Newsroom();
        using var openApi = System.Text.Json.JsonDocument.Parse(newsroom.Serve().Get("/api/v1/openapi.json"));

        var routes = openApi.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));
        var written = ApiRoute().Matches(File.ReadAllText(Checkout.Path("docs/api.md"))).Select(match => $"{match.Groups["method"].Value} {match.Groups["path"].Value}");

        Assert.Equal(routes.Order(StringComparer.Ordinal), written.Distinct().Order(StringComparer.Ordinal));
    }

    private static void SameTable(string head, IEnumerable<string> rows)
    {
        var lines = File.ReadAllLines(Checkout.Path(Operate));
        var at = Array.IndexOf(lines, head);
        Assert.True(at >= 0, $"{Operate} has no table {head}");
        var expected = string.Join('\n', rows);
        var found = string.Join('\n', lines[(at + 2)..].TakeWhile(line => line.StartsWith('|')));
        Assert.True(found == expected, $"{Operate}'s table {head} isn't the program's. It should be:\n{expected}\n");
    }

    private static string Row(params string[] cells) => $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|")))} |";

    private static string Code(string text) => text.Length == 0 ? "" : $"`{text}`";

    private static IEnumerable<(string Path, Command Command)> Leaves(Command command, string path) => command.Subcommands.Count == 0
        ? [(path, command)]
        : command.Subcommands.SelectMany(sub => Leaves(sub, $"{path} {sub.Name}".Trim()));

    [GeneratedRegex(@"`(?<method>GET|POST|PUT|DELETE) (?<path>/api/v1/[^`\s]*)`")]
    private static partial Regex ApiRoute();
}
