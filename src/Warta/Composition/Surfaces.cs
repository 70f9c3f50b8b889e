using System.Globalization;
using System.Text.Json;
using Warta.Content;
using Warta.Discovery;
using Warta.Media;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Composition;

/// <summary>A surface to be asked.</summary>
/// <param name="Url">From the title's root.</param>
/// <param name="IsSeen">Whether an answer shows what it should; null where it needn't.</param>
/// <param name="Seen">What it is then: shown or gone.</param>
internal sealed record Ask(string Name, Title Title, string Url, Func<Sighting, bool>? IsSeen, string Seen);

/// <summary>
/// Where readers, and their programs, see what an act did, and how to tell by an answer that it shows it: by the story's address or number and its words in it, or by
/// their absence. What the page store believes of itself is not asked.
/// </summary>
internal sealed class Surfaces
{
    private const int ApiPage = 100, NewsInFile = 1_000, AddressesInFile = 50_000;
    private static readonly TimeSpan News = TimeSpan.FromHours(48);

    private readonly Site _site;
    private readonly Session _session;
    private readonly List<Ask> _asks = [];

    private Surfaces(Site site, Session session) => (_site, _session) = (site, session);

    /// <param name="stands">Where its story stood before.</param>
    public static IReadOnlyList<Ask> Of(Site site, Session session, Deed deed, IEnumerable<Stand> stands)
    {
        var surfaces = new Surfaces(site, session);
        if (deed.ArticleId is not { } articleId) surfaces.Picked(deed);
        else
        {
            var live = session.Query<long>("SELECT title_id FROM publications WHERE article_id = @articleId ORDER BY title_id", new { articleId });
            var isPicture = deed.Verb is ExpirePictures.Gone or ExpirePictures.Back;
            foreach (var titleId in live.Where(id => isPicture && (deed.TitleId is null || deed.TitleId == id))) surfaces.Pictured(site.Titles.Title(titleId), articleId, deed);
            foreach (var titleId in live.Where(id => !isPicture && (deed.TitleId is null || deed.TitleId == id))) surfaces.Shown(site.Titles.Title(titleId), articleId, deed, stands);
            foreach (var stand in stands.Where(s => s.ArticleId == articleId && !live.Contains(s.TitleId) && (s.Lists.Count > 0 || deed.Verb is "taken-down" or "purged"))) surfaces.Gone(stand, deed);
        }

        // A title without a host of its own is nowhere to be seen.
        return surfaces._asks.Where(ask => site.Titles.ByHost(new Uri(site.RootOf(ask.Title)).Host).Id == ask.Title.Id).ToList();
    }

    private void Shown(Title title, long articleId, Deed deed, IEnumerable<Stand> stands)
    {
        if (Addresses.Live(_session, title.Id, articleId) is not { } story) return;
        var path = title.PathOf(story);
        var url = _site.Canonical(title, path);
        var (headline, updated, place) = (story.Headline, Clock.Iso(story.UpdatedAt, title.Zone), new Place(title, story));
        var isNews = !story.IsAdvertorial;
        var isHome = story.CanonicalTitleId == title.Id;

        Add("story", path, OwnPage(title, story));
        Add("front", "/", isNews && IsAmong(title.Scope("latest") == "title" ? 4 + title.Count("latest") : 4) ? Lists : null);
        foreach (var (kind, key, address) in Listed(title, articleId)) Add(kind, address, Rank(place, kind, key) < ListPage.PageSize ? answer => Lists(answer.Own) : null);
        var inFeeds = Rank(place, ListingKind.Title, 0) < title.Count("feeds");
        Add("rss", "/rss.xml", inFeeds ? answer => answer.Has(url) && answer.Says(headline) : null);
        Add("atom", "/atom.xml", inFeeds ? answer => answer.Has(url) && answer.Says(headline) && answer.Says(updated) : null);
        Add("json-feed", "/feed.json", inFeeds ? answer => answer.Says(url) && answer.Says(headline) && answer.Says(updated) : null);
        Add("section-rss", FeedLinks.At(Site.Address(story.SectionPath), FeedLinks.Rss), Rank(place, ListingKind.Section, story.SectionId) < title.Count("feeds") ? answer => answer.Has(url) && answer.Says(headline) : null);
        if (isHome) Add("sitemap", SitemapOf(place), answer => answer.Has(url) && answer.Says(updated));
        if (isHome && isNews) Add("news-sitemap", "/news-sitemap.xml", _site.Press.Now - story.FirstPublishedAt < News && Rank(place, ListingKind.Title, 0) < NewsInFile ? answer => answer.Has(url) && answer.Says(headline) : null);
        Add("search", SearchFor(headline, story.FirstPublishedAt), answer => answer.Items.Any(Is));
        if (isNews) Add("api-latest", $"/api/v1/latest?limit={ApiPage}", IsAmong(ApiPage) ? answer => answer.Items.Any(Is) : null);
        Add("api-article", $"/api/v1/articles/{articleId}", answer => Is(answer.Json) && answer.Json.GetProperty("updatedAt").GetString() == updated);
        // What the lists before it show, it leaves out where it has nothing else.
        var isAbove = Picks.Stories(_session, title.Id, 0, _site.Press.Now).Take(title.Count("picks"))
            .Concat(_site.MostRead.Stories(_session, title.Id, Scope.Title, title.Count("popular"), _site.Press.Now)).Any(s => s.ArticleId == articleId);
        var inLatest = isNews && !isAbove && (title.Scope("latest") != "language" || Languages.Primary(story.Language) == Languages.Primary(title.Language)) && IsAmong(title.Count("latest"));
        Add("live-latest", "/_/live/latest", inLatest ? Lists : null);
        if (deed.Verb == "corrected") Add("corrections", "/corrections", Lists);

        // Lists that it has left: another section, a tag that was taken off.
        var lists = Listed(title, articleId);
        foreach (var stand in stands.Where(s => s.ArticleId == articleId && s.TitleId == title.Id))
        {
            foreach (var (kind, _, address) in ListsOf(title, stand.Lists).Except(lists)) _asks.Add(new Ask(kind, title, address, answer => answer.Status is 200 or 404 && !answer.Own.Has(path), SurfaceState.Gone));
        }

        bool Lists(Sighting answer) => answer.Has(path) && answer.Says(headline);

        bool Is(JsonElement item) => item.GetProperty("id").GetInt64() == articleId && item.GetProperty("headline").GetString() == headline;

        bool IsAmong(int count) => count > 0 && Latest.Stories(_session, title.Id, 0, null, count).Exists(s => s.ArticleId == articleId);

        void Add(string name, string address, Func<Sighting, bool>? isSeen) => _asks.Add(new Ask(name, title, address, isSeen is null ? null : answer => answer.Status == 200 && isSeen(answer), SurfaceState.Shown));
    }

    private void Gone(Stand stand, Deed deed)
    {
        var title = _site.Titles.Title(stand.TitleId);
        var path = stand.Path(_site.Titles);
        var gone = Addresses.GoneStory(_session, stand.ArticleId);
        var (status, place) = (gone is null ? 404 : 410, new Place(title, stand.ArticleId, stand.FirstPublishedAt));
        _asks.Add(new Ask("story", title, path, answer => answer.Status == status, SurfaceState.Gone));
        _asks.Add(new Ask("api-article", title, $"/api/v1/articles/{stand.ArticleId}", answer => answer.Status == status, SurfaceState.Gone));
        if (gone is not null)
        {
            var at = Clock.Iso(gone.At, title.Zone);
            _asks.Add(new Ask("takedowns", title, "/takedowns", answer => answer.Status == 200 && answer.Has(at) && answer.Says(gone.Reason), SurfaceState.Shown));
        }

        if (stand.Lists.Count == 0) return;
        Add("front", "/");
        foreach (var (kind, _, address) in ListsOf(title, stand.Lists)) Add(kind, address);
        Add("rss", "/rss.xml");
        Add("atom", "/atom.xml");
        Add("json-feed", "/feed.json");
        Add("section-rss", FeedLinks.At(Site.Address(_site.Titles.Section(stand.SectionId).Path), FeedLinks.Rss));
        Add("sitemap", SitemapOf(place));
        Add("news-sitemap", "/news-sitemap.xml");
        Add("search", SearchFor(stand.Headline, stand.FirstPublishedAt));
        Add("api-latest", $"/api/v1/latest?limit={ApiPage}");
        foreach (var name in LiveSet.Names) Add("live-" + name, "/_/live/" + name);
        Add("corrections", "/corrections");

        void Add(string name, string address) => _asks.Add(new Ask(name, title, address, answer => answer.Status is 200 or 404 && !answer.Has(path), SurfaceState.Gone));
    }

    /// <summary>Where a story's picture was to be seen, or is again: on its page and by itself; elsewhere it needn't be, but mustn't once it has gone.</summary>
    private void Pictured(Title title, long articleId, Deed deed)
    {
        if (Addresses.Live(_session, title.Id, articleId) is not { } story) return;
        var media = _session.First<string>("SELECT data FROM events WHERE number = @Number", new { deed.Number }) is { } data ? JsonDocument.Parse(data).RootElement.GetProperty("media").GetInt64() : 0;
        if (_session.First<(string Hash, int X, int Y, string? Shape, long? Width, string? Format)>("""
            SELECT m.hash, m.focus_x, m.focus_y, r.shape, r.width, r.format
            FROM media m
            LEFT JOIN renditions r ON r.media_id = m.id
            WHERE m.id = @media
            ORDER BY r.width
            LIMIT 1
            """, new { media }) is not { Shape: not null } file) return;
        var folder = $"/media/{MediaFolder.KeyOf(file.Hash, file.X, file.Y)}/";
        var isGone = deed.Verb == ExpirePictures.Gone;
        Add("story", title.PathOf(story), answer => answer.Status == 200 && answer.Holds(folder) != isGone);
        Add("picture", $"{folder}{file.Shape}-{file.Width}.{file.Format}", answer => answer.Status == (isGone ? 404 : 200));
        if (!isGone) return;
        Absent("front", "/");
        foreach (var (kind, _, address) in Listed(title, articleId)) Absent(kind, address);
        Absent("rss", "/rss.xml");
        Absent("atom", "/atom.xml");
        Absent("json-feed", "/feed.json");
        Absent("section-rss", FeedLinks.At(Site.Address(story.SectionPath), FeedLinks.Rss));
        Absent("api-article", $"/api/v1/articles/{articleId}");
        foreach (var name in LiveSet.Names) Absent("live-" + name, "/_/live/" + name);

        void Absent(string name, string address) => Add(name, address, answer => answer.Status is 200 or 404 && !answer.Holds(folder));

        void Add(string name, string address, Func<Sighting, bool> isSeen) => _asks.Add(new Ask(name, title, address, isSeen, isGone ? SurfaceState.Gone : SurfaceState.Shown));
    }

    private void Picked(Deed deed)
    {
        var title = _site.Titles.Title(deed.TitleId!.Value);
        var sectionId = _session.First<string>("SELECT data FROM events WHERE number = @Number", new { deed.Number }) is { } data ? JsonDocument.Parse(data).RootElement.GetProperty("section").GetInt64() : 0;
        if (sectionId == Picks.Front)
        {
            Add("front", "/", Picks.Stories(_session, title.Id, sectionId, _site.Press.Now) is [var lead, ..] ? answer => answer.Has(title.PathOf(lead)) : null);
            return;
        }

        var section = sectionId == 0 ? "" : "section=" + Uri.EscapeDataString(_site.Titles.Section(sectionId).Path);
        var picks = Picks.Stories(_session, title.Id, sectionId, _site.Press.Now);
        var shown = picks.Take(title.Count("picks")).Select(title.PathOf).ToList();
        Add("api-picks", $"/api/v1/picks?limit={ApiPage}&{section}", answer => answer.Items.Select(item => item.GetProperty("id").GetInt64()).SequenceEqual(picks.Select(p => p.ArticleId)));
        // A section without picks of its own shows the title's.
        var isLive = sectionId == 0 ? title.Scope("picks") != "language" : title.Scope("picks") == "section" && picks.Count > 0;
        Add("live-picks", "/_/live/picks?" + section, !isLive ? null : answer => shown.Count == 0 ? !answer.HasText : answer.HasInOrder(shown));
        if (sectionId == 0) Add("front", "/", picks.Count == 0 ? null : answer => answer.Has(title.PathOf(picks[0])));

        void Add(string name, string address, Func<Sighting, bool>? isSeen) =>
            _asks.Add(new Ask(name, title, address.TrimEnd('&', '?'), isSeen is null ? null : answer => answer.Status == 200 && isSeen(answer), SurfaceState.Shown));
    }

    /// <summary>A story's place in the order of its title's lists.</summary>
    private readonly record struct Place(Title Title, long ArticleId, DateTimeOffset At)
    {
        public Place(Title title, Story story) : this(title, story.ArticleId, story.FirstPublishedAt)
        {
        }
    }

    /// <summary>What its own page must say, and not say: a story's text ends where page 1 of several does.</summary>
    private Func<Sighting, bool> OwnPage(Title title, LiveArticle story)
    {
        var body = BodyJson.Read(story.Body);
        var pages = BodyRenderer.Pages(body);
        var corrections = Corrections.History(_session, story.ArticleId).ToLookup(c => c.WithdrawnAt is null);
        var words = (pages.Count == 0 ? body.Blocks : pages[0]).OfType<ParagraphBlock>().Select(block => BodyRenderer.PlainText(new Body([block])))
            .Concat(corrections[true].SelectMany(c => c.Paragraphs))
            .Append(story.Headline)
            .ToList();
        return answer => words.All(answer.Says) && !corrections[false].Any(c => answer.Has(c.Anchor)) && (pages.Count > 1 || answer.Says($"({title.Words.Unverified})") == story.IsUnverified);
    }

    private List<(string Kind, long Key, string Address)> Listed(Title title, long articleId) => ListsOf(title,
        _session.Query<(string, long)>("SELECT kind, key_id FROM listings WHERE article_id = @articleId AND title_id = @Id ORDER BY kind, key_id", new { articleId, title.Id }));

    /// <summary>The pages of lists; the title's own list has none but the front.</summary>
    private List<(string Kind, long Key, string Address)> ListsOf(Title title, IReadOnlyList<(string Kind, long Key)> lists)
    {
        var tags = People.Tags(_session, Keys(ListingKind.Tag));
        var authors = People.Authors(_session, Keys(ListingKind.Author));
        return Keys(ListingKind.Section).Select(id => (ListingKind.Section, id, Site.Address(_site.Titles.Section(id))))
            .Concat(tags.Select(tag => (ListingKind.Tag, tag.Id, "/tag/" + Uri.EscapeDataString(tag.Slug))))
            .Concat(authors.Values.Select(author => (ListingKind.Author, author.Id, "/author/" + Uri.EscapeDataString(author.Slug))))
            .ToList();

        List<long> Keys(string kind) => lists.Where(list => list.Kind == kind).Select(list => list.Key).ToList();
    }

    /// <summary>How many newer stories stand before it, as far as it matters.</summary>
    private long Rank(Place place, string kind, long key) => _session.Value<long>("""
        SELECT count(*) FROM (
            SELECT article_id FROM listings
            WHERE title_id = @Id AND kind = @kind AND key_id = @key AND (first_published_at > @At OR (first_published_at = @At AND article_id > @ArticleId))
            LIMIT @most
        ) newer
        """, new { place.Title.Id, kind, key, place.At, place.ArticleId, most = NewsInFile });

    private string SitemapOf(Place place)
    {
        var local = TimeZoneInfo.ConvertTime(place.At, place.Title.Zone);
        var from = Clock.Midnight(new DateOnly(local.Year, local.Month, 1), place.Title.Zone);
        var before = _session.Value<long>("SELECT count(*) FROM listings WHERE title_id = @Id AND kind = 'title' AND key_id = 0 AND first_published_at >= @from AND first_published_at < @At", new { place.Title.Id, from, place.At });
        var part = before / AddressesInFile + 1;
        return string.Create(CultureInfo.InvariantCulture, $"/sitemap-{local:yyyy-MM}{(part == 1 ? "" : "-" + part)}.xml");
    }

    /// <summary>By the headline, among what came out in the same second.</summary>
    private static string SearchFor(string headline, DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture,
        $"/api/v1/search?limit={ApiPage}&q={Uri.EscapeDataString(headline)}&from={at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}&to={at.UtcDateTime.AddSeconds(1):yyyy-MM-dd'T'HH:mm:ss'Z'}");
}
