using Warta.Composition;
using Warta.Content;
using Warta.Media;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Feeds;

/// <summary>The newest stories of a list, as its feeds tell them in three formats. Every address is absolute.</summary>
internal sealed record Feed
{
    public required Title Title { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }

    /// <summary>The list's page.</summary>
    public required string HomeUrl { get; init; }

    /// <summary>The feed itself.</summary>
    public required string Url { get; init; }

    /// <summary>Empty for a theme without an icon.</summary>
    public required string IconUrl { get; init; }
    public required IReadOnlyList<FeedItem> Items { get; init; }

    /// <summary>Null for a feed without stories.</summary>
    public DateTimeOffset? UpdatedAt => Items.Count == 0 ? null : Items.Max(i => i.UpdatedAt);

    /// <param name="list">What the feed is of.</param>
    /// <param name="file">The feed's own name beside the list.</param>
    public static Feed Of(Site site, Session session, Title title, FeedList list, string file)
    {
        var stories = Listings.Articles(session, title.Id, list.Kind, list.Key, title.Count("feeds"));
        var authors = People.Authors(session, stories.SelectMany(s => s.BylineRefs).Select(b => b.Author).Distinct());
        var tags = People.TagsById(session, stories.SelectMany(s => s.TagIds).Distinct().ToList()).ToDictionary(t => t.Key, t => t.Value.Name);
        var bodies = stories.ToDictionary(s => s.ArticleId, s => BodyJson.Read(s.Body));
        var pictures = new Pictures(session, site.Press.Now, stories.Select(s => s.PictureRef?.Media).Concat(bodies.Values.SelectMany(b => b.Figures).Select(f => f.Media)), Shape.Share, Shape.Whole);
        var name = FeedLinks.Name(title, list.Name);
        var icon = site.ThemeOf(title).Assets.Icon;
        return new Feed
        {
            Title = title,
            Name = name,
            Description = list.Name.Length == 0 && title.Tagline.Length > 0 ? title.Tagline : name,
            HomeUrl = site.Canonical(title, list.Address),
            Url = site.Canonical(title, FeedLinks.At(list.Address, file)),
            IconUrl = icon.Length == 0 ? "" : site.Canonical(title, icon),
            Items = stories.Select(story => Item(site, session, title, story, bodies[story.ArticleId], pictures, authors, tags)).ToList(),
        };
    }

    private static FeedItem Item(Site site, Session session, Title title, LiveArticle story, Body body, Pictures pictures, IReadOnlyDictionary<long, Author> authors, Dictionary<long, string> tags)
    {
        return new FeedItem
        {
            Id = story.Uri,
            Url = site.Canonical(title, title.PathOf(story)),
            Headline = story.IsAdvertorial ? $"{title.Words.Advertorial}: {story.Headline}" : story.Headline,
            Summary = Summary.Of(story, body),
            Html = title["feeds.content"] == "full" ? Html(site, session, title, story, body, pictures) : "",
            PublishedAt = TimeZoneInfo.ConvertTime(story.FirstPublishedAt, title.Zone),
            UpdatedAt = TimeZoneInfo.ConvertTime(story.UpdatedAt, title.Zone),
            Authors = story.BylineRefs.Where(b => b.Role == Byline.Writer && authors.ContainsKey(b.Author)).Select(b => authors[b.Author])
                .Select(a => new FeedAuthor(a.Name, site.Canonical(title, "/author/" + Uri.EscapeDataString(a.Slug)))).ToList(),
            Section = story.SectionName,
            Tags = story.TagIds.Where(tags.ContainsKey).Select(id => tags[id]).Distinct().ToList(),
            Language = story.Language,
            Image = pictures.Largest(story, Shape.Share, "jpg") is { } file ? new ShareImageView(site.Canonical(title, file.Path), file.Width, file.Height, file.Alt) : null,
        };
    }

    private static string Html(Site site, Session session, Title title, LiveArticle story, Body body, Pictures pictures) => BodyRenderer.Render(body.Blocks, RenderContext.Of(title, story, Site.ReadAlsos(session, title, story.ArticleId)) with
    {
        Picture = pictures.InBody,
        Link = site.TextLinks(session, title, story.ArticleId),
        Root = site.RootOf(title),
    });
}

internal sealed record FeedItem
{
    /// <summary>The story's uri: the same for ever, whatever its address becomes.</summary>
    public required string Id { get; init; }
    public required string Url { get; init; }

    /// <summary>Of an advertorial it begins with the label, for a feed reader shows nothing else that could say so.</summary>
    public required string Headline { get; init; }
    public required string Summary { get; init; }

    /// <summary>The whole text; empty where the title gives summaries only.</summary>
    public required string Html { get; init; }

    /// <summary>In the title's zone, as is <see cref="UpdatedAt"/>.</summary>
    public required DateTimeOffset PublishedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required IReadOnlyList<FeedAuthor> Authors { get; init; }
    public required string Section { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }
    public required string Language { get; init; }

    /// <summary>A JPEG; absent where the story has no picture.</summary>
    public required ShareImageView? Image { get; init; }
}

internal sealed record FeedAuthor(string Name, string Url);
