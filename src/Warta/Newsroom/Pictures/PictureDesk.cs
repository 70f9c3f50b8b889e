using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Warta.Accounts;
using Warta.Content;
using Warta.Media;
using Warta.Publishing;

namespace Warta.Newsroom;

/// <summary>
/// One picture: <c>/newsroom/pictures/12</c>. Who took it in may change it until readers see it; from then on that is as grave as publishing, and needs the same right or a photo editor's.
/// </summary>
internal static class PictureDesk
{
    private const int MostUses = 50, LongestWords = 2_000;
    private static readonly Needs Look = new(Permission.AddPictures), File = Look with { LongestForm = 32 << 20 };

    public static void Map(NewsroomRoutes.Map map)
    {
        map.Get("/pictures/{id:long}", Look, visit => Of(visit) is { } picture ? Show(visit, picture) : NewsroomRoutes.NotThere(visit));
        Post("", Look, Describe);
        Post("/focus", Look, (visit, picture) => Task.FromResult(Refocus(visit, picture)));
        Post("/file", File, Replace);
        Post("/retire", Look, (visit, picture) => Task.FromResult(Done(visit, picture, visit.Press.Run(visit.Actor, act => act.RetirePicture(picture.Id)), visit.T("Gambar ditarik: tidak tampil di mana pun lagi.", "The picture is retired: it is shown nowhere any more."))));
        Post("/undo", Look, (visit, picture) =>
        {
            visit.Press.RestorePicture(visit.Actor, picture.Id, long.TryParse(visit.Request.Query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : 0);
            return Task.FromResult(visit.Go($"{PictureList.Here}/{picture.Id}", visit.T("Sudah dikembalikan.", "It is as it was.")));
        });

        void Post(string what, Needs needs, Func<Visit, PictureSheet, Task<IResult>> work) => map.Post("/pictures/{id:long}" + what, needs, async visit =>
        {
            if (Of(visit) is not { } picture) return NewsroomRoutes.NotThere(visit);
            if (!MayChange(visit, picture)) return visit.Forbid(Permission.ManagePictures);
            return await work(visit, picture);
        });
    }

    public static async Task<byte[]> BytesOf(IFormFile file, CancellationToken stop)
    {
        if (file.Length > MediaFolder.LargestFile) throw new MediaException($"The file has {file.Length >> 20} MB; at most {MediaFolder.LargestFile >> 20} MB fit.");
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, stop);
        return bytes.ToArray();
    }

    public static bool MayChange(Visit visit, PictureSheet picture)
    {
        var (titles, isPortrait) = visit.Press.Database.Read(session => (PictureQueries.TitlesOf(session, picture.Id), PictureQueries.PortraitOf(session, picture.Id).Count > 0));
        bool Everywhere(Permission permission) => visit.Me.May(permission, visit.Title.Id) && titles.TrueForAll(title => visit.Me.May(permission, title));
        return Everywhere(Permission.ManagePictures)
            || (picture.CreatedBy == visit.Actor && (titles.Count == 0 || Everywhere(Permission.Publish)) && (!isPortrait || visit.Me.May(Permission.ManageContent, visit.Title.Id)));
    }

    private static RazorComponentResult Show(Visit visit, PictureSheet picture) => visit.Press.Database.Read(session =>
    {
        var uses = PictureQueries.UsesOf(session, picture.Id, MostUses + 1);
        return Visit.Page<PicturePage>(200, ("Frame", visit.Frame()), ("Picture", picture), ("Now", visit.Press.Now), ("MayChange", MayChange(visit, picture)), ("HasMore", uses.Count > MostUses),
            // What isn't out yet is its desk's own affair.
            ("Uses", uses.Take(MostUses).Select(use => use.Live > 0 || visit.Me.May(Permission.WriteAny, use.TitleId) ? use : use with { Headline = "" }).ToList()),
            ("Portraits", PictureQueries.PortraitOf(session, picture.Id)));
    });

    private static Task<IResult> Describe(Visit visit, PictureSheet picture)
    {
        var words = new ChangePicture.Words(Text("alt"), Text("caption"), Text("credit"), Text("terms"), ExpiryOf(visit, picture));
        if (new[] { words.Alt, words.Caption, words.Credit, words.UsageTerms }.Any(text => text.Length > LongestWords))
            throw new ContentException(visit.T($"Setiap kolom memuat paling banyak {LongestWords} huruf.", $"Each field has room for {LongestWords} characters."));
        var before = visit.Press.Run(visit.Actor, act => act.DescribePicture(picture.Id, words));
        return Task.FromResult(Done(visit, picture, before, words.ExpiresAt <= visit.Press.Now ? visit.T("Tersimpan. Lisensinya sudah lewat, jadi gambar ini tidak tampil di mana pun.", "Saved. Its licence is over, so the picture is shown nowhere.")
            : words.Alt.Length == 0 ? visit.T("Tersimpan, tetapi belum ada teks alternatif.", "Saved, but it has no alternative text yet.") : visit.T("Tersimpan.", "Saved.")));

        string Text(string name) => CleanText.Of(visit.Field(name));
    }

    private static DateTimeOffset? ExpiryOf(Visit visit, PictureSheet picture)
    {
        var text = visit.Field("expires").Trim();
        if (text.Length == 0) return null;
        // The form knows minutes: one that wasn't touched doesn't cut off the seconds.
        if (picture.ExpiresAt is { } now && text == LocalMinute(now, visit.Title)) return now;
        if (!DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || local.Year is < 1900 or > 9000)
            throw new ContentException(visit.T("Akhir lisensi ditulis seperti 2026-01-26T09:00.", "Write the licence's end like 2026-01-26T09:00."));
        return new DateTimeOffset(local, visit.Title.Zone.GetUtcOffset(local));
    }

    /// <summary>As a field for date and time has it, in the title's zone.</summary>
    public static string LocalMinute(DateTimeOffset moment, Title title) => TimeZoneInfo.ConvertTime(moment, title.Zone).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    private static IResult Refocus(Visit visit, PictureSheet picture)
    {
        if (!Percent("x", out var x) || !Percent("y", out var y)) throw new ContentException(visit.T("Titik fokus adalah dua angka dari 0 sampai 100.", "The focus is two numbers from 0 to 100."));
        return Done(visit, picture, visit.Press.RefocusPicture(visit.Actor, picture.Id, x, y), visit.T("Titik fokus dipindah, dan potongannya dibuat baru.", "The focus is moved, and the crops are made anew."));

        bool Percent(string name, out int percent) => int.TryParse(visit.Field(name), NumberStyles.None, CultureInfo.InvariantCulture, out percent) && percent <= 100;
    }

    private static async Task<IResult> Replace(Visit visit, PictureSheet picture)
    {
        if (visit.Form.Files["file"] is not { Length: > 0 } file) throw new ContentException(visit.T("Pilih dulu berkas gambarnya.", "Choose a picture's file first."));
        var bytes = await BytesOf(file, visit.Context.RequestAborted);
        return Done(visit, picture, await Uploads.InTurn(visit, () => visit.Press.ReplacePicture(visit.Actor, picture.Id, bytes)), visit.T("Berkasnya diganti, di semua berita yang memakainya.", "The file is replaced, in every story that shows it."));
    }

    private static IResult Done(Visit visit, PictureSheet picture, long? before, string said) => before is { } number
        ? visit.Go($"{PictureList.Here}/{picture.Id}", said, string.Create(CultureInfo.InvariantCulture, $"{PictureList.Here}/{picture.Id}/undo?before={number}"))
        : visit.Go($"{PictureList.Here}/{picture.Id}", visit.T("Tidak ada yang berubah.", "Nothing has changed."));

    private static PictureSheet? Of(Visit visit) => long.TryParse((string?)visit.Request.RouteValues["id"], out var id) ? visit.Press.Database.Read(session => PictureQueries.Sheet(session, id)) : null;
}
