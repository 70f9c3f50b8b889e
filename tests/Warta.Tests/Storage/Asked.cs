using Warta.Content;
using Warta.Newsroom;
using Warta.Publishing;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Storage;

/// <summary>What the newsroom's own lists ask, on an archive whose stories have gone through the desk.</summary>
internal static class Asked
{
    private const long Title = 1;
    private static readonly long[] Sections = [1, 2];
    private static readonly Accounts.Person Editor = new() { Id = 7, Email = "penulis7@example.com", Memberships = [new Accounts.Membership("editor", null, null)] };

    public static void AuditLog(Session session)
    {
        foreach (var reach in new[] { null, new AuditTrail.Reach([], [Title], Sections) })
        {
            foreach (var filter in new AuditTrail.Filter[] { new("", "", null, null, null), new("user:penulis7@example.com", "", null, null, null), new("", "saved", null, null, null), new("", "", 13, null, null), new("", "", null, TestNewsroom.Start.AddDays(-2), TestNewsroom.Start) })
                Assert.NotEmpty(AuditTrail.Entries(session, filter with { Within = reach }, long.MaxValue, 100));
        }

        AuditTrail.Entries(session, new("", "", null, null, null), 500, 100);
    }

    public static void DeskBoard(Session session)
    {
        foreach (var filter in new DeskQueries.Filter[] { new(null, null, "", false), new(Title, null, "", false), new(null, Sections, "", false), new(null, null, "mine", false), new(null, null, "", true) })
        {
            foreach (var stage in new[] { Stage.Draft, Stage.Returned, Stage.Submitted, Stage.Editing, Stage.Ready }) DeskQueries.In(session, stage, filter, Editor, TestNewsroom.Start, 31);
            DeskQueries.Scheduled(session, filter, Editor, TestNewsroom.Start, 31);
            DeskQueries.Out(session, filter, Editor, TestNewsroom.Start, 15);
        }

        Assert.Equal(31, DeskQueries.In(session, Stage.Submitted, new(null, null, "", false), Editor, TestNewsroom.Start, 31).Count);
    }

    public static void ManageLists(Session session)
    {
        Assert.Equal(51, Redirects.Page(session, Title, "", "/lama/2", 51).Count);
        Redirects.Page(session, Title, "jarang", "", 51);
        Redirects.Find(session, Title, "/lama/77");
        StandingPages.Of(session, Title);
    }

    /// <summary>A newspaper's desk of some years: 6,000 stories that went through it, 3,000 under way, 20,000 acts.</summary>
    public static void Fill(WriteSession session)
    {
        var now = TestNewsroom.Start;
        for (var i = 1; i <= 9_000; i++)
            session.Run("INSERT INTO desk_stories (article_id, stage, assignee, deadline_at, changed_at, changed_by, done_at) VALUES (@p1, @p2, @p3, @p4, @p5, 'x', @p6)", (long)i,
                (i % 5) switch { 0 => Stage.Draft, 1 => Stage.Returned, 2 => Stage.Submitted, 3 => Stage.Editing, _ => Stage.Ready }, i % 3 == 0 ? (long?)(i % 40) : null, i % 4 == 0 ? now.AddHours(-i) : null, now.AddMinutes(-i), i % 3 == 0 ? null : now.AddMinutes(-i));
        for (var i = 1; i <= 40; i++)
            session.Run("INSERT INTO releases (title_id, article_id, release_at, actor, scheduled_at) VALUES (1, @p1, @p2, 'x', @p3)", (long)i, now.AddMinutes(i), now);
        for (var i = 1; i <= 20_000; i++)
            session.Run("INSERT INTO audit (verb, actor, title_id, article_id, detail, done_at, hash) VALUES (@p1, @p2, 1, @p3, '{}', @p4, '')", (i % 9) switch { 0 => "published", 1 => "signed-in", _ => "saved" }, $"user:penulis{i % 40}@example.com", i % 9 == 1 ? null : (long?)(i % 9_000 + 1), now.AddMinutes(i - 20_000));
        for (var i = 1; i <= 5_000; i++)
            session.Run("INSERT INTO redirects (title_id, path, target, status, shadows, set_at, set_by) VALUES (1, @p1, '/baru', 301, 0, @p2, 'x')", $"/lama/{i}", now);
    }
}
