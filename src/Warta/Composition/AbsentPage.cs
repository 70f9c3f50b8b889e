using Warta.Content;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>404 and 410: real pages that lead on to what is there.</summary>
public static class AbsentPage
{
    public static Page NotFound(Site site, Title title) => Compose(site, title, 404, title.Words.NotFoundHeading, title.Words.NotFoundText, null);

    public static Page Gone(Site site, Title title, Addresses.Gone gone) => Compose(site, title, 410, title.Words.GoneHeading, title.Words.GoneText, gone);

    private static Page Compose(Site site, Title title, int status, string heading, string text, Addresses.Gone? gone) => site.Read(session =>
    {
        var blocks = new LiveBlocks(site, title);
        var live = blocks.Of(session, new LiveBlocks.Beside(null, null, title.Language));
        var frame = site.Frame(session, title, new HeadView($"{heading} – {title.Name}", "", "", "noindex"));
        return new Page(status, site.ThemeOf(title).Render("absent", new AbsentView(frame)
        {
            Status = status,
            Heading = heading,
            Text = text,
            At = gone is null ? null : site.Moment(title, gone.At),
            Reason = gone?.Reason ?? "",
        }, blocks.Html(live)));
    });
}
