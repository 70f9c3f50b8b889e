namespace Warta.Publishing;

/// <summary>Ends what is live past its expiry. Runs before the port opens and then on the Timetable.</summary>
public static class Expire
{
    /// <returns>How many publications ended.</returns>
    public static int ExpireDue(this Press press)
    {
        const string due = "SELECT DISTINCT article_id FROM publications WHERE expires_at IS NOT NULL AND expires_at <= @Now";
        if (press.Database.Read(session => session.Query<long>(due, new { press.Now })).Count == 0) return 0;
        return press.Run("timetable", act =>
        {
            var count = 0;
            foreach (var articleId in act.Sql.Query<long>(due, new { act.Now }))
            {
                count += act.EndPublications(articleId, null, "expired").Count;
                act.Record("expired", null, articleId);
            }

            return count;
        });
    }
}
