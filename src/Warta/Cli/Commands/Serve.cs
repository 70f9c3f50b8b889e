using System.CommandLine;

namespace Warta.Cli.Commands;

/// <param name="IsDemo">Fill the newsroom with the demonstration paper, and let readers read it.</param>
public sealed record ServeOptions(DataOptions Data, string? Urls, string? PageMemory, string? PageDisk, bool IsDemo);

internal static class Serve
{
    public static Command Command(Func<ServeOptions, int> serve) => Build("serve", "Serve the newspaper", serve, isDemo: false);

    public static Command Demo(Func<ServeOptions, int> serve) => Build("demo", "Serve a small filled newspaper to try Warta with (data in ./warta-demo unless --data says otherwise)", serve, isDemo: true);

    private static Command Build(string name, string description, Func<ServeOptions, int> serve, bool isDemo)
    {
        var (data, database) = (Shared.Data(), Shared.Database());
        var urls = new Option<string?>("--urls") { Description = "Where to listen, several separated by semicolons (default http://localhost:5080)", HelpName = "URL" };
        var memory = new Option<string?>("--page-memory") { Description = "Megabytes of memory for pages that are kept (default 256)", HelpName = "MB" };
        var disk = new Option<string?>("--page-disk") { Description = "Megabytes of disk for kept pages that memory has no room for (default 8192; 0 for none)", HelpName = "MB" };
        var command = new Command(name, description) { data, database, urls, memory, disk };
        command.SetAction(parsed => serve(new ServeOptions(
            new DataOptions(parsed.GetValue(data) ?? (isDemo ? "warta-demo" : null), parsed.GetValue(database)), parsed.GetValue(urls), parsed.GetValue(memory), parsed.GetValue(disk), isDemo)));
        return command;
    }
}
