using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Warta.House;
using Xunit;

namespace Warta.Engines;

/// <summary>A test with a real Varnish. Where it isn't installed the test is skipped; in CI it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VarnishFactAttribute : FactAttribute
{
    public VarnishFactAttribute() => Skip = File.Exists(Varnish.Program) || Requirements.InCI ? null : "Varnish is not here: install Debian's package varnish";
}

/// <summary>A Varnish before a site, set up as docs/operate.md says.</summary>
internal sealed class Varnish : IDisposable
{
    public const string Program = "/usr/sbin/varnishd";
    private readonly string _folder = Directory.CreateTempSubdirectory("warta-varnish-").FullName;
    private readonly Process _process;

    public Varnish(Uri origin)
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        var text = File.ReadAllText(Checkout.Path("docs/operate.md"));
        var from = text.IndexOf("```vcl\n", StringComparison.Ordinal) + 7;
        var vcl = text[from..text.IndexOf("```", from, StringComparison.Ordinal)].Replace(".port = \"5080\"", $".port = \"{origin.Port}\"");
        Assert.Contains($"\"{origin.Port}\"", vcl);
        File.WriteAllText(Path.Combine(_folder, "warta.vcl"), vcl);
        var start = new ProcessStartInfo(Program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { "-F", "-n", Path.Combine(_folder, "work"), "-a", Address.Authority, "-f", Path.Combine(_folder, "warta.vcl"), "-s", "malloc,32m", "-j", "none" }) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        var said = _process.StandardError.ReadToEndAsync();
        for (var tries = 0; !IsListening(); tries++)
        {
            Assert.False(_process.HasExited, "Varnish ended: " + (_process.HasExited ? said.Result : ""));
            Assert.True(tries < 600, "Varnish doesn't listen.");
            Thread.Sleep(50);
        }
    }

    public Uri Address { get; }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private bool IsListening()
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, Address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
