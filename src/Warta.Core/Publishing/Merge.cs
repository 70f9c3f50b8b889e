using System.Text.Json;
using Warta.Content;

namespace Warta.Publishing;

/// <summary>
/// Two spellings of a tag or an author made one, and names changed. Revisions stay as they were written: the other's row stays too and leads to the one that is meant,
/// as does its address. So a merger can be taken back.
/// </summary>
public static class Merge
{
    private const int LongestName = 100;

    private sealed record Named
    {
        public long Id { get; init; }
        public string Slug { get; init; } = "";
        public string Name { get; init; } = "";
        public long? MergedIntoId { get; init; }
    }

    private sealed record Done
    {
        public string Kind { get; init; } = "";
        public long FromId { get; init; }
        public long IntoId { get; init; }
        public string Carried { get; init; } = "";
        public DateTimeOffset? UndoneAt { get; init; }
    }

    /// <param name="kind"><see cref="ListingKind.Tag"/> or <see cref="ListingKind.Author"/>.</param>
    /// <returns>The number by which it is taken back.</returns>
    /// <exception cref="ContentException">One isn't there, or they are one already.</exception>
    public static long MergeNames(this Act act, string kind, long fromId, long intoId)
    {
        var (table, sql) = (People.Table(kind), act.Sql);
        var (from, into) = (Find(act, kind, fromId), Find(act, kind, intoId));
        if (from.Id == into.Id) throw new ContentException($"\"{from.Name}\" is that one already.");
        var carried = sql.Query<long>($"SELECT id FROM {table} WHERE merged_into_id = @Id", new { from.Id });
        TouchLists(act, kind, from.Id, into.Id);
        Again(act, kind, from.Id);
        sql.Run("""
            INSERT INTO listings (title_id, kind, key_id, first_published_at, article_id)
            SELECT title_id, kind, @p1, first_published_at, article_id FROM listings WHERE title_id IN (SELECT id FROM titles) AND kind = @p2 AND key_id = @p3
            ON CONFLICT DO NOTHING
            """, into.Id, kind, from.Id);
        sql.Run("DELETE FROM listings WHERE title_id IN (SELECT id FROM titles) AND kind = @p1 AND key_id = @p2", kind, from.Id);
        sql.Run($"UPDATE {table} SET merged_into_id = @p1 WHERE id = @p2 OR merged_into_id = @p2", into.Id, from.Id);
        var number = sql.RunForId("INSERT INTO merges (kind, from_id, into_id, carried, merged_at, actor) VALUES (@p1, @p2, @p3, @p4, @p5, @p6) RETURNING id",
            kind, from.Id, into.Id, JsonSerializer.Serialize(carried), act.Now, act.Actor);
        TouchNames(act, kind, [.. carried, from.Id, into.Id]);
        act.Record(kind + "-merged", null, null, new { from = from.Id, into = into.Id, slug = from.Slug });
        return number;
    }

    /// <summary>Makes two of one again: each story goes back to the lists that its published revision names.</summary>
    /// <exception cref="ContentException">It was taken back already, or what it went into has been merged since.</exception>
    public static void Unmerge(this Act act, long number)
    {
        var sql = act.Sql;
        var done = sql.First<Done>("SELECT kind, from_id, into_id, carried, undone_at FROM merges WHERE id = @number", new { number });
        if (done is null || done.UndoneAt is not null) throw new ContentException("That was taken back already.");
        var (kind, table) = (done.Kind, People.Table(done.Kind));
        if (sql.Value<long>($"SELECT count(*) FROM {table} WHERE id = @FromId AND merged_into_id = @IntoId", new { done.FromId, done.IntoId }) == 0)
            throw new ContentException("What it was merged into has been merged itself since. Take that back first.");
        var back = JsonSerializer.Deserialize<List<long>>(done.Carried)!;
        back.Insert(0, done.FromId);
        sql.Run($"UPDATE {table} SET merged_into_id = NULL WHERE id = @p1", done.FromId);
        foreach (var id in back.Skip(1)) sql.Run($"UPDATE {table} SET merged_into_id = @p1 WHERE id = @p2 AND merged_into_id = @p3", done.FromId, id, done.IntoId);

        TouchLists(act, kind, done.FromId, done.IntoId);
        Again(act, kind, done.IntoId);
        foreach (var (titleId, articleId, at, tags, bylines) in sql.Query<(long, long, long, string, string)>("""
            SELECT l.title_id, l.article_id, l.first_published_at, r.tags, r.bylines
            FROM listings l
            JOIN publications p ON p.title_id = l.title_id AND p.article_id = l.article_id
            JOIN revisions r ON r.id = p.revision_id
            WHERE l.title_id IN (SELECT id FROM titles) AND l.kind = @kind AND l.key_id = @IntoId
            """, new { kind, done.IntoId }))
        {
            var named = kind == ListingKind.Tag ? People.TagIds(tags) : Byline.Read(bylines).Select(b => b.Author).ToList();
            if (!named.Any(back.Contains)) continue;
            sql.Run("INSERT INTO listings (title_id, kind, key_id, first_published_at, article_id) VALUES (@p1, @p2, @p3, @p4, @p5) ON CONFLICT DO NOTHING", titleId, kind, done.FromId, at, articleId);
            if (!People.Meant(sql, kind, named).Contains(done.IntoId)) sql.Run("DELETE FROM listings WHERE title_id = @p1 AND kind = @p2 AND key_id = @p3 AND first_published_at = @p4 AND article_id = @p5", titleId, kind, done.IntoId, at, articleId);
        }

        sql.Run("UPDATE merges SET undone_at = @p1 WHERE id = @p2", act.Now, number);
        TouchNames(act, kind, [.. back, done.IntoId]);
        act.Record(kind + "-unmerged", null, null, new { from = done.FromId, into = done.IntoId });
    }

    /// <summary>Gives a tag or an author another name, and another address too if <paramref name="slug"/> says so; the old one leads to it.</summary>
    /// <exception cref="ContentException">The name is empty, the slug can't be one, or another has or had that address.</exception>
    public static void RenameNamed(this Act act, string kind, long id, string name, string slug)
    {
        var (table, sql, row) = (People.Table(kind), act.Sql, Find(act, kind, id));
        name = CleanText.Of(name);
        if (!name.EnumerateRunes().Any(System.Text.Rune.IsLetterOrDigit) || name.Length > LongestName) throw new ContentException($"A name has 1 to {LongestName} characters.");
        slug = slug.Trim().Length == 0 ? row.Slug : slug.Trim();
        if (slug != row.Slug)
        {
            if (Slug.From(slug) != slug || slug.Length == 0) throw new ContentException($"\"{slug}\" can't be a part of an address: use lower-case letters, digits and single hyphens.");
            var owner = sql.First<Named>($"SELECT id, slug, name, merged_into_id FROM {table} WHERE slug = @slug", new { slug });
            if (owner is not null && owner.MergedIntoId != row.Id) throw new ContentException($"\"{slug}\" is the address of \"{owner.Name}\". Merge the two instead.");
            // The two change places: what has the new slug already is one of its own, and takes the old.
            if (owner is not null) sql.Run($"UPDATE {table} SET slug = @p1 WHERE id = @p2", "-" + owner.Id, owner.Id);
            sql.Run($"UPDATE {table} SET slug = @p1 WHERE id = @p2", slug, row.Id);
            if (owner is not null) sql.Run($"UPDATE {table} SET slug = @p1 WHERE id = @p2", row.Slug, owner.Id);
            else sql.Run($"INSERT INTO {table} (slug, name, merged_into_id) VALUES (@p1, @p2, @p3)", row.Slug, row.Name, row.Id);
        }

        sql.Run($"UPDATE {table} SET name = @p1 WHERE id = @p2", name, row.Id);
        TouchLists(act, kind, row.Id);
        // Names are searched for, too.
        Again(act, kind, row.Id);
        TouchNames(act, kind, [row.Id, .. sql.Query<long>($"SELECT id FROM {table} WHERE merged_into_id = @Id", new { row.Id })]);
        act.Record(kind + "-renamed", null, null, new { id = row.Id, from = row.Slug, to = slug });
    }

    private static Named Find(Act act, string kind, long id) => act.Sql.First<Named>($"SELECT id, slug, name, merged_into_id FROM {People.Table(kind)} WHERE id = @id", new { id }) is { MergedIntoId: null } row
        ? row : throw new ContentException($"There is no {kind} of the number {id}, or it was merged into another.");

    private static void TouchNames(Act act, string kind, IEnumerable<long> ids)
    {
        foreach (var id in ids) act.Sql.Touch(kind == ListingKind.Tag ? Keys.Tag(id) : Keys.Author(id));
    }

    private static void TouchLists(Act act, string kind, params ReadOnlySpan<long> keys)
    {
        foreach (var title in act.Titles.Titles)
        {
            foreach (var key in keys) act.Sql.Touch(Keys.List(title.Id, kind, key));
        }
    }

    /// <summary>The search index takes the stories of a list in again, some at a time.</summary>
    private static void Again(Act act, string kind, long key)
    {
        act.Sql.Run("""
            INSERT INTO search_pending (first_published_at, title_id, article_id)
            SELECT first_published_at, title_id, article_id FROM listings WHERE title_id IN (SELECT id FROM titles) AND kind = @p1 AND key_id = @p2
            ON CONFLICT DO NOTHING
            """, kind, key);
        act.Press.Search.ForgetTags();
    }
}
