using System.CommandLine;
using System.Text.RegularExpressions;
using Warta.Cli;
using Xunit;

namespace Warta.House;

/// <summary>What README and docs/ say is there, is there.</summary>
public sealed partial class DocsTests
{
    [Fact]
    public void Every_command_in_the_docs_is_one_that_the_program_knows()
    {
        var unknown =
            from page in Pages()
            from command in CommandsIn(page.Text)
            where !KnownCommands().Any(known => command == known || command.StartsWith(known + " ", StringComparison.Ordinal))
            select $"{page.Name} shows `warta {command}`: the program has no such command";

        Assert.Empty(unknown);
    }

    [Fact]
    public void Every_file_that_the_docs_name_exists()
    {
        var missing =
            from page in Pages()
            from path in PathsIn(page.Text)
            where !Path.Exists(Checkout.Path(path))
            select $"{page.Name} names {path}: there is no such file";

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_link_between_the_docs_leads_to_a_file()
    {
        var dead =
            from page in Pages()
            from Match link in Links().Matches(Fences().Replace(page.Text, ""))
            let target = Path.Combine(Path.GetDirectoryName(Checkout.Path(page.Name))!, link.Groups["path"].Value)
            where !Path.Exists(target)
            select $"{page.Name} links to {link.Groups["path"].Value}: there is no such file";

        Assert.Empty(dead);
    }

    [Fact]
    public void Commands_are_read_from_fences_and_paths_from_backticks()
    {
        const string text = """
            Run `bin/demo`, see `docs/operate.md:12`, `src/Warta/*.cs` and `themes/NAME`; `warta fold` stands in no fence.
            ```sh
            $ bin/warta user add EMAIL --name NAME   # a comment
            warta serve --data ./warta-data | cat
            echo warta stop
            ```
            """;

        Assert.Equal(["user add EMAIL", "serve"], CommandsIn(text));
        Assert.Equal(["bin/demo", "docs/operate.md"], PathsIn(text));
    }

    [Fact]
    public void Commands_of_the_program_are_its_leaves_and_the_branches_that_run()
    {
        var root = new RootCommand { new Command("serve"), new Command("user") { new Command("add"), new Command("list") } };
        root.Subcommands[0].SetAction(_ => 0);

        Assert.Equal(["serve", "user add", "user list"], CommandsOf(root, ""));
    }

    private static IEnumerable<string> KnownCommands() => CommandsOf(Program(), "");

    /// <summary>The program's commands, which do nothing here.</summary>
    internal static RootCommand Program() => CommandLine.Build(new NoHost(), _ => 0);

    private sealed class NoHost : ICommandHost
    {
        public int Run(DataOptions options, Func<Work, int> command) => throw new InvalidOperationException("No command is run here.");
    }

    private static IEnumerable<string> CommandsOf(Command command, string path) =>
        command.Subcommands.SelectMany(sub => CommandsOf(sub, $"{path} {sub.Name}".Trim()))
            .Concat(path.Length > 0 && (command.Subcommands.Count == 0 || command.Action is not null) ? [path] : []);

    /// <summary>"$ bin/warta user add EMAIL --name X" → "user add EMAIL": the words before the first option, pipe or comment.</summary>
    private static IEnumerable<string> CommandsIn(string text) =>
        from Match fence in Fences().Matches(text)
        from Match line in CommandLines().Matches(fence.Value)
        select line.Groups["words"].Value.Trim();

    // A pattern or a placeholder names no one file: *, {…}, <…>, …, or a word in capitals.
    private static IEnumerable<string> PathsIn(string text) =>
        from Match span in Paths().Matches(Fences().Replace(text, ""))
        let path = span.Groups["path"].Value
        where !Placeholders().IsMatch(path)
        select path;

    private static IEnumerable<(string Name, string Text)> Pages() =>
        new[] { "README.md", "CONTRIBUTING.md" }.Where(name => File.Exists(Checkout.Path(name)))
            .Concat(Directory.Exists(Checkout.Path("docs"))
                ? Directory.EnumerateFiles(Checkout.Path("docs"), "*.md", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Checkout.Root, file))
                : [])
            .Select(name => (name, File.ReadAllText(Checkout.Path(name))));

    [GeneratedRegex(@"^ *```.*?^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex(@"^\s*(?:\$ )?(?:bin/)?warta (?<words>[^-\n#|>&\[][^\n#|>&\[]*?)(?= -|\s*$|\s*[#|>&\[])", RegexOptions.Multiline)]
    private static partial Regex CommandLines();

    [GeneratedRegex(@"`(?<path>(?:bin|docs|src|tests|bench|themes|editor|\.ci)/[^`\s:,;]*)[^`\n]*`")]
    private static partial Regex Paths();

    [GeneratedRegex(@"[*{<…]|(?:^|/)[A-Z]{2,}(?:/|$)")]
    private static partial Regex Placeholders();

    [GeneratedRegex(@"\]\((?!\w+:|#|/)(?<path>[^)#\s]+)[^)]*\)")]
    private static partial Regex Links();
}
