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
    public Pictures(Session session, DateTimeOffset now, IEnumerable<long> media, params string[] shapes) => _media = MediaItem.Read(session, media, now, shapes);

    public MediaItem? Find(long? media) => media is { } id ? _media.GetValueOrDefault(id) : null;

    /// <summary>A story's lead picture with its words. Null where it has none, and where that may not be shown (any more).</summary>
    public PictureView? Of(Story story, string shape) => story.PictureRef is { } picture && Find(picture.Media) is { } item ? View(item, shape, picture) : null;

    /// <summary>A portrait: its name stands beside it, so it needs no other words.</summary>
    public PictureView? Portrait(Author author) => Find(author.Portrait) is { } item ? View(item, Shape.Square, new Picture(item.Id)) is { } view ? view with { Alt = "", Caption = "", Credit = "" } : null : null;

    private static PictureView? View(MediaItem item, string shape, Picture words)
    {
        var files = item.Of(shape, "webp").ToList();
        if (files.Count == 0) return null;
        return new PictureView
        {
            Src = item.UrlOf(files.FirstOrDefault(f => f.Width >= MiddlingWidth) ?? files[^1]),
            Srcset = item.Srcset(shape, "webp"),
            AvifSrcset = item.Srcset(shape, "avif"),
            Width = files[^1].Width,
            Height = files[^1].Height,
            Alt = Own(words.Alt, item.Alt),
            Caption = Own(words.Caption, item.Caption),
            Credit = Own(words.Credit, item.Credit),
        };
    }

    private static string Own(string story, string media) => story.Length > 0 ? story : media;
}
