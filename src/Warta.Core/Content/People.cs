using Warta.Storage;

namespace Warta.Content;

/// <summary>Authors and tags by name, made when they are first used. Two spellings with the same slug are the same ("Andi Putra", "andi putra").</summary>
public static class People
{
    public static long AuthorNamed(WriteSession session, string name) => Named(session, "authors", name);

    public static long TagNamed(WriteSession session, string name) => Named(session, "tags", name);

    /// <summary>The tags of a revision, as its row keeps them.</summary>
    public static IReadOnlyList<long> TagIds(string json) => json == "[]" ? [] : System.Text.Json.JsonSerializer.Deserialize<List<long>>(json)!;

    private static long Named(WriteSession session, string table, string name)
    {
        var slug = Slug.From(name) is { Length: > 0 } from ? from : "x-" + Terms.Hash(name).ToString("x8");
        return session.RunForId($"""
            INSERT INTO {table} (slug, name) VALUES (@p1, @p2)
            ON CONFLICT (slug) DO UPDATE SET name = {table}.name
            RETURNING id
            """, slug, name.Trim());
    }

    public static IReadOnlyDictionary<long, Author> Authors(Session session, IEnumerable<long> ids)
    {
        var wanted = ids.ToList();
        if (wanted.Count == 0) return new Dictionary<long, Author>();
        foreach (var id in wanted) session.Note(Keys.Author(id));
        return session.Query<AuthorRow>($"SELECT {AuthorRow.Columns} FROM authors WHERE id IN [[ids:ids]]", new { ids = session.Ids(wanted) }).ToDictionary(a => a.Id, a => a.Author());
    }

    public static IReadOnlyList<Tag> Tags(Session session, IReadOnlyList<long> ids)
    {
        if (ids.Count == 0) return [];
        var found = session.Query<TagRow>("SELECT id, slug, name FROM tags WHERE id IN [[ids:ids]]", new { ids = session.Ids(ids) }).ToDictionary(t => t.Id);
        return ids.Where(found.ContainsKey).Select(id => new Tag(id, found[id].Slug, found[id].Name)).ToList();
    }

    public static Author? Author(Session session, string slug)
    {
        var author = session.First<AuthorRow>($"SELECT {AuthorRow.Columns} FROM authors WHERE slug = @slug", new { slug })?.Author();
        if (author is not null) session.Note(Keys.Author(author.Id));
        return author;
    }

    /// <summary>Every author, by name.</summary>
    public static List<Author> All(Session session) => session.Query<AuthorRow>($"SELECT {AuthorRow.Columns} FROM authors ORDER BY slug").ConvertAll(row => row.Author());

    public static Tag? Tag(Session session, string slug) =>
        session.First<TagRow>("SELECT id, slug, name FROM tags WHERE slug = @slug", new { slug }) is { } row ? new Tag(row.Id, row.Slug, row.Name) : null;

    /// <summary>What an author's page shows beside the stories.</summary>
    public static void Describe(WriteSession session, long authorId, long? portrait, string about) =>
        session.Run("UPDATE authors SET portrait_id = @p1, about = @p2 WHERE id = @p3", portrait, about, authorId);

    private record TagRow
    {
        public long Id { get; init; }
        public string Slug { get; init; } = "";
        public string Name { get; init; } = "";
    }
    private sealed record AuthorRow : TagRow
    {
        public const string Columns = "id, slug, name, portrait_id, about";
        public long? PortraitId { get; init; }
        public string About { get; init; } = "";
        public Author Author() => new(Id, Slug, Name, PortraitId, About);
    }
}
