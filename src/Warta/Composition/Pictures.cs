using Warta.Content;
using Warta.Media;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>Pictures as pages show them; those that a page needs are read at once.</summary>
public sealed class Pictures
{
    /// <summary>For browsers without <c>srcset</c>: wide enough for a phone, light enough for all.</summary>
    private const int MiddlingWidth = 640;

    private readonly IReadOnlyDictionary<long, MediaItem> _media;

    /// <param name="media">The ids of all that the page may want.</param>
    public Pictures(Session session, DateTimeOffset now, IEnumerable<long?> media, params string[] shapes) => _media = MediaItem.Read(session, media.OfType<long>(), now, shapes);

    /// <summary>A story's lead picture with its words. Null where it has none, and where that may not be shown (any more).</summary>
    public PictureView? Of(Story story, string shape) => story.PictureRef is { } picture ? View(picture, shape) : null;

    /// <summary>The largest file of a story's lead picture in one shape, for those who want one and no choice. Null where there is none.</summary>
    public PictureFile? Largest(Story story, string shape, string format) => story.PictureRef is { } picture && _media.TryGetValue(picture.Media, out var item) && item.Of(shape, format).LastOrDefault() is { } file
        ? new PictureFile(item.UrlOf(file), file.Width, file.Height, Own(picture.Alt, item.Alt))
        : null;

    /// <summary>A portrait: its name stands beside it, so it needs no other words.</summary>
    public PictureView? Portrait(Author author) => author.Portrait is { } media && View(new Picture(media), Shape.Square) is { } view ? view with { Alt = "", Caption = "", Credit = "" } : null;

    /// <summary>A picture in a story's text, whole.</summary>
    public BodyPicture? InBody(long media) => !_media.TryGetValue(media, out var item) ? null
        : View(new Picture(media), Shape.Whole) is { } view ? new BodyPicture(view.Src, view.Srcset, view.AvifSrcset, view.Width, view.Height, view.Alt, view.Caption, view.Credit)
        : item.IsAwaited ? new BodyPicture("", "", "", 0, 0, item.Alt, item.Caption, item.Credit, IsAwaited: true)
        : null;

    private PictureView? View(Picture picture, string shape)
    {
        if (!_media.TryGetValue(picture.Media, out var item) || item.Of(shape, "webp").ToList() is not { Count: > 0 } files) return null;
        return new PictureView
        {
            Src = item.UrlOf(files.Find(f => f.Width >= MiddlingWidth) ?? files[^1]),
            Srcset = item.Srcset(shape, "webp"),
            AvifSrcset = item.Srcset(shape, "avif"),
            Width = files[^1].Width,
            Height = files[^1].Height,
            Alt = Own(picture.Alt, item.Alt),
            Caption = Own(picture.Caption, item.Caption),
            Credit = Own(picture.Credit, item.Credit),
        };
    }

    private static string Own(string story, string media) => story.Length > 0 ? story : media;
}

/// <summary>One file of a picture.</summary>
/// <param name="Path">From the site's root.</param>
public sealed record PictureFile(string Path, int Width, int Height, string Alt);
