using Warta.Content;
using Warta.Search;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>Finds pictures by the words of their caption, alternative text and credit, the newest first.</summary>
public static class PictureWords
{
    private const int MostAsked = 8, MostMeant = 8, Chunk = 200, Rare = 10_000, FirstStep = 200, LargestStep = 10_000;

    /// <summary>Which of the pictures that have the words are wanted.</summary>
    /// <param name="Own">Only those that he took in; empty for everybody's.</param>
    /// <param name="ShownAt">Only those that may be shown then; null for all.</param>
    public sealed record Wanted(string Words, long Before, int Count, string Own = "", DateTimeOffset? ShownAt = null);

    /// <summary>The pictures' ids. The last word may be the beginning of one: somebody is typing it.</summary>
    public static List<long> Find(Session session, Wanted wanted)
    {
        var asked = new List<string>();
        Terms.Each(wanted.Words, term => asked.Add(term.ToString()));
        asked = asked.Distinct().Take(MostAsked).ToList();
        if (asked.Count == 0) return wanted.Words.Trim().Length > 0 ? [] : Newest(session, wanted);
        var meant = asked.Select((term, i) => Meant(session, term, mayBegin: i == asked.Count - 1)).OrderBy(words => words.Sum(word => Frequency(session, word))).ToList();
        var found = new SortedSet<long>();
        foreach (var word in meant[0]) found.UnionWith(Having(session, wanted, word, meant.Skip(1).ToList()));
        return found.Reverse().Take(wanted.Count).ToList();
    }

    /// <summary>
    /// The newest of a word's pictures that have the others too. They are walked through in order, in ever larger steps, until there are enough: a word that every picture has costs no more than a rare one,
    /// whatever the engine thinks of it.
    /// </summary>
    private static List<long> Having(Session session, Wanted wanted, string word, List<List<string>> others)
    {
        var found = new List<long>();
        var before = wanted.Before;
        for (var step = FirstStep; found.Count < wanted.Count; step = Math.Min(step * 4, LargestStep))
        {
            var some = session.Query<long>("SELECT media_id FROM media_words WHERE word = @word AND media_id < @before ORDER BY media_id DESC LIMIT @step", new { word, before, step });
            var left = some;
            foreach (var other in others.TakeWhile(_ => left.Count > 0))
                left = session.Query<long>("SELECT media_id FROM media_words WHERE word IN [[texts:other]] AND media_id IN [[ids:ids]]", new { other = session.Texts(other), ids = session.Ids(left) }).Distinct().ToList();
            if (left.Count > 0)
            {
                var arguments = Arguments(wanted).ToDictionary(a => a.Name, a => a.Value);
                arguments["ids"] = session.Ids(left);
                found.AddRange(session.Query<long>($"SELECT m.id FROM media m WHERE m.id IN [[ids:ids]] AND m.arrived_at IS NOT NULL AND m.purged_at IS NULL{Limits(wanted)}", arguments));
            }

            if (some.Count < step) break;
            before = some[^1];
        }

        return found;
    }

    internal static void Keep(WriteSession sql, long mediaId, params ReadOnlySpan<string> texts)
    {
        sql.Run("DELETE FROM media_words WHERE media_id = @p1", mediaId);
        var words = new HashSet<string>();
        foreach (var text in texts)
        {
            Terms.Each(text, term =>
            {
                words.Add(term.ToString());
                foreach (var reading in Analyser.Readings(term)) words.Add(reading.Key);
            });
        }

        foreach (var word in words) sql.Run("INSERT INTO media_words (word, media_id) VALUES (@p1, @p2)", word, mediaId);
        sql.Run("UPDATE media SET worded = 1 WHERE id = @p1", mediaId);
    }

    /// <summary>Cuts the words of pictures that came by an import, or before there was this.</summary>
    /// <returns>False when all have been cut.</returns>
    public static bool KeepSomePictureWords(this Press press)
    {
        const string waiting = "SELECT id, alt, caption, credit FROM media WHERE worded = 0 AND purged_at IS NULL ORDER BY id LIMIT @Chunk";
        if (press.Database.Read(session => session.Query<long>("SELECT id FROM media WHERE worded = 0 AND purged_at IS NULL LIMIT 1")).Count == 0) return false;
        press.Database.Write(session =>
        {
            foreach (var (id, alt, caption, credit) in session.Query<(long, string, string, string)>(waiting, new { Chunk })) Keep(session, id, alt, caption, credit);
        });
        return true;
    }

    private static List<long> Newest(Session session, Wanted wanted) => session.Query<long>($"""
        SELECT m.id FROM media m
        WHERE m.id < @before AND m.arrived_at IS NOT NULL AND m.purged_at IS NULL{Limits(wanted)}
        ORDER BY m.id DESC
        LIMIT @count
        """, Arguments(wanted).ToDictionary(a => a.Name, a => a.Value));

    private static string Limits(Wanted wanted) => (wanted.Own.Length > 0 ? " AND m.created_by = @own" : "") + (wanted.ShownAt is null ? "" : " AND (m.expires_at IS NULL OR m.expires_at > @now)");

    private static IEnumerable<(string Name, object Value)> Arguments(Wanted wanted)
    {
        yield return ("before", wanted.Before);
        yield return ("count", wanted.Count);
        if (wanted.Own.Length > 0) yield return ("own", wanted.Own);
        if (wanted.ShownAt is { } now) yield return ("now", now.ToUnixTimeMilliseconds());
    }

    private static List<string> Meant(Session session, string term, bool mayBegin)
    {
        var words = Analyser.Readings(term).Select(reading => reading.Key).Prepend(term).ToHashSet();
        if (!mayBegin || term.Length < 2) return words.ToList();
        // From word to word through the index, however many pictures each has.
        for (var last = term; words.Count < MostMeant; words.Add(last))
        {
            if (session.First<string>("SELECT word FROM media_words WHERE word > @last AND word < @end ORDER BY word LIMIT 1", new { last, end = term + '\uFFFF' }) is not { } next) break;
            last = next;
        }

        return words.ToList();
    }

    private static long Frequency(Session session, string word) => session.Value<long>("""
        SELECT count(*)
        FROM (SELECT 1 FROM media_words WHERE word = @word LIMIT @Rare) counted
        WHERE true
        """, new { word, Rare });
}
