using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Warta.Bench;

/// <summary>The limit: the server that Warta stands on, sending bytes from memory and doing nothing else.</summary>
internal static class BareKestrel
{
    /// <param name="from">A file, which every address is answered with, or a folder of .gz files, each of which answers its path.</param>
    public static int Serve(string from)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        using var app = builder.Build();
        if (Directory.Exists(from))
        {
            var pages = Directory.EnumerateFiles(from, "*.gz", SearchOption.AllDirectories).ToDictionary(file => "/" + Path.GetRelativePath(from, file)[..^3], File.ReadAllBytes);
            app.Run(context =>
            {
                context.Response.Headers.ContentEncoding = "gzip";
                return Send(context, pages[context.Request.Path.Value!]);
            });
        }
        else
        {
            var page = File.ReadAllBytes(from);
            app.Run(context => Send(context, page));
        }

        app.Start();
        Console.WriteLine(app.Urls.First());
        // Ends with the bench, even when that is killed.
        Console.In.ReadToEnd();
        return 0;
    }

    private static Task Send(HttpContext context, byte[] page)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = page.Length;
        return context.Response.Body.WriteAsync(page).AsTask();
    }
}
