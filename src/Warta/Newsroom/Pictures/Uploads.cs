using System.Globalization;
using System.Text.Json;
using Warta.Accounts;
using Warta.Content;
using Warta.Media;
using Warta.Publishing;

namespace Warta.Newsroom;

/// <summary>
/// Pictures come in piece by piece, so that a lost network costs one piece: <c>POST /newsroom/uploads</c> says which file is to come and learns how much of it is here;
/// <c>POST /newsroom/uploads/{key}?offset=N</c> brings a piece. The last one is answered with the picture's number.
/// </summary>
internal static class Uploads
{
    private const int LongestWords = 4_096;
    private static readonly Needs Add = new(Permission.AddPictures);

    /// <summary>Decoding takes much memory and all of a core: two at a time, however many send.</summary>
    private static readonly SemaphoreSlim Places = new(2);

    public static void Map(NewsroomRoutes.Map map)
    {
        map.Post("/uploads", Add, async visit => await Read(visit, LongestWords) is { } words ? Begin(visit, words) : TooLong(visit));
        map.Post("/uploads/{key}", Add, async visit => await Read(visit, UploadFolder.LongestPiece) is { } piece ? await Take(visit, piece) : TooLong(visit));
    }

    /// <summary>A whole file at once, as a form sends it.</summary>
    /// <exception cref="ContentException">It can't become a picture.</exception>
    public static async Task<TakeInPicture.Taken> TakeIn(Visit visit, byte[] file)
    {
        if (!MediaFolder.CanMake) throw new VipsMissingException();
        if (visit.Press.Database.Read(session => TakeInPicture.PictureOf(session, MediaFolder.HashOf(file))) is { } known) return new TakeInPicture.Taken(known, false);
        return await InTurn(visit, () => visit.Press.TakeIn(visit.Actor, new TakeInPicture.NewPicture(file)));
    }

    /// <summary>Work that decodes a picture.</summary>
    public static async Task<T> InTurn<T>(Visit visit, Func<T> work)
    {
        await Places.WaitAsync(visit.Context.RequestAborted);
        try
        {
            // Once the file is here it becomes a picture, whether or not its sender still waits.
            return await Task.Run(work, CancellationToken.None);
        }
        finally
        {
            Places.Release();
        }
    }

    private sealed record Announced(string? Name, long Size, string? Key);

    private static IResult Begin(Visit visit, byte[] body)
    {
        Announced? file;
        try
        {
            file = JsonSerializer.Deserialize<Announced>(body, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            file = null;
        }

        if (file?.Key is not { } key || !UploadFolder.IsKey(key)) return Say(400, visit.T("Pengiriman ini tidak lengkap.", "Say the file's size, and its SHA-256 as the key."));
        try
        {
            if (!MediaFolder.CanMake) throw new VipsMissingException();
            // The same content is one picture, and needn't be sent again.
            if (visit.Press.Database.Read(session => TakeInPicture.PictureOf(session, key[..32])) is { } known) return Done(visit, file.Size, known);
            var progress = visit.Press.Media.Uploads.Begin(visit.Me.Id, key, file.Size, visit.Press.Now);
            return Results.Json(new { offset = progress.Offset });
        }
        catch (ContentException e)
        {
            return Refused(visit, e);
        }
    }

    private static async Task<IResult> Take(Visit visit, byte[] piece)
    {
        var key = (string?)visit.Request.RouteValues["key"] ?? "";
        var uploads = visit.Press.Media.Uploads;
        if (!UploadFolder.IsKey(key)) return Lost(visit);
        if (!long.TryParse(visit.Request.Query["offset"], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)) return Say(400, visit.T("Letak potongannya tidak disebut.", "Say the piece's offset."));
        try
        {
            // A film or a page needn't come in whole before it is refused.
            if (offset == 0 && piece.Length >= 64) ImageHeader.FormatOf(piece);
            if (uploads.Add(visit.Me.Id, key, offset, piece, visit.Press.Now) is not { } progress) return Lost(visit);
            // Its last piece may have come while nobody could be told.
            if (!progress.Taken && !progress.IsWhole)
                return Results.Json(new { offset = progress.Offset, message = visit.T("Potongan ini bukan lanjutannya.", "The piece doesn't go on where the last one ended.") }, statusCode: StatusCodes.Status409Conflict);
            if (!progress.IsWhole) return Results.Json(new { offset = progress.Offset });
            if (uploads.Read(visit.Me.Id, key) is not { } file) return Say(422, visit.T("Berkas tiba tidak utuh. Kirim sekali lagi.", "The file didn't arrive as it was sent. Send it again."));
            var taken = await TakeIn(visit, file);
            uploads.Remove(visit.Me.Id, key);
            return Done(visit, progress.Size, taken.Id);
        }
        catch (ContentException e)
        {
            uploads.Remove(visit.Me.Id, key);
            return Refused(visit, e);
        }
    }

    private static IResult Done(Visit visit, long size, long id) => Results.Json(new { offset = size, media = id, picture = visit.Press.Database.Read(session => PictureQueries.Item(session, id)) });

    private static IResult Refused(Visit visit, ContentException e) => Say(e is VipsMissingException ? 409 : e is TooMuchAtOnceException ? 429 : 422, visit.Why(e));

    private static IResult Lost(Visit visit) => Say(404, visit.T("Pengiriman ini tidak dikenal. Mulai lagi.", "This upload isn't known. Begin again."));

    private static IResult TooLong(Visit visit) => Say(413, visit.T("Potongan ini terlalu besar.", "The piece is too large."));

    private static IResult Say(int status, string message) => Results.Json(new { message }, statusCode: status);

    /// <summary>What was sent; null where it is longer than it may be.</summary>
    private static async Task<byte[]?> Read(Visit visit, int most)
    {
        if (visit.Request.ContentLength > most) return null;
        using var bytes = new MemoryStream();
        var part = new byte[64 << 10];
        for (int read; (read = await visit.Request.Body.ReadAsync(part, visit.Context.RequestAborted)) > 0;)
        {
            if (bytes.Length + read > most) return null;
            bytes.Write(part, 0, read);
        }

        return bytes.ToArray();
    }
}
