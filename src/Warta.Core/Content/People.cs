using Warta.Storage;

namespace Warta.Content;

/// <summary>
/// Authors and tags by name, made when they are first used. Two spellings with the same slug are the same ("Andi Putra", "andi putra"); others can be merged. What is
/// read here is always the one that is meant.
/// </summary>
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
            RETURNING coalesce(merged_into_id, id)
            """, slug, name.Trim());
    }

    public static IReadOnlyDictionary<long, Author> Authors(Session session, IEnumerable<long> ids)
    {
        var wanted = ids.ToList();
        if (wanted.Count == 0) return new Dictionary<long, Author>();
        foreach (var id in wanted) session.Note(Keys.Author(id));
        var authors = session.Query<AuthorRow>($"SELECT o.id AS asked, {AuthorRow.Columns} FROM authors o JOIN authors t ON t.id = coalesce(o.merged_into_id, o.id) WHERE o.id IN [[ids:ids]]", new { ids = session.Ids(wanted) });
        foreach (var author in authors) session.Note(Keys.Author(author.Id));
        return authors.ToDictionary(a => a.Asked, a => a.Author());
    }

    public static IReadOnlyList<Tag> Tags(Session session, IReadOnlyList<long> ids)
    {
        var found = TagsById(session, ids);
        return ids.Where(found.ContainsKey).Select(id => found[id]).Distinct().ToList();
    }

    /// <summary>The tags that these ids mean, by id.</summary>
    public static IReadOnlyDictionary<long, Tag> TagsById(Session session, IReadOnlyList<long> ids)
    {
        if (ids.Count == 0) return new Dictionary<long, Tag>();
        foreach (var id in ids) session.Note(Keys.Tag(id));
        var tags = session.Query<TagRow>("SELECT o.id AS asked, t.id, t.slug, t.name FROM tags o JOIN tags t ON t.id = coalesce(o.merged_into_id, o.id) WHERE o.id IN [[ids:ids]]", new { ids = session.Ids(ids) });
        foreach (var tag in tags) session.Note(Keys.Tag(tag.Id));
        return tags.ToDictionary(t => t.Asked, t => new Tag(t.Id, t.Slug, t.Name));
    }

    /// <summary>The ids that are meant by these, some of which may have been merged since they were written down.</summary>
    /// <param name="kind"><see cref="ListingKind.Tag"/> or <see cref="ListingKind.Author"/>.</param>
    public static IReadOnlyList<long> Meant(Session session, string kind, IReadOnlyList<long> ids)
    {
        if (ids.Count == 0) return ids;
        var merged = session.Query<(long, long)>($"SELECT id, merged_into_id FROM {Table(kind)} WHERE id IN [[ids:ids]] AND merged_into_id IS NOT NULL", new { ids = session.Ids(ids) }).ToDictionary(row => row.Item1, row => row.Item2);
        return merged.Count == 0 ? ids : ids.Select(id => merged.GetValueOrDefault(id, id)).Distinct().ToList();
    }

    public static string Table(string kind) => kind == ListingKind.Tag ? "tags" : kind == ListingKind.Author ? "authors" : throw new ArgumentException($"A {kind} has no name of its own.");

    public static Author? Author(Session session, string slug)
    {
        var author = session.First<AuthorRow>($"SELECT {AuthorRow.Columns} FROM authors o JOIN authors t ON t.id = coalesce(o.merged_into_id, o.id) WHERE o.slug = @slug", new { slug })?.Author();
        if (author is not null) session.Note(Keys.Author(author.Id));
        return author;
    }

    /// <summary>Every author, by name.</summary>
    public static List<Author> All(Session session) => session.Query<AuthorRow>($"SELECT {AuthorRow.Columns} FROM authors t WHERE merged_into_id IS NULL ORDER BY slug").ConvertAll(row => row.Author());

    /// <summary>The tag of this address, or the one that this address leads to.</summary>
    public static Tag? Tag(Session session, string slug)
    {
        if (session.First<TagRow>("SELECT t.id, t.slug, t.name FROM tags o JOIN tags t ON t.id = coalesce(o.merged_into_id, o.id) WHERE o.slug = @slug", new { slug }) is not { } row) return null;
        session.Note(Keys.Tag(row.Id));
        return new Tag(row.Id, row.Slug, row.Name);
    }

    /// <summary>What an author's page shows beside the stories.</summary>
    public static void Describe(WriteSession session, long authorId, long? portrait, string about) =>
        session.Run("UPDATE authors SET portrait_id = @p1, about = @p2 WHERE id = @p3", portrait, about, authorId);

    private record TagRow
    {
        public long Asked { get; init; }
        public long Id { get; init; }
        public string Slug { get; init; } = "";
        public string Name { get; init; } = "";
    }
    private sealed record AuthorRow : TagRow
    {
        public const string Columns = "t.id, t.slug, t.name, t.portrait_id, t.about, t.job";
        public long? PortraitId { get; init; }
        public string About { get; init; } = "";
        public string Job { get; init; } = "";
        public Author Author() => new(Id, Slug, Name, PortraitId, About, Job);
    }
}
