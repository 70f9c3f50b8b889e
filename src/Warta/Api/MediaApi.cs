using Warta.Accounts;
using Warta.Composition;
using Warta.Content;
using Warta.Media;
using Warta.Publishing;

namespace Warta.Api;

/// <summary><c>POST /api/v1/media</c>: a picture as the body itself with its words in the query, or as a form with the file among its fields.</summary>
internal static class MediaApi
{
    public static void MapMedia(this RouteGroupBuilder api, Site site) =>
        api.MapPost("/media", (Delegate)((HttpContext context) => Take(context, site.Press))).WithSummary("Take in a picture; answers with its id, which drafts name").Accepts<byte[]>("image/jpeg", "image/png", "image/webp", "image/gif", "image/avif", "multipart/form-data");

    private static async Task<IResult> Take(HttpContext context, Press press)
    {
        var (bearer, refusal) = Bearers.Ask(context, press, Permission.AddPictures, isTitleSaidLater: true);
        if (bearer is null) return refusal!;
        try
        {
            var (file, words) = await ReadAsync(context.Request, context.RequestAborted);
            if (file is null) return Problems.Of(400, "Send the picture as the body, or in the field \"file\" of a multipart form.");
            var (x, y) = Focus(words("focus"));
            var expires = words("expiresAt");
            DateTimeOffset until = default;
            if (expires.Length > 0 && !DateTimeOffset.TryParse(expires, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out until))
                throw new ContentException($"\"expiresAt\" is \"{expires}\", which is no time; write it like 2026-01-26T09:00:00+07:00.");
            var picture = new TakeInPicture.NewPicture(file)
            {
                Alt = words("alt"),
                Caption = words("caption"),
                Credit = words("credit"),
                UsageTerms = words("usageTerms"),
                FocusX = x,
                FocusY = y,
                ExpiresAt = expires.Length > 0 ? until : null,
            };
            var taken = press.TakeIn(bearer.Actor, picture);
            return Answer(press, taken);
        }
        catch (VipsMissingException e)
        {
            return Problems.Of(409, e.Message);
        }
        catch (ContentException e)
        {
            return Problems.Of(e);
        }
        catch (InvalidDataException e)
        {
            return Problems.Of(400, $"The form can't be read: {e.Message}");
        }
    }

    private static IResult Answer(Press press, TakeInPicture.Taken taken)
    {
        // One past its licence has no files to show.
        var item = press.Database.Read(session => MediaItem.Read(session, [taken.Id], press.Now, Shape.Whole, Shape.Wide, Shape.Square, Shape.Share)).GetValueOrDefault(taken.Id);
        return Results.Json(new
        {
            id = taken.Id,
            isNew = taken.IsNew,
            width = item?.Width,
            height = item?.Height,
            alt = item?.Alt,
            caption = item?.Caption,
            credit = item?.Credit,
            renditions = item?.Renditions.Select(r => new { r.Shape, r.Width, r.Height, r.Format, url = item.UrlOf(r) }),
        }, statusCode: taken.IsNew ? 201 : 200);
    }

    private static async Task<(byte[]? File, Func<string, string> Words)> ReadAsync(HttpRequest request, CancellationToken stop)
    {
        if (!request.HasFormContentType)
        {
            var body = await BytesAsync(request.Body, stop);
            return (body.Length > 0 ? body : null, name => CleanText.Of(request.Query[name].ToString()));
        }

        var form = await request.ReadFormAsync(stop);
        if (form.Files["file"] is not { } file) return (null, _ => "");
        await using var stream = file.OpenReadStream();
        return (await BytesAsync(stream, stop), name => CleanText.Of(form[name].ToString()));
    }

    private static async Task<byte[]> BytesAsync(Stream stream, CancellationToken stop)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, stop);
        return bytes.ToArray();
    }

    /// <summary>"30,70": from the left and the top, in percent.</summary>
    private static (int X, int Y) Focus(string text)
    {
        if (text.Length == 0) return (50, 50);
        return text.Split(',') is [var left, var top] && int.TryParse(left, out var x) && int.TryParse(top, out var y) ? (x, y)
            : throw new ContentException("\"focus\" is a point in percent from the left and the top, such as 30,70.");
    }
}
