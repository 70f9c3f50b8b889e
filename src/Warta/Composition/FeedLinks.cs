using Warta.Content;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>Where a list's feeds are: beside it, under these names.</summary>
public static class FeedLinks
{
    public const string Rss = "rss.xml", Atom = "atom.xml", Json = "feed.json";
    public const string RssType = "application/rss+xml", AtomType = "application/atom+xml", JsonType = "application/feed+json";

    /// <param name="address">The list's own, from the root: "/" or "/tag/beras".</param>
    /// <param name="name">What the list is of; empty for the whole title.</param>
    public static IReadOnlyList<FeedLink> Of(Title title, string address, string name) =>
    [
        new(RssType, Name(title, name) + " (RSS)", At(address, Rss)),
        new(AtomType, Name(title, name) + " (Atom)", At(address, Atom)),
        new(JsonType, Name(title, name) + " (JSON)", At(address, Json)),
    ];

    public static string Name(Title title, string name) => name.Length == 0 ? title.Name : $"{name} – {title.Name}";

    public static string At(string address, string file) => address.TrimEnd('/') + "/" + file;
}
