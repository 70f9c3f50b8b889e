using Microsoft.AspNetCore.Http.HttpResults;
using Warta.Accounts;
using Warta.Composition;
using Warta.Content;
using Warta.Discovery;
using Warta.Publishing;
using Warta.Search;
using Warta.Storage;

namespace Warta.Newsroom;

/// <summary>Picks and the front's lead. The form holds the list while it is changed; it is saved as a whole, and what stood before can be put back.</summary>
public static class PickLists
{
    private const string Here = "picks", FrontList = "front";
    private const int Suggested = 10;
    private static readonly Needs Set = new(Permission.SetPicks);

    /// <summary>A list that a title has, as an address names it.</summary>
    /// <param name="Key">"" for the title's own, "front", or a section's path.</param>
    public sealed record Choice(string Key, long SectionId, string Name);

    /// <param name="From">As the form's field holds it.</param>
    public sealed record Row(long Id, string Headline, string Section, string State, string StateName, string Warning, string From, string Until);

    public sealed record Found(long Id, string Headline, string About);

    private sealed record Story
    {
        public long Id { get; init; }
        public string Headline { get; init; } = "";
        public string Section { get; init; } = "";
        public long Live { get; init; }
    }

    internal static void Map(NewsroomRoutes.Map map)
    {
        map.Get("/manage/picks", Set, visit =>
        {
            var lists = Lists(visit);
            if (lists.Count == 0) return visit.Forbid(Permission.SetPicks);
            if (List(visit) is not { } list) return visit.Request.Query.ContainsKey("list") ? visit.Forbid(Permission.SetPicks) : visit.Go(Manage.At(visit.Title, Here, "&list=" + Uri.EscapeDataString(lists[0].Key)));
            return visit.Press.Database.Read(session => Show(visit, session, list, Picks.Current(session, visit.Title.Id, list.SectionId, visit.Press.Now), Picks.SetAt(session, visit.Title.Id, list.SectionId)));
        });
        map.Post("/manage/picks", Set, visit => List(visit) is { } list ? Work(visit, list) : visit.Forbid(Permission.SetPicks));
        map.Post("/manage/picks/undo", Set, visit => List(visit) is { } list ? Undo(visit, list) : visit.Forbid(Permission.SetPicks));
    }

    private static IResult Work(Visit visit, Choice list)
    {
        var picks = new List<Picks.Pick>();
        try
        {
            picks = Read(visit);
            var (verb, about) = visit.Field("do").Split(':') is [var name, var of] ? (name, long.TryParse(of, out var id) ? id : 0) : (visit.Field("do"), 0);
            var at = picks.FindIndex(pick => pick.ArticleId == about);
            switch (verb)
            {
                case "save":
                    return Save(visit, list, picks);
                case "add" when at < 0:
                    picks.Add(new Picks.Pick(about));
                    break;
                case "remove" when at >= 0:
                    picks.RemoveAt(at);
                    break;
                case "up" when at > 0:
                    (picks[at - 1], picks[at]) = (picks[at], picks[at - 1]);
                    break;
                case "down" when at >= 0 && at < picks.Count - 1:
                    (picks[at], picks[at + 1]) = (picks[at + 1], picks[at]);
                    break;
            }

            return Again("", verb is not "search");
        }
        catch (ContentException e)
        {
            return Again(visit.Why(e), true);
        }

        IResult Again(string fault, bool isChanged) => visit.Press.Database.Read(session =>
            Show(visit, session, list, picks, Loaded(visit), isChanged || visit.Field("changed") == "1", fault));
    }

    private static IResult Save(Visit visit, Choice list, List<Picks.Pick> picks)
    {
        var now = visit.Press.Run(visit.Actor, act =>
        {
            if (Picks.SetAt(act.Sql, visit.Title.Id, list.SectionId) is { } since && since != Loaded(visit) && visit.Field("anyway") != "1")
            {
                throw new ContentException(visit.T($"Daftar ini sudah diganti orang lain pukul {Clock.TimeInWords(since, visit.Title.Zone)}. Buka lagi untuk melihatnya, atau simpan sekali lagi untuk menggantinya.",
                    $"Somebody else has replaced this list at {Clock.TimeInWords(since, visit.Title.Zone)}. Open it again to see theirs, or save once more to replace it."));
            }

            act.ReplacePicks(visit.Title.Id, list.SectionId, picks);
            return act.Now;
        });
        return visit.Go(Address(visit, list), visit.T("Daftar tersimpan.", "The list is saved."), Manage.At(visit.Title, "picks/undo", $"&list={Uri.EscapeDataString(list.Key)}&set={now.ToUnixTimeMilliseconds()}"));
    }

    private static IResult Undo(Visit visit, Choice list)
    {
        var set = DateTimeOffset.FromUnixTimeMilliseconds(long.TryParse(visit.Request.Query["set"], out var at) && at is > 0 and < 253_402_300_799_999 ? at : 0);
        visit.Press.Run(visit.Actor, act =>
        {
            if (Picks.SetAt(act.Sql, visit.Title.Id, list.SectionId) != set) throw new ContentException(visit.T("Daftarnya sudah diganti lagi sesudah itu.", "The list has been replaced once more since."));
            act.ReplacePicks(visit.Title.Id, list.SectionId, Picks.Before(act.Sql, visit.Title.Id, list.SectionId, set, act.Now));
        });
        return visit.Go(Address(visit, list), visit.T("Daftar yang sebelumnya kembali.", "The list before is back."));
    }

    /// <summary>The list in the form. A moment that is past already means now.</summary>
    private static List<Picks.Pick> Read(Visit visit)
    {
        var (ids, from, until) = (visit.Form["story"], visit.Form["from"], visit.Form["until"]);
        var picks = new List<Picks.Pick>();
        for (var i = 0; i < ids.Count && i < Picks.Most * 2; i++)
        {
            if (!long.TryParse(ids[i], out var id)) continue;
            var begins = Manage.Moment(visit, i < from.Count ? from[i] ?? "" : "");
            picks.Add(new Picks.Pick(id, begins > visit.Press.Now ? begins : null, Manage.Moment(visit, i < until.Count ? until[i] ?? "" : "")));
        }

        return picks;
    }

    private static DateTimeOffset? Loaded(Visit visit) => long.TryParse(visit.Field("set"), out var at) && at is > 0 and < 253_402_300_799_999 ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    private static RazorComponentResult Show(Visit visit, Session session, Choice list, List<Picks.Pick> picks, DateTimeOffset? loaded, bool isChanged = false, string fault = "")
    {
        var (title, now) = (visit.Title, visit.Press.Now);
        var stories = Stories(session, title.Id, picks.Select(pick => pick.ArticleId));
        var room = list.SectionId == Picks.Front ? 1 : title.Count("picks");
        var rows = new List<Row>();
        foreach (var pick in picks)
        {
            if (!stories.TryGetValue(pick.ArticleId, out var story)) continue;
            var (state, name, warning) = pick.From > now ? ("waiting", visit.T("menunggu waktunya", "waits for its time"), "")
                : story.Live == 0 ? ("failed", visit.T("tidak tayang", "not live"), visit.T("Pembaca tidak melihatnya: berita ini belum atau tidak lagi tayang. Ia muncul begitu tayang.", "Readers don't see it: this story isn't live. It shows as soon as it is."))
                : room > 0 ? ("live", visit.T("tampil sekarang", "on the page now"), "")
                : ("reserve", visit.T("cadangan", "in reserve"), "");
            if (state == "live") room--;
            rows.Add(new Row(story.Id, story.Headline, story.Section, state, name, warning, Manage.InField(pick.From > now ? pick.From : null, title), Manage.InField(pick.Until, title)));
        }

        var search = visit.Field("q") is { Length: > 0 } asked ? asked : visit.Request.Query["q"].ToString();
        // What somebody else has saved meanwhile is said once; saving again means it.
        var isOvertaken = fault.Length > 0 && Picks.SetAt(session, title.Id, list.SectionId) is { } since && since != loaded;
        return Visit.Page<PicksPage>(fault.Length > 0 ? 422 : 200, ("Frame", visit.Frame(fault, fault.Length > 0)), ("Lists", Lists(visit)), ("List", list), ("Rows", rows), ("Search", search),
            ("Results", Find(visit, session, search).Where(found => rows.All(row => row.Id != found.Id)).ToList()), ("SetAt", loaded?.ToUnixTimeMilliseconds() ?? 0), ("IsChanged", isChanged), ("IsOvertaken", isOvertaken));
    }

    private static Dictionary<long, Story> Stories(Session session, long titleId, IEnumerable<long> ids) => session.Query<Story>("""
        SELECT a.id, s.name AS section,
            (SELECT r.headline FROM revisions r WHERE r.article_id = a.id ORDER BY r.number DESC LIMIT 1) AS headline,
            (SELECT count(*) FROM publications p WHERE p.title_id = @titleId AND p.article_id = a.id) AS live
        FROM articles a JOIN sections s ON s.id = a.section_id
        WHERE a.id IN [[ids:ids]]
        """, new { titleId, ids = session.Ids(ids) }).ToDictionary(story => story.Id);

    /// <summary>What somebody looks for by words of a headline, an address from the browser, a uri or a number. A story that isn't live yet is found by the latter two.</summary>
    private static List<Found> Find(Visit visit, Session session, string search)
    {
        search = search.Trim();
        if (search.Length is 0 or > 2_000) return [];
        var title = visit.Title;
        var path = Uri.TryCreate(search, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? Uri.UnescapeDataString(address.AbsolutePath)
            : search.StartsWith('/') ? Uri.UnescapeDataString(search.Split('?', '#')[0]) : null;
        long? exact = path is not null ? Addresses.Resolve(session, title, path.TrimEnd('/').ToLowerInvariant()).Live?.ArticleId : null;
        exact ??= Articles.Find(session, search);
        var ids = exact is { } id ? [id] : path is not null ? [] : new StoryFilter { TitleId = title.Id, Words = search, ByRelevance = true }.Find(session, visit.Press.Search, Suggested, 0).Stories.ConvertAll(story => story.ArticleId);
        var stories = Stories(session, title.Id, ids);
        return ids.Where(stories.ContainsKey).Select(found => new Found(found, stories[found].Headline, stories[found].Section + (stories[found].Live > 0 ? "" : visit.T(" · tidak tayang", " · not live")))).ToList();
    }

    /// <summary>The lists that he may set.</summary>
    private static List<Choice> Lists(Visit visit)
    {
        var title = visit.Title;
        var lists = new List<Choice>();
        if (visit.May(Permission.SetPicks))
        {
            lists.Add(new Choice("", 0, visit.T("Pilihan redaksi", "Editors' picks")));
            lists.Add(new Choice(FrontList, Picks.Front, visit.T("Utama halaman depan", "The front's lead")));
        }

        lists.AddRange(visit.Site.Titles.Sections(title.Id).OrderBy(section => section.Path, StringComparer.Ordinal)
            .Where(section => visit.Me.May(Permission.SetPicks, visit.Site.Titles, title.Id, section.Id))
            .Select(section => new Choice("/" + section.Path, section.Id, section.Name)));
        return lists;
    }

    private static Choice? List(Visit visit) => Lists(visit).Find(list => list.Key == visit.Request.Query["list"].ToString());

    private static string Address(Visit visit, Choice list) => Manage.At(visit.Title, Here, "&list=" + Uri.EscapeDataString(list.Key));
}
