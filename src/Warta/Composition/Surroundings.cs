using System.Collections.Concurrent;
using Warta.Content;

namespace Warta.Composition;

/// <summary>What all pages of the newsroom have around them, as it stood after one event: titles, sections, menus and themes. Never changes; a newer one takes its place.</summary>
public sealed class Surroundings(long position, TitleDirectory titles, IReadOnlyDictionary<long, Masthead> mastheads)
{
    /// <summary>Host headers that are remembered: anybody may send any.</summary>
    private const int MostHosts = 1_000;

    private readonly ConcurrentDictionary<string, Masthead?> _hosts = new();

    /// <summary>The number of the event that these came after.</summary>
    public long Position => position;
    public TitleDirectory Titles => titles;
    public IReadOnlyDictionary<long, Masthead> Mastheads => mastheads;

    public Masthead Of(Title title) => mastheads[title.Id];

    /// <summary>The title that a request's Host header asks for; null where it has another primary host, which the reader is led to.</summary>
    public Masthead? ByHost(HostString host)
    {
        var text = host.Value ?? "";
        if (_hosts.TryGetValue(text, out var known)) return known;
        var title = titles.ByHost(host.Host);
        var found = PrimaryHost(title, host.Host) is null ? mastheads[title.Id] : null;
        if (_hosts.Count < MostHosts) _hosts.TryAdd(text, found);
        return found;
    }

    /// <summary>Where the readers of a host are led to: a title with a <c>url</c> is at that address only, under whichever of its hosts it is asked for. Null where it stays.</summary>
    public static string? PrimaryHost(Title title, string host) =>
        title.Url.Length > 0 && title.Hosts.Contains(host.TrimEnd('.'), StringComparer.OrdinalIgnoreCase) && !new Uri(title.Url).Host.Equals(host, StringComparison.OrdinalIgnoreCase) ? title.Url : null;

    public Surroundings After(long number) => new(number, titles, mastheads);
}
