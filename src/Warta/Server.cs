using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.ResponseCompression;
using Warta.Accounts;
using Warta.Api;
using Warta.Cli;
using Warta.Cli.Commands;
using Warta.Composition;
using Warta.Demo;
using Warta.Discovery;
using Warta.Feeds;
using Warta.Media;
using Warta.Newsroom;
using Warta.Publishing;
using Warta.Storage;
using Warta.Themes;

namespace Warta;

/// <summary>Bytes for pages that are kept.</summary>
internal sealed record PageLimits(long Memory, long Disk);

/// <summary>What <c>serve</c> does, in order: hold the data folder, open the databases, apply what is overdue, open the port, keep the Timetable.</summary>
internal static class Server
{
    public static int Run(ServeOptions options)
    {
        var folder = Settings.Folder(options.Data.Data);
        using var held = folder.TryLock() ?? throw new StorageException($"Another warta process works in {folder.Path}. Stop it first, or serve another folder with --data.");
        var connection = Settings.Get(folder, "database", options.Data.Database);
        var urls = Settings.Get(folder, "urls", options.Urls)!;
        using var database = Database.Open(folder, connection, "main");
        using var reads = Database.Open(folder, connection, "reads");
        var press = Press.Open(database, TimeProvider.System, new MediaFolder(folder));
        if (options.IsDemo) DemoPaper.Fill(press, folder);
        using var app = Build(folder, press, reads, urls, new PageLimits(Megabytes(folder, "page-memory", options.PageMemory), Megabytes(folder, "page-disk", options.PageDisk)), out var site, out var pages, out var themes, out var setUp);
        using var kept = pages;
        if (options.IsDemo) DemoStrip.Map(app, site);

        press.ExpireDue();
        press.ExpireDuePictures();
        using var control = new ControlServer(folder, press, site.Witness);
        app.Lifetime.ApplicationStarted.Register(site.Witness.Begin);
        app.Lifetime.ApplicationStopping.Register(site.Witness.End);
        var timetable = new Timetable(site, pages, themes, app.Logger, options.IsDemo ? new DemoReaders(site) : null);
        return Serve(app, folder, urls, timetable, options.IsDemo ? port => DemoTitles.Notice(port) + Environment.NewLine + DemoStaff.Notice(folder, port) : null, setUp);
    }

    /// <summary>The application without its port, as tests start it too.</summary>
    public static WebApplication Build(DataFolder folder, Press press, Database reads, string urls, PageLimits limits, out Site site, out Pages pages, out ThemeStore themes, out SetUp setUp)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning).AddFilter("Warta", LogLevel.Information)
            // Why the port couldn't be opened is said once, in a sentence.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
            // It logs nothing that anybody sees, and makes a trace for each request in case it does.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 32 << 20;
            // Whatever is pasted into the search form stands in the address, each byte as three.
            kestrel.Limits.MaxRequestLineSize = 128 << 10;
        });
        builder.WebHost.UseUrls(urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        builder.Services.AddOpenApi();
        builder.Services.AddRateLimiter(limits =>
        {
            ApiLimits.Add(limits);
            NewsroomLimits.Add(limits);
        });
        builder.Services.AddRazorComponents();
        // Razor components ask for it and nothing of ours uses it: no keys are kept on disk.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddPasskeys(press);
        builder.Services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, .. FeedRoutes.ContentTypes];
        });
        var app = builder.Build();

        var themeLog = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Warta.Themes");
        themes = new ThemeStore(folder, Settings.Get(folder, "themes", null), message => themeLog.LogWarning("{Message}", message));
        var mostRead = new MostRead(reads, NodeName(folder), press.Now);
        site = new Site(press, mostRead, themes, () => app.Urls.First());
        // The engine compiles a theme in a few hundred milliseconds: meanwhile the rest can start.
        var first = themes;
        var theme = press.Titles.Default["theme"];
        _ = Task.Run(() => first.Get(theme));
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Warta.Pages");
        pages = new Pages(site, limits.Memory, new PageDisk(Path.Combine(folder.Path, "pages"), limits.Disk, message => log.LogWarning("{Message}", message)));
        setUp = new SetUp(press.Database);
        site.Proxies = TrustedProxies.Read(Settings.Get(folder, "trusted-proxies", null));
        (site.Outer.Target, site.Outer.Node) = (Purge(folder), NodeName(folder));
        site.Witness.Failing = e => log.LogError(e, "A receipt could not be kept.");
        site.Freshness.Failing = e => log.LogError(e, "What has just changed is known, but the lists that show it could not be read again.");
        app.MapWarta(site, pages, setUp);
        if (press.Database.Read(RebuildRelated.IsAdvisable)) log.LogWarning("{Advice}", RebuildRelated.Advice);
        return app;
    }

    /// <exception cref="StorageException">The setting is no number.</exception>
    private static long Megabytes(DataFolder folder, string key, string? flag) => long.TryParse(Settings.Get(folder, key, flag), out var megabytes) && megabytes is >= 0 and <= 1 << 24
        ? megabytes << 20
        : throw new StorageException($"--{key} is a number of megabytes, such as 256.");

    /// <exception cref="StorageException">The setting names no cache.</exception>
    private static PurgeTarget? Purge(DataFolder folder) => Settings.Get(folder, "purge", null) is not { } text ? null
        : PurgeTarget.Read(text) ?? throw new StorageException($"The setting \"purge\" is {PurgeTarget.Help}.");

    /// <param name="notice">What else to say of an address, once the port is open.</param>
    private static int Serve(WebApplication app, DataFolder folder, string urls, Timetable timetable, Func<int, string>? notice, SetUp setUp)
    {
        try
        {
            app.Start();
        }
        catch (Exception e) when (e is IOException { InnerException: AddressInUseException } or AddressInUseException)
        {
            throw new StorageException($"{urls} is in use by another program. Stop it, or choose another address with --urls http://localhost:PORT.", e);
        }
        catch (Exception e) when (e is SocketException or IOException or FormatException or InvalidOperationException)
        {
            throw new StorageException($"Can't listen at {urls}: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Choose another address with --urls http://localhost:PORT.", e);
        }

        Console.WriteLine($"Warta is at {string.Join(" and ", app.Urls)}, with its data in {folder.Path}. Stop it with Ctrl-C.");
        if (notice is not null) Console.WriteLine(notice(new Uri(app.Urls.First().Replace("[::]", "localhost")).Port));
        if (setUp.IsOpen) Console.WriteLine($"Nobody can sign in yet. Make the first account at {app.Urls.First().Replace("[::]", "localhost")}/newsroom/setup?key={setUp.Secret}");
        using var stop = new CancellationTokenSource();
        var recurring = timetable.RunAsync(stop.Token);
        app.WaitForShutdown();
        stop.Cancel();
        recurring.GetAwaiter().GetResult();
        return 0;
    }

    /// <summary>This process among those that may count reads into one database.</summary>
    private static string NodeName(DataFolder folder) => $"{Environment.MachineName}:{folder.Path}";
}
