using Warta.Media;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Cli;

/// <summary>Does a command's work here, or hands it to the server that holds the data folder.</summary>
public sealed class LocalHost(string[] arguments) : ICommandHost
{
    /// <summary>How long to wait for another command that works in the folder.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public int Run(DataOptions options, Func<Work, int> command)
    {
        var folder = Settings.Folder(options.Data);
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            using var held = folder.TryLock();
            if (held is not null) return RunHere(folder, options, command);
            if (ControlClient.Run(folder, arguments) is { } code) return code;
            if (TimeProvider.System.GetUtcNow() > deadline) throw new StorageException($"Another warta command is working in {folder.Path}. Wait until it is done, then try again.");
            Task.Delay(100).Wait();
        }
    }

    private static int RunHere(DataFolder folder, DataOptions options, Func<Work, int> command)
    {
        using var database = Database.Open(folder, Settings.Get(folder, "database", options.Database), "main");
        using var stop = new CancellationTokenSource();
        ConsoleCancelEventHandler interrupted = (_, e) =>
        {
            // The first Ctrl-C stops after the present step; the second one at once.
            e.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        };
        Console.CancelKeyPress += interrupted;
        using var terminated = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, context =>
        {
            context.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        });
        try
        {
            using var progress = new ProgressBar(Console.Error, !Console.IsErrorRedirected);
            return command(new Work
            {
                Press = Press.Open(database, TimeProvider.System, new MediaFolder(folder)),
                Folder = folder,
                Out = Console.Out,
                Error = Console.Error,
                WorkingFolder = Environment.CurrentDirectory,
                Input = Console.In.ReadToEnd,
                Progress = progress,
                Stop = stop.Token,
            });
        }
        finally
        {
            Console.CancelKeyPress -= interrupted;
        }
    }
}
