using Warta.Accounts;
using Warta.Publishing;

namespace Warta.Api;

/// <summary>Who calls, by <c>Authorization: Bearer TOKEN</c>, and whether they may.</summary>
internal static class Bearers
{
    /// <summary>
    /// The caller, or the answer to give instead: 401 for no or a bad token, 403 (and a row in the audit trail) where the role doesn't allow it, or where the token is
    /// another title's.
    /// </summary>
    /// <param name="isTitleSaidLater">The title stands in the body, and whoever reads that asks <see cref="Elsewhere"/>.</param>
    public static (Tokens.Bearer? Bearer, IResult? Refusal) Ask(HttpContext context, Press press, Permission permission, bool isTitleSaidLater = false)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var bearer = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? press.Database.Read(session => Tokens.Find(session, header[7..].Trim())) : null;
        if (bearer is null)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return (null, Problems.Of(401, "Send a token that `warta token add` has printed as \"Authorization: Bearer TOKEN\"."));
        }

        if (Roles.May(bearer.Role, permission))
        {
            Tokens.NoteUse(press, bearer);
            return bearer.TitleId is { } own && !IsOf(own, context, press, isTitleSaidLater) ? (null, Elsewhere(press, bearer, context.Request.Path)) : (bearer, null);
        }

        press.Run(bearer.Actor, act => act.Record("refused", null, null, new { permission = permission.ToString(), role = bearer.Role, path = context.Request.Path.Value }));
        return (null, Problems.Of(403, $"The role {bearer.Role} may not do this ({permission})."));
    }

    /// <summary>No: the token is good for another title only.</summary>
    public static IResult Elsewhere(Press press, Tokens.Bearer bearer, string path)
    {
        press.Run(bearer.Actor, act => act.Record("refused", bearer.TitleId, null, new { title = "another", role = bearer.Role, path }));
        return Problems.Of(403, $"This token is good for the title \"{press.Titles.Title(bearer.TitleId!.Value).Slug}\" only.");
    }

    /// <summary>What a call is about: the story in its address, else the title that it names or that its host is of.</summary>
    private static bool IsOf(long titleId, HttpContext context, Press press, bool isTitleSaidLater)
    {
        if (long.TryParse(context.Request.RouteValues["id"]?.ToString(), out var id) && press.Database.Read(session => session.First<long?>("SELECT canonical_title_id FROM articles WHERE id = @id", new { id })) is { } home) return home == titleId;
        if (isTitleSaidLater) return true;
        var slug = context.Request.Query["title"].ToString();
        return (press.Titles.Titles.FirstOrDefault(title => title.Slug == slug) ?? press.Titles.ByHost(context.Request.Host.Host)).Id == titleId;
    }
}
