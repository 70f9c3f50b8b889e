using System.Globalization;
using Warta.Media;

namespace Warta.Newsroom;

/// <summary>A picture's file for those who are signed in, whether or not a live story shows it: <c>/newsroom/pictures/12/preview?shape=wide&amp;width=320</c>.</summary>
internal static class PicturePreview
{
    private const int Wanted = 640;

    public static void Map(NewsroomRoutes.Map map) => map.Get("/pictures/{id:long}/preview", new Needs(null), Find);

    /// <param name="key">Of its file and focus: with another one the address is another.</param>
    public static string Address(long id, string key, string shape = Shape.Whole, int width = Wanted) =>
        string.Create(CultureInfo.InvariantCulture, $"/newsroom/pictures/{id}/preview?{(shape == Shape.Whole ? "" : $"shape={shape}&")}{(width == Wanted ? "" : $"width={width}&")}v={(key.Length > 32 ? key[..8] + key[32..] : key[..8])}");

    private static IResult Find(Visit visit)
    {
        var id = long.Parse((string)visit.Request.RouteValues["id"]!, CultureInfo.InvariantCulture);
        var shape = visit.Request.Query["shape"].ToString() is { Length: > 0 } asked ? asked : Shape.Whole;
        var width = int.TryParse(visit.Request.Query["width"], out var number) ? number : Wanted;
        if (visit.Press.Database.Read(session => PictureQueries.FileOf(session, id, shape, width)) is not { } file) return Results.NotFound();
        var path = visit.Press.Media.FileOf(file.Key, MediaFolder.NameOf(file.Rendition));
        return File.Exists(path) ? new Sent(path, file, visit.Request.Query.ContainsKey("v")) : Results.NotFound();
    }

    private sealed class Sent(string path, PictureQueries.Found file, bool isNamed) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            var response = context.Response;
            var tag = $"\"{file.Key}-{MediaFolder.NameOf(file.Rendition)}\"";
            // Only in the browser of whoever is signed in; without its version in the address it is asked for each time.
            response.Headers.CacheControl = isNamed ? "private, max-age=86400" : "private, no-cache";
            response.Headers.ETag = tag;
            if (context.Request.Headers.IfNoneMatch == tag)
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            response.ContentType = file.Rendition.Format == "jpg" ? "image/jpeg" : "image/" + file.Rendition.Format;
            response.ContentLength = new FileInfo(path).Length;
            if (!HttpMethods.IsHead(context.Request.Method)) await response.SendFileAsync(path, context.RequestAborted);
        }
    }
}
