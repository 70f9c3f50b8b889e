using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Warta.Accounts;
using Warta.Content;
using Warta.Publishing;

namespace Warta.Newsroom;

/// <summary>All pictures of the house, to look for and to take in: <c>/newsroom/pictures</c>. With <c>?format=json</c> as the editor's dialog wants them.</summary>
internal static class PictureList
{
    public const string Here = "/newsroom/pictures", Mine = "mine", Expiring = "expiring";

    /// <summary>How far ahead the board of licences looks, and how far back.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(30), Back = TimeSpan.FromDays(7);

    private const int PerPage = 48, MostFiles = 20;
    private static readonly Needs Add = new(Permission.AddPictures), Form = Add with { LongestForm = 32 << 20 };

    public static void Map(NewsroomRoutes.Map map)
    {
        map.Get("/pictures", Add, visit => visit.Request.Query["format"] == "json" ? Json(visit) : Show(visit));
        map.Post("/pictures", Form, TakeIn);
    }

    private static IResult Json(Visit visit) => Results.Json(visit.Press.Database.Read(session =>
        PictureQueries.List(session, new(Words(visit), Own(visit), Before(visit), PerPage, visit.Press.Now))).ConvertAll(picture => picture.Choice));

    private static RazorComponentResult Show(Visit visit)
    {
        var which = visit.Request.Query["show"].ToString();
        return visit.Press.Database.Read(session =>
        {
            List<PictureSheet> pictures;
            var older = "";
            if (which == Expiring)
            {
                var (from, after) = After(visit);
                pictures = PictureQueries.Expiring(session, from, after, PerPage + 1).TakeWhile(picture => picture.ExpiresAt <= visit.Press.Now + Ahead).ToList();
                if (pictures.Count > PerPage) older = string.Create(CultureInfo.InvariantCulture, $"{Here}?show={which}&after={pictures[PerPage - 1].ExpiresAt!.Value.ToUnixTimeMilliseconds()}-{pictures[PerPage - 1].Id}");
            }
            else
            {
                pictures = PictureQueries.List(session, new(Words(visit), which == Mine ? visit.Actor : "", Before(visit), PerPage + 1));
                if (pictures.Count > PerPage) older = string.Create(CultureInfo.InvariantCulture, $"{Here}?q={Uri.EscapeDataString(Words(visit))}&show={(which == Mine ? Mine : "")}&before={pictures[PerPage - 1].Id}");
            }

            pictures = pictures.Take(PerPage).ToList();
            return Visit.Page<PicturesPage>(200, ("Frame", visit.Frame()), ("Pictures", pictures), ("Words", Words(visit)), ("Which", which), ("Older", older), ("Now", visit.Press.Now),
                ("Uses", which == Expiring ? PictureQueries.Uses(session, pictures.Select(picture => picture.Id)) : []),
                ("IsEndingSoon", PictureQueries.Expiring(session, visit.Press.Now, 0, 1) is [{ ExpiresAt: { } next }] && next <= visit.Press.Now + Ahead));
        });
    }

    /// <summary>Files as a form without script sends them; each is taken in or refused by itself.</summary>
    private static async Task<IResult> TakeIn(Visit visit)
    {
        var (taken, refused) = (new List<TakeInPicture.Taken>(), new List<string>());
        foreach (var file in visit.Form.Files.Where(file => file.Length > 0).Take(MostFiles))
        {
            try
            {
                taken.Add(await Uploads.TakeIn(visit, await PictureDesk.BytesOf(file, visit.Context.RequestAborted)));
            }
            catch (ContentException e)
            {
                refused.Add($"{CleanText.Of(file.FileName)}: {visit.Why(e)}");
            }
        }

        if (taken.Count + refused.Count == 0) return visit.Refuse(422, visit.T("Tidak ada gambar", "No picture"), visit.T("Pilih dulu berkas gambarnya.", "Choose a picture's file first."));
        if (refused.Count > 0) return visit.Refuse(422, visit.T("Tidak semua diterima", "Not everything was taken in"), string.Join(" ", refused) + (taken.Count > 0 ? visit.T($" {taken.Count} gambar lain sudah masuk.", $" {taken.Count} others are here.") : ""));
        if (taken is not [var only]) return visit.Go(Here, visit.T($"{taken.Count} gambar masuk. Beri teks alternatif dan keterangannya.", $"{taken.Count} pictures are here. Give them their alternative text and captions."));
        return visit.Go($"{Here}/{only.Id}", only.IsNew ? visit.T("Gambar masuk. Beri teks alternatif dan keterangannya.", "The picture is here. Give it its alternative text and caption.") : visit.T("Gambar ini sudah ada di sini.", "This picture was here already."));
    }

    private static string Words(Visit visit) => visit.Request.Query["q"].ToString() is { Length: <= 200 } words ? words.Trim() : "";

    private static string Own(Visit visit) => visit.Request.Query["show"] == Mine ? visit.Actor : "";

    private static long Before(Visit visit) => long.TryParse(visit.Request.Query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : long.MaxValue;

    private static (DateTimeOffset From, long After) After(Visit visit) =>
        visit.Request.Query["after"].ToString().Split('-') is [var at, var id] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms < 253_402_300_800_000 && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (DateTimeOffset.FromUnixTimeMilliseconds(ms), number) : (visit.Press.Now - Back, 0);
}
