using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Warta.Composition;
using Warta.Exchange;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Cli;

/// <summary>
/// What passes through the control socket, one JSON object a line. The client sends its arguments, folder and standard input; the server answers with
/// lines of output, errors and progress, and at last the exit code. A client that goes away stops its command.
/// </summary>
internal sealed record ControlMessage
{
    public string[]? Arguments { get; init; }
    public string? Folder { get; init; }
    public string? Input { get; init; }
    public string? Out { get; init; }
    public string? Error { get; init; }
    public ImportProgress? Progress { get; init; }
    public int? Exit { get; init; }
}

/// <summary>Asks the server that holds the data folder to run a command.</summary>
internal static class ControlClient
{
    /// <returns>The exit code; null when no server listens there.</returns>
    public static int? Run(DataFolder folder, string[] arguments)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(folder.ControlSocket));
        }
        catch (SocketException)
        {
            return null;
        }

        using var stream = new NetworkStream(socket);
        using var writer = new StreamWriter(stream) { AutoFlush = true };
        using var reader = new StreamReader(stream);
        var input = arguments.Contains("--password-stdin") ? Console.In.ReadToEnd() : null;
        writer.WriteLine(JsonSerializer.Serialize(new ControlMessage { Arguments = arguments, Folder = Environment.CurrentDirectory, Input = input }));
        using var progress = new ProgressBar(Console.Error, !Console.IsErrorRedirected);
        while (Next(reader) is { } line)
        {
            var message = JsonSerializer.Deserialize<ControlMessage>(line)!;
            if (message.Out is { } text) Console.Out.Write(text);
            if (message.Error is { } error) Console.Error.Write(error);
            if (message.Progress is { } step) progress.Report(step);
            if (message.Exit is { } code) return code;
        }

        throw new StorageException("The server stopped before the command was done. Start it again and repeat the command.");
    }

    private static string? Next(StreamReader reader)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (IOException)
        {
            return null;
        }
    }
}

/// <summary>Listens on the data folder's control socket, which only this user may open, and runs what commands ask for inside the server.</summary>
public sealed class ControlServer : IDisposable
{
    private readonly DataFolder _folder;
    private readonly Press _press;
    private readonly Witness _witness;
    private volatile bool _isStopping;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    /// <exception cref="StorageException">The socket can't be made.</exception>
    public ControlServer(DataFolder folder, Press press, Witness witness)
    {
        (_folder, _press, _witness) = (folder, press, witness);
        try
        {
            var parent = Path.GetDirectoryName(folder.ControlSocket)!;
            if (parent != folder.Path) Directory.CreateDirectory(parent, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            // Left by a server that was killed; the folder's lock is ours, so nobody listens.
            File.Delete(folder.ControlSocket);
            _listener.Bind(new UnixDomainSocketEndPoint(folder.ControlSocket));
            File.SetUnixFileMode(folder.ControlSocket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            _listener.Listen();
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The control socket {folder.ControlSocket} can't be made ({e.Message}). Give this user the right to write there.", e);
        }

        _ = AcceptAsync();
    }

    public void Dispose()
    {
        _isStopping = true;
        _listener.Dispose();
        try
        {
            File.Delete(_folder.ControlSocket);
        }
        catch (IOException)
        {
            // The next start removes it.
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = Task.Factory.StartNew(() => Serve(client), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    private void Serve(Socket client)
    {
        using var stream = new NetworkStream(client, ownsSocket: true);
        using var reader = new StreamReader(stream);
        using var stop = new CancellationTokenSource();
        var writing = new Lock();
        try
        {
            if (reader.ReadLine() is not { } line || JsonSerializer.Deserialize<ControlMessage>(line) is not { Arguments: { } arguments } request) return;
            _ = Task.Run(() => WaitForEnd(reader, stop));
            using var output = new Frames(text => Send(new ControlMessage { Out = text }));
            using var error = new Frames(text => Send(new ControlMessage { Error = text }));
            var host = new ServerHost(new Work
            {
                Press = _press,
                Witness = _witness,
                Folder = _folder,
                Out = output,
                Error = error,
                WorkingFolder = request.Folder ?? "/",
                Input = () => request.Input ?? "",
                Progress = new Relay(step => Send(new ControlMessage { Progress = step })),
                Stop = stop.Token,
            });
            var code = CommandLine.Invoke(CommandLine.Build(host), arguments, output, error);
            output.Flush();
            error.Flush();
            Send(new ControlMessage { Exit = code });
        }
        catch (Exception e) when (e is IOException or JsonException or ObjectDisposedException)
        {
            // The client is gone, or wasn't one of ours.
        }
        catch (Exception e)
        {
            // A server that is stopping closes its databases under the command: the client sees the connection end, and says so.
            if (_isStopping) return;
            Send(new ControlMessage { Error = CommandLine.Unforeseen(e) + "\n" });
            Send(new ControlMessage { Exit = 1 });
        }

        void Send(ControlMessage message)
        {
            var bytes = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message) + "\n");
            try
            {
                lock (writing) stream.Write(bytes);
            }
            catch (IOException)
            {
                stop.Cancel();
            }
        }
    }

    private static void WaitForEnd(StreamReader reader, CancellationTokenSource stop)
    {
        try
        {
            reader.ReadLine();
            stop.Cancel();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The command is done and its stream closed.
        }
    }

    private sealed class ServerHost(Work work) : ICommandHost
    {
        public int Run(DataOptions options, Func<Work, int> command) => command(work);
    }

    private sealed class Relay(Action<ImportProgress> send) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => send(value);
    }

    /// <summary>Sends what is written line by line.</summary>
    private sealed class Frames(Action<string> send) : TextWriter
    {
        private readonly StringBuilder _held = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            _held.Append(value);
            if (value == '\n') Flush();
        }

        public override void Flush()
        {
            if (_held.Length == 0) return;
            send(_held.ToString());
            _held.Clear();
        }
    }
}
