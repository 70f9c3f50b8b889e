using Warta.Storage;

namespace Warta.Content;

/// <summary>An address of a title that leads elsewhere because editors say so.</summary>
public sealed record Redirect
{
    /// <summary>As <see cref="Redirects.Normal"/> makes it.</summary>
    public string Path { get; init; } = "";

    /// <summary>A path on this site or an address with https://; empty where what was there is gone.</summary>
    public string Target { get; init; } = "";

    /// <summary>301, 302 or 410.</summary>
    public long Status { get; init; }

    /// <summary>It goes before the page that stands at its address.</summary>
    public bool Shadows { get; init; }
    public DateTimeOffset SetAt { get; init; }
    public string SetBy { get; init; } = "";
}

/// <summary>The addresses of before, from another system or another time. They are looked up only where nothing stands.</summary>
public static class Redirects
{
    public const int Gone = 410, LongestPath = 1_000, LongestTarget = 2_000;
    private const string Columns = "path, target, status, shadows, set_at, set_by";

    /// <summary>However a reader spells it: "/Berita/Lama/" and "/berita/lama" are one address.</summary>
    /// <param name="path">Decoded.</param>
    public static string Normal(string path) => "/" + path.Trim('/').ToLowerInvariant();

    /// <param name="path">As <see cref="Normal"/> makes it.</param>
    public static Redirect? Find(Session session, long titleId, string path) =>
        session.First<Redirect>($"SELECT {Columns} FROM redirects WHERE title_id = @titleId AND path = @path", new { titleId, path });

    /// <summary>In the order of their addresses.</summary>
    /// <param name="search">A part of the old address or of the new one; empty for all.</param>
    /// <param name="after">Those that come after this address.</param>
    public static List<Redirect> Page(Session session, long titleId, string search, string after, int count)
    {
        var like = "%" + search.ToLowerInvariant().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal) + "%";
        return session.Query<Redirect>($"""
            SELECT {Columns} FROM redirects
            WHERE title_id = @titleId AND path > @after{(search.Length == 0 ? "" : " AND (path LIKE @like ESCAPE '!' OR lower(target) LIKE @like ESCAPE '!')")}
            ORDER BY path LIMIT @count
            """, new { titleId, after, like, count });
    }

    /// <summary>The old address as it is kept, from a path or a whole address of the site before.</summary>
    /// <exception cref="ContentException">It can't be one.</exception>
    public static string ReadPath(string text)
    {
        text = text.Trim();
        if (text.Contains('?') || text.Contains('#')) throw new ContentException($"\"{text}\": what stands behind ? or # can't be told apart. Give the path alone.");
        var path = Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address.AbsolutePath : text;
        if (!path.StartsWith('/') || path.StartsWith("//", StringComparison.Ordinal)) throw new ContentException($"\"{text}\" is no address of this site: it begins with one slash.");
        path = Normal(Uri.UnescapeDataString(path));
        if (path == "/" || path.Length > LongestPath || path.Any(c => char.IsControl(c) || c == '\\')) throw new ContentException($"\"{text}\" can't be redirected.");
        return path;
    }

    /// <summary>Where it leads, as it stands in an answer: plain ASCII, on this site or with http:// or https://.</summary>
    /// <exception cref="ContentException">It can't be one.</exception>
    public static string ReadTarget(string text)
    {
        text = text.Trim();
        if (text.Length is 0 or > LongestTarget || text.Any(c => char.IsControl(c) || c == '\\')) throw new ContentException($"\"{text}\" can't be where an address leads: give a path on this site, or an address with https://.");
        if (text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal) && Uri.TryCreate("http://x" + text, UriKind.Absolute, out var path)) return path.PathAndQuery + path.Fragment;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0) return address.GetComponents(UriComponents.HttpRequestUrl | UriComponents.Fragment, UriFormat.UriEscaped);
        throw new ContentException($"\"{text}\" can't be where an address leads: give a path on this site, or an address with https://.");
    }

    /// <summary>The path on a title's own site that a target means; null for one elsewhere.</summary>
    public static string? PathOn(Title title, string target)
    {
        if (target.StartsWith('/')) return Normal(Uri.UnescapeDataString(new Uri("http://x" + target).AbsolutePath));
        var address = new Uri(target);
        return title.Hosts.Contains(address.Host, StringComparer.OrdinalIgnoreCase) || (title.Url.Length > 0 && new Uri(title.Url).Host == address.Host) ? Normal(Uri.UnescapeDataString(address.AbsolutePath)) : null;
    }
}
