using System.Globalization;
using Warta.Accounts;
using Warta.Content;

namespace Warta.Newsroom;

/// <summary>Where the paper itself is looked after. Each page is about one title, which its address names where there are several.</summary>
internal static class Manage
{
    public const string Root = "/newsroom/manage";
    private const string InForm = "yyyy-MM-dd'T'HH:mm";

    public static void Map(NewsroomRoutes.Map map)
    {
        map.Get("/manage", new Needs(Permission.ManageContent), visit => Visit.Page<ManagePage>(200, ("Frame", visit.Frame())));
        PickLists.Map(map);
        SectionDesk.Map(map);
        NameDesk.Map(map);
        RedirectDesk.Map(map);
        PageDesk.Map(map);
        SettingsDesk.Map(map);
        TokenDesk.Map(map);
    }

    /// <summary>A page of this title.</summary>
    /// <param name="more">What the address says besides: "&amp;list=bola".</param>
    public static string At(Title title, string page, string more = "") => $"{Root}/{page}?title={Uri.EscapeDataString(title.Slug)}{more}";

    /// <summary>Whether he may do this to what the title itself has, not one of its sections.</summary>
    public static bool May(this Visit visit, Permission permission) => visit.Me.May(permission, visit.Site.Titles, visit.Title.Id, null);

    /// <summary>Whether he may do this to what all titles share.</summary>
    public static bool MayEverywhere(this Visit visit, Permission permission) => visit.Site.Titles.Titles.All(title => visit.Me.May(permission, visit.Site.Titles, title.Id, null));

    /// <summary>A moment as the browser's field for it holds one, in the title's zone.</summary>
    public static string InField(DateTimeOffset? moment, Title title) => moment is { } at ? TimeZoneInfo.ConvertTime(at, title.Zone).ToString(InForm, CultureInfo.InvariantCulture) : "";

    /// <exception cref="ContentException">It is no time.</exception>
    public static DateTimeOffset? Moment(Visit visit, string text)
    {
        if (text.Trim().Length == 0) return null;
        if (!DateTime.TryParseExact(text.Trim(), [InForm, "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || local.Year is < 2000 or > 2100)
            throw new ContentException(visit.T($"\"{text}\" bukan waktu. Tulis seperti 2026-01-26T09:00.", $"\"{text}\" is no time. Write it like 2026-01-26T09:00."));
        var zone = visit.Title.Zone;
        // An hour that a change of the clocks leaves out is the one after it.
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
