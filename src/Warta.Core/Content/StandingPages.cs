using Warta.Storage;

namespace Warta.Content;

/// <summary>A page that stands as long as the newspaper does: editorial staff, press code, privacy, contact. Each title has its own.</summary>
public sealed record StandingPage
{
    public long TitleId { get; init; }
    public string Slug { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary>The block tree as JSON (docs/blocks.md).</summary>
    public string Body { get; init; } = "";

    /// <summary>Its place in the footer.</summary>
    public long Position { get; init; }
    public DateTimeOffset FromAt { get; init; }
}

public static class StandingPages
{
    /// <summary>Those that the press law and the press council want every newspaper to have: who makes it, and by which code.</summary>
    public static readonly IReadOnlyList<string> Duties = ["redaksi", "pedoman-media-siber"];

    private const string Columns = "title_id, slug, name, body, position, from_at";

    /// <summary>A title's pages in the order of its footer.</summary>
    public static List<StandingPage> Of(Session session, long titleId)
    {
        session.Note(Keys.Pages(titleId));
        return session.Query<StandingPage>($"SELECT {Columns} FROM pages WHERE title_id = @titleId AND until_at IS NULL ORDER BY position, slug", new { titleId });
    }

    public static StandingPage? Find(Session session, long titleId, string slug)
    {
        session.Note(Keys.Pages(titleId));
        return session.First<StandingPage>($"SELECT {Columns} FROM pages WHERE title_id = @titleId AND slug = @slug AND until_at IS NULL", new { titleId, slug });
    }

    public static bool Exists(Session session, long titleId, string slug) =>
        session.Value<long>("SELECT count(*) FROM pages WHERE title_id = @titleId AND slug = @slug AND until_at IS NULL", new { titleId, slug }) > 0;

    /// <summary>The duties that a title doesn't fulfil: no such page, or one without a word.</summary>
    public static IReadOnlyList<string> Missing(Session session, long titleId) =>
        Duties.Where(slug => Find(session, titleId, slug) is not { } page || BodyRenderer.WordCount(BodyJson.Read(page.Body)) == 0).ToList();
}
