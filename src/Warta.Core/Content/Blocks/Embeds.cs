namespace Warta.Content;

/// <summary>A provider and the one address that we keep for what it shows.</summary>
public sealed record Embed(string Provider, string Url);

/// <summary>
/// The providers whose posts and films a story may show. An address is recognised in any of the forms that people paste
/// and that iframes use; whatever is not recognised is not an embed.
/// </summary>
public static class Embeds
{
    private static readonly Dictionary<string, string> ProviderNames = new(StringComparer.Ordinal)
    {
        ["youtube"] = "YouTube",
        ["x"] = "X",
        ["instagram"] = "Instagram",
        ["tiktok"] = "TikTok",
        ["facebook"] = "Facebook",
        ["vimeo"] = "Vimeo",
        ["spotify"] = "Spotify",
    };

    internal static string Known => string.Join(", ", ProviderNames.Keys);

    /// <summary>"youtube" → "YouTube"; a name that we don't know stays as it is.</summary>
    public static string NameOf(string provider) => ProviderNames.GetValueOrDefault(provider, provider);

    /// <summary>Null when the address shows nothing at a provider that we know.</summary>
    public static Embed? Recognise(string? address) => Recognise(address, mayNest: true);

    private static Embed? Recognise(string? address, bool mayNest)
    {
        if (address is null)
            return null;
        address = address.Trim();
        if (address.StartsWith("//", StringComparison.Ordinal))
            address = "https:" + address;
        if (Links.Normalise(address) is not { } link || link[0] == '/' || !Uri.TryCreate(link, UriKind.Absolute, out var uri) || !uri.IsDefaultPort)
            return null;
        if (uri.Scheme is not ("http" or "https"))
            return null;

        var host = uri.Host;
        foreach (var prefix in (ReadOnlySpan<string>)["www.", "m.", "mobile.", "web.", "music."])
        {
            if (host.StartsWith(prefix, StringComparison.Ordinal))
                host = host[prefix.Length..];
        }
        var path = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return host switch
        {
            "youtube.com" or "youtube-nocookie.com" => YouTube(path, uri.Query),
            "youtu.be" => path.Length == 1 ? YouTubeFilm(path[0]) : null,
            "twitter.com" or "x.com" => Post(path),
            "platform.twitter.com" => Query(uri.Query, "id") is { } id && IsNumber(id) ? new("x", $"https://x.com/i/status/{id}") : null,
            "instagram.com" => Instagram(path),
            "tiktok.com" => TikTok(path),
            "vm.tiktok.com" or "vt.tiktok.com" => path.Length == 1 && IsCode(path[0]) ? new("tiktok", $"https://{host}/{path[0]}/") : null,
            "facebook.com" => Facebook(path, uri.Query, mayNest),
            "fb.watch" => path.Length == 1 && IsCode(path[0]) ? new("facebook", $"https://fb.watch/{path[0]}/") : null,
            "vimeo.com" or "player.vimeo.com" => Vimeo(path, uri.Query),
            "open.spotify.com" => Spotify(path),
            _ => null,
        };
    }

    private static Embed? YouTube(string[] path, string query) => path switch
    {
        ["watch"] => YouTubeFilm(Query(query, "v")),
        ["embed", "videoseries"] or ["playlist"] => Query(query, "list") is { } list && IsCode(list) ? new("youtube", $"https://www.youtube.com/playlist?list={list}") : null,
        ["embed" or "shorts" or "live" or "v", var film] => YouTubeFilm(film),
        _ => null,
    };

    private static Embed? YouTubeFilm(string? id) =>
        id is { Length: 11 } && IsCode(id) ? new("youtube", $"https://www.youtube.com/watch?v={id}") : null;

    private static Embed? Post(string[] path) => path switch
    {
        ["i", "web", "status", var id, ..] when IsNumber(id) => new("x", $"https://x.com/i/status/{id}"),
        [var name, "status" or "statuses", var id, ..] when IsCode(name) && IsNumber(id) => new("x", $"https://x.com/{name}/status/{id}"),
        _ => null,
    };

    private static Embed? Instagram(string[] path) => path switch
    {
        ["p" or "reel" or "tv", var id, ..] when IsCode(id) => new("instagram", $"https://www.instagram.com/{path[0]}/{id}/"),
        ["reels", var id, ..] when IsCode(id) => new("instagram", $"https://www.instagram.com/reel/{id}/"),
        [_, "p" or "reel" or "tv", var id, ..] when IsCode(id) => new("instagram", $"https://www.instagram.com/{path[1]}/{id}/"),
        _ => null,
    };

    private static Embed? TikTok(string[] path) => path switch
    {
        [['@', .. var name], "video" or "photo", var id, ..] when IsCode(name) && IsNumber(id) => new("tiktok", $"https://www.tiktok.com/@{name}/{path[1]}/{id}"),
        ["embed" or "player", "v1" or "v2" or "v3", var id, ..] when IsNumber(id) => new("tiktok", $"https://www.tiktok.com/embed/v2/{id}"),
        ["embed", var id] when IsNumber(id) => new("tiktok", $"https://www.tiktok.com/embed/v2/{id}"),
        _ => null,
    };

    private static Embed? Facebook(string[] path, string query, bool mayNest)
    {
        const string Site = "https://www.facebook.com/";
        switch (path)
        {
            case ["plugins", "post.php" or "video.php"]:
                return mayNest && Recognise(Query(query, "href"), mayNest: false) is { Provider: "facebook" } inner ? inner : null;
            case ["watch"]:
                return Query(query, "v") is { } film && IsNumber(film) ? new("facebook", $"{Site}watch/?v={film}") : null;
            case ["reel", var reel] when IsNumber(reel):
                return new("facebook", $"{Site}reel/{reel}/");
            case ["permalink.php" or "story.php"]:
                return Query(query, "story_fbid") is { } story && IsCode(story) && Query(query, "id") is { } page && IsNumber(page)
                    ? new("facebook", $"{Site}permalink.php?story_fbid={story}&id={page}")
                    : null;
            case ["photo" or "photo.php"]:
                return Query(query, "fbid") is { } photo && IsNumber(photo) ? new("facebook", $"{Site}photo/?fbid={photo}") : null;
            case [var name, "posts" or "videos", .., var id] when IsCode(name) && IsCode(id):
                return new("facebook", $"{Site}{name}/{path[1]}/{id}");
            default:
                return null;
        }
    }

    private static Embed? Vimeo(string[] path, string query)
    {
        if (path is ["video", var played, ..])
            path = Query(query, "h") is { } secret ? [played, secret] : [played];
        return path switch
        {
            [var id] when IsNumber(id) => new("vimeo", $"https://vimeo.com/{id}"),
            // Unlisted films have a second part without which they don't play.
            [var id, var secret] when IsNumber(id) && IsCode(secret) => new("vimeo", $"https://vimeo.com/{id}/{secret}"),
            _ => null,
        };
    }

    private static Embed? Spotify(string[] path)
    {
        if (path.Length > 0 && path[0].StartsWith("intl-", StringComparison.Ordinal))
            path = path[1..];
        if (path is ["embed", ..])
            path = path[1..];
        return path is ["track" or "album" or "playlist" or "artist" or "episode" or "show", var id] && IsCode(id)
            ? new("spotify", $"https://open.spotify.com/{path[0]}/{id}")
            : null;
    }

    private static string? Query(string query, string name)
    {
        foreach (var pair in query.TrimStart('?').Split('&'))
        {
            if (pair.StartsWith(name, StringComparison.Ordinal) && pair.Length > name.Length && pair[name.Length] == '=')
                return Uri.UnescapeDataString(pair[(name.Length + 1)..]);
        }
        return null;
    }

    private static bool IsNumber(string text) => text.Length is > 0 and <= 30 && text.All(char.IsAsciiDigit);

    private static bool IsCode(string text) => text.Length is > 0 and <= 100 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
