using Warta.Content;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>A standing page: editorial staff, press code, privacy, contact.</summary>
public static class TextPage
{
    public static Page Compose(Site site, Title title, Session session, StandingPage text)
    {
        var body = BodyJson.Read(text.Body);
        var address = Address(text.Slug);
        var plan = LivePlan.Of(title);
        var frame = site.Frame(title, new HeadView($"{text.Name} – {title.Name}", "", site.Canonical(title, address), ""));
        return new Page(200, site.ThemeOf(title).Render("page", new TextView(frame)
        {
            Slug = text.Slug,
            Heading = text.Name,
            Breadcrumbs = [new Link(title.Words.Home, "/")],
            Updated = site.Moment(session, title, text.FromAt),
            BodyHtml = BodyRenderer.Render(body.Blocks, new RenderContext { Words = title.Words, Host = title.Hosts.Count > 0 ? title.Hosts[0] : null }),
        }, LiveBlocks.Html(plan)), plan);
    }

    public static string Address(string slug) => "/" + Uri.EscapeDataString(slug);
}
