using Warta.Accounts;
using Warta.Publishing;

namespace Warta.Api;

/// <summary>Who calls, by <c>Authorization: Bearer TOKEN</c>, and whether they may.</summary>
internal static class Bearers
{
    /// <summary>The caller, or the answer to give instead: 401 for no or a bad token, 403 (and a row in the audit trail) where the role doesn't allow it.</summary>
    public static (Tokens.Bearer? Bearer, IResult? Refusal) Ask(HttpContext context, Press press, Permission permission)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var bearer = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? press.Database.Read(session => Tokens.Find(session, header[7..].Trim())) : null;
        if (bearer is null)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return (null, Problems.Of(401, "Send a token that `warta token add` has printed as \"Authorization: Bearer TOKEN\"."));
        }

        if (Roles.May(bearer.Role, permission)) return (bearer, null);
        press.Run(bearer.Actor, act => act.Record("refused", null, null, new { permission = permission.ToString(), role = bearer.Role, path = context.Request.Path.Value }));
        return (null, Problems.Of(403, $"The role {bearer.Role} may not do this ({permission})."));
    }
}
