using Warta.Composition;
using Warta.Exchange;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Cli;

/// <summary>
/// Where a command does its work: in this process, when the data folder is free, or inside the server that holds it. Both run the same code.
/// </summary>
public interface ICommandHost
{
    /// <returns>The exit code: 0 done, 1 failed.</returns>
    int Run(DataOptions options, Func<Work, int> command);
}

/// <param name="Data">The folder, where one is named.</param>
/// <param name="Database">A PostgreSQL connection string, where one is named.</param>
public sealed record DataOptions(string? Data, string? Database);

/// <summary>What a command works with.</summary>
public sealed record Work
{
    public required Press Press { get; init; }

    /// <summary>Asks the site what it shows; null where none is served from here.</summary>
    public Witness? Witness { get; init; }
    public required DataFolder Folder { get; init; }
    public required TextWriter Out { get; init; }
    public required TextWriter Error { get; init; }

    /// <summary>The folder in which the command was typed; paths in it are relative to this.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>All of standard input, read when it's needed.</summary>
    public required Func<string> Input { get; init; }
    public required IProgress<ImportProgress> Progress { get; init; }
    public required CancellationToken Stop { get; init; }

    public string PathOf(string path) => Path.GetFullPath(path, WorkingFolder);
}
