using System.Collections.Concurrent;
using Warta.Accounts;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Newsroom;

/// <summary>
/// Who has which story open: whoever hasn't been heard of for half a minute has gone. One node keeps it in memory; where several may serve a newsroom, on PostgreSQL, they meet in
/// the database.
/// </summary>
internal sealed class Presence(Press press)
{
    public static readonly TimeSpan Gone = TimeSpan.FromSeconds(30);

    /// <summary>Rows that nobody asks for any more go with the next that is written.</summary>
    private static readonly TimeSpan Old = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(long Article, long User), Here> _here = new();

    public sealed record Here
    {
        public long UserId { get; init; }
        public string Name { get; init; } = "";
        public DateTimeOffset SinceAt { get; init; }
        public DateTimeOffset SeenAt { get; init; }
    }

    /// <summary>Somebody has it open, as far as is known now; he is told who else has.</summary>
    public List<Here> Seen(long articleId, Person person)
    {
        var now = press.Now;
        if (press.Database.Engine == EngineKind.Postgres)
        {
            return press.Database.Write(session =>
            {
                session.Run("""
                    INSERT INTO presence (article_id, user_id, name, since_at, seen_at) VALUES (@p1, @p2, @p3, @p4, @p4)
                    ON CONFLICT (article_id, user_id) DO UPDATE SET name = excluded.name, since_at = CASE WHEN presence.seen_at < @p5 THEN excluded.since_at ELSE presence.since_at END, seen_at = excluded.seen_at
                    """, articleId, person.Id, person.Name, now, now - Gone);
                session.Run("DELETE FROM presence WHERE seen_at < @p1", now - Old);
                return At(session, articleId, now);
            });
        }

        _here.AddOrUpdate((articleId, person.Id), _ => New(), (_, here) => here.SeenAt < now - Gone ? New() : here with { SeenAt = now });
        return At(null, articleId, now);

        Here New() => new() { UserId = person.Id, Name = person.Name, SinceAt = now, SeenAt = now };
    }

    public void Left(long articleId, Person person)
    {
        if (press.Database.Engine == EngineKind.Postgres) press.Database.Write(session => session.Run("DELETE FROM presence WHERE article_id = @p1 AND user_id = @p2", articleId, person.Id));
        else _here.TryRemove((articleId, person.Id), out _);
    }

    public List<Here> At(long articleId) => press.Database.Engine == EngineKind.Postgres ? press.Database.Read(session => At(session, articleId, press.Now)) : At(null, articleId, press.Now);

    private List<Here> At(Session? session, long articleId, DateTimeOffset now)
    {
        if (session is not null) return session.Query<Here>("SELECT user_id, name, since_at, seen_at FROM presence WHERE article_id = @articleId AND seen_at >= @from ORDER BY since_at, user_id", new { articleId, from = now - Gone });
        foreach (var (key, here) in _here.Where(pair => pair.Value.SeenAt < now - Gone).ToList()) _here.TryRemove(KeyValuePair.Create(key, here));
        return _here.Where(pair => pair.Key.Article == articleId).Select(pair => pair.Value).OrderBy(here => here.SinceAt).ThenBy(here => here.UserId).ToList();
    }
}
