using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Warta.Bench;

/// <summary>The limit: the server that Warta stands on, sending a file's bytes from memory and doing nothing else.</summary>
internal static class BareKestrel
{
    public static int Serve(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        using var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.ContentLength = bytes.Length;
            return context.Response.Body.WriteAsync(bytes).AsTask();
        });
        app.Start();
        Console.WriteLine(app.Urls.First());
        // Ends with the bench, even when that is killed.
        Console.In.ReadToEnd();
        return 0;
    }
}
