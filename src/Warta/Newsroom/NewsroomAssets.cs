using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Warta.Newsroom;

/// <summary>The newsroom's own style and scripts, inside the executable. Their addresses name their content, so browsers keep them for ever.</summary>
internal static class NewsroomAssets
{
    private sealed record Asset(byte[] Bytes, string Type, string Version);

    private static readonly FrozenDictionary<string, Asset> All = typeof(NewsroomAssets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("newsroom/", StringComparison.Ordinal))
        .ToFrozenDictionary(name => name["newsroom/".Length..], Read);

    /// <summary>Whether Warta was built with this file: the story editor is missing where there was no Node.js.</summary>
    public static bool Has(string file) => All.ContainsKey(file);

    public static string Address(string file) => $"/newsroom/assets/{file}?v={All[file].Version}";

    public static IResult Send(string file)
    {
        if (!All.TryGetValue(file, out var asset)) return Results.NotFound();
        return new Sent(asset);
    }

    /// <summary>What keeps story pages for times without a network. Browsers ask for it anew, so that a new Warta brings a new one.</summary>
    public static IResult SendWorker(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; connect-src 'self'";
        return new Sent(All["offline.js"], "no-cache");
    }

    private sealed class Sent(Asset asset, string cached = "public, max-age=31536000, immutable") : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            context.Response.Headers.CacheControl = cached;
            context.Response.ContentType = asset.Type;
            context.Response.ContentLength = null;
            return context.Response.BodyWriter.WriteAsync(asset.Bytes).AsTask();
        }
    }

    private static Asset Read(string name)
    {
        using var stream = typeof(NewsroomAssets).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new Asset(bytes, name.EndsWith(".css", StringComparison.Ordinal) ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8", Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]);
    }
}
