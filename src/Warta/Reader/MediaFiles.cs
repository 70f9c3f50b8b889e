using System.Globalization;
using System.Text.RegularExpressions;
using Warta.Composition;
using Warta.Content;

namespace Warta.Reader;

/// <summary>
/// A picture's file: <c>/media/{key}/{shape}-{width}.{format}</c>. Its address names its content, so browsers keep it for ever; but each request asks whether a live
/// story shows it (or it is an author's portrait), so that a draft's picture can't be guessed and a takedown takes it along.
/// </summary>
internal static partial class MediaFiles
{
    private const long Year = 31_536_000;

    private static readonly Dictionary<string, string> ContentTypes = new() { ["webp"] = "image/webp", ["avif"] = "image/avif", ["jpg"] = "image/jpeg" };

    public static async Task Send(HttpContext context, Site site)
    {
        var response = context.Response;
        var key = KeyForm().Match(context.Request.RouteValues["key"]?.ToString() ?? "");
        var name = FileForm().Match(context.Request.RouteValues["file"]?.ToString() ?? "");
        if (!key.Success || !name.Success || Shown(site, key, name) is not { Id: > 0 } shown || new FileInfo(site.Press.Media.FileOf(key.Value, name.Value)) is not { Exists: true } file)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            response.Headers.CacheControl = "no-store";
            return;
        }

        response.ContentType = ContentTypes[name.Groups["format"].Value];
        response.ContentLength = file.Length;
        // No cache keeps it beyond its licence; one in front of us is told when it goes earlier.
        var seconds = shown.Until is { } until ? Math.Clamp((until - site.Press.Now.ToUnixTimeMilliseconds()) / 1_000, 0, Year) : Year;
        response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"public, max-age={seconds}, immutable");
        if (site.Outer.Target is { } outer) response.Headers[outer.TagHeader] = OuterCaches.Tag(Keys.Media(shown.Id));
        if (!HttpMethods.IsHead(context.Request.Method)) await response.SendFileAsync(file.FullName, context.RequestAborted);
    }

    /// <summary>The picture that a live story shows by this file, and how long it may; of two with the same file, the one that may longer.</summary>
    private static (long Id, long? Until) Shown(Site site, Match key, Match name) => site.Read(session => session.First<(long, long?)>("""
        SELECT m.id, m.expires_at
        FROM media m
        JOIN renditions r ON r.media_id = m.id AND r.shape = @shape AND r.width = @width AND r.format = @format
        WHERE m.hash = @hash AND m.focus_x = @x AND m.focus_y = @y AND m.purged_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > @Now)
          AND (EXISTS (SELECT 1 FROM media_uses u WHERE u.media_id = m.id) OR EXISTS (SELECT 1 FROM authors a WHERE a.portrait_id = m.id))
        ORDER BY m.expires_at IS NULL DESC, m.expires_at DESC
        LIMIT 1
        """, new
    {
        shape = name.Groups["shape"].Value,
        width = int.Parse(name.Groups["width"].Value),
        format = name.Groups["format"].Value,
        hash = key.Groups["hash"].Value,
        x = key.Groups["x"].Success ? int.Parse(key.Groups["x"].Value) : 50,
        y = key.Groups["y"].Success ? int.Parse(key.Groups["y"].Value) : 50,
        site.Press.Now,
    }));

    [GeneratedRegex("^(?<hash>[0-9a-f]{32})(-(?<x>[0-9]{1,3})x(?<y>[0-9]{1,3}))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex KeyForm();

    [GeneratedRegex("^(?<shape>whole|wide|square|share)-(?<width>[1-9][0-9]{0,4})\\.(?<format>webp|avif|jpg)$", RegexOptions.ExplicitCapture)]
    private static partial Regex FileForm();
}
