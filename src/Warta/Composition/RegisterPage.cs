using Warta.Content;
using Warta.Publishing;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>The public registers of a title: what it has corrected, and what it has taken down.</summary>
public static class RegisterPage
{
    private const int PageSize = 20;

    /// <summary>Null for a page beyond the last.</summary>
    public static Page? Corrections(Site site, Title title, Session session, int number)
    {
        var now = site.Press.Now;
        var words = title.Words;
        return Compose(site, title, session, number, Content.Corrections.Count(session, title.Id, now), "/corrections", isIndexed: true,
            frame => new RegisterView(frame) { Kind = "corrections", Heading = words.Corrections, Text = words.CorrectionsText, Empty = words.NoCorrections },
            skip =>
            {
                var entries = Content.Corrections.Register(session, title.Id, now, PageSize, skip);
                var views = CorrectionViews.Of(site, title, session, entries.ConvertAll(e => e.Correction));
                return entries.Select((entry, i) => new RegisterEntryView
                {
                    Label = views[i].Label,
                    At = views[i].At,
                    By = views[i].By,
                    Paragraphs = views[i].Paragraphs,
                    Story = new Link(entry.Story.Headline, $"{title.PathOf(entry.Story)}#{views[i].Anchor}"),
                    Language = entry.Story.Language,
                    Dir = Languages.Direction(entry.Story.Language),
                }).ToList();
            });
    }

    /// <summary>Null for a page beyond the last.</summary>
    public static Page? Takedowns(Site site, Title title, Session session, int number)
    {
        var now = site.Press.Now;
        var words = title.Words;
        // A reason may name somebody: readers may see it here, search engines need not.
        return Compose(site, title, session, number, Removals.Count(session, title.Id, now), "/takedowns", isIndexed: false,
            frame => new RegisterView(frame) { Kind = "takedowns", Heading = words.Takedowns, Text = words.TakedownsText, Empty = words.NoTakedowns },
            skip => Removals.Register(session, title.Id, now, PageSize, skip).ConvertAll(removal => new RegisterEntryView
            {
                Label = removal.IsErased ? words.Erased : words.TakenDown,
                At = site.Moment(session, title, removal.At),
                By = "",
                Paragraphs = removal.Reason.Length > 0 ? [$"{words.GoneReason}: {removal.Reason}"] : [],
                Story = null,
                Language = title.Language,
                Dir = Languages.Direction(title.Language),
            }));
    }

    private static Page? Compose(Site site, Title title, Session session, int number, long total, string address, bool isIndexed, Func<Frame, RegisterView> begin, Func<long, IReadOnlyList<RegisterEntryView>> entries)
    {
        var pages = (int)Math.Max(1, (total + PageSize - 1) / PageSize);
        if (number > pages) return null;
        var plan = LivePlan.Of(title);
        var heading = address == "/corrections" ? title.Words.Corrections : title.Words.Takedowns;
        var head = new HeadView(
            number == 1 ? $"{heading} – {title.Name}" : $"{heading} – {title.Words.Page} {number} – {title.Name}", "",
            isIndexed ? site.Canonical(title, At(number)) : "", isIndexed ? "" : "noindex, follow");
        var view = begin(site.Frame(title, head)) with
        {
            Breadcrumbs = [new Link(title.Words.Home, "/")],
            Entries = entries((number - 1L) * PageSize),
            Pagination = Pagination.Of(number, pages, At),
        };
        return new Page(200, site.ThemeOf(title).Render("register", view, LiveBlocks.Html(plan)), plan) { Address = address, IsPaged = true };

        string At(int page) => page == 1 ? address : $"{address}?page={page}";
    }
}
