using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Warta.Content;
using Warta.Discovery;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Composition;

/// <summary>A story as its page would look if what is written now were live, in the title's own theme. Never kept, and never for readers.</summary>
public static partial class PreviewPage
{
    /// <param name="media">Where the pictures of a story that isn't live are to be had: an address under which "/{key}/{file}" follows.</param>
    public static string Render(Site site, Title title, long articleId, Writing writing, Draft before, string media)
    {
        var page = site.Read(session =>
        {
            var article = Article(site, session, title, articleId, writing.On(before, title));
            return ArticlePage.Compose(site, title, session, article, 0, ReadAlsos(site, session, title, article, writing.Body));
        });
        var now = site.Press.Now;
        var buffer = new ArrayBufferWriter<byte>();
        KeptPage.Of(new PageKey(title.Id, "", 0), page!, new Reading(), 0, default, now, TimeSpan.Zero)
            .Fill(site.Freshness.SlotOf(page!.Plan!.Context).Set, Segment.Of(Clock.DateInWords(now, title.Zone, title.Language)), null).WriteText(buffer);
        var html = Files().Replace(Encoding.UTF8.GetString(buffer.WrittenSpan), media.Replace("$", "$$", StringComparison.Ordinal));
        var note = title.Language == "en" ? "Preview: readers don't see this." : "Pratinjau: belum dilihat pembaca.";
        html = html.Replace("<head>", "<head><meta name=\"robots\" content=\"noindex, nofollow\">", StringComparison.Ordinal);
        return Body().Replace(html, $"$0<p role=\"note\" class=\"preview\"><strong>{WebUtility.HtmlEncode(note)}</strong></p>", 1);
    }

    private static LiveArticle Article(Site site, Session session, Title title, long articleId, Draft draft)
    {
        var live = Addresses.Live(session, title.Id, articleId);
        var section = site.Titles.Section(draft.SectionId);
        var now = site.Press.Now;
        return new LiveArticle
        {
            ArticleId = articleId,
            TitleId = title.Id,
            CanonicalTitleId = title.Id,
            Slug = live?.Slug ?? Slug.From(draft.Headline),
            Day = live?.Day ?? Clock.Day(now, title.Zone),
            FirstPublishedAt = live?.FirstPublishedAt ?? now,
            UpdatedAt = live?.UpdatedAt ?? now,
            SectionId = section.Id,
            SectionPath = section.Path,
            SectionName = section.Name,
            Uri = draft.Uri,
            Kind = draft.Kind,
            Language = Languages.IsTag(draft.Language) ? draft.Language : title.Language,
            Kicker = draft.Kicker,
            Headline = draft.Headline,
            Standfirst = draft.Standfirst,
            SearchTitle = draft.SearchTitle,
            Picture = Picture.Write(draft.Picture),
            Dateline = Datelines.Write(draft.Dateline),
            // Somebody who was never named before has no page yet: he appears with the first revision that names him.
            Bylines = JsonSerializer.Serialize(draft.Bylines.Select(byline => new { author = People.Author(session, Slug.From(byline.Name))?.Id, role = byline.Role }).Where(byline => byline.author is not null), JsonSerializerOptions.Web),
            Tags = JsonSerializer.Serialize(draft.Tags.Select(name => People.Tag(session, Slug.From(name))?.Id).OfType<long>()),
            UsageTerms = draft.UsageTerms,
            CopyrightHolder = draft.CopyrightHolder,
            NoAds = draft.NoAds,
            IsUnverified = draft.IsUnverified,
            Body = BodyJson.Write(draft.Body),
        };
    }

    private static Func<string, ReadAlsoTarget?> ReadAlsos(Site site, Session session, Title title, LiveArticle article, Body body)
    {
        var targets = body.Blocks.OfType<ReadAlsoBlock>().Select(block => (block.Id, Target: ReadAlso.Target(session, article.ArticleId, site.Press.Now, block))).Where(link => link.Target is not null).ToList();
        var live = Story.Live(session, title.Id, targets.ConvertAll(link => link.Target!.Value).Distinct().ToList()).ToDictionary(story => story.ArticleId);
        var found = targets.Where(link => live.ContainsKey(link.Target!.Value)).ToDictionary(link => link.Id, link => live[link.Target!.Value]);
        return block => found.TryGetValue(block, out var story) ? new ReadAlsoTarget(story.Headline, title.PathOf(story), story.IsAdvertorial) : null;
    }

    [GeneratedRegex("""(?<=["'\s,])/media(?=/[0-9a-f]{32})""")]
    private static partial Regex Files();

    [GeneratedRegex("<body[^>]*>")]
    private static partial Regex Body();
}
