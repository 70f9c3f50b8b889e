using System.CommandLine;

namespace Warta.Cli.Commands;

/// <param name="IsDemo">Fill the newsroom with the demonstration paper, and let readers read it.</param>
public sealed record ServeOptions(DataOptions Data, string? Urls, bool IsDemo);

internal static class Serve
{
    public static Command Command(Func<ServeOptions, int> serve) => Build("serve", "Serve the newspaper", serve, isDemo: false);

    public static Command Demo(Func<ServeOptions, int> serve) => Build("demo", "Serve a small filled newspaper to try Warta with (data in ./warta-demo unless --data says otherwise)", serve, isDemo: true);

    private static Command Build(string name, string description, Func<ServeOptions, int> serve, bool isDemo)
    {
        var (data, database) = (Shared.Data(), Shared.Database());
        var urls = new Option<string?>("--urls") { Description = "Where to listen, several separated by semicolons (default http://localhost:5080)", HelpName = "URL" };
        var command = new Command(name, description) { data, database, urls };
        command.SetAction(parsed => serve(new ServeOptions(
            new DataOptions(parsed.GetValue(data) ?? (isDemo ? "warta-demo" : null), parsed.GetValue(database)), parsed.GetValue(urls), isDemo)));
        return command;
    }
}
