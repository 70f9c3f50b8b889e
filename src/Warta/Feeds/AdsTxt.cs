using System.Text;
using Warta.Composition;

namespace Warta.Feeds;

/// <summary><c>/ads.txt</c>: who may sell the title's advertising space, from its setting. A title that has said nothing has no such file, as the IAB's specification wants it.</summary>
internal static class AdsTxt
{
    public static Task Send(HttpContext context, Site site) =>
        site.TitleOf(context)["ads.txt"] is { Length: > 0 } lines ? FeedResponse.Send(context, Encoding.UTF8.GetBytes(lines + "\n"), "text/plain") : FeedRoutes.SendNothing(context);
}
