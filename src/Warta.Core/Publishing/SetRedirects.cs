using Warta.Content;

namespace Warta.Publishing;

/// <summary>Leads addresses of before to where things are now, or says that they are gone.</summary>
public static class SetRedirects
{
    private const int LongestChain = 20, MostNamed = 50;

    /// <exception cref="ContentException">An address or a target can't be one, or a reader would go round in circles.</exception>
    public static void PutRedirects(this Act act, long titleId, IReadOnlyList<Redirect> redirects)
    {
        var title = act.Titles.Title(titleId);
        foreach (var redirect in redirects)
        {
            if (redirect.Status is not (301 or 302 or Redirects.Gone)) throw new ContentException($"{redirect.Status} is no kind of redirect: use 301, 302 or 410.");
            var (path, target) = (Redirects.ReadPath(redirect.Path), redirect.Status == Redirects.Gone ? "" : Redirects.ReadTarget(redirect.Target));
            var before = Redirects.Find(act.Sql, titleId, path);
            act.Sql.Run("""
                INSERT INTO redirects (title_id, path, target, status, shadows, set_at, set_by) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7)
                ON CONFLICT (title_id, path) DO UPDATE SET target = excluded.target, status = excluded.status, shadows = excluded.shadows, set_at = excluded.set_at, set_by = excluded.set_by
                """, titleId, path, target, redirect.Status, redirect.Shadows, act.Now, act.Actor);
            Touch(act, titleId, path, redirect.Shadows || before?.Shadows == true);
        }

        // All are in place: a circle may go through several of them.
        foreach (var redirect in redirects) Follow(act, title, Redirects.ReadPath(redirect.Path));
        act.Record("redirects-set", titleId, null, new { count = redirects.Count, paths = redirects.Take(MostNamed).Select(r => r.Path) });
    }

    /// <exception cref="ContentException">There is none at this address.</exception>
    public static Redirect RemoveRedirect(this Act act, long titleId, string path)
    {
        var redirect = Redirects.Find(act.Sql, titleId, path) ?? throw new ContentException($"Nothing leads on from {path}.");
        act.Sql.Run("DELETE FROM redirects WHERE title_id = @p1 AND path = @p2", titleId, path);
        Touch(act, titleId, path, redirect.Shadows);
        act.Record("redirect-removed", titleId, null, new { path, redirect.Target, redirect.Status });
        return redirect;
    }

    private static void Touch(Act act, long titleId, string path, bool shadows)
    {
        act.Sql.Touch(Keys.Redirect(titleId, path));
        if (shadows) act.Sql.Touch(Keys.Titles);
    }

    private static void Follow(Act act, Title title, string from)
    {
        var path = from;
        for (var steps = 0; Redirects.Find(act.Sql, title.Id, path) is { Target.Length: > 0 } redirect; steps++)
        {
            if (Redirects.PathOn(title, redirect.Target) is not { } next) return;
            if (next == from || next == path || steps == LongestChain) throw new ContentException($"{from} would lead round in a circle, by way of {path}.");
            path = next;
        }
    }
}
