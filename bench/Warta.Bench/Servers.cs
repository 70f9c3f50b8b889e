using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Warta.Bench;

/// <summary>A server that is measured. It answers when it comes out of <see cref="Servers"/>.</summary>
internal sealed record Server(string Name, Process Process, int Port);

/// <summary>Starts those that are compared: Warta, a bare Kestrel and nginx, each at a free port of loopback.</summary>
internal static class Servers
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    /// <summary>Each wants a temporary folder, though none is used.</summary>
    private static readonly string[] NginxModules = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

    public static string Warta
    {
        get
        {
            var program = Path.Combine(Archive.Checkout, "artifacts", "bin", "Warta", "release", "warta.dll");
            return File.Exists(program) ? program : throw new FileNotFoundException($"{program} isn't built. Run bin/bench, which builds it.");
        }
    }

    /// <param name="isPinned">To the server's core.</param>
    public static Server StartWarta(Children children, string data, bool isPinned, params string[] more)
    {
        var port = Connection.FreePort();
        string[] command = ["dotnet", Warta, "serve", "--data", data, "--urls", $"http://127.0.0.1:{port}", .. more];
        var process = children.Start(isPinned ? Cores.OnServer(command) : command);
        // Read to the end, so that a full pipe never holds it up.
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return Opened(children, "Warta", process, port);
    }

    /// <param name="from">A file, which it sends for every address, or a folder of .gz files, each of which it sends for its path.</param>
    public static Server StartKestrel(Children children, string from, bool isPinned)
    {
        string[] command = ["dotnet", typeof(Servers).Assembly.Location, "kestrel", from];
        var process = children.Start(isPinned ? Cores.OnServer(command) : command);
        return new Server("bare Kestrel", process, new Uri(process.StandardOutput.ReadLine() ?? throw new IOException("The bare Kestrel didn't start.")).Port);
    }

    /// <summary>With a configuration of its own; null where it isn't installed.</summary>
    /// <param name="www">Of files, or of .gz files alone when <paramref name="isGzip"/>.</param>
    public static Server? StartNginx(Children children, string www, bool isGzip, bool isPinned)
    {
        if (Cores.Find("nginx") is not { } program) return null;
        var port = Connection.FreePort();
        var folder = Path.GetDirectoryName(www)!;
        var temporary = string.Concat(NginxModules.Select(kind => $"{kind}_temp_path {folder}/nginx-{kind}; "));
        var configuration = new StringBuilder()
            .AppendLine("daemon off; worker_processes 1; error_log stderr;")
            // As root its workers would be another user, whom our folder is closed to.
            .AppendLine(Environment.IsPrivilegedProcess ? "user root;" : "")
            .AppendLine($"pid {folder}/nginx.pid; events {{ }}")
            .AppendLine($"http {{ access_log off; sendfile on; keepalive_requests 1000000; default_type text/html; {(isGzip ? "gzip_static always; open_file_cache max=20000; " : "")}{temporary}")
            .AppendLine($"  server {{ listen 127.0.0.1:{port}; root {www}; }} }}");
        File.WriteAllText(Path.Combine(folder, "nginx.conf"), configuration.ToString());
        string[] command = [program, "-e", "stderr", "-p", folder, "-c", Path.Combine(folder, "nginx.conf")];
        return Opened(children, "nginx", children.Start(isPinned ? Cores.OnServer(command) : command), port);
    }

    /// <summary>The server, once its port is open.</summary>
    private static Server Opened(Children children, string name, Process process, int port)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                new Connection(port).Dispose();
                return new Server(name, process, port);
            }
            catch (SocketException)
            {
                if (process.HasExited) throw new IOException(children.EndOf(process));
                if (clock.Elapsed > StartLimit) throw new TimeoutException($"Nothing answered at port {port} within {StartLimit}.");
                Thread.Sleep(2);
            }
        }
    }
}
