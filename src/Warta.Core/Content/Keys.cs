using Warta.Storage;

namespace Warta.Content;

/// <summary>The keys of all that pages are made of.</summary>
public static class Keys
{
    /// <summary>The titles with their hosts and settings, and all sections.</summary>
    public static readonly Key Titles = Key.Of(1, 0);

    /// <summary>The register of corrections.</summary>
    public static readonly Key Corrections = Key.Of(2, 0);

    /// <summary>The register of what was taken down or purged.</summary>
    public static readonly Key Removals = Key.Of(3, 0);

    /// <summary>A story: its words, where it stands and whether it is live, its corrections, read-alsos and related stories.</summary>
    public static Key Article(long id) => Key.Of(4, id);
    public static Key Author(long id) => Key.Of(5, id);
    public static Key Media(long id) => Key.Of(6, id);

    /// <summary>The standing pages of a title.</summary>
    public static Key Pages(long titleId) => Key.Of(7, titleId);

    /// <summary>Which stories stand in a list, and in what order.</summary>
    /// <param name="kind">A <see cref="ListingKind"/>.</param>
    public static Key List(long titleId, string kind, long keyId) => Key.Of(8, titleId, Terms.Hash(kind), keyId);

    /// <param name="sectionId">0 for the title's own list.</param>
    public static Key Picks(long titleId, long sectionId) => Key.Of(9, titleId, sectionId, 0);

    /// <summary>What editors keep out of a title's most read.</summary>
    public static Key PopularExclusions(long titleId) => Key.Of(14, titleId);

    /// <summary>A tag's name and address.</summary>
    public static Key Tag(long id) => Key.Of(20, id);

    /// <summary>Whether an address leads elsewhere.</summary>
    /// <param name="path">As <see cref="Redirects.Normal"/> makes it.</param>
    public static Key Redirect(long titleId, string path) => Key.Of(21, titleId, Terms.Hash(path), 0);

    /// <summary>Notes that these stories were read.</summary>
    public static List<T> Noted<T>(this Session session, List<T> stories) where T : Story
    {
        if (session.Reading is not { } reading) return stories;
        foreach (var story in stories)
        {
            reading.Keys.Add(Article(story.ArticleId));
            if (story.ExpiresAt is { } end) reading.GoneAt(end);
        }

        return stories;
    }

    /// <summary>Notes that these articles were looked for, live or not.</summary>
    public static void NoteArticles(this Session session, IEnumerable<long> ids)
    {
        if (session.Reading is not { } reading) return;
        foreach (var id in ids) reading.Keys.Add(Article(id));
    }
}
