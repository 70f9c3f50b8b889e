using Warta.Composition;
using Warta.Content;

namespace Warta.Reader;

/// <summary>One live block as HTML: <c>/_/live/popular?less=1,2</c>; <c>article</c>, <c>section</c> and <c>language</c> say what it stands beside.</summary>
internal static class LiveFragment
{
    private const int MostLess = 100;

    public static Task Send(HttpContext context, Site site)
    {
        var title = site.TitleOf(context);
        var query = context.Request.Query;
        var name = context.Request.RouteValues["block"]?.ToString() ?? "";
        if (!Themes.Theme.LiveBlocks.Contains(name)) return PageResponse.Send(context, new Page(404, ""));
        long? article = long.TryParse(query["article"], out var id) ? id : null;
        var less = query["less"].ToString().Split(',').Take(MostLess).Select(text => long.TryParse(text, out var n) ? n : 0).Where(n => n > 0).ToHashSet();
        if (article is { } own) less.Add(own);
        var section = query["section"].ToString() is { Length: > 0 } path ? path : null;
        var language = query["language"].ToString() is { } tag && Languages.IsTag(tag) ? tag : title.Language;
        var block = site.Read(session => new LiveBlocks(site, title).Of(session, name, new LiveBlocks.Beside(article, section, language), less));
        return PageResponse.Send(context, new Page(200, block is null ? "" : site.ThemeOf(title).RenderBlock(block)));
    }
}
