using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Warta.Content;
using Warta.Media;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>What a page is, in the words of schema.org, for search engines: JSON-LD in the head. Every address in it is absolute.</summary>
public sealed class StructuredData(Site site, Title title)
{
    /// <summary>Google shows no more of a headline.</summary>
    private const int LongestHeadline = 110;

    private static readonly (string Shape, string Format)[] Shapes = [(Shape.Wide, "webp"), (Shape.Square, "webp"), (Shape.Share, "jpg")];

    /// <summary>Escapes what could end the script element or a line of it: <c>&lt; &gt; &amp;</c>, U+2028 and U+2029.</summary>
    private static readonly JsonSerializerOptions Escaping = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>A script element for each.</summary>
    public static string Html(params IEnumerable<JsonObject> things) => string.Join('\n', things.Select(thing =>
    {
        thing.Insert(0, "@context", "https://schema.org");
        return $"<script type=\"application/ld+json\">{thing.ToJsonString(Escaping)}</script>";
    }));

    /// <summary>The newspaper itself, and its search.</summary>
    public IEnumerable<JsonObject> Front() =>
    [
        Publisher(),
        new()
        {
            ["@type"] = "WebSite",
            ["@id"] = Absolute("/#website"),
            ["name"] = title.Name,
            ["url"] = Absolute("/"),
            ["inLanguage"] = title.Language,
            ["publisher"] = new JsonObject { ["@id"] = Absolute("/#organization") },
            ["potentialAction"] = new JsonObject
            {
                ["@type"] = "SearchAction",
                ["target"] = new JsonObject { ["@type"] = "EntryPoint", ["urlTemplate"] = Absolute("/search?q={search_term_string}") },
                ["query-input"] = "required name=search_term_string",
            },
        },
    ];

    public JsonObject Article(LiveArticle article, int words, HeadView head, Pictures pictures, IReadOnlyDictionary<long, Author> authors, IReadOnlyList<Correction> corrections)
    {
        var story = new JsonObject
        {
            // What an advertiser paid for is no news.
            ["@type"] = article.IsAdvertorial ? new JsonArray("Article", "AdvertiserContentArticle") : "NewsArticle",
            ["headline"] = Summary.Cut(article.Headline, LongestHeadline),
            ["description"] = head.Description,
            ["url"] = head.Canonical,
            ["mainEntityOfPage"] = new JsonObject { ["@type"] = "WebPage", ["@id"] = head.Canonical },
            ["datePublished"] = head.Published,
            ["dateModified"] = head.Modified,
            ["author"] = Names(article, Byline.Writer, authors) is { Count: > 0 } writers ? writers : new JsonArray(Publisher()),
            ["publisher"] = Publisher(),
            ["articleSection"] = head.Section,
            ["inLanguage"] = article.Language,
            ["isAccessibleForFree"] = true,
            ["wordCount"] = words,
            ["isPartOf"] = new JsonObject { ["@type"] = "WebSite", ["@id"] = Absolute("/#website"), ["name"] = title.Name, ["url"] = Absolute("/") },
        };
        if (Images(article, pictures) is { Count: > 0 } images) story["image"] = images;
        else if (head.Image is { } image) story["image"] = new JsonArray(Picture(image.Url, image.Width, image.Height));
        if (Names(article, Byline.Editor, authors) is { Count: > 0 } editors) story["editor"] = editors;
        if (head.Tags.Count > 0) story["keywords"] = new JsonArray([.. head.Tags.Select(tag => (JsonNode)tag)]);
        if (Datelines.Read(article.Dateline)?.ToString() is { Length: > 0 } dateline) story["dateline"] = dateline;
        // A reply is another's word, not ours about a mistake.
        if (corrections.Where(c => c.Kind != CorrectionKind.Reply).Select(Comment).ToArray() is { Length: > 0 } comments) story["correction"] = new JsonArray(comments);
        return story;

        JsonNode Comment(Correction correction) => new JsonObject
        {
            ["@type"] = "CorrectionComment",
            ["text"] = correction.Text,
            ["datePublished"] = Clock.Iso(correction.IssuedAt, title.Zone),
            ["url"] = $"{head.Canonical}#{correction.Anchor}",
        };
    }

    /// <param name="trail">From the front down; one without an address is a step that has no page.</param>
    public JsonObject Breadcrumbs(IEnumerable<Link> trail) => new()
    {
        ["@type"] = "BreadcrumbList",
        ["itemListElement"] = new JsonArray([.. trail.Where(step => step.Url.Length > 0).Select((step, i) => Item(i + 1, step.Name, step.Url))]),
    };

    public JsonObject List(string name, string canonical, IEnumerable<Story> stories) => new()
    {
        ["@type"] = "CollectionPage",
        ["name"] = name,
        ["url"] = canonical,
        ["inLanguage"] = title.Language,
        ["isPartOf"] = new JsonObject { ["@id"] = Absolute("/#website") },
        ["mainEntity"] = new JsonObject { ["@type"] = "ItemList", ["itemListElement"] = new JsonArray([.. stories.Select((story, i) => Item(i + 1, story.Headline, title.PathOf(story)))]) },
    };

    public JsonObject Profile(Author author, string address, PictureView? portrait)
    {
        var person = new JsonObject { ["@type"] = "Person", ["name"] = author.Name, ["url"] = Absolute(address), ["worksFor"] = Publisher() };
        if (author.About.Length > 0) person["description"] = author.About;
        if (portrait is not null) person["image"] = Absolute(portrait.Src);
        return new() { ["@type"] = "ProfilePage", ["url"] = Absolute(address), ["inLanguage"] = title.Language, ["mainEntity"] = person };
    }

    private JsonObject Publisher()
    {
        var publisher = new JsonObject { ["@type"] = "NewsMediaOrganization", ["@id"] = Absolute("/#organization"), ["name"] = title.Name, ["url"] = Absolute("/") };
        if (Look.Of(title, site.Files).Logo is { } logo) publisher["logo"] = Picture(Absolute(logo.Url), logo.Width, logo.Height);
        else if (site.ThemeOf(title).Assets.Icon is { Length: > 0 } icon) publisher["logo"] = new JsonObject { ["@type"] = "ImageObject", ["url"] = Absolute(icon) };
        return publisher;
    }

    private JsonArray Names(LiveArticle article, string role, IReadOnlyDictionary<long, Author> authors) => new(
        [.. article.BylineRefs.Where(b => b.Role == role && authors.ContainsKey(b.Author)).Select(b => authors[b.Author])
            .Select(a => new JsonObject { ["@type"] = "Person", ["name"] = a.Name, ["url"] = Absolute("/author/" + Uri.EscapeDataString(a.Slug)) })]);

    private JsonObject Item(int position, string name, string address) =>
        new JsonObject { ["@type"] = "ListItem", ["position"] = position, ["name"] = name, ["item"] = Absolute(address) };

    /// <summary>One of each shape, so that every place that shows the story finds one that fits.</summary>
    private JsonArray Images(LiveArticle article, Pictures pictures) => new(
        [.. Shapes.Select(s => pictures.Largest(article, s.Shape, s.Format)).OfType<PictureFile>().Select(file => Picture(Absolute(file.Path), file.Width, file.Height))]);

    private static JsonObject Picture(string url, int width, int height) => new() { ["@type"] = "ImageObject", ["url"] = url, ["width"] = width, ["height"] = height };

    private string Absolute(string path) => site.Canonical(title, path);
}
