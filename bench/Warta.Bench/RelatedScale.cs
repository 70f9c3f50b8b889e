using System.Diagnostics;
using Warta.Content;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Bench;

/// <summary>What publishing costs beside a million stories: the stories that were imported stand there again and again, each time a week earlier, with their own signatures.</summary>
internal static class RelatedScale
{
    private const long Stories = 1_000_000, Apart = 1_000_000;
    private const int Published = 100;
    private static readonly long Week = (long)TimeSpan.FromDays(7).TotalMilliseconds;

    public static void Run(Database database, Press press, long titleId, SortedDictionary<string, object> figures)
    {
        var originals = database.Read(session => session.Value<long>("SELECT count(*) FROM publications"));
        figures["publishCpuMs"] = Show(press, titleId, originals);
        for (var copy = 1; copy * originals < Stories; copy++)
        {
            database.Write(session => Copy(session, new { offset = copy * Apart, earlier = copy * Week }));
            database.Tidy();
        }

        // As after a restart: the index is read from the signatures.
        figures["publishCpuMsAtMillion"] = Show(Press.Open(database, TimeProvider.System), titleId, database.Read(session => session.Value<long>("SELECT count(*) FROM publications")));
        Console.WriteLine();
    }

    private static void Copy(WriteSession session, object moved)
    {
        session.Execute("""
            INSERT INTO articles (id, uri, kind, canonical_title_id, section_id, headline_key, version, no_ads, usage_terms, copyright_holder, source_hash, created_at, created_by)
            SELECT id + @offset, uri || ' ' || @offset, kind, canonical_title_id, section_id, headline_key || ' ' || @offset, version, no_ads, usage_terms, copyright_holder, source_hash, created_at - @earlier, created_by
            FROM articles WHERE id < 1000000
            """, moved);
        session.Execute("""
            INSERT INTO publications (title_id, article_id, revision_id, section_id, slug, day, first_published_at, updated_at, from_at, actor, event_number)
            SELECT title_id, article_id + @offset, revision_id, section_id, slug || '-' || @offset, day, first_published_at - @earlier, updated_at - @earlier, from_at - @earlier, actor, event_number
            FROM publications WHERE article_id < 1000000
            """, moved);
        session.Execute("""
            INSERT INTO signatures (article_id, language, first_published_at, event_number, version, facets, terms)
            SELECT article_id + @offset, language, first_published_at - @earlier, event_number, version, facets, terms
            FROM signatures WHERE article_id < 1000000
            """, moved);
    }

    private static object Show(Press press, long titleId, long stories)
    {
        var texts = press.Database.Read(session => session.Query<(string Language, string Headline, string Body, long SectionId)>(
            $"SELECT r.language, r.headline, r.body, p.section_id FROM publications p JOIN revisions r ON r.id = p.revision_id WHERE p.article_id < 1000000 ORDER BY p.first_published_at DESC LIMIT {Published + 1}"));
        var first = Publish(press, titleId, texts[..1]);
        var each = Publish(press, titleId, texts[1..]) / Published;
        Console.WriteLine($"Publishing beside {stories:N0} stories: {each:F1} ms of one core, all included (aim 50); the first after a start {first:N0} ms");
        return new { stories, each, afterStart = first };
    }

    /// <returns>Milliseconds of processor time.</returns>
    private static double Publish(Press press, long titleId, List<(string Language, string Headline, string Body, long SectionId)> texts)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        foreach (var (language, headline, body, section) in texts)
        {
            press.Run("bench", act => act.Publish(act.Save(null, new Draft
            {
                Uri = $"urn:bench:{Guid.NewGuid()}",
                TitleId = titleId,
                SectionId = section,
                Language = language,
                Headline = headline,
                Body = BodyJson.Read(body),
            }).ArticleId, titleId));
        }

        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds;
    }
}
