using Microsoft.AspNetCore.Http.HttpResults;
using Warta.Accounts;

namespace Warta.Newsroom;

/// <summary>Keys for programs. A token is shown once, on the page that answers the form which made it.</summary>
internal static class TokenDesk
{
    private static readonly Needs Look = new(Permission.ManageTokens), Change = new(Permission.ManageTokens, IsGrave: true);

    public static void Map(NewsroomRoutes.Map map)
    {
        map.Get("/manage/tokens", Look, visit => Show(visit, ""));
        map.Post("/manage/tokens", Change, visit =>
        {
            long? titleId = visit.Field("scope") == "all" ? null : visit.Title.Id;
            if (titleId is null ? !visit.MayEverywhere(Permission.ManageTokens) : !visit.May(Permission.ManageTokens)) return visit.Forbid(Permission.ManageTokens);
            return Show(visit, visit.Press.Run(visit.Actor, act => act.AddToken(visit.Field("name"), visit.Field("role"), titleId)));
        });
        map.Post("/manage/tokens/revoke", Change, visit =>
        {
            if (Mine(visit).Find(token => token.Name == visit.Field("name")) is not { } token) return NewsroomRoutes.NotThere(visit);
            visit.Press.Run(visit.Actor, act => act.RevokeToken(token.Name));
            return visit.Go(Manage.At(visit.Title, "tokens"), visit.T($"Token {token.Name} dicabut, dan tidak berlaku sejak saat ini.", $"The token {token.Name} is revoked, and worthless from this moment."));
        });
    }

    /// <summary>Those of the title, and of all titles for whoever looks after all.</summary>
    private static List<Tokens.Known> Mine(Visit visit)
    {
        var isEverywhere = visit.MayEverywhere(Permission.ManageTokens);
        return visit.May(Permission.ManageTokens) ? visit.Press.Database.Read(Tokens.List).FindAll(token => token.TitleId == visit.Title.Id || (isEverywhere && token.TitleId is null)) : [];
    }

    private static RazorComponentResult Show(Visit visit, string made) => Visit.Page<TokensPage>(200, ("Frame", visit.Frame()), ("Tokens", Mine(visit)), ("Made", made), ("IsEverywhere", visit.MayEverywhere(Permission.ManageTokens)));
}
